//! `categories.toml`.

use paht_model::ids::CategoryCode;
use serde::Deserialize;

use super::super::{Category, Evidence, Name, Phrase, Publish};
use super::{Problem, TenantFault, TenantFile, filled, named, phrases, toml, unique};
use crate::calendar::Allowance;

const FILE: TenantFile = TenantFile::Categories;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoriesFile {
    category: Vec<CategoryEntry>,
    urgent: UrgentEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UrgentEntry {
    keywords: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryEntry {
    code: CategoryCode,
    name: Name,
    icon: String,
    evidence: Evidence,
    normal_hours: u32,
    urgent_hours: u32,
    urgent_clock: UrgentClock,
    publish: Publish,
    keywords: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum UrgentClock {
    Plain,
    Working,
}

/// The categories in their order, and the words that make a report urgent.
pub(super) fn read(text: &str) -> Result<(Vec<Category>, Vec<Phrase>), TenantFault> {
    let file: CategoriesFile = toml(FILE, text)?;
    let categories = file.category.into_iter().map(category).collect::<Result<Vec<_>, _>>()?;
    unique(FILE, "category", categories.iter().map(|category| category.code.as_str()))?;
    let urgent = phrases(FILE, "urgent", &file.urgent.keywords)?;
    Ok((categories, urgent))
}

fn category(entry: CategoryEntry) -> Result<Category, TenantFault> {
    let item = format!("category {:?}", entry.code.as_str());
    named(FILE, &item, &entry.name)?;
    filled(FILE, &item, "the icon", &entry.icon)?;
    let normal = hours(&item, entry.normal_hours)?;
    let urgent = hours(&item, entry.urgent_hours)?;
    Ok(Category {
        keywords: phrases(FILE, &item, &entry.keywords)?,
        code: entry.code,
        name: entry.name,
        icon: entry.icon,
        evidence: entry.evidence,
        normal: Allowance::Working(normal),
        urgent: match entry.urgent_clock {
            UrgentClock::Plain => Allowance::Plain(urgent),
            UrgentClock::Working => Allowance::Working(urgent),
        },
        publish: entry.publish,
    })
}

fn hours(item: &str, hours: u32) -> Result<u32, TenantFault> {
    if (1..=Category::HOURS_MAX).contains(&hours) {
        Ok(hours)
    } else {
        Err(FILE.fault(item, Problem::BadDeadline(hours)))
    }
}
