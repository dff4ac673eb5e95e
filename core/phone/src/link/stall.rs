//! A link is alive while bytes move. What was handed to the system may still be on its slow way, so the patience grows
//! with it.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// A link slower than this counts as stalled, in bytes per millisecond (2 kB/s: a bad GPRS).
const SLOWEST_BYTES_PER_MS: u64 = 2;
/// Less than this is on its way in no time, in bytes.
const AT_ONCE_BYTES: u64 = 4 * 1024;
/// The most that a system holds back of what it was handed, in bytes (1 MB).
const HELD_BACK_BYTES_MAX: u64 = 1_000_000;

/// Counts what moves. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    all: AtomicU64,
    sent: AtomicU64,
    answered: AtomicBool,
}

impl Moved {
    /// Bytes were handed to the connection.
    pub(super) fn sent(&self, bytes: u64) {
        self.0.sent.fetch_add(bytes, Ordering::Relaxed);
        self.more(bytes);
    }

    /// Something came.
    pub(super) fn more(&self, bytes: u64) {
        self.0.all.fetch_add(bytes, Ordering::Relaxed);
    }

    /// An answer begins to come.
    pub(super) fn answered(&self) {
        self.0.answered.store(true, Ordering::Relaxed);
        self.more(1);
    }

    /// Whether one does.
    pub(super) fn is_answered(&self) -> bool {
        self.0.answered.load(Ordering::Relaxed)
    }

    /// How many bytes were handed to the connection.
    pub(super) fn sent_bytes(&self) -> u64 {
        self.0.sent.load(Ordering::Relaxed)
    }

    fn all(&self) -> u64 {
        self.0.all.load(Ordering::Relaxed)
    }

    fn patience(&self, stall: Duration) -> Duration {
        let held_back =
            self.0.sent.load(Ordering::Relaxed).min(HELD_BACK_BYTES_MAX).saturating_sub(AT_ONCE_BYTES);
        stall.saturating_add(Duration::from_millis(held_back / SLOWEST_BYTES_PER_MS))
    }
}

/// Runs something on the link to its end, or `None` as soon as no byte has moved for too long.
pub(super) async fn watched<T>(stall: Duration, moved: &Moved, run: impl Future<Output = T>) -> Option<T> {
    let mut whole = pin!(run);
    let look = (stall / 8).max(Duration::from_millis(5));
    let (mut before, mut silence) = (moved.all(), Duration::ZERO);
    loop {
        tokio::select! {
            biased;
            done = &mut whole => return Some(done),
            () = tokio::time::sleep(look) => {
                let now = moved.all();
                silence = if now == before { silence.saturating_add(look) } else { Duration::ZERO };
                before = now;
                if silence >= moved.patience(stall) {
                    return None;
                }
            }
        }
    }
}
