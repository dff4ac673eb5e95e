//! One line in the log for each request, without personal data: method, route template, status, time, sizes. Never a
//! path (it may name a case that is held), a query, a body, a header of the client's.

use std::sync::Arc;

use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;

use crate::hub::Hub;
use crate::sync::content_length;

/// Names a request in the log and to the client, who may quote it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id and writes its line.
pub(crate) async fn trace(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let id = (hub.world.random)().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    let id = format!("{id:016x}");
    let route =
        request.extensions().get::<MatchedPath>().map_or("unmatched", |path| path.as_str()).to_owned();
    let method = known_method(request.method());
    let bytes_in = content_length(request.headers()).unwrap_or(0);
    let start_ms = (hub.world.ticks_ms)();
    let span = tracing::info_span!("request", id = %id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let _inside = span.enter();
    let ms = (hub.world.ticks_ms)().saturating_sub(start_ms);
    let status = response.status().as_u16();
    let bytes_out = response.body().size_hint().exact().unwrap_or(0);
    tracing::info!(method, route, status, ms, bytes_in, bytes_out, "answered");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// A method by name; one the client made up is not repeated.
fn known_method(method: &http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Makes panics tell where they happened, never what was in hand: a panic's own words may quote a citizen's. For the
/// program's start; it is the whole process' setting.
pub fn panics_without_words() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(place, "panicked");
    }));
}
