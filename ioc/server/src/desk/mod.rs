//! Operators and agencies at work. Who may is told by a token ([`token`]); what may be done is decided by
//! `paht_hub::casework`.

mod action;
mod alerts;
mod calendar;
mod evidence;
mod messages;
mod officers;
pub(crate) mod token;
mod view;

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use paht_hub::casework::{self, Actor};
use paht_hub::ports::{CaseRecord, Ledger, Refusal};
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode};

pub(crate) use alerts::{alerts, end as end_alert, publish as publish_alert};
pub(crate) use calendar::calendar;
pub(crate) use evidence::evidence;
pub(crate) use messages::{dismiss as dismiss_message, messages};
pub(crate) use officers::{end as end_officer, enrol, officers};

use self::token::Bearer;
use self::view::CaseView;
use crate::hub::Hub;
use crate::portal::json::PageView;
use crate::portal::list::in_area;
use crate::portal::query::ListParams;
use crate::problem::Problem;
use crate::sync::whole_body;

/// Largest body of an action, in bytes: a text of 4,000 characters in any alphabet, with room.
const ACTION_BYTES_MAX: usize = 64 * 1_024;

/// `GET /v1/desk/cases`: all cases, or an agency's own; newest first.
pub(crate) async fn cases(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Query(params): Query<ListParams>,
) -> Result<Response, Problem> {
    let (query, area) = (params.for_desk(bearer.agency())?, params.area()?);
    let page = hub.off_thread(move |hub| in_area(hub, query, area.as_ref())).await?;
    Ok(Json(PageView::of(&page)).into_response())
}

/// `GET /v1/desk/cases/{code}`: everything; who sent it only to operators.
pub(crate) async fn case(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let code = case_code(&code)?;
    let may_know = matches!(bearer.actor(), Ok(Actor::Operator));
    let (record, log) = hub
        .read(move |ledger| {
            let record = visible(ledger, &code, bearer.agency())?;
            let log = ledger.log(&record.report)?;
            Ok((record, log))
        })
        .await?;
    let contact = record.sender.as_deref().filter(|_| may_know).and_then(|sealed| hub.sealing.open(sealed));
    Ok(Json(CaseView::of(&hub.tenant, record, log, contact)).into_response())
}

/// `POST /v1/desk/cases/{code}/actions`: does something to a case.
pub(crate) async fn act(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let actor = bearer.actor()?;
    let code = case_code(&code)?;
    let bytes = whole_body(&headers, body, ACTION_BYTES_MAX).await?;
    let action = action::read(&bytes)?;
    let view = hub
        .decide(move |ledger, _, context| {
            let record = casework::act(ledger, context, &code, &actor, &action)?;
            let log = ledger.log(&record.report)?;
            Ok(CaseView::of(context.tenant, record, log, None))
        })
        .await?;
    Ok(Json(view).into_response())
}

/// A case by its code, if this agency has a share in it (or no agency asks). What it may not see does not exist.
fn visible(ledger: &dyn Ledger, code: &CaseCode, agency: Option<&AgencyId>) -> Result<CaseRecord, Refusal> {
    let shown = |record: &CaseRecord| {
        agency.is_none_or(|agency| record.case.assignments.iter().any(|share| share.agency == *agency))
    };
    ledger.case_by_code(code)?.filter(shown).ok_or(Refusal::Never(Code::CaseUnknown))
}

fn case_code(text: &str) -> Result<CaseCode, Problem> {
    text.parse().map_err(|_| Problem::of(Code::CaseUnknown))
}
