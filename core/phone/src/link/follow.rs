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

/// What is known of a transfer from the hub's answers.
#[derive(Debug, Default)]
struct Standing {
    still: u32,
    was_cut: bool,
}

impl Standing {
    fn unanswered(&mut self) {
        self.was_cut = true;
    }

    fn progressed(&mut self) {
        *self = Self::default();
    }

    /// Told the same again: whether the connection counts as stuck.
    fn is_stuck(&mut self) -> bool {
        self.still = self.still.saturating_add(1);
        self.still >= if self.was_cut { STILL_AFTER_CUT_MAX } else { STILL_MAX }
    }
}

impl HubLink {
    /// Follows a transfer; ends when its connection is stuck, and otherwise never.
    pub(super) async fn stuck(&self, upload: &Upload, held: &watch::Sender<u64>, moved: &Moved) {
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
                        moved.more(now);
                        held.send_replace(now);
                        standing.progressed();
                    } else if now < upload.entry.bytes && standing.is_stuck() {
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
        assert!((1..STILL_MAX).all(|_| !standing.is_stuck()));
        assert!(standing.is_stuck());
        standing.progressed();
        assert!(!standing.is_stuck());
        standing.unanswered();
        assert!(standing.is_stuck(), "the link is back and the second answer says the same");
        standing.progressed();
        assert!(!standing.is_stuck() && !standing.is_stuck(), "a cut that was lived through is forgotten");
    }
}
