//! A Python environment in `target/venv` with what `tests/python/requirements.txt` pins.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Need, browser::apt, is_stamped, put_stamp};
use crate::run;

pub(super) fn need() -> Need {
    Need {
        name: "Python packages of tests/python",
        by_hand: "install Python 3 with venv (on Debian: apt-get install python3-venv), then run this again",
        is_met: || is_stamped(&requirements(), &stamp()),
        meet,
    }
}

fn meet() -> Result<()> {
    if make_environment().is_err() {
        // Debian's python3 comes without the part that makes environments.
        apt(&["python3", "python3-venv"])?;
        make_environment()?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r"];
    run::shown(Command::new(python()).args(pip).arg(requirements()))?;
    put_stamp(&requirements(), &stamp())
}

fn make_environment() -> Result<()> {
    run::shown(Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment()))
}

fn environment() -> PathBuf {
    run::target_dir().join("venv")
}

/// The environment's own Python.
pub(super) fn python() -> PathBuf {
    environment().join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" })
}

fn requirements() -> PathBuf {
    run::root().join("tests/python/requirements.txt")
}

fn stamp() -> PathBuf {
    environment().join("installed-requirements.txt")
}
