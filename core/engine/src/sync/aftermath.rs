//! What a command's outcome means for the entries beside it: media that a refused command declares, and everything of a
//! report that was taken back.

use paht_model::command::Body;
use paht_model::fault::Code;
use paht_model::part::{Delivery, DeliveryEvent, ParkReason, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::Outcome;

use crate::outbox::OutboxEntry;
use crate::plan::{Change, Condition, Report};
use crate::ports::{EngineFault, Store};
use crate::retry::{Retry, retry};

/// The changes that follow from an outcome, to be kept behind the entry's own.
pub(super) fn of(
    store: &dyn Store,
    entry: &OutboxEntry,
    outcome: &Outcome,
) -> Result<Vec<Change>, EngineFault> {
    let refused = match outcome {
        Outcome::Refused { code, retry_after_ms: None } if retry(*code) == Retry::Never => Some(*code),
        Outcome::Refused { .. } => return Ok(Vec::new()),
        Outcome::Stored { .. } => None,
    };
    let Some(report) = store.report(&entry.part.report)? else { return Ok(Vec::new()) };
    let entries = store.entries_of(&entry.part.report)?;
    if report.condition == Condition::Withdrawn {
        let command = store.command(&entry.part)?;
        return Ok(match (command.map(|signed| signed.command.body), refused) {
            (Some(Body::Withdraw), None) => taken_back(&entries),
            (Some(Body::Withdraw), Some(code)) => not_taken_back(report, entry, &entries, code),
            // The hub has nothing of it and wants nothing: nothing is left to say.
            (Some(Body::Report(_)), Some(_)) => dropped(&entries),
            // What was said before taking it back needs nobody any more.
            (_, Some(_)) => vec![Change::DropEntry(entry.part)],
            (_, None) => Vec::new(),
        });
    }
    Ok(refused.map_or_else(Vec::new, |code| stopped_with(entry, &entries, code)))
}

/// Media that only a refused command declares would wait unseen for ever: they are parked with it, for its reason.
fn stopped_with(entry: &OutboxEntry, entries: &[OutboxEntry], code: Code) -> Vec<Change> {
    let declared =
        entries.iter().filter(|e| e.declared_by == Some(entry.part.hash) && !e.delivery.is_delivered());
    let stop = |e: &OutboxEntry| e.failed(DeliveryEvent::Stopped { reason: ParkReason::Refused(code) }, code);
    declared.filter_map(stop).collect()
}

/// The hub has taken the report back: its media that had not gone never will.
fn taken_back(entries: &[OutboxEntry]) -> Vec<Change> {
    let media = entries.iter().filter(|e| e.kind != PartKind::Statement && !e.delivery.is_delivered());
    media.map(|e| Change::DropEntry(e.part)).collect()
}

fn dropped(entries: &[OutboxEntry]) -> Vec<Change> {
    entries.iter().filter(|e| !e.delivery.is_delivered()).map(|e| Change::DropEntry(e.part)).collect()
}

/// The hub would not take it back. Where it has the report, the report lives on and its media go; where it refused the
/// report itself, nothing of it is left to send.
fn not_taken_back(
    mut report: Report,
    withdrawal: &OutboxEntry,
    entries: &[OutboxEntry],
    code: Code,
) -> Vec<Change> {
    let statement = entries.iter().find(|e| e.kind == PartKind::Statement);
    if !statement.is_some_and(|e| e.delivery.is_delivered()) {
        return dropped(entries);
    }
    report.condition = Condition::Live;
    let mut changes = vec![Change::PutReport(report)];
    let parked = |e: &&OutboxEntry| matches!(e.delivery, Delivery::Parked { reason: ParkReason::Held });
    let again = |e: &OutboxEntry| e.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) });
    changes.extend(entries.iter().filter(parked).filter_map(again));
    changes.extend(withdrawal.failed(DeliveryEvent::Stopped { reason: ParkReason::Refused(code) }, code));
    changes
}
