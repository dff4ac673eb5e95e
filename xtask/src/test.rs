//! `cargo xtask test`: the steps in their order, each with a heading, its time, and how to repeat it alone.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{android, bench, ios, run, setup, sim, size, tidy};

const WORLDS: u32 = 2_000;
const WORLDS_FAST: u32 = 200;

/// Runs every step; the first that fails ends the run.
pub(crate) fn run(fast: bool) -> Result<()> {
    let steps = steps(fast);
    let mut done = Vec::new();
    let mut failed = None;
    for (place, step) in steps.iter().enumerate() {
        println!("\n━━ {}/{} {} ━━", place + 1, steps.len(), step.title);
        let start = now();
        let outcome = step.job.perform();
        let took = start.elapsed();
        done.push((step.title, took));
        if let Err(error) = outcome {
            eprintln!("\nFAILED: {}: {error:#}\nrepeat it: {}", step.title, step.job.repeat());
            failed = Some(step.title);
            break;
        }
        println!("   {} took {}", step.title, spoken(took));
    }
    print!("{}", summary(&done, failed));
    match failed {
        Some(title) => bail!("{title} failed"),
        None => Ok(()),
    }
}

struct Step {
    title: &'static str,
    job: Job,
}

enum Job {
    Shell(Command),
    Tidy,
    Setup,
    Deny,
    Android,
    Ios,
    Network,
    Size,
}

impl Job {
    /// `Command` wants to be mutable to run, a list of steps does not: it is rebuilt from its parts.
    fn perform(&self) -> Result<()> {
        match self {
            Job::Shell(command) => run::shown(Command::new(command.get_program()).args(command.get_args())),
            Job::Tidy => tidy::run(),
            Job::Setup => setup::run(false),
            Job::Deny => deny(),
            Job::Android => android::run_if_there(),
            Job::Ios => ios::run(),
            Job::Network => bench::quick(),
            Job::Size => size::run(),
        }
    }

    fn repeat(&self) -> String {
        match self {
            Job::Shell(command) => run::spoken(command),
            Job::Tidy => "cargo xtask tidy".into(),
            Job::Setup => "cargo xtask setup".into(),
            Job::Deny => "target/tools/bin/cargo-deny check licenses bans sources".into(),
            Job::Android => "cargo xtask android".into(),
            Job::Ios => "cargo xtask ios".into(),
            Job::Network => "cargo xtask bench network --quick".into(),
            Job::Size => "cargo xtask size".into(),
        }
    }
}

fn steps(fast: bool) -> Vec<Step> {
    let cargo = |args: &str| {
        let mut command = Command::new(run::cargo());
        command.args(args.split(' '));
        Job::Shell(command)
    };
    let lint = "clippy --workspace --all-targets --locked -- -D warnings";
    let mut steps = vec![
        Step { title: "rustfmt", job: cargo("fmt --all --check") },
        Step { title: "tidy", job: Job::Tidy },
        Step { title: "clippy", job: cargo(lint) },
    ];
    if fast {
        steps.push(Step { title: "unit tests", job: cargo("test --workspace --lib --bins --locked") });
        steps.push(Step { title: "simulated worlds", job: Job::Shell(sim::command(WORLDS_FAST, None)) });
    } else {
        steps.push(Step { title: "setup", job: Job::Setup });
        steps.push(Step { title: "cargo-deny", job: Job::Deny });
        // The end-to-end tests start the program `paht`, which `cargo test` alone would not build.
        steps.push(Step { title: "build", job: cargo("build --workspace --bins --locked") });
        steps.push(Step { title: "tests", job: cargo("test --workspace --locked") });
        steps.push(Step { title: "android", job: Job::Android });
        steps.push(Step { title: "ios", job: Job::Ios });
        steps.push(Step { title: "simulated worlds", job: Job::Shell(sim::command(WORLDS, None)) });
        steps.push(Step { title: "terrible network", job: Job::Network });
        steps.push(Step { title: "size", job: Job::Size });
    }
    steps
}

/// Licences, bans and sources need only the lockfile. Advisories need a database that is fetched, so they are
/// checked only where one already lies.
fn deny() -> Result<()> {
    let Some(program) = setup::deny_program() else {
        if run::in_ci() {
            bail!("{}", setup::DENY_MISSING);
        }
        println!("not checked: {}", setup::DENY_MISSING);
        return Ok(());
    };
    // It looks at the crates of every platform, of which a build fetches only its own.
    run::shown(Command::new(run::cargo()).args(["fetch", "--locked"]))?;
    let check = ["--locked", "--offline", "check", "--hide-inclusion-graph"];
    run::shown(Command::new(&program).args(check).args(["licenses", "bans", "sources"]))?;
    if has_advisory_database() {
        return run::shown(Command::new(&program).args(check).arg("advisories"));
    }
    println!("advisories: not checked (offline)");
    Ok(())
}

/// A fetched database is a git work tree below cargo's home; a failed fetch leaves only a lock there.
fn has_advisory_database() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|dir| dir.join(".cargo"))).unwrap_or_default();
    let databases = home.join("advisory-dbs").read_dir().into_iter().flatten();
    databases.flatten().any(|database| database.path().join(".git").exists())
}

/// A line a step, then the count. The count's wording is one that runners of tests share.
fn summary(done: &[(&str, Duration)], failed: Option<&str>) -> String {
    let lines = done.iter().map(|(title, took)| {
        let verdict = if failed == Some(*title) { "FAILED" } else { "ok" };
        format!("{verdict:>6}  {title:<18} {:>9}\n", spoken(*took))
    });
    let failures = usize::from(failed.is_some());
    format!("\n{}steps: {} passed, {failures} failed\n", lines.collect::<String>(), done.len() - failures)
}

fn spoken(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[allow(clippy::disallowed_methods, reason = "a person reads how long a step took; nothing is decided by it")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(fast: bool) -> Vec<&'static str> {
        steps(fast).iter().map(|step| step.title).collect()
    }

    #[test]
    fn cheap_checks_come_first() {
        assert_eq!(titles(true), ["rustfmt", "tidy", "clippy", "unit tests", "simulated worlds"]);
        assert!(titles(false).starts_with(&["rustfmt", "tidy", "clippy", "setup", "cargo-deny"]));
    }

    #[test]
    fn fast_needs_nothing_but_rust() {
        assert!(["setup", "cargo-deny", "android"].iter().all(|step| !titles(true).contains(step)));
    }

    #[test]
    fn every_step_can_be_repeated_by_one_command() {
        assert!(steps(false).iter().all(|step| !step.job.repeat().contains('\n')));
        assert_eq!(steps(true)[0].job.repeat(), "cargo fmt --all --check");
    }

    #[test]
    fn the_summary_counts_the_failed_step() {
        let done = [("tidy", Duration::from_millis(1_200)), ("clippy", Duration::from_secs(75))];
        let text = summary(&done, Some("clippy"));
        assert!(text.contains("    ok  tidy                   1.2 s"), "{text}");
        assert!(text.contains("FAILED  clippy"), "{text}");
        assert!(text.ends_with("\nsteps: 1 passed, 1 failed\n"), "{text}");
    }
}
