//! The figures as a table, beside what the design asks for.

use std::fmt::Write as _;

use crate::net::case::{Cut, Outcome, Work};
use crate::net::senders::Sender;

/// What the design (section 9) asks of ours: times the floor, and bytes that leave for each to carry.
pub const fn budget(cut: Cut) -> (f64, f64) {
    match cut {
        Cut::None => (1.02, f64::INFINITY),
        Cut::Hard => (1.20, 1.15),
        Cut::Silent => (1.30, 1.25),
    }
}

/// The same on a long thin link without cuts.
const LONG_AND_THIN: (f64, f64) = (1.05, 1.10);

/// Seconds to the statement and to the preview on EDGE.
const FIRST_SECONDS: (f64, f64) = (2.5, 6.0);

/// The same sender, link, cuts and work, over all seeds.
#[derive(Debug, Clone)]
pub struct Row<'o> {
    /// One for each seed, in the order of seeds.
    pub outcomes: Vec<&'o Outcome>,
}

impl Row<'_> {
    fn first(&self) -> Option<&Outcome> {
        self.outcomes.first().copied()
    }

    /// The worst seed's times the floor; `None` if one did not end.
    pub fn worst(&self) -> Option<f64> {
        self.outcomes
            .iter()
            .map(|outcome| outcome.ratio())
            .try_fold(0.0, |worst, ratio| Some(f64::max(worst, ratio?)))
    }

    /// The mean times the floor; `None` if one did not end.
    pub fn mean(&self) -> Option<f64> {
        let sum = self
            .outcomes
            .iter()
            .map(|outcome| outcome.ratio())
            .try_fold(0.0, |sum, ratio| Some(sum + ratio?));
        sum.map(|sum| sum / self.outcomes.len().max(1) as f64)
    }

    fn most(&self, of: impl Fn(&Outcome) -> Option<f64>) -> Option<f64> {
        self.outcomes.iter().filter_map(|outcome| of(outcome)).reduce(f64::max)
    }

    /// Whether a budget asks anything of it.
    fn is_asked(&self) -> bool {
        self.first().is_some_and(|first| {
            first.sender == Sender::Ours && first.work == Work::One && first.profile != "weak-4g"
        })
    }

    /// What of the budget is missed; empty where all is met or nothing is asked.
    pub fn missed(&self) -> Vec<String> {
        let Some(first) = self.first().filter(|_| self.is_asked()) else {
            return Vec::new();
        };
        let mut missed = Vec::new();
        let statement_asked = first.first.statement_asked_seconds.filter(|_| first.cut == Cut::None);
        let (times, bytes) = if statement_asked.is_some() { LONG_AND_THIN } else { budget(first.cut) };
        match self.worst() {
            Some(worst) if worst <= times => {}
            Some(worst) => missed.push(format!("{worst:.3} × the floor, {times:.2} asked")),
            None => missed.push("did not end".to_owned()),
        }
        let sent = self.most(|outcome| Some(outcome.sent_ratio())).unwrap_or(0.0);
        if sent > bytes {
            missed.push(format!("{sent:.2} × the bytes, {bytes:.2} asked"));
        }
        let (statement, preview) = match statement_asked {
            Some(asked) => (asked, f64::INFINITY),
            None if first.profile == "edge" && first.cut == Cut::None => FIRST_SECONDS,
            None => (f64::INFINITY, f64::INFINITY),
        };
        let late = |found: Option<f64>, asked: f64, what: &str| {
            found
                .filter(|found| *found > asked)
                .map(|found| format!("{what} after {found:.1} s, {asked:.1} asked"))
        };
        missed.extend(late(self.most(|outcome| outcome.first.statement_seconds), statement, "statement"));
        missed.extend(late(self.most(|outcome| outcome.first.preview_seconds), preview, "preview"));
        missed
    }
}

/// Outcomes in rows, in the order of links, work, cuts and senders.
pub fn rows(outcomes: &[Outcome]) -> Vec<Row<'_>> {
    let key = |outcome: &Outcome| (outcome.profile.clone(), outcome.work, outcome.cut, outcome.sender);
    let mut sorted: Vec<&Outcome> = outcomes.iter().collect();
    sorted.sort_by_key(|outcome| (key(outcome), outcome.seed));
    let groups = sorted.chunk_by(|one, other| key(one) == key(other));
    groups.map(|group| Row { outcomes: group.to_vec() }).collect()
}

/// Milliseconds of the bench's own lateness from which on a figure is not to be believed.
pub const LATE_MS_MAX: u64 = 40;

/// In Markdown.
pub fn markdown(outcomes: &[Outcome]) -> String {
    let mut text = String::from(
        "| link | work | cuts | sender | × floor, mean | worst | bytes sent ÷ to carry | statement, s | preview, s | against the budget |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows(outcomes) {
        let Some(first) = row.first() else { continue };
        let number = |value: Option<f64>, digits: usize| {
            value.map_or_else(String::new, |value| format!("{value:.digits$}"))
        };
        let ratio =
            |value: Option<f64>| value.map_or_else(|| "never".to_owned(), |value| format!("{value:.3}"));
        let missed = row.missed();
        let late = row.outcomes.iter().map(|outcome| outcome.late_ms).max().unwrap_or(0);
        let verdict = match (row.is_asked(), missed.is_empty()) {
            _ if late > LATE_MS_MAX => format!("not to be believed: the bench was {late} ms late"),
            (true, true) => "met".to_owned(),
            (true, false) => missed.join("; "),
            _ => String::new(),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {verdict} |",
            first.profile,
            match first.work {
                Work::One => "one photo",
                Work::Morning => "ten reports",
            },
            match first.cut {
                Cut::None => "none",
                Cut::Hard => "hard",
                Cut::Silent => "silent",
            },
            first.sender.name(),
            ratio(row.mean()),
            ratio(row.worst()),
            number(row.most(|outcome| Some(outcome.sent_ratio())), 2),
            number(row.most(|outcome| outcome.first.statement_seconds), 1),
            number(row.most(|outcome| outcome.first.preview_seconds), 1),
        );
    }
    text
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::net::case::{Bytes, First};

    pub(crate) fn outcome(sender: Sender, cut: Cut, seed: u64, seconds: Option<f64>) -> Outcome {
        Outcome {
            sender,
            profile: "edge".into(),
            cut,
            work: Work::One,
            seed,
            seconds,
            floor_seconds: 100.0,
            bytes: Bytes { to_carry: 1_000, sent: 1_100, gone: [0; 3] },
            first: First {
                statement_seconds: Some(1.0),
                preview_seconds: Some(3.0),
                statement_asked_seconds: None,
            },
            idle_seconds: Vec::new(),
            late_ms: 1,
        }
    }

    #[test]
    fn a_row_is_judged_by_its_worst_seed() {
        let outcomes = [
            outcome(Sender::Ours, Cut::Silent, 1, Some(110.0)),
            outcome(Sender::Ours, Cut::Silent, 2, Some(131.0)),
            outcome(Sender::Tuspy, Cut::Silent, 1, None),
        ];
        let rows = rows(&outcomes);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].missed(), ["1.310 × the floor, 1.30 asked"]);
        assert_eq!(rows[1].worst(), None);
        let text = markdown(&outcomes);
        assert!(text.contains("| edge | one photo | silent | tuspy | never | never |"), "{text}");
    }

    #[test]
    fn of_a_morning_nothing_is_asked_and_nothing_is_said_to_be_met() {
        let morning = [Outcome { work: Work::Morning, ..outcome(Sender::Ours, Cut::Hard, 1, Some(150.0)) }];
        let text = markdown(&morning);
        assert!(text.contains("| edge | ten reports | hard | PAHT | 1.500 | 1.500 |"), "{text}");
        assert!(!text.contains("met") && !text.contains("asked"), "{text}");
    }

    #[test]
    fn what_is_met_is_said_and_what_ends_never_is_missed() {
        let met = [outcome(Sender::Ours, Cut::None, 1, Some(101.0))];
        assert!(markdown(&met).contains("| met |"));
        let never = [outcome(Sender::Ours, Cut::Hard, 1, None)];
        assert_eq!(rows(&never)[0].missed(), ["did not end"]);
        let mut slow = outcome(Sender::Ours, Cut::None, 1, Some(101.0));
        slow.first.statement_seconds = Some(3.0);
        assert_eq!(rows(&[slow])[0].missed(), ["statement after 3.0 s, 2.5 asked"]);
    }

    #[test]
    fn a_long_thin_link_has_a_budget_of_its_own_without_cuts() {
        let ours = |cut, seconds| {
            let mut ours = outcome(Sender::Ours, cut, 1, Some(seconds));
            (ours.first.statement_seconds, ours.first.statement_asked_seconds) = (Some(4.6), Some(4.5));
            ours
        };
        let slow = [ours(Cut::None, 106.0)];
        let missed = ["1.060 × the floor, 1.05 asked", "statement after 4.6 s, 4.5 asked"];
        assert_eq!(rows(&slow)[0].missed(), missed);
        assert!(rows(&[ours(Cut::Silent, 106.0)])[0].missed().is_empty());
    }
}
