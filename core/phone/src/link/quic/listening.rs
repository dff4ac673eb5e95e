//! Noticing silence. While somebody waits for an answer, a link on which nothing comes for longer than a round trip is
//! silent: small probes go out, and as soon as anything comes, sending goes on.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::Road;

/// How often it is listened, in milliseconds.
pub(super) const LISTEN_MS: u64 = 100;
/// Nothing for this long is silence, in milliseconds, if the link's own round trip is not longer.
const SILENT_MS: u64 = 600;
/// Nothing for this long was a cut, in milliseconds, if two round trips are not longer: less is a lost packet or two.
const CUT_MS: u64 = 1_000;
/// How often a silent link is probed, in milliseconds.
const PROBE_MS: u64 = 500;
/// Bytes that may wait to be sent on all streams together.
pub(super) const SEND_WINDOW_BYTES: u64 = 512 * 1024;

/// How long nothing is heard, by the link's own round trip, until that was a cut.
pub(super) fn cut_after(rtt: Duration) -> Duration {
    Duration::from_millis(CUT_MS).max(rtt.saturating_mul(2))
}

/// What was heard.
#[derive(Debug)]
pub(super) struct Listening {
    /// How many wait for an answer.
    waiting: usize,
    datagrams: u64,
    heard: Instant,
    probed: Instant,
    /// When the last cut was over.
    over: Option<Instant>,
}

/// What follows from listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finding {
    Nothing,
    /// A silence has ended.
    Ended,
    /// It is silent, and time to ask.
    Probe,
}

impl Listening {
    pub(super) fn new(now: Instant) -> Self {
        Self { waiting: 0, datagrams: 0, heard: now, probed: now, over: None }
    }

    /// Somebody begins to wait: what was silent before, when nobody waited for anything, is no silence.
    fn begin(&mut self, now: Instant) {
        if self.waiting == 0 {
            self.heard = now;
        }
        self.waiting = self.waiting.saturating_add(1);
    }

    fn end(&mut self) {
        self.waiting = self.waiting.saturating_sub(1);
    }

    fn look(&mut self, datagrams: u64, rtt: Duration, now: Instant) -> Finding {
        let silent = Duration::from_millis(SILENT_MS).max(rtt.saturating_mul(3) / 2);
        let since = now.saturating_duration_since(self.heard);
        if datagrams != self.datagrams {
            self.datagrams = datagrams;
            self.heard = now;
            // What comes first after a cut comes with gaps: they are no cuts of their own.
            let cut = cut_after(rtt);
            let again =
                self.over.is_some_and(|over| now.saturating_duration_since(over) < cut.saturating_mul(2));
            if since > cut && !again {
                self.over = Some(now);
                return Finding::Ended;
            }
            return Finding::Nothing;
        }
        let probed = now.saturating_duration_since(self.probed);
        if since > silent && probed >= Duration::from_millis(PROBE_MS) {
            self.probed = now;
            return Finding::Probe;
        }
        Finding::Nothing
    }
}

/// Somebody who waits for an answer.
#[must_use]
pub(super) struct Waiting(Arc<Mutex<Listening>>);

impl Drop for Waiting {
    fn drop(&mut self) {
        crate::phone::locked(&self.0).end();
    }
}

impl Road {
    /// Somebody waits for an answer, for as long as they hold this.
    pub(super) fn begin_listening(&self) -> Waiting {
        crate::phone::locked(&self.listening).begin(Instant::now());
        Waiting(Arc::clone(&self.listening))
    }

    /// Listens, and does what follows.
    pub(super) fn listen(&self) {
        let datagrams = self.connection.stats().udp_rx.datagrams;
        let rtt = self.connection.rtt();
        let finding = crate::phone::locked(&self.listening).look(datagrams, rtt, Instant::now());
        match finding {
            Finding::Nothing => {}
            Finding::Ended => {
                self.silence.ended();
                // Makes it look again at what it may send.
                self.connection.set_send_window(SEND_WINDOW_BYTES);
            }
            // One byte, that whatever gets it throws away: the answer is its acknowledgement.
            Finding::Probe => {
                self.silence.ask();
                let _ = self.connection.send_datagram(Bytes::from_static(&[0]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RTT: Duration = Duration::from_millis(400);

    #[test]
    fn a_silence_is_probed_and_its_end_is_told_once() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut listening = Listening::new(start);
        assert_eq!(listening.look(1, RTT, at(100)), Finding::Nothing);
        assert_eq!(listening.look(1, RTT, at(650)), Finding::Nothing, "not yet a silence");
        assert_eq!(listening.look(1, RTT, at(750)), Finding::Probe);
        assert_eq!(listening.look(1, RTT, at(850)), Finding::Nothing, "not at every look");
        assert_eq!(listening.look(1, RTT, at(1_250)), Finding::Probe);
        assert_eq!(listening.look(2, RTT, at(5_000)), Finding::Ended);
        assert_eq!(listening.look(3, RTT, at(5_050)), Finding::Nothing);
        assert_eq!(listening.look(4, RTT, at(6_200)), Finding::Nothing, "a gap after it is none of its own");
        assert_eq!(listening.look(5, RTT, at(6_900)), Finding::Nothing, "a lost packet");
        assert_eq!(listening.look(6, RTT, at(12_000)), Finding::Ended);
    }

    #[test]
    fn a_long_way_is_no_silence() {
        let start = Instant::now();
        let mut listening = Listening::new(start);
        let rtt = Duration::from_secs(3);
        assert_eq!(listening.look(0, rtt, start + Duration::from_secs(4)), Finding::Nothing);
        assert_eq!(listening.look(0, rtt, start + Duration::from_secs(5)), Finding::Probe);
    }

    #[test]
    fn a_quiet_night_is_no_silence() {
        let start = Instant::now();
        let mut listening = Listening::new(start);
        let morning = start + Duration::from_secs(30_000);
        listening.begin(morning);
        assert_eq!(listening.look(0, RTT, morning + Duration::from_millis(100)), Finding::Nothing);
        assert_eq!(listening.look(1, RTT, morning + Duration::from_millis(400)), Finding::Nothing);
    }

    #[test]
    fn who_asks_in_a_silence_does_not_end_it() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut listening = Listening::new(start);
        listening.begin(start);
        assert_eq!(listening.look(1, RTT, at(100)), Finding::Nothing);
        listening.begin(at(4_800));
        assert_eq!(listening.look(2, RTT, at(5_000)), Finding::Ended);
        listening.end();
        listening.end();
        listening.begin(at(60_000));
        assert_eq!(listening.look(3, RTT, at(60_400)), Finding::Nothing, "nobody waited for anything");
    }
}
