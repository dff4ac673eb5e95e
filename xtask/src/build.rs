//! Builds everything of Rust that the steps use, in one way: programs, tests and the phone's library with one set of features, so
//! that nothing is built twice. Whoever needs a part asks for the whole, which is there already.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run;

/// Builds it, and shows what cargo says.
///
/// # Errors
/// When it does not build.
pub(crate) fn everything() -> Result<()> {
    run::shown(&mut command())
}

/// The command, to be run or shown.
pub(crate) fn command() -> Command {
    let mut command = Command::new(run::cargo());
    command.args(["build", "--workspace", "--all-targets", "--locked"]);
    // The generator of Kotlin and Swift.
    command.args(["--features", "paht-bindings/generate"]);
    command
}

/// A program that was built.
pub(crate) fn program(name: &str) -> PathBuf {
    run::target_dir().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
