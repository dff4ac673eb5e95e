//! The program `paht`, as it lies beside the tests.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Where it was built.
///
/// # Panics
/// Where it was not.
pub fn path() -> PathBuf {
    let tests = std::env::current_exe().expect("this test's own path");
    let built = tests.ancestors().nth(2).expect("a folder of what was built");
    let program = built.join(format!("paht{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is missing: cargo build -p paht", program.display());
    program
}

/// A command line of it, deaf and in JSON.
pub fn command<'w>(words: impl IntoIterator<Item = &'w str>) -> Command {
    let mut command = Command::new(path());
    command.args(words).arg("--json").stdin(Stdio::null());
    for name in ["PAHT_HOME", "PAHT_IOC", "PAHT_TOKEN", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
}

/// Runs it to its end.
pub fn run<'w>(words: impl IntoIterator<Item = &'w str>) -> Output {
    command(words).output().expect("the program starts")
}

/// Runs it to its end, which must be a good one, and gives the objects it said.
pub fn said<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<Value> {
    let output = run(words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {told}", output.status);
    objects(&output.stdout)
}

/// One object a line.
pub fn objects(stdout: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect()
}
