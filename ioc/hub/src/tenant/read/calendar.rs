//! `calendar.toml`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::super::Name;
use super::super::almanac::{Almanac, Holiday, SeasonEntry, SwapEntry, WorkedDay};
use super::super::fault::{HOLIDAY_DAYS_MAX, SWAP_DAYS_MAX};
use super::{Problem, TenantFault, TenantFile, date, filled, named, toml};
use crate::calendar::{BadCalendar, Calendar, MonthDay, Plan, Season, Swap, Timetable};

const FILE: TenantFile = TenantFile::Calendar;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    working_days: Vec<DayToml>,
    /// The hours of all days before the first season, or of all days where there are no seasons.
    #[serde(default)]
    hours: Vec<HoursToml>,
    #[serde(default)]
    season: Vec<SeasonToml>,
    #[serde(default)]
    year: Vec<YearToml>,
    #[serde(default)]
    holiday: Vec<HolidayToml>,
    #[serde(default)]
    worked: Vec<WorkedToml>,
    #[serde(default)]
    swap: Vec<SwapToml>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum DayToml {
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
struct HoursToml {
    from: String,
    until: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonToml {
    name: Name,
    since: String,
    from: String,
    until: String,
    hours: Vec<HoursToml>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearToml {
    year: i16,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayToml {
    name: Name,
    from: String,
    until: String,
    #[serde(default)]
    provisional: bool,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkedToml {
    name: Name,
    date: String,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SwapToml {
    name: Name,
    off: String,
    worked: String,
    source: String,
}

/// The calendar that deadlines are counted by, and its entries for people.
pub(super) fn read(text: &str, zone: TimeZone) -> Result<(Calendar, Almanac), TenantFault> {
    let file: CalendarFile = toml(FILE, text)?;
    let almanac = Almanac {
        years: years(&file.year)?,
        seasons: each(file.season, season)?,
        holidays: each(file.holiday, holiday)?,
        worked: each(file.worked, worked)?,
        swaps: each(file.swap, swap)?,
    };
    let plan = Plan {
        zone,
        timetables: timetables(hours("hours", &file.hours)?, &almanac.seasons),
        working_days: file.working_days.iter().map(|day| weekday(*day)).collect(),
        days_off: almanac.holidays.iter().flat_map(days).collect(),
        days_worked: almanac.worked.iter().map(|entry| entry.date).collect(),
        swaps: almanac.swaps.iter().map(|entry| entry.days).collect(),
        provisional: almanac.holidays.iter().filter(|entry| entry.provisional).flat_map(days).collect(),
        known_years: almanac.years.iter().map(|(year, _)| *year).collect(),
    };
    let calendar = Calendar::new(plan).map_err(|bad| FILE.fault(entry_of(bad), Problem::BadCalendar(bad)))?;
    Ok((calendar, almanac))
}

fn each<T, E>(entries: Vec<T>, read: impl Fn(T) -> Result<E, TenantFault>) -> Result<Vec<E>, TenantFault> {
    entries.into_iter().map(read).collect()
}

fn years(entries: &[YearToml]) -> Result<Vec<(i16, String)>, TenantFault> {
    let mut seen = BTreeSet::new();
    let mut years = Vec::new();
    for entry in entries {
        let item = format!("year {}", entry.year);
        filled(FILE, &item, "the source", &entry.source)?;
        if !seen.insert(entry.year) {
            return Err(FILE.fault(item, Problem::Double));
        }
        years.push((entry.year, entry.source.clone()));
    }
    Ok(years)
}

fn season(entry: SeasonToml) -> Result<SeasonEntry, TenantFault> {
    let item = item("season", &entry.name)?;
    filled(FILE, &item, "the source", &entry.source)?;
    let day = |text: &String| {
        MonthDay::parse(text).ok_or_else(|| FILE.fault(&item, Problem::BadMonthDay(text.clone())))
    };
    Ok(SeasonEntry {
        since: date(FILE, &item, &entry.since)?,
        from: day(&entry.from)?,
        until: day(&entry.until)?,
        hours: hours(&item, &entry.hours)?,
        name: entry.name,
        source: entry.source,
    })
}

fn holiday(entry: HolidayToml) -> Result<Holiday, TenantFault> {
    let item = item("holiday", &entry.name)?;
    let source = source(&item, entry.source)?;
    let (from, until) = (date(FILE, &item, &entry.from)?, date(FILE, &item, &entry.until)?);
    let days = until.duration_since(from).as_hours() / 24 + 1;
    if !(1..=HOLIDAY_DAYS_MAX).contains(&days) {
        return Err(FILE.fault(item, Problem::BadPeriod(from, until)));
    }
    Ok(Holiday { name: entry.name, from, until, provisional: entry.provisional, source })
}

fn worked(entry: WorkedToml) -> Result<WorkedDay, TenantFault> {
    let item = item("worked", &entry.name)?;
    let source = source(&item, entry.source)?;
    Ok(WorkedDay { date: date(FILE, &item, &entry.date)?, name: entry.name, source })
}

fn swap(entry: SwapToml) -> Result<SwapEntry, TenantFault> {
    let item = item("swap", &entry.name)?;
    filled(FILE, &item, "the source", &entry.source)?;
    let days = Swap { off: date(FILE, &item, &entry.off)?, worked: date(FILE, &item, &entry.worked)? };
    let apart = days.worked.duration_since(days.off).as_hours().abs() / 24;
    if apart > SWAP_DAYS_MAX {
        return Err(FILE.fault(item, Problem::BadSwap(days.off, days.worked)));
    }
    Ok(SwapEntry { name: entry.name, days, source: entry.source })
}

fn item(kind: &str, name: &Name) -> Result<String, TenantFault> {
    let item = format!("{kind} {:?}", name.vi);
    named(FILE, &item, name)?;
    Ok(item)
}

fn source(item: &str, source: Option<String>) -> Result<Option<String>, TenantFault> {
    if let Some(source) = &source {
        filled(FILE, item, "the source", source)?;
    }
    Ok(source)
}

fn days(entry: &Holiday) -> impl Iterator<Item = Date> {
    let until = entry.until;
    std::iter::successors(Some(entry.from), |day| day.tomorrow().ok()).take_while(move |day| *day <= until)
}

/// Seasons that begin to hold on one day make one timetable. Before the first of them the hours of all year hold.
fn timetables(all_year: Vec<(Time, Time)>, seasons: &[SeasonEntry]) -> Vec<Timetable> {
    let mut tables: BTreeMap<Date, Vec<Season>> = BTreeMap::new();
    for entry in seasons {
        let season = Season { from: entry.from, until: entry.until, hours: entry.hours.clone() };
        tables.entry(entry.since).or_default().push(season);
    }
    let before = (!all_year.is_empty() || seasons.is_empty()).then(|| Timetable::always(all_year));
    let since = tables.into_iter().map(|(since, seasons)| Timetable { since, seasons });
    before.into_iter().chain(since).collect()
}

fn hours(item: &str, entries: &[HoursToml]) -> Result<Vec<(Time, Time)>, TenantFault> {
    let time = |text: &String| -> Result<Time, TenantFault> {
        text.parse().map_err(|_| FILE.fault(item, Problem::BadTime(text.clone())))
    };
    entries.iter().map(|entry| Ok((time(&entry.from)?, time(&entry.until)?))).collect()
}

const fn weekday(day: DayToml) -> Weekday {
    match day {
        DayToml::Mon => Weekday::Monday,
        DayToml::Tue => Weekday::Tuesday,
        DayToml::Wed => Weekday::Wednesday,
        DayToml::Thu => Weekday::Thursday,
        DayToml::Fri => Weekday::Friday,
        DayToml::Sat => Weekday::Saturday,
        DayToml::Sun => Weekday::Sunday,
    }
}

const fn entry_of(bad: BadCalendar) -> &'static str {
    match bad {
        BadCalendar::NoWorkingDay => "working_days",
        BadCalendar::NoHours | BadCalendar::HoursOutOfOrder(_) => "hours",
        BadCalendar::NoSeason(_) | BadCalendar::TwoSeasons(_) | BadCalendar::TimetablesOutOfOrder(_) => {
            "season"
        }
        BadCalendar::NoSwap(..) => "swap",
        BadCalendar::OffAndWorked(_) => "holiday and worked",
        BadCalendar::FeastWorked(..) => "holiday",
        BadCalendar::OutOfRange(_) => "holiday or worked",
    }
}
