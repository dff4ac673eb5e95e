//! The citizen's side of a case once it is made: words, the verdict on an answer, saying it is not settled, taking it back.
//! What may follow what is the case's own law; here stands only what the hub adds to it.

use paht_model::case::{AssignmentState, Stage};
use paht_model::command::{Rating, Reopening};
use paht_model::fault::Code;
use paht_model::timeline::{Publication, Speaker, What};

use crate::casework::due;
use crate::change::{Change, words};
use crate::ports::{HubContext, Refusal};

/// The lowest grade that settles an assignment.
pub const SETTLED_GRADE_MIN: u8 = 3;

/// Adds the citizen's words.
pub(crate) fn comment(change: &mut Change, text: &str) -> Result<(), Refusal> {
    if change.record.case.stage() == Stage::Withdrawn {
        return Err(Refusal::Never(Code::CaseState));
    }
    change.tell(What::Commented { by: Speaker::Citizen }, words(text))
}

/// The verdict on the last answer; a good one settles the assignment.
pub(crate) fn rate(change: &mut Change, rating: &Rating) -> Result<(), Refusal> {
    let Rating { assignment, answer, grade, ref text } = *rating;
    change.tell(What::Rated { assignment, answer, grade }, words(text))?;
    let state = change.record.case.assignment(assignment).map(|share| share.state);
    if grade >= SETTLED_GRADE_MIN && state == Some(AssignmentState::Answered) {
        change.tell(What::Closed { assignment }, None)?;
    }
    Ok(())
}

/// Not settled: a second clock starts, the first deadline stays on record (law 8).
pub(crate) fn reopen(
    change: &mut Change,
    hub: &HubContext<'_>,
    reopening: &Reopening,
) -> Result<(), Refusal> {
    let due = due(&change.record, hub)?;
    change.tell(What::Reopened { assignment: reopening.assignment, due }, words(&reopening.reason))
}

/// Takes the report back; nobody sees it afterwards.
pub(crate) fn withdraw(change: &mut Change) -> Result<(), Refusal> {
    change.tell(What::Withdrawn, None)?;
    if change.record.case.publication == Publication::Public {
        change.tell(What::Published { to: Publication::TakenDown }, None)?;
    }
    Ok(())
}
