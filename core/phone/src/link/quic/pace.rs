//! How much may be under way: as much as the link carries, and little more.
//!
//! On a bad link loss says nothing about the rate, and whatever stands in a queue dies with the next cut. So the rate is
//! measured by what arrives, the delay by the quickest round trip, and a little more than their product is kept under
//! way; loss changes nothing. When the hub is heard again after a silence, what was under way is taken for gone, and
//! sending goes on beside it at once.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use quinn::congestion::{Controller, ControllerFactory};
use quinn_proto::RttEstimator;

use super::quickest::Quickest;
use super::silence::Silence;

/// Under way at first, in packets.
const FIRST_PACKETS: u64 = 10;
/// Never less than this under way, in packets.
const LEAST_PACKETS: u64 = 4;
/// A link that fell silent is kept emptier for so long, in milliseconds: whatever is under way dies with the next silence.
const WARY_MS: u64 = 40_000;
/// Measured round trips whose best rate counts.
const ROUNDS: usize = 6;
/// Once the rate is known, a round is this many packets at least: fewer are too coarse to measure by.
const ROUND_PACKETS: u64 = 12;
/// The most that is ever under way, in bytes.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// The rate still grows at first if a round trip carried this much of the one before, in percent.
const GROWS_PERCENT: u64 = 125;
/// Round trips without growth after which the rate is known.
const ROUNDS_WITHOUT_GROWTH: u32 = 2;
/// While the rate still grows, this many packets lost in one round trip, and this part of all, are no longer the weather
/// but a queue that overflows.
const LOST_PACKETS: u64 = 4;
const LOST_PART: u64 = 8;
/// The connection's idea of a round trip lags behind if it is longer than this part of the last one, in percent; and what
/// is made of that at most.
const LAG_PERCENT: u64 = 150;
const LAG_PERCENT_MOST: u64 = 400;

/// Makes [`Pace`]s that share one [`Silence`].
#[derive(Debug, Default)]
pub(super) struct PaceFactory(pub(super) Silence);

impl ControllerFactory for PaceFactory {
    fn build(self: Arc<Self>, now: Instant, mtu: u16) -> Box<dyn Controller> {
        Box::new(Pace::new(self.0.clone(), now, mtu))
    }
}

/// The controller of one connection.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    silence: Silence,
    mtu: u64,
    window: u64,
    round: Round,
    /// Bytes a second of the last round trips, newest last.
    rates: VecDeque<u64>,
    quickest: Quickest,
    /// When the queue was last to be let run empty: what was sent by then met none, and does not show that the link has room.
    emptied: Option<Instant>,
    growth: Growth,
    /// Silences that have ended, and when the last was noticed.
    silences: (u64, Option<Instant>),
    /// How far the connection's own idea of a round trip lags behind the last one, in percent of that.
    lag_percent: u64,
}

/// A round trip being measured: from its first byte on its way to that byte's acknowledgement.
#[derive(Debug, Clone, Copy)]
struct Round {
    began: Instant,
    bytes: u64,
    lost_bytes: u64,
    /// The sender had nothing to send for a while: it says nothing about the link.
    is_idle: bool,
    /// A queue has built up: what this round carries is what the link can.
    is_queued: bool,
    /// Some of it waited in a queue, or the queue was to be let run empty: the link may be full.
    may_be_full: bool,
}

impl Round {
    const fn new(began: Instant) -> Self {
        Self { began, bytes: 0, lost_bytes: 0, is_idle: false, is_queued: false, may_be_full: false }
    }
}

/// At first the window doubles each round trip, for as long as that carries more.
#[derive(Debug, Clone, Copy)]
struct Growth {
    best: u64,
    without: u32,
}

impl Pace {
    fn new(silence: Silence, now: Instant, mtu: u16) -> Self {
        let mtu = u64::from(mtu);
        Self {
            silence,
            mtu,
            window: FIRST_PACKETS * mtu,
            round: Round::new(now),
            rates: VecDeque::new(),
            quickest: Quickest::new(now),
            emptied: None,
            growth: Growth { best: 0, without: 0 },
            silences: (0, None),
            lag_percent: 100,
        }
    }

    /// The connection spreads a window over the round trip as it believes it to be, smoothed over many. Where one of them
    /// waited for a lost greeting, a silence or a queue that is gone, the link would stand idle for seconds.
    fn spread(&mut self, believed: Duration, last: Duration) {
        let lag = believed.as_micros().saturating_mul(100) / last.as_micros().max(1);
        let lag = u64::try_from(lag).unwrap_or(u64::MAX).min(LAG_PERCENT_MOST);
        self.lag_percent = if lag > LAG_PERCENT { lag } else { 100 };
    }

    fn acked(&mut self, now: Instant, sent: Instant, bytes: u64, app_limited: bool) {
        self.silence.settled(bytes);
        self.round.bytes = self.round.bytes.saturating_add(bytes);
        self.round.is_idle |= app_limited;
        let is_full = bytes.saturating_mul(4) >= self.mtu.saturating_mul(3);
        self.quickest.hear(now, sent, is_full, self.packet_time());
        if self.quickest.is_getting_old(now) {
            self.emptied = Some(now);
        }
        let met_none = self.emptied.is_some_and(|emptied| sent <= emptied);
        self.round.may_be_full |= !self.quickest.was_quick(now, sent) || met_none;
        self.round.is_queued |= self.is_queued(now.saturating_duration_since(sent));
        if self.is_growing() && !self.round.is_queued && !app_limited {
            self.window = self.window.saturating_add(bytes).min(MOST_BYTES);
        }
        let coarse = !self.is_growing() && self.round.bytes < ROUND_PACKETS * self.mtu;
        if sent >= self.round.began && !coarse {
            self.round_ends(now);
        }
    }

    fn best_rate(&self) -> u64 {
        self.rates.iter().copied().max().unwrap_or(0)
    }

    /// How long one packet takes to leave; nothing as long as the rate is not known.
    fn packet_time(&self) -> Duration {
        Duration::from_micros((self.mtu * 1_000_000).checked_div(self.best_rate()).unwrap_or(0))
    }

    fn is_growing(&self) -> bool {
        self.growth.without < ROUNDS_WITHOUT_GROWTH
    }

    /// Whether a queue as long as the link itself has built up: more under way would only lengthen it.
    fn is_queued(&self, rtt: Duration) -> bool {
        !self.rates.is_empty() && self.quickest.rtt.is_some_and(|quickest| rtt > quickest * 2)
    }

    fn round_ends(&mut self, now: Instant) {
        let took_us =
            u64::try_from(now.saturating_duration_since(self.round.began).as_micros()).unwrap_or(u64::MAX);
        let rate = self.round.bytes.saturating_mul(1_000_000) / took_us.max(1);
        let best = self.best_rate();
        // An idle sender's rate counts only if it is better than what is known.
        if !self.round.is_idle || rate > best {
            if self.rates.len() == ROUNDS {
                self.rates.pop_front();
            }
            self.rates.push_back(rate);
            self.judge_growth(rate);
            // Only now is the rate known by which it is to go on; and a link on which nothing waits anywhere carries more.
            if self.round.is_queued {
                self.growth.without = ROUNDS_WITHOUT_GROWTH;
            } else if !self.round.may_be_full && !self.is_growing() {
                self.growth = Growth { best: rate, without: 0 };
            }
        }
        self.round = Round::new(now);
    }

    fn judge_growth(&mut self, rate: u64) {
        if rate.saturating_mul(100) >= self.growth.best.saturating_mul(GROWS_PERCENT) {
            self.growth = Growth { best: rate, without: 0 };
        } else {
            self.growth.without = self.growth.without.saturating_add(1);
        }
    }

    /// Beyond the product of rate and delay: what keeps the link busy when acknowledgements come in pairs and packets are
    /// lost, a quarter and two packets; half of it where silences are to be feared.
    fn spare(&mut self, now: Instant, product: u64) -> u64 {
        let endings = self.silence.endings();
        if endings != self.silences.0 {
            self.silences = (endings, Some(now));
        }
        let wary = self
            .silences
            .1
            .is_some_and(|at| now.saturating_duration_since(at) < Duration::from_millis(WARY_MS));
        let spare = product / 4 + 2 * self.mtu;
        if wary { spare / 2 } else { spare }
    }

    /// Rate times delay, and what is to spare; while the quickest round trip is getting old, less, so that
    /// the queue empties and the link's own delay can be seen. In whole packets, lest the link stand idle for a part of one.
    fn aim(&mut self, now: Instant) {
        let Some(quickest) = self.quickest.rtt else { return };
        let rate = self.best_rate();
        let micros = u64::try_from(quickest.as_micros()).unwrap_or(u64::MAX);
        let product = rate.saturating_mul(micros) / 1_000_000;
        let spare = self.spare(now, product);
        let nearest = |bytes: u64| (bytes + self.mtu / 2) / self.mtu * self.mtu;
        let old = self.quickest.is_getting_old(now);
        let aim = if old { product.next_multiple_of(self.mtu) } else { nearest(product + spare) };
        self.window = aim.clamp(LEAST_PACKETS * self.mtu, MOST_BYTES);
    }
}

impl Controller for Pace {
    fn on_sent(&mut self, _: Instant, bytes: u64, _: u64) {
        self.silence.sent(bytes);
    }

    fn on_ack(&mut self, now: Instant, sent: Instant, bytes: u64, app_limited: bool, rtt: &RttEstimator) {
        self.acked(now, sent, bytes, app_limited);
        self.spread(rtt.get(), now.saturating_duration_since(sent));
    }

    fn on_end_acks(&mut self, now: Instant, in_flight: u64, _: bool, _: Option<u64>) {
        self.silence.under_way_is(in_flight);
        if !self.is_growing() {
            self.aim(now);
        }
    }

    fn on_congestion_event(&mut self, now: Instant, _: Instant, _: bool, lost_bytes: u64) {
        self.silence.settled(lost_bytes);
        self.round.lost_bytes = self.round.lost_bytes.saturating_add(lost_bytes);
        // At first much loss is the end of growing: the queue is full. Little, and later all, is the weather.
        let much = (LOST_PACKETS * self.mtu).max(self.window / LOST_PART);
        if self.is_growing() && self.quickest.rtt.is_some() && self.round.lost_bytes >= much {
            self.growth.without = ROUNDS_WITHOUT_GROWTH;
            self.aim(now);
        }
    }

    fn on_mtu_update(&mut self, mtu: u16) {
        self.mtu = u64::from(mtu);
    }

    /// It is asked for both how much may be under way and how fast to send, which makes up for the lag.
    fn window(&self) -> u64 {
        let under_way = self.silence.under_way();
        // The connection keeps less than this under way.
        let window = self.window.saturating_add(self.silence.written_off()).saturating_add(1);
        if self.silence.asks() {
            window.max(under_way.saturating_add(self.mtu).saturating_add(1))
        } else if under_way.saturating_add(self.mtu) < window {
            window.saturating_mul(self.lag_percent) / 100
        } else {
            window
        }
    }

    fn clone_box(&self) -> Box<dyn Controller> {
        Box::new(self.clone())
    }

    fn initial_window(&self) -> u64 {
        FIRST_PACKETS * self.mtu
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

#[cfg(test)]
mod tests;
