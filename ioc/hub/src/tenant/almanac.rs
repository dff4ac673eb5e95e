//! What `calendar.toml` says, entry by entry with its source, for people who look something up. Deadlines are counted by the
//! [`Calendar`](crate::calendar::Calendar) that was made from it.

use jiff::civil::{Date, Time};

use super::Name;
use crate::calendar::{MonthDay, Swap};

/// The entries of a calendar, in the order of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Almanac {
    /// The years whose days off are announced, each with what announced them.
    pub years: Vec<(i16, String)>,
    /// Opening hours by season; empty where they are the same all year.
    pub seasons: Vec<SeasonEntry>,
    /// Days off.
    pub holidays: Vec<Holiday>,
    /// Days worked against their week, without a day off in exchange.
    pub worked: Vec<WorkedDay>,
    /// Working days given for days of rest.
    pub swaps: Vec<SwapEntry>,
}

/// The opening hours of a part of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonEntry {
    /// What it is called.
    pub name: Name,
    /// The first day on which it may hold.
    pub since: Date,
    /// Its first day in each year.
    pub from: MonthDay,
    /// Its last day.
    pub until: MonthDay,
    /// Opening and closing times, in order.
    pub hours: Vec<(Time, Time)>,
    /// What decided it.
    pub source: String,
}

/// Days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// What they are called.
    pub name: Name,
    /// The first of them.
    pub from: Date,
    /// The last of them.
    pub until: Date,
    /// Not announced yet: it may be other days.
    pub provisional: bool,
    /// What decided it; files older than sources name none.
    pub source: Option<String>,
}

/// A day worked against its week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkedDay {
    /// Why.
    pub name: Name,
    /// Which.
    pub date: Date,
    /// What decided it; files older than sources name none.
    pub source: Option<String>,
}

/// A working day given for a day of rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwapEntry {
    /// What for.
    pub name: Name,
    /// The two days.
    pub days: Swap,
    /// What decided it.
    pub source: String,
}

impl Almanac {
    /// How many entries name no source.
    pub fn unsourced(&self) -> usize {
        let holidays = self.holidays.iter().filter(|entry| entry.source.is_none());
        holidays.count() + self.worked.iter().filter(|entry| entry.source.is_none()).count()
    }
}
