//! The steps of `cargo xtask test`: what each does, what it needs done before, and how a person repeats it alone.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{android, bench, build, ios, programs, run, setup, sim, size, tidy};

const WORLDS: u32 = 2_000;
const WORLDS_FAST: u32 = 200;

/// One thing that is checked.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) job: Job,
    /// Titles of the steps that must have passed before this one begins.
    pub(super) needs: &'static [&'static str],
    /// What it mostly does, by which the schedule sets it beside others.
    pub(super) kind: Kind,
}

/// What a step spends its time with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Computes: no more of these run at once than there are processors.
    Works,
    /// Waits, for a download or a slow link: it runs beside what computes.
    Waits,
}

impl Step {
    const fn works(title: &'static str, job: Job, needs: &'static [&'static str]) -> Self {
        Self { title, job, needs, kind: Kind::Works }
    }

    const fn waits(title: &'static str, job: Job, needs: &'static [&'static str]) -> Self {
        Self { title, job, needs, kind: Kind::Waits }
    }

    /// This program again, for this step alone.
    pub(super) fn alone(&self) -> Command {
        // By its name: the steps build it anew, and the file that this process began as is gone then.
        let own = run::target_dir().join("debug").join(format!("xtask{}", std::env::consts::EXE_SUFFIX));
        let arguments = ["test", "--step", self.title];
        let mut command = match self.job {
            // What measures goes before what computes beside it. Where that is not allowed, it runs all the same.
            Job::Network if cfg!(target_os = "linux") => {
                let mut nice = Command::new("nice");
                nice.args(["-n", "-10"]).arg(own);
                nice
            }
            _ => Command::new(own),
        };
        command.args(arguments);
        command
    }
}

/// What a step does.
pub(super) enum Job {
    Cargo(&'static str),
    Tidy,
    Setup,
    Build,
    Clippy,
    Deny,
    Tests,
    Android,
    AndroidRust,
    Ios,
    Worlds(u32),
    Network,
    Size,
}

const CLIPPY: &str =
    "clippy --workspace --all-targets --locked --features paht-bindings/generate -- -D warnings";

impl Job {
    pub(super) fn perform(&self) -> Result<()> {
        match self {
            Job::Cargo(arguments) => run::shown(Command::new(run::cargo()).args(arguments.split(' '))),
            Job::Tidy => tidy::run(),
            Job::Setup => setup::run(false),
            Job::Build => build::everything(),
            Job::Clippy => run::shown(Command::new(run::cargo()).args(CLIPPY.split(' '))),
            Job::Deny => deny(),
            Job::Tests => programs::run(),
            Job::Worlds(count) => sim::run(*count, None),
            Job::Android => android::run_if_there(),
            Job::AndroidRust => android::check_rust(),
            Job::Ios => ios::run(),
            Job::Network => bench::network::quick(),
            Job::Size => size::run(),
        }
    }

    pub(super) fn repeat(&self) -> String {
        match self {
            Job::Cargo(arguments) => format!("cargo {arguments}"),
            Job::Tidy => "cargo xtask tidy".into(),
            Job::Setup => "cargo xtask setup".into(),
            Job::Build => run::spoken(&build::command()),
            Job::Clippy => format!("cargo {CLIPPY}"),
            Job::Deny => "cargo xtask test --step cargo-deny".into(),
            Job::Tests => "cargo test --workspace --locked".into(),
            Job::Worlds(count) => format!("cargo xtask sim --worlds {count}"),
            Job::Android => "cargo xtask android".into(),
            Job::AndroidRust => "cargo xtask test --step 'rust for phones'".into(),
            Job::Ios => "cargo xtask ios".into(),
            Job::Network => "cargo xtask bench network --quick".into(),
            Job::Size => "cargo xtask size".into(),
        }
    }
}

/// In the order in which they begin where their needs allow it: cheap ones first, so that what is wrong is told early.
pub(super) fn steps(fast: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::works("rustfmt", Job::Cargo("fmt --all --check"), &[]),
        Step::works("tidy", Job::Tidy, &[]),
    ];
    if fast {
        steps.extend([
            Step::works("clippy", Job::Clippy, &["rustfmt", "tidy"]),
            Step::works("unit tests", Job::Cargo("test --workspace --lib --bins --locked"), &["clippy"]),
            Step::works("simulated worlds", Job::Worlds(WORLDS_FAST), &["unit tests"]),
        ]);
        return steps;
    }
    steps.extend([
        Step::waits("setup", Job::Setup, &["rustfmt", "tidy"]),
        // Also the program `paht`, which the end-to-end tests start and their own build would not build.
        Step::works("build", Job::Build, &["rustfmt", "tidy"]),
        Step::works("cargo-deny", Job::Deny, &["setup"]),
        Step::waits("terrible network", Job::Network, &["build", "setup"]),
        Step::works("tests", Job::Tests, &["build", "setup"]),
        Step::works("android", Job::Android, &["build", "setup"]),
        Step::works("clippy", Job::Clippy, &["build"]),
        Step::works("ios", Job::Ios, &["build", "setup"]),
        Step::works("rust for phones", Job::AndroidRust, &["setup"]),
        Step::works("simulated worlds", Job::Worlds(WORLDS), &["build"]),
        Step::works("size", Job::Size, &["build"]),
    ]);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(fast: bool) -> Vec<&'static str> {
        steps(fast).iter().map(|step| step.title).collect()
    }

    #[test]
    fn cheap_checks_come_first_and_the_rest_waits_for_them() {
        assert_eq!(titles(true), ["rustfmt", "tidy", "clippy", "unit tests", "simulated worlds"]);
        assert!(titles(false).starts_with(&["rustfmt", "tidy", "setup", "build"]));
        let first = |step: &Step| step.needs.is_empty();
        assert_eq!(steps(false).iter().filter(|step| first(step)).count(), 2);
    }

    #[test]
    fn fast_needs_nothing_but_rust() {
        assert!(["setup", "cargo-deny", "android"].iter().all(|step| !titles(true).contains(step)));
    }

    #[test]
    fn what_a_step_needs_stands_above_it() {
        for fast in [true, false] {
            let titles = titles(fast);
            for (place, step) in steps(fast).iter().enumerate() {
                let above = titles.get(..place).unwrap_or_default();
                assert!(step.needs.iter().all(|need| above.contains(need)), "{}", step.title);
            }
        }
    }

    #[test]
    fn every_step_can_be_repeated_by_one_command() {
        assert!(steps(false).iter().all(|step| !step.job.repeat().contains('\n')));
        assert_eq!(steps(true)[0].job.repeat(), "cargo fmt --all --check");
    }
}
