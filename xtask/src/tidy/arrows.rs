//! Who may depend on whom: the arrows of ARCHITECTURE.md, and the manifests' house rules.

use super::{Finding, repo::Repo};

/// A package and all of ours that it may depend on. Arrows point inward only.
const ARROWS: [(&str, &[&str]); 11] = [
    ("paht-model", &[]),
    ("paht-engine", &["paht-model"]),
    ("paht-hub", &["paht-model"]),
    ("paht-phone", &["paht-engine", "paht-model"]),
    ("paht-store", &["paht-hub", "paht-model"]),
    ("paht-server", &["paht-store", "paht-hub", "paht-model"]),
    ("paht-bindings", &["paht-phone", "paht-engine", "paht-model"]),
    ("paht", &CRATES),
    ("paht-tests", &CRATES),
    ("paht-sim", &["paht-store", "paht-hub", "paht-engine", "paht-model"]),
    ("xtask", &[]),
];
const CRATES: [&str; 6] =
    ["paht-model", "paht-engine", "paht-hub", "paht-phone", "paht-store", "paht-server"];
/// Nothing depends on these, not even for a test.
const ENDS: [&str; 4] = ["paht", "paht-tests", "paht-sim", "xtask"];
const CRATES_MAX: usize = 11;

/// Dependencies between our crates that point outward.
pub(super) fn dependencies(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, manifest) in manifests(repo) {
        let name = package(&manifest);
        let Some((_, allowed)) = ARROWS.iter().find(|(package, _)| *package == name) else {
            let say = format!("`{name}` has no arrows: give it some in xtask/src/tidy/arrows.rs");
            findings.push(Finding::new(&path, 0, "arrow", say));
            continue;
        };
        let dependencies = listed(&manifest, &["dependencies", "build-dependencies"]);
        let outward = dependencies.iter().filter(|dep| is_ours(dep) && !allowed.contains(&dep.as_str()));
        let tests = listed(&manifest, &["dev-dependencies"]);
        let ends = tests.iter().filter(|dep| ENDS.contains(&dep.as_str()));
        for dep in outward.chain(ends) {
            findings.push(Finding::new(&path, 0, "arrow", format!("`{name}` must not depend on `{dep}`")));
        }
    }
    findings
}

/// Members that are too many, or that do not take the workspace's lints.
pub(super) fn members(repo: &Repo) -> Vec<Finding> {
    let manifests = manifests(repo);
    let mut findings = Vec::new();
    if manifests.len() > CRATES_MAX {
        let say = format!("{} crates, at most {CRATES_MAX}", manifests.len());
        findings.push(Finding::new("Cargo.toml", 0, "crate-count", say));
    }
    for (path, manifest) in manifests {
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
        if lints != Some(true) {
            findings.push(Finding::new(&path, 0, "lints", "lacks `[lints] workspace = true`"));
        }
    }
    findings
}

/// The names in these tables of a manifest, target-specific ones included; a renamed one under its real name.
pub(super) fn listed(manifest: &toml::Table, tables: &[&str]) -> Vec<String> {
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let targets = targets.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table);
    let mut names = Vec::new();
    for holder in std::iter::once(manifest).chain(targets) {
        for table in tables {
            let entries = holder.get(*table).and_then(toml::Value::as_table).into_iter().flatten();
            names.extend(entries.map(|(key, entry)| {
                entry.get("package").and_then(toml::Value::as_str).unwrap_or(key).to_owned()
            }));
        }
    }
    names
}

/// The members' manifests, with their paths.
pub(super) fn manifests(repo: &Repo) -> Vec<(String, toml::Table)> {
    let paths = repo.members().into_iter().map(|member| format!("{member}/Cargo.toml"));
    paths.filter_map(|path| repo.manifest(&path).map(|manifest| (path, manifest))).collect()
}

pub(super) fn package(manifest: &toml::Table) -> &str {
    manifest.get("package").and_then(|package| package.get("name")?.as_str()).unwrap_or_default()
}

fn is_ours(name: &str) -> bool {
    name == "paht" || name == "xtask" || name.starts_with("paht-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn workspace(name: &str, rest: &str) -> Fixture {
        let manifest = format!("[package]\nname = \"{name}\"\n{rest}");
        Fixture::new(&[("Cargo.toml", "[workspace]\nmembers = [\"a\"]"), ("a/Cargo.toml", &manifest)])
    }

    fn outward(name: &str, rest: &str) -> usize {
        dependencies(&workspace(name, rest).repo).len()
    }

    #[test]
    fn arrows_that_point_inward_are_clean() {
        assert_eq!(outward("paht-engine", "[dependencies]\npaht-model = {}\nthiserror = \"2\""), 0);
        assert_eq!(outward("paht-server", "[dependencies]\npaht-store = {}\npaht-hub = {}"), 0);
    }

    #[test]
    fn arrows_that_point_outward_are_found() {
        assert_eq!(outward("paht-model", "[dependencies]\npaht-engine = {}"), 1);
        assert_eq!(outward("paht-hub", "[build-dependencies]\npaht-store = {}"), 1);
        assert_eq!(outward("paht-phone", "[target.'cfg(unix)'.dependencies]\npaht-hub = {}"), 1);
        assert_eq!(outward("paht-engine", "[dependencies]\nother = { package = \"paht-phone\" }"), 1);
    }

    #[test]
    fn nothing_depends_on_the_ends_even_for_a_test() {
        assert_eq!(outward("paht-phone", "[dev-dependencies]\npaht-tests = {}\npaht-hub = {}"), 1);
        assert_eq!(outward("paht-tests", "[dependencies]\npaht = {}"), 1);
    }

    #[test]
    fn a_crate_without_arrows_is_found() {
        assert_eq!(outward("paht-new", ""), 1);
    }

    #[test]
    fn a_member_without_the_workspace_lints_is_found() {
        assert_eq!(members(&workspace("paht", "[lints]\nworkspace = true").repo).len(), 0);
        assert_eq!(members(&workspace("paht", "").repo).len(), 1);
    }

    #[test]
    fn a_twelfth_crate_is_found() {
        let names: Vec<String> = (0..12).map(|n| format!("c{n}")).collect();
        let root = format!("[workspace]\nmembers = {names:?}");
        let paths: Vec<String> = names.iter().map(|name| format!("{name}/Cargo.toml")).collect();
        let mut files: Vec<(&str, &str)> =
            paths.iter().map(|p| (p.as_str(), "[lints]\nworkspace = true")).collect();
        files.push(("Cargo.toml", &root));
        let found = members(&Fixture::new(&files).repo);
        assert_eq!(found.iter().map(|f| f.rule).collect::<Vec<_>>(), ["crate-count"]);
    }
}
