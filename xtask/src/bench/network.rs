//! `cargo xtask bench network`: ours and the peers over terrible networks that it makes itself.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{build, run};

/// Builds what is needed and runs the bench with these arguments; see `--help` among them.
///
/// # Errors
/// When something does not build, is missing, or `--quick` finds a budget missed.
pub(crate) fn network(arguments: &[OsString]) -> Result<()> {
    build::everything()?;
    run::shown(&mut command(arguments))
}

/// Ours over EDGE with silent cuts, judged by its budget. Where such links cannot be made and this is no CI, a line says why.
///
/// # Errors
/// As [`network`].
pub(crate) fn quick() -> Result<()> {
    let status = command(&[OsString::from("--quick")]).status()?;
    match status.code() {
        Some(0) => Ok(()),
        Some(NOT_HERE) if !run::in_ci() => Ok(()),
        _ => bail!("the budget is missed, or nothing could be measured: {status}"),
    }
}

/// What the bench ends with where it can make no links.
const NOT_HERE: i32 = 2;

/// The command that measures, to be run or shown.
pub(crate) fn command(arguments: &[OsString]) -> Command {
    let programs = run::target_dir().join("debug");
    let mut command = Command::new(programs.join("bench-network"));
    command.arg("--paht").arg(programs.join("paht")).arg("--root").arg(run::root());
    command.arg("--python").arg(run::target_dir().join("venv/bin/python")).args(arguments);
    command
}
