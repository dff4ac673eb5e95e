//! `cargo xtask android`: Maven compiles, packs resources and tests; then the APK is put together and verified.
//!
//! The bindings for this computer and the program `paht` are built first: the kit's tests run on the real core, against a
//! real IOC.

mod apk;
mod check;
mod failures;
#[cfg(test)]
mod in_step;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{bindings, run, setup};

/// Builds and tests `android/`, and leaves `target/android/paht-debug.apk`.
///
/// # Errors
/// When a tool is missing, a test fails, or the APK does not verify.
pub(crate) fn run() -> Result<()> {
    if !setup::android_is_there() {
        bail!("{}", setup::ANDROID_MISSING);
    }
    bindings::run()?;
    tested(&mut maven("package"))?;
    apk::build(&modules(), &run::target_dir().join("android"))
}

/// Checks the Rust part for phones' processors.
///
/// # Errors
/// When it does not compile; in CI also when there is nothing to check with.
pub(crate) fn check_rust() -> Result<()> {
    check::run()
}

/// As [`run`], but where a tool is missing and this is no CI, one line says how to get it.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_if_there() -> Result<()> {
    if !setup::android_is_there() && !run::in_ci() {
        println!("not checked: {}", setup::ANDROID_MISSING);
        return Ok(());
    }
    run()
}

fn tested(maven: &mut Command) -> Result<()> {
    let result = run::shown(maven);
    if result.is_err() {
        for test in failures::told(&modules()) {
            println!("failed: {test}");
        }
    }
    result
}

fn maven(goal: &str) -> Command {
    let mut maven = Command::new(if cfg!(windows) { "mvn.cmd" } else { "mvn" });
    // A compiler's daemon would outlive the run.
    maven.args([
        "--batch-mode",
        "--no-transfer-progress",
        "--file",
        "android",
        "-Dkotlin.compiler.daemon=false",
    ]);
    let mut target = OsString::from("-Dcargo.target=");
    target.push(run::target_dir());
    maven.arg(target).arg(goal);
    maven
}

fn modules() -> PathBuf {
    run::root().join("android")
}
