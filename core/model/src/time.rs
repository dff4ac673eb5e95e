//! Time as a claim. A phone's clock may be years off, so a capture carries what the clock said, how long the phone had
//! been up, and the hub's time last heard; deadlines run from the hub's receipt alone.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 UTC, as some clock said it. May be negative or far ahead: clocks are wrong.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct UnixMs(#[n(0)] i64);

impl UnixMs {
    /// From milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// This much later, or the last instant there is.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
    /// How many milliseconds from `earlier` to here; negative if `earlier` is later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
    /// What a UUIDv7 can hold of it: a clock before 1970 counts as 1970.
    pub(crate) fn millis_for_ids(self) -> u64 {
        u64::try_from(self.0).unwrap_or(0)
    }
}

/// A reading of the phone's clocks: all of it claims, none of it trusted alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ClockReading {
    /// What the wall clock said.
    #[n(0)]
    pub wall: UnixMs,
    /// Offset of the phone's zone from UTC, in minutes (Việt Nam: 420).
    #[n(1)]
    pub offset_min: i16,
    /// Milliseconds since the phone was started; never set back, starts over with a reboot.
    #[n(2)]
    pub ticks_ms: u64,
    /// Which start of the phone the ticks belong to; another value after each reboot.
    #[n(3)]
    pub boot: u64,
}

/// The hub's time as the phone last heard it, with the phone's own reading at that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct HubTimeMark {
    /// The hub's time.
    #[n(0)]
    pub hub: UnixMs,
    /// The phone's ticks when it was heard, in milliseconds.
    #[n(1)]
    pub ticks_ms: u64,
    /// The start of the phone those ticks belong to.
    #[n(2)]
    pub boot: u64,
}

/// Between when and when something happened, by clocks that can be trusted. `None` where nothing bounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Bracket {
    /// Not before this hub time.
    #[n(0)]
    pub after: Option<UnixMs>,
    /// Not after this hub time.
    #[n(1)]
    pub before: Option<UnixMs>,
}

/// The best knowledge of true time: exact within one run of the phone after hearing the hub, a lower bound after a
/// reboot, and never before `built`, the day this program was built.
pub fn true_time(reading: ClockReading, mark: Option<HubTimeMark>, built: UnixMs) -> TrueTime {
    match mark {
        Some(mark) if mark.boot == reading.boot && reading.ticks_ms >= mark.ticks_ms => {
            let since = i64::try_from(reading.ticks_ms.saturating_sub(mark.ticks_ms)).unwrap_or(i64::MAX);
            TrueTime::Known(mark.hub.plus_millis(since))
        }
        Some(mark) => TrueTime::NotBefore(mark.hub.max(built)),
        None => TrueTime::NotBefore(built),
    }
}

/// What [`true_time`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrueTime {
    /// The hub's clock, carried on by the phone's ticks.
    Known(UnixMs),
    /// Only that it is not earlier than this.
    NotBefore(UnixMs),
}

impl TrueTime {
    /// The earliest it can be.
    pub const fn earliest(self) -> UnixMs {
        match self {
            Self::Known(at) | Self::NotBefore(at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT: UnixMs = UnixMs::from_millis(1_790_000_000_000);

    fn reading(wall: i64, ticks_ms: u64, boot: u64) -> ClockReading {
        ClockReading { wall: UnixMs::from_millis(wall), offset_min: 420, ticks_ms, boot }
    }

    #[test]
    fn ticks_carry_the_hubs_time_whatever_the_wall_says() {
        let mark = HubTimeMark { hub: UnixMs::from_millis(1_793_000_000_000), ticks_ms: 5_000, boot: 9 };
        for wall in [0, 1_793_000_000_000, 2_147_483_648_000] {
            let found = true_time(reading(wall, 65_000, 9), Some(mark), BUILT);
            assert_eq!(found, TrueTime::Known(UnixMs::from_millis(1_793_000_060_000)));
        }
    }

    #[test]
    fn after_a_reboot_only_a_lower_bound_is_left() {
        let mark = HubTimeMark { hub: UnixMs::from_millis(1_793_000_000_000), ticks_ms: 5_000, boot: 9 };
        let found = true_time(reading(0, 100, 10), Some(mark), BUILT);
        assert_eq!(found, TrueTime::NotBefore(UnixMs::from_millis(1_793_000_000_000)));
        assert_eq!(true_time(reading(0, 100, 10), None, BUILT).earliest(), BUILT);
    }
}
