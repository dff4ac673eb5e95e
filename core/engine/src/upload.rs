//! Media on their way: what is sent next from which byte, and what came of it.

use paht_model::fault::Code;
use paht_model::ids::TenantId;
use paht_model::part::{Delivery, DeliveryEvent, ParkReason};
use paht_model::time::ClockReading;
use paht_model::wire::Blob;
use paht_model::wire::sync::{PartName, SetDigest};

use crate::outbox::{Lane, OutboxEntry, Rank, at_ticks};
use crate::plan::{Change, Plan, Wait};
use crate::policy::Gate;
use crate::ports::{EngineFault, Entropy, Store, random};
use crate::retry::{Retry, entry_wait, next_wait, retry};
use crate::sync::{counts, is_receipt_for, trusted_keys};

/// A transfer to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its entry.
    pub entry: OutboxEntry,
    /// The hub's name for it.
    pub session: String,
    /// The first byte to send.
    pub offset_bytes: u64,
}

/// How a transfer ended, for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadEnd {
    /// The hub has all of it, and signed.
    Whole {
        /// The receipt.
        receipt: Blob,
        /// Digest of all that the hub holds for this phone now, where it says so.
        held: Option<SetDigest>,
    },
    /// The hub has more bytes than before, and the link still stands (another part is more urgent, or the sign was lost).
    Paused {
        /// Bytes it is known to have.
        offset_bytes: u64,
    },
    /// The link broke.
    Cut {
        /// Bytes the hub is known to have.
        offset_bytes: u64,
        /// What was seen.
        fault: Code,
        /// How long the hub asked to wait.
        retry_after_ms: Option<u64>,
    },
    /// The hub would not have it.
    Refused {
        /// Why.
        code: Code,
    },
    /// The file is gone from the phone or no longer has its hash.
    FileLost,
}

/// What to go on with: the most urgent transfer whose place is known, beside those `under_way` of which all bytes have left,
/// that may go over the network there is.
pub fn next_upload(
    store: &dyn Store,
    under_way: &[PartName],
    gate: &Gate,
) -> Result<Option<Upload>, EngineFault> {
    let mut after: Option<Rank> = None;
    loop {
        let page = store.waiting(Lane::Media, after, 64)?;
        let Some(last) = page.last() else { return Ok(None) };
        after = Some(last.rank);
        for entry in page {
            if under_way.contains(&entry.part) {
                continue;
            }
            if let Delivery::Uploading { session, offset_bytes } = &entry.delivery
                && gate.lets_entry(store, &entry)?
            {
                let (session, offset_bytes) = (session.clone(), *offset_bytes);
                return Ok(Some(Upload { entry, session, offset_bytes }));
            }
        }
    }
}

/// Takes in how a transfer ended.
pub fn ended(
    store: &dyn Store,
    tenant: &TenantId,
    part: &PartName,
    end: &UploadEnd,
    now: ClockReading,
    entropy: &dyn Entropy,
) -> Result<Plan, EngineFault> {
    // Read anew: while bytes were under way the person may have held or withdrawn it.
    let Some(entry) = store.entry(part)? else { return Ok(Plan::default()) };
    let mut link = store.link()?;
    let mut changes = Vec::new();
    match end {
        UploadEnd::Whole { receipt, held }
            if is_receipt_for(&entry, receipt, &trusted_keys(&link), tenant) =>
        {
            if counts(&entry) {
                if !entry.delivery.is_delivered() {
                    link.held = link.held.toggle(&entry.part);
                }
                // If it does not, another sync will say whether the hub's list equals the phone's.
                link.hub_equal = *held == Some(link.held);
            }
            link.wait = Wait::default();
            changes.extend(entry.moved(DeliveryEvent::Acknowledged { receipt: receipt.clone() }));
        }
        UploadEnd::Whole { .. } => changes.extend(asked_anew(&entry, Code::LinkGarbled)),
        UploadEnd::Paused { offset_bytes } => changes.extend(progressed(&entry, *offset_bytes)),
        // The link stands; the next sync tells where to go on.
        UploadEnd::Cut { fault, .. } if retry(*fault) == Retry::Now => {
            changes.extend(asked_anew(&entry, *fault));
        }
        // Transfers beside each other break together: the link waits for the first, not longer for each.
        UploadEnd::Cut { fault, .. } if link.wait.left_ms(now) > 0 => {
            changes.extend(asked_anew(&entry, *fault));
        }
        UploadEnd::Cut { offset_bytes, fault, retry_after_ms } => {
            let moved = matches!(&entry.delivery, Delivery::Uploading { offset_bytes: old, .. } if offset_bytes > old);
            let before = if moved { Wait::default() } else { link.wait };
            link.wait = next_wait(before, now, *fault, *retry_after_ms, u64::from_le_bytes(random(entropy)));
            changes.extend(if !moved && is_stubborn(*fault) {
                later(&entry, *fault, now, entropy)
            } else {
                asked_anew(&entry, *fault)
            });
        }
        UploadEnd::Refused { code } => changes.extend(refused(&entry, *code, now, entropy)),
        UploadEnd::FileLost => {
            changes.extend(entry.moved(DeliveryEvent::Stopped { reason: ParkReason::FileLost }));
        }
    }
    changes.push(Change::SetLink(Box::new(link)));
    Ok(Plan::of(changes))
}

fn progressed(entry: &OutboxEntry, offset_bytes: u64) -> Option<Change> {
    let Delivery::Uploading { session, .. } = &entry.delivery else { return None };
    entry.moved(DeliveryEvent::Progressed { session: session.clone(), offset_bytes })
}

/// Back to the queue: the next sync tells the byte to go on from.
fn asked_anew(entry: &OutboxEntry, fault: Code) -> Option<Change> {
    match entry.delivery {
        Delivery::Uploading { .. } | Delivery::Queued { .. } => {
            entry.failed(DeliveryEvent::Failed { not_before: at_ticks(0) }, fault)
        }
        _ => None,
    }
}

/// What keeps a transfer back though the hub answers to everything else: the next sync must not end its wait.
const fn is_stubborn(fault: Code) -> bool {
    matches!(fault, Code::LinkBlocked | Code::LinkForeign | Code::HubFailed | Code::HubBusy)
}

/// Back to the queue, for a wait that grows with the entry's tries.
fn later(entry: &OutboxEntry, fault: Code, now: ClockReading, entropy: &dyn Entropy) -> Option<Change> {
    let random = u64::from_le_bytes(random(entropy));
    let not_before = at_ticks(entry_wait(entry.attempts, now, fault, None, random));
    match entry.delivery {
        Delivery::Uploading { .. } | Delivery::Queued { .. } => {
            entry.failed(DeliveryEvent::Failed { not_before }, fault)
        }
        _ => None,
    }
}

fn refused(entry: &OutboxEntry, code: Code, now: ClockReading, entropy: &dyn Entropy) -> Option<Change> {
    match retry(code) {
        Retry::Now => asked_anew(entry, code),
        Retry::Never => entry.failed(DeliveryEvent::Stopped { reason: ParkReason::Refused(code) }, code),
        Retry::After => later(entry, code, now, entropy),
    }
}
