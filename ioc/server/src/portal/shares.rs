//! Who handles a case, and until when. A reopened share shows both its clocks: the first stays on record.

use paht_hub::casework::is_provisional;
use paht_hub::publish::PublicCase;
use paht_model::case::{Assignment, AssignmentState, Stage};
use paht_model::time::UnixMs;
use paht_model::timeline::What;

use super::words::{Time, Words};

/// One agency's share, as shown.
pub(super) struct Share {
    pub(super) agency: String,
    pub(super) stage: Stage,
    pub(super) stage_name: String,
    pub(super) clocks: Vec<Clock>,
    /// Its present deadline is past and it owes an answer.
    pub(super) overdue: bool,
    /// How often it was reopened, in words; empty if never.
    pub(super) reopened: String,
}

/// One deadline.
pub(super) struct Clock {
    pub(super) name: String,
    pub(super) due: Time,
    /// Counted with days off that nobody has announced: in words; empty if not.
    pub(super) provisional: String,
    /// Missed: in words; empty if met or still running.
    pub(super) missed: String,
}

pub(super) fn shares(words: Words<'_>, case: &PublicCase, now: UnixMs) -> Vec<Share> {
    case.assignments.iter().map(|share| view(words, case, share, now)).collect()
}

fn view(words: Words<'_>, case: &PublicCase, share: &Assignment, now: UnixMs) -> Share {
    let reopened = match share.reopened {
        0 => String::new(),
        1 => words.say("reopened-once"),
        times => words.say_with("reopened", &[("times", &times.to_string())]),
    };
    let stage = match share.state {
        AssignmentState::Dispatched => Stage::Dispatched,
        AssignmentState::InProgress => Stage::InProgress,
        AssignmentState::Returned => Stage::Returned,
        AssignmentState::Answered => Stage::Answered,
        AssignmentState::Closed => Stage::Closed,
    };
    Share {
        agency: words.agency(&share.agency),
        stage,
        stage_name: words.stage(stage),
        clocks: clocks(words, case, share, now),
        overdue: overdue(share, now),
        reopened,
    }
}

/// Whether the agency owes an answer and its time is over.
pub(super) fn overdue(share: &Assignment, now: UnixMs) -> bool {
    matches!(share.state, AssignmentState::Dispatched | AssignmentState::InProgress) && now > share.due
}

fn clocks(words: Words<'_>, case: &PublicCase, share: &Assignment, now: UnixMs) -> Vec<Clock> {
    let first_answer = case.timeline.iter().find_map(|entry| match &entry.what {
        What::Answered { assignment, .. } if *assignment == share.number => Some(entry.at),
        _ => None,
    });
    // A share given back owes nothing any more.
    let running = share.state != AssignmentState::Returned;
    let missed = |answered: Option<UnixMs>, due: UnixMs| match answered {
        Some(at) if at > due => words.say("answered-late"),
        None if running && now > due => words.say("overdue"),
        _ => String::new(),
    };
    let unsure = is_provisional(words.tenant(), case.category.as_ref(), case.urgent, case.happened(), share);
    let provisional = if unsure { words.say("due-provisional") } else { String::new() };
    if share.reopened == 0 {
        let missed = missed(first_answer, share.due);
        return vec![Clock { name: words.say("due"), due: words.time(share.due), provisional, missed }];
    }
    let settled = matches!(share.state, AssignmentState::Answered | AssignmentState::Closed);
    let second_answer = share.answered_at.filter(|_| settled);
    vec![
        Clock {
            name: words.say("due-first"),
            due: words.time(share.first_due),
            provisional: String::new(),
            missed: missed(first_answer, share.first_due),
        },
        Clock {
            name: words.say("due-now"),
            due: words.time(share.due),
            provisional,
            missed: missed(second_answer, share.due),
        },
    ]
}
