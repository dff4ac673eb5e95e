//! What a running sync tells whoever watches it.

use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::part::PartKind;
use paht_model::wire::sync::PartName;
use serde::Serialize;

/// What a sync is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "doing")]
pub enum Doing {
    /// A round trip begins.
    Syncing {
        /// Signed commands in it.
        commands: usize,
        /// Media whose place is asked.
        offers: usize,
    },
    /// The hub answered.
    Synced {
        /// Things it told.
        told: usize,
    },
    /// A try failed; everything stays queued.
    Failed {
        /// Why.
        code: Code,
    },
    /// Smaller pictures are made.
    Deriving {
        /// Of this original.
        part: PartName,
    },
    /// A transfer begins.
    Uploading {
        /// Of this part.
        part: PartName,
        /// Which piece.
        kind: PartKind,
        /// From this byte on.
        from_bytes: u64,
        /// Of so many.
        total_bytes: u64,
    },
    /// The hub has all of it, and signed.
    Delivered {
        /// This part.
        part: PartName,
        /// Which piece.
        kind: PartKind,
    },
    /// Nothing before so many milliseconds.
    Waiting {
        /// How long.
        wait_ms: u64,
    },
}

/// Watches a sync. Called from the sync itself: must not take long.
pub trait Progress: Send + Sync {
    /// Something begins or ended.
    fn on_step(&self, doing: &Doing) {
        let _ = doing;
    }

    /// The hub holds so many bytes of what is being sent.
    fn on_bytes(&self, report: &ReportId, kind: PartKind, sent_bytes: u64, total_bytes: u64) {
        let _ = (report, kind, sent_bytes, total_bytes);
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {}
