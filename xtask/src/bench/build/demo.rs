//! Processor time of a cold demo: of cargo, its compilers, and the demo itself, until the demo's first line.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// Runs it as the README says and stops reading time at the first line; then lets it end.
///
/// # Errors
/// When it does not start, says nothing, or fails.
pub(super) fn cpu_to_first_line(root: &Path) -> Result<Duration> {
    let mut command = Command::new("cargo");
    command.args(["xtask", "demo", "--", "--once"]).current_dir(root).stdin(Stdio::null());
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR").stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start cargo")?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    let first = lines.next().transpose()?;
    // `cargo run` and `xtask demo` hand their process over, so it is still the same one, with all its children's time.
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id()));
    for line in lines {
        line?;
    }
    let status = child.wait()?;
    if first.is_none() || !status.success() {
        bail!("the demo ended with {status}");
    }
    ticks(&stat?)
        .map(|ticks| Duration::from_secs_f64(ticks / ticks_per_second()))
        .context("no times in /proc")
}

/// A process's own time and that of its ended children, in clock ticks. Source: proc(5), fields 14 to 17.
fn ticks(stat: &str) -> Option<f64> {
    // The name in the brackets may hold blanks.
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let times: Option<Vec<f64>> = fields.get(11..15)?.iter().map(|field| field.parse().ok()).collect();
    Some(times?.iter().sum())
}

fn ticks_per_second() -> f64 {
    let output = Command::new("getconf").arg("CLK_TCK").output().ok();
    let said = output.and_then(|output| String::from_utf8(output.stdout).ok());
    said.and_then(|said| said.trim().parse().ok()).unwrap_or(100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_of_a_process_and_its_children_is_read_whatever_its_name() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 2 3 4 10 20 3000 400 20 0 1 0 5 6 7";
        assert_eq!(ticks(stat), Some(3430.0));
        assert_eq!(ticks("7 (a) S 1"), None);
    }
}
