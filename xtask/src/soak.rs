//! `cargo xtask soak`: the suite again and again while something else keeps every processor busy, to find tests that race.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::{android, build, ios, programs, run, sim};

/// What is run, and how often.
#[derive(Args)]
pub(crate) struct Asked {
    /// How often the suite runs
    #[arg(long, default_value_t = 10)]
    times: u32,
    /// Only Rust's test programs whose crate and name hold this, as `ioc/server files`
    #[arg(long)]
    only: Option<String>,
    /// Leave Android, iOS and the simulated worlds out
    #[arg(long)]
    rust: bool,
}

const WORLDS: u32 = 500;

/// Runs the suite as often as asked, and tells at the end what failed how often.
///
/// # Errors
/// When something does not build, or anything failed even once.
pub(crate) fn run(asked: &Asked) -> Result<()> {
    build::everything()?;
    let _busy = Busy::begin()?;
    let mut failures = Vec::new();
    for round in 1..=asked.times {
        println!("\n━━ round {round} of {} ━━", asked.times);
        let logs = run::target_dir().join(format!("soak/{round}"));
        failures.extend(one_round(asked, &logs)?);
        println!("\n{}", told(&failures, round));
    }
    if failures.is_empty() {
        println!("{} passed, 0 failed", asked.times);
        return Ok(());
    }
    bail!("not every round was green; what a failed program said is in target/soak/ROUND")
}

fn one_round(asked: &Asked, logs: &Path) -> Result<Vec<String>> {
    let only = asked.only.as_deref().unwrap_or_default();
    let mut failed = programs::run_those(|name| name.contains(only), logs)?;
    if asked.rust || asked.only.is_some() {
        return Ok(failed);
    }
    let others = [
        ("android", android::run_if_there()),
        ("ios", ios::run()),
        ("simulated worlds", sim::run(WORLDS, None)),
    ];
    for (title, outcome) in others {
        if let Err(error) = outcome {
            println!("FAILED: {title}: {error:#}");
            failed.push(title.into());
        }
    }
    Ok(failed)
}

/// Each that failed with how often it did, of how many rounds.
fn told(failures: &[String], rounds: u32) -> String {
    let mut names = failures.to_vec();
    names.sort();
    names.dedup();
    let count = |name: &String| failures.iter().filter(|it| *it == name).count();
    let lines = names.iter().map(|name| format!("failed {} of {rounds}: {name}", count(name)));
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { format!("green {rounds} of {rounds}") } else { lines.join("\n") }
}

/// Programs that do nothing but keep every processor busy, ended with this.
struct Busy(Vec<Child>);

impl Busy {
    fn begin() -> Result<Self> {
        let count = std::thread::available_parallelism().map_or(2, usize::from);
        let mut busy = Self(Vec::new());
        for _ in 0..count {
            // It ends by itself when we are gone: its input is a pipe of ours.
            let mut idle = Command::new("sh");
            idle.args(["-c", "(while :; do :; done) & spin=$!; cat >/dev/null; kill $spin"])
                .stdin(Stdio::piped());
            busy.0.push(idle.spawn().context("cannot keep a processor busy")?);
        }
        Ok(busy)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_told_with_how_often() {
        let failures = ["tests quic", "ioc/server files", "tests quic"].map(str::to_owned);
        assert_eq!(told(&failures, 3), "failed 1 of 3: ioc/server files\nfailed 2 of 3: tests quic");
        assert_eq!(told(&[], 3), "green 3 of 3");
    }

    #[cfg(unix)]
    #[test]
    fn what_keeps_busy_ends_with_the_run() {
        let busy = Busy::begin().unwrap();
        assert!(!busy.0.is_empty());
        drop(busy);
    }
}
