//! A neighbour's phone: what it is given to carry, what it takes along for others, and the receipts that come back.

use std::collections::BTreeMap;

use paht_model::bundle::{Receipts, part};
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256, TenantId};
use paht_model::part::{Delivery, DeliveryEvent, ParkReason, PartKind};
use paht_model::receipt::Receipt;
use paht_model::time::UnixMs;
use paht_model::wire::Blob;
use paht_model::wire::envelope::PUBLIC_KEY_BYTES;
use paht_model::wire::sync::{Outcome, PartName};

use crate::officer::own_entries;
use crate::outbox::{Lane, NewEntry, OutboxEntry};
use crate::plan::{Change, Condition, Plan, Report};
use crate::ports::{EngineFault, Store};
use crate::retry::{Retry, retry};
use crate::sync::{aftermath, is_receipt_for};

/// Entries read at a time.
const PAGE: usize = 256;

/// What is handed over: everything of the reports that the IOC has not signed for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Load {
    /// The commands, in the order they were made.
    pub commands: Vec<SignedCommand>,
    /// The media they declare, in the order of sending.
    pub media: Vec<OutboxEntry>,
}

/// What a bundle's receipts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Parts that the IOC has, of which this phone did not know it.
    pub delivered: usize,
    /// Parts it will not have; they need a person.
    pub refused: usize,
}

/// The phone's own live reports of which something is still to be sent, in the order of sending.
pub fn unsent(store: &dyn Store) -> Result<Vec<ReportId>, EngineFault> {
    let mut found: Vec<ReportId> = Vec::new();
    for lane in [Lane::Commands, Lane::Media] {
        let mut after = None;
        loop {
            let page = store.waiting(lane, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.rank);
            for entry in page.iter().filter(|entry| may_go(entry)) {
                let id = entry.part.report;
                let is_live = |report: &Report| report.condition == Condition::Live;
                if !found.contains(&id) && store.report(&id)?.as_ref().is_some_and(is_live) {
                    found.push(id);
                }
            }
        }
    }
    Ok(found)
}

/// What of these reports is handed over. From now on each part of it counts as tried: the IOC may hear of it without this
/// phone knowing, so it is not changed in place any more.
///
/// # Errors
/// [`Code::ReportUnknown`]; [`Code::ReportState`] for a report that is held, taken back, or was refused;
/// [`Code::BundleEmpty`] if the IOC has signed for everything.
pub fn load(store: &dyn Store, ids: &[ReportId]) -> Result<(Load, Plan), EngineFault> {
    let mut load = Load::default();
    let mut changes = Vec::new();
    for id in ids {
        let report = store.report(id)?.ok_or(Code::ReportUnknown)?;
        let mut entries = own_entries(store, id)?;
        let statement = entries.iter().find(|entry| entry.kind == PartKind::Statement);
        if report.condition != Condition::Live || statement.is_some_and(is_refused) {
            return Err(Code::ReportState.into());
        }
        entries.retain(may_go);
        entries.sort_by_key(|entry| entry.rank);
        for entry in entries {
            if entry.attempts == 0 {
                let (part, delivery) = (entry.part, entry.delivery.clone());
                changes.push(Change::SetEntry { part, delivery, attempts: 1, fault: entry.fault });
            }
            match entry.kind {
                PartKind::Statement => load.commands.extend(store.command(&entry.part)?),
                _ => load.media.push(entry),
            }
        }
    }
    load.media.sort_by_key(|entry| entry.rank);
    if load.commands.is_empty() && load.media.is_empty() {
        return Err(Code::BundleEmpty.into());
    }
    Ok((load, Plan::of(changes)))
}

/// The reports were handed over, by this clock; nobody has confirmed that they arrived.
pub fn handed_over(store: &dyn Store, ids: &[ReportId], at: UnixMs) -> Result<Plan, EngineFault> {
    let mut changes = Vec::new();
    for id in ids {
        let Some(mut report) = store.report(id)? else { continue };
        report.private.handed_over = Some(at);
        changes.push(Change::PutReport(report));
    }
    Ok(Plan::of(changes))
}

/// Takes a sealed bundle along; one that is on its way already goes on.
pub fn carry(store: &dyn Store, hash: Sha256, bytes: u64) -> Result<Plan, EngineFault> {
    let part = part(hash, bytes);
    if store.entry(&part)?.is_some() {
        return Ok(Plan::default());
    }
    Ok(Plan::of(vec![Change::AddEntry(NewEntry { part, kind: PartKind::Bundle, bytes, declared_by: None })]))
}

/// Takes in the receipts of a bundle that this phone made. They are believed like those of a sync.
pub fn accept(
    store: &dyn Store,
    tenant: &TenantId,
    trusted: &[[u8; PUBLIC_KEY_BYTES]],
    receipts: &Receipts,
) -> Result<(Accepted, Plan), EngineFault> {
    let mut taking = Taking { store, landed: Vec::new(), reports: BTreeMap::new(), changes: Vec::new() };
    let mut link = store.link()?;
    let mut done = Accepted::default();
    let all = receipts.receipts.iter().map(|bytes| (bytes, Receipt::verify(&bytes.0, trusted)));
    let receipts_known: Vec<_> =
        all.filter_map(|(bytes, receipt)| receipt.ok().map(|receipt| (bytes, receipt))).collect();
    taking.landed = receipts_known.iter().map(|(_, receipt)| part_of(receipt)).collect();
    for (bytes, receipt) in receipts_known {
        let Some(entry) = store.entry(&part_of(&receipt))? else { continue };
        if entry.delivery.is_delivered() || !is_receipt_for(&entry, bytes, trusted, tenant) {
            continue;
        }
        link.held = link.held.toggle(&entry.part);
        link.hub_equal = false;
        done.delivered = done.delivered.saturating_add(1);
        taking.delivered(&entry, bytes, &receipt)?;
    }
    for refused in &receipts.refused {
        let Some(entry) = store.entry(&refused.part)?.filter(may_go) else { continue };
        // What may still come right is for the phone's own link to try.
        if retry(refused.code) != Retry::Never {
            continue;
        }
        done.refused = done.refused.saturating_add(1);
        taking.refused(&entry, refused.code)?;
    }
    let mut changes: Vec<Change> = taking.reports.into_values().map(Change::PutReport).collect();
    changes.append(&mut taking.changes);
    if done.delivered > 0 {
        changes.push(Change::SetLink(Box::new(link)));
    }
    Ok((done, Plan::of(changes)))
}

/// Receipts being taken in.
struct Taking<'s> {
    store: &'s dyn Store,
    landed: Vec<PartName>,
    reports: BTreeMap<ReportId, Report>,
    changes: Vec<Change>,
}

impl Taking<'_> {
    fn delivered(&mut self, entry: &OutboxEntry, bytes: &Blob, receipt: &Receipt) -> Result<(), EngineFault> {
        let id = entry.part.report;
        if receipt.case.is_some() && !self.reports.contains_key(&id) {
            let report = self.store.report(&id)?.filter(|report| report.case != receipt.case);
            self.reports.extend(report.map(|report| (id, Report { case: receipt.case.clone(), ..report })));
        }
        self.changes.extend(entry.moved(DeliveryEvent::Acknowledged { receipt: bytes.clone() }));
        self.follow(entry, &Outcome::Stored { receipt: bytes.clone() })
    }

    fn refused(&mut self, entry: &OutboxEntry, code: Code) -> Result<(), EngineFault> {
        let stopped = DeliveryEvent::Stopped { reason: ParkReason::Refused(code) };
        self.changes.extend(entry.failed(stopped, code));
        self.follow(entry, &Outcome::Refused { code, retry_after_ms: None })
    }

    fn follow(&mut self, entry: &OutboxEntry, outcome: &Outcome) -> Result<(), EngineFault> {
        if entry.kind == PartKind::Statement {
            self.changes.extend(aftermath::of(self.store, entry, outcome, &self.landed)?);
        }
        Ok(())
    }
}

const fn part_of(receipt: &Receipt) -> PartName {
    PartName { report: receipt.report, hash: receipt.hash }
}

/// Whether it is still to be sent, and may be.
const fn may_go(entry: &OutboxEntry) -> bool {
    matches!(entry.delivery, Delivery::Queued { .. } | Delivery::Uploading { .. })
}

const fn is_refused(entry: &OutboxEntry) -> bool {
    matches!(entry.delivery, Delivery::Parked { reason: ParkReason::Refused(_) })
}
