//! What builds and tests `android/` without an Android SDK: Maven, a JDK, and Debian's packagers of resources and APKs.

use std::path::Path;
use std::process::Command;

use super::{Need, browser::apt};
use crate::run;

/// The one line that names the way to get it.
pub(crate) const ANDROID_MISSING: &str =
    "Maven, a JDK or Debian's Android tools are missing; get them by: cargo xtask setup";

/// Android's resources as Debian packages them (API 29).
const FRAMEWORK: &str = "/usr/share/android-framework-res/framework-res.apk";
/// The oldest JDK that Robolectric's Android 15 runs on.
const JDK_MIN: u32 = 17;

/// A program, how it says that it works, and the Debian package that brings it.
const PROGRAMS: [(&str, &str, &str); 6] = [
    ("mvn", "--version", "maven"),
    ("aapt2", "version", "aapt"),
    ("aapt", "version", "aapt"),
    ("dexdump", "-h", "dexdump"),
    ("zipalign", "-h", "zipalign"),
    ("apksigner", "--version", "apksigner"),
];

pub(super) fn need() -> Need {
    Need {
        name: "Maven, JDK 17 and Debian's Android tools",
        by_hand: "on Debian, as root: apt-get install openjdk-17-jdk-headless maven aapt dexdump zipalign apksigner android-framework-res",
        is_met: android_is_there,
        meet: || apt(&missing()),
    }
}

/// Whether `android/` can be built and tested here.
pub(crate) fn android_is_there() -> bool {
    missing().is_empty()
}

/// The Debian packages of what is not there.
fn missing() -> Vec<&'static str> {
    let mut packages: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(program, says, _)| !starts(program, says))
        .map(|(_, _, package)| *package)
        .collect();
    if !Path::new(FRAMEWORK).is_file() {
        packages.push("android-framework-res");
    }
    if !has_jdk() {
        packages.push("openjdk-17-jdk-headless");
    }
    packages.dedup();
    packages
}

/// Whether the program can be started. How it ends tells nothing: some of them answer a plea for help with an error.
fn starts(program: &str, says: &str) -> bool {
    let output = Command::new(program).arg(says).stdin(std::process::Stdio::null()).output();
    output.is_ok()
}

/// A runtime alone has no `javac`, and Maven compiles with it.
fn has_jdk() -> bool {
    let output = Command::new("javac").arg("-version").output();
    output.is_ok_and(|output| jdk(&String::from_utf8_lossy(&output.stdout)).is_some_and(|it| it >= JDK_MIN))
        && run::quietly(Command::new("keytool").arg("-help"))
}

/// The feature release in what `javac -version` says.
fn jdk(said: &str) -> Option<u32> {
    said.trim().strip_prefix("javac ")?.split(['.', '-', '+']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_jdks_release_is_read() {
        assert_eq!(jdk("javac 17.0.15\n"), Some(17));
        assert_eq!(jdk("javac 25-ea\n"), Some(25));
        assert_eq!(jdk("javac 1.8.0_402"), Some(1));
        assert_eq!(jdk("bash: javac: not found"), None);
    }

    #[test]
    fn a_program_that_is_not_there_does_not_start() {
        assert!(!starts("no-such-program-of-ours", "--version"));
    }

    #[test]
    fn the_way_by_hand_names_every_package() {
        let by_hand = need().by_hand;
        for (_, _, package) in PROGRAMS {
            assert!(by_hand.contains(package), "{package}");
        }
    }
}
