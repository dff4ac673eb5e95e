//! Opening hours, which change with the season and by decision: from the hours as they are written down to stretches of days
//! with the same hours.

use jiff::civil::{Date, Time, date};

use super::plan::BadCalendar;
use super::wall::{DAYS, FIRST, day_of};

/// A day of any year, e.g. 1 April.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

/// A year with a 29 February.
const LEAP_YEAR: i16 = 2000;

impl MonthDay {
    /// From text such as `04-01`; `None` if no year has such a day.
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let (month, day) = text.split_once('-').filter(|(month, day)| is_number(month) && is_number(day))?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        Date::new(LEAP_YEAR, month, day).ok().map(|_| Self { month, day })
    }

    fn of(date: Date) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// That day of a year; 1 March for a 29 February that the year does not have.
    fn in_year(self, year: i16) -> Date {
        Date::new(year, self.month, self.day).unwrap_or(date(year, 3, 1))
    }
}

impl std::fmt::Display for MonthDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// The opening hours of a part of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// Its first day.
    pub from: MonthDay,
    /// Its last day, in the next year if it comes before the first.
    pub until: MonthDay,
    /// Opening and closing times of a worked day, in order.
    pub hours: Vec<(Time, Time)>,
}

impl Season {
    /// The same hours all year.
    pub const fn all_year(hours: Vec<(Time, Time)>) -> Self {
        Self { from: MonthDay { month: 1, day: 1 }, until: MonthDay { month: 12, day: 31 }, hours }
    }

    fn holds(&self, day: MonthDay) -> bool {
        if self.from <= self.until {
            (self.from..=self.until).contains(&day)
        } else {
            day >= self.from || day <= self.until
        }
    }
}

/// The seasons that hold from one date until the next timetable begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// Its first day; what is before the first timetable's counts by it too.
    pub since: Date,
    /// They cover each day of a year once.
    pub seasons: Vec<Season>,
}

impl Timetable {
    /// The same hours on every day there is.
    pub fn always(hours: Vec<(Time, Time)>) -> Self {
        Self { since: FIRST, seasons: vec![Season::all_year(hours)] }
    }
}

/// Opening hours of one day as milliseconds of the day, in order, without overlap, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spans(pub(super) Vec<(i64, i64)>);

impl Spans {
    fn parse(hours: &[(Time, Time)]) -> Result<Self, BadCalendar> {
        let ms_of = |time: Time| time.duration_since(Time::midnight()).as_secs() * 1_000;
        let mut closed_until = Time::midnight();
        let mut spans = Vec::new();
        for &(open, close) in hours {
            if open < closed_until || close <= open {
                return Err(BadCalendar::HoursOutOfOrder(open));
            }
            spans.push((ms_of(open), ms_of(close)));
            closed_until = close;
        }
        if spans.is_empty() { Err(BadCalendar::NoHours) } else { Ok(Self(spans)) }
    }

    /// Working time of one worked day, in milliseconds; more than 0.
    pub(super) fn day_ms(&self) -> i64 {
        self.0.iter().map(|(open, close)| close - open).sum()
    }

    /// Whether the offices are open at this time of a worked day; the minutes of opening and closing count.
    pub(super) fn are_open(&self, ms: i64) -> bool {
        self.0.iter().any(|&(open, close)| (open..=close).contains(&ms))
    }

    /// How much of it lies before this time of the day.
    pub(super) fn before_ms(&self, ms: i64) -> i64 {
        self.0.iter().map(|&(open, close)| ms.clamp(open, close) - open).sum()
    }

    /// The time of the day at which this much of it is over.
    pub(super) fn after_ms(&self, mut worked_ms: i64) -> i64 {
        for &(open, close) in &self.0 {
            if worked_ms <= close - open {
                return open + worked_ms;
            }
            worked_ms -= close - open;
        }
        self.0.last().map_or(0, |&(_, close)| close)
    }
}

/// Days in a row with the same hours, up to the next stretch.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Its first day, counted from the calendar's first.
    pub(super) first_day: i64,
    /// The hours of its days.
    pub(super) spans: Spans,
    /// Working time before it, in milliseconds; told by the calendar, which knows the days.
    pub(super) before_ms: i64,
}

/// The stretches of all years, in order; the first begins with the calendar.
pub(super) fn stretches(timetables: &[Timetable]) -> Result<Vec<Stretch>, BadCalendar> {
    let mut found: Vec<Stretch> = Vec::new();
    for (number, timetable) in timetables.iter().enumerate() {
        let next = timetables.get(number + 1).map(|next| next.since);
        if next.is_some_and(|next| next <= timetable.since) {
            return Err(BadCalendar::TimetablesOutOfOrder(timetable.since));
        }
        check(timetable)?;
        let since = if number == 0 { 0 } else { day_of(timetable.since) };
        let until = next.map_or(DAYS, day_of);
        if !(0..DAYS).contains(&since) {
            return Err(BadCalendar::OutOfRange(timetable.since));
        }
        for (first_day, season) in changes(timetable, since, until) {
            let spans = Spans::parse(&season.hours)?;
            if found.last().is_none_or(|last| last.spans != spans) {
                found.push(Stretch { first_day, spans, before_ms: 0 });
            }
        }
    }
    if found.is_empty() { Err(BadCalendar::NoHours) } else { Ok(found) }
}

/// On which days of a timetable which season begins, in order; the first is the day it begins itself.
fn changes(timetable: &Timetable, since: i64, until: i64) -> Vec<(i64, &Season)> {
    let first = FIRST.checked_add(jiff::SignedDuration::from_hours(since * 24)).unwrap_or(FIRST);
    let begun = timetable.seasons.iter().filter(|season| season.holds(MonthDay::of(first)));
    let mut changes: Vec<_> = begun.map(|season| (since, season)).collect();
    if timetable.seasons.len() > 1 {
        for year in first.year()..=LAST_YEAR {
            let days = timetable.seasons.iter().map(|season| (day_of(season.from.in_year(year)), season));
            changes.extend(days.filter(|(day, _)| (since + 1..until).contains(day)));
        }
        changes.sort_by_key(|(day, season)| (*day, season.from));
    }
    changes
}

/// The calendar's last year.
const LAST_YEAR: i16 = 2999;

/// Whether the seasons of a timetable cover each day of a year once.
fn check(timetable: &Timetable) -> Result<(), BadCalendar> {
    for day in date(LEAP_YEAR, 1, 1).series(jiff::Span::new().days(1)).take(366).map(MonthDay::of) {
        match timetable.seasons.iter().filter(|season| season.holds(day)).count() {
            1 => {}
            0 if timetable.seasons.is_empty() => return Err(BadCalendar::NoHours),
            0 => return Err(BadCalendar::NoSeason(day)),
            _ => return Err(BadCalendar::TwoSeasons(day)),
        }
    }
    Ok(())
}
