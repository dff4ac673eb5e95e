//! The files that the checks look at: what git tracks, and what it would if asked.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

pub(super) struct Repo {
    root: PathBuf,
    /// From the root, with `/`, sorted.
    pub(super) files: Vec<String>,
}

impl Repo {
    /// Asks git for the files below `root`.
    ///
    /// # Errors
    /// When git is missing or `root` is no work tree.
    pub(super) fn open(root: &Path) -> Result<Repo> {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
        let output = git.output().context("git is missing")?;
        if !output.status.success() {
            bail!("git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let listed = String::from_utf8_lossy(&output.stdout);
        let files = listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        Ok(Repo::of(root, files))
    }

    /// A repository with just these files. What was deleted but is still in the index is left out.
    fn of(root: &Path, mut files: Vec<String>) -> Repo {
        files.retain(|path| root.join(path).is_file());
        files.sort();
        files.dedup();
        Repo { root: root.to_owned(), files }
    }

    /// Whether `path` is one of the files, or a folder that holds some.
    pub(super) fn has(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        self.files.iter().any(|file| file == path || file.starts_with(&inside))
    }

    /// The file's text; `None` when it is not there or is no UTF-8.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    /// The files with one of these endings, given without the dot.
    pub(super) fn with_extension<'a>(&'a self, wanted: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.files.iter().map(String::as_str).filter(|path| {
            path.rsplit('/')
                .next()
                .and_then(|name| name.rsplit_once('.'))
                .is_some_and(|(_, ext)| wanted.contains(&ext))
        })
    }

    /// The manifest at `path`; `None` when it is not there or no TOML.
    pub(super) fn manifest(&self, path: &str) -> Option<toml::Table> {
        self.text(path)?.parse().ok()
    }

    /// The folders of the workspace's members, as the root manifest lists them.
    pub(super) fn members(&self) -> Vec<String> {
        let manifest = self.manifest("Cargo.toml");
        let members = manifest.as_ref().and_then(|table| table.get("workspace")?.get("members")?.as_array());
        members.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned).collect()
    }
}

/// A repository in a temporary folder, for the checks' own tests.
#[cfg(test)]
pub(super) struct Fixture {
    pub(super) repo: Repo,
    _dir: tempfile::TempDir,
}

#[cfg(test)]
impl Fixture {
    pub(super) fn new(files: &[(&str, &str)]) -> Fixture {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let files = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        Fixture { repo: Repo::of(dir.path(), files), _dir: dir }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(dir: &Path, args: &[&str]) {
        assert!(Command::new("git").args(args).current_dir(dir).output().unwrap().status.success());
    }

    #[test]
    fn untracked_files_are_listed_and_ignored_ones_are_not() {
        let dir = tempfile::tempdir().unwrap();
        git(dir.path(), &["init", "-q"]);
        for (name, text) in [(".gitignore", "out\n"), ("out", ""), ("new.rs", ""), ("gone.rs", "")] {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        git(dir.path(), &["add", "gone.rs"]);
        std::fs::remove_file(dir.path().join("gone.rs")).unwrap();
        assert_eq!(Repo::open(dir.path()).unwrap().files, [".gitignore", "new.rs"]);
    }

    #[test]
    fn a_folder_that_is_no_work_tree_is_an_error() {
        assert!(Repo::open(tempfile::tempdir().unwrap().path()).is_err());
    }

    #[test]
    fn files_are_found_by_their_ending() {
        let fixture = Fixture::new(&[("a.rs", ""), ("b.rs.txt", ""), ("rs", "")]);
        assert_eq!(fixture.repo.with_extension(&["rs"]).collect::<Vec<_>>(), ["a.rs"]);
    }
}
