//! From text to a checked tenant: each file for itself, then against the others.

mod about;
mod areas;
mod calendar;
mod categories;
mod rules;
mod services;

use std::collections::BTreeSet;

use paht_model::place::Point;
use paht_model::text::{composed, is_blank};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Agency, Bounds, Name, Phrase, Problem, Tenant, TenantFault, TenantFile, TenantFiles};

pub(super) fn tenant(files: &TenantFiles<'_>) -> Result<Tenant, TenantFault> {
    let (about, zone) = about::read(files.tenant)?;
    let (categories, urgent_words) = categories::read(files.categories)?;
    let agencies = agencies(files.agencies)?;
    about::check_fallback(&about.fallback, &agencies)?;
    let areas = areas::read(files.areas, about.bounds, &agencies)?;
    let rules = rules::read(files.rules, &categories, &agencies, &areas)?;
    let (calendar, almanac) = calendar::read(files.calendar, zone)?;
    let services = services::read(files.services, about.bounds, &categories)?;
    Ok(Tenant { about, categories, urgent_words, agencies, areas, rules, calendar, almanac, services })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgenciesFile {
    agency: Vec<Agency>,
}

fn agencies(text: &str) -> Result<Vec<Agency>, TenantFault> {
    const FILE: TenantFile = TenantFile::Agencies;
    let AgenciesFile { agency: agencies } = toml(FILE, text)?;
    for agency in &agencies {
        named(FILE, &format!("agency {:?}", agency.id.as_str()), &agency.name)?;
    }
    unique(FILE, "agency", agencies.iter().map(|agency| agency.id.as_str()))?;
    Ok(agencies)
}

/// Reads a file's TOML, in composed form whatever editor wrote it; a fault names the line.
fn toml<T: DeserializeOwned>(file: TenantFile, text: &str) -> Result<T, TenantFault> {
    let text = &composed(text.to_owned());
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let item = match before {
            Some(before) => format!("line {}", before.matches('\n').count() + 1),
            None => "the file".to_owned(),
        };
        file.fault(item, Problem::Unreadable(error.message().to_owned()))
    })
}

/// The first id that stands there twice is a fault, and so is a list without any.
fn unique<'a>(file: TenantFile, what: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), TenantFault> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(file.fault(format!("{what} {id:?}"), Problem::Double));
        }
    }
    if seen.is_empty() { Err(file.fault(what, Problem::Empty("the list"))) } else { Ok(()) }
}

fn named(file: TenantFile, item: &str, name: &Name) -> Result<(), TenantFault> {
    filled(file, item, "the name", &name.vi)?;
    filled(file, item, "the English name", &name.en)
}

fn filled(file: TenantFile, item: &str, what: &'static str, text: &str) -> Result<(), TenantFault> {
    if is_blank(text) { Err(file.fault(item, Problem::Empty(what))) } else { Ok(()) }
}

fn phrases(file: TenantFile, item: &str, spellings: &[String]) -> Result<Vec<Phrase>, TenantFault> {
    let parse = |spelling: &String| {
        Phrase::parse(spelling).ok_or_else(|| file.fault(item, Problem::BadKeyword(spelling.clone())))
    };
    spellings.iter().map(parse).collect()
}

fn date(file: TenantFile, item: &str, text: &str) -> Result<jiff::civil::Date, TenantFault> {
    text.parse().map_err(|_| file.fault(item, Problem::BadDate(text.to_owned())))
}

/// A position within the bounds.
fn position(
    file: TenantFile,
    item: &str,
    [lat, lon]: [f64; 2],
    bounds: Bounds,
) -> Result<Point, TenantFault> {
    let inside = |point: &Point| {
        (bounds.south_west.lat_e7..=bounds.north_east.lat_e7).contains(&point.lat_e7)
            && (bounds.south_west.lon_e7..=bounds.north_east.lon_e7).contains(&point.lon_e7)
    };
    let point = Point::from_degrees(lat, lon).ok().filter(inside);
    point.ok_or_else(|| file.fault(item, Problem::BadPosition(lat.to_string(), lon.to_string())))
}
