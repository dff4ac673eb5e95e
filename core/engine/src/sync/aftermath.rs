//! What a command's outcome means for the entries beside it: media that a refused command declares, and everything of a
//! report that was taken back.

use paht_model::command::Body;
use paht_model::fault::Code;
use paht_model::part::{Delivery, DeliveryEvent, ParkReason, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::{Outcome, PartName};

use crate::derive;
use crate::officer;
use crate::outbox::{NewEntry, OutboxEntry};
use crate::plan::{Capture, Change, Condition, Report};
use crate::ports::{EngineFault, Store};
use crate::retry::{Retry, retry};

/// The changes that follow from an outcome, to be kept behind the entry's own. `landed` are the parts that this reply
/// acknowledges: the store does not know of them yet.
pub(crate) fn of(
    store: &dyn Store,
    entry: &OutboxEntry,
    outcome: &Outcome,
    landed: &[PartName],
) -> Result<Vec<Change>, EngineFault> {
    let refused = match outcome {
        Outcome::Refused { code, retry_after_ms: None } if retry(*code) == Retry::Never => Some(*code),
        Outcome::Refused { .. } => return Ok(Vec::new()),
        Outcome::Stored { .. } => None,
    };
    let body = store.command(&entry.part)?.map(|signed| signed.command.body);
    if matches!(body, Some(Body::Act(_))) {
        let Some(code) = refused else { return Ok(Vec::new()) };
        let mut open = officer::entries(store, &entry.part)?;
        open.retain(|e| !e.delivery.is_delivered() && !landed.contains(&e.part));
        return Ok(stopped_with(entry, &open, false, code));
    }
    // An older hub has the picture from another original's declaration, and needs no second one.
    if refused == Some(Code::CommandConflict) && derive::twin(store, entry)?.is_some() {
        return Ok(vec![Change::DropEntry(entry.part)]);
    }
    let Some(report) = store.report(&entry.part.report)? else { return Ok(Vec::new()) };
    if refused.is_none() && report.condition != Condition::Withdrawn {
        return Ok(Vec::new());
    }
    let entries = officer::own_entries(store, &entry.part.report)?;
    let is_landed = |e: &OutboxEntry| e.delivery.is_delivered() || landed.contains(&e.part);
    let statement = entries.iter().find(|e| e.kind == PartKind::Statement).filter(|e| is_landed(e));
    let statement = statement.map(|e| e.part.hash);
    let unqueued = unqueued(&report, &entries);
    let open: Vec<OutboxEntry> = entries.into_iter().filter(|e| !is_landed(e)).collect();
    if report.condition != Condition::Withdrawn {
        let whole = matches!(body, Some(Body::Report(_)));
        return Ok(refused.map_or_else(Vec::new, |code| stopped_with(entry, &open, whole, code)));
    }
    Ok(match (body, refused) {
        (Some(Body::Withdraw), None) => taken_back(&open),
        (Some(Body::Withdraw), Some(code)) if statement.is_some() => {
            let mut changes = lives_on(report, entry, &open, code);
            let again = |new: NewEntry| Change::AddEntry(NewEntry { declared_by: statement, ..new });
            changes.extend(unqueued.into_iter().map(again));
            changes
        }
        // The hub has nothing of it and wants nothing: nothing is left to say.
        (Some(Body::Withdraw | Body::Report(_)), Some(_)) => dropped(&open),
        // What was said before taking it back needs nobody any more, nor do the media it declares.
        (_, Some(_)) => {
            let declared = open.iter().filter(|e| e.declared_by == Some(entry.part.hash)).map(|e| e.part);
            declared.chain([entry.part]).map(Change::DropEntry).collect()
        }
        (_, None) => Vec::new(),
    })
}

/// What only a refused command declares would wait unseen for ever: it is parked with it, for its reason. Behind the
/// statement itself that is everything of the report (`whole`).
fn stopped_with(entry: &OutboxEntry, open: &[OutboxEntry], whole: bool, code: Code) -> Vec<Change> {
    let behind = |e: &&OutboxEntry| e.part != entry.part && (whole || e.declared_by == Some(entry.part.hash));
    let stop = |e: &OutboxEntry| e.failed(DeliveryEvent::Stopped { reason: ParkReason::Refused(code) }, code);
    open.iter().filter(behind).filter_map(stop).collect()
}

/// The hub has taken the report back: its media that had not gone never will.
fn taken_back(open: &[OutboxEntry]) -> Vec<Change> {
    open.iter().filter(|e| e.kind != PartKind::Statement).map(|e| Change::DropEntry(e.part)).collect()
}

fn dropped(open: &[OutboxEntry]) -> Vec<Change> {
    open.iter().map(|e| Change::DropEntry(e.part)).collect()
}

/// Originals that left the outbox when the report was taken back, before a hub restored from a backup forgot that.
fn unqueued(report: &Report, entries: &[OutboxEntry]) -> Vec<NewEntry> {
    let gone = |hash| !entries.iter().any(|e| e.part.hash == hash);
    let left = report.captures.iter().filter(|capture| !capture.erased && gone(capture.declared.hash));
    let entry = |capture: &Capture| NewEntry {
        part: PartName { report: report.id, hash: capture.declared.hash },
        kind: capture.declared.kind.part(),
        bytes: capture.declared.bytes,
        declared_by: None,
    };
    left.map(entry).collect()
}

/// The hub has the report and would not take it back: it lives on, and its media go.
fn lives_on(mut report: Report, withdrawal: &OutboxEntry, open: &[OutboxEntry], code: Code) -> Vec<Change> {
    report.condition = Condition::Live;
    let mut changes = vec![Change::PutReport(report)];
    let parked = |e: &&OutboxEntry| matches!(e.delivery, Delivery::Parked { reason: ParkReason::Held });
    let again = |e: &OutboxEntry| e.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) });
    changes.extend(open.iter().filter(parked).filter_map(again));
    changes.extend(withdrawal.failed(DeliveryEvent::Stopped { reason: ParkReason::Refused(code) }, code));
    changes
}
