//! Comparing with the hub, item by item: only when the digests differ, a page of reports a sync. What the hub has lost
//! (it was restored from a backup) is queued again.

use std::collections::{BTreeSet, HashSet};

use paht_model::ids::ReportId;
use paht_model::part::{DeliveryEvent, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::{Holding, SyncReply};

use super::Prepared;
use crate::outbox::OutboxEntry;
use crate::plan::{Change, Compared, Comparing, Link};
use crate::ports::{EngineFault, Store};

/// Reports compared in one sync.
const REPORTS: usize = 64;

/// The reports to have itemised now: the person's own first, then those that an officer's acts are about.
pub(super) fn page(store: &dyn Store, link: &Link) -> Result<Vec<ReportId>, EngineFault> {
    let Some(comparing) = link.comparing else { return Ok(Vec::new()) };
    let Some(after) = comparing.acts else {
        return Ok(store.reports(comparing.after, REPORTS)?.iter().map(|report| report.id).collect());
    };
    let acts = store.acts(after, REPORTS)?;
    let reports: BTreeSet<ReportId> = acts.iter().map(|(_, act)| act.part.report).collect();
    Ok(reports.into_iter().collect())
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
        let missing =
            |entry: &&OutboxEntry| entry.delivery.is_delivered() && !held.contains(&entry.part.hash);
        for entry in entries.iter().filter(missing) {
            if can_send_again(store, entry)? {
                changes.extend(entry.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) }));
                link.held = link.held.toggle(&entry.part);
            } else if let Some(comparing) = &mut link.comparing {
                comparing.lost = true;
            }
        }
    }
    let lost = link.comparing.is_some_and(|comparing| comparing.lost);
    link.comparing = next(store, link, asked)?;
    if link.comparing.is_none() {
        link.compared = Some(Compared { held: link.held, lost });
    }
    Ok(changes)
}

/// Where the comparison goes on, once this page is done.
fn next(store: &dyn Store, link: &Link, asked: &[ReportId]) -> Result<Option<Comparing>, EngineFault> {
    let Some(comparing) = link.comparing else { return Ok(None) };
    let acts = match comparing.acts {
        None if asked.len() == REPORTS => {
            return Ok(Some(Comparing { after: asked.last().copied(), ..comparing }));
        }
        None => Some(0),
        Some(done) => store.acts(done, REPORTS)?.last().map(|(place, _)| *place),
    };
    let Some(done) = acts else { return Ok(None) };
    let more = !store.acts(done, 1)?.is_empty();
    Ok(more.then_some(Comparing { acts: Some(done), ..comparing }))
}

/// Commands are kept for ever; an original that was erased after its time cannot be sent again.
fn can_send_again(store: &dyn Store, entry: &OutboxEntry) -> Result<bool, EngineFault> {
    if entry.kind == PartKind::Statement {
        return Ok(true);
    }
    let hash = &entry.part.hash;
    let report = store.report(&entry.part.report)?;
    let acts = store.acts_of(&entry.part.report)?;
    let captures = report.iter().flat_map(|report| &report.captures);
    let pieces = acts.iter().flat_map(|act| &act.pieces);
    let erased = captures.filter(|capture| capture.erased).any(|capture| capture.declared.hash == *hash)
        || pieces.clone().filter(|piece| piece.erased).any(|piece| piece.hash == *hash);
    let known = report.is_some() || !acts.is_empty();
    Ok(known && !erased)
}
