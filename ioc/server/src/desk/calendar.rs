//! The working time as the desk can look it up: what deadlines are counted by, entry by entry with its source.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use paht_hub::tenant::{Holiday, Name, SeasonEntry, SwapEntry, Tenant, WorkedDay};
use paht_model::time::UnixMs;
use serde::Serialize;

use super::token::Bearer;
use crate::hub::Hub;
use crate::problem::Problem;

#[derive(Serialize)]
struct CalendarView<'t> {
    /// The year whose days off have to be written down; absent while all is known.
    unknown_year: Option<i16>,
    years: Vec<YearView<'t>>,
    seasons: Vec<SeasonView<'t>>,
    holidays: Vec<HolidayView<'t>>,
    worked: Vec<WorkedView<'t>>,
    swaps: Vec<SwapView<'t>>,
}

#[derive(Serialize)]
struct YearView<'t> {
    year: i16,
    source: &'t str,
}

#[derive(Serialize)]
struct SeasonView<'t> {
    name: NameView<'t>,
    since: String,
    from: String,
    until: String,
    /// Opening and closing times, e.g. `["07:30", "11:30"]`.
    hours: Vec<[String; 2]>,
    source: &'t str,
}

#[derive(Serialize)]
struct HolidayView<'t> {
    name: NameView<'t>,
    from: String,
    until: String,
    provisional: bool,
    source: Option<&'t str>,
}

#[derive(Serialize)]
struct WorkedView<'t> {
    name: NameView<'t>,
    date: String,
    source: Option<&'t str>,
}

/// A working day that is off, and the day of rest that is worked for it.
#[derive(Serialize)]
struct SwapView<'t> {
    name: NameView<'t>,
    off: String,
    worked: String,
    source: &'t str,
}

#[derive(Serialize)]
struct NameView<'t> {
    vi: &'t str,
    en: &'t str,
}

/// `GET /v1/desk/calendar`.
pub(crate) async fn calendar(State(hub): State<Arc<Hub>>, _bearer: Bearer) -> Result<Response, Problem> {
    Ok(Json(CalendarView::of(&hub.tenant, (hub.world.now)())).into_response())
}

impl<'t> CalendarView<'t> {
    fn of(tenant: &'t Tenant, now: UnixMs) -> Self {
        let almanac = tenant.almanac();
        Self {
            unknown_year: tenant.calendar().unknown_year(now),
            years: almanac.years.iter().map(|(year, source)| YearView { year: *year, source }).collect(),
            seasons: almanac.seasons.iter().map(SeasonView::of).collect(),
            holidays: almanac.holidays.iter().map(HolidayView::of).collect(),
            worked: almanac.worked.iter().map(WorkedView::of).collect(),
            swaps: almanac.swaps.iter().map(SwapView::of).collect(),
        }
    }
}

impl<'t> SeasonView<'t> {
    fn of(entry: &'t SeasonEntry) -> Self {
        let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        Self {
            name: NameView::of(&entry.name),
            since: entry.since.to_string(),
            from: entry.from.to_string(),
            until: entry.until.to_string(),
            hours: entry.hours.iter().map(|&(open, close)| [time(open), time(close)]).collect(),
            source: &entry.source,
        }
    }
}

impl<'t> HolidayView<'t> {
    fn of(entry: &'t Holiday) -> Self {
        Self {
            name: NameView::of(&entry.name),
            from: entry.from.to_string(),
            until: entry.until.to_string(),
            provisional: entry.provisional,
            source: entry.source.as_deref(),
        }
    }
}

impl<'t> WorkedView<'t> {
    fn of(entry: &'t WorkedDay) -> Self {
        let source = entry.source.as_deref();
        Self { name: NameView::of(&entry.name), date: entry.date.to_string(), source }
    }
}

impl<'t> SwapView<'t> {
    fn of(entry: &'t SwapEntry) -> Self {
        Self {
            name: NameView::of(&entry.name),
            off: entry.days.off.to_string(),
            worked: entry.days.worked.to_string(),
            source: &entry.source,
        }
    }
}

impl<'t> NameView<'t> {
    fn of(name: &'t Name) -> Self {
        Self { vi: &name.vi, en: &name.en }
    }
}
