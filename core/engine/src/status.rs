//! What is shown: where a report stands, told from its parts and from what the hub said, and whether all is sent.

use paht_model::case::{Case, Stage};
use paht_model::fault::Code;
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::time::ClockReading;
use paht_model::wire::sync::Told;
use serde::Serialize;

use crate::outbox::{Lane, OutboxEntry, Rank};
use crate::plan::{Condition, Link, Report};
use crate::policy::Gate;
use crate::ports::{EngineFault, Store};

/// Where a report stands on its way to the IOC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Way {
    /// On the phone only.
    Waiting,
    /// The IOC has the statement, and so many of its parts.
    Arriving {
        /// Parts with a receipt.
        delivered: usize,
        /// Parts in all.
        parts: usize,
    },
    /// The IOC has everything.
    Whole,
    /// Needs the person.
    NeedsYou {
        /// Why.
        reason: ParkReason,
    },
    /// Kept back by the person.
    Held,
    /// Taken back.
    Withdrawn,
}

/// The way of a report, told from its parts.
pub fn way(report: &Report, entries: &[OutboxEntry]) -> Way {
    match report.condition {
        Condition::Withdrawn => return Way::Withdrawn,
        Condition::Held => return Way::Held,
        Condition::Live => {}
    }
    let parked = entries.iter().find_map(|entry| match &entry.delivery {
        Delivery::Parked { reason } => Some(reason.clone()),
        _ => None,
    });
    if let Some(reason) = parked {
        return Way::NeedsYou { reason };
    }
    let stated = entries.iter().find(|entry| entry.kind == PartKind::Statement);
    if !stated.is_some_and(|entry| entry.delivery.is_delivered()) {
        return Way::Waiting;
    }
    let delivered = entries.iter().filter(|entry| entry.delivery.is_delivered()).count();
    if delivered == entries.len() { Way::Whole } else { Way::Arriving { delivered, parts: entries.len() } }
}

/// Whether the IOC has it only as a text message that was sent, as far as this phone knows.
pub fn is_unconfirmed(report: &Report, way: &Way) -> bool {
    let is_out = report.private.texted.is_some() || report.private.handed_over.is_some();
    is_out && *way == Way::Waiting
}

/// The case as the phone knows it from what it was told; `None` before the first word.
pub fn stage(told: &[Told]) -> Option<Stage> {
    case(told).map(|case| case.stage())
}

/// The case folded from what the phone was told. An entry that does not fit (the phone hears less than the hub) is
/// passed over rather than losing the rest.
pub fn case(told: &[Told]) -> Option<Case> {
    let mut entries = told.iter().map(|told| &told.entry);
    let mut case = Case::begin(entries.next()?)?;
    for entry in entries {
        let _ = case.apply(entry);
    }
    Some(case)
}

/// The queue as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Law 3: nothing is waiting or parked, and the hub's list of hashes equals the phone's.
    pub all_sent: bool,
    /// Entries on their way.
    pub waiting: usize,
    /// Bytes still to send, at most.
    pub waiting_bytes: u64,
    /// Those of them that wait for a cheaper network or a fuller battery, by the person's policy.
    pub kept_back: usize,
    /// Their bytes still to send.
    pub kept_back_bytes: u64,
    /// Entries that need the person.
    pub parked: usize,
    /// Milliseconds until the link is tried again; absent while nothing keeps it.
    pub next_try_ms: Option<u64>,
    /// Why the last try failed.
    pub fault: Option<Code>,
}

/// Tells the queue as a whole, over the network there is.
pub fn standing(store: &dyn Store, now: ClockReading, gate: &Gate) -> Result<Standing, EngineFault> {
    let link = store.link()?;
    let mut standing = Standing {
        all_sent: false,
        waiting: 0,
        waiting_bytes: 0,
        kept_back: 0,
        kept_back_bytes: 0,
        parked: 0,
        next_try_ms: Some(link.wait.left_ms(now)).filter(|ms| *ms > 0),
        fault: link.wait.fault,
    };
    for lane in [Lane::Commands, Lane::Media] {
        let mut after: Option<Rank> = None;
        loop {
            let page = store.waiting(lane, after, 256)?;
            let Some(last) = page.last() else { break };
            after = Some(last.rank);
            for entry in &page {
                standing.count(entry, gate.lets_entry(store, entry)?);
            }
        }
    }
    standing.all_sent = standing.waiting == 0 && standing.parked == 0 && is_at_hub(&link);
    Ok(standing)
}

/// Whether the hub holds all that receipts are held for: by digest, or, where it counts some of it under a key that was
/// lost, item by item. What the hub lost after this phone had erased it, it does not hold.
fn is_at_hub(link: &Link) -> bool {
    let compared = link.compared_now().filter(|_| link.comparing.is_none());
    link.hub_equal || compared.is_some_and(|compared| !compared.lost)
}

impl Standing {
    fn count(&mut self, entry: &OutboxEntry, may_go: bool) {
        let sent = match &entry.delivery {
            Delivery::Parked { .. } => {
                self.parked = self.parked.saturating_add(1);
                return;
            }
            Delivery::Uploading { offset_bytes, .. } => *offset_bytes,
            Delivery::Queued { .. } | Delivery::Delivered { .. } => 0,
        };
        // The link may be well, and this the reason why pictures wait.
        if let (None, Some(Code::HubFull | Code::LinkBlocked)) = (self.fault, entry.fault) {
            self.fault = entry.fault;
        }
        self.waiting = self.waiting.saturating_add(1);
        let left = entry.bytes.saturating_sub(sent);
        self.waiting_bytes = self.waiting_bytes.saturating_add(left);
        if !may_go {
            self.kept_back = self.kept_back.saturating_add(1);
            self.kept_back_bytes = self.kept_back_bytes.saturating_add(left);
        }
    }
}
