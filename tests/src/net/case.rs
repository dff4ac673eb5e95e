//! One sender, one link, one seed: run, and told in figures.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::net::link::{Link, Plan};
use crate::net::senders::{self, Sender, Tools};
use crate::net::weather::{Cuts, Steady, Weather};

/// Headers of IP and TCP on full packets: 1,400 bytes carry 1,348.
pub const HEADERS: f64 = 1_400.0 / 1_348.0;
/// Bytes of a statement and of its answer, headers and all, as budgets have them.
const STATEMENT_BYTES: (f64, f64) = (2_500.0, 4_000.0);
/// Peers are stopped at this many times the floor.
const PEERS_STOP_AT: f64 = 4.0;
/// Ours is given up at this many.
const OURS_STOPS_AT: f64 = 8.0;

/// Kinds of cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// None.
    None,
    /// The device goes down and sockets are aborted.
    Hard,
    /// Packets vanish, nobody is told.
    Silent,
}

/// What has to be brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// One photo.
    One,
    /// Ten reports with a photo each.
    Morning,
}

/// A link by name or by its figures.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// A link that stays as it is; `None` for one that follows a trace.
    pub steady: Option<Steady>,
    /// A trace; without one and without `steady`, weak 4G.
    pub trace: Option<String>,
    /// Part of the packets that is lost.
    pub loss: f64,
    /// Bytes that each queue holds.
    pub queue_bytes: u64,
    /// Length and distance of cuts, in microseconds.
    pub cut_us: (u64, u64),
}

impl Profile {
    /// Whether it is one of the links on which round trips are dear: 128 kbit/s at most, 0.6 s at least.
    pub fn is_long_and_thin(&self) -> bool {
        self.steady.is_some_and(|link| link.up_bps <= 128_000 && link.one_way_us >= 300_000)
    }

    /// Three round trips and its bytes' time to the IOC, and then the way back of the answer and its bytes' time.
    fn statement_asked_seconds(&self) -> Option<f64> {
        let link = self.steady.filter(|_| self.is_long_and_thin())?;
        let seconds = |bytes: f64, bps: u64| bytes * 8.0 / bps as f64;
        let (up, down) = STATEMENT_BYTES;
        Some(link.one_way_us as f64 * 7.0 / 1e6 + seconds(up, link.up_bps) + seconds(down, link.down_bps))
    }

    fn weather(&self, cut: Cut, seed: u64) -> Result<Weather> {
        let (len_us, every_us) = self.cut_us;
        let dice = fastrand::Rng::with_seed(seed).u64(0..every_us.max(1));
        let cuts = Cuts { first_us: 4_000_000 + dice, every_us, len_us, seed, jitter: 0.3 };
        let cuts = (cut != Cut::None).then_some(cuts);
        match (&self.trace, self.steady) {
            (Some(text), _) => Weather::trace(text, cuts),
            (None, Some(link)) => Ok(Weather::steady(link, cuts)),
            (None, None) => Ok(Weather::weak_4g(seed, cuts)),
        }
    }
}

/// One run.
#[derive(Debug, Clone)]
pub struct Case {
    /// Who.
    pub sender: Sender,
    /// Over which link.
    pub profile: Profile,
    /// Cut how.
    pub cut: Cut,
    /// What.
    pub work: Work,
    /// Chance.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Who.
    pub sender: Sender,
    /// Over which link.
    pub profile: String,
    /// Cut how.
    pub cut: Cut,
    /// What.
    pub work: Work,
    /// Chance.
    pub seed: u64,
    /// Seconds to the end; absent if it was stopped.
    pub seconds: Option<f64>,
    /// The least seconds that this many bytes take on this link.
    pub floor_seconds: f64,
    /// Its bytes.
    #[serde(flatten)]
    pub bytes: Bytes,
    /// What people wait for.
    #[serde(flatten)]
    pub first: First,
    /// Where the way up was there and had nothing to carry for long: seconds since it began, and for how many.
    #[serde(default)]
    pub idle_seconds: Vec<(f64, f64)>,
    /// The bench's own error: the latest packet, in milliseconds.
    pub late_ms: u64,
}

/// When the first of what people wait for was acknowledged.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct First {
    /// Seconds to a statement.
    #[serde(default)]
    pub statement_seconds: Option<f64>,
    /// Seconds to a preview.
    #[serde(default)]
    pub preview_seconds: Option<f64>,
    /// On a long thin link, what is asked of the statement: three round trips and its bytes' time, and the answer's way back, in
    /// seconds.
    #[serde(default)]
    pub statement_asked_seconds: Option<f64>,
}

/// What was carried.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Bytes {
    /// Bytes it had to carry.
    #[serde(rename = "bytes")]
    pub to_carry: u64,
    /// Bytes that left the phone's device.
    #[serde(rename = "sent_bytes")]
    pub sent: u64,
    /// Of these, what overflowed the queue, was lost on the air, and died in cuts.
    #[serde(rename = "gone_bytes", default)]
    pub gone: [u64; 3],
}

impl Outcome {
    /// Times the floor; `None` if it did not end.
    pub fn ratio(&self) -> Option<f64> {
        self.seconds.map(|seconds| seconds / self.floor_seconds)
    }

    /// Bytes that left for each byte to carry.
    pub fn sent_ratio(&self) -> f64 {
        self.bytes.sent as f64 / self.bytes.to_carry.max(1) as f64
    }
}

impl Case {
    fn name(&self) -> String {
        let (cut, work, sender) = (self.cut, self.work, self.sender);
        format!("{}-{work:?}-{cut:?}-{sender:?}-{}", self.profile.name, self.seed).to_lowercase()
    }

    /// Runs it with a link and folder of its own.
    pub fn run(&self, number: usize, tools: &Tools, files: &[PathBuf]) -> Result<Outcome> {
        let folder = tempfile::tempdir()?;
        let weather = self.profile.weather(self.cut, self.seed)?;
        senders::prepare(self.sender, tools, folder.path(), files)?;
        let plan = Plan {
            weather: weather.clone(),
            loss: self.profile.loss,
            queue_bytes: self.profile.queue_bytes,
            hard: self.cut == Cut::Hard,
            seed: self.seed,
            packets: tools.packets.as_ref().map(|folder| folder.join(format!("{}.tsv", self.name()))),
        };
        let link = Link::up(number, &plan)?;
        let hub = senders::hub(self.sender, &link, tools, folder.path())?;
        let before_us = link.start().us();
        let at_least: u64 =
            files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|about| about.len()).sum();
        let stop = if self.sender.is_ours() { OURS_STOPS_AT } else { PEERS_STOP_AT };
        let at_most =
            Duration::from_secs_f64(floor_seconds(&weather, at_least, self.profile.loss, before_us) * stop);
        let sent_before = link.sent_bytes()?;
        let sent = senders::send(self.sender, &link, tools, folder.path(), files, at_most)?;
        let left = link.sent_bytes()?.saturating_sub(sent_before);
        let bytes = Bytes { to_carry: sent.bytes, sent: left, gone: link.gone_bytes() };
        let late_ms = link.late_ms();
        let idle_seconds = idle_seconds(&link.idle_us(before_us), before_us);
        drop((hub, link));
        let seconds = |us: Option<u64>| us.map(|us| us as f64 / 1_000_000.0);
        Ok(Outcome {
            sender: self.sender,
            profile: self.profile.name.clone(),
            cut: self.cut,
            work: self.work,
            seed: self.seed,
            seconds: seconds(sent.done_us),
            floor_seconds: floor_seconds(&weather, sent.bytes, self.profile.loss, before_us),
            bytes,
            first: First {
                statement_seconds: seconds(sent.statement_us),
                preview_seconds: seconds(sent.preview_us),
                statement_asked_seconds: self.profile.statement_asked_seconds(),
            },
            idle_seconds,
            late_ms,
        })
    }
}

/// Shorter gaps are those between two packets, in microseconds.
const IDLE_US_LEAST: u64 = 5_000;

fn idle_seconds(idle_us: &[(u64, u64)], began_us: u64) -> Vec<(f64, f64)> {
    let seconds = |us: u64| (us as f64 / 1_000.0).round() / 1_000.0;
    let long = idle_us.iter().filter(|(from, until)| until - from >= IDLE_US_LEAST);
    long.map(|(from, until)| (seconds(from - began_us), seconds(until - from))).collect()
}

/// The least seconds for so many bytes from this moment on: each bit of the time used in which the link is up, and three
/// round trips.
pub fn floor_seconds(weather: &Weather, bytes: u64, loss: f64, from_us: u64) -> f64 {
    let bits = bytes as f64 * 8.0 * HEADERS;
    let full = weather.full_at(from_us, bits, loss).saturating_sub(from_us);
    full as f64 / 1_000_000.0 + 6.0 * weather.at(from_us).one_way_us as f64 / 1_000_000.0
}

/// Runs all, `at_once` side by side, telling each as it ends.
pub fn run_all(
    cases: Vec<Case>,
    at_once: usize,
    tools: &Tools,
    files: &dyn Fn(Work) -> Vec<PathBuf>,
    tell: &(dyn Fn(&Outcome) + Sync),
) -> Result<Vec<Outcome>> {
    let with_files: VecDeque<_> = cases
        .into_iter()
        .enumerate()
        .map(|(number, case)| {
            let files = files(case.work);
            (number, case, files)
        })
        .collect();
    let queue = Mutex::new(with_files);
    let done = Mutex::new(Vec::new());
    let failed = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..at_once.max(1) {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                    let Some((number, case, files)) = next else { return };
                    match case.run(number, tools, &files) {
                        Ok(outcome) => {
                            tell(&outcome);
                            done.lock().unwrap_or_else(PoisonError::into_inner).push(outcome);
                        }
                        Err(error) => {
                            let error =
                                error.context(format!("{:?} over {}", case.sender, case.profile.name));
                            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                            return;
                        }
                    }
                }
            });
        }
    });
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner)),
    }
}

/// A photo of exactly so many bytes, that every phone takes: what is missing is put into comments, which no decoder shows.
pub fn photo(path: &Path, bytes: usize, seed: u64) -> Result<()> {
    use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
    let mut made = Vec::new();
    for width in [2_400, 1_600, 1_200, 800, 400, 160] {
        let sample = SamplePhoto {
            scene: Scene::Landslide,
            point: paht_model::place::Point::from_degrees(16.27, 107.23)?,
            taken_local: "2026-11-02T07:41:09",
            offset_min: 420,
            width,
            height: width * 3 / 4,
            seed,
        };
        made = sample_photo(&sample)?;
        if made.len() + 8 <= bytes {
            break;
        }
    }
    let mut left = bytes.checked_sub(made.len()).context("no photo is that small")?;
    let (start, rest) = made.split_at(2);
    let mut whole = start.to_vec();
    let mut dice = fastrand::Rng::with_seed(seed);
    while left > 4 {
        // A comment is at most 65,533 bytes long; the last must not leave fewer than four for another.
        let body = (left - 4).min(if left < 65_600 { left } else { 60_000 });
        whole.extend([0xff, 0xfe]);
        whole.extend(u16::try_from(body + 2)?.to_be_bytes());
        whole.extend((0..body).map(|_| dice.u8(0..0xff)));
        left -= body + 4;
    }
    whole.extend_from_slice(rest);
    whole.extend(std::iter::repeat_n(0, left));
    std::fs::write(path, whole)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_is_what_the_design_says() {
        let link = Steady { up_bps: 120_000, down_bps: 200_000, one_way_us: 200_000 };
        let floor = floor_seconds(&Weather::steady(link, None), 1_500_000, 0.02, 0);
        let wanted = 1_500_000.0 * 8.0 * HEADERS / (120_000.0 * 0.98) + 1.2;
        assert!((floor - wanted).abs() < 0.05, "{floor} and {wanted}");
    }

    #[test]
    fn a_photo_has_just_the_bytes_that_are_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [150_000, 700_001, 1_500_000] {
            let path = folder.path().join(format!("{bytes}.jpg"));
            photo(&path, bytes, 3).unwrap();
            assert_eq!(std::fs::metadata(&path).unwrap().len(), bytes as u64);
            let facts = paht_phone::facts::inspect(&path).unwrap();
            assert!(facts.frame.is_some(), "it is taken in");
        }
    }
}
