//! cargo-deny, of one version, in `target/tools` (or on the path, if it is that version).

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::Need;
use crate::run;

const VERSION: &str = "0.20.2";
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

/// The cargo-deny to run, when there is one of the pinned version.
pub(crate) fn program() -> Option<PathBuf> {
    let ours = tools().join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    [ours, PathBuf::from("cargo-deny")].into_iter().find(|program| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|output| is_pinned(&String::from_utf8_lossy(&output.stdout)))
    })
}

fn is_pinned(said: &str) -> bool {
    said.trim() == format!("cargo-deny {VERSION}")
}

/// Built without optimisation: it runs for a second, and so it builds in a third of the time.
fn meet() -> Result<()> {
    let build = tools().join("build");
    let mut install = Command::new(run::cargo());
    install.args(["install", "--locked", "--quiet", "--debug", "cargo-deny", "--version", VERSION, "--root"]);
    install.arg(tools()).arg("--target-dir").arg(&build).env("CARGO_PROFILE_DEV_DEBUG", "0");
    run::shown(&mut install)?;
    std::fs::remove_dir_all(build)?;
    Ok(())
}

fn tools() -> PathBuf {
    run::target_dir().join("tools")
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
}
