//! `calendar.toml`.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::super::Name;
use super::super::fault::HOLIDAY_DAYS_MAX;
use super::{Problem, TenantFault, TenantFile, date, named, toml};
use crate::calendar::{BadCalendar, Calendar, Plan};

const FILE: TenantFile = TenantFile::Calendar;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    working_days: Vec<DayEntry>,
    hours: Vec<HoursEntry>,
    #[serde(default)]
    holiday: Vec<HolidayEntry>,
    #[serde(default)]
    worked: Vec<WorkedEntry>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum DayEntry {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursEntry {
    from: String,
    until: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    name: Name,
    from: String,
    until: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkedEntry {
    name: Name,
    date: String,
}

pub(super) fn read(text: &str, zone: TimeZone) -> Result<Calendar, TenantFault> {
    let file: CalendarFile = toml(FILE, text)?;
    let mut hours = Vec::new();
    for entry in &file.hours {
        hours.push((time(&entry.from)?, time(&entry.until)?));
    }
    let mut days_off = BTreeSet::new();
    for entry in &file.holiday {
        days_off.extend(period(entry)?);
    }
    let mut days_worked = BTreeSet::new();
    for entry in &file.worked {
        let item = format!("worked {:?}", entry.name.vi);
        named(FILE, &item, &entry.name)?;
        days_worked.insert(date(FILE, &item, &entry.date)?);
    }
    let working_days = file.working_days.iter().map(|day| weekday(*day)).collect();
    let plan = Plan { zone, hours, working_days, days_off, days_worked };
    Calendar::new(plan).map_err(|bad| FILE.fault(entry_of(bad), Problem::BadCalendar(bad)))
}

fn period(entry: &HolidayEntry) -> Result<impl Iterator<Item = Date>, TenantFault> {
    let item = format!("holiday {:?}", entry.name.vi);
    named(FILE, &item, &entry.name)?;
    let (from, until) = (date(FILE, &item, &entry.from)?, date(FILE, &item, &entry.until)?);
    let days = until.duration_since(from).as_hours() / 24 + 1;
    if !(1..=HOLIDAY_DAYS_MAX).contains(&days) {
        return Err(FILE.fault(item, Problem::BadPeriod(from, until)));
    }
    Ok(std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= until))
}

fn time(text: &str) -> Result<Time, TenantFault> {
    text.parse().map_err(|_| FILE.fault("hours", Problem::BadTime(text.to_owned())))
}

const fn weekday(day: DayEntry) -> Weekday {
    match day {
        DayEntry::Mon => Weekday::Monday,
        DayEntry::Tue => Weekday::Tuesday,
        DayEntry::Wed => Weekday::Wednesday,
        DayEntry::Thu => Weekday::Thursday,
        DayEntry::Fri => Weekday::Friday,
        DayEntry::Sat => Weekday::Saturday,
        DayEntry::Sun => Weekday::Sunday,
    }
}

const fn entry_of(bad: BadCalendar) -> &'static str {
    match bad {
        BadCalendar::NoWorkingDay => "working_days",
        BadCalendar::NoHours | BadCalendar::HoursOutOfOrder(_) => "hours",
        BadCalendar::OffAndWorked(_) => "holiday and worked",
        BadCalendar::OutOfRange(_) => "holiday or worked",
    }
}
