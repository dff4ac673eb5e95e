//! What the citizen says after the report: change it, add to it, judge the answer, say it is not settled, take it back,
//! hold it. Each is one more command in the outbox, behind what was said before.

use paht_model::command::{Body, Rating, Reopening};
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::part::{Delivery, DeliveryEvent, ParkReason, PartKind};
use paht_model::statement::Edit;
use paht_model::time::UnixMs;
use paht_model::wire::sync::PartName;

use crate::capture::{Desk, sign, state};
use crate::officer::own_entries;
use crate::outbox::{OutboxEntry, enqueue};
use crate::plan::{Change, Condition, Plan, Report};
use crate::ports::{EngineFault, Store};

/// The verdict on an assignment's last answer.
pub fn rate(desk: &Desk<'_>, store: &dyn Store, id: &ReportId, rating: Rating) -> Result<Plan, EngineFault> {
    say(desk, store, id, Body::Rate(rating))
}

/// Says that an answer did not settle it.
pub fn reopen(
    desk: &Desk<'_>,
    store: &dyn Store,
    id: &ReportId,
    reopening: Reopening,
) -> Result<Plan, EngineFault> {
    say(desk, store, id, Body::Reopen(reopening))
}

/// Adds words to the case.
pub fn comment(desk: &Desk<'_>, store: &dyn Store, id: &ReportId, text: &str) -> Result<Plan, EngineFault> {
    say(desk, store, id, Body::Comment(text.to_owned()))
}

/// Answers a question of the IOC or an agency.
pub fn reply(desk: &Desk<'_>, store: &dyn Store, id: &ReportId, text: &str) -> Result<Plan, EngineFault> {
    say(desk, store, id, Body::Reply(text.to_owned()))
}

fn say(desk: &Desk<'_>, store: &dyn Store, id: &ReportId, body: Body) -> Result<Plan, EngineFault> {
    let mut report = live(store, id)?;
    let signed = sign(desk, &mut report, body)?;
    let mut changes = vec![Change::PutReport(report)];
    changes.extend(enqueue(signed));
    Ok(Plan::of(changes))
}

fn live(store: &dyn Store, id: &ReportId) -> Result<Report, EngineFault> {
    let report = store.report(id)?.ok_or(Code::ReportUnknown)?;
    if report.condition == Condition::Withdrawn { Err(Code::ReportState.into()) } else { Ok(report) }
}

/// Changes what was said. A statement that the hub never saw, or refused, is stated anew; one it may have is followed by
/// an edit.
pub fn edit(desk: &Desk<'_>, store: &dyn Store, id: &ReportId, edit: Edit) -> Result<Plan, EngineFault> {
    let mut report = live(store, id)?;
    let edit = edit.composed();
    if let Some(category) = &edit.category {
        report.category = category.clone();
    }
    if let Some(text) = &edit.text {
        report.text.clone_from(text);
    }
    report.place = edit.place.or(report.place);
    let entries = own_entries(store, id)?;
    let Some(statement) = entries.iter().find(|entry| entry.kind == PartKind::Statement) else {
        return Err(Code::ReportState.into());
    };
    if may_be_at_hub(statement) {
        check_edit(desk, &edit)?;
        let signed = sign(desk, &mut report, Body::Edit(edit))?;
        let mut changes = vec![Change::PutReport(report)];
        changes.extend(enqueue(signed));
        return Ok(Plan::of(changes));
    }
    restate(desk, store, report, &entries)
}

/// The old statement and everything behind it leave the outbox together with the new one's coming: there is no moment
/// without the report. Smaller pictures are declared anew by the engine's next step.
fn restate(
    desk: &Desk<'_>,
    store: &dyn Store,
    mut report: Report,
    entries: &[OutboxEntry],
) -> Result<Plan, EngineFault> {
    for capture in &mut report.captures {
        if capture.derived == crate::plan::Derived::Done {
            capture.derived = crate::plan::Derived::Waiting;
        }
    }
    let mut changes: Vec<Change> = entries.iter().map(|entry| Change::DropEntry(entry.part)).collect();
    changes.extend(state(desk, &store.link()?, report)?.changes);
    Ok(Plan::of(changes))
}

/// Never tried, or refused by a hub that stores nothing it refuses.
fn may_be_at_hub(statement: &OutboxEntry) -> bool {
    match &statement.delivery {
        Delivery::Parked { reason: ParkReason::Refused(_) } => false,
        Delivery::Queued { .. } | Delivery::Parked { .. } => statement.attempts > 0,
        Delivery::Uploading { .. } | Delivery::Delivered { .. } => true,
    }
}

fn check_edit(desk: &Desk<'_>, edit: &Edit) -> Result<(), EngineFault> {
    let Some(card) = desk.card else { return Ok(()) };
    if edit.category.as_ref().is_some_and(|code| !card.has_category(code)) {
        return Err(Code::CategoryUnknown.into());
    }
    if edit.place.is_some_and(|place| !card.contains(place.point)) {
        return Err(Code::PlaceOutside.into());
    }
    Ok(())
}

/// Takes a report back. One the hub never saw is never sent, not a byte of it; otherwise the hub is told.
pub fn withdraw(desk: &Desk<'_>, store: &dyn Store, id: &ReportId) -> Result<Plan, EngineFault> {
    let mut report = live(store, id)?;
    let entries = own_entries(store, id)?;
    let known = entries.iter().find(|entry| entry.kind == PartKind::Statement).is_some_and(may_be_at_hub);
    report.condition = Condition::Withdrawn;
    if !known {
        let mut changes: Vec<Change> = entries.iter().map(|entry| Change::DropEntry(entry.part)).collect();
        changes.push(Change::PutReport(report));
        return Ok(Plan::of(changes));
    }
    let signed = sign(desk, &mut report, Body::Withdraw)?;
    let mut changes = vec![Change::PutReport(report)];
    // Said anew: what the hub answered to it before needs nobody any more.
    changes.extend(refused_withdrawals(store, &entries)?.into_iter().map(Change::DropEntry));
    // A statement that was held after a try must go ahead of the word that takes it back.
    let commands = entries.iter().filter(|entry| entry.kind == PartKind::Statement);
    changes.extend(commands.filter_map(unheld));
    // Not a byte more of its media, unless the hub will not take it back.
    let media =
        entries.iter().filter(|entry| entry.kind != PartKind::Statement && !entry.delivery.is_delivered());
    changes
        .extend(media.filter_map(|entry| entry.moved(DeliveryEvent::Stopped { reason: ParkReason::Held })));
    changes.extend(enqueue(signed));
    Ok(Plan::of(changes))
}

/// Keeps everything of a report that is not delivered from being sent, until [`release`].
pub fn hold(store: &dyn Store, id: &ReportId) -> Result<Plan, EngineFault> {
    let mut report = live(store, id)?;
    report.condition = Condition::Held;
    let stop = |entry: &OutboxEntry| match entry.delivery {
        Delivery::Queued { .. } | Delivery::Uploading { .. } => {
            entry.moved(DeliveryEvent::Stopped { reason: ParkReason::Held })
        }
        _ => None,
    };
    let mut changes: Vec<Change> = own_entries(store, id)?.iter().filter_map(stop).collect();
    changes.push(Change::PutReport(report));
    Ok(Plan::of(changes))
}

fn unheld(entry: &OutboxEntry) -> Option<Change> {
    match entry.delivery {
        Delivery::Parked { reason: ParkReason::Held } => {
            entry.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) })
        }
        _ => None,
    }
}

/// Lets a held report go; also sends again what was parked for a reason that a person has mended. A withdrawal that the
/// hub refused is over, since the report lives on: letting it go must not take it back.
pub fn release(store: &dyn Store, id: &ReportId) -> Result<Plan, EngineFault> {
    let mut report = live(store, id)?;
    report.condition = Condition::Live;
    let entries = own_entries(store, id)?;
    let over = refused_withdrawals(store, &entries)?;
    let again = |entry: &OutboxEntry| match entry.delivery {
        Delivery::Parked { .. } if !over.contains(&entry.part) => {
            entry.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) })
        }
        _ => None,
    };
    let mut changes: Vec<Change> = entries.iter().filter_map(again).collect();
    changes.extend(over.into_iter().map(Change::DropEntry));
    changes.push(Change::PutReport(report));
    Ok(Plan::of(changes))
}

fn refused_withdrawals(store: &dyn Store, entries: &[OutboxEntry]) -> Result<Vec<PartName>, EngineFault> {
    let mut refused = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == PartKind::Statement) {
        let Delivery::Parked { reason: ParkReason::Refused(_) } = entry.delivery else { continue };
        let command = store.command(&entry.part)?;
        if command.is_some_and(|signed| matches!(signed.command.body, Body::Withdraw)) {
            refused.push(entry.part);
        }
    }
    Ok(refused)
}

/// A new entry of a report that is kept back begins parked.
pub(crate) const fn park(part: PartName, reason: ParkReason) -> Change {
    Change::SetEntry { part, delivery: Delivery::Parked { reason }, attempts: 0, fault: None }
}
