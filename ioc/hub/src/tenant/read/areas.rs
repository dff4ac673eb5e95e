//! `areas.toml`.

use paht_model::ids::{AgencyId, AreaCode};
use serde::Deserialize;

use super::super::{Agency, Area, Bounds};
use super::{Problem, TenantFault, TenantFile, date, filled, position, toml, unique};

const FILE: TenantFile = TenantFile::Areas;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreasFile {
    area: Vec<AreaEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaEntry {
    code: AreaCode,
    name: String,
    valid_from: String,
    valid_until: Option<String>,
    committee: AgencyId,
    centre: [f64; 2],
    #[serde(default)]
    points: Vec<[f64; 2]>,
}

pub(super) fn read(text: &str, bounds: Bounds, agencies: &[Agency]) -> Result<Vec<Area>, TenantFault> {
    let file: AreasFile = toml(FILE, text)?;
    let read = |entry| area(entry, bounds, agencies);
    let areas = file.area.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    unique(FILE, "area", areas.iter().map(|area| area.code.as_str()))?;
    Ok(areas)
}

fn area(entry: AreaEntry, bounds: Bounds, agencies: &[Agency]) -> Result<Area, TenantFault> {
    let item = format!("area {:?}", entry.code.as_str());
    filled(FILE, &item, "the name", &entry.name)?;
    if !agencies.iter().any(|agency| agency.id == entry.committee) {
        return Err(FILE.fault(item, Problem::UnknownAgency(entry.committee.as_str().to_owned())));
    }
    let valid_from = date(FILE, &item, &entry.valid_from)?;
    let valid_until = entry.valid_until.map(|text| date(FILE, &item, &text)).transpose()?;
    if let Some(until) = valid_until.filter(|until| *until < valid_from) {
        return Err(FILE.fault(item, Problem::BadPeriod(valid_from, until)));
    }
    let points = entry.points.into_iter().map(|pair| position(FILE, &item, pair, bounds));
    Ok(Area {
        points: points.collect::<Result<_, _>>()?,
        centre: position(FILE, &item, entry.centre, bounds)?,
        code: entry.code,
        name: entry.name,
        valid_from,
        valid_until,
        committee: entry.committee,
    })
}
