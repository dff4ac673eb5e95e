//! Over TCP a phone knows only what it handed to the system. So the hub is asked, beside a transfer and over a connection of
//! its own, how much it holds: that is the progress that counts, and if it stands still while the hub answers, the
//! connection is stuck (a network that forgot it, or waits that doubled through a cut) and is given up for a new one.

use std::time::Duration;

use http::StatusCode;
use paht_engine::upload::Upload;
use reqwest::Client;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::stall::Moved;
use super::upload::TUS;
use super::{HubLink, client, reply};

/// A transfer of less is not followed, in bytes: it is over before the second question.
pub(super) const WORTH_FOLLOWING_BYTES: u64 = 64 * 1024;
/// From one answer to the next question, in milliseconds. A question is some 300 bytes up: two seconds of them are one
/// hundredth of EDGE.
const FOLLOW_MS: u64 = 1_500;
/// A question without an answer for this long is asked anew, over a new connection, in milliseconds.
const ANSWER_MS: u64 = 3_000;
/// So many answers that tell no progress are a connection that is stuck.
const STILL_MAX: u32 = 4;
/// So many are enough after a question got no answer: the link was cut and is back, the connection is not.
const STILL_AFTER_CUT_MAX: u32 = 2;

/// What is on its way through a proxy that gathers it is waited for as if it moved at least so fast, in bytes per
/// millisecond (16 kB/s).
const GATHERED_BYTES_PER_MS: u64 = 16;
/// The most that the system holds back of what it was handed, in bytes: so much may still be on its way when the last byte
/// was taken (4 MB, the most of Linux as it comes).
const BUFFERED_BYTES_MAX: u64 = 4_000_000;

/// What is known of a transfer from the hub's answers.
#[derive(Debug, Default)]
struct Standing {
    still: u32,
    was_cut: bool,
    /// Bytes that the connection had taken at the last answer.
    taken: u64,
}

impl Standing {
    fn unanswered(&mut self) {
        self.was_cut = true;
    }

    fn progressed(&mut self) {
        *self = Self { taken: self.taken, ..Self::default() };
    }

    /// Told the same again: whether the connection counts as stuck. `taken` is how many bytes it has taken so far; where the
    /// hub was never seen to get bytes as they come (`may_gather`), one that takes bytes is not stuck, and what it took last
    /// has its time to arrive.
    fn is_stuck(&mut self, taken: u64, may_gather: bool) -> bool {
        let has_taken = taken > self.taken;
        self.taken = taken;
        if may_gather && has_taken {
            self.still = 0;
            return false;
        }
        self.still = self.still.saturating_add(1);
        let gathering = if may_gather { taken.min(BUFFERED_BYTES_MAX) / GATHERED_BYTES_PER_MS } else { 0 };
        let patience = u32::try_from(gathering / FOLLOW_MS).unwrap_or(u32::MAX);
        let most = if self.was_cut { STILL_AFTER_CUT_MAX } else { STILL_MAX };
        self.still >= most.saturating_add(patience)
    }
}

impl HubLink {
    /// Follows a transfer of so many bytes; ends when its connection is stuck, and otherwise never.
    pub(super) async fn stuck(&self, upload: &Upload, bytes: u64, held: &watch::Sender<u64>, moved: &Moved) {
        let (way, end) = (&self.shared.way, upload.offset_bytes.saturating_add(bytes));
        let mut asking = None;
        let mut standing = Standing::default();
        loop {
            sleep(Duration::from_millis(FOLLOW_MS)).await;
            let Some(client) = asking.take().or_else(|| client(&self.shared.tls).ok()) else { continue };
            let answer = timeout(Duration::from_millis(ANSWER_MS), self.held(&client, upload)).await;
            match answer {
                Ok(Held::Bytes(now)) => {
                    asking = Some(client);
                    if now > *held.borrow() {
                        // Gathered bytes all come at once.
                        if now < end {
                            way.streamed();
                        }
                        moved.more(now);
                        held.send_replace(now);
                        standing.progressed();
                    } else if now < end && standing.is_stuck(moved.sent_bytes(), !way.streams()) {
                        return;
                    }
                }
                Ok(Held::Untold) => std::future::pending().await,
                Ok(Held::Unanswered) | Err(_) => standing.unanswered(),
            }
        }
    }

    async fn held(&self, client: &Client, upload: &Upload) -> Held {
        let Ok(address) = self.transfer(upload) else { return Held::Untold };
        let asked = client.get(address).header(TUS.0, TUS.1).send().await;
        let Ok(response) = asked else { return Held::Unanswered };
        match reply::upload_offset(&response) {
            Some(bytes) if response.status() == StatusCode::NO_CONTENT && reply::is_hubs(&response) => {
                Held::Bytes(bytes)
            }
            _ => Held::Untold,
        }
    }
}

/// What the hub said.
enum Held {
    Bytes(u64),
    /// It does not tell (an older one), or it was not the hub that answered.
    Untold,
    Unanswered,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_stuck_when_nothing_is_added_and_sooner_after_a_cut() {
        let mut standing = Standing::default();
        let stuck = |standing: &mut Standing| standing.is_stuck(9_000_000, false);
        assert!((1..STILL_MAX).all(|_| !stuck(&mut standing)));
        assert!(stuck(&mut standing));
        standing.progressed();
        assert!(!stuck(&mut standing));
        standing.unanswered();
        assert!(stuck(&mut standing), "the link is back and the second answer says the same");
        standing.progressed();
        assert!(!stuck(&mut standing) && !stuck(&mut standing), "a cut that was lived through is forgotten");
    }

    /// A proxy that gathers 4 MB at 100 kB/s: the system took the first 2.6 MB at once, and the hub holds nothing to the end.
    #[test]
    fn a_connection_that_takes_bytes_is_not_stuck_though_the_hub_holds_none() {
        let mut standing = Standing::default();
        let answers = |ms: u64| (1..=ms / FOLLOW_MS).map(|n| n * FOLLOW_MS);
        for at_ms in answers(40_000) {
            let taken = (2_600_000 + at_ms * 100).min(4_000_000);
            assert!(!standing.is_stuck(taken, true), "after {at_ms} ms");
        }
        assert!((0..1_000).any(|_| standing.is_stuck(4_000_000, true)), "but not for ever");
    }
}
