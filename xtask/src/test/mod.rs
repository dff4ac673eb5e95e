//! `cargo xtask test`: every step, side by side where they need nothing of each other, with its time and how to repeat it alone.

mod schedule;
mod steps;

use anyhow::{Result, bail};

use crate::run;
use schedule::{Done, spoken};
use steps::{Step, steps};

/// Runs every step; after the first that fails nothing more begins.
pub(crate) fn run(fast: bool) -> Result<()> {
    let at_once = std::thread::available_parallelism().map_or(2, usize::from);
    let start = schedule::now();
    let done = schedule::run(&steps(fast), at_once, &run::target_dir().join("test-logs"), Step::alone)?;
    print!("{}", summary(&done));
    println!("the whole took {}", spoken(start.elapsed()));
    let failed: Vec<_> = done.iter().filter(|done| !done.is_ok).map(|done| done.title).collect();
    if !failed.is_empty() {
        bail!("{} failed", failed.join(", "));
    }
    Ok(())
}

/// Runs one step alone.
pub(crate) fn one(title: &str) -> Result<()> {
    let all = [steps(false), steps(true)].into_iter().flatten();
    let mut titles = Vec::new();
    for step in all {
        if step.title == title {
            return step.job.perform();
        }
        titles.push(step.title);
    }
    titles.dedup();
    bail!("there is no step “{title}”, but: {}", titles.join(", "))
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

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
