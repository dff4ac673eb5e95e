//! What operators and agencies do to a case, one verb a file. An action is checked against who may do it, decided on the
//! case, and only then written.

mod answer;
mod close;
mod dispatch;
mod evidence;
mod publication;
mod time;

use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, CategoryCode, Sha256};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::statement::check_text;
use paht_model::time::UnixMs;
use paht_model::timeline::{Publication, Speaker, What};
use serde::Deserialize;

use crate::change::Change;
use crate::intake::{check_place, classify};
use crate::ports::{CaseRecord, HubContext, Ledger, Refusal};

pub use close::{VERDICT_WAIT_MS, tick};
pub use evidence::{EVIDENCE_PARTS_MAX, declare_evidence};

pub(crate) use answer::answer;
pub use dispatch::is_provisional;
pub(crate) use dispatch::{dispatch_by_advice, due, publish_held, publish_if_given};
pub(crate) use evidence::declare;
pub(crate) use publication::hide_confidential;

/// What may be done to a case. In JSON its name is the tag `action`: `{"action": "dispatch", "agency": "so-xay-dung"}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action", deny_unknown_fields)]
pub enum Action {
    /// Gives it to an agency, with a deadline; a case that waited held becomes public with it, unless its category asks
    /// for a review.
    Dispatch {
        /// To whom; `None`: whom triage advises.
        agency: Option<AgencyId>,
    },
    /// The agency takes it up.
    Start {
        /// Which share.
        assignment: u16,
    },
    /// The agency gives it back.
    Return {
        /// Which share.
        assignment: u16,
        /// Why; never blank.
        reason: String,
    },
    /// The agency asks for a later deadline; asked again, it replaces the wish.
    AskTime {
        /// Which share.
        assignment: u16,
        /// The deadline wished for.
        until: UnixMs,
        /// Why; never blank.
        reason: String,
    },
    /// Gives a later deadline, asked for or not; the first one stays on record.
    GiveTime {
        /// Which share.
        assignment: u16,
        /// The new deadline.
        due: UnixMs,
    },
    /// The agency's result.
    Answer {
        /// Which share; `None`: the first open one of whoever answers.
        assignment: Option<u16>,
        /// The answer; never blank.
        text: String,
        /// Its evidence: hashes declared by [`declare_evidence`] whose bytes have come.
        #[serde(default)]
        evidence: Vec<Sha256>,
    },
    /// It is nothing the IOC handles.
    Refuse {
        /// Why; never blank.
        reason: String,
    },
    /// It is the same matter as another case.
    Duplicate {
        /// That case.
        of: CaseCode,
    },
    /// An answered share is settled.
    Close {
        /// Which share.
        assignment: u16,
    },
    /// Adds words, heard by the citizen.
    Comment {
        /// The words; never blank.
        text: String,
    },
    /// Changes who may see it: public, or taken down.
    Publish {
        /// To what.
        to: Publication,
    },
    /// Puts it in another category.
    Classify {
        /// Which.
        category: CategoryCode,
    },
    /// Says where it is: of a text message nobody knows, until somebody asks.
    Locate {
        /// Where, in the province.
        at: Point,
    },
}

/// Who does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// An operator of the IOC: everything.
    Operator,
    /// An agency: starts, returns, answers its own shares, asks for time for them, and comments.
    Agency(AgencyId),
}

/// Does it, and gives the record as it is afterwards.
///
/// # Errors
/// [`Code::CaseUnknown`] (also for an agency without a share in the case), [`Code::Forbidden`] if the actor may not,
/// [`Code::CaseState`] if the case cannot take it now, [`Code::AgencyUnknown`], [`Code::CategoryUnknown`],
/// [`Code::EvidenceMissing`], [`Code::TextMissing`], [`Code::TextTooLong`], [`Code::DeadlinePeriod`].
pub fn act(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    case: &CaseCode,
    actor: &Actor,
    action: &Action,
) -> Result<CaseRecord, Refusal> {
    let record = ledger.case_by_code(case)?.ok_or(Refusal::Never(Code::CaseUnknown))?;
    Ok(decide(ledger, hub, record, actor, action)?.write(ledger)?)
}

/// Decides an action on a record; nothing is written.
pub(crate) fn decide(
    ledger: &dyn Ledger,
    hub: &HubContext<'_>,
    record: CaseRecord,
    actor: &Actor,
    action: &Action,
) -> Result<Change, Refusal> {
    may(&record, actor, action)?;
    let mut change = Change::of(record, hub.now);
    match action {
        Action::Dispatch { agency } => dispatch::dispatch(&mut change, hub, agency.as_ref())?,
        Action::Start { assignment } => change.tell(What::InProgress { assignment: *assignment }, None)?,
        Action::Return { assignment, reason } => {
            change.tell(What::Returned { assignment: *assignment }, Some(said(reason)?))?;
        }
        Action::AskTime { assignment, until, reason } => {
            time::ask(&mut change, hub, *assignment, *until, said(reason)?)?;
        }
        Action::GiveTime { assignment, due } => time::give(&mut change, hub, *assignment, *due)?,
        Action::Answer { assignment, text, evidence } => {
            let share = assignment.or_else(|| answer::open_share(&change.record, actor));
            let share = share.ok_or(Refusal::Never(Code::CaseState))?;
            answer::answer(&mut change, hub, actor, share, said(text)?, evidence)?;
        }
        Action::Refuse { reason } => change.tell(What::Refused, Some(said(reason)?))?,
        Action::Duplicate { of } => {
            publication::may_name(ledger, hub, &change.record, of)?;
            change.tell(What::Duplicate { of: of.clone() }, None)?;
        }
        Action::Close { assignment } => change.tell(What::Closed { assignment: *assignment }, None)?,
        Action::Comment { text } => {
            let by = if *actor == Actor::Operator { Speaker::Operator } else { Speaker::Agency };
            change.tell(What::Commented { by }, Some(said(text)?))?;
        }
        Action::Publish { to } => publication::publish(&mut change, hub, *to)?,
        Action::Classify { category } => {
            classify(&mut change, hub, category)?;
            hide_confidential(&mut change, hub)?;
        }
        Action::Locate { at } => locate(&mut change, hub, *at)?,
    }
    Ok(change)
}

fn locate(change: &mut Change, hub: &HubContext<'_>, at: Point) -> Result<(), Refusal> {
    let place = Place { point: at, accuracy_m: None, source: PlaceSource::Pin };
    check_place(hub, &place)?;
    change.record.place = Some(place);
    // Another commune may mean another agency.
    match change.record.case.category.clone() {
        Some(category) => classify(change, hub, &category),
        None => Ok(()),
    }
}

/// Whether this actor may answer this share at all, whatever the answer.
pub(crate) fn may_answer(record: &CaseRecord, actor: &Actor, assignment: u16) -> Result<(), Refusal> {
    let answer = Action::Answer { assignment: Some(assignment), text: String::new(), evidence: Vec::new() };
    may(record, actor, &answer)
}

fn may(record: &CaseRecord, actor: &Actor, action: &Action) -> Result<(), Refusal> {
    let Actor::Agency(agency) = actor else { return Ok(()) };
    // To an agency without a share in it, a case is not there: held and confidential ones least of all.
    if !record.case.assignments.iter().any(|share| share.agency == *agency) {
        return Err(Refusal::Never(Code::CaseUnknown));
    }
    let number = match action {
        Action::Start { assignment }
        | Action::Return { assignment, .. }
        | Action::AskTime { assignment, .. } => Some(*assignment),
        Action::Answer { assignment, .. } => *assignment,
        Action::Comment { .. } => None,
        _ => return Err(Refusal::Never(Code::Forbidden)),
    };
    let share = number.and_then(|number| record.case.assignment(number));
    if share.is_some_and(|share| share.agency != *agency) {
        return Err(Refusal::Never(Code::Forbidden));
    }
    Ok(())
}

/// Words that must be there.
fn said(text: &str) -> Result<String, Refusal> {
    check_text(text).map_err(Refusal::Never)?;
    crate::change::words(text).ok_or(Refusal::Never(Code::TextMissing))
}
