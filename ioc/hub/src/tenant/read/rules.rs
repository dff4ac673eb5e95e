//! `rules.toml`.

use std::collections::{BTreeMap, BTreeSet};

use paht_model::ids::{AreaCode, CategoryCode};
use serde::Deserialize;

use super::super::{Agency, Area, Category, Rule, Target};
use super::{Problem, TenantFault, TenantFile, filled, phrases, toml, unique};

const FILE: TenantFile = TenantFile::Rules;
/// Stands for the committee of the report's commune; no agency id can begin so.
const COMMITTEE: &str = "@committee";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    #[serde(default)]
    group: Vec<GroupEntry>,
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    name: String,
    areas: Vec<AreaCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: String,
    category: CategoryCode,
    areas: Option<Vec<String>>,
    keywords: Option<Vec<String>>,
    agency: String,
}

/// What rules may speak of.
struct Known<'a> {
    categories: &'a [Category],
    agencies: &'a [Agency],
    areas: BTreeSet<&'a AreaCode>,
    groups: BTreeMap<String, BTreeSet<AreaCode>>,
}

pub(super) fn read(
    text: &str,
    categories: &[Category],
    agencies: &[Agency],
    areas: &[Area],
) -> Result<Vec<Rule>, TenantFault> {
    let file: RulesFile = toml(FILE, text)?;
    let areas = areas.iter().map(|area| &area.code).collect();
    let groups = groups(file.group, &areas)?;
    let known = Known { categories, agencies, areas, groups };
    let rules = file.rule.into_iter().map(|entry| rule(entry, &known)).collect::<Result<Vec<_>, _>>()?;
    unique(FILE, "rule", rules.iter().map(|rule| rule.id.as_str()))?;
    categories.iter().try_for_each(|category| check_order(category, &rules))?;
    Ok(rules)
}

fn groups(
    entries: Vec<GroupEntry>,
    areas: &BTreeSet<&AreaCode>,
) -> Result<BTreeMap<String, BTreeSet<AreaCode>>, TenantFault> {
    let mut groups = BTreeMap::new();
    for GroupEntry { name, areas: codes } in entries {
        let item = format!("group {name:?}");
        if codes.is_empty() {
            return Err(FILE.fault(item, Problem::Empty("the list of areas")));
        }
        if let Some(unknown) = codes.iter().find(|code| !areas.contains(code)) {
            return Err(FILE.fault(item, Problem::UnknownArea(unknown.as_str().to_owned())));
        }
        if groups.insert(name, codes.into_iter().collect()).is_some() {
            return Err(FILE.fault(item, Problem::Double));
        }
    }
    Ok(groups)
}

fn rule(entry: RuleEntry, known: &Known<'_>) -> Result<Rule, TenantFault> {
    let item = format!("rule {:?}", entry.id);
    filled(FILE, &item, "the id", &entry.id)?;
    if !known.categories.iter().any(|category| category.code == entry.category) {
        return Err(FILE.fault(item, Problem::UnknownCategory(entry.category.as_str().to_owned())));
    }
    // An empty list would read like no condition and act like an impossible one.
    if entry.areas.as_ref().is_some_and(Vec::is_empty) {
        return Err(FILE.fault(item, Problem::Empty("the list of areas")));
    }
    if entry.keywords.as_ref().is_some_and(Vec::is_empty) {
        return Err(FILE.fault(item, Problem::Empty("the list of keywords")));
    }
    let keywords = phrases(FILE, &item, entry.keywords.as_deref().unwrap_or_default())?;
    let areas = entry.areas.map(|names| members(&item, &names, known)).transpose()?;
    let target = target(&item, &entry.agency, known)?;
    Ok(Rule { id: entry.id, category: entry.category, areas, keywords, target })
}

fn members(item: &str, names: &[String], known: &Known<'_>) -> Result<BTreeSet<AreaCode>, TenantFault> {
    let mut members = BTreeSet::new();
    for name in names {
        let code = AreaCode::parse(name).ok().filter(|code| known.areas.contains(code));
        match (known.groups.get(name), code) {
            (Some(group), _) => members.extend(group.iter().cloned()),
            (None, Some(code)) => drop(members.insert(code)),
            (None, None) => return Err(FILE.fault(item, Problem::UnknownArea(name.clone()))),
        }
    }
    Ok(members)
}

fn target(item: &str, agency: &str, known: &Known<'_>) -> Result<Target, TenantFault> {
    if agency == COMMITTEE {
        return Ok(Target::Committee);
    }
    let found = known.agencies.iter().find(|candidate| candidate.id.as_str() == agency);
    let found = found.ok_or_else(|| FILE.fault(item, Problem::UnknownAgency(agency.to_owned())))?;
    Ok(Target::Agency(found.id.clone()))
}

/// A category's rules must end with its default, and only end with it.
fn check_order(category: &Category, rules: &[Rule]) -> Result<(), TenantFault> {
    let mut own = rules.iter().filter(|rule| rule.category == category.code);
    if !own.any(Rule::is_default) {
        return Err(FILE.fault(format!("category {:?}", category.code.as_str()), Problem::NoDefaultRule));
    }
    match own.next() {
        Some(after) => Err(FILE.fault(format!("rule {:?}", after.id), Problem::UnreachableRule)),
        None => Ok(()),
    }
}
