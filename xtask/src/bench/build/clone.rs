//! A commit in a folder of its own, with nothing built.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::run;

/// A clone at one commit.
pub(super) struct Clone {
    name: String,
    root: PathBuf,
}

impl Clone {
    /// Clones `commit` into `space`, emptied first, with the same data beside it as beside this repository.
    ///
    /// # Errors
    /// When git knows no such commit.
    pub(super) fn of(commit: &str, space: &Path) -> Result<Self> {
        if space.exists() {
            fs::remove_dir_all(space)?;
        }
        fs::create_dir_all(space)?;
        let root = space.join("main");
        let mut clone = Command::new("git");
        run::shown(clone.args(["clone", "--quiet", "--no-checkout", "."]).arg(&root))?;
        let mut checkout = Command::new("git");
        // The commit's hash as this repository knows it.
        let hash = Command::new("git").args(["rev-parse", commit]).current_dir(run::root()).output()?;
        let hash = String::from_utf8_lossy(&hash.stdout).trim().to_owned();
        run::shown(checkout.arg("-C").arg(&root).args(["checkout", "--quiet", "--detach", &hash]))?;
        let shared = run::root().join("../shared");
        #[cfg(unix)]
        if let Ok(shared) = shared.canonicalize() {
            std::os::unix::fs::symlink(shared, space.join("shared"))?;
        }
        Ok(Self { name: commit.to_owned(), root })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Brings the registry's files, so that no download is measured.
    pub(super) fn fetch(&self) -> Result<()> {
        run::shown(Command::new("env").arg("-C").arg(&self.root).args(["cargo", "fetch", "--locked"]))
    }

    /// Removes what was built.
    pub(super) fn make_cold(&self) -> Result<()> {
        let target = self.root.join("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        Ok(())
    }

    /// Adds a line that changes nothing to this file.
    pub(super) fn add_comment(&self, file: &str) -> Result<()> {
        let path = self.root.join(file);
        let mut file = fs::OpenOptions::new().append(true).open(&path).context("the file is gone")?;
        Ok(file.write_all(b"\n// A comment.\n")?)
    }
}
