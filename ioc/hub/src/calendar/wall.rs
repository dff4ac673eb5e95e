//! The tenant's wall clock: an instant as a day and a time of that day.

use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use paht_model::time::UnixMs;

/// The calendar's first day.
pub(super) const FIRST: Date = date(2000, 1, 1);
/// How many days it has: to the end of the year 2999.
pub(super) const DAYS: i64 = 365_243;
const DAY_MS: i64 = 86_400_000;

/// A moment on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wall {
    /// Days since the calendar's first, from 0 to `DAYS` - 1.
    pub(super) day: i64,
    /// Milliseconds since midnight by the wall clock.
    pub(super) ms: i64,
}

impl Wall {
    const START: Self = Self { day: 0, ms: 0 };
    pub(super) const END: Self = Self { day: DAYS - 1, ms: DAY_MS - 1 };

    /// What the clock shows at an instant, held within the calendar.
    pub(super) fn at(instant: UnixMs, zone: &TimeZone) -> Self {
        let Ok(timestamp) = Timestamp::from_millisecond(instant.millis()) else {
            return if instant.millis() < 0 { Self::START } else { Self::END };
        };
        let shown = zone.to_datetime(timestamp);
        let ms = shown.time().duration_since(Time::midnight()).as_millis();
        let wall = Self { day: day_of(shown.date()), ms: i64::try_from(ms).unwrap_or(0) };
        wall.clamp(Self::START, Self::END)
    }

    /// The instant at which the clock shows this; the earlier of two where clocks were put back.
    pub(super) fn instant(self, zone: &TimeZone) -> UnixMs {
        let since_first = SignedDuration::from_millis(self.day * DAY_MS + self.ms);
        let shown = FIRST.at(0, 0, 0, 0).checked_add(since_first);
        let instant = shown.and_then(|shown| zone.to_timestamp(shown));
        // A day of the calendar is always one of jiff's, which end with the year 9999.
        instant.map_or(UnixMs::from_millis(i64::MAX), |instant| UnixMs::from_millis(instant.as_millisecond()))
    }

    pub(super) fn earlier_by_one_ms(self) -> Self {
        Self { day: self.day, ms: (self.ms - 1).max(0) }
    }

    pub(super) fn date(self) -> Date {
        FIRST.checked_add(SignedDuration::from_hours(self.day * 24)).unwrap_or(FIRST)
    }

    pub(super) fn year(self) -> i16 {
        self.date().year()
    }
}

/// Days from the calendar's first to this date; negative before it.
pub(super) fn day_of(date: Date) -> i64 {
    date.duration_since(FIRST).as_hours() / 24
}
