//! What is known of silences, shared by the link, which notices them, and the controllers, which decide how much may be under
//! way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What controllers and the link share: bytes that were under way when a silence ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Silence(Arc<SilenceCounts>);

#[derive(Debug, Default)]
struct SilenceCounts {
    under_way: AtomicU64,
    written_off: AtomicU64,
    endings: AtomicU64,
    /// A packet may go that asks whether anybody hears, though all that may be under way is.
    asks: AtomicBool,
}

impl Silence {
    /// The hub is heard again after a silence: what was under way is no longer in the way.
    pub(super) fn ended(&self) {
        let under_way = self.under_way();
        self.0.asks.store(false, Ordering::Relaxed);
        self.0.written_off.store(under_way, Ordering::Relaxed);
        self.0.endings.fetch_add(1, Ordering::Relaxed);
    }

    /// It is silent, and time to ask: one packet more than else may be under way.
    pub(super) fn ask(&self) {
        self.0.asks.store(true, Ordering::Relaxed);
    }

    /// Whether a packet more may go.
    pub(super) fn asks(&self) -> bool {
        self.0.asks.load(Ordering::Relaxed)
    }

    /// How many silences have ended.
    pub(super) fn endings(&self) -> u64 {
        self.0.endings.load(Ordering::Relaxed)
    }

    /// Bytes under way that are taken for gone.
    pub(super) fn written_off(&self) -> u64 {
        self.0.written_off.load(Ordering::Relaxed).min(self.under_way())
    }

    /// Bytes under way.
    pub(super) fn under_way(&self) -> u64 {
        self.0.under_way.load(Ordering::Relaxed)
    }

    /// So many bytes are under way from now on.
    pub(super) fn sent(&self, bytes: u64) {
        self.0.under_way.fetch_add(bytes, Ordering::Relaxed);
        self.0.asks.store(false, Ordering::Relaxed);
    }

    /// So many bytes are under way: what a greeting had sent is forgotten with it, and neither acknowledged nor lost.
    pub(super) fn under_way_is(&self, bytes: u64) {
        self.0.under_way.store(bytes, Ordering::Relaxed);
    }

    /// The oldest go first, so what was written off is what is settled.
    pub(super) fn settled(&self, bytes: u64) {
        let less = |now: u64| Some(now.saturating_sub(bytes));
        let _ = self.0.under_way.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        let _ = self.0.written_off.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }
}
