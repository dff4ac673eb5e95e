//! Whether the IOC works, for machines that watch it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use paht_model::ids::{Epoch, TenantId};

use crate::hub::Hub;

#[derive(serde::Serialize)]
struct Health {
    status: &'static str,
    tenant: TenantId,
    epoch: Epoch,
}

/// `GET /healthz`: 200 if the store answers, 503 if not.
pub(crate) async fn health(State(hub): State<Arc<Hub>>) -> Response {
    let works = hub.off_thread(|hub| Ok(hub.store.health()?)).await.is_ok();
    let (status, word) =
        if works { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "failing") };
    (status, Json(Health { status: word, tenant: hub.tenant.id().clone(), epoch: hub.epoch })).into_response()
}
