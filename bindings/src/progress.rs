//! What a running sync tells whoever watches, and how it ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use paht_phone::{Doing, Progress};

use crate::error::{ErrorCode, PahtError};
use crate::ids::{ReportId, Sha256};
use crate::queue::{PartKind, Standing};
use crate::report::count;

/// What should be read again.
pub type Notice = paht_engine::plan::Notice;
/// How long a sync goes on.
pub type Until = paht_phone::Until;
/// Why a sync ended.
pub type EndedBy = paht_phone::EndedBy;

/// What should be read again.
#[uniffi::remote(Enum)]
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

/// How long a sync goes on.
#[uniffi::remote(Enum)]
pub enum Until {
    /// Asks for news once, and does all that is due.
    Once,
    /// Waits and goes on until everything is sent or needs a person.
    Done,
}

/// Why a sync ended.
#[uniffi::remote(Enum)]
pub enum EndedBy {
    /// Nothing is waiting.
    Done,
    /// What is left must wait.
    Waiting,
    /// The time it was given is over.
    Budget,
    /// It was stopped.
    Stopped,
}

/// What a sync is doing.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Step {
    /// A round trip begins.
    Syncing {
        /// Signed commands in it.
        commands: u32,
        /// Media whose place is asked.
        offers: u32,
    },
    /// The hub answered.
    Synced {
        /// Things it told.
        told: u32,
    },
    /// A try failed; everything stays queued.
    Failed {
        /// Why.
        code: ErrorCode,
    },
    /// Smaller pictures are made.
    Deriving {
        /// Of which report.
        report: ReportId,
        /// Of this original.
        hash: Sha256,
    },
    /// A transfer begins.
    Uploading {
        /// Of which report.
        report: ReportId,
        /// This part.
        hash: Sha256,
        /// Which piece.
        kind: PartKind,
        /// From this byte on.
        from_bytes: u64,
        /// Of so many.
        total_bytes: u64,
    },
    /// The hub has all of it, and signed.
    Delivered {
        /// Of which report.
        report: ReportId,
        /// This part.
        hash: Sha256,
        /// Which piece.
        kind: PartKind,
    },
    /// Nothing before so many milliseconds.
    Waiting {
        /// How long.
        wait_ms: u64,
    },
}

impl From<&Doing> for Step {
    fn from(doing: &Doing) -> Self {
        match doing {
            Doing::Syncing { commands, offers } => {
                Self::Syncing { commands: count(*commands), offers: count(*offers) }
            }
            Doing::Synced { told } => Self::Synced { told: count(*told) },
            Doing::Failed { code } => Self::Failed { code: *code },
            Doing::Deriving { part } => Self::Deriving { report: part.report, hash: part.hash },
            Doing::Uploading { part, kind, from_bytes, total_bytes } => Self::Uploading {
                report: part.report,
                hash: part.hash,
                kind: *kind,
                from_bytes: *from_bytes,
                total_bytes: *total_bytes,
            },
            Doing::Delivered { part, kind } => {
                Self::Delivered { report: part.report, hash: part.hash, kind: *kind }
            }
            Doing::Waiting { wait_ms } => Self::Waiting { wait_ms: *wait_ms },
        }
    }
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncOutcome {
    /// Nothing waits, nothing is parked, and the hub's list of hashes equals the phone's.
    pub all_sent: bool,
    /// The queue as a whole.
    pub standing: Standing,
    /// Why it ended.
    pub ended_by: EndedBy,
}

impl From<paht_phone::SyncOutcome> for SyncOutcome {
    fn from(outcome: paht_phone::SyncOutcome) -> Self {
        let paht_phone::SyncOutcome { all_sent, standing, ended_by } = outcome;
        Self { all_sent, standing: standing.into(), ended_by }
    }
}

/// Who watches. Called outside every lock, from threads of ours: must not take long, and may call the phone.
#[uniffi::export(foreign)]
pub trait PhoneObserver: Send + Sync {
    /// Something should be read again.
    fn on_change(&self, notice: Notice) -> Result<(), PahtError>;
    /// A sync begins or ended something.
    fn on_step(&self, step: Step) -> Result<(), PahtError>;
    /// The hub holds so many bytes of what is being sent.
    fn on_bytes(&self, report: ReportId, kind: PartKind, sent: u64, total: u64) -> Result<(), PahtError>;
}

/// Passes on to the platform. What goes wrong there is said, and stops nothing here.
#[derive(Clone)]
pub(crate) struct Watcher(pub(crate) Option<Arc<dyn PhoneObserver>>);

impl Watcher {
    pub(crate) fn tell(&self, say: impl FnOnce(&dyn PhoneObserver) -> Result<(), PahtError>) {
        let Some(observer) = &self.0 else { return };
        let told = catch_unwind(AssertUnwindSafe(|| say(&**observer)));
        if !matches!(told, Ok(Ok(()))) {
            tracing::warn!("an observer failed");
        }
    }
}

impl Progress for Watcher {
    fn on_step(&self, doing: &Doing) {
        self.tell(|observer| observer.on_step(doing.into()));
    }

    fn on_bytes(&self, report: &ReportId, kind: PartKind, sent_bytes: u64, total_bytes: u64) {
        self.tell(|observer| observer.on_bytes(*report, kind, sent_bytes, total_bytes));
    }
}
