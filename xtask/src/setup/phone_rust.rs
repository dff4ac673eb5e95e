//! The Rust that checks for phones: rustup's targets where they are installed, else Debian's compiler with its sources, from
//! which the standard library is checked along.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Need;
use crate::run;

/// Phones of 64 and of 32 bits.
pub(crate) const PHONE_TARGETS: [&str; 2] = ["aarch64-linux-android", "armv7-linux-androideabi"];

/// The one line that names the way to get it.
pub(crate) const PHONE_RUST_MISSING: &str = "Rust for phones is missing; get it by: rustup target add aarch64-linux-android \
     armv7-linux-androideabi (or, on Debian: cargo xtask setup)";

pub(super) fn need() -> Need {
    Need {
        name: "Rust for phones",
        by_hand: "rustup target add aarch64-linux-android armv7-linux-androideabi",
        is_met: || phone_rust().is_some(),
        meet,
    }
}

/// What checks for phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PhoneRust {
    /// This toolchain has the targets.
    Rustup,
    /// Debian's compiler and sources, unpacked here.
    Root(PathBuf),
}

/// The one there is.
pub(crate) fn phone_rust() -> Option<PhoneRust> {
    if PHONE_TARGETS.iter().all(|target| has_target(target)) {
        return Some(PhoneRust::Rustup);
    }
    let root = root()?;
    let version =
        Command::new(compiler(&root)).env("LD_LIBRARY_PATH", libraries(&root)).arg("--version").output();
    let is_ready = version.is_ok_and(|output| output.status.success()) && shim(&root).is_file();
    is_ready.then_some(PhoneRust::Root(root))
}

impl PhoneRust {
    /// `cargo check` of a package for a phone.
    pub(crate) fn check(&self, package: &str, target: &str) -> Command {
        let mut command = Command::new(run::cargo());
        command.args(["check", "--locked", "--package", package, "--lib", "--target", target]);
        let Self::Root(root) = self else { return command };
        command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
        command.env("RUSTC", compiler(root)).env("LD_LIBRARY_PATH", libraries(root));
        let suffix = target.replace('-', "_");
        for tool in ["CC", "CXX", "AR"] {
            command.env(format!("{tool}_{suffix}"), shim(root));
        }
        command
    }
}

fn has_target(target: &str) -> bool {
    let sysroot = Command::new("rustc").args(["--print", "target-libdir", "--target", target]).output();
    sysroot.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

fn meet() -> Result<()> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) || !Path::new("/etc/debian_version").is_file()
    {
        bail!("this is not Debian on x86-64");
    }
    let Some(root) = root() else { bail!("neither XDG_CACHE_HOME nor HOME is set") };
    run::shown(Command::new("bash").arg(run::root().join("xtask/src/setup/phone-rust.sh")).arg(root))
}

fn root() -> Option<PathBuf> {
    Some(super::cache()?.join("phone-rust"))
}

fn compiler(root: &Path) -> PathBuf {
    root.join("usr/bin/rustc")
}

fn libraries(root: &Path) -> PathBuf {
    root.join("usr/lib/x86_64-linux-gnu")
}

fn shim(root: &Path) -> PathBuf {
    root.join("no-c-compiler")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_for_phones_names_its_target_and_needs_no_ndk() {
        let command = PhoneRust::Root("/cache/phone-rust".into()).check("paht-bindings", PHONE_TARGETS[1]);
        let said = run::spoken(&command);
        assert!(said.contains("--target armv7-linux-androideabi") && said.contains("-Zbuild-std"), "{said}");
        let set = |name: &str| command.get_envs().any(|(set, value)| set == name && value.is_some());
        assert!(set("CC_armv7_linux_androideabi") && set("RUSTC"));
        let plain = run::spoken(&PhoneRust::Rustup.check("paht-bindings", PHONE_TARGETS[0]));
        assert!(!plain.contains("-Z"), "{plain}");
    }
}
