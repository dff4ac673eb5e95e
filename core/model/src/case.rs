//! A case: the hub's record of a report, folded from its entries. Each assignment is one agency's share, with its own
//! state, deadline, answers and rating.
//!
//! ```text
//! received ─┬─ refused                      ┌────────── reopened ──────────┐
//!           ├─ duplicate                    ▼                              │
//!           └─ dispatched ── in progress ── answered ── closed ────────────┤
//!                  ▲   └────────┬───────────────└──────────────────────────┘
//!                  └── dispatched again ── returned by agency
//! ```

use serde::{Deserialize, Serialize};

use crate::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, Sha256};
use crate::time::UnixMs;
use crate::timeline::{Carrier, Entry, Publication, What};

/// Where a case as a whole stands; told from its entries, never set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Waits for an operator.
    Received,
    /// Not handled here.
    Refused,
    /// The same as another case.
    Duplicate,
    /// With an agency, not yet taken up.
    Dispatched,
    /// An agency works on it.
    InProgress,
    /// An agency gave it back; an operator must dispatch it anew.
    Returned,
    /// Every agency has answered.
    Answered,
    /// Settled.
    Closed,
    /// Taken back by the citizen.
    Withdrawn,
}

impl Stage {
    /// Every stage, in the order a case may pass them.
    pub const ALL: [Self; 9] = [
        Self::Received,
        Self::Refused,
        Self::Duplicate,
        Self::Dispatched,
        Self::InProgress,
        Self::Returned,
        Self::Answered,
        Self::Closed,
        Self::Withdrawn,
    ];

    /// The stage of this name, if there is one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// Its name in the glossary, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Refused => "refused",
            Self::Duplicate => "duplicate",
            Self::Dispatched => "dispatched",
            Self::InProgress => "in-progress",
            Self::Returned => "returned",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Where one agency's share stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssignmentState {
    /// Given, not yet taken up.
    Dispatched,
    /// Being worked on.
    InProgress,
    /// Given back.
    Returned,
    /// Answered, not yet settled.
    Answered,
    /// Settled.
    Closed,
}

/// One agency's share of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Counted from 1.
    pub number: u16,
    /// Whose.
    pub agency: AgencyId,
    /// Where it stands.
    pub state: AssignmentState,
    /// The first deadline; stays on record.
    pub first_due: UnixMs,
    /// The deadline that runs now.
    pub due: UnixMs,
    /// The later deadline that the agency asked for and was not given yet.
    pub asked: Option<UnixMs>,
    /// How often it was reopened.
    pub reopened: u16,
    /// How many answers it got.
    pub answers: u16,
    /// When the last answer came.
    pub answered_at: Option<UnixMs>,
    /// The last verdict.
    pub grade: Option<u8>,
}

/// The hub's record of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its public code; kept through every reopening.
    pub code: CaseCode,
    /// When the hub received it.
    pub received: UnixMs,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// The commune.
    pub area: Option<AreaCode>,
    /// Refused, a duplicate or withdrawn; otherwise the assignments tell.
    pub ended: Option<Ended>,
    /// Who may see it.
    pub publication: Publication,
    /// The agencies' shares.
    pub assignments: Vec<Assignment>,
    /// Hashes of declared parts that arrived.
    pub arrived: Vec<Sha256>,
    /// How it came, each carrier once; empty for what came by data alone.
    pub carriers: Vec<Carrier>,
}

/// How a case ended without an agency's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Ended {
    /// Not handled here.
    Refused,
    /// The same as another case.
    Duplicate {
        /// That case.
        of: CaseCode,
    },
    /// Taken back.
    Withdrawn,
}

/// An entry that cannot follow what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {stage:?} cannot be {event}")]
pub struct IllegalTransition {
    /// Where the case stands.
    pub stage: Stage,
    /// The entry's name.
    pub event: &'static str,
}

impl Case {
    /// The case its first entry makes; `None` if that entry is no [`What::Received`].
    pub fn begin(entry: &Entry) -> Option<Self> {
        let What::Received { case } = &entry.what else { return None };
        Some(Self {
            code: case.clone(),
            received: entry.at,
            category: None,
            area: None,
            ended: None,
            publication: Publication::Held,
            assignments: Vec::new(),
            arrived: Vec::new(),
            carriers: Vec::new(),
        })
    }

    /// Whether nobody has signed for it yet: it came as an SMS, and its statement did not.
    pub fn is_unverified(&self) -> bool {
        !self.carriers.is_empty()
            && !self.carriers.iter().any(|by| matches!(by, Carrier::Http | Carrier::Courier))
    }

    /// The case its entries make, oldest first.
    pub fn fold<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Result<Option<Self>, IllegalTransition> {
        let mut entries = entries.into_iter();
        let Some(mut case) = entries.next().and_then(Self::begin) else { return Ok(None) };
        for entry in entries {
            case.apply(entry)?;
        }
        Ok(Some(case))
    }

    /// Where it stands: the least advanced assignment decides, so that nothing is called settled while an agency owes
    /// an answer.
    pub fn stage(&self) -> Stage {
        match self.ended {
            Some(Ended::Refused) => return Stage::Refused,
            Some(Ended::Duplicate { .. }) => return Stage::Duplicate,
            Some(Ended::Withdrawn) => return Stage::Withdrawn,
            None => {}
        }
        let has = |state| self.assignments.iter().any(|a| a.state == state);
        if has(AssignmentState::Dispatched) {
            Stage::Dispatched
        } else if has(AssignmentState::InProgress) {
            Stage::InProgress
        } else if has(AssignmentState::Answered) {
            Stage::Answered
        } else if has(AssignmentState::Closed) {
            Stage::Closed
        } else if has(AssignmentState::Returned) {
            Stage::Returned
        } else {
            Stage::Received
        }
    }

    /// The assignment with this number.
    pub fn assignment(&self, number: u16) -> Option<&Assignment> {
        self.assignments.iter().find(|a| a.number == number)
    }

    /// Takes the next entry. An illegal one leaves the case as it was.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), IllegalTransition> {
        let event = name(&entry.what);
        let illegal = IllegalTransition { stage: self.stage(), event };
        match &entry.what {
            What::Received { .. } => return Err(illegal),
            What::Classified { category, area } => {
                self.category = Some(category.clone());
                self.area.clone_from(area);
            }
            What::Refused => self.end(Ended::Refused, illegal)?,
            What::Duplicate { of } => self.end(Ended::Duplicate { of: of.clone() }, illegal)?,
            What::Withdrawn => self.end(Ended::Withdrawn, illegal)?,
            What::Dispatched { assignment, agency, due } => {
                self.dispatch(*assignment, agency, *due, illegal)?;
            }
            What::Published { to } => self.publication = *to,
            What::Arrived { hash, .. } => {
                if !self.arrived.contains(hash) {
                    self.arrived.push(*hash);
                }
            }
            What::Carried { by } => {
                if !self.carriers.contains(by) {
                    self.carriers.push(*by);
                }
            }
            What::Commented { .. } | What::Edited | What::Unknown { .. } => {}
            What::InProgress { assignment }
            | What::Returned { assignment }
            | What::Answered { assignment, .. }
            | What::Closed { assignment }
            | What::Rated { assignment, .. }
            | What::Reopened { assignment, .. }
            | What::TimeAsked { assignment, .. }
            | What::TimeGiven { assignment, .. } => {
                if self.ended.is_some() {
                    return Err(illegal);
                }
                let number = *assignment;
                let share = self.assignments.iter_mut().find(|a| a.number == number).ok_or(illegal)?;
                share.apply(entry).ok_or(illegal)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, how: Ended, illegal: IllegalTransition) -> Result<(), IllegalTransition> {
        let answered = self.assignments.iter().any(|a| a.answers > 0);
        if self.ended.is_some() || answered {
            return Err(illegal);
        }
        self.ended = Some(how);
        Ok(())
    }

    fn dispatch(
        &mut self,
        number: u16,
        agency: &AgencyId,
        due: UnixMs,
        illegal: IllegalTransition,
    ) -> Result<(), IllegalTransition> {
        let next = u16::try_from(self.assignments.len()).map_or(u16::MAX, |n| n.saturating_add(1));
        let open = |a: &Assignment| a.state != AssignmentState::Returned && a.agency == *agency;
        if self.ended.is_some() || number != next || self.assignments.iter().any(open) {
            return Err(illegal);
        }
        self.assignments.push(Assignment {
            number,
            agency: agency.clone(),
            state: AssignmentState::Dispatched,
            first_due: due,
            due,
            asked: None,
            reopened: 0,
            answers: 0,
            answered_at: None,
            grade: None,
        });
        Ok(())
    }
}

impl Assignment {
    /// The entry's effect on this share; `None` if it cannot follow.
    fn apply(&mut self, entry: &Entry) -> Option<()> {
        use AssignmentState as S;
        let working = matches!(self.state, S::Dispatched | S::InProgress);
        let answered = matches!(self.state, S::Answered | S::Closed);
        match &entry.what {
            What::InProgress { .. } if self.state == S::Dispatched => self.state = S::InProgress,
            What::Returned { .. } if working => {
                self.state = S::Returned;
                self.asked = None;
            }
            What::TimeAsked { until, .. } if working && *until > self.due => self.asked = Some(*until),
            // Time is given, never taken: a deadline only moves away.
            What::TimeGiven { due, .. } if working && *due > self.due => {
                self.due = *due;
                self.asked = None;
            }
            What::Answered { answer, .. } if working && *answer == self.answers.saturating_add(1) => {
                self.state = S::Answered;
                self.asked = None;
                self.answers = *answer;
                self.answered_at = Some(entry.at);
                self.grade = None;
            }
            What::Closed { .. } if self.state == S::Answered => self.state = S::Closed,
            What::Rated { answer, grade, .. } if answered && *answer == self.answers => {
                self.grade = Some(*grade);
            }
            What::Reopened { due, .. } if answered => {
                self.state = S::Dispatched;
                self.due = *due;
                self.reopened = self.reopened.saturating_add(1);
            }
            _ => return None,
        }
        Some(())
    }
}

/// An entry's name, for messages.
const fn name(what: &What) -> &'static str {
    match what {
        What::Received { .. } => "received",
        What::Classified { .. } => "classified",
        What::Refused => "refused",
        What::Duplicate { .. } => "called a duplicate",
        What::Dispatched { .. } => "dispatched",
        What::InProgress { .. } => "taken up",
        What::Returned { .. } => "returned",
        What::Answered { .. } => "answered",
        What::Closed { .. } => "closed",
        What::Rated { .. } => "rated",
        What::Reopened { .. } => "reopened",
        What::TimeAsked { .. } => "asked for time",
        What::TimeGiven { .. } => "given time",
        What::Commented { .. } => "commented",
        What::Edited => "edited",
        What::Withdrawn => "withdrawn",
        What::Arrived { .. } => "completed",
        What::Published { .. } => "published",
        What::Carried { .. } => "carried",
        What::Unknown { .. } => "changed",
    }
}
