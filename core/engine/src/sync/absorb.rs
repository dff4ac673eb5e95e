//! Taking in what the hub answered. Nothing counts but what is signed by a key of the tenant's card; what is not is a
//! failed try.

use paht_model::fault::Code;
use paht_model::part::{DeliveryEvent, ParkReason, PartKind};
use paht_model::receipt::Receipt;
use paht_model::tenant::TenantCard;
use paht_model::time::{ClockReading, HubTimeMark};
use paht_model::timeline::What;
use paht_model::wire::Blob;
use paht_model::wire::envelope::PUBLIC_KEY_BYTES;
use paht_model::wire::sync::{Outcome, PartName, SyncReply, Told, Transfer};

use super::{POLL_EVERY_MS, Prepared, aftermath, compare};
use crate::alerts;
use crate::outbox::{OutboxEntry, at_ticks};
use crate::plan::{Change, Comparing, Link, Plan, Report, Wait};
use crate::ports::{EngineFault, Entropy, Store, random};
use crate::retry::{Retry, entry_wait, next_wait, retry};

/// Takes in a reply.
pub fn absorb(
    store: &dyn Store,
    prepared: &Prepared,
    reply: &SyncReply,
    now: ClockReading,
    entropy: &dyn Entropy,
) -> Result<Plan, EngineFault> {
    let mut taking = Taking::begin(store.link()?, prepared, now, entropy);
    let mut changes_behind = Vec::new();
    let landed = landed(prepared, reply);
    taking.trust(reply);
    let bulletin = alerts::take(store, reply.bulletin.as_ref(), &taking.trusted, &prepared.request.tenant)?;
    // Entries are read anew: while the sync was under way the person may have held or taken back what it speaks of.
    for (entry, outcome) in prepared.commands.iter().zip(&reply.outcomes) {
        let Some(entry) = store.entry(&entry.part)? else { continue };
        taking.outcome(&entry, outcome);
        changes_behind.extend(aftermath::of(store, &entry, outcome, &landed)?);
    }
    for (entry, transfer) in prepared.offers.iter().zip(&reply.transfers) {
        let Some(entry) = store.entry(&entry.part)? else { continue };
        taking.transfer(&entry, transfer);
    }
    let told = taking.told(store, reply)?;
    let mut compared = compare::take_if_asked(store, &mut taking.link, prepared, reply)?;
    taking.settle(reply);
    let mut changes = taking.changes;
    changes.append(&mut changes_behind);
    changes.extend(told);
    changes.append(&mut compared);
    changes.extend(bulletin);
    changes.push(Change::SetLink(Box::new(taking.link)));
    Ok(Plan::of(changes))
}

/// The parts that this reply acknowledges, if its receipts hold.
fn landed(prepared: &Prepared, reply: &SyncReply) -> Vec<PartName> {
    let stored = |(_, outcome): &(_, &Outcome)| matches!(outcome, Outcome::Stored { .. });
    let complete = |(_, transfer): &(_, &Transfer)| matches!(transfer, Transfer::Complete { .. });
    let commands = prepared.commands.iter().zip(&reply.outcomes).filter(stored).map(|(entry, _)| entry.part);
    let media = prepared.offers.iter().zip(&reply.transfers).filter(complete).map(|(entry, _)| entry.part);
    commands.chain(media).collect()
}

/// Takes in that there was no reply, or none of the hub's. Every entry stays; the link waits.
pub fn failed(
    store: &dyn Store,
    prepared: &Prepared,
    fault: Code,
    asked_ms: Option<u64>,
    now: ClockReading,
    entropy: &dyn Entropy,
) -> Result<Plan, EngineFault> {
    let mut link = store.link()?;
    link.wait = next_wait(link.wait, now, fault, asked_ms, u64::from_le_bytes(random(entropy)));
    link.hub_equal = false;
    let mut changes = Vec::new();
    for entry in &prepared.commands {
        let Some(entry) = store.entry(&entry.part)? else { continue };
        let attempts = entry.attempts.saturating_add(1);
        changes.push(Change::SetEntry {
            part: entry.part,
            delivery: entry.delivery,
            attempts,
            fault: Some(fault),
        });
    }
    changes.push(Change::SetLink(Box::new(link)));
    Ok(Plan::of(changes))
}

/// A reply being taken in.
struct Taking<'t> {
    link: Link,
    prepared: &'t Prepared,
    now: ClockReading,
    entropy: &'t dyn Entropy,
    trusted: Vec<[u8; PUBLIC_KEY_BYTES]>,
    changes: Vec<Change>,
}

impl<'t> Taking<'t> {
    fn begin(link: Link, prepared: &'t Prepared, now: ClockReading, entropy: &'t dyn Entropy) -> Self {
        Self { link, prepared, now, entropy, trusted: Vec::new(), changes: Vec::new() }
    }

    /// Renews the card, if a newer one came that a known key signed; then knows whose receipts count.
    fn trust(&mut self, reply: &SyncReply) {
        self.trusted = trusted_keys(&self.link);
        let Some(bytes) = &reply.card else { return };
        let Ok(card) = TenantCard::open(&bytes.0, &self.trusted) else { return };
        let right = card.tenant == self.prepared.request.tenant && card.version > self.link.card_version;
        if right {
            self.trusted = card.trusted_keys();
            self.link.card_version = card.version;
            self.link.card = Some(bytes.clone());
        }
    }

    fn outcome(&mut self, entry: &OutboxEntry, outcome: &Outcome) {
        match outcome {
            Outcome::Stored { receipt } => self.acknowledge(entry, receipt),
            Outcome::Refused { code, retry_after_ms } => self.refuse(entry, *code, *retry_after_ms),
        }
    }

    fn transfer(&mut self, entry: &OutboxEntry, transfer: &Transfer) {
        match transfer {
            Transfer::Complete { receipt } => self.acknowledge(entry, receipt),
            Transfer::At { session, offset_bytes } => {
                let event =
                    DeliveryEvent::Progressed { session: session.clone(), offset_bytes: *offset_bytes };
                self.changes.extend(entry.moved(event));
            }
            // The statement may still be on its way by another carrier, or the hub lost it: never given up.
            Transfer::Undeclared => self.refuse(entry, Code::UploadUndeclared, None),
            Transfer::Refused { code } => self.refuse(entry, *code, None),
        }
    }

    fn acknowledge(&mut self, entry: &OutboxEntry, receipt: &Blob) {
        if is_receipt_for(entry, receipt, &self.trusted, &self.prepared.request.tenant) {
            self.changes.extend(entry.moved(DeliveryEvent::Acknowledged { receipt: receipt.clone() }));
            if counts(entry) {
                self.link.held = self.link.held.toggle(&entry.part);
            }
        } else {
            self.refuse(entry, Code::LinkGarbled, None);
        }
    }

    fn refuse(&mut self, entry: &OutboxEntry, code: Code, asked_ms: Option<u64>) {
        let event = match retry(code) {
            Retry::Never if asked_ms.is_none() => {
                DeliveryEvent::Stopped { reason: ParkReason::Refused(code) }
            }
            Retry::Now => DeliveryEvent::Failed { not_before: at_ticks(0) },
            _ => DeliveryEvent::Failed { not_before: at_ticks(self.entry_wait(entry, code, asked_ms)) },
        };
        self.changes.extend(entry.failed(event, code));
    }

    /// An entry's own wait grows with its tries, as the link's does with its failures.
    fn entry_wait(&self, entry: &OutboxEntry, code: Code, asked_ms: Option<u64>) -> u64 {
        entry_wait(entry.attempts, self.now, code, asked_ms, u64::from_le_bytes(random(self.entropy)))
    }

    /// Keeps what happened, with the cursor that says so; the case code goes to its report.
    fn told(&mut self, store: &dyn Store, reply: &SyncReply) -> Result<Vec<Change>, EngineFault> {
        let mut changes = Vec::new();
        if reply.snapshot {
            changes.push(Change::ForgetTold);
        }
        for told in &reply.entries {
            if let Some(report) = with_code(store, told)? {
                changes.push(Change::PutReport(report));
            }
            changes.push(Change::PutTold(told.clone()));
        }
        self.link.cursor = Some(reply.cursor.clone());
        Ok(changes)
    }

    /// The link answered: waits end, the clock is set right, and it is decided whether to compare or to poll.
    fn settle(&mut self, reply: &SyncReply) {
        let renewed = self.link.epoch.is_some_and(|known| known != reply.epoch);
        self.link.epoch = Some(reply.epoch);
        self.link.wait = Wait::default();
        self.link.hub_equal = reply.held_equal;
        self.link.heard =
            Some(HubTimeMark { hub: reply.hub_time, ticks_ms: self.now.ticks_ms, boot: self.now.boot });
        let differs = !reply.held_equal && self.link.compared_now().is_none();
        if self.link.comparing.is_none() && (renewed || differs) {
            self.link.comparing = Some(Comparing { after: None, acts: None, lost: false });
        }
        let soon = reply.more || self.link.comparing.is_some();
        let wait = if soon { 0 } else { POLL_EVERY_MS };
        self.link.poll_at_ticks = self.now.ticks_ms.saturating_add(wait);
    }
}

/// The keys whose receipts count, by the card the phone trusts.
pub(crate) fn trusted_keys(link: &Link) -> Vec<[u8; PUBLIC_KEY_BYTES]> {
    let card = link.card.as_ref().and_then(|bytes| TenantCard::open(&bytes.0, &[]).ok());
    card.map(|card| card.trusted_keys()).unwrap_or_default()
}

/// Whether the part is among those that phone and hub compare: what is carried for somebody else is not.
pub(crate) fn counts(entry: &OutboxEntry) -> bool {
    entry.kind != PartKind::Bundle
}

/// Law 3: a receipt counts only if a trusted key signed it, for this very report and hash.
pub(crate) fn is_receipt_for(
    entry: &OutboxEntry,
    receipt: &Blob,
    trusted: &[[u8; PUBLIC_KEY_BYTES]],
    tenant: &paht_model::ids::TenantId,
) -> bool {
    Receipt::verify(&receipt.0, trusted)
        .is_ok_and(|r| r.report == entry.part.report && r.hash == entry.part.hash && r.tenant == *tenant)
}

fn with_code(store: &dyn Store, told: &Told) -> Result<Option<Report>, EngineFault> {
    let What::Received { case } = &told.entry.what else { return Ok(None) };
    let Some(mut report) = store.report(&told.report)? else { return Ok(None) };
    report.case = Some(case.clone());
    Ok(Some(report))
}
