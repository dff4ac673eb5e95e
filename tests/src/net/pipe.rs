//! One direction of a link: what becomes of a packet, decided when it is offered. Pure: time is told, chance is seeded.

use std::collections::VecDeque;

use crate::net::weather::Weather;

/// What becomes of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It comes out at this moment, in microseconds.
    Arrives(u64),
    /// The queue is full.
    Overflows,
    /// Lost on the air.
    Lost,
    /// A cut began before it was through.
    Cut,
}

/// One direction: a queue, a rate, a delay, a loss.
#[derive(Debug)]
pub struct Pipe {
    weather: Weather,
    up: bool,
    loss: f64,
    queue_bytes: u64,
    dice: fastrand::Rng,
    /// When the last packet has left the queue, in microseconds.
    free_us: u64,
    /// When the last one comes out, in microseconds: none overtakes another.
    last_us: u64,
    /// Packets in the queue: when each has left it, and its bytes.
    queued: VecDeque<(u64, u64)>,
    /// From when to when it had nothing to carry before the last packet that was offered.
    idle_us: Option<(u64, u64)>,
}

impl Pipe {
    /// A direction of a link with this weather.
    pub fn new(weather: Weather, up: bool, loss: f64, queue_bytes: u64, seed: u64) -> Self {
        let dice = fastrand::Rng::with_seed(seed);
        let queued = VecDeque::new();
        Self { weather, up, loss, queue_bytes, dice, free_us: 0, last_us: 0, queued, idle_us: None }
    }

    /// From when to when, in microseconds, it was up and had nothing to carry before the last packet that was offered.
    pub const fn idle_us(&self) -> Option<(u64, u64)> {
        self.idle_us
    }

    /// A packet of so many bytes is offered.
    pub fn offer(&mut self, now_us: u64, bytes: u64) -> Fate {
        // Chance is asked once for each packet, so that one seed means one fate whatever the clock does.
        let is_lost = self.dice.f64() < self.loss;
        self.idle_us = None;
        if let Some(end_us) = self.weather.cut_at(now_us) {
            self.free_us = self.free_us.min(end_us);
            self.queued.clear();
            return Fate::Cut;
        }
        while self.queued.front().is_some_and(|(leaves, _)| *leaves <= now_us) {
            self.queued.pop_front();
        }
        let waiting: u64 = self.queued.iter().map(|(_, bytes)| bytes).sum();
        if waiting + bytes > self.queue_bytes {
            return Fate::Overflows;
        }
        let idle_from_us = self.free_us.max(self.weather.last_end(now_us));
        self.idle_us = (idle_from_us < now_us).then_some((idle_from_us, now_us));
        let leaves = self.weather.left_at(self.free_us.max(now_us), bytes, self.up);
        let arrives = (leaves + self.weather.at(leaves).one_way_us).max(self.last_us);
        if let Some(cut_us) = self.weather.next_cut(now_us).filter(|cut| *cut < arrives) {
            // The queue dies with the link: what comes after finds it empty.
            self.free_us = leaves.min(cut_us);
            return Fate::Cut;
        }
        self.free_us = leaves;
        self.last_us = arrives;
        self.queued.push_back((leaves, bytes));
        // Lost after it has used the air.
        if is_lost { Fate::Lost } else { Fate::Arrives(arrives) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::weather::{Cuts, Steady};

    const EDGE: Steady = Steady { up_bps: 120_000, down_bps: 200_000, one_way_us: 200_000 };

    fn pipe(cuts: Option<Cuts>, loss: f64, seed: u64) -> Pipe {
        Pipe::new(Weather::steady(EDGE, cuts), true, loss, 24_000, seed)
    }

    #[test]
    fn the_rate_is_kept_and_the_delay_is_right() {
        let mut pipe = pipe(None, 0.0, 1);
        let (mut now, mut last, mut bytes) = (0, 0, 0);
        while now < 60_000_000 {
            if let Fate::Arrives(at) = pipe.offer(now, 1_400) {
                (last, bytes) = (at, bytes + 1_400);
            }
            now += 10_000;
        }
        assert_eq!(pipe_alone(), 1_400 * 8_000_000 / 120_000 + 200_000);
        let rate = bytes * 8_000_000 / (last - 200_000);
        assert!((118_800..=121_200).contains(&rate), "{rate} bit/s");
    }

    fn pipe_alone() -> u64 {
        match pipe(None, 0.0, 1).offer(0, 1_400) {
            Fate::Arrives(at) => at,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_does_not_fit_the_queue_overflows() {
        let mut pipe = pipe(None, 0.0, 1);
        let fates: Vec<Fate> = (0..30).map(|_| pipe.offer(0, 1_400)).collect();
        assert_eq!(fates.iter().filter(|fate| **fate == Fate::Overflows).count(), 30 - 17);
    }

    #[test]
    fn a_cut_swallows_what_is_offered_in_it_and_what_is_under_way() {
        let cuts =
            Cuts { first_us: 1_000_000, every_us: 15_000_000, len_us: 5_000_000, seed: 3, jitter: 0.0 };
        let mut pipe = pipe(Some(cuts), 0.0, 1);
        assert!(matches!(pipe.offer(0, 1_400), Fate::Arrives(_)));
        assert_eq!(pipe.offer(900_000, 1_400), Fate::Cut, "200 ms to go, 100 ms left");
        assert_eq!(pipe.offer(3_000_000, 1_400), Fate::Cut);
        let after = pipe.offer(6_000_000, 1_400);
        assert_eq!(after, Fate::Arrives(6_000_000 + 93_333 + 200_000), "the queue is empty after it");
        assert_eq!(pipe.idle_us(), None, "it was cut until now");
    }

    #[test]
    fn it_tells_how_long_it_had_nothing_to_carry() {
        let mut pipe = pipe(None, 0.0, 1);
        pipe.offer(0, 1_500);
        assert_eq!(pipe.idle_us(), None);
        pipe.offer(50_000, 1_500);
        assert_eq!(pipe.idle_us(), None, "the first is not through");
        pipe.offer(350_000, 1_500);
        assert_eq!(pipe.idle_us(), Some((200_000, 350_000)));
        pipe.offer(350_000, 1_500);
        assert_eq!(pipe.idle_us(), None);
    }

    #[test]
    fn a_queue_is_carried_at_the_rate_of_each_spell_and_nothing_overtakes() {
        let weather =
            Weather::trace("0 8000 8000 1500\n10 800000 800000 40\n20 8000 8000 40\n", None).unwrap();
        let mut pipe = Pipe::new(weather, true, 0.0, 64_000, 1);
        let (mut last, mut bytes) = (0, 0);
        for now_ms in 0..19_000_u64 {
            if let Fate::Arrives(at) = pipe.offer(now_ms * 1_000, 1_000) {
                assert!(at >= last, "{at} after {last}");
                (last, bytes) = (at, if at < 20_000_000 { bytes + 1_000 } else { bytes });
            }
        }
        // 10 kB in the first spell, less its delay, and nearly a megabyte in the second.
        assert!((960_000..=1_010_000).contains(&bytes), "{bytes} bytes");
    }

    #[test]
    fn one_seed_is_one_fate() {
        let run = |seed| {
            let mut pipe = pipe(None, 0.1, seed);
            (0..500).map(|at| pipe.offer(at * 100_000, 500)).collect::<Vec<_>>()
        };
        assert_eq!(run(5), run(5));
        assert_ne!(run(5), run(6));
        let lost = run(5).iter().filter(|fate| **fate == Fate::Lost).count();
        assert!((25..=80).contains(&lost), "{lost} of 500");
    }
}
