//! Every refusal leaves as one kind of document: RFC 9457 with our stable code for programs, a page for people. A room
//! answers with a [`Problem`]; the words are put in at the door ([`speak`]), where the reader's language is known.

use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE, RETRY_AFTER, VARY};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use paht_hub::ports::{Refusal, StoreFault};
use paht_model::fault::Code;
use paht_model::words::{Language, say_fault};

/// Why a request was not done.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    code: Code,
    status: StatusCode,
    retry_after_ms: Option<u64>,
    headers: HeaderMap,
}

impl Problem {
    /// With the code's own status.
    pub(crate) fn of(code: Code) -> Self {
        let status = StatusCode::from_u16(code.http_status()).unwrap_or(StatusCode::BAD_REQUEST);
        Self { code, status, retry_after_ms: None, headers: HeaderMap::new() }
    }

    /// With another status, where a protocol wants one.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With a header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.insert(name, value.into());
        self
    }

    /// Tells when it may be tried again.
    pub(crate) fn after(mut self, retry_after_ms: u64) -> Self {
        self.retry_after_ms = Some(retry_after_ms);
        self
    }

    pub(crate) const fn code(&self) -> Code {
        self.code
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    /// The document, in the reader's language.
    pub(crate) fn document(&self, language: Language) -> Response {
        let document = Document {
            kind: "about:blank",
            title: say_fault(language, self.code),
            status: self.status.as_u16(),
            code: self.code,
            retry_after_ms: self.retry_after_ms,
        };
        let mut response = (self.status, self.headers.clone(), Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
        if let Some(ms) = self.retry_after_ms {
            headers.insert(RETRY_AFTER, HeaderValue::from(ms.div_ceil(1_000).max(1)));
        }
        response
    }
}

#[derive(serde::Serialize)]
struct Document {
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    status: u16,
    code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::of(code)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Never(code) => Self::of(code),
            Refusal::After(code, ms) => Self::of(code).after(ms),
            Refusal::Store(fault) => fault.into(),
        }
    }
}

impl From<StoreFault> for Problem {
    fn from(fault: StoreFault) -> Self {
        // The fault's own words are without personal data by contract; its source's may not be.
        tracing::error!(what = fault.what, "the store failed");
        Self::of(Code::HubFailed).after(STORE_RETRY_MS)
    }
}

/// When to try again after the store failed, in milliseconds.
const STORE_RETRY_MS: u64 = 30_000;

impl IntoResponse for Problem {
    /// Without words yet: [`speak`] finds the problem among the extensions.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The door: puts words to problems, and takes refusals of the framework (no such route, wrong method, a path that
/// cannot be read) for what they are.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let page = !request.uri().path().starts_with("/v1/");
    let browser = wants_page(request.headers());
    let language = language_of(request.uri().query(), request.headers());
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned().or_else(|| of_framework(&response))
    else {
        return response;
    };
    let allow = response.headers().get(ALLOW).cloned();
    // No person ever sends a page what it does not take.
    let page = page && (browser || problem.code != Code::WrongMethod);
    let mut spoken =
        if page { crate::portal::fault_page(language, &problem) } else { problem.document(language) };
    if let Some(allow) = allow {
        spoken.headers_mut().insert(ALLOW, allow);
    }
    spoken
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accept| accept.to_str().is_ok_and(|kinds| kinds.contains("text/html")))
}

fn of_framework(response: &Response) -> Option<Problem> {
    let status = response.status();
    let spoken = response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"application/problem+json")
            || kind.starts_with(b"text/html")
            || kind.starts_with(b"application/json")
    });
    if spoken || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let code = match status {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
        other if other.is_server_error() => Code::HubFailed,
        _ => Code::RequestMalformed,
    };
    Some(Problem::of(code).with_status(status))
}

/// The reader's language: `?lang=` first, then `Accept-Language`, Vietnamese where nothing fits.
pub(crate) fn language_of(query: Option<&str>, headers: &HeaderMap) -> Language {
    asked_language(query).unwrap_or_else(|| {
        Language::best(headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or(""))
    })
}

/// The language that the address itself asks for, if we speak it.
pub(crate) fn asked_language(query: Option<&str>) -> Option<Language> {
    let mut tags = query.unwrap_or("").split('&').filter_map(|pair| pair.strip_prefix("lang="));
    tags.find_map(Language::of_tag)
}
