//! Officers' phones: an agency's token vouches for one, an operator sees and ends them.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use paht_hub::casework::Actor;
use paht_hub::officer;
use paht_model::fault::Code;
use paht_model::ids::KeyThumbprint;
use paht_model::wire::officer::{Enrolment, Officer};
use serde::Serialize;

use super::token::Bearer;
use crate::hub::Hub;
use crate::problem::Problem;
use crate::sync::whole_body;

/// Largest enrolment, in bytes: a signature, a name and a hash, with room.
const ENROLMENT_BYTES_MAX: usize = 4 * 1_024;

#[derive(Serialize)]
struct OfficersView {
    officers: Vec<Officer>,
}

/// `POST /v1/desk/officers`: a phone's signed enrolment, with the agency's token. The same phone again is one officer.
pub(crate) async fn enrol(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Actor::Agency(agency) = bearer.actor()? else { return Err(Problem::of(Code::Forbidden)) };
    let token = bearer.token();
    let bytes = whole_body(&headers, body, ENROLMENT_BYTES_MAX).await?;
    let enrolment = Enrolment::open(&bytes)?;
    let enrolled = hub
        .decide(move |ledger, _, context| officer::enrol(ledger, context, &agency, &token, &enrolment))
        .await?;
    Ok((StatusCode::CREATED, Json(enrolled)).into_response())
}

/// `GET /v1/desk/officers`: every officer, those that were ended too.
pub(crate) async fn officers(State(hub): State<Arc<Hub>>, bearer: Bearer) -> Result<Response, Problem> {
    bearer.operator()?;
    let officers = hub.read(|ledger| Ok(ledger.officers()?)).await?;
    Ok(Json(OfficersView { officers }).into_response())
}

/// `DELETE /v1/desk/officers/{key}`: ends one at once. Its agency's token still vouches for other phones.
pub(crate) async fn end(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    bearer.operator()?;
    let key: KeyThumbprint = key.parse().map_err(|_| Problem::of(Code::OfficerUnknown))?;
    hub.decide(move |ledger, _, context| officer::end(ledger, context, &key)).await?;
    Ok(StatusCode::NO_CONTENT)
}
