//! The outbox: the phone's durable intents, and the order they are sent in.

use minicbor::{Decode, Encode};
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::part::{Delivery, DeliveryEvent, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::PartName;
use serde::Serialize;

use crate::plan::Change;

/// Commands go in the sync itself; media follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Signed commands.
    Commands,
    /// Previews, renditions, originals.
    Media,
}

impl Lane {
    /// The lane a part belongs to.
    pub const fn of(kind: PartKind) -> Self {
        if matches!(kind, PartKind::Statement) { Self::Commands } else { Self::Media }
    }
}

/// An entry's place in the order of sending: urgency of its kind first, then age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Rank {
    /// 0 goes first.
    pub urgency: u8,
    /// Counts entries as they were made.
    pub order: u64,
}

/// An entry before the store gave it its rank.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NewEntry {
    /// What it delivers.
    #[n(0)]
    pub part: PartName,
    /// Which piece.
    #[n(1)]
    pub kind: PartKind,
    /// Its size, in bytes.
    #[n(2)]
    pub bytes: u64,
    /// The command that declares it to the hub; none for commands.
    #[n(3)]
    pub declared_by: Option<Sha256>,
}

/// One durable intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutboxEntry {
    /// What it delivers.
    pub part: PartName,
    /// Which piece.
    pub kind: PartKind,
    /// Its size, in bytes.
    pub bytes: u64,
    /// The command that declares it to the hub; none for commands.
    pub declared_by: Option<Sha256>,
    /// Its place in the order.
    pub rank: Rank,
    /// Where its delivery stands.
    pub delivery: Delivery,
    /// Tries so far.
    pub attempts: u32,
    /// Why the last one failed.
    pub fault: Option<Code>,
}

impl NewEntry {
    /// The entry of a signed command.
    pub fn command(signed: &SignedCommand) -> Self {
        Self {
            part: PartName { report: signed.command.report, hash: signed.hash },
            kind: PartKind::Statement,
            bytes: signed.bytes.len() as u64,
            declared_by: None,
        }
    }

    /// The entry as it stands in the outbox at first.
    pub const fn ranked(self, order: u64) -> OutboxEntry {
        OutboxEntry {
            rank: Rank { urgency: self.kind.urgency(), order },
            part: self.part,
            kind: self.kind,
            bytes: self.bytes,
            declared_by: self.declared_by,
            delivery: Delivery::Queued { not_before: UnixMs::from_millis(0) },
            attempts: 0,
            fault: None,
        }
    }
}

impl OutboxEntry {
    /// Whether it may be tried at these ticks of the phone's steady clock.
    pub fn is_due(&self, ticks_ms: u64) -> bool {
        match &self.delivery {
            Delivery::Queued { not_before } => {
                not_before.millis() <= i64::try_from(ticks_ms).unwrap_or(i64::MAX)
            }
            Delivery::Uploading { .. } => true,
            Delivery::Delivered { .. } | Delivery::Parked { .. } => false,
        }
    }

    /// The change that this event brings; none if it does not fit where the entry stands.
    pub fn moved(&self, event: DeliveryEvent) -> Option<Change> {
        self.moved_with(event, self.attempts, None)
    }

    /// The same, counting a failed try.
    pub fn failed(&self, event: DeliveryEvent, fault: Code) -> Option<Change> {
        self.moved_with(event, self.attempts.saturating_add(1), Some(fault))
    }

    fn moved_with(&self, event: DeliveryEvent, attempts: u32, fault: Option<Code>) -> Option<Change> {
        let delivery = self.delivery.clone().on(event).ok()?;
        Some(Change::SetEntry { part: self.part, delivery, attempts, fault })
    }
}

/// What puts signed commands into the outbox.
pub fn enqueue(signed: SignedCommand) -> [Change; 2] {
    let entry = NewEntry::command(&signed);
    [Change::PutCommand(signed), Change::AddEntry(entry)]
}

/// Ticks as the time a queued entry waits for.
pub(crate) fn at_ticks(ticks_ms: u64) -> UnixMs {
    UnixMs::from_millis(i64::try_from(ticks_ms).unwrap_or(i64::MAX))
}
