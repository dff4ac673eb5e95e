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
    link: Link,
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

/// What the packets go through.
struct Link {
    /// When it has carried all that it took.
    free_ms: u64,
    /// Bytes a second that it carries.
    rate: u64,
    /// Bytes that its queue holds, and the packets for which there was no room.
    queue_bytes: u64,
    overflowed: u64,
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
            link: Link { free_ms: 0, rate: RATE, queue_bytes: u64::MAX, overflowed: 0 },
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
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
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
                let begins = self.link.free_ms.max(self.now_ms);
                let overflows = (begins - self.now_ms) * self.link.rate / 1_000 + MTU > self.link.queue_bytes;
                self.link.overflowed += u64::from(overflows);
                if !overflows {
                    self.link.free_ms = begins + self.size(self.now_ms) * 1_000 / self.link.rate;
                }
                let lost = overflows || self.is_lost(loss_percent) || self.lost_ones.contains(&self.sent);
                self.sent += 1;
                self.under_way.push_back((self.now_ms, self.link.free_ms + rtt_ms, !lost));
                self.most_queued_ms = self.most_queued_ms.max(self.link.free_ms - self.now_ms);
            }
            self.idle_ms += u64::from(self.link.free_ms < self.now_ms);
        }
    }

    fn take_acks(&mut self) {
        // A loss is known when the third after it is acknowledged.
        let known = |(_, back, arrives): &(u64, u64, bool)| {
            back + if *arrives { 0 } else { 3 * MTU * 1_000 / self.link.rate }
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
        run.link.free_ms = run.now_ms;
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

/// Method: from 16 to 128 kbit/s and from 0.6 to 2.5 s there and back, with a modem's queue; the connection spreads what it
/// sends, and loses some or nothing.
#[test]
fn a_long_thin_link_is_full_and_its_queue_does_not_overflow() {
    for (rate, rtt_ms) in
        [(2_000, 600), (2_000, 2_500), (5_000, 1_200), (8_000, 2_500), (16_000, 700), (16_000, 2_500)]
    {
        for loss_percent in [0, 2] {
            let mut run = Run::new();
            (run.link.rate, run.link.queue_bytes) = (rate, 24_000);
            run.spread.believed_ms = Some(rtt_ms);
            run.go(20_000, loss_percent, rtt_ms);
            (run.idle_ms, run.link.overflowed) = (0, 0);
            run.go(300_000, loss_percent, rtt_ms);
            let link = format!("{rate} bytes a second, {rtt_ms} ms, {loss_percent} % lost");
            assert_eq!(run.link.overflowed, 0, "{link}: packets overflowed");
            assert!(run.idle_ms < 3_000, "{link}: idle for {} ms of 300,000", run.idle_ms);
        }
    }
}
