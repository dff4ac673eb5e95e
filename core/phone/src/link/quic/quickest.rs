//! How long the link itself is: the quickest round trip seen of late, in which nothing waited anywhere.

use std::time::{Duration, Instant};

use super::listening::cut_after;

/// How long the quickest round trip counts, in milliseconds; then the queue is let run empty to see the link as it is.
const QUICKEST_MS: u64 = 15_000;
/// A round trip longer by no more than this part of the quickest is nearly as quick.
const NEARLY: u32 = 8;

/// The quickest round trip of late.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quickest {
    pub(super) rtt: Option<Duration>,
    /// Whether it is that of a full packet: a small one leaves sooner.
    of_full: bool,
    seen: Instant,
    /// When anything was heard last.
    heard: Instant,
    /// When the last silence was over: what was sent before it waited for that, and tells nothing of the link.
    silence_over: Option<Instant>,
}

impl Quickest {
    pub(super) const fn new(now: Instant) -> Self {
        Self { rtt: None, of_full: false, seen: now, heard: now, silence_over: None }
    }

    /// A round trip nearly as quick as the quickest shows that the queue is empty, or one `packet` long, and the link as
    /// long as it was.
    pub(super) fn hear(&mut self, now: Instant, sent: Instant, is_full: bool, packet: Duration) {
        self.pass_over_silence(now);
        if self.silence_over.is_some_and(|over| sent < over) {
            return;
        }
        if self.of_full && !is_full {
            return;
        }
        let first = !self.of_full && is_full;
        self.of_full = is_full;
        let rtt = now.saturating_duration_since(sent);
        let old = now.saturating_duration_since(self.seen) > Duration::from_millis(QUICKEST_MS);
        match self.rtt {
            Some(quickest) if rtt > quickest && !old && !first => {
                if rtt <= quickest + quickest / NEARLY + packet {
                    self.seen = now;
                }
            }
            _ => (self.rtt, self.seen) = (Some(rtt), now),
        }
    }

    /// Whether a packet sent then waited nowhere.
    pub(super) fn was_quick(&self, now: Instant, sent: Instant) -> bool {
        self.rtt.is_some_and(|quickest| now.saturating_duration_since(sent) <= quickest + quickest / NEARLY)
    }

    /// Whether it is getting old, and should be seen again.
    pub(super) fn is_getting_old(&self, now: Instant) -> bool {
        let counts = Duration::from_millis(QUICKEST_MS);
        let age = now.saturating_duration_since(self.seen);
        self.rtt.is_some_and(|quickest| age > counts.saturating_sub(quickest.saturating_mul(2)))
    }

    /// What was known before a silence is no older after it.
    fn pass_over_silence(&mut self, now: Instant) {
        let since = now.saturating_duration_since(self.heard);
        self.heard = now;
        let Some(quickest) = self.rtt else { return };
        if since > cut_after(quickest) {
            self.silence_over = Some(now);
            self.seen += since;
        }
    }
}
