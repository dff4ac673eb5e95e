//! Builds everything of Rust that the steps use, in one way: programs, tests and the phone's library with one set of features, so
//! that nothing is built twice. Whoever needs a part asks for the whole, which is there already.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run;

/// With the generator of Kotlin and Swift.
pub(crate) const FEATURES: [&str; 2] = ["--features", "paht-bindings/generate"];

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
    command.args(["build", "--workspace", "--all-targets", "--locked"]).args(FEATURES);
    with_clippy(&mut command);
    command
}

/// Has our crates compiled by clippy's compiler, which checks them on the way: what is linted needs no second pass, nor its
/// dependencies a second build. Any warning is an error. What is released is built without it.
pub(crate) fn with_clippy(cargo: &mut Command) {
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    // As `cargo clippy -- -D warnings` tells it, with its mark after each word.
    cargo.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
}

/// A program that was built.
pub(crate) fn program(name: &str) -> PathBuf {
    run::target_dir().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
