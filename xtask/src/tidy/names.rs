//! A module is named for what it tells, never for being a drawer.

use super::{Finding, repo::Repo};

const DRAWERS: [&str; 10] =
    ["utils", "util", "manager", "managers", "common", "helpers", "helper", "misc", "shared", "stuff"];
const CODE: [&str; 6] = ["rs", "kt", "swift", "ts", "mjs", "py"];

/// Files and folders of code that are named as drawers.
pub(super) fn modules(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in repo.with_extension(&CODE) {
        let parts = path.split('/').map(|part| part.split('.').next().unwrap_or(part).to_lowercase());
        if let Some(drawer) = parts.into_iter().find(|part| DRAWERS.contains(&part.as_str())) {
            findings.push(Finding::new(
                path,
                0,
                "module-name",
                format!("`{drawer}` says nothing: name what is in it"),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    #[test]
    fn drawers_are_found_as_file_and_as_folder() {
        let files =
            [("a/src/utils.rs", ""), ("a/Helpers/x.kt", ""), ("a/src/outbox.rs", ""), ("a/utils.md", "")];
        let found = modules(&Fixture::new(&files).repo);
        assert_eq!(
            found.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(),
            ["a/Helpers/x.kt", "a/src/utils.rs"]
        );
    }
}
