//! `tenant.toml`.

use jiff::tz::TimeZone;
use paht_model::ids::TenantId;
use paht_model::place::Point;
use serde::Deserialize;

use super::super::{About, Agency, Apps, Bounds, EmergencyNumber, FallbackDesk, Name};
use super::{Problem, TenantFault, TenantFile, filled, named, toml};

const FILE: TenantFile = TenantFile::Tenant;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutFile {
    id: TenantId,
    name: Name,
    hotline: String,
    #[serde(default)]
    website: Option<String>,
    #[serde(default)]
    sms: Option<String>,
    zone: String,
    max_km_from_area: f64,
    bounds: BoundsEntry,
    fallback: FallbackDesk,
    #[serde(default)]
    emergency: Vec<EmergencyNumber>,
    #[serde(default)]
    apps: Apps,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundsEntry {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

/// What it says, with the zone for the calendar.
pub(super) fn read(text: &str) -> Result<(About, TimeZone), TenantFault> {
    let file: AboutFile = toml(FILE, text)?;
    named(FILE, "name", &file.name)?;
    filled(FILE, "hotline", "the number", &file.hotline)?;
    filled(FILE, "fallback", "the duty phone", &file.fallback.duty_phone)?;
    for emergency in &file.emergency {
        filled(FILE, "emergency", "the number", &emergency.number)?;
        named(FILE, &format!("emergency {:?}", emergency.number), &emergency.name)?;
    }
    if !file.max_km_from_area.is_finite() || file.max_km_from_area <= 0.0 {
        return Err(FILE.fault("max_km_from_area", Problem::BadDistance));
    }
    if let Some(wrong) = file.apps.wrong() {
        return Err(FILE.fault("apps", Problem::NoApp(wrong.to_owned())));
    }
    if let Some(address) = file.website.as_ref().filter(|address| !is_website(address)) {
        return Err(FILE.fault("website", Problem::BadWebsite(address.clone())));
    }
    if let Some(number) = file.sms.as_ref().filter(|number| !is_number(number)) {
        return Err(FILE.fault("sms", Problem::BadNumber(number.clone())));
    }
    let bounds = bounds(&file.bounds).ok_or_else(|| FILE.fault("bounds", Problem::BadBounds))?;
    let zone = TimeZone::get(&file.zone);
    let zone = zone.map_err(|_| FILE.fault("zone", Problem::UnknownZone(file.zone)))?;
    let about = About {
        id: file.id,
        name: file.name,
        hotline: file.hotline,
        website: file.website.map(|address| address.trim_end_matches('/').to_owned()),
        sms: file.sms,
        emergency: file.emergency,
        bounds,
        metres_from_area_max: file.max_km_from_area * 1_000.0,
        fallback: file.fallback,
        apps: file.apps,
    };
    Ok((about, zone))
}

/// It goes into text messages: plain characters alone.
fn is_website(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._:/".contains(c))
    })
}

/// As a phone's address line takes it: digits alone, from a short code to a whole number.
fn is_number(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    (3..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit())
}

fn bounds(entry: &BoundsEntry) -> Option<Bounds> {
    let south_west = Point::from_degrees(entry.south, entry.west).ok()?;
    let north_east = Point::from_degrees(entry.north, entry.east).ok()?;
    let is_box = south_west.lat_e7 < north_east.lat_e7 && south_west.lon_e7 < north_east.lon_e7;
    is_box.then_some(Bounds { south_west, north_east })
}

/// The desk that stands in for others must be able to take a case.
pub(super) fn check_fallback(fallback: &FallbackDesk, agencies: &[Agency]) -> Result<(), TenantFault> {
    let id = fallback.agency.as_str().to_owned();
    match agencies.iter().find(|agency| agency.id == fallback.agency) {
        None => Err(FILE.fault("fallback", Problem::UnknownAgency(id))),
        Some(agency) if !agency.on_board => Err(FILE.fault("fallback", Problem::FallbackNotOnBoard(id))),
        Some(_) => Ok(()),
    }
}
