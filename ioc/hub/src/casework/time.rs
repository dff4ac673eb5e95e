//! Time asked for and given. A deadline only moves away, and not for ever; the first one stays on record (law 8), so that
//! everybody can count from it.

use paht_model::fault::Code;
use paht_model::limits::EXTENSION_MS_MAX;
use paht_model::time::UnixMs;
use paht_model::timeline::What;

use crate::change::Change;
use crate::ports::{HubContext, Refusal};

/// The agency's wish; nothing moves by it.
pub(super) fn ask(
    change: &mut Change,
    hub: &HubContext<'_>,
    assignment: u16,
    until: UnixMs,
    reason: String,
) -> Result<(), Refusal> {
    check(change, hub, assignment, until)?;
    change.tell(What::TimeAsked { assignment, until }, Some(reason))
}

/// The IOC's grant.
pub(super) fn give(
    change: &mut Change,
    hub: &HubContext<'_>,
    assignment: u16,
    due: UnixMs,
) -> Result<(), Refusal> {
    check(change, hub, assignment, due)?;
    change.tell(What::TimeGiven { assignment, due }, None)
}

/// Later than the deadline that runs, later than now, and within a year.
fn check(change: &Change, hub: &HubContext<'_>, assignment: u16, to: UnixMs) -> Result<(), Refusal> {
    let share = change.record.case.assignment(assignment).ok_or(Refusal::Never(Code::CaseState))?;
    let ahead_ms = to.millis_since(hub.now);
    if to > share.due && ahead_ms > 0 && ahead_ms <= EXTENSION_MS_MAX {
        Ok(())
    } else {
        Err(Refusal::Never(Code::DeadlinePeriod))
    }
}
