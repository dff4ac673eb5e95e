//! The npm packages of `tests/node`, exactly as its lockfile pins them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Need, is_stamped, put_stamp};
use crate::run;

pub(super) fn need() -> Need {
    Need {
        name: "npm packages of tests/node",
        by_hand: "install Node.js 20 or later with npm, then: npm ci --prefix tests/node",
        is_met: || is_stamped(&lockfile(), &stamp()),
        meet,
    }
}

fn meet() -> Result<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run::shown(Command::new(npm).args([
        "ci",
        "--prefix",
        "tests/node",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    put_stamp(&lockfile(), &stamp())
}

fn lockfile() -> PathBuf {
    run::root().join("tests/node/package-lock.json")
}

fn stamp() -> PathBuf {
    run::root().join("tests/node/node_modules/.installed-lock.json")
}
