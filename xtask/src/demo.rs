//! Builds `paht` and plays its demo.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run;

/// Builds the program and hands this process over to `paht demo`, with `args` as they came.
pub(crate) fn run(args: &[String]) -> Result<()> {
    run::shown(Command::new(run::cargo()).args(["build", "--locked", "-p", "paht"]))?;
    hand_over(Command::new(program()).arg("demo").args(args).current_dir(run::root()))
}

fn program() -> PathBuf {
    run::target_dir().join("debug").join(format!("paht{}", std::env::consts::EXE_SUFFIX))
}

/// Becomes the program, so that Ctrl-C and the exit code are the demo's own.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(anyhow::Error::new(error).context(format!("cannot start `{}`", run::spoken(command))))
}

#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> Result<()> {
    run::shown(command)
}
