//! Which room answers which address.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, patch, post, put};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue};
use paht_model::fault::Code;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::hub::Hub;
use crate::problem::Problem;
use crate::{courier, desk, gateway, health, officer, portal, problem, sync, trace, tus};

/// Tells a phone that it is the hub that answers, not a captive portal.
const HUB: HeaderName = HeaderName::from_static("paht-hub");
/// A page may load from this server alone, run nothing, and be framed by nobody.
const CSP: &str = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; \
                   form-action 'self'; frame-ancestors 'none'";

/// Smaller answers to phones gain nothing by being squeezed.
const WORTH_SQUEEZING_BYTES: u16 = 600;

/// Everything the IOC answers, ready to be served or called in process.
pub fn router(hub: Arc<Hub>) -> Router {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    phones()
        .merge(people())
        .nest("/v1/desk", desk())
        .fallback(async || Problem::of(Code::NotFound))
        .layer(RequestBodyTimeoutLayer::new(hub.limits.silence()))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(problem::speak))
        .layer(set(HUB, "1"))
        .layer(set(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(map_response(guarded))
        .layer(from_fn_with_state(Arc::clone(&hub), trace::trace))
        .with_state(hub)
}

/// What a page may do goes with pages alone: a phone on EDGE pays for every byte of a head.
async fn guarded(mut response: Response) -> Response {
    let kind = response.headers().get(CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        let headers = response.headers_mut();
        headers.entry(REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CSP));
    }
    response
}

fn phones() -> Router<Arc<Hub>> {
    Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/officer", post(officer::ask))
        .route("/v1/card", get(sync::card))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(WORTH_SQUEEZING_BYTES)))
        .route("/v1/bundles/{hash}", get(courier::answer))
        .route("/healthz", get(health::health))
        .route("/v1/messages", post(gateway::take))
        .merge(files())
}

fn files() -> Router<Arc<Hub>> {
    let one = patch(tus::patch).head(tus::head).get(tus::follow).post(tus::overridden).options(tus::options);
    Router::new()
        .route("/v1/files", post(tus::create).options(tus::options))
        .route("/v1/files/{session}", one)
        .layer(from_fn(tus::resumable))
}

fn people() -> Router<Arc<Hub>> {
    Router::new()
        .route("/", get(portal::list_page))
        .route("/c/{code}", get(portal::case_page))
        .route("/m/{code}/{hash}", get(portal::picture))
        .route("/assets/site.css", get(portal::stylesheet))
        .route("/v1/cases", get(portal::list_json))
        .route("/v1/cases/{code}", get(portal::case_json))
        .route("/v1/alerts", get(portal::alerts_json))
        .route("/v1/nearby", get(portal::nearby))
        .route("/s", get(portal::services_page))
        .route("/s/{code}", get(portal::service_page))
        .route("/v1/services", get(portal::services_json))
        .route("/v1/services/{code}", get(portal::service_json))
        .route("/v1/areas.geojson", get(portal::areas_geojson))
        .route("/.well-known/assetlinks.json", get(portal::apps_android))
        .route("/.well-known/apple-app-site-association", get(portal::apps_ios))
        .layer(CompressionLayer::new())
}

fn desk() -> Router<Arc<Hub>> {
    Router::new()
        .route("/cases", get(desk::cases))
        .route("/cases/{code}", get(desk::case))
        .route("/cases/{code}/actions", post(desk::act))
        .route("/cases/{code}/evidence/{hash}", put(desk::evidence))
        .route("/alerts", get(desk::alerts).post(desk::publish_alert))
        .route("/alerts/{id}", delete(desk::end_alert))
        .route("/calendar", get(desk::calendar))
        .route("/messages", get(desk::messages))
        .route("/messages/{number}", delete(desk::dismiss_message))
        .route("/officers", get(desk::officers).post(desk::enrol))
        .route("/officers/{key}", delete(desk::end_officer))
}

/// The panic's own words may quote a citizen's: they are dropped.
#[allow(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(_words: Box<dyn Any + Send>) -> Response {
    Problem::of(Code::HubFailed).into_response()
}
