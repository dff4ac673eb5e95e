//! What an administrator says about working time, and whether it can be worked by.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use super::Calendar;
use super::wall::{DAYS, day_of};

/// A calendar as it is written down.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The zone whose wall clock counts.
    pub zone: TimeZone,
    /// Opening and closing times of a worked day, in order.
    pub hours: Vec<(Time, Time)>,
    /// The days of the week that are worked.
    pub working_days: Vec<Weekday>,
    /// Holidays, weekends among them or not.
    pub days_off: BTreeSet<Date>,
    /// Days worked in exchange, against their week.
    pub days_worked: BTreeSet<Date>,
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
    /// A date that is both off and worked.
    #[error("{0} is both a holiday and a worked day")]
    OffAndWorked(Date),
    /// A date before 2000 or after 2999.
    #[error("{0} lies outside the years 2000 to 2999")]
    OutOfRange(Date),
}

pub(super) fn checked(plan: Plan) -> Result<Calendar, BadCalendar> {
    let mut week = [false; 7];
    for (slot, day) in week.iter_mut().zip(Weekday::Monday.cycle_forward()) {
        *slot = plan.working_days.contains(&day);
    }
    if week == [false; 7] {
        return Err(BadCalendar::NoWorkingDay);
    }
    if let Some(&both) = plan.days_off.intersection(&plan.days_worked).next() {
        return Err(BadCalendar::OffAndWorked(both));
    }
    let spans = spans(&plan.hours)?;
    let exceptions = exceptions(&plan)?;
    Ok(Calendar { zone: plan.zone, spans, week, exceptions })
}

fn spans(hours: &[(Time, Time)]) -> Result<Vec<(i64, i64)>, BadCalendar> {
    let mut closed_until = Time::midnight();
    let mut spans = Vec::new();
    for &(open, close) in hours {
        if open < closed_until || close <= open {
            return Err(BadCalendar::HoursOutOfOrder(open));
        }
        spans.push((ms_of(open), ms_of(close)));
        closed_until = close;
    }
    if spans.is_empty() { Err(BadCalendar::NoHours) } else { Ok(spans) }
}

fn ms_of(time: Time) -> i64 {
    time.duration_since(Time::midnight()).as_secs() * 1_000
}

fn exceptions(plan: &Plan) -> Result<BTreeMap<i64, i64>, BadCalendar> {
    let usual = |date: &Date| plan.working_days.contains(&date.weekday());
    let off = plan.days_off.iter().filter(|date| usual(date)).map(|date| (date, -1));
    let worked = plan.days_worked.iter().filter(|date| !usual(date)).map(|date| (date, 1));
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
