//! `services.toml`.

use paht_model::ids::{CategoryCode, ServiceCode};
use paht_model::review::REVIEW_CATEGORY;
use serde::Deserialize;

use super::super::{Bounds, Category, Name, Service};
use super::{Problem, TenantFault, TenantFile, filled, named, position, toml, unique};

const FILE: TenantFile = TenantFile::Services;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServicesFile {
    #[serde(default)]
    service: Vec<ServiceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceEntry {
    code: ServiceCode,
    name: Name,
    kind: Name,
    address: String,
    at: [f64; 2],
    category: Option<CategoryCode>,
}

/// The services in their order; a province may have none.
pub(super) fn read(text: &str, bounds: Bounds, categories: &[Category]) -> Result<Vec<Service>, TenantFault> {
    let file: ServicesFile = toml(FILE, text)?;
    if file.service.is_empty() {
        return Ok(Vec::new());
    }
    let read = |entry| service(entry, bounds, categories);
    let services = file.service.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    unique(FILE, "service", services.iter().map(|service| service.code.as_str()))?;
    Ok(services)
}

fn service(entry: ServiceEntry, bounds: Bounds, categories: &[Category]) -> Result<Service, TenantFault> {
    let item = format!("service {:?}", entry.code.as_str());
    named(FILE, &item, &entry.name)?;
    named(FILE, &item, &entry.kind)?;
    filled(FILE, &item, "the address", &entry.address)?;
    let usual = || REVIEW_CATEGORY.parse().ok();
    let wanted = entry.category.or_else(usual);
    let category = wanted.clone().filter(|code| categories.iter().any(|category| category.code == *code));
    let unknown = || Problem::UnknownCategory(wanted.map(|code| code.to_string()).unwrap_or_default());
    Ok(Service {
        category: category.ok_or_else(|| FILE.fault(&item, unknown()))?,
        at: position(FILE, &item, entry.at, bounds)?,
        code: entry.code,
        name: entry.name,
        kind: entry.kind,
        address: entry.address,
    })
}
