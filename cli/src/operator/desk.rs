//! The desk's endpoints. What the IOC refuses comes back as its stable code.

use std::path::Path;

use anyhow::Context as _;
use paht_model::case::{Assignment, AssignmentState, Case};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, Sha256};
use reqwest::{Client, Method, RequestBuilder, Url};
use serde::Deserialize;
use serde_json::Value;

use crate::trouble::Trouble;

/// One desk of one IOC.
pub(super) struct Desk {
    client: Client,
    base: Url,
    token: String,
}

/// A file to attach.
pub(super) struct Evidence<'e> {
    pub(super) bytes: Vec<u8>,
    /// `original` or `rendition`.
    pub(super) kind: &'static str,
    pub(super) media_type: &'e str,
    pub(super) of: Option<Sha256>,
    pub(super) size: (u32, u32),
}

impl Desk {
    pub(super) fn new(ioc: &str, token: &str) -> anyhow::Result<Self> {
        let base: Url = ioc.parse().with_context(|| format!("{ioc} is no address"))?;
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let roots: Vec<_> = roots.filter_map(|root| reqwest::Certificate::from_der(root).ok()).collect();
        let mut client =
            Client::builder().tls_certs_only(roots).user_agent(concat!("paht/", env!("CARGO_PKG_VERSION")));
        if matches!(base.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
            client = client.no_proxy();
        }
        Ok(Self { client: client.build()?, base, token: token.to_owned() })
    }

    /// Asks for something, e.g. `["cases"]`, with the query's pairs.
    pub(super) async fn get(&self, path: &[&str], query: &[(&str, String)]) -> anyhow::Result<Value> {
        let mut url = self.at(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.ask(self.client.request(Method::GET, url)).await
    }

    /// One case.
    pub(super) async fn case(&self, code: &CaseCode) -> anyhow::Result<Value> {
        self.get(&["cases", code.as_str()], &[]).await
    }

    /// Does something to a case, and gives the case as it then stands.
    pub(super) async fn act(&self, code: &CaseCode, action: &Value) -> anyhow::Result<Value> {
        self.post(&["cases", code.as_str(), "actions"], action).await
    }

    /// Ends something.
    pub(super) async fn delete(&self, path: &[&str]) -> anyhow::Result<()> {
        let url = self.at(path)?;
        self.ask(self.client.request(Method::DELETE, url)).await.map(|_| ())
    }

    /// Hands something in, and gives what became of it.
    pub(super) async fn post(&self, path: &[&str], body: &Value) -> anyhow::Result<Value> {
        let url = self.at(path)?;
        let request = self.client.request(Method::POST, url).header("content-type", "application/json");
        self.ask(request.body(body.to_string())).await
    }

    /// Puts a file on the case's shelf, and gives its hash.
    pub(super) async fn attach(&self, code: &CaseCode, evidence: Evidence<'_>) -> anyhow::Result<Sha256> {
        let hash = Sha256::of(&evidence.bytes);
        let mut url = self.at(&["cases", code.as_str(), "evidence", &hash.to_string()])?;
        let (width, height) = evidence.size;
        url.query_pairs_mut()
            .append_pair("kind", evidence.kind)
            .append_pair("type", evidence.media_type)
            .append_pair("width", &width.to_string())
            .append_pair("height", &height.to_string());
        if let Some(of) = evidence.of {
            url.query_pairs_mut().append_pair("of", &of.to_string());
        }
        self.ask(self.client.request(Method::PUT, url).body(evidence.bytes)).await?;
        Ok(hash)
    }

    fn at(&self, path: &[&str]) -> anyhow::Result<Url> {
        let mut url = self.base.clone();
        let mut segments = url.path_segments_mut().map_err(|()| Code::LinkDown)?;
        segments.pop_if_empty().extend(["v1", "desk"]).extend(path);
        drop(segments);
        Ok(url)
    }

    async fn ask(&self, request: RequestBuilder) -> anyhow::Result<Value> {
        let sent = request.bearer_auth(&self.token).header("accept-language", "vi").send().await;
        let answer = sent.map_err(|error| anyhow::Error::new(error).context(Code::LinkDown))?;
        if !answer.headers().contains_key("paht-hub") {
            return Err(Code::LinkForeign.into());
        }
        let good = answer.status().is_success();
        let bytes =
            answer.bytes().await.map_err(|error| anyhow::Error::new(error).context(Code::LinkGarbled))?;
        if good && bytes.is_empty() {
            return Ok(Value::Null);
        }
        if good {
            return serde_json::from_slice(&bytes).context(Code::LinkGarbled);
        }
        Err(refusal(&bytes).into())
    }
}

fn refusal(bytes: &[u8]) -> Trouble {
    #[derive(Deserialize)]
    struct Document {
        code: Code,
    }
    let read = serde_json::from_slice::<Document>(bytes);
    Trouble::from(read.map_or(Code::LinkGarbled, |document| document.code))
}

/// The case inside a desk's view of it.
pub(super) fn case_in(view: &Value) -> anyhow::Result<Case> {
    Case::deserialize(view).context(Code::LinkGarbled)
}

/// The share that was meant: the one named, else the first that is in one of these states.
pub(super) fn share(case: &Case, named: Option<u16>, states: &[AssignmentState]) -> anyhow::Result<u16> {
    let fits = |share: &&Assignment| states.contains(&share.state);
    let number = named.or_else(|| case.assignments.iter().find(fits).map(|share| share.number));
    number.ok_or_else(|| Code::CaseState.into())
}

/// Reads a whole file, or says that it cannot be read.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| anyhow::Error::new(error).context(Code::MediaUnreadable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_by_its_code_and_anything_else_is_garbled() {
        let trouble = refusal(br#"{"type":"about:blank","title":"x","status":409,"code":"case.state"}"#);
        assert_eq!(trouble.code, "case.state");
        assert_eq!(refusal(b"<html>log in</html>").code, "link.garbled");
    }

    #[test]
    fn an_address_may_have_a_path_of_its_own() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let desk = Desk::new("http://127.0.0.1:8460/hue/", "t").unwrap();
        assert_eq!(desk.at(&["cases"]).unwrap().as_str(), "http://127.0.0.1:8460/hue/v1/desk/cases");
    }
}
