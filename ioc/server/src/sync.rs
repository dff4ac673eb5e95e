//! A phone's one round trip, and the tenant's card.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use paht_model::fault::Code;
use paht_model::limits::SYNC_BODY_BYTES_MAX;
use paht_model::wire::sync::{SyncReply, SyncRequest};
use paht_model::wire::to_bytes;

use crate::hub::Hub;
use crate::problem::Problem;

/// The media type of everything signed.
pub(crate) const CBOR: &str = "application/cbor";

/// `POST /v1/sync`: a signed request in, everything new out, in one transaction.
pub(crate) async fn sync(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    if !is(&headers, CONTENT_TYPE, CBOR) {
        return Err(Problem::of(Code::RequestMalformed).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let bytes = whole_body(&headers, body, SYNC_BODY_BYTES_MAX).await?;
    let reply = hub.off_thread(move |hub| answer(hub, &bytes)).await?;
    if is(&headers, ACCEPT, "application/json") {
        return Ok(Json(reply).into_response());
    }
    Ok(([(CONTENT_TYPE, CBOR)], to_bytes(&reply)).into_response())
}

fn answer(hub: &Hub, bytes: &[u8]) -> Result<SyncReply, Problem> {
    let request = SyncRequest::open(bytes)?;
    let reply = hub.decide_here(|ledger, shelf, context| {
        paht_hub::intake::take_sync(ledger, shelf, context, &request)
    })?;
    tracing::debug!(
        commands = request.request.commands.len(),
        offers = request.request.offers.len(),
        entries = reply.entries.len(),
        "sync"
    );
    Ok(reply)
}

/// `GET /v1/card`: the signed card, for a phone that knows none.
pub(crate) async fn card(State(hub): State<Arc<Hub>>) -> Response {
    ([(CONTENT_TYPE, CBOR)], hub.card.0.clone()).into_response()
}

/// Longest wait for a whole body: ten minutes, in which EDGE carries several times the largest.
const BODY_WAIT_MAX: Duration = Duration::from_secs(600);

/// A whole body up to a limit; a declared length over it is refused before a byte is read.
pub(crate) async fn whole_body(headers: &HeaderMap, body: Body, bytes_max: usize) -> Result<Bytes, Problem> {
    if content_length(headers).is_some_and(|length| length > bytes_max as u64) {
        return Err(Problem::of(Code::BodyTooLarge));
    }
    let malformed = || Problem::of(Code::RequestMalformed);
    let collecting = tokio::time::timeout(BODY_WAIT_MAX, Limited::new(body, bytes_max).collect());
    let collected = collecting.await.map_err(|_| malformed())?.map_err(|error| {
        let too_large = error.downcast_ref::<LengthLimitError>().is_some();
        if too_large { Problem::of(Code::BodyTooLarge) } else { malformed() }
    })?;
    Ok(collected.to_bytes())
}

/// The length a request declares for its body.
pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether a header names this media type, first of all.
pub(crate) fn is(headers: &HeaderMap, name: http::HeaderName, media_type: &str) -> bool {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    value.split([';', ',']).next().is_some_and(|first| first.trim().eq_ignore_ascii_case(media_type))
}
