//! What counts as the hub's word. A captive portal answers everything with 200: so a reply counts only with the hub's
//! own header and type, and if it decodes whole.

use std::error::Error as _;

use http::StatusCode;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use paht_model::fault::Code;
use paht_model::limits::SYNC_REPLY_BYTES_MAX;
use paht_model::wire::from_bytes;
use paht_model::wire::sync::SyncReply;
use reqwest::Response;
use serde::Deserialize;

use super::LinkFailure;
use super::stall::Moved;

/// Largest problem document that is read, in bytes.
const PROBLEM_BYTES_MAX: usize = 16 * 1024;

/// A sync's reply, whole.
pub(super) async fn read_sync(response: Response, moved: &Moved) -> Result<SyncReply, LinkFailure> {
    if response.status() != StatusCode::OK {
        return Err(refusal(response, moved).await.failure);
    }
    if !is_hubs(&response) || !is_type(&response, "application/cbor") {
        return Err(Code::LinkForeign.into());
    }
    let bytes = whole(response, SYNC_REPLY_BYTES_MAX, moved).await.ok_or(Code::LinkGarbled)?;
    from_bytes(&bytes, "sync reply").map_err(|_| Code::LinkGarbled.into())
}

/// A body of this media type (or of its kind, if it ends in `/`) that the hub says, whole.
pub(super) async fn read_body(
    response: Response,
    media_type: &str,
    bytes_max: usize,
    moved: &Moved,
) -> Result<Vec<u8>, LinkFailure> {
    if !response.status().is_success() {
        return Err(refusal(response, moved).await.failure);
    }
    if !is_hubs(&response) || !is_type(&response, media_type) {
        return Err(Code::LinkForeign.into());
    }
    whole(response, bytes_max, moved).await.ok_or_else(|| Code::LinkGarbled.into())
}

/// A body in JSON that the hub says, whole.
pub(super) async fn read_json(
    response: Response,
    bytes_max: usize,
    moved: &Moved,
) -> Result<Vec<u8>, LinkFailure> {
    read_body(response, "application/json", bytes_max, moved).await
}

/// A reply that is no success.
pub(super) struct Refusal {
    /// What it means.
    pub(super) failure: LinkFailure,
    /// Whether it was the hub that said so, in a problem document.
    pub(super) by_hub: bool,
    /// Its status.
    pub(super) status: StatusCode,
}

/// Reads why it was no success.
pub(super) async fn refusal(response: Response, moved: &Moved) -> Refusal {
    let status = response.status();
    let (named, mut retry_after_ms) = (is_hubs(&response), retry_after_ms(&response));
    let mut found = None;
    if is_type(&response, "application/problem+json") {
        let bytes = whole(response, PROBLEM_BYTES_MAX, moved).await.unwrap_or_default();
        if let Ok(problem) = serde_json::from_slice::<Problem>(&bytes) {
            retry_after_ms = problem.retry_after_ms.or(retry_after_ms);
            found = problem.code.as_deref().and_then(Code::parse);
        }
    }
    let by_hub = found.is_some();
    if !named && !by_hub {
        retry_after_ms = retry_after_ms.map(|ms| ms.min(FOREIGN_RETRY_AFTER_MS_MAX));
    }
    let code = found.unwrap_or(if named { Code::LinkGarbled } else { foreign(status) });
    Refusal { failure: LinkFailure { code, retry_after_ms }, by_hub, status }
}

/// Longest `Retry-After` that is believed of what is not the hub, in milliseconds (5 minutes): a proxy knows nothing of
/// when the hub will be back.
const FOREIGN_RETRY_AFTER_MS_MAX: u64 = 300_000;

/// What a status means that is not the hub's: a proxy before it, or a network's own door.
fn foreign(status: StatusCode) -> Code {
    match status.as_u16() {
        // "Log in first", in the ways there are, and where the log-in is.
        300..=399 | 401 | 407 | 511 => Code::LinkForeign,
        // The proxy did not get all of it in time.
        408 => Code::LinkGarbled,
        429 | 503 => Code::HubBusy,
        // 405, 411, 413, 414, 431 and their like: it would not let this through.
        400..=499 | 501 | 505 => Code::LinkBlocked,
        // It did not reach the hub.
        500..=599 => Code::HubFailed,
        _ => Code::LinkForeign,
    }
}

/// RFC 9457, of which a phone reads this much.
#[derive(Deserialize)]
struct Problem {
    code: Option<String>,
    retry_after_ms: Option<u64>,
}

/// Whether the hub put its name on it.
pub(super) fn is_hubs(response: &Response) -> bool {
    response.headers().get("paht-hub").is_some_and(|value| value == "1")
}

/// How many bytes of a transfer the hub says it holds.
pub(super) fn upload_offset(response: &Response) -> Option<u64> {
    response.headers().get("upload-offset")?.to_str().ok()?.parse().ok()
}

fn is_type(response: &Response, wanted: &str) -> bool {
    let value =
        response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let found = value.split(';').next().unwrap_or_default().trim();
    if wanted.ends_with('/') {
        return found.get(..wanted.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(wanted));
    }
    found.eq_ignore_ascii_case(wanted)
}

/// Seconds; a date would need a clock that may be wrong.
fn retry_after_ms(response: &Response) -> Option<u64> {
    let seconds: u64 = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1_000))
}

/// The body, if it comes whole and is no larger than this.
async fn whole(mut response: Response, bytes_max: usize, moved: &Moved) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.ok()? {
        moved.more(piece.len() as u64);
        if bytes.len().saturating_add(piece.len()) > bytes_max {
            return None;
        }
        bytes.extend_from_slice(&piece);
    }
    Some(bytes)
}

/// Why a request got no answer at all.
pub(super) fn unsent(error: &reqwest::Error) -> LinkFailure {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if is_tls(inner) {
            return Code::LinkUntrusted.into();
        }
        cause = inner.source();
    }
    tracing::debug!(error = %error.to_string().split(" for url").next().unwrap_or_default(), "no link");
    Code::LinkDown.into()
}

fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    // An I/O error names as its source what is below what it wraps, not what it wraps.
    let inside = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    inside.is_some_and(|inner| is_tls(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, headers: &[(&str, &str)], body: &'static str) -> Response {
        let answer = http::Response::builder().status(status);
        let answer = headers.iter().fold(answer, |answer, (name, value)| answer.header(*name, *value));
        Response::from(answer.body(body).unwrap())
    }

    #[tokio::test]
    async fn what_is_not_the_hubs_is_told_as_what_it_is() {
        let cases = [
            (302, Code::LinkForeign),
            (400, Code::LinkBlocked),
            (401, Code::LinkForeign),
            (403, Code::LinkBlocked),
            (405, Code::LinkBlocked),
            (407, Code::LinkForeign),
            (408, Code::LinkGarbled),
            (411, Code::LinkBlocked),
            (413, Code::LinkBlocked),
            (414, Code::LinkBlocked),
            (429, Code::HubBusy),
            (431, Code::LinkBlocked),
            (500, Code::HubFailed),
            (501, Code::LinkBlocked),
            (502, Code::HubFailed),
            (503, Code::HubBusy),
            (504, Code::HubFailed),
            (511, Code::LinkForeign),
        ];
        for (status, code) in cases {
            let html = said(status, &[("content-type", "text/html")], "<html>");
            let refusal = refusal(html, &Moved::default()).await;
            assert_eq!((refusal.failure.code, refusal.by_hub), (code, false), "{status}");
        }
    }

    #[tokio::test]
    async fn a_proxy_cannot_silence_a_phone_for_a_day_and_the_hub_is_believed() {
        let week = ("retry-after", "604800");
        for status in [429, 503] {
            let proxys = refusal(said(status, &[week], "<html>"), &Moved::default()).await;
            assert_eq!(proxys.failure.retry_after_ms, Some(FOREIGN_RETRY_AFTER_MS_MAX), "{status}");
            let hubs = refusal(said(status, &[week, ("paht-hub", "1")], ""), &Moved::default()).await;
            assert_eq!(hubs.failure.retry_after_ms, Some(604_800_000), "{status}");
        }
    }
}
