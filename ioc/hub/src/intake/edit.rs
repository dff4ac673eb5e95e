//! Changing what was said, while nobody works on it; and saying who said it, after the fact.

use paht_model::case::{Assignment, AssignmentState, Stage};
use paht_model::fault::Code;
use paht_model::statement::Edit;
use paht_model::text::is_blank;
use paht_model::timeline::What;
use paht_model::wire::Blob;

use super::report::{check_place, classify, dispatch_if_urgent};
use crate::casework::hide_confidential;
use crate::change::Change;
use crate::ports::{HubContext, Refusal};

/// Changes text, place or category; triage looks anew. [`Code::CaseState`] once an agency has taken it up.
pub(super) fn edit(change: &mut Change, hub: &HubContext<'_>, edit: &Edit) -> Result<(), Refusal> {
    let case = &change.record.case;
    if case.ended.is_some() || case.assignments.iter().any(is_worked_on) {
        return Err(Refusal::Never(Code::CaseState));
    }
    if let Some(place) = &edit.place {
        check_place(hub, place)?;
        change.record.place = Some(*place);
    }
    if let Some(text) = &edit.text {
        let speaks = change.record.declared.iter().any(|part| part.of.is_none() && !part.evidence);
        if is_blank(text) && !speaks {
            return Err(Refusal::Never(Code::ReportEmpty));
        }
        change.record.text.clone_from(text);
    }
    let category = edit.category.clone().or_else(|| change.record.case.category.clone());
    let category = category.ok_or(Refusal::Never(Code::CategoryMissing))?;
    change.tell(What::Edited, None)?;
    classify(change, hub, &category)?;
    hide_confidential(change, hub)?;
    dispatch_if_urgent(change, hub)
}

/// Keeps the sender's name and number, sealed as they came.
pub(super) fn identify(change: &mut Change, sealed: &Blob) -> Result<(), Refusal> {
    if change.record.case.stage() == Stage::Withdrawn {
        return Err(Refusal::Never(Code::CaseState));
    }
    change.record.sender = Some(sealed.0.clone());
    Ok(())
}

/// A share that was taken up, answered, or is open again after an answer. One that was given back is not.
fn is_worked_on(share: &Assignment) -> bool {
    match share.state {
        AssignmentState::Dispatched | AssignmentState::Returned => share.answers > 0,
        AssignmentState::InProgress | AssignmentState::Answered | AssignmentState::Closed => true,
    }
}
