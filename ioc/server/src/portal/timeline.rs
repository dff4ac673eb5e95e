//! Every step of a case in a person's words.

use paht_hub::publish::{PublicCase, PublicEntry};
use paht_model::part::PartKind;
use paht_model::timeline::{Carrier, Publication, Speaker, What};

use super::words::{Time, Words};

/// One line of the timeline.
pub(super) struct Row {
    pub(super) at: Time,
    pub(super) text: String,
    /// What somebody wrote with it; empty where it is told elsewhere on the page.
    pub(super) words: String,
    /// A name for the look of its mark.
    pub(super) mark: &'static str,
}

/// The steps, oldest first. Pictures that came one after another are one line.
pub(super) fn timeline(words: Words<'_>, case: &PublicCase) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut arrived: Option<(PartKind, usize)> = None;
    for entry in &case.timeline {
        let part = match &entry.what {
            What::Arrived { part, .. } => {
                Some(if *part == PartKind::Original { *part } else { PartKind::Preview })
            }
            _ => None,
        };
        let again = match (part, arrived) {
            (Some(part), Some((before, count))) if part == before => Some(count + 1),
            _ => None,
        };
        arrived = part.map(|part| (part, again.unwrap_or(1)));
        let row = row(words, case, entry, again.unwrap_or(1));
        match rows.last_mut() {
            Some(last) if again.is_some() => *last = row,
            _ => rows.push(row),
        }
    }
    rows
}

fn row(words: Words<'_>, case: &PublicCase, entry: &PublicEntry, count: usize) -> Row {
    // Answers and verdicts are shown in full above the timeline.
    let told = matches!(entry.what, What::Answered { .. } | What::Rated { .. });
    let said = entry.words.clone().filter(|_| !told).unwrap_or_default().into_string();
    Row {
        at: words.time(entry.at),
        text: text(words, case, &entry.what, count),
        words: said,
        mark: mark(&entry.what),
    }
}

fn text(words: Words<'_>, case: &PublicCase, what: &What, count: usize) -> String {
    let agency = |number: u16| {
        let share = case.assignments.iter().find(|share| share.number == number);
        share.map_or_else(|| words.say("the-agency"), |share| words.agency(&share.agency))
    };
    let by = |id: &str, number: u16| words.say_with(id, &[("agency", &agency(number))]);
    match what {
        What::Received { .. } => words.say("entry-received"),
        What::Classified { category, area: None } => {
            words.say_with("entry-classified", &[("category", &words.category(category))])
        }
        What::Classified { category, area: Some(area) } => {
            let args = [("category", words.category(category)), ("area", words.area(area))];
            words.say_with(
                "entry-classified-area",
                &args.each_ref().map(|(name, value)| (*name, value.as_str())),
            )
        }
        What::Refused => words.say("entry-refused"),
        What::Duplicate { of } => words.say_with("entry-duplicate", &[("case", of.as_str())]),
        What::Dispatched { agency, due, .. } => words.say_with(
            "entry-dispatched",
            &[("agency", &words.agency(agency)), ("due", &words.time(*due).text)],
        ),
        What::InProgress { assignment } => by("entry-in-progress", *assignment),
        What::Returned { assignment } => by("entry-returned", *assignment),
        What::Answered { assignment, .. } => by("entry-answered", *assignment),
        What::Closed { assignment } => by("entry-closed", *assignment),
        What::Rated { grade, .. } => words.say_with("entry-rated", &[("grade", &grade.to_string())]),
        What::TimeAsked { assignment, until } => words.say_with(
            "entry-time-asked",
            &[("agency", &agency(*assignment)), ("due", &words.time(*until).text)],
        ),
        What::TimeGiven { assignment, due } => words.say_with(
            "entry-time-given",
            &[("agency", &agency(*assignment)), ("due", &words.time(*due).text)],
        ),
        What::Reopened { due, .. } => words.say_with("entry-reopened", &[("due", &words.time(*due).text)]),
        What::Commented { by: Speaker::Citizen } => words.say("entry-commented-citizen"),
        What::Commented { by: Speaker::Agency } => words.say("entry-commented-agency"),
        What::Commented { by: Speaker::Operator } => words.say("entry-commented-operator"),
        What::Commented { by: Speaker::Unknown(_) } => words.say("entry-commented"),
        What::Edited => words.say("entry-edited"),
        What::Withdrawn => words.say("entry-withdrawn"),
        What::Arrived { part: PartKind::Original, .. } if count > 1 => {
            words.say_with("entry-arrived-many", &[("count", &count.to_string())])
        }
        What::Arrived { part: PartKind::Original, .. } => words.say("entry-arrived"),
        What::Arrived { part: PartKind::Rendition, .. } => words.say("entry-arrived-clear"),
        What::Arrived { part: PartKind::VoiceNote, .. } => words.say("entry-arrived-voice"),
        What::Arrived { .. } => words.say("entry-arrived-small"),
        What::Published { to: Publication::Public } => words.say("entry-published"),
        What::Published { to: Publication::TakenDown } => words.say("entry-taken-down"),
        What::Carried { by: Carrier::Http } => words.say("entry-carried-http"),
        What::Carried { by: Carrier::Sms } => words.say("entry-carried-sms"),
        What::Carried { by: Carrier::Text } => words.say("entry-carried-text"),
        What::Carried { by: Carrier::Courier } => words.say("entry-carried-courier"),
        What::Published { .. } | What::Carried { by: Carrier::Unknown(_) } | What::Unknown { .. } => {
            words.say("entry-unknown")
        }
    }
}

const fn mark(what: &What) -> &'static str {
    match what {
        What::Dispatched { .. } | What::InProgress { .. } => "work",
        What::Answered { .. } | What::Closed { .. } => "good",
        What::Rated { .. } | What::Commented { .. } | What::Edited => "citizen",
        What::Reopened { .. } | What::Returned { .. } | What::Refused | What::Withdrawn => "back",
        _ => "plain",
    }
}
