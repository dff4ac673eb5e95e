//! Runs steps side by side: each as a program of its own that writes to a file, shown whole when it ends. A step begins when
//! what it needs has passed and a processor is free for it; after the first failure nothing more begins.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::steps::{Kind, Step};

/// How a step went.
pub(super) struct Done {
    pub(super) title: &'static str,
    pub(super) took: Duration,
    pub(super) is_ok: bool,
}

/// What a step's thread tells at its end.
struct Ended {
    place: usize,
    took: Duration,
    outcome: Result<bool>,
    log: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Passed,
    Failed,
}

/// Runs all of `steps`, at most `at_once` of those that compute at a time, with their logs in `logs`. `command` says what runs a
/// step. Gives how each went that began, in the order in which they ended.
///
/// # Errors
/// When a log cannot be written, or steps wait for one another.
pub(super) fn run(
    steps: &[Step],
    at_once: usize,
    logs: &Path,
    command: impl Fn(&Step) -> Command,
) -> Result<Vec<Done>> {
    std::fs::create_dir_all(logs)?;
    let (tell, hear) = channel();
    let mut states = vec![State::Waiting; steps.len()];
    let mut done = Vec::new();
    loop {
        while let Some(place) = next(steps, &states, at_once) {
            let Some((step, state)) = steps.get(place).zip(states.get_mut(place)) else { break };
            *state = State::Running;
            println!("━━ {}/{} {}: begins ━━", place + 1, steps.len(), step.title);
            begin(place, command(step), log_of(logs, step.title), &tell)?;
        }
        if !states.contains(&State::Running) {
            break;
        }
        let ended = heard(&hear)?;
        let (place, went) = told(steps, ended)?;
        if let Some(state) = states.get_mut(place) {
            *state = if went.is_ok { State::Passed } else { State::Failed };
        }
        done.push(went);
    }
    if states.contains(&State::Waiting) && !states.contains(&State::Failed) {
        bail!("steps wait for one another");
    }
    Ok(done)
}

/// The first step that may begin now. None after a failure.
fn next(steps: &[Step], states: &[State], at_once: usize) -> Option<usize> {
    if states.contains(&State::Failed) {
        return None;
    }
    let passed = |title: &&str| {
        steps.iter().zip(states).any(|(it, state)| it.title == *title && *state == State::Passed)
    };
    let at_work = steps
        .iter()
        .zip(states)
        .filter(|(step, state)| step.kind == Kind::Works && **state == State::Running)
        .count();
    steps.iter().zip(states).position(|(step, state)| {
        *state == State::Waiting
            && step.needs.iter().all(passed)
            && (step.kind == Kind::Waits || at_work < at_once)
    })
}

fn log_of(logs: &Path, title: &str) -> PathBuf {
    logs.join(title.replace(' ', "-")).with_extension("log")
}

fn begin(place: usize, mut command: Command, log: PathBuf, tell: &Sender<Ended>) -> Result<()> {
    let out = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
    let (tell, start) = (tell.clone(), now());
    std::thread::spawn(move || {
        let status = command.status().context("cannot start it");
        let outcome = status.map(|status| status.success());
        // Nobody hears it only when the whole run has broken off.
        let _ = tell.send(Ended { place, took: start.elapsed(), outcome, log });
    });
    Ok(())
}

fn heard(hear: &Receiver<Ended>) -> Result<Ended> {
    hear.recv().context("what runs the steps has failed itself")
}

/// Shows what a step said, and how to repeat it where it failed.
fn told(steps: &[Step], ended: Ended) -> Result<(usize, Done)> {
    let step = steps.get(ended.place).context("a step that is none")?;
    let said = std::fs::read(&ended.log).unwrap_or_default();
    println!("\n━━ {} ━━\n{}", step.title, String::from_utf8_lossy(&said).trim());
    let is_ok = match ended.outcome {
        Ok(is_ok) => is_ok,
        Err(error) => {
            println!("{error:#}");
            false
        }
    };
    if is_ok {
        println!("   {} took {}\n", step.title, spoken(ended.took));
    } else {
        println!("\nFAILED: {}\nrepeat it: {}\n", step.title, step.job.repeat());
    }
    Ok((ended.place, Done { title: step.title, took: ended.took, is_ok }))
}

pub(super) fn spoken(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[allow(clippy::disallowed_methods, reason = "a person reads how long a step took; nothing is decided by it")]
pub(super) fn now() -> Instant {
    Instant::now()
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::steps::Job;
    use super::*;

    fn step(title: &'static str, needs: &'static [&'static str], kind: Kind) -> Step {
        Step { title, job: Job::Tidy, needs, kind }
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn titles(done: &[Done]) -> Vec<(&'static str, bool)> {
        done.iter().map(|done| (done.title, done.is_ok)).collect()
    }

    #[test]
    fn a_step_begins_when_what_it_needs_has_passed() {
        let dir = tempfile::tempdir().unwrap();
        let steps = [step("a", &[], Kind::Works), step("b", &["a"], Kind::Works)];
        let mark = dir.path().join("mark");
        let script = |step: &Step| match step.title {
            "a" => shell(&format!("echo made > {}", mark.display())),
            _ => shell(&format!("cat {}", mark.display())),
        };
        let done = run(&steps, 2, dir.path(), script).unwrap();
        assert_eq!(titles(&done), [("a", true), ("b", true)]);
        assert_eq!(std::fs::read_to_string(dir.path().join("b.log")).unwrap(), "made\n");
    }

    #[test]
    fn nothing_begins_after_a_failure_and_what_runs_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let steps = [
            step("slow", &[], Kind::Waits),
            step("red", &[], Kind::Works),
            step("after", &["slow"], Kind::Works),
        ];
        // The slow one ends only when the red one has: a pipe, no clock.
        let pipe = dir.path().join("pipe");
        assert!(shell(&format!("mkfifo {}", pipe.display())).status().unwrap().success());
        let script = |step: &Step| match step.title {
            "slow" => shell(&format!("cat {}", pipe.display())),
            "red" => shell(&format!("echo x > {}; false", pipe.display())),
            _ => panic!("must not begin"),
        };
        let mut done = titles(&run(&steps, 1, dir.path(), script).unwrap());
        done.sort_unstable();
        assert_eq!(done, [("red", false), ("slow", true)]);
    }

    #[test]
    fn no_more_compute_at_once_than_may_and_what_waits_runs_beside() {
        let steps = [step("a", &[], Kind::Works), step("b", &[], Kind::Works), step("c", &[], Kind::Waits)];
        assert_eq!(next(&steps, &[State::Running, State::Waiting, State::Waiting], 1), Some(2));
        assert_eq!(next(&steps, &[State::Running, State::Waiting, State::Running], 1), None);
        assert_eq!(next(&steps, &[State::Running, State::Waiting, State::Running], 2), Some(1));
        assert_eq!(next(&steps, &[State::Failed, State::Waiting, State::Waiting], 2), None);
    }

    #[test]
    fn steps_that_wait_for_one_another_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let steps = [step("a", &["b"], Kind::Works), step("b", &["a"], Kind::Works)];
        assert!(run(&steps, 2, dir.path(), |_| shell("true")).is_err());
    }
}
