//! The outbox with the truth about each part, and the queue as a whole.

use std::collections::HashMap;

use paht_engine::memory::received_at;
use paht_engine::outbox::OutboxEntry;
use paht_engine::status;
use paht_model::part::Delivery;
use paht_model::wire::sync::PartName;

use crate::error::ErrorCode;
use crate::ids::{ReportId, Sha256, UnixMs};
use crate::report::count;

/// Which piece of a report a part is.
pub type PartKind = paht_model::part::PartKind;
/// Why a part needs a person.
pub type ParkReason = paht_model::part::ParkReason;

/// Which piece of a report a part is.
#[uniffi::remote(Enum)]
pub enum PartKind {
    /// A signed command; the first of a report is its statement.
    Statement,
    /// A picture of some 10 kB.
    Preview,
    /// A spoken note.
    VoiceNote,
    /// A picture good enough to judge by.
    Rendition,
    /// The file as the camera wrote it.
    Original,
    /// Somebody else's reports, sealed, that this phone carries; see `carried`.
    Bundle,
    /// Something a newer program sends.
    Unknown(u8),
}

/// Why a part needs a person.
#[uniffi::remote(Enum)]
pub enum ParkReason {
    /// The hub refused it for good, with this code.
    Refused(ErrorCode),
    /// Its file is gone from the phone or no longer has its hash.
    FileLost,
    /// The person asked to hold it.
    Held,
}

/// Where one part stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PartState {
    /// Waiting for its turn.
    Waiting,
    /// The hub holds some of its bytes.
    Sending {
        /// Bytes the hub is known to hold.
        offset_bytes: u64,
    },
    /// The hub holds all of it and has signed for it.
    Delivered {
        /// When, by the hub's clock.
        at: Option<UnixMs>,
    },
    /// Needs a person.
    Parked {
        /// Why.
        reason: ParkReason,
    },
}

/// One deliverable piece of a report.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Part {
    /// Of which report.
    pub report: ReportId,
    /// Its hash.
    pub hash: Sha256,
    /// Which piece.
    pub kind: PartKind,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Where it stands.
    pub state: PartState,
    /// Tries so far.
    pub attempts: u32,
    /// Why the last one failed.
    pub fault: Option<ErrorCode>,
}

/// The parts as a person knows them, in their order: without the commands that only declare a smaller picture, and go and
/// come with it.
pub(crate) fn parts_of(entries: Vec<OutboxEntry>) -> Vec<Part> {
    let mut only_pictures: HashMap<PartName, bool> = HashMap::new();
    for entry in &entries {
        let Some(hash) = entry.declared_by else { continue };
        let is_picture = matches!(entry.kind, PartKind::Preview | PartKind::Rendition);
        let by = PartName { report: entry.part.report, hash };
        only_pictures.entry(by).and_modify(|only| *only &= is_picture).or_insert(is_picture);
    }
    let known = |entry: &OutboxEntry| !only_pictures.get(&entry.part).copied().unwrap_or(false);
    entries.into_iter().filter(known).map(Part::from).collect()
}

impl From<OutboxEntry> for Part {
    fn from(entry: OutboxEntry) -> Self {
        let at = received_at(&entry);
        let OutboxEntry { part, kind, bytes, declared_by: _, rank: _, delivery, attempts, fault } = entry;
        let state = PartState::of(delivery, at);
        Self { report: part.report, hash: part.hash, kind, bytes, state, attempts, fault }
    }
}

impl PartState {
    pub(crate) fn of(delivery: Delivery, at: Option<UnixMs>) -> Self {
        match delivery {
            Delivery::Queued { not_before: _ } => Self::Waiting,
            Delivery::Uploading { session: _, offset_bytes } => Self::Sending { offset_bytes },
            Delivery::Delivered { receipt: _ } => Self::Delivered { at },
            Delivery::Parked { reason } => Self::Parked { reason },
        }
    }
}

/// The queue as a whole.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Standing {
    /// Nothing is waiting or parked, and the hub's list of hashes equals the phone's. Never said of less.
    pub all_sent: bool,
    /// Parts on their way.
    pub waiting: u32,
    /// Bytes still to send, at most.
    pub waiting_bytes: u64,
    /// Those parts of them that wait for a cheaper network or a fuller battery, by the person's policy.
    pub kept_back: u32,
    /// Their bytes still to send.
    pub kept_back_bytes: u64,
    /// Parts that need the person.
    pub parked: u32,
    /// Milliseconds until the link is tried again; absent while nothing keeps it.
    pub next_try_ms: Option<u64>,
    /// Why the last try failed.
    pub fault: Option<ErrorCode>,
}

impl From<status::Standing> for Standing {
    fn from(standing: status::Standing) -> Self {
        let status::Standing {
            all_sent,
            waiting,
            waiting_bytes,
            kept_back,
            kept_back_bytes,
            parked,
            next_try_ms,
            fault,
        } = standing;
        Self {
            all_sent,
            waiting: count(waiting),
            waiting_bytes,
            kept_back: count(kept_back),
            kept_back_bytes,
            parked: count(parked),
            next_try_ms,
            fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paht_engine::outbox::NewEntry;

    fn entry(name: &[u8], kind: PartKind, declared_by: Option<&[u8]>) -> OutboxEntry {
        let hash = |bytes| paht_model::ids::Sha256::of(bytes);
        let report = paht_model::ids::ReportId::from_bytes([7; 16]);
        let part = PartName { report, hash: hash(name) };
        NewEntry { part, kind, bytes: 1, declared_by: declared_by.map(hash) }.ranked(0)
    }

    #[test]
    fn what_only_declares_a_smaller_picture_is_no_part_that_a_person_knows() {
        let kinds = |entries| parts_of(entries).into_iter().map(|part| part.kind).collect::<Vec<_>>();
        let words = entry(b"words", PartKind::Statement, None);
        let photo = entry(b"photo", PartKind::Original, Some(b"words"));
        let declares = entry(b"declares", PartKind::Statement, None);
        let small = entry(b"small", PartKind::Preview, Some(b"declares"));
        let said = entry(b"said", PartKind::Statement, None);
        let all = vec![words, photo, declares, small, said];
        let known = [PartKind::Statement, PartKind::Original, PartKind::Preview, PartKind::Statement];
        assert_eq!(kinds(all), known, "words, photo, small, and what was said later");
        // An officer's act declares renditions and originals: it is what was said.
        let act = entry(b"act", PartKind::Statement, None);
        let shown = entry(b"shown", PartKind::Rendition, Some(b"act"));
        let evidence = entry(b"evidence", PartKind::Original, Some(b"act"));
        assert_eq!(kinds(vec![act, shown, evidence])[0], PartKind::Statement);
    }
}
