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
        self.round.may_be_full |= !self.quickest.was_quick(now, sent) || self.quickest.is_getting_old(now);
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
mod tests {
    use super::*;

    const MTU: u64 = 1_400;
    /// EDGE: 15,000 bytes a second, 400 ms there and back.
    const RATE: u64 = 15_000;
    const RTT_MS: u64 = 400;
    const PRODUCT: u64 = RATE * RTT_MS / 1_000;

    /// A sender that always has something to send, over a link with a rate, a delay, a queue and a seeded loss. Returns
    /// the bytes that arrived and how many milliseconds the link stood idle after the first second.
    struct Run {
        pace: Pace,
        start: Instant,
        now_ms: u64,
        /// When sent, when its acknowledgement is back, bytes, and whether it arrives.
        under_way: VecDeque<(u64, u64, bool)>,
        link_free_ms: u64,
        dice: u64,
        /// Packets that are lost whatever the dice say, counted from 0, and how many were sent.
        lost_ones: Vec<u64>,
        sent: u64,
        /// Until then there is only one packet at a time to be sent.
        talks_until_ms: u64,
        spread: Spread,
        idle_ms: u64,
        most_queued_ms: u64,
    }

    /// What keeps packets apart.
    #[derive(Default)]
    struct Spread {
        /// The time between two packets at least, and when the last was sent.
        gap_ms: (u64, u64),
        /// The round trip that the connection believes in, where it spreads by that what it sends; and the bytes that it may
        /// send by now, in thousandths: ten packets at most.
        believed_ms: Option<u64>,
        tokens_milli: u64,
    }

    impl Run {
        fn new() -> Self {
            let start = tokio::time::Instant::now().into_std();
            let pace = Pace::new(Silence::default(), start, 1_400);
            Self {
                pace,
                start,
                now_ms: 0,
                under_way: VecDeque::new(),
                link_free_ms: 0,
                dice: 7,
                lost_ones: Vec::new(),
                sent: 0,
                talks_until_ms: 0,
                spread: Spread::default(),
                idle_ms: 0,
                most_queued_ms: 0,
            }
        }

        fn at(&self, ms: u64) -> Instant {
            self.start + Duration::from_millis(ms)
        }

        fn is_lost(&mut self, percent: u64) -> bool {
            self.dice =
                self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.dice >> 33) % 100 < percent
        }

        fn talks(&self) -> bool {
            self.now_ms < self.talks_until_ms
        }

        /// What is talked is short.
        fn size(&self, sent_ms: u64) -> u64 {
            if sent_ms < self.talks_until_ms { 60 } else { MTU }
        }

        fn may_send(&self) -> bool {
            let has_something = !self.talks() || self.under_way.is_empty();
            let is_time = self.now_ms >= self.spread.gap_ms.0 + self.spread.gap_ms.1;
            let is_turn = self.spread.believed_ms.is_none() || self.spread.tokens_milli >= 1_000 * MTU;
            has_something && is_time && is_turn && self.in_flight() + MTU < self.pace.window()
        }

        /// A window and a quarter in the round trip that is believed in.
        fn refill(&mut self) {
            if let Some(believed_ms) = self.spread.believed_ms {
                let fresh = 1_250 * self.pace.window() / believed_ms;
                self.spread.tokens_milli = (self.spread.tokens_milli + fresh).min(10_000 * MTU);
            }
        }

        fn believe(&mut self, rtt_ms: u64) {
            if let Some(believed_ms) = &mut self.spread.believed_ms {
                *believed_ms = (7 * *believed_ms + rtt_ms) / 8;
                self.pace.spread(Duration::from_millis(*believed_ms), Duration::from_millis(rtt_ms));
            }
        }

        fn in_flight(&self) -> u64 {
            self.under_way.len() as u64 * MTU
        }

        fn go(&mut self, ms: u64, loss_percent: u64, rtt_ms: u64) {
            for _ in 0..ms {
                self.now_ms += 1;
                self.take_acks();
                self.refill();
                while self.may_send() {
                    self.pace.on_sent(self.at(self.now_ms), MTU, 0);
                    self.spread.tokens_milli = self.spread.tokens_milli.saturating_sub(1_000 * MTU);
                    self.spread.gap_ms.1 = self.now_ms;
                    let begins = self.link_free_ms.max(self.now_ms);
                    self.link_free_ms = begins + self.size(self.now_ms) * 1_000 / RATE;
                    let lost = self.is_lost(loss_percent) || self.lost_ones.contains(&self.sent);
                    self.sent += 1;
                    self.under_way.push_back((self.now_ms, self.link_free_ms + rtt_ms, !lost));
                    self.most_queued_ms = self.most_queued_ms.max(self.link_free_ms - self.now_ms);
                }
                self.idle_ms += u64::from(self.link_free_ms < self.now_ms);
            }
        }

        fn take_acks(&mut self) {
            // A loss is known when the third after it is acknowledged.
            let known = |(_, back, arrives): &(u64, u64, bool)| {
                back + if *arrives { 0 } else { 3 * MTU * 1_000 / RATE }
            };
            let (settled, waiting): (Vec<_>, Vec<_>) =
                self.under_way.iter().copied().partition(|packet| known(packet) <= self.now_ms);
            self.under_way = waiting.into();
            let heard = !settled.is_empty();
            for (sent, _, arrives) in settled {
                if arrives {
                    self.believe(self.now_ms - sent);
                }
                let size = self.size(sent);
                let (now, sent) = (self.at(self.now_ms), self.at(sent));
                if arrives {
                    self.pace.acked(now, sent, size, self.talks());
                } else {
                    self.pace.on_congestion_event(now, sent, false, MTU);
                }
            }
            if heard {
                self.pace.on_end_acks(self.at(self.now_ms), self.in_flight(), false, None);
            }
        }
    }

    #[test]
    fn the_link_is_full_and_the_queue_short_whatever_is_lost() {
        for loss_percent in [0, 2, 10] {
            let mut run = Run::new();
            run.go(5_000, loss_percent, RTT_MS);
            (run.idle_ms, run.most_queued_ms) = (0, 0);
            run.go(60_000, loss_percent, RTT_MS);
            assert!(run.idle_ms < 150, "{loss_percent} %: idle for {} ms", run.idle_ms);
            assert!(run.most_queued_ms < 700, "{loss_percent} %: {} ms queued", run.most_queued_ms);
            let window = run.pace.window();
            assert!((PRODUCT..3 * PRODUCT).contains(&window), "{loss_percent} %: {window} bytes");
        }
    }

    #[test]
    fn a_packet_lost_at_the_beginning_is_not_a_full_queue() {
        for first in 0..20 {
            let mut run = Run::new();
            run.lost_ones = vec![first, first + 12];
            run.go(20_000, 0, 5 * RTT_MS);
            assert!(run.idle_ms < 1_800, "{first} lost: idle for {} ms of 20,000", run.idle_ms);
        }
    }

    #[test]
    fn a_round_trip_that_waited_for_a_lost_greeting_does_not_keep_the_link_idle() {
        for (rtt_ms, idle_ms) in [(RTT_MS, 500), (1_500, 3_200)] {
            let mut run = Run::new();
            run.spread.believed_ms = Some(6 * rtt_ms);
            run.go(5_000, 0, rtt_ms);
            assert!(run.idle_ms < idle_ms, "idle for {} ms of 5,000", run.idle_ms);
        }
    }

    #[test]
    fn once_the_rate_is_known_a_round_trip_believed_too_long_makes_no_queue() {
        let mut run = Run::new();
        run.spread.believed_ms = Some(6 * RTT_MS);
        run.go(5_000, 0, RTT_MS);
        run.most_queued_ms = 0;
        run.go(20_000, 2, RTT_MS);
        assert!(run.most_queued_ms < 700, "{} ms queued", run.most_queued_ms);
    }

    #[test]
    fn what_the_first_words_carried_is_not_the_rate_of_the_link() {
        let mut run = Run::new();
        run.talks_until_ms = 2_000;
        run.go(4_000, 0, RTT_MS);
        run.idle_ms = 0;
        run.go(5_000, 0, RTT_MS);
        assert!(run.idle_ms < 100, "idle for {} ms of 5,000", run.idle_ms);
        run.idle_ms = 0;
        run.go(60_000, 0, RTT_MS);
        assert!(run.idle_ms < 100, "idle for {} ms of 60,000: short packets leave sooner", run.idle_ms);
    }

    #[test]
    fn a_rate_that_was_taken_for_too_low_is_soon_found() {
        let mut run = Run::new();
        run.pace.quickest.rtt = Some(Duration::from_millis(5 * RTT_MS + MTU * 1_000 / RATE));
        (run.pace.rates, run.pace.growth.without) = (VecDeque::from([RATE / 10]), ROUNDS_WITHOUT_GROWTH);
        run.pace.aim(run.start);
        // As senders do that spread what they send.
        run.spread.gap_ms.0 = MTU * 1_000 / RATE;
        run.go(30_000, 0, 5 * RTT_MS);
        assert!(run.idle_ms < 10_000, "idle for {} ms of 30,000", run.idle_ms);
    }

    #[test]
    fn looking_how_long_the_link_is_does_not_let_it_stand_idle() {
        let mut run = Run::new();
        run.go(5_000, 0, RTT_MS);
        run.idle_ms = 0;
        run.go(120_000, 0, RTT_MS);
        assert!(run.idle_ms < 100, "idle for {} ms of 120,000", run.idle_ms);
    }

    #[test]
    fn a_link_that_gets_longer_is_believed_after_a_while() {
        let mut run = Run::new();
        run.go(10_000, 1, RTT_MS);
        run.go(60_000, 1, 3 * RTT_MS);
        run.idle_ms = 0;
        run.go(20_000, 1, 3 * RTT_MS);
        assert!(run.idle_ms < 400, "idle for {} ms of 20,000", run.idle_ms);
    }

    #[test]
    fn what_waited_for_the_end_of_a_silence_says_nothing_of_the_links_length() {
        for known_ms in [1_000, 10_000, 20_000] {
            let mut run = Run::new();
            run.go(10_000 + known_ms, 0, RTT_MS);
            // Everything under way is cut for five seconds; of the last packet only the acknowledgement had been.
            let sent = run.at(run.now_ms);
            run.now_ms += 5_400;
            run.link_free_ms = run.now_ms;
            run.under_way.clear();
            let now = run.at(run.now_ms);
            run.pace.acked(now, sent, MTU, false);
            run.pace.on_end_acks(now, 0, false, None);
            assert!(run.pace.window() < 3 * PRODUCT, "{} bytes at once", run.pace.window());
            run.most_queued_ms = 0;
            run.go(8_000, 0, RTT_MS);
            assert!(run.most_queued_ms < 900, "{} ms queued", run.most_queued_ms);
        }
    }

    #[test]
    fn who_asks_in_a_silence_may_send_one_packet_more() {
        let mut run = Run::new();
        run.go(10_000, 0, RTT_MS);
        let under_way = run.in_flight();
        assert!(run.pace.window() <= under_way + MTU, "all that may be under way is");
        run.pace.silence.ask();
        assert!(run.pace.window() > under_way + MTU);
        run.pace.on_sent(run.at(run.now_ms), MTU, 0);
        assert!(run.pace.window() <= under_way + MTU, "one, not more");
    }

    #[test]
    fn after_a_silence_sending_goes_on_beside_what_was_under_way() {
        let mut run = Run::new();
        run.go(10_000, 0, RTT_MS);
        let (window, under_way) = (run.pace.window(), run.in_flight());
        assert!(window < under_way + MTU, "all that may be under way is");
        run.pace.silence.ended();
        assert_eq!(run.pace.window(), window + under_way);
        let (now, lost) = (run.at(run.now_ms), under_way / MTU);
        for _ in 0..lost {
            run.pace.on_congestion_event(now, now, true, MTU);
        }
        assert_eq!(run.pace.window(), window, "what was written off is found lost, and counts no more");
    }
}
