//! Text messages that a person must look at: they were damaged, guessed, or too many.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use paht_hub::ports::{KeptMessage, MessageState};
use paht_model::fault::Code;
use paht_model::statement::Sender;
use paht_model::time::UnixMs;
use serde::Serialize;

use super::token::Bearer;
use crate::hub::Hub;
use crate::problem::Problem;

/// Most messages that one answer holds.
const MESSAGES_MAX: usize = 200;

#[derive(Serialize)]
struct MessagesView {
    messages: Vec<MessageView>,
}

#[derive(Serialize)]
struct MessageView {
    number: u64,
    at: UnixMs,
    /// Why it is here.
    why: Option<Code>,
    text: String,
    contact: Option<Sender>,
}

/// `GET /v1/desk/messages`: the latest first, for operators alone.
pub(crate) async fn messages(State(hub): State<Arc<Hub>>, bearer: Bearer) -> Result<Response, Problem> {
    bearer.operator()?;
    let kept = hub.read(|ledger| Ok(ledger.quarantined(MESSAGES_MAX)?)).await?;
    let view = |kept: KeptMessage| MessageView {
        number: kept.number,
        at: kept.at,
        why: match kept.state {
            MessageState::Quarantined { why } => Some(why),
            MessageState::Waits | MessageState::Taken { .. } => None,
        },
        contact: hub.sealing.open(&kept.sealed),
        text: kept.text,
    };
    Ok(Json(MessagesView { messages: kept.into_iter().map(view).collect() }).into_response())
}

/// `DELETE /v1/desk/messages/{number}`: a person has seen to it.
pub(crate) async fn dismiss(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Path(number): Path<u64>,
) -> Result<StatusCode, Problem> {
    bearer.operator()?;
    let was_there = hub.decide(move |ledger, _, _| Ok(ledger.dismiss(number)?)).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::of(Code::NotFound)) }
}
