//! A plan is what a verb decided, as data: changes that the store keeps together, and what observers should read again.

use minicbor::{Decode, Encode};
use paht_model::capture::Declared;
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, ClaimSecret, Epoch, KeyThumbprint, ReportId, Sha256};
use paht_model::part::Delivery;
use paht_model::place::Place;
use paht_model::review::Review;
pub use paht_model::statement::Sender;
use paht_model::time::{ClockReading, HubTimeMark, UnixMs};
use paht_model::wire::Blob;
use paht_model::wire::sync::{PartName, SetDigest, Told};
use serde::Serialize;

use crate::outbox::NewEntry;
use crate::policy::DataPolicy;

/// What a verb decided. Empty is fine: nothing to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Kept together, in this order.
    pub changes: Vec<Change>,
}

/// One change of the phone's durable state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Inserts or replaces a report.
    PutReport(Report),
    /// Puts a new entry at the end of the outbox; its rank is given by the store.
    AddEntry(NewEntry),
    /// Keeps a command's signed bytes, under its hash.
    PutCommand(SignedCommand),
    /// Moves an entry on.
    SetEntry {
        /// Which.
        part: PartName,
        /// Where its delivery stands.
        delivery: Delivery,
        /// Tries so far.
        attempts: u32,
        /// Why the last one failed.
        fault: Option<Code>,
    },
    /// Takes an entry (and its command) out of the outbox: it was never sent and never will be.
    DropEntry(PartName),
    /// Keeps what the hub told; the same number again replaces it.
    PutTold(Told),
    /// Forgets everything the hub told: a snapshot follows.
    ForgetTold,
    /// Replaces the state of link and trust.
    SetLink(Box<Link>),
    /// Replaces the bulletin kept.
    SetBulletin(Box<KeptBulletin>),
    /// Every queued entry may go at once (the steady clock began anew).
    ClearWaits,
    /// Inserts or replaces an officer's act.
    PutAct(KeptAct),
    /// Takes an officer's act out; its entries are dropped beside it.
    DropAct(PartName),
}

/// A report as the phone keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Report {
    /// Its id.
    #[n(0)]
    pub id: ReportId,
    /// The phone's clocks when it was made.
    #[n(1)]
    pub made: ClockReading,
    /// What it is about.
    #[n(2)]
    pub category: CategoryCode,
    /// The citizen's words.
    #[n(3)]
    pub text: String,
    /// Where.
    #[n(4)]
    pub place: Option<Place>,
    /// The language to answer in.
    #[n(5)]
    pub language: String,
    /// The service it is about and how it was, where it is about one.
    #[n(6)]
    pub review: Option<Review>,
    /// Its originals.
    #[n(7)]
    pub captures: Vec<Capture>,
    /// What is never shown in lists or logs.
    #[n(8)]
    #[serde(skip)]
    pub private: Private,
    /// Commands made for it so far.
    #[n(9)]
    pub revision: u32,
    /// Its public code, once the hub has said it.
    #[n(10)]
    pub case: Option<CaseCode>,
    /// Whether it is to be sent.
    #[n(11)]
    pub condition: Condition,
}

/// What a report keeps to itself.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Private {
    /// The right to speak for the report from elsewhere.
    #[n(0)]
    pub claim: ClaimSecret,
    /// Name and number, until they could be sealed and sent.
    #[n(1)]
    pub sender: Option<Sender>,
    /// The key that the statement was signed with; another one than the phone's after its key was lost.
    #[n(2)]
    pub key: Option<KeyThumbprint>,
    /// Over which networks its originals go, where the person chose it for this report.
    #[n(3)]
    pub policy: Option<DataPolicy>,
    /// When its essentials went as a text message, by the phone's clock; nobody has confirmed that.
    #[n(4)]
    pub texted: Option<UnixMs>,
    /// When it was handed to a neighbour's phone, by the phone's clock; nobody has confirmed that it arrived.
    #[n(5)]
    pub handed_over: Option<UnixMs>,
}

/// A capture of a report.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Capture {
    /// Its facts.
    #[n(0)]
    pub declared: Declared,
    /// Whether smaller pictures were made of it.
    #[n(1)]
    pub derived: Derived,
    /// Erased from the phone, long after its receipt.
    #[n(2)]
    pub erased: bool,
}

/// Whether smaller pictures were made of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Derived {
    /// Not yet tried.
    #[n(0)]
    Waiting,
    /// Made and queued.
    #[n(1)]
    Done,
    /// Cannot be made here (a video, a format the platform must read, a damaged picture).
    #[n(2)]
    Impossible,
}

/// Whether a report is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Yes.
    #[n(0)]
    Live,
    /// Not until the person says so.
    #[n(1)]
    Held,
    /// Taken back.
    #[n(2)]
    Withdrawn,
}

/// The state of link and trust: one row, read and replaced whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Link {
    /// How far the hub's telling was read.
    #[n(0)]
    pub cursor: Option<Blob>,
    /// The hub's epoch as last heard.
    #[n(1)]
    pub epoch: Option<Epoch>,
    /// The tenant card as trusted, signed bytes; absent until the first.
    #[n(2)]
    pub card: Option<Blob>,
    /// Its version.
    #[n(3)]
    pub card_version: u32,
    /// The hub's time as last heard.
    #[n(4)]
    pub heard: Option<HubTimeMark>,
    /// Digest of everything receipts are held for.
    #[n(5)]
    pub held: SetDigest,
    /// Whether the hub said that it holds just that.
    #[n(6)]
    pub hub_equal: bool,
    /// Where the item-by-item comparison stands, while one is under way.
    #[n(7)]
    pub comparing: Option<Comparing>,
    /// What was compared last; not compared again until it changes.
    #[n(12)]
    pub compared: Option<Compared>,
    /// Waiting after failures.
    #[n(9)]
    pub wait: Wait,
    /// Not asked without need before these ticks of this boot.
    #[n(10)]
    pub poll_at_ticks: u64,
    /// The boot whose ticks the entries wait for; another one than now's means that none of them waits.
    #[n(11)]
    #[cbor(default)]
    pub waits_of: u64,
}

impl Link {
    /// What the last comparison came to, if receipts are still held for just what was compared.
    pub fn compared_now(&self) -> Option<Compared> {
        self.compared.filter(|compared| compared.held == self.held)
    }
}

/// Where the item-by-item comparison with the hub stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Comparing {
    /// The last report compared; none yet at the beginning.
    #[n(0)]
    pub after: Option<ReportId>,
    /// All reports were compared, and the officer's acts up to this place; absent before.
    #[n(1)]
    pub acts: Option<u64>,
    /// Something was found so far that neither the hub nor this phone has any more.
    #[n(2)]
    #[cbor(default)]
    pub lost: bool,
}

/// What an item-by-item comparison came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Compared {
    /// Digest of everything receipts were held for then.
    #[n(0)]
    pub held: SetDigest,
    /// The hub has lost something that this phone erased long after its receipt.
    #[n(1)]
    pub lost: bool,
}

/// Waiting after failures of the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Wait {
    /// Failures in a row.
    #[n(0)]
    pub failures: u32,
    /// The last wait, in milliseconds.
    #[n(1)]
    pub last_ms: u64,
    /// Not before these ticks, in milliseconds.
    #[n(2)]
    pub until_ticks: u64,
    /// The boot those ticks belong to.
    #[n(3)]
    pub boot: u64,
    /// Why the last try failed.
    #[n(4)]
    pub fault: Option<Code>,
}

/// The bulletin a phone keeps.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KeptBulletin {
    /// Its version.
    #[n(0)]
    pub version: u32,
    /// Its signed bytes, verified before they were kept.
    #[n(1)]
    pub signed: Blob,
}

/// An officer's act as the phone keeps it; what it says stands in its command.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct KeptAct {
    /// The report and the signed command.
    #[n(0)]
    pub part: PartName,
    /// The case's public code; absent only after a damaged database was saved.
    #[n(1)]
    pub case: Option<CaseCode>,
    /// The phone's clocks when it was made; absent only after a damaged database was saved.
    #[n(2)]
    pub made: Option<ClockReading>,
    /// The originals of its evidence.
    #[n(3)]
    pub pieces: Vec<KeptPiece>,
}

/// An original of an act's evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct KeptPiece {
    /// Its hash.
    #[n(0)]
    pub hash: Sha256,
    /// Erased from the phone, long after its receipt.
    #[n(1)]
    pub erased: bool,
}

/// What an observer should read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// This report, its parts and its timeline.
    Report(ReportId),
    /// The queue as a whole and the link.
    Queue,
    /// The IOC's alerts.
    Alerts,
    /// The officer's cases and acts.
    Cases,
}

impl KeptAct {
    /// Whether this original belongs to it and is still on the phone.
    pub fn keeps(&self, original: &Sha256) -> bool {
        self.pieces.iter().any(|piece| piece.hash == *original && !piece.erased)
    }
}

impl Plan {
    /// A plan of these changes.
    pub const fn of(changes: Vec<Change>) -> Self {
        Self { changes }
    }

    /// Whether there is nothing to keep.
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What observers should read again once it is kept, each once.
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        for change in &self.changes {
            let notice = match change {
                Change::PutReport(report) => Notice::Report(report.id),
                Change::AddEntry(entry) => Notice::Report(entry.part.report),
                Change::SetEntry { part, .. } | Change::DropEntry(part) => Notice::Report(part.report),
                Change::PutTold(told) => Notice::Report(told.report),
                Change::SetBulletin(_) => Notice::Alerts,
                Change::PutAct(_) | Change::DropAct(_) => Notice::Cases,
                Change::PutCommand(_) | Change::ForgetTold | Change::SetLink(_) | Change::ClearWaits => {
                    Notice::Queue
                }
            };
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        notices
    }
}
