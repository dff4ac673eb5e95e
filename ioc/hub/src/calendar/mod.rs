//! Working time. A deadline runs only while the offices are open: not at lunch, not on Sunday, not over Tết.
//!
//! Every instant is first read as a day and a time of that day on the tenant's wall clock. From there all questions are
//! answered by one number, the working time passed since the calendar's first day: it comes from the repeating week, a
//! short list of exceptions and one of stretches with the same opening hours ([`hours`]), so a deadline a century away costs
//! no more than one tomorrow. For a year that nobody has announced yet ([`years`]) the days off of the law are reckoned
//! ([`law`], [`lunar`]).

mod hours;
mod law;
mod lunar;
mod plan;
mod wall;
mod years;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use paht_model::time::UnixMs;

use hours::Stretch;
pub use hours::{MonthDay, Season, Timetable};
pub use law::Feast;
pub use plan::{BadCalendar, Plan};
use wall::{DAYS, Wall};
use years::Years;

/// Milliseconds in an hour.
const HOUR_MS: i64 = 3_600_000;

/// How long an agency has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Allowance {
    /// Hours while the offices are open.
    Working(u32),
    /// Hours by the clock, nights and holidays included.
    Plain(u32),
}

/// A working day that the Government gave for a day of rest, or the other way round: which of the two comes first does not
/// matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    /// The working day that is off.
    pub off: Date,
    /// The day of rest that is worked for it.
    pub worked: Date,
}

/// A tenant's working time: the hours of a day by season, the days of a week, and the days that differ.
///
/// It reaches from 2000-01-01 to 2999-12-31 in the tenant's zone; an earlier instant counts as its first, a later one
/// as its last. Working time is measured by the wall clock, also where a zone puts its clocks forward or back.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    /// Whether each day of a week is worked, Monday first; at least one is.
    week: [bool; 7],
    /// For each day that differs from its week: how many working days more (or fewer) there are up to its end.
    exceptions: BTreeMap<i64, i64>,
    /// Opening hours, from the first day on; never empty.
    stretches: Vec<Stretch>,
    years: Years,
}

impl Calendar {
    /// From a plan; refused if no time in it is worked or it contradicts itself.
    pub fn new(plan: Plan) -> Result<Self, BadCalendar> {
        plan::checked(plan)
    }

    /// When `working_hours` of working time have passed since `from`: always an instant in working time (the closing
    /// minute counts), never before `from` (or the calendar's first instant). With 0 hours it is `from` itself or, if
    /// the offices are closed then, their next opening. If the calendar ends sooner, its last working instant.
    pub fn deadline(&self, from: UnixMs, working_hours: u32) -> UnixMs {
        let start = Wall::at(from, &self.zone);
        let passed = self.worked_before(start);
        let found = match working_hours {
            0 if self.opens_at(start) => start,
            0 => self.after_working(passed.saturating_add(1)).earlier_by_one_ms(),
            hours => self.after_working(passed.saturating_add(i64::from(hours).saturating_mul(HOUR_MS))),
        };
        found.instant(&self.zone)
    }

    /// When this much has passed since `from`. Plain hours never look at the calendar.
    pub fn due(&self, from: UnixMs, allowance: Allowance) -> UnixMs {
        match allowance {
            Allowance::Working(hours) => self.deadline(from, hours),
            Allowance::Plain(hours) => from.plus_millis(i64::from(hours).saturating_mul(HOUR_MS)),
        }
    }

    /// Working time from `a` to `b`, in milliseconds; negative if `b` is the earlier.
    pub fn working_ms_between(&self, a: UnixMs, b: UnixMs) -> i64 {
        let until = |instant| self.worked_before(Wall::at(instant, &self.zone));
        until(b).saturating_sub(until(a))
    }

    /// Whether the offices are open then; the minutes of opening and closing count.
    pub fn is_working(&self, at: UnixMs) -> bool {
        self.opens_at(Wall::at(at, &self.zone))
    }

    /// The year on the tenant's wall clock, for case codes.
    pub fn year(&self, at: UnixMs) -> i16 {
        Wall::at(at, &self.zone).year()
    }

    /// The tenant's zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn assembled(
        zone: TimeZone,
        week: [bool; 7],
        exceptions: BTreeMap<i64, i64>,
        mut stretches: Vec<Stretch>,
        years: Years,
    ) -> Self {
        let bare = Self { zone, week, exceptions, stretches: Vec::new(), years };
        let (mut before_ms, mut since, mut day_ms) = (0, 0, 0);
        for stretch in &mut stretches {
            let days = bare.days_before(stretch.first_day) - bare.days_before(since);
            before_ms += days * day_ms;
            (stretch.before_ms, since, day_ms) = (before_ms, stretch.first_day, stretch.spans.day_ms());
        }
        Self { stretches, ..bare }
    }

    fn opens_at(&self, wall: Wall) -> bool {
        let worked = self.days_before(wall.day.saturating_add(1)) > self.days_before(wall.day);
        worked && self.stretch_at(wall.day).is_some_and(|stretch| stretch.spans.are_open(wall.ms))
    }

    /// The stretch that this day is in; there always is one.
    fn stretch_at(&self, day: i64) -> Option<&Stretch> {
        let begun = self.stretches.partition_point(|stretch| stretch.first_day <= day);
        self.stretches.get(begun.saturating_sub(1))
    }

    /// Working time from the calendar's first day until then, in milliseconds.
    fn worked_before(&self, wall: Wall) -> i64 {
        let Some(stretch) = self.stretch_at(wall.day) else { return 0 };
        let before = self.days_before(wall.day);
        let today = self.days_before(wall.day.saturating_add(1)) - before;
        let days = before - self.days_before(stretch.first_day);
        stretch.before_ms + days * stretch.spans.day_ms() + today * stretch.spans.before_ms(wall.ms)
    }

    /// How many worked days there are before this one.
    fn days_before(&self, day: i64) -> i64 {
        let in_week = |days: usize| -> i64 {
            // Day 0, 1 January 2000, was a Saturday: the sixth of its week.
            self.week.iter().cycle().skip(5).take(days).map(|&worked| i64::from(worked)).sum()
        };
        let rest = usize::try_from(day.rem_euclid(7)).unwrap_or(0);
        let regular = day.div_euclid(7) * in_week(7) + in_week(rest);
        let differing = self.exceptions.range(..day).next_back().map_or(0, |(_, &total)| total);
        regular + differing
    }

    /// The earliest moment at which this much working time (at least 1 ms) has passed since the calendar's first day; its
    /// last working moment if there is less.
    fn after_working(&self, worked_ms: i64) -> Wall {
        let all_ms = self.worked_before(Wall::END);
        let worked_ms = worked_ms.clamp(1, all_ms.max(1));
        let begun = self.stretches.partition_point(|stretch| stretch.before_ms < worked_ms);
        let Some(stretch) = self.stretches.get(begun.saturating_sub(1)) else { return Wall::END };
        let (rest, day_ms) = (worked_ms - stretch.before_ms, stretch.spans.day_ms());
        let full_days = (rest - 1) / day_ms;
        let day = self.first_day_with(self.days_before(stretch.first_day) + full_days + 1);
        Wall { day, ms: stretch.spans.after_ms(rest - full_days * day_ms) }
    }

    /// The day that is the `count`-th worked one, by halving: `days_before` never falls.
    fn first_day_with(&self, count: i64) -> i64 {
        let (mut low, mut high) = (0, DAYS - 1);
        while low < high {
            let middle = i64::midpoint(low, high);
            if self.days_before(middle + 1) >= count {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests;
