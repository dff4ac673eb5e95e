//! `cargo xtask test`: the steps in their order, each with a heading, its time, and how to repeat it alone.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{android, bench, ios, programs, run, setup, sim, size, tidy};

const WORLDS: u32 = 2_000;
const WORLDS_FAST: u32 = 200;

/// Runs every step; the first that fails ends the run.
pub(crate) fn run(fast: bool) -> Result<()> {
    let steps = steps(fast);
    let mut behind: Vec<Behind<'_>> = Vec::new();
    let mut done = Vec::new();
    let mut failed = None;
    for (place, step) in steps.iter().enumerate() {
        failed = join_due(&mut behind, Some(step.title), &mut done);
        if failed.is_some() {
            break;
        }
        println!("\n━━ {}/{} {} ━━", place + 1, steps.len(), step.title);
        if step.until.is_some() {
            behind.push(Behind::begin(step)?);
            println!("   {} goes on behind what follows", step.title);
            continue;
        }
        if !performed(step, &mut done) {
            failed = Some(step.title);
            break;
        }
    }
    // Nothing that was begun is left running, also behind one that failed.
    failed = failed.or(join_due(&mut behind, None, &mut done));
    print!("{}", summary(&done));
    match failed {
        Some(title) => bail!("{title} failed"),
        None => Ok(()),
    }
}

/// Runs one step alone.
pub(crate) fn one(title: &str) -> Result<()> {
    let steps = steps(false);
    let step = steps.iter().find(|step| step.title == title);
    let Some(step) = step else {
        let titles: Vec<_> = steps.iter().map(|step| step.title).collect();
        bail!("there is no step “{title}”, but: {}", titles.join(", "));
    };
    step.job.perform()
}

fn performed(step: &Step, done: &mut Vec<Done>) -> bool {
    let start = now();
    let outcome = step.job.perform();
    let took = start.elapsed();
    done.push(Done { title: step.title, took, is_ok: outcome.is_ok() });
    match outcome {
        Ok(()) => println!("   {} took {}", step.title, spoken(took)),
        Err(error) => eprintln!("\nFAILED: {}: {error:#}\nrepeat it: {}", step.title, step.job.repeat()),
    }
    done.last().is_some_and(|done| done.is_ok)
}

/// Waits for the steps behind that must be done before the one of this title, or for all. Gives the title of one that
/// failed.
fn join_due(
    behind: &mut Vec<Behind<'_>>,
    before: Option<&str>,
    done: &mut Vec<Done>,
) -> Option<&'static str> {
    let is_due = |one: &Behind<'_>| before.is_none() || one.step.until == before;
    let (due, still) = std::mem::take(behind).into_iter().partition(is_due);
    *behind = still;
    let mut failed = None;
    for one in due {
        let title = one.step.title;
        if !one.join(done) {
            failed = failed.or(Some(title));
        }
    }
    failed
}

/// A step that waits more than it works, run behind others as a program of its own; what it says is shown at its end.
struct Behind<'s> {
    step: &'s Step,
    child: Child,
    log: PathBuf,
    start: Instant,
}

impl<'s> Behind<'s> {
    fn begin(step: &'s Step) -> Result<Self> {
        let logs = run::target_dir().join("test-logs");
        std::fs::create_dir_all(&logs)?;
        let log = logs.join(step.title.replace(' ', "-")).with_extension("log");
        let out = File::create(&log)?;
        let mut command = step.alone();
        command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
        Ok(Self { step, child: command.spawn()?, log, start: now() })
    }

    /// Whether it passed.
    fn join(mut self, done: &mut Vec<Done>) -> bool {
        println!("\n━━ {} ━━", self.step.title);
        let status = self.child.wait();
        let took = self.start.elapsed();
        println!("{}", std::fs::read_to_string(&self.log).unwrap_or_default().trim());
        let is_ok = status.is_ok_and(|status| status.success());
        done.push(Done { title: self.step.title, took, is_ok });
        if is_ok {
            println!("   {} took {}, behind the others", self.step.title, spoken(took));
        } else {
            eprintln!("\nFAILED: {}\nrepeat it: {}", self.step.title, self.step.job.repeat());
        }
        is_ok
    }
}

/// How a step went.
struct Done {
    title: &'static str,
    took: Duration,
    is_ok: bool,
}

struct Step {
    title: &'static str,
    job: Job,
    /// Runs behind what follows, up to the step of this title.
    until: Option<&'static str>,
}

impl Step {
    const fn new(title: &'static str, job: Job) -> Self {
        Self { title, job, until: None }
    }

    fn until(self, title: &'static str) -> Self {
        Self { until: Some(title), ..self }
    }

    /// This program again, for this step alone.
    fn alone(&self) -> Command {
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

enum Job {
    Cargo(String),
    Tidy,
    Setup,
    Deny,
    Tests,
    Android,
    Ios,
    Worlds(u32),
    Network,
    Size,
}

impl Job {
    fn perform(&self) -> Result<()> {
        match self {
            Job::Cargo(arguments) => run::shown(Command::new(run::cargo()).args(arguments.split(' '))),
            Job::Tidy => tidy::run(),
            Job::Setup => setup::run(false),
            Job::Deny => deny(),
            Job::Tests => programs::run(),
            Job::Worlds(count) => sim::run(*count, None),
            Job::Android => android::run_if_there(),
            Job::Ios => ios::run(),
            Job::Network => bench::quick(),
            Job::Size => size::run(),
        }
    }

    fn repeat(&self) -> String {
        match self {
            Job::Cargo(arguments) => format!("cargo {arguments}"),
            Job::Tidy => "cargo xtask tidy".into(),
            Job::Setup => "cargo xtask setup".into(),
            Job::Deny => "target/tools/bin/cargo-deny check licenses bans sources".into(),
            Job::Tests => "cargo test --workspace --locked".into(),
            Job::Worlds(count) => format!("cargo xtask sim --worlds {count}"),
            Job::Android => "cargo xtask android".into(),
            Job::Ios => "cargo xtask ios".into(),
            Job::Network => "cargo xtask bench network --quick".into(),
            Job::Size => "cargo xtask size".into(),
        }
    }
}

fn steps(fast: bool) -> Vec<Step> {
    let cargo = |title, arguments: &str| Step::new(title, Job::Cargo(arguments.into()));
    let setup = Step::new("setup", Job::Setup).until("cargo-deny");
    let lint = cargo("clippy", "clippy --workspace --all-targets --locked -- -D warnings");
    let mut steps = vec![cargo("rustfmt", "fmt --all --check"), Step::new("tidy", Job::Tidy)];
    if fast {
        steps.push(lint);
        steps.push(cargo("unit tests", "test --workspace --lib --bins --locked"));
        steps.push(Step::new("simulated worlds", Job::Worlds(WORLDS_FAST)));
    } else {
        // It waits for what is fetched.
        steps.push(setup);
        steps.push(lint);
        // The end-to-end tests start the program `paht`, which their own build would not build.
        steps.push(cargo("build", "build --workspace --bins --locked"));
        steps.push(Step::new("cargo-deny", Job::Deny));
        steps.push(Step::new("tests", Job::Tests));
        // It waits for links that are slow by design.
        steps.push(Step::new("terrible network", Job::Network).until("end"));
        steps.push(Step::new("android", Job::Android));
        steps.push(Step::new("ios", Job::Ios));
        steps.push(Step::new("simulated worlds", Job::Worlds(WORLDS)));
        steps.push(Step::new("size", Job::Size));
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
fn summary(done: &[Done]) -> String {
    let lines = done.iter().map(|Done { title, took, is_ok }| {
        let verdict = if *is_ok { "ok" } else { "FAILED" };
        format!("{verdict:>6}  {title:<18} {:>9}\n", spoken(*took))
    });
    let failures = done.iter().filter(|done| !done.is_ok).count();
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
        assert!(titles(false).starts_with(&["rustfmt", "tidy", "setup", "clippy", "build", "cargo-deny"]));
    }

    #[test]
    fn fast_needs_nothing_but_rust() {
        assert!(["setup", "cargo-deny", "android"].iter().all(|step| !titles(true).contains(step)));
    }

    #[test]
    fn what_goes_on_behind_is_waited_for() {
        let all = [&titles(false)[..], &["end"]].concat();
        let place = |title| all.iter().position(|it| *it == title);
        for step in steps(false) {
            assert!(step.until.is_none_or(|until| place(until) > place(step.title)), "{}", step.title);
        }
    }

    #[test]
    fn every_step_can_be_repeated_by_one_command() {
        assert!(steps(false).iter().all(|step| !step.job.repeat().contains('\n')));
        assert_eq!(steps(true)[0].job.repeat(), "cargo fmt --all --check");
    }

    #[test]
    fn a_step_that_is_none_is_told_with_those_there_are() {
        let error = one("lunch").unwrap_err().to_string();
        assert!(error.contains("“lunch”") && error.contains("terrible network"), "{error}");
    }

    #[test]
    fn the_summary_counts_the_failed_step() {
        let done = |title, seconds, is_ok| Done { title, took: Duration::from_secs_f64(seconds), is_ok };
        let text = summary(&[done("tidy", 1.2, true), done("clippy", 75.0, false)]);
        assert!(text.contains("    ok  tidy                   1.2 s"), "{text}");
        assert!(text.contains("FAILED  clippy"), "{text}");
        assert!(text.ends_with("\nsteps: 1 passed, 1 failed\n"), "{text}");
    }
}
