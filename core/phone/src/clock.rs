//! The phone's clocks: the wall's, the zone's, and the steady one that counts from the start of the phone.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use paht_engine::ports::{Clock, Entropy as _};
use paht_model::ids::Sha256;
use paht_model::time::{ClockReading, UnixMs};
use rustix::time::{ClockId, clock_gettime};

use crate::entropy::SystemEntropy;

/// Việt Nam's offset from UTC, in minutes, where the phone cannot tell its own.
const OFFSET_MIN: i16 = 420;

/// The earliest that it can be, whatever a clock says: when this program was built, or the day of this release where the
/// build does not say (`SOURCE_DATE_EPOCH`).
pub fn built() -> UnixMs {
    let told = option_env!("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse::<i64>().ok());
    // 2026-11-01T00:00:00Z.
    UnixMs::from_millis(told.map_or(1_793_491_200_000, |seconds| seconds.saturating_mul(1_000)))
}

/// The system's clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> ClockReading {
        // The adapter: everybody else takes a `Clock`.
        #[allow(clippy::disallowed_methods)]
        let wall = Timestamp::now();
        ClockReading {
            wall: UnixMs::from_millis(wall.as_millisecond()),
            offset_min: offset_min(wall),
            ticks_ms: ticks_ms(),
            boot: boot(),
        }
    }
}

fn offset_min(at: Timestamp) -> i16 {
    let zone = TimeZone::try_system().ok();
    zone.and_then(|zone| i16::try_from(zone.to_offset(at).seconds() / 60).ok()).unwrap_or(OFFSET_MIN)
}

/// Milliseconds since the phone was started, sleep included.
fn ticks_ms() -> u64 {
    // Elsewhere than on Linux and Android the monotonic clock counts sleep itself.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let clock = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let clock = ClockId::Monotonic;
    let at = clock_gettime(clock);
    let seconds = u64::try_from(at.tv_sec).unwrap_or(0);
    let millis = u64::try_from(at.tv_nsec / 1_000_000).unwrap_or(0);
    seconds.saturating_mul(1_000).saturating_add(millis)
}

/// Which start of the phone this is. Where the system does not name it, every run of the program counts as one: waits
/// then end with the program, and nothing worse.
fn boot() -> u64 {
    static BOOT: OnceLock<u64> = OnceLock::new();
    *BOOT.get_or_init(|| {
        let named = std::fs::read("/proc/sys/kernel/random/boot_id").ok();
        let mut eight = [0; 8];
        match named {
            Some(id) => eight.iter_mut().zip(Sha256::of(&id).as_bytes()).for_each(|(to, from)| *to = *from),
            None => SystemEntropy.fill(&mut eight),
        }
        u64::from_le_bytes(eight)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_never_go_back_and_the_boot_stays_the_same() {
        let first = SystemClock.now();
        let second = SystemClock.now();
        assert!(second.ticks_ms >= first.ticks_ms && first.ticks_ms > 0);
        assert_eq!(first.boot, second.boot);
    }
}
