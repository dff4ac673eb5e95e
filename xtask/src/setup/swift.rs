//! Swift: the system's own where it is new enough, else Debian's in a root of its own below the user's cache.
//!
//! Debian's package wants a newer glibc than most machines have, so `swift-root.sh` makes a root for it once. Entering it
//! needs root; nothing stays mounted and nothing outside it is written.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Need;
use crate::run;

/// The one line that names the way to get it.
pub(crate) const SWIFT_MISSING: &str =
    "Swift 6 is missing; get it by: cargo xtask setup (as root on Debian), elsewhere from swift.org";
/// Debian's release that has it, and its version there.
const RELEASE: [&str; 2] = ["trixie", "6.0.3"];
/// The oldest Swift that reads the packages.
const MAJOR_MIN: u32 = 6;

pub(super) fn need() -> Need {
    Need {
        name: "Swift 6",
        by_hand: "as root on Debian: cargo xtask setup; elsewhere install Swift 6.0 or later from swift.org",
        is_met: || toolchain().is_some(),
        meet,
    }
}

/// Where Swift is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Swift {
    /// On the path.
    System,
    /// In this root.
    Root(PathBuf),
}

/// The Swift to use, when there is one.
pub(crate) fn toolchain() -> Option<Swift> {
    let output = Command::new("swift").arg("--version").output();
    if output.is_ok_and(|output| is_new_enough(&String::from_utf8_lossy(&output.stdout))) {
        return Some(Swift::System);
    }
    let root = swift_root()?;
    let made = std::fs::read_to_string(root.join(".ready")).ok()?;
    (made.trim() == RELEASE.join(" ")).then_some(Swift::Root(root))
}

impl Swift {
    /// `program` of this Swift, to be run in `dir`, a folder of the repository.
    pub(crate) fn command(&self, dir: &Path, program: &str) -> Command {
        match self {
            // `env -C` keeps the folder in the line that a person repeats.
            Swift::System => {
                let mut command = Command::new("env");
                command.arg("-C").arg(dir).arg(program);
                command
            }
            Swift::Root(root) => {
                let mut command = Command::new("bash");
                command.arg(script()).arg("run").arg(root).arg(binds()).arg(dir).arg(program);
                command
            }
        }
    }
}

fn meet() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("this is not Debian");
    }
    let Some(root) = swift_root() else { bail!("neither XDG_CACHE_HOME nor HOME is set") };
    run::shown(Command::new("bash").arg(script()).arg("install").arg(root).args(RELEASE))
}

/// What is seen inside: the repository, and what cargo builds where that lies elsewhere.
fn binds() -> OsString {
    let (root, target) = (run::root(), run::target_dir());
    let mut binds = root.clone().into_os_string();
    if !target.starts_with(&root) {
        binds.push(":");
        binds.push(target);
    }
    binds
}

fn script() -> PathBuf {
    run::root().join("xtask/src/setup/swift-root.sh")
}

fn swift_root() -> Option<PathBuf> {
    Some(super::cache()?.join("swift-root"))
}

fn is_new_enough(said: &str) -> bool {
    let number = said.split("Swift version ").nth(1).and_then(|rest| rest.split('.').next());
    number.and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= MAJOR_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_swift_is_not_taken() {
        assert!(is_new_enough("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64"));
        assert!(is_new_enough("Apple Swift version 6.1 (swiftlang-6.1.0.110.21)"));
        assert!(!is_new_enough("Swift version 5.10.1 (swift-5.10.1-RELEASE)"));
        assert!(!is_new_enough("swift 3.0: OpenStack's object store"));
    }

    #[test]
    fn the_root_is_entered_with_the_repository_in_it() {
        let swift = Swift::Root("/var/cache/swift".into());
        let said = run::spoken(&swift.command(Path::new("/repo/ios"), "swift"));
        let seen = binds().display().to_string();
        assert!(seen.starts_with(&run::root().display().to_string()), "{seen}");
        assert!(said.ends_with(&format!("run /var/cache/swift {seen} /repo/ios swift")), "{said}");
    }
}
