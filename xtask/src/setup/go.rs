//! The Go modules of `tests/go`, exactly as its `go.sum` pins them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Need, browser::apt, is_stamped, put_stamp};
use crate::run;

/// The oldest Go that the modules build with: its major and minor number.
const GO_MIN: (u32, u32) = (1, 21);

pub(super) fn need() -> Need {
    Need {
        name: "Go modules of tests/go",
        by_hand: "install Go 1.21 or later (on Debian 13: apt-get install golang-go; elsewhere from go.dev), then run this again",
        is_met: || has_go() && is_stamped(&sums(), &stamp()),
        meet,
    }
}

fn meet() -> Result<()> {
    if !has_go() {
        apt(&["golang-go"])?;
    }
    let folder = run::root().join("tests/go");
    run::shown(Command::new("go").arg("-C").arg(folder).args(["mod", "download"]))?;
    std::fs::create_dir_all(run::target_dir())?;
    put_stamp(&sums(), &stamp())
}

fn has_go() -> bool {
    let output = Command::new("go").arg("version").output();
    output
        .is_ok_and(|output| release(&String::from_utf8_lossy(&output.stdout)).is_some_and(|it| it >= GO_MIN))
}

/// Major and minor number in what `go version` says.
fn release(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix("go version go")?.split(|c: char| !c.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn sums() -> PathBuf {
    run::root().join("tests/go/go.sum")
}

/// Modules lie in the user's cache; here it is only said that they were fetched.
fn stamp() -> PathBuf {
    run::target_dir().join("installed-go.sum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_read() {
        assert_eq!(release("go version go1.26.8 linux/amd64\n"), Some((1, 26)));
        assert_eq!(release("go version go1.21rc2 darwin/arm64"), Some((1, 21)));
        assert_eq!(release("bash: go: not found"), None);
        assert!(release("go version go1.19.8 linux/amd64") < Some(GO_MIN));
    }
}
