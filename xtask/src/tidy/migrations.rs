//! Migrations are named `NNNN_verb_noun.sql` and numbered from 0001, without gaps or doubles.

use std::collections::BTreeMap;

use super::{Finding, repo::Repo};

const RULE: &str = "migration";

/// Migrations that are misnamed or out of number, in every folder called `migrations`.
pub(super) fn numbers(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut folders: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    for path in repo.with_extension(&["sql"]) {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        if folder.rsplit('/').next() != Some("migrations") {
            continue;
        }
        match number(name) {
            Some(number) => folders.entry(folder).or_default().push((number, path)),
            None => findings.push(Finding::new(path, 0, RULE, "is not named NNNN_verb_noun.sql")),
        }
    }
    for mut migrations in folders.into_values() {
        migrations.sort_unstable();
        for ((number, path), due) in migrations.into_iter().zip(1..) {
            if number != due {
                findings.push(Finding::new(
                    path,
                    0,
                    RULE,
                    format!("is numbered {number:04} where {due:04} is due"),
                ));
                break;
            }
        }
    }
    findings
}

fn number(name: &str) -> Option<u32> {
    let (number, words) = name.strip_suffix(".sql")?.split_once('_')?;
    let (verb, noun) = words.split_once('_')?;
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_named = number.len() == 4 && is_word(verb) && noun.split('_').all(is_word);
    is_named.then(|| number.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn found(names: &[&str]) -> Vec<String> {
        let paths: Vec<String> = names.iter().map(|name| format!("a/migrations/{name}")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        numbers(&Fixture::new(&files).repo).into_iter().map(|f| f.path.replace("a/migrations/", "")).collect()
    }

    #[test]
    fn a_run_from_one_is_clean() {
        assert!(found(&["0001_create_tables.sql", "0002_add_grade_to_cases.sql"]).is_empty());
    }

    #[test]
    fn a_wrong_name_is_found() {
        assert_eq!(found(&["0001_tables.sql"]), ["0001_tables.sql"]);
        assert_eq!(found(&["1_create_tables.sql"]), ["1_create_tables.sql"]);
        assert_eq!(found(&["0001_Create_tables.sql"]), ["0001_Create_tables.sql"]);
    }

    #[test]
    fn a_gap_a_double_and_a_late_start_are_found() {
        assert_eq!(found(&["0001_create_a.sql", "0003_create_b.sql"]), ["0003_create_b.sql"]);
        assert_eq!(found(&["0001_create_a.sql", "0001_create_b.sql"]), ["0001_create_b.sql"]);
        assert_eq!(found(&["0000_create_a.sql"]), ["0000_create_a.sql"]);
    }

    #[test]
    fn sql_elsewhere_is_left_alone() {
        assert!(numbers(&Fixture::new(&[("a/queries/list.sql", "")]).repo).is_empty());
    }
}
