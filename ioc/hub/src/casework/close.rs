//! Closing what nobody objects to.

use paht_model::case::{Assignment, AssignmentState};
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::time::UnixMs;
use paht_model::timeline::What;

use crate::change::Change;
use crate::ports::{HubContext, Ledger, Refusal};

/// How long an answer waits for the citizen's verdict before it counts as settled, in milliseconds (14 days).
pub const VERDICT_WAIT_MS: i64 = 14 * 24 * 3_600 * 1_000;

/// Closes the shares whose answer had no verdict for [`VERDICT_WAIT_MS`]. A bad grade is a verdict: such an answer waits
/// for a person. Nothing to close is no error.
///
/// # Errors
/// [`Code::CaseUnknown`] if there is no such report.
pub fn tick(ledger: &mut dyn Ledger, hub: &HubContext<'_>, report: &ReportId) -> Result<(), Refusal> {
    let record = ledger.case(report)?.ok_or(Refusal::Never(Code::CaseUnknown))?;
    if record.case.ended.is_some() {
        return Ok(());
    }
    let settled: Vec<u16> = record
        .case
        .assignments
        .iter()
        .filter(|share| waited_enough(share, hub.now))
        .map(|share| share.number)
        .collect();
    if settled.is_empty() {
        return Ok(());
    }
    let mut change = Change::of(record, hub.now);
    for assignment in settled {
        change.tell(What::Closed { assignment }, None)?;
    }
    change.write(ledger)?;
    Ok(())
}

fn waited_enough(share: &Assignment, now: UnixMs) -> bool {
    let waited = share.answered_at.is_some_and(|at| now.millis_since(at) >= VERDICT_WAIT_MS);
    share.state == AssignmentState::Answered && share.grade.is_none() && waited
}
