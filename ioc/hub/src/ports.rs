//! What the hub needs of the world, and what each side owes the other. Deciding happens here; keeping happens in
//! `paht-store`, or in memory for the simulated world.

use paht_model::alert::Alert;
use paht_model::capture::MediaType;
use paht_model::case::Case;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, AlertId, CaseCode, CommandId, Epoch, KeyThumbprint, ReportId, Sha256};
use paht_model::part::PartKind;
use paht_model::place::Place;
use paht_model::review::Review;
use paht_model::sms::Tag;
use paht_model::text::is_blank;
use paht_model::time::UnixMs;
use paht_model::timeline::Entry;
use paht_model::wire::envelope::SoftwareKey;
use paht_model::wire::officer::Officer;
use paht_model::wire::sync::{PartName, SetDigest, Told};

use crate::courier::Unpacked;
use crate::tenant::Tenant;

/// The store failed; the transaction left nothing behind.
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {what}")]
pub struct StoreFault {
    /// What was being done, without personal data.
    pub what: &'static str,
    /// What the store said.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What the hub knows of one report beside its public case. Personal words live here or beside the entries, and can be
/// erased; the log cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord {
    /// The report.
    pub report: ReportId,
    /// The phone that made it.
    pub key: KeyThumbprint,
    /// Hash of the claim secret.
    pub claim: Sha256,
    /// The case, folded from its entries.
    pub case: Case,
    /// What the citizen wrote, after edits.
    pub text: String,
    /// Where, after edits.
    pub place: Option<Place>,
    /// The service it is about and how it was, where it is about one.
    pub review: Option<Review>,
    /// The citizen's language.
    pub language: String,
    /// Sender's name and number, sealed to the hub.
    pub sender: Option<Vec<u8>>,
    /// Originals, previews, renditions and evidence that may be uploaded. The same bytes may stand here more than once: as
    /// the picture of two originals, and as a citizen's and an agency's.
    pub declared: Vec<DeclaredPart>,
    /// Triage's advice, kept for the operator: which agency, by which rule, whether urgent.
    pub advice: Advice,
    /// Officers' answers that came before their pictures, and those that were dropped since.
    pub pending: Vec<PendingAnswer>,
}

impl CaseRecord {
    /// Whether the citizen left nothing to read or look at: what a review says beside it are stars and phrases of ours.
    pub fn is_bare(&self) -> bool {
        is_blank(&self.text) && self.declared.is_empty()
    }

    /// All that declares these bytes: pictures of several originals, the citizen's and agencies' alike, may be the same.
    pub fn declaring(&self, hash: &Sha256) -> impl Iterator<Item = &DeclaredPart> {
        self.declared.iter().filter(move |part| part.hash == *hash)
    }

    /// Whether these bytes may be declared as this too. They have one length; and what nobody has declared as a picture to
    /// show stays sealed (law 7).
    pub(crate) fn may_declare(&self, part: &DeclaredPart) -> bool {
        let mut known = self.declaring(&part.hash).peekable();
        if known.peek().is_none() {
            return true;
        }
        let (mut alike, mut shown) = (true, false);
        for other in known {
            alike &= other.bytes == part.bytes;
            shown |= other.is_shown();
        }
        alike && (shown || !part.is_shown())
    }
}

/// A part that may be uploaded, and only these bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredPart {
    /// Its hash.
    pub hash: Sha256,
    /// Which piece.
    pub kind: PartKind,
    /// Its length, in bytes.
    pub bytes: u64,
    /// Its format.
    pub media_type: MediaType,
    /// The original it was made from, for previews and renditions.
    pub of: Option<Sha256>,
    /// Width and height in pixels, where declared.
    pub size: Option<(u32, u32)>,
    /// Some 25 bytes to show until it arrives.
    pub thumbhash: Option<Vec<u8>>,
    /// Part of an agency's answer, not of the citizen's report.
    pub evidence: bool,
    /// The officer's phone that it is to come from; `None`: the phone that made the report, or for evidence the desk.
    pub by: Option<KeyThumbprint>,
}

impl DeclaredPart {
    /// Whether it is made to be shown to everybody.
    pub const fn is_shown(&self) -> bool {
        matches!(self.kind, PartKind::Preview | PartKind::Rendition)
    }
}

/// An officer's answer that waits until every rendition it names has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingAnswer {
    /// The signed command it came by.
    pub command: Sha256,
    /// The officer's key.
    pub by: KeyThumbprint,
    /// The agency it acted for when it said so.
    pub agency: AgencyId,
    /// Which share.
    pub assignment: u16,
    /// The answer; empty once it was dropped.
    pub text: String,
    /// Renditions that it waits for.
    pub evidence: Vec<Sha256>,
    /// When the hub had the command.
    pub since: UnixMs,
    /// Why it will never happen; `None` while it waits.
    pub dropped: Option<Code>,
}

/// What triage advises.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advice {
    /// The agency's id.
    pub agency: Option<String>,
    /// The rule that decided.
    pub rule: String,
    /// The agency it would have been, were it on board, and the duty phone to call meanwhile.
    pub instead_of: Option<(String, String)>,
    /// Danger to life or limb.
    pub urgent: bool,
}

/// An alert as the hub keeps it: for ever, also when it is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAlert {
    /// What was published.
    pub alert: Alert,
    /// When it was ended before its time; `None` if it was not.
    pub ended: Option<UnixMs>,
}

/// The bulletin that phones get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBulletin {
    /// Its version.
    pub version: u32,
    /// Its signed bytes.
    pub signed: Vec<u8>,
}

/// What the IOC tells everybody, in the same transaction as the [`Ledger`] it belongs to, and under the same promises.
pub trait Board {
    /// An alert, over or not.
    fn alert(&self, id: &AlertId) -> Result<Option<KeptAlert>, StoreFault>;
    /// The alerts that were not ended and hold until after this time, by id.
    fn alerts_after(&self, time: UnixMs) -> Result<Vec<Alert>, StoreFault>;
    /// Inserts or replaces an alert.
    fn put_alert(&mut self, alert: &KeptAlert) -> Result<(), StoreFault>;
    /// The bulletin, if there ever was one.
    fn bulletin(&self) -> Result<Option<SignedBulletin>, StoreFault>;
    /// Replaces the bulletin.
    fn put_bulletin(&mut self, bulletin: &SignedBulletin) -> Result<(), StoreFault>;
}

/// Who acts for an agency by phone, in the same transaction as the [`Ledger`] it belongs to, and under the same promises.
pub trait Officers {
    /// The officer with this key, ended or not.
    fn officer(&self, key: &KeyThumbprint) -> Result<Option<Officer>, StoreFault>;
    /// Every officer there ever was, the longest enrolled first.
    fn officers(&self) -> Result<Vec<Officer>, StoreFault>;
    /// Inserts or replaces an officer.
    fn put_officer(&mut self, officer: &Officer) -> Result<(), StoreFault>;
    /// The reports whose record has a pending answer of this key, waiting or dropped.
    fn answered_by(&self, key: &KeyThumbprint) -> Result<Vec<ReportId>, StoreFault>;
}

/// Whose a text message is: a number's HMAC under a key of the hub's own, since a plain hash of a number can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SenderMark([u8; 16]);

impl SenderMark {
    /// From its bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A text message as the hub keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMessage {
    /// Its number among all that are kept; given by the store.
    pub number: u64,
    /// Whose it is.
    pub sender: SenderMark,
    /// The sender's number, sealed to operators; empty once it made a case.
    pub sealed: Vec<u8>,
    /// When it came.
    pub at: UnixMs,
    /// Where it stands.
    pub state: MessageState,
    /// What it says; empty once it made a case.
    pub text: String,
}

/// Where a text message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// Others of its report are missing.
    Waits,
    /// A person must look at it.
    Quarantined {
        /// Why.
        why: Code,
    },
    /// It made a case.
    Taken {
        /// Whether the sender was told so.
        replied: bool,
    },
}

/// Text messages, and the cases that stand for reports of which no statement has come, in the same transaction as the
/// [`Ledger`] it belongs to, and under the same promises.
pub trait Messages {
    /// The record of the report with this tag, or of what stands in for it.
    fn case_by_tag(&self, tag: &Tag) -> Result<Option<CaseRecord>, StoreFault>;
    /// Gives the case of a stand-in to the report it stood for, and all that its phone hears of it.
    fn adopt(
        &mut self,
        stand_in: &ReportId,
        report: &ReportId,
        key: &KeyThumbprint,
    ) -> Result<(), StoreFault>;
    /// Keeps a message under a new number. Those that waited or were taken longer than a month ago are forgotten.
    fn put_message(&mut self, message: &KeptMessage) -> Result<(), StoreFault>;
    /// The messages of a sender that came after this time and wait, the oldest first.
    fn waiting(&self, sender: &SenderMark, after: UnixMs) -> Result<Vec<KeptMessage>, StoreFault>;
    /// Forgets the messages of a sender that wait and say this.
    fn drop_waiting(&mut self, sender: &SenderMark, text: &str) -> Result<(), StoreFault>;
    /// How many cases a sender made after this time, and how many replies it got.
    fn taken_since(&self, sender: &SenderMark, after: UnixMs) -> Result<(usize, usize), StoreFault>;
    /// Whether a message of this sender's that says this waits for a person.
    fn is_quarantined(&self, sender: &SenderMark, text: &str) -> Result<bool, StoreFault>;
    /// The latest messages that a person must look at, at most `limit`, the latest first.
    fn quarantined(&self, limit: usize) -> Result<Vec<KeptMessage>, StoreFault>;
    /// Forgets one of them; whether it was there.
    fn dismiss(&mut self, number: u64) -> Result<bool, StoreFault>;
}

/// What became of a bundle that a neighbour's phone brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBundle {
    /// Its hash.
    pub hash: Sha256,
    /// Its length, in bytes.
    pub bytes: u64,
    /// When it was last taken.
    pub at: UnixMs,
    /// Whom its receipts are sealed to (age, X25519), in text form.
    pub reply_to: String,
    /// The receipt for whoever carried it.
    pub receipt: Vec<u8>,
    /// What was in it.
    pub unpacked: Unpacked,
}

/// What became of bundles, in the same transaction as the [`Ledger`] it belongs to, and under the same promises.
pub trait Bundles {
    /// What became of the bundle with this hash.
    fn bundle(&self, hash: &Sha256) -> Result<Option<KeptBundle>, StoreFault>;
    /// Those of which pieces wait for others, at most `limit`.
    fn waiting_bundles(&self, limit: usize) -> Result<Vec<KeptBundle>, StoreFault>;
    /// Keeps, or replaces.
    fn put_bundle(&mut self, bundle: &KeptBundle) -> Result<(), StoreFault>;
    /// Forgets those last taken before this time, and gives their names as uploads.
    fn forget_bundles(&mut self, before: UnixMs) -> Result<Vec<PartName>, StoreFault>;
}

/// How long messages that waited or were taken are kept, in milliseconds (30 days).
pub const MESSAGES_KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// One transaction's view of one tenant's record. The store owes: everything done through it becomes durable together
/// when the transaction returns `Ok`, or leaves no trace; transactions that write are one after another; numbers of
/// entries follow commit order. The hub owes: it decides everything before it writes, and writes only what it decided.
pub trait Ledger: Board + Officers + Messages + Bundles {
    /// The record of a report.
    fn case(&self, report: &ReportId) -> Result<Option<CaseRecord>, StoreFault>;
    /// The record with this public code.
    fn case_by_code(&self, code: &CaseCode) -> Result<Option<CaseRecord>, StoreFault>;
    /// The receipt given for a part, byte for byte.
    fn receipt(&self, part: &PartName) -> Result<Option<Vec<u8>>, StoreFault>;
    /// The hash of the command stored under this id.
    fn command(&self, id: &CommandId) -> Result<Option<Sha256>, StoreFault>;
    /// Inserts or replaces the record of a report.
    fn put_case(&mut self, record: &CaseRecord) -> Result<(), StoreFault>;
    /// Appends entries to a case's log, oldest first. `told` says whether the phone that made the report hears of each.
    fn append(&mut self, record: &CaseRecord, entries: &[(Entry, Heard)]) -> Result<(), StoreFault>;
    /// Keeps a command's signed bytes.
    fn put_command(&mut self, id: &CommandId, part: &PartName, bytes: &[u8]) -> Result<(), StoreFault>;
    /// Keeps a receipt, and counts the part among what the phone's key has handed in. For another key the same part counts
    /// again, with the same receipt.
    fn put_receipt(&mut self, key: &KeyThumbprint, part: &PartName, receipt: &[u8])
    -> Result<(), StoreFault>;
    /// The digest of all parts that this key has receipts for.
    fn held(&self, key: &KeyThumbprint) -> Result<SetDigest, StoreFault>;
    /// The hashes of one report that this key has receipts for.
    fn held_of(&self, report: &ReportId, key: &KeyThumbprint) -> Result<Vec<Sha256>, StoreFault>;
    /// Entries told to this key after its `after`-th, at most `limit`, oldest first; and how many there are in all.
    fn told(&self, key: &KeyThumbprint, after: u64, limit: usize) -> Result<(Vec<Told>, u64), StoreFault>;
    /// A case's whole log, oldest first.
    fn log(&self, report: &ReportId) -> Result<Vec<Entry>, StoreFault>;
}

/// Who hears of an entry beside the operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The citizen's phone and, where the case is public, everybody.
    Everybody,
    /// The citizen's phone alone.
    Citizen,
    /// Operators alone.
    Inside,
}

/// Where media lie. The shelf owes: bytes it counted as staged survive a crash of the process; `finish` gives `Whole`
/// only for bytes with that hash, and after it `is_whole` is true for ever; it leaves room on the disk for the record.
pub trait Shelf: Send + Sync {
    /// Bytes held of an unfinished part; 0 if none.
    fn staged_bytes(&self, part: &PartName) -> Result<u64, StoreFault>;
    /// Whether the part is held whole and its hash was checked.
    fn is_whole(&self, part: &PartName) -> Result<bool, StoreFault>;
    /// Appends bytes at the offset and gives the new length. [`Staged::Conflict`] if the offset is not the length held.
    fn append(&self, part: &PartName, offset: u64, bytes: &[u8]) -> Result<Staged, StoreFault>;
    /// Checks the whole hash and moves the part to its place; wrong bytes are thrown away.
    fn finish(&self, part: &PartName) -> Result<Finished, StoreFault>;
    /// The bytes of a whole part from `offset` on, at most `limit`; `None` if it is not held whole.
    fn read(&self, part: &PartName, offset: u64, limit: usize) -> Result<Option<Vec<u8>>, StoreFault>;
    /// Throws away what is held of a part, unfinished or whole. Nothing held is no error.
    fn forget(&self, part: &PartName) -> Result<(), StoreFault>;
    /// Whether so many more bytes of a part would leave the room that is kept for statements.
    fn has_room(&self, part: &PartName, more: u64) -> Result<bool, StoreFault>;
    /// The length of a whole part.
    fn whole_bytes(&self, part: &PartName) -> Result<Option<u64>, StoreFault>;
}

/// What became of appended bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staged {
    /// The new length.
    At(u64),
    /// Another length is held: resume from there.
    Conflict(u64),
    /// There is no room for them: so much is held, and none of these was taken.
    NoRoom(u64),
}

/// What became of a finished part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// It has its hash and lies in its place.
    Whole,
    /// It had not, and is gone: begin again.
    WrongHash,
}

/// What a decision may look at beside the ledger.
pub struct HubContext<'h> {
    /// The province.
    pub tenant: &'h Tenant,
    /// The key receipts are signed with.
    pub key: &'h SoftwareKey,
    /// The hub's epoch.
    pub epoch: Epoch,
    /// The hub's clock.
    pub now: UnixMs,
    /// The signed tenant card and its version.
    pub card: (&'h [u8], u32),
    /// Fresh randomness.
    pub random: &'h dyn Fn() -> [u8; 16],
}

/// Why something was not done. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It never will be, as it stands.
    #[error("{0}")]
    Never(Code),
    /// It may be later, in so many milliseconds.
    #[error("{0}, again in {1} ms")]
    After(Code, u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Refusal {
    /// Its stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Never(code) | Self::After(code, _) => *code,
            Self::Store(_) => Code::HubFailed,
        }
    }
}
