//! What each crate costs in a cold build, read from the page that `cargo build --timings` writes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::run;

/// Builds the program cold and gives its crates, the dearest first, with their seconds: compiling, its build script, and what that
/// compiles in C.
///
/// # Errors
/// When it does not build, or cargo's page is of another form.
pub(super) fn costly(root: &Path) -> Result<Vec<(String, f64)>> {
    let mut build = Command::new("env");
    build.arg("-C").arg(root).args(["cargo", "build", "--locked", "--quiet", "-p", "paht", "--timings"]);
    run::shown(build.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR"))?;
    let page = root.join("target/cargo-timings/cargo-timing.html");
    let page = std::fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    sums(&page).context("cargo's page of timings has another form")
}

/// Sums of all units of each crate.
fn sums(page: &str) -> Option<Vec<(String, f64)>> {
    let (_, rest) = page.split_once("UNIT_DATA = ")?;
    let units = serde_json::Deserializer::from_str(rest).into_iter::<Value>().next()?.ok()?;
    let mut sums = BTreeMap::<String, f64>::new();
    for unit in units.as_array()? {
        let name = unit.get("name")?.as_str()?;
        *sums.entry(name.to_owned()).or_default() += unit.get("duration")?.as_f64()?;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    Some(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_costs_what_all_its_units_cost() {
        let page = r#"<script>const UNIT_DATA = [{"name":"ring","duration":2.0},{"name":"syn","duration":3.0},
            {"name":"ring","duration":4.5}];</script>"#;
        assert_eq!(sums(page).unwrap(), [("ring".to_owned(), 6.5), ("syn".to_owned(), 3.0)]);
        assert_eq!(sums("<html>"), None);
    }
}
