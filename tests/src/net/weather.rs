//! What a link is like at each moment: steady or after a trace, and when it is cut. All of it follows from seeds.

use anyhow::{Context, Result, bail};

/// The link at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steady {
    /// Bits a second from the phone to the hub.
    pub up_bps: u64,
    /// Bits a second from the hub to the phone.
    pub down_bps: u64,
    /// Delay each way, in microseconds.
    pub one_way_us: u64,
}

/// Cuts, about every so often for about so long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cuts {
    /// The first begins about here, in microseconds.
    pub first_us: u64,
    /// From one beginning to the next, in microseconds.
    pub every_us: u64,
    /// How long, in microseconds.
    pub len_us: u64,
    /// Moves beginnings and lengths.
    pub seed: u64,
    /// By at most this part of the length.
    pub jitter: f64,
}

impl Cuts {
    /// Beginning and end of the cut with this number.
    fn cut(&self, number: u64) -> (u64, u64) {
        let mut dice = fastrand::Rng::with_seed(self.seed.wrapping_mul(1_000_003).wrapping_add(number));
        let mut moved = |by: u64| {
            let part = (dice.f64() * 2.0 - 1.0) * self.jitter;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let moved = (by as f64 * (1.0 + part)) as u64;
            moved
        };
        let len = moved(self.len_us);
        let begins =
            (self.first_us + number * self.every_us + moved(self.len_us)).saturating_sub(self.len_us);
        (begins, begins + len)
    }
}

/// A link over time.
#[derive(Debug, Clone)]
pub struct Weather {
    /// From when on, in microseconds, rising from 0.
    spells: Vec<(u64, Steady)>,
    /// After this it begins again, in microseconds.
    again_us: u64,
    cuts: Option<Cuts>,
}

impl Weather {
    /// Always the same.
    pub fn steady(link: Steady, cuts: Option<Cuts>) -> Self {
        Self { spells: vec![(0, link)], again_us: u64::MAX, cuts }
    }

    /// After a trace: lines of `seconds up_bps down_bps one_way_ms`, the seconds rising from 0; the last spell lasts as long as
    /// the one before.
    pub fn trace(text: &str, cuts: Option<Cuts>) -> Result<Self> {
        let mut spells: Vec<(u64, Steady)> = Vec::new();
        for (place, line) in
            text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let numbers: Result<Vec<f64>, _> = line.split_whitespace().map(str::parse).collect();
            let numbers = numbers.with_context(|| format!("line {}: no numbers", place + 1))?;
            let &[seconds, up, down, one_way_ms] = numbers.as_slice() else {
                bail!("line {}: wanted seconds, up_bps, down_bps, one_way_ms", place + 1);
            };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let link = Steady {
                up_bps: up.max(1.0) as u64,
                down_bps: down.max(1.0) as u64,
                one_way_us: (one_way_ms.max(0.0) * 1_000.0) as u64,
            };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let from = (seconds * 1_000_000.0) as u64;
            if spells.last().map_or(from != 0, |(last, _)| from <= *last) {
                bail!("line {}: the seconds must rise from 0", place + 1);
            }
            spells.push((from, link));
        }
        let &[.., (before, _), (last, _)] = spells.as_slice() else {
            bail!("a trace has two lines at least")
        };
        Ok(Self { again_us: last + (last - before), spells, cuts })
    }

    /// A weak 4G day, 5 to 300 kbit/s and 0.1 to 3 s there and back, with two good windows, told in ten minutes.
    pub fn weak_4g(seed: u64, cuts: Option<Cuts>) -> Self {
        let mut dice = fastrand::Rng::with_seed(seed);
        let mut spells = Vec::new();
        for second in 0..600_u64 {
            let good = (180..210).contains(&second) || (420..450).contains(&second);
            // A spell lasts two to six seconds.
            if !(good && (second == 180 || second == 420)) && second % dice.u64(2..=6) != 0 {
                continue;
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let link = if good {
                Steady { up_bps: 4_000_000, down_bps: 8_000_000, one_way_us: 40_000 }
            } else {
                // As many spells between 5 and 40 kbit/s as between 40 and 300.
                let up = 5_000.0 * 60.0_f64.powf(dice.f64());
                Steady {
                    up_bps: up as u64,
                    down_bps: (up * 2.0) as u64,
                    one_way_us: dice.u64(50_000..1_500_000),
                }
            };
            spells.push((second * 1_000_000, link));
        }
        if spells.first().is_none_or(|(from, _)| *from > 0) {
            spells.insert(0, (0, Steady { up_bps: 40_000, down_bps: 80_000, one_way_us: 300_000 }));
        }
        Self { spells, again_us: 600_000_000, cuts }
    }

    /// The link at a moment.
    pub fn at(&self, now_us: u64) -> Steady {
        let within = now_us % self.again_us;
        let place = self.spells.partition_point(|(from, _)| *from <= within).saturating_sub(1);
        self.spells.get(place).map_or(Steady { up_bps: 1, down_bps: 1, one_way_us: 0 }, |(_, link)| *link)
    }

    /// When so many bytes have left that begin to leave at this moment, each spell at its own rate.
    pub fn left_at(&self, from_us: u64, bytes: u64, up: bool) -> u64 {
        let (mut now, mut bits) = (from_us, bytes * 8);
        loop {
            let link = self.at(now);
            let bps = if up { link.up_bps } else { link.down_bps }.max(1);
            let until = self.changes_at(now);
            let takes = bits * 1_000_000 / bps;
            if now.saturating_add(takes) <= until {
                return now + takes;
            }
            bits = bits.saturating_sub((until - now) * bps / 1_000_000).max(1);
            now = until;
        }
    }

    /// When the spell ends that this moment is in.
    fn changes_at(&self, now_us: u64) -> u64 {
        if self.spells.len() < 2 {
            return u64::MAX;
        }
        let within = now_us % self.again_us;
        let next =
            self.spells.iter().map(|(from, _)| *from).find(|from| *from > within).unwrap_or(self.again_us);
        now_us - within + next
    }

    /// When the cut ends that this moment is in.
    pub fn cut_at(&self, now_us: u64) -> Option<u64> {
        self.near(now_us).find(|(begins, ends)| (*begins..*ends).contains(&now_us)).map(|(_, ends)| ends)
    }

    /// When the next cut begins.
    pub fn next_cut(&self, now_us: u64) -> Option<u64> {
        self.near(now_us).map(|(begins, _)| begins).find(|begins| *begins > now_us)
    }

    /// When the last cut before this moment ended; 0 if there was none.
    pub fn last_end(&self, now_us: u64) -> u64 {
        self.near(now_us).map(|(_, ends)| ends).filter(|ends| *ends <= now_us).max().unwrap_or(0)
    }

    /// Beginning and end of the cuts around a moment.
    pub fn near(&self, now_us: u64) -> impl Iterator<Item = (u64, u64)> + '_ {
        self.cuts.into_iter().flat_map(move |cuts| {
            let number = now_us.saturating_sub(cuts.first_us) / cuts.every_us.max(1);
            (number.saturating_sub(1)..number + 3).map(move |number| cuts.cut(number))
        })
    }

    /// The moment by which, from this one on, so many bits of packets could have gone up, each bit of the time used that is not cut.
    pub fn full_at(&self, from_us: u64, bits: f64, loss: f64) -> u64 {
        const STEP_US: u64 = 10_000;
        let (mut left, mut now) = (bits / (1.0 - loss), from_us);
        while left > 0.0 && now < 48 * 3_600 * 1_000_000 {
            if self.cut_at(now).is_none() {
                #[allow(clippy::cast_precision_loss)]
                let carried = self.at(now).up_bps as f64 * STEP_US as f64 / 1_000_000.0;
                left -= carried;
            }
            now += STEP_US;
        }
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUTS: Cuts =
        Cuts { first_us: 5_000_000, every_us: 15_000_000, len_us: 5_000_000, seed: 9, jitter: 0.3 };

    #[test]
    fn cuts_take_about_their_part_of_the_time_and_are_the_same_each_time() {
        let link = Steady { up_bps: 1, down_bps: 1, one_way_us: 0 };
        let (one, other) = (Weather::steady(link, Some(CUTS)), Weather::steady(link, Some(CUTS)));
        let cut = |weather: &Weather| {
            (0..60_000).map(|at| weather.cut_at(at * 10_000).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(cut(&one), cut(&other));
        let part = cut(&one).iter().filter(|cut| **cut).count();
        assert!((17_000..23_000).contains(&part), "{part} of 60,000");
    }

    #[test]
    fn a_trace_is_followed_and_begins_again() {
        let weather = Weather::trace("# s up down ms\n0 1000 2000 50\n10 3000 4000 20\n", None).unwrap();
        assert_eq!(weather.at(9_999_999).up_bps, 1_000);
        assert_eq!(weather.at(10_000_000), Steady { up_bps: 3_000, down_bps: 4_000, one_way_us: 20_000 });
        assert_eq!(weather.at(20_000_000).up_bps, 1_000);
        for wrong in
            ["", "0 1 1 1", "5 1 1 1\n6 1 1 1", "0 1 1 1\n0 1 1 1", "0 1 1\n1 1 1 1", "0 x 1 1\n1 1 1 1"]
        {
            assert!(Weather::trace(wrong, None).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_floor_of_a_steady_link_is_its_rate() {
        let link = Steady { up_bps: 120_000, down_bps: 1, one_way_us: 0 };
        let full = Weather::steady(link, None).full_at(0, 12_000_000.0, 0.0);
        assert!((99_900_000..=100_100_000).contains(&full), "{full}");
        let cut = Weather::steady(link, Some(CUTS)).full_at(0, 12_000_000.0, 0.0);
        assert!((140_000_000..=160_000_000).contains(&cut), "{cut}");
    }

    #[test]
    fn a_weak_day_is_weak_and_has_two_good_windows() {
        let weather = Weather::weak_4g(4, None);
        let good = (0..600).filter(|second| weather.at(second * 1_000_000).up_bps > 300_000).count();
        assert!((50..=80).contains(&good), "{good} good seconds");
        for second in (0..170_u64).chain(230..410) {
            let now = weather.at(second * 1_000_000);
            assert!(
                (5_000..=300_000).contains(&now.up_bps) && now.one_way_us <= 1_500_000,
                "{now:?} at {second}"
            );
        }
    }
}
