//! No file is a room too big to know.

use super::{Finding, repo::Repo};

const LINES_MAX: usize = 600;
/// What people write by hand. Locks, golden files and data have no limit.
const WRITTEN: [&str; 9] = ["rs", "kt", "swift", "ts", "mjs", "py", "sql", "html", "css"];

/// Files over the limit. What others wrote, under `vendor/`, is left alone.
pub(super) fn files(repo: &Repo) -> Vec<Finding> {
    let written = repo.with_extension(&WRITTEN).filter(|path| !path.split('/').any(|part| part == "vendor"));
    written
        .filter_map(|path| {
            let lines = repo.text(path)?.lines().count();
            let say = || format!("{lines} lines, at most {LINES_MAX}: split it by what it tells");
            (lines > LINES_MAX).then(|| Finding::new(path, 0, "file-size", say()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    #[test]
    fn a_file_over_the_limit_is_found_and_one_at_the_limit_is_not() {
        let (at, over) = ("x\n".repeat(LINES_MAX), "x\n".repeat(LINES_MAX + 1));
        let files =
            [("at.py", at.as_str()), ("over.py", &over), ("over.lock", &over), ("vendor/over.css", &over)];
        let found = super::files(&Fixture::new(&files).repo);
        assert_eq!(found.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["over.py"]);
    }
}
