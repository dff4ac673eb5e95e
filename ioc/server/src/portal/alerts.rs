//! The alerts that hold: above the list of cases, and as JSON.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use paht_hub::alert::holding;
use paht_model::alert::{Alert, Level};
use paht_model::fault::Code;
use paht_model::ids::AreaCode;
use serde::{Deserialize, Serialize};

use super::words::{Time, Words};
use crate::hub::Hub;
use crate::problem::Problem;

/// What alerts are asked for by.
#[derive(Deserialize)]
pub(crate) struct AlertsParams {
    /// Only those for this commune; empty: all.
    #[serde(default)]
    area: String,
}

/// Alerts, in the order to show them.
#[derive(Serialize)]
pub(crate) struct AlertsView {
    pub(crate) alerts: Vec<Alert>,
}

/// `GET /v1/alerts`: those that hold now.
pub(crate) async fn alerts_json(
    State(hub): State<Arc<Hub>>,
    Query(params): Query<AlertsParams>,
) -> Result<Response, Problem> {
    let area = Some(params.area.trim()).filter(|area| !area.is_empty()).map(AreaCode::parse);
    let area = area.transpose().map_err(|_| Problem::of(Code::RequestMalformed))?;
    let now = (hub.world.now)();
    let alerts = hub.read(move |ledger| Ok(holding(ledger, now, area.as_ref())?)).await?;
    Ok(Json(AlertsView { alerts }).into_response())
}

/// One alert, as shown.
pub(super) struct Strip {
    pub(super) level: &'static str,
    pub(super) level_name: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) areas: String,
    pub(super) until: Time,
    /// Number, and who answers.
    pub(super) numbers: Vec<(String, String)>,
}

/// The alerts as a reader sees them. An emergency also names the tenant's numbers for emergencies.
pub(super) fn strips(words: Words<'_>, alerts: &[Alert], emergency: &[(String, String)]) -> Vec<Strip> {
    alerts.iter().map(|alert| strip(words, alert, emergency)).collect()
}

fn strip(words: Words<'_>, alert: &Alert, emergency: &[(String, String)]) -> Strip {
    let tag = words.language.tag();
    let names: Vec<String> = alert.areas.iter().map(|code| words.area(code)).collect();
    let own = alert.numbers.iter().map(|call| (call.number.clone(), call.name.said_in(tag).to_owned()));
    let mut numbers: Vec<(String, String)> = own.collect();
    if alert.level == Level::Emergency {
        let others =
            emergency.iter().filter(|(number, _)| alert.numbers.iter().all(|own| own.number != *number));
        numbers.extend(others.cloned());
    }
    let level = alert.level.as_str();
    Strip {
        level,
        level_name: words.say(&format!("alert-{level}")),
        title: alert.title.said_in(tag).to_owned(),
        text: alert.text.said_in(tag).to_owned(),
        areas: if names.is_empty() { words.say("alert-everywhere") } else { names.join(", ") },
        until: words.time(alert.until),
        numbers,
    }
}
