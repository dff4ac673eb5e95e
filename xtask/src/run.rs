//! Where the repository is, and how a command is started in it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The repository's root: the folder above this crate's.
pub(crate) fn root() -> PathBuf {
    let crate_dir = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    crate_dir.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The cargo that started us, so that a chosen toolchain stays chosen.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Whether this run may not leave anything out: `CI=true` is set.
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true")
}

/// Runs `command` in the root, with its output shown.
///
/// # Errors
/// When it cannot be started, or ends with anything but success.
pub(crate) fn shown(command: &mut Command) -> Result<()> {
    let said = spoken(command);
    let status = command.current_dir(root()).status().with_context(|| format!("cannot start `{said}`"))?;
    if !status.success() {
        bail!("`{said}` ended with {status}");
    }
    Ok(())
}

/// Whether `command` succeeds; its output is not shown.
pub(crate) fn quietly(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The command as a person would type it.
pub(crate) fn spoken(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| bare(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

/// Drops the folder in front of cargo: the toolchain's own path is of no use to who repeats the command.
fn bare(word: &str) -> String {
    if Path::new(word).file_name().is_some_and(|name| name == "cargo") { "cargo".into() } else { word.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_spoken_as_a_person_types_it() {
        let mut command = Command::new("/opt/toolchain/bin/cargo");
        command.args(["test", "--workspace"]);
        assert_eq!(spoken(&command), "cargo test --workspace");
    }

    #[test]
    fn a_command_that_fails_is_an_error_that_names_it() {
        let mut command = Command::new(cargo());
        command.arg("no-such-subcommand").stderr(Stdio::null());
        let error = shown(&mut command).unwrap_err().to_string();
        assert!(error.contains("cargo no-such-subcommand"), "{error}");
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("xtask/src/run.rs").is_file());
    }
}
