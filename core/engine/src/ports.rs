//! What the engine needs of the phone, and what each side owes the other.

use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256};
use paht_model::time::{ClockReading, UnixMs};
use paht_model::wire::envelope::Sign;
use paht_model::wire::sync::{PartName, Told};

use crate::outbox::{Lane, OutboxEntry, Rank};
use crate::plan::{KeptAct, KeptBulletin, Link, Plan, Report};

/// The phone's clocks. Owes: ticks never go back within one boot and count sleep; the wall may say anything.
pub trait Clock {
    /// A reading now.
    fn now(&self) -> ClockReading;
}

/// Randomness. Owes: unpredictable bytes, different in every run.
pub trait Entropy {
    /// Fills the slice.
    fn fill(&self, out: &mut [u8]);
}

/// The phone's signing key. Owes: signs in the background without the person present; the same key until the app is
/// removed. A lost key strands nothing: commands are signed when they are made.
pub trait Keys: Sign<Error = Code> {}
impl<K: Sign<Error = Code>> Keys for K {}

/// What an officer did on this phone, in the same state as the [`Store`] it belongs to, and under the same promises.
pub trait Acts {
    /// Acts with their place, the oldest first, beginning after the given place (0: at the beginning); at most `limit`.
    /// An act keeps its place, and none is given twice.
    fn acts(&self, after: u64, limit: usize) -> Result<Vec<(u64, KeptAct)>, StoreFault>;
    /// The acts about one report, the oldest first.
    fn acts_of(&self, report: &ReportId) -> Result<Vec<KeptAct>, StoreFault>;
}

/// The phone's durable state. Owes: what [`Store::apply`] returned `Ok` for survives a kill at any later instant, whole;
/// what it returned an error for left no trace; reads see every applied plan. The engine owes: it never relies on
/// anything that was not applied.
pub trait Store: Acts {
    /// Keeps a plan in one transaction.
    fn apply(&mut self, plan: &Plan) -> Result<(), StoreFault>;
    /// The state of link and trust.
    fn link(&self) -> Result<Link, StoreFault>;
    /// The bulletin kept, if one ever came.
    fn bulletin(&self) -> Result<Option<KeptBulletin>, StoreFault>;
    /// A report.
    fn report(&self, id: &ReportId) -> Result<Option<Report>, StoreFault>;
    /// Reports newest first, beginning after the given one; at most `limit`.
    fn reports(&self, after: Option<ReportId>, limit: usize) -> Result<Vec<Report>, StoreFault>;
    /// An entry of the outbox by the part it delivers.
    fn entry(&self, part: &PartName) -> Result<Option<OutboxEntry>, StoreFault>;
    /// Every entry of a report, in the order they were made.
    fn entries_of(&self, report: &ReportId) -> Result<Vec<OutboxEntry>, StoreFault>;
    /// Entries of a lane that are not delivered, by rank, beginning after the given rank; at most `limit`.
    fn waiting(&self, lane: Lane, after: Option<Rank>, limit: usize) -> Result<Vec<OutboxEntry>, StoreFault>;
    /// A command's signed bytes.
    fn command(&self, part: &PartName) -> Result<Option<SignedCommand>, StoreFault>;
    /// What the hub told of a report, by number.
    fn told(&self, report: &ReportId) -> Result<Vec<Told>, StoreFault>;
    /// Some captures no picture was derived from yet, oldest first.
    fn underived(&self, limit: usize) -> Result<Vec<PartName>, StoreFault>;
    /// Some kept originals whose receipt is older than this hub time, oldest first.
    fn erasable(&self, received_before: UnixMs, limit: usize) -> Result<Vec<PartName>, StoreFault>;
}

/// The phone's media. Owes: a file that [`Media::has`] is whole and survives a kill; nothing is ever overwritten. The
/// engine owes: it asks to erase only what it has journalled as erased.
pub trait Media {
    /// Whether the file is there.
    fn has(&self, hash: &Sha256) -> Result<bool, StoreFault>;
    /// Up to `limit` bytes from `offset` on; fewer only at the end.
    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> Result<Vec<u8>, StoreFault>;
    /// Keeps bytes under their hash; done when they would survive a power cut.
    fn keep(&mut self, hash: &Sha256, bytes: &[u8]) -> Result<(), StoreFault>;
    /// Erases a file; no error if it is gone already.
    fn erase(&mut self, hash: &Sha256) -> Result<(), StoreFault>;
    /// Hashes of all files, for the sweep of orphans.
    fn all(&self) -> Result<Vec<Sha256>, StoreFault>;
}

/// Why the phone's storage did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// No space left.
    #[error("the storage is full")]
    Full,
    /// Another process has it.
    #[error("the storage is in use")]
    Busy,
    /// It failed in another way.
    #[error("the storage failed")]
    Failed,
}

impl StoreFault {
    /// Its stable code.
    pub const fn code(self) -> Code {
        match self {
            Self::Full => Code::StorageFull,
            Self::Busy => Code::StorageBusy,
            Self::Failed => Code::StorageFailed,
        }
    }
}

/// Why a verb could not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EngineFault {
    /// What was asked is refused.
    #[error("{0}")]
    Refused(Code),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl EngineFault {
    /// Its stable code.
    pub const fn code(self) -> Code {
        match self {
            Self::Refused(code) => code,
            Self::Store(fault) => fault.code(),
        }
    }
}

impl From<Code> for EngineFault {
    fn from(code: Code) -> Self {
        Self::Refused(code)
    }
}

/// Random bytes of a fixed length.
pub(crate) fn random<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut out = [0; N];
    entropy.fill(&mut out);
    out
}
