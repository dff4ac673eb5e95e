//! `cargo xtask bench build`: what it costs to build and to test from nothing, beside an earlier commit in the same run.
//!
//! Each commit gets a clone of its own with an empty folder for what is built; the registry's files are fetched before the time
//! runs. The demo is measured in processor time, which another program beside it disturbs less; a run of CI in wall time.

mod clone;
mod demo;
mod units;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};

use self::clone::Clone;
use crate::run;

/// The commit that the limits were set against.
const AGAINST: &str = "d8046ba";
/// How many crates are named among those that cost most.
const COSTLY_MAX: usize = 10;

/// What is measured, and beside which commit.
#[derive(Args)]
pub(crate) struct Asked {
    /// The commit to stand beside
    #[arg(long, default_value = AGAINST)]
    against: String,
    /// Only these
    #[arg(long, value_delimiter = ',', default_value = "demo,ci,warm,crates")]
    only: Vec<Figure>,
    /// Measure the checked-out commit alone: without ratios, and in half of the time
    #[arg(long)]
    alone: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// Processor time of a cold demo up to its first line
    Demo,
    /// Wall time of a cold run of CI
    Ci,
    /// Wall time of a run of CI after only a comment changed in core/model
    Warm,
    /// The crates that cost most
    Crates,
}

/// A commit's figures.
#[derive(Default)]
struct Measured {
    demo_cpu: Option<Duration>,
    ci: Option<Duration>,
    warm: Option<Duration>,
}

/// Measures and prints a line for each figure.
///
/// # Errors
/// When a commit cannot be cloned, or does not build or pass.
pub(crate) fn run(asked: &Asked) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("processor time is read from Linux's /proc");
    }
    let space = run::target_dir().join("bench-build");
    let ours = measure(&Clone::of("HEAD", &space.join("ours"))?, &asked.only)?;
    let theirs = if asked.alone {
        Measured::default()
    } else {
        measure(&Clone::of(&asked.against, &space.join("against"))?, &asked.only)?
    };
    print!("{}", table(&asked.against, &ours, &theirs));
    Ok(())
}

fn measure(clone: &Clone, only: &[Figure]) -> Result<Measured> {
    clone.fetch()?;
    let mut measured = Measured::default();
    if only.contains(&Figure::Demo) {
        clone.make_cold()?;
        measured.demo_cpu = Some(demo::cpu_to_first_line(clone.root())?);
    }
    if only.contains(&Figure::Ci) || only.contains(&Figure::Warm) {
        clone.make_cold()?;
        measured.ci = Some(ci(clone.root())?);
    }
    if only.contains(&Figure::Warm) {
        clone.add_comment("core/model/src/lib.rs")?;
        measured.warm = Some(ci(clone.root())?);
    }
    if only.contains(&Figure::Crates) {
        clone.make_cold()?;
        println!(
            "\n{}: the {COSTLY_MAX} that cost most, in seconds of a build with two at a time",
            clone.name()
        );
        for (name, seconds) in units::costly(clone.root())?.into_iter().take(COSTLY_MAX) {
            println!("{seconds:>8.1}  {name}");
        }
    }
    Ok(measured)
}

/// One run of what guards main, as CI runs it.
fn ci(root: &Path) -> Result<Duration> {
    let start = now();
    let mut command = Command::new("bash");
    command.arg(".ci/run").current_dir(root).env("CI", "true").stdin(Stdio::null());
    // Only the clone's own places count.
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR");
    let status = command.status().context("cannot start .ci/run")?;
    if !status.success() {
        bail!(".ci/run in {} ended with {status}", root.display());
    }
    Ok(start.elapsed())
}

fn table(against: &str, ours: &Measured, theirs: &Measured) -> String {
    let rows = [
        ("cold demo, processor time to its first line", ours.demo_cpu, theirs.demo_cpu),
        ("cold CI, wall time", ours.ci, theirs.ci),
        ("warm CI, wall time", ours.warm, theirs.warm),
    ];
    let mut text = format!("\n{:<46} {:>10} {against:>10} {:>7}\n", "", "this", "ratio");
    for (name, ours, theirs) in rows {
        let Some(ours) = ours else { continue };
        let ratio = theirs.map(|theirs| format!("{:.2}", ours.as_secs_f64() / theirs.as_secs_f64()));
        let theirs = theirs.map_or_else(|| "-".into(), minutes);
        let ratio = ratio.as_deref().unwrap_or("-");
        let _ = writeln!(text, "{name:<46} {:>10} {theirs:>10} {ratio:>7}", minutes(ours));
    }
    text
}

fn minutes(took: Duration) -> String {
    format!("{}:{:02}", took.as_secs() / 60, took.as_secs() % 60)
}

#[allow(clippy::disallowed_methods, reason = "it measures")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_beside_that_of_the_other_commit() {
        let of = |seconds| Measured { demo_cpu: Some(Duration::from_secs(seconds)), ..Measured::default() };
        let said = table("d8046ba", &of(300), &of(1200));
        let line = said.lines().find(|line| line.starts_with("cold demo")).unwrap();
        assert!(line.ends_with("5:00      20:00    0.25"), "{line}");
        assert!(table("d8046ba", &of(300), &Measured::default()).contains("5:00          -       -"));
        assert!(!said.contains("warm"), "{said}");
    }
}
