//! Which years the calendar knows, and which deadlines are therefore not certain.
//!
//! The Government announces a year's days off in the last months of the year before. Until they stand in the calendar, those
//! of the law hold ([`super::law`]), and a deadline reckoned with them is provisional. Nothing that was given moves when
//! they are written down: a deadline is an instant from the moment it is given.

use std::collections::BTreeSet;

use jiff::civil::Date;
use paht_model::time::UnixMs;

use super::Calendar;
use super::law::FIRST_YEAR;
use super::wall::{Wall, day_of};

/// From this month on the next year is asked for.
const ASKED_FROM_MONTH: i8 = 10;

/// What is known of the years.
#[derive(Debug, Clone, Default)]
pub(super) struct Years {
    known: BTreeSet<i16>,
    /// Days off that may still change, counted from the calendar's first day.
    provisional: BTreeSet<i64>,
}

impl Years {
    pub(super) fn new(known: BTreeSet<i16>, provisional: BTreeSet<Date>) -> Self {
        Self { known, provisional: provisional.into_iter().map(day_of).collect() }
    }

    /// Years before the first known one are over; nobody asks for them.
    fn is_unknown(&self, year: i16) -> bool {
        let first = self.known.first().copied().unwrap_or(FIRST_YEAR).max(FIRST_YEAR);
        year >= first && !self.known.contains(&year)
    }
}

impl Calendar {
    /// The year whose days off have to be written down: the present one or, from October on, the next. `None` while all is
    /// known.
    pub fn unknown_year(&self, now: UnixMs) -> Option<i16> {
        let today = Wall::at(now, &self.zone).date();
        let asks = |year: &i16| self.years.is_unknown(*year);
        let next = today.year().checked_add(1).filter(|_| today.month() >= ASKED_FROM_MONTH);
        Some(today.year()).filter(asks).or(next.filter(asks))
    }

    /// The years whose days off are announced and known, in order.
    pub fn known_years(&self) -> impl Iterator<Item = i16> {
        self.years.known.iter().copied()
    }

    /// Whether working time from one instant to another was reckoned with days off that nobody has announced: in a year the
    /// calendar does not know, or on a day that it says may change.
    pub fn is_provisional(&self, from: UnixMs, until: UnixMs) -> bool {
        let (from, until) = (Wall::at(from, &self.zone), Wall::at(until, &self.zone));
        let unknown = (from.year()..=until.year()).any(|year| self.years.is_unknown(year));
        unknown
            || from.day <= until.day && self.years.provisional.range(from.day..=until.day).next().is_some()
    }
}
