//! Chromium and a font with Vietnamese, for the pictures of pages. Installed by apt on Debian, else named.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::Need;
use crate::run;

/// Where Debian puts it; `CHROMIUM` names another place.
const BROWSER: &str = "/usr/bin/chromium";
/// Fonts that draw every accented Vietnamese letter; one is enough.
const FONTS: [&str; 2] = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
];
const INDEX_SECONDS_MAX: &str = "300";
const INSTALL_SECONDS_MAX: &str = "1200";

pub(super) fn need() -> Need {
    Need {
        name: "chromium and a font with Vietnamese",
        by_hand: "on Debian, as root: apt-get install chromium fonts-dejavu-core; elsewhere name your Chromium by CHROMIUM=PATH",
        is_met: || has_browser() && has_font(),
        meet,
    }
}

fn has_browser() -> bool {
    std::env::var_os("CHROMIUM")
        .map_or_else(|| Path::new(BROWSER).is_file(), |path| Path::new(&path).is_file())
}

fn has_font() -> bool {
    // macOS and Windows come with fonts that have Vietnamese.
    !cfg!(target_os = "linux") || FONTS.iter().any(|font| Path::new(font).is_file())
}

fn meet() -> Result<()> {
    let mut packages = Vec::new();
    if !has_browser() {
        packages.push("chromium");
    }
    if !has_font() {
        packages.push("fonts-dejavu-core");
    }
    apt(&packages)
}

/// Installs Debian packages, as root or with a sudo that asks nothing.
///
/// # Errors
/// Where there is no apt or no right to use it, or when it fails or takes too long.
pub(super) fn apt(packages: &[&str]) -> Result<()> {
    if !Path::new("/etc/debian_version").exists() {
        bail!("this is not Debian");
    }
    let prefix: &[&str] = if run::quietly(Command::new("test").args(["-w", "/var/lib/dpkg"])) {
        &[]
    } else if run::quietly(Command::new("sudo").args(["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        bail!("this needs root, or a sudo without a password");
    };
    run::shown(&mut apt_command(prefix, INDEX_SECONDS_MAX, &["update", "-qq"]))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends"];
    run::shown(&mut apt_command(prefix, INSTALL_SECONDS_MAX, &[&install[..], packages].concat()))
}

fn apt_command(prefix: &[&str], seconds_max: &str, args: &[&str]) -> Command {
    let start = ["env", "DEBIAN_FRONTEND=noninteractive", "timeout", seconds_max, "apt-get"];
    let mut words = prefix.iter().chain(&start).chain(args);
    let mut command = Command::new(words.next().unwrap_or(&"env"));
    command.args(words).stdin(std::process::Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apt_is_bounded_in_time_and_asks_nothing() {
        let command = run::spoken(&apt_command(&["sudo", "-n"], "300", &["update", "-qq"]));
        assert_eq!(command, "sudo -n env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get update -qq");
    }
}
