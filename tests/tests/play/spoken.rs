//! How a step and what came of it are written: the same words in every runner.

use paht_bindings::error::PahtError;
use paht_bindings::officer::{Deed, OfficerCase, OfficerCases, ShareState};
use paht_bindings::progress::SyncOutcome;
use paht_bindings::queue::{ParkReason, PartState};
use paht_bindings::report::{ReportView, Way};
use paht_bindings::timeline::What;
use serde_json::Value;

/// What is done: the verb, the phone, the report; what it is given stays in the table.
pub(super) fn step(step: &Value) -> String {
    let words = ["do", "phone", "as", "report"].into_iter().filter_map(|name| step[name].as_str());
    words.collect::<Vec<_>>().join(" ")
}

pub(super) fn error(error: PahtError) -> String {
    match error {
        PahtError::Refused { code } => format!("refused {code}"),
        PahtError::Storage { code } => format!("storage {code}"),
        PahtError::File { code } => format!("file {code}"),
        PahtError::Link { code } => format!("link {code}"),
        PahtError::Internal => "internal".to_owned(),
    }
}

pub(super) fn outcome(outcome: &SyncOutcome) -> String {
    let standing = &outcome.standing;
    if outcome.all_sent {
        return "all sent".to_owned();
    }
    let parked = if standing.parked > 0 { ", some need you" } else { "" };
    let waiting = if standing.waiting > 0 { "some wait" } else { "nothing waits" };
    format!("{waiting}{parked}")
}

/// Everything a person would see of a report, on one line.
pub(super) fn view(view: &ReportView) -> String {
    let delivered =
        view.parts.iter().filter(|part| matches!(part.state, PartState::Delivered { .. })).count();
    let delivered = match delivered {
        0 => "none",
        some if some == view.parts.len() => "all",
        _ => "some",
    };
    let stage = view.line.stage.map_or("-", |stage| stage.as_str());
    let timeline: Vec<&str> = view.timeline.iter().filter_map(|entry| what(&entry.what)).collect();
    let timeline = if timeline.is_empty() { "-".to_owned() } else { timeline.join(",") };
    let share = view.assignments.first();
    let grade = share.and_then(|share| share.grade).map_or("-".to_owned(), |grade| grade.to_string());
    let reopened = share.map_or(0, |share| share.reopened);
    format!(
        "way {}, delivered {delivered}, stage {stage}, timeline {timeline}, grade {grade}, reopened {reopened}",
        way(&view.line.way)
    )
}

/// The agency's cases, one after another: where the share stands, and what this phone did.
pub(super) fn cases(cases: &OfficerCases) -> String {
    let case = |case: &OfficerCase| {
        let share = case.shares.last().map_or("-".to_owned(), |share| share_state(share.state).to_owned());
        let acts: Vec<String> =
            case.acts.iter().map(|act| format!("{} {}", deed(&act.deed), way(&act.way))).collect();
        let acts = if acts.is_empty() { "none".to_owned() } else { acts.join(",") };
        format!("{share}, acts {acts}")
    };
    let told: Vec<String> = cases.cases.iter().map(case).collect();
    if told.is_empty() { "no cases".to_owned() } else { told.join("; ") }
}

const fn share_state(state: ShareState) -> &'static str {
    match state {
        ShareState::Dispatched => "dispatched",
        ShareState::InProgress => "in-progress",
        ShareState::Returned => "returned",
        ShareState::Answered => "answered",
        ShareState::Closed => "closed",
        ShareState::Unknown(_) => "unknown",
    }
}

const fn deed(deed: &Deed) -> &'static str {
    match deed {
        Deed::Start => "start",
        Deed::Return { .. } => "return",
        Deed::AskTime { .. } => "ask-time",
        Deed::Answer { .. } => "answer",
    }
}

fn way(way: &Way) -> String {
    match way {
        Way::Waiting => "waiting".to_owned(),
        Way::Arriving { .. } => "arriving".to_owned(),
        Way::Whole => "whole".to_owned(),
        Way::NeedsYou { reason: ParkReason::Refused(code) } => format!("needs-you {code}"),
        Way::NeedsYou { reason: ParkReason::FileLost } => "needs-you file-lost".to_owned(),
        Way::NeedsYou { reason: ParkReason::Held } | Way::Held => "held".to_owned(),
        Way::Withdrawn => "withdrawn".to_owned(),
    }
}

/// Parts arrive in an order that is nobody's business: they are left out.
fn what(what: &What) -> Option<&'static str> {
    Some(match what {
        What::Received { .. } => "received",
        What::Classified { .. } => "classified",
        What::Refused => "refused",
        What::Duplicate { .. } => "duplicate",
        What::Dispatched { .. } => "dispatched",
        What::InProgress { .. } => "in-progress",
        What::Returned { .. } => "returned",
        What::Answered { .. } => "answered",
        What::Closed { .. } => "closed",
        What::Rated { .. } => "rated",
        What::Reopened { .. } => "reopened",
        What::TimeAsked { .. } => "time-asked",
        What::TimeGiven { .. } => "time-given",
        What::Commented { .. } => "commented",
        What::Edited => "edited",
        What::Withdrawn => "withdrawn",
        What::Arrived { .. } => return None,
        What::Published { .. } => "published",
        What::Carried { .. } => "carried",
        What::Unknown { .. } => "unknown",
    })
}
