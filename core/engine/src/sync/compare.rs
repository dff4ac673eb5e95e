//! Comparing with the hub, item by item: only when the digests differ, a page of reports a sync. What the hub has lost
//! (it was restored from a backup) is queued again.

use std::collections::HashSet;

use paht_model::ids::ReportId;
use paht_model::part::{DeliveryEvent, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::{Holding, PartName, SyncReply};

use super::Prepared;
use crate::outbox::OutboxEntry;
use crate::plan::{Change, Comparing, Link};
use crate::ports::{EngineFault, Store};

/// Reports compared in one sync.
const REPORTS: usize = 64;

/// The reports to have itemised now.
pub(super) fn page(store: &dyn Store, link: &Link) -> Result<Vec<ReportId>, EngineFault> {
    let Some(comparing) = link.comparing else { return Ok(Vec::new()) };
    Ok(store.reports(comparing.after, REPORTS)?.iter().map(|report| report.id).collect())
}

/// Takes in a page of what the hub holds, if this sync asked for one.
pub(super) fn take_if_asked(
    store: &dyn Store,
    link: &mut Link,
    prepared: &Prepared,
    reply: &SyncReply,
) -> Result<Vec<Change>, EngineFault> {
    if link.comparing.is_none() {
        Ok(Vec::new())
    } else {
        take(store, link, &prepared.itemise, &reply.itemised)
    }
}

/// The changes, with `link` moved on.
fn take(
    store: &dyn Store,
    link: &mut Link,
    asked: &[ReportId],
    itemised: &[Holding],
) -> Result<Vec<Change>, EngineFault> {
    let mut changes = Vec::new();
    for report in asked {
        let Some(holding) = itemised.iter().find(|holding| holding.report == *report) else { continue };
        let held: HashSet<_> = holding.hashes.iter().copied().collect();
        let entries = store.entries_of(report)?;
        for entry in &entries {
            if entry.delivery.is_delivered()
                && !held.contains(&entry.part.hash)
                && can_send_again(store, entry)?
            {
                changes.extend(entry.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) }));
                link.held = link.held.toggle(&entry.part);
            }
        }
    }
    match asked.last() {
        Some(last) if asked.len() == REPORTS => link.comparing = Some(Comparing { after: Some(*last) }),
        _ => {
            link.comparing = None;
            link.compared = Some(link.held);
        }
    }
    Ok(changes)
}

/// Commands are kept for ever; an original that was erased after its time cannot be sent again.
fn can_send_again(store: &dyn Store, entry: &OutboxEntry) -> Result<bool, EngineFault> {
    if entry.kind == PartKind::Statement {
        return Ok(true);
    }
    let report = store.report(&entry.part.report)?;
    let erased = |part: &PartName| {
        report.as_ref().is_none_or(|r| r.captures.iter().any(|c| c.erased && c.declared.hash == part.hash))
    };
    Ok(!erased(&entry.part))
}
