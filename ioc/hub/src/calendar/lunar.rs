//! The Vietnamese lunar calendar: from a lunar day to the day people write down.
//!
//! A month begins on the day of a new moon. The month that holds the winter solstice is the eleventh. Where thirteen months lie
//! between two such months, the first in which the sun enters no new sign is a leap month and takes the number of the one
//! before it. All days are days of UTC+7, the zone of the law (decree 121/CP of 1967), whatever a tenant's clock shows:
//! that is why Tết is a day before China's in 2007 and 2030, and a month before it in 1985.
//!
//! Source of the formulas: Jean Meeus, Astronomical Algorithms (2nd edition), chapter 49 for the new moon (error: seconds)
//! and chapter 25 for the sun (error: a hundredth of a degree, a quarter of an hour).

use std::ops::RangeInclusive;

use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::wall::{FIRST, day_of};

/// A lunar day, by the number of its month; never one of a leap month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LunarDay {
    /// 1 to 9: the months that lie wholly in the year people write.
    pub(super) month: u8,
    /// 1 to 29: every month has as many.
    pub(super) day: u8,
}

impl LunarDay {
    /// Lunar New Year's Day.
    pub(super) const TET: Self = Self { month: 1, day: 1 };
    /// The day of the Hùng Kings.
    pub(super) const HUNG_KINGS: Self = Self { month: 3, day: 10 };

    /// The same day in this year; `None` outside [`YEARS`].
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        let year = Some(year).filter(|year| YEARS.contains(year))?;
        let (before, after) = (eleventh_month(year - 1)?, eleventh_month(year)?);
        let regular = i32::from(self.month) + 1;
        let leaps_before = leap_month(before, after).is_some_and(|leap| leap <= regular);
        let month = before + regular + i32::from(leaps_before);
        let day = new_moon_day(month) + i32::from(self.day) - 1;
        FIRST.checked_add(SignedDuration::from_hours(i64::from(day) * 24)).ok()
    }
}

/// The years for which the formulas are good enough.
pub(super) const YEARS: RangeInclusive<i16> = 1900..=2199;
/// Julian date of the calendar's first midnight, were its zone Greenwich.
const FIRST_JULIAN: f64 = 2_451_544.5;
/// Ahead of Greenwich, in days.
const ZONE_DAYS: f64 = 7.0 / 24.0;
/// Mean time from one new moon to the next, in days.
const MONTH_DAYS: f64 = 29.530_588_861;
/// Julian date of the new moon that is counted as number 0, on 6 January 2000.
const NEW_MOON_0: f64 = 2_451_550.097_66;
/// The sign that the sun enters at the winter solstice, of twelve.
const WINTER: i32 = 9;

/// The number of the new moon that begins the month of this year's winter solstice.
fn eleventh_month(year: i16) -> Option<i32> {
    let last = i32::try_from(day_of(date(year, 12, 31))).ok()?;
    let mean = (f64::from(last) + FIRST_JULIAN - NEW_MOON_0) / MONTH_DAYS;
    let begins = |month: &i32| {
        let day = new_moon_day(*month);
        day <= last && sign(day) < WINTER
    };
    // The true new moon is never a day off the mean one.
    let newest = whole(mean) + 1;
    (newest - 3..=newest).rev().find(begins)
}

/// Which month after the eleventh is the leap one, counted from it, if one is.
fn leap_month(before: i32, after: i32) -> Option<i32> {
    let same_sign =
        |month: &i32| sign(new_moon_day(before + month)) == sign(new_moon_day(before + month + 1));
    (1..after - before).find(same_sign).filter(|_| after - before == 13)
}

/// In which twelfth of its way the sun is when this day begins: 0 from the spring equinox on.
fn sign(day: i32) -> i32 {
    let centuries = (f64::from(day) + FIRST_JULIAN - ZONE_DAYS + ahead_days(day) - 2_451_545.0) / 36_525.0;
    whole(sun_degrees(centuries).rem_euclid(360.0) / 30.0)
}

/// The day on which a new moon falls, counted from the calendar's first.
fn new_moon_day(number: i32) -> i32 {
    let julian = new_moon(f64::from(number));
    let day = |julian: f64| whole(julian - FIRST_JULIAN + ZONE_DAYS);
    day(julian - ahead_days(day(julian)))
}

/// How far the even time of the formulas is ahead of clocks, in days. Source: Espenak and Meeus, for 2005 to 2050; before
/// and after it is off by less than a minute from 1960 to 2100.
fn ahead_days(day: i32) -> f64 {
    let years = f64::from(day) / 365.25;
    (62.92 + 0.322_17 * years + 0.005_589 * years * years) / 86_400.0
}

/// The largest whole number that is not above it.
#[allow(clippy::cast_possible_truncation, reason = "days and months of some thousand years")]
fn whole(number: f64) -> i32 {
    number.floor() as i32
}

/// The sun's apparent longitude, in degrees, `t` centuries after noon of 1 January 2000.
fn sun_degrees(t: f64) -> f64 {
    let mean = 280.466_46 + t * (36_000.769_83 + t * 0.000_303_2);
    let anomaly = (357.529_11 + t * (35_999.050_29 - t * 0.000_153_7)).to_radians();
    let centre = (1.914_602 - t * (0.004_817 + t * 0.000_014)) * anomaly.sin()
        + (0.019_993 - t * 0.000_101) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    mean + centre - 0.005_69 - 0.004_78 * (125.04 - 1_934.136 * t).to_radians().sin()
}

/// Julian date of a new moon, in the even time of the formulas.
fn new_moon(number: f64) -> f64 {
    let t = number / 1_236.85;
    let t2 = t * t;
    let mean =
        NEW_MOON_0 + MONTH_DAYS * number + t2 * (0.000_154_37 - t * (0.000_000_15 - t * 0.000_000_000_73));
    let e = 1.0 - t * (0.002_516 + t * 0.000_007_4);
    let sun = 2.5534 + 29.105_356_70 * number - t2 * (0.000_001_4 + t * 0.000_000_11);
    let moon =
        201.5643 + 385.816_935_28 * number + t2 * (0.010_758_2 + t * (0.000_012_38 - t * 0.000_000_058));
    let node =
        160.7108 + 390.670_502_84 * number - t2 * (0.001_611_8 + t * (0.000_002_27 - t * 0.000_000_011));
    let rising = 124.7746 - 1.563_755_88 * number + t2 * (0.002_067_2 + t * 0.000_002_15);
    let sine = |degrees: f64| degrees.to_radians().sin();
    let waves = WAVES.iter().map(|&(days, of_sun, of_moon, of_node)| {
        let faded = match whole(of_sun.abs()) {
            0 => 1.0,
            1 => e,
            _ => e * e,
        };
        days * faded * sine(of_sun * sun + of_moon * moon + of_node * node)
    });
    let planets = PLANETS.iter().map(|&(days, start, step)| days * sine(start + step * number));
    let jupiter = 0.000_325 * sine(299.77 + 0.107_408 * number - 0.009_173 * t2);
    mean + waves.sum::<f64>() + planets.sum::<f64>() + jupiter - 0.000_17 * sine(rising)
}

/// Days, and how often the anomalies of sun and moon and the moon's argument of latitude count.
const WAVES: [(f64, f64, f64, f64); 24] = [
    (-0.407_20, 0.0, 1.0, 0.0),
    (0.172_41, 1.0, 0.0, 0.0),
    (0.016_08, 0.0, 2.0, 0.0),
    (0.010_39, 0.0, 0.0, 2.0),
    (0.007_39, -1.0, 1.0, 0.0),
    (-0.005_14, 1.0, 1.0, 0.0),
    (0.002_08, 2.0, 0.0, 0.0),
    (-0.001_11, 0.0, 1.0, -2.0),
    (-0.000_57, 0.0, 1.0, 2.0),
    (0.000_56, 1.0, 2.0, 0.0),
    (-0.000_42, 0.0, 3.0, 0.0),
    (0.000_42, 1.0, 0.0, 2.0),
    (0.000_38, 1.0, 0.0, -2.0),
    (-0.000_24, -1.0, 2.0, 0.0),
    (-0.000_07, 2.0, 1.0, 0.0),
    (0.000_04, 0.0, 2.0, -2.0),
    (0.000_04, 3.0, 0.0, 0.0),
    (0.000_03, 1.0, 1.0, -2.0),
    (0.000_03, 0.0, 2.0, 2.0),
    (-0.000_03, 1.0, 1.0, 2.0),
    (0.000_03, -1.0, 1.0, 2.0),
    (-0.000_02, -1.0, 1.0, -2.0),
    (-0.000_02, 1.0, 3.0, 0.0),
    (0.000_02, 0.0, 4.0, 0.0),
];

/// Days, and the angle in degrees at number 0 and from one new moon to the next.
const PLANETS: [(f64, f64, f64); 13] = [
    (0.000_165, 251.88, 0.016_321),
    (0.000_164, 251.83, 26.651_886),
    (0.000_126, 349.42, 36.412_478),
    (0.000_110, 84.66, 18.206_239),
    (0.000_062, 141.74, 53.303_771),
    (0.000_060, 207.14, 2.453_732),
    (0.000_056, 154.84, 7.306_860),
    (0.000_047, 34.52, 27.261_239),
    (0.000_042, 207.19, 0.121_824),
    (0.000_040, 291.34, 1.844_379),
    (0.000_037, 161.72, 24.198_154),
    (0.000_035, 239.56, 25.513_099),
    (0.000_023, 331.55, 3.592_518),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Tết and Hùng Kings' Day as (month, day, month, day), from 1968 on. Source: new moons and solstices of the `PyEphem`
    /// library (VSOP87 and a full theory of the moon) by the same rule; from 1980 to 2099 the same as the table of Tết in `PyPI`'s
    /// `holidays` 0.109, from 2007 on as its table of Hùng Kings' Day.
    const TABLE: [(i8, i8, i8, i8); 132] = [
        (1, 29, 4, 7),
        (2, 16, 4, 26),
        (2, 6, 4, 15),
        (1, 27, 4, 5),
        (2, 15, 4, 23),
        (2, 3, 4, 12),
        (1, 23, 4, 2),
        (2, 11, 4, 20),
        (1, 31, 4, 9),
        (2, 18, 4, 27),
        (2, 7, 4, 16),
        (1, 28, 4, 6),
        (2, 16, 4, 24),
        (2, 5, 4, 14),
        (1, 25, 4, 3),
        (2, 13, 4, 22),
        (2, 2, 4, 10),
        (1, 21, 4, 29),
        (2, 9, 4, 18),
        (1, 29, 4, 7),
        (2, 17, 4, 25),
        (2, 6, 4, 15),
        (1, 27, 4, 5),
        (2, 15, 4, 24),
        (2, 4, 4, 12),
        (1, 23, 4, 1),
        (2, 10, 4, 20),
        (1, 31, 4, 9),
        (2, 19, 4, 27),
        (2, 7, 4, 16),
        (1, 28, 4, 6),
        (2, 16, 4, 25),
        (2, 5, 4, 14),
        (1, 24, 4, 3),
        (2, 12, 4, 22),
        (2, 1, 4, 11),
        (1, 22, 4, 28),
        (2, 9, 4, 18),
        (1, 29, 4, 7),
        (2, 17, 4, 26),
        (2, 7, 4, 15),
        (1, 26, 4, 4),
        (2, 14, 4, 23),
        (2, 3, 4, 12),
        (1, 23, 3, 31),
        (2, 10, 4, 19),
        (1, 31, 4, 9),
        (2, 19, 4, 28),
        (2, 8, 4, 16),
        (1, 28, 4, 6),
        (2, 16, 4, 25),
        (2, 5, 4, 14),
        (1, 25, 4, 2),
        (2, 12, 4, 21),
        (2, 1, 4, 10),
        (1, 22, 4, 29),
        (2, 10, 4, 18),
        (1, 29, 4, 7),
        (2, 17, 4, 26),
        (2, 6, 4, 16),
        (1, 26, 4, 4),
        (2, 13, 4, 23),
        (2, 2, 4, 12),
        (1, 23, 4, 1),
        (2, 11, 4, 19),
        (1, 31, 4, 9),
        (2, 19, 4, 28),
        (2, 8, 4, 17),
        (1, 28, 4, 6),
        (2, 15, 4, 24),
        (2, 4, 4, 13),
        (1, 24, 4, 3),
        (2, 12, 4, 20),
        (2, 1, 4, 10),
        (1, 22, 4, 29),
        (2, 10, 4, 19),
        (1, 30, 4, 7),
        (2, 17, 4, 26),
        (2, 6, 4, 15),
        (1, 26, 4, 4),
        (2, 14, 4, 22),
        (2, 2, 4, 11),
        (1, 23, 4, 1),
        (2, 11, 4, 20),
        (2, 1, 4, 9),
        (2, 18, 4, 28),
        (2, 8, 4, 17),
        (1, 28, 4, 6),
        (2, 15, 4, 24),
        (2, 4, 4, 13),
        (1, 24, 4, 2),
        (2, 12, 4, 21),
        (2, 2, 4, 10),
        (1, 21, 3, 31),
        (2, 9, 4, 19),
        (1, 29, 4, 8),
        (2, 17, 4, 26),
        (2, 5, 4, 15),
        (1, 26, 4, 4),
        (2, 14, 4, 23),
        (2, 3, 4, 11),
        (1, 23, 4, 1),
        (2, 11, 4, 20),
        (1, 31, 4, 9),
        (2, 19, 4, 27),
        (2, 7, 4, 16),
        (1, 27, 4, 5),
        (2, 15, 4, 24),
        (2, 5, 4, 13),
        (1, 24, 4, 2),
        (2, 12, 4, 21),
        (2, 2, 4, 11),
        (1, 22, 3, 30),
        (2, 9, 4, 18),
        (1, 29, 4, 7),
        (2, 17, 4, 26),
        (2, 6, 4, 14),
        (1, 26, 4, 3),
        (2, 14, 4, 22),
        (2, 3, 4, 12),
        (1, 24, 4, 1),
        (2, 10, 4, 20),
        (1, 30, 4, 9),
        (2, 18, 4, 28),
        (2, 7, 4, 16),
        (1, 27, 4, 5),
        (2, 15, 4, 24),
        (2, 5, 4, 13),
        (1, 25, 4, 2),
        (2, 12, 4, 21),
        (2, 1, 4, 11),
        (1, 21, 4, 29),
    ];

    #[test]
    fn tet_and_the_hung_kings_fall_on_the_days_of_the_tables() {
        for (year, &(tet_month, tet_day, hung_month, hung_day)) in (1968..).zip(&TABLE) {
            assert_eq!(LunarDay::TET.in_year(year), Some(date(year, tet_month, tet_day)));
            assert_eq!(LunarDay::HUNG_KINGS.in_year(year), Some(date(year, hung_month, hung_day)));
        }
    }

    /// Method: the years in which China's day differs, with what newspapers of the time told.
    #[test]
    fn where_the_neighbours_calendar_differs_the_days_are_vietnams() {
        for tet in [
            date(1968, 1, 29),
            date(1969, 2, 16),
            date(1985, 1, 21),
            date(2007, 2, 17),
            date(2026, 2, 17),
            date(2027, 2, 6),
            date(2028, 1, 26),
            date(2029, 2, 13),
            date(2030, 2, 2),
            date(2053, 2, 18),
        ] {
            assert_eq!(LunarDay::TET.in_year(tet.year()), Some(tet));
        }
    }

    #[test]
    fn every_year_of_the_formulas_has_its_days_and_no_other_has() {
        for year in YEARS {
            let (tet, hung) = (LunarDay::TET.in_year(year), LunarDay::HUNG_KINGS.in_year(year));
            let (tet, hung) = (tet.unwrap(), hung.unwrap());
            assert!((date(year, 1, 20)..=date(year, 2, 22)).contains(&tet), "{tet}");
            // Two months of 29 or 30 days and nine days, or a leap month more.
            let days = day_of(hung) - day_of(tet);
            assert!((67..=69).contains(&days) || (96..=99).contains(&days), "{hung}");
        }
        for year in [i16::MIN, 1899, 2200, i16::MAX] {
            assert_eq!(LunarDay::TET.in_year(year), None);
        }
    }
}
