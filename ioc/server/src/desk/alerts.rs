//! Alerts, as operators publish and end them.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use paht_hub::alert::{self, NewAlert};
use paht_model::fault::Code;
use paht_model::ids::AlertId;

use super::token::Bearer;
use crate::hub::Hub;
use crate::portal::AlertsView;
use crate::problem::Problem;
use crate::sync::whole_body;

/// Largest body of an alert, in bytes: every language at its limit, with room.
const ALERT_BYTES_MAX: usize = 64 * 1_024;

/// `GET /v1/desk/alerts`: those that hold or will hold.
pub(crate) async fn alerts(State(hub): State<Arc<Hub>>, _bearer: Bearer) -> Result<Response, Problem> {
    let now = (hub.world.now)();
    let alerts = hub.read(move |ledger| Ok(alert::coming(ledger, now)?)).await?;
    Ok(Json(AlertsView { alerts }).into_response())
}

/// `POST /v1/desk/alerts`: publishes one. The same id twice is one alert.
pub(crate) async fn publish(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    bearer.operator()?;
    let bytes = whole_body(&headers, body, ALERT_BYTES_MAX).await?;
    let new: NewAlert = serde_json::from_slice(&bytes).map_err(|_| Problem::of(Code::RequestMalformed))?;
    let alert = hub.decide(move |ledger, _, context| alert::publish(ledger, context, new)).await?;
    Ok((StatusCode::CREATED, Json(alert)).into_response())
}

/// `DELETE /v1/desk/alerts/{id}`: ends one at once.
pub(crate) async fn end(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    bearer.operator()?;
    let id: AlertId = id.parse().map_err(|_| Problem::of(Code::AlertUnknown))?;
    hub.decide(move |ledger, _, context| alert::end(ledger, context, &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
