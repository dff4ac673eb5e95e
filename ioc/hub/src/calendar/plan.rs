//! What an administrator says about working time, and whether it can be worked by.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use super::hours::{MonthDay, Timetable, stretches};
use super::law::{self, Feast};
use super::wall::{DAYS, day_of};
use super::years::Years;
use super::{Calendar, Swap};

/// A calendar as it is written down.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The zone whose wall clock counts.
    pub zone: TimeZone,
    /// When the offices are open on a worked day, in order of their first days.
    pub timetables: Vec<Timetable>,
    /// The days of the week that are worked.
    pub working_days: Vec<Weekday>,
    /// Holidays, weekends among them or not.
    pub days_off: BTreeSet<Date>,
    /// Days worked against their week, for whatever reason.
    pub days_worked: BTreeSet<Date>,
    /// Working days that were given for days of rest.
    pub swaps: Vec<Swap>,
    /// Days off that are not announced yet, also if not among `days_off`.
    pub provisional: BTreeSet<Date>,
    /// The years whose days off are announced and all stand here. Every other year also has those of the law.
    pub known_years: BTreeSet<i16>,
}

/// Why nobody could work by a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCalendar {
    /// No day of the week is worked, so no deadline would ever come.
    #[error("no day of the week is worked")]
    NoWorkingDay,
    /// No hour of a day is worked.
    #[error("no hour of the day is worked")]
    NoHours,
    /// A span closes before it opens, or opens before the one above has closed.
    #[error("opening hours are out of order at {0}")]
    HoursOutOfOrder(Time),
    /// Two timetables begin on one day, or the later one stands first.
    #[error("the seasons since {0} do not begin before those below them")]
    TimetablesOutOfOrder(Date),
    /// A day of the year for which no season says the hours.
    #[error("no season holds on {0}")]
    NoSeason(MonthDay),
    /// A day of the year for which two seasons say the hours.
    #[error("two seasons hold on {0}")]
    TwoSeasons(MonthDay),
    /// A date that is both off and worked.
    #[error("{0} is both a holiday and a worked day")]
    OffAndWorked(Date),
    /// A date before 2000 or after 2999.
    #[error("{0} lies outside the years 2000 to 2999")]
    OutOfRange(Date),
    /// A day given away that was no working day, or one taken that already was.
    #[error("{0} is no working day that could be swapped for a day of rest, or {1} is no day of rest")]
    NoSwap(Date, Date),
    /// A year that is said to be known, without a holiday of the law.
    #[error(
        "{0} ({name}) is worked, but its year is said to be known. Add the holiday, or a worked day if the law has changed",
        name = .1.name().1
    )]
    FeastWorked(Date, Feast),
}

pub(super) fn checked(plan: Plan) -> Result<Calendar, BadCalendar> {
    let mut week = [false; 7];
    for (slot, day) in week.iter_mut().zip(Weekday::Monday.cycle_forward()) {
        *slot = plan.working_days.contains(&day);
    }
    if week == [false; 7] {
        return Err(BadCalendar::NoWorkingDay);
    }
    let stretches = stretches(&plan.timetables)?;
    let (mut off, worked) = taken_together(&plan)?;
    check_known(&plan, &off, &worked)?;
    for year in law::FIRST_YEAR..=law::LAST_YEAR {
        if !plan.known_years.contains(&year) {
            let usual = law::usual(year, |day| plan.working_days.contains(&day));
            off.extend(usual.difference(&worked));
        }
    }
    let exceptions = exceptions(&plan, &off, &worked)?;
    let years = Years::new(plan.known_years, plan.provisional);
    Ok(Calendar::assembled(plan.zone, week, exceptions, stretches, years))
}

/// All days off and all days worked, those of the swaps among them.
fn taken_together(plan: &Plan) -> Result<(BTreeSet<Date>, BTreeSet<Date>), BadCalendar> {
    let (mut off, mut worked) = (plan.days_off.clone(), plan.days_worked.clone());
    let usual = |date: Date| plan.working_days.contains(&date.weekday());
    for &Swap { off: given, worked: taken } in &plan.swaps {
        if !usual(given) || usual(taken) {
            return Err(BadCalendar::NoSwap(given, taken));
        }
        off.insert(given);
        worked.insert(taken);
    }
    match off.intersection(&worked).next() {
        Some(&both) => Err(BadCalendar::OffAndWorked(both)),
        None => Ok((off, worked)),
    }
}

/// A year said to be known has every holiday of the law, unless somebody wrote down that it is worked.
fn check_known(plan: &Plan, off: &BTreeSet<Date>, worked: &BTreeSet<Date>) -> Result<(), BadCalendar> {
    let known = plan.known_years.range(law::FIRST_YEAR..=law::LAST_YEAR);
    for (day, feast) in known.flat_map(|year| law::fixed(*year)) {
        if plan.working_days.contains(&day.weekday()) && !off.contains(&day) && !worked.contains(&day) {
            return Err(BadCalendar::FeastWorked(day, feast));
        }
    }
    Ok(())
}

fn exceptions(
    plan: &Plan,
    off: &BTreeSet<Date>,
    worked: &BTreeSet<Date>,
) -> Result<BTreeMap<i64, i64>, BadCalendar> {
    let usual = |date: &Date| plan.working_days.contains(&date.weekday());
    let off = off.iter().filter(|date| usual(date)).map(|date| (date, -1));
    let worked = worked.iter().filter(|date| !usual(date)).map(|date| (date, 1));
    let mut changes = BTreeMap::new();
    for (date, change) in off.chain(worked) {
        let day = day_of(*date);
        if !(0..DAYS).contains(&day) {
            return Err(BadCalendar::OutOfRange(*date));
        }
        changes.insert(day, change);
    }
    let mut total = 0;
    for change in changes.values_mut() {
        total += *change;
        *change = total;
    }
    Ok(changes)
}
