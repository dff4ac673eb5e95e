//! An agency's answer, held to the evidence that its category asks for (law 9).

use paht_model::case::AssignmentState;
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::part::PartKind;
use paht_model::timeline::What;

use super::{Actor, dispatch};
use crate::change::Change;
use crate::ports::{CaseRecord, DeclaredPart, HubContext, Refusal};
use crate::tenant::Evidence;

/// Answers a share.
pub(crate) fn answer(
    change: &mut Change,
    hub: &HubContext<'_>,
    actor: &Actor,
    assignment: u16,
    text: String,
    evidence: &[Sha256],
) -> Result<(), Refusal> {
    let share = change.record.case.assignment(assignment).ok_or(Refusal::Never(Code::CaseState))?;
    let answer = share.answers.saturating_add(1);
    if !is_enough(&change.record, hub, actor, evidence) {
        return Err(Refusal::Never(Code::EvidenceMissing));
    }
    change.tell(What::Answered { assignment, answer, evidence: evidence.to_vec() }, Some(text))
}

/// The first share this actor could answer now.
pub(super) fn open_share(record: &CaseRecord, actor: &Actor) -> Option<u16> {
    let open = |state| matches!(state, AssignmentState::Dispatched | AssignmentState::InProgress);
    let mine = |agency| match actor {
        Actor::Operator => true,
        Actor::Agency(own) => own == agency,
    };
    let share = record.case.assignments.iter().find(|share| open(share.state) && mine(&share.agency));
    share.map(|share| share.number)
}

/// Everything named must be evidence whose bytes are here, and there must be what the category asks for. A signed account
/// is the answer's own words where the agency gives them under its own name; an operator who passes them on attaches the
/// signed paper.
fn is_enough(record: &CaseRecord, hub: &HubContext<'_>, actor: &Actor, evidence: &[Sha256]) -> bool {
    let here = |hash: &Sha256, wanted: fn(&DeclaredPart) -> bool| {
        record.case.arrived.contains(hash) && record.declaring(hash).any(|part| part.evidence && wanted(part))
    };
    if evidence.iter().any(|hash| !here(hash, |_| true)) {
        return false;
    }
    let is_shown = |hash: &Sha256| here(hash, |part| part.kind == PartKind::Rendition);
    let has_picture = evidence.iter().any(is_shown);
    match dispatch::category(record, hub).map(|category| category.evidence) {
        Some(Evidence::SignedAccount) => has_picture || matches!(actor, Actor::Agency(_)),
        // A category that is no longer configured asks for the most there is.
        Some(Evidence::AfterPhoto | Evidence::Paper) | None => has_picture,
    }
}
