//! Who may see a case: decided by an operator, bounded by its category.

use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::CaseCode;
use paht_model::timeline::{Publication, What};

use super::dispatch::category;
use crate::change::Change;
use crate::ports::{CaseRecord, HubContext, Ledger, Refusal};
use crate::tenant::Publish;

/// Publishes or takes down. What was never public cannot be taken down, and nothing goes back to being held.
pub(super) fn publish(change: &mut Change, hub: &HubContext<'_>, to: Publication) -> Result<(), Refusal> {
    let from = change.record.case.publication;
    let may = match to {
        Publication::Public => {
            let gone = change.record.case.stage() == Stage::Withdrawn;
            from != Publication::Public && !gone && !is_confidential(&change.record, hub)
        }
        Publication::TakenDown => from == Publication::Public,
        Publication::Held | Publication::Unknown(_) => false,
    };
    if may { change.tell(What::Published { to }, None) } else { Err(Refusal::Never(Code::CaseState)) }
}

/// Takes down what has become confidential.
pub(crate) fn hide_confidential(change: &mut Change, hub: &HubContext<'_>) -> Result<(), Refusal> {
    if change.record.case.publication == Publication::Public && is_confidential(&change.record, hub) {
        change.tell(What::Published { to: Publication::TakenDown }, None)?;
    }
    Ok(())
}

/// Whether a case may be called the same as that one: it exists, is another, and telling its code to this citizen gives
/// nothing confidential away.
pub(super) fn may_name(
    ledger: &dyn Ledger,
    hub: &HubContext<'_>,
    record: &CaseRecord,
    of: &CaseCode,
) -> Result<(), Refusal> {
    let other = ledger.case_by_code(of)?.ok_or(Refusal::Never(Code::CaseUnknown))?;
    if other.report == record.report || is_confidential(&other, hub) {
        return Err(Refusal::Never(Code::CaseState));
    }
    Ok(())
}

/// Never public, whatever an operator says. A category that is no longer configured counts as such.
fn is_confidential(record: &CaseRecord, hub: &HubContext<'_>) -> bool {
    category(record, hub).is_none_or(|category| category.publish == Publish::Never)
}
