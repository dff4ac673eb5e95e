//! The tests of Rust, several programs of them at a time: cargo builds and names them, but would run one after another,
//! and most of them wait for something (a link, a kill, a browser) while the cores idle.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use wait_timeout::ChildExt as _;

use crate::{build, run};

/// The crate whose tests start whole programs: they wait longest, so they begin first.
const END_TO_END: &str = "tests";

/// The slowest takes three minutes on two busy cores; whatever takes this long waits for something that never comes.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// A program with tests in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Program {
    /// Its crate's folder.
    folder: PathBuf,
    /// What cargo calls it.
    name: String,
    /// The file to run.
    path: PathBuf,
}

/// Builds all tests, runs them, then those in the documentation.
///
/// # Errors
/// When something does not build; when tests fail, with the programs they are in.
pub(crate) fn run() -> Result<()> {
    let failed = run_those(|_| true, &run::target_dir().join("test-logs"))?;
    if !failed.is_empty() {
        bail!("tests failed in {}", failed.join(", "));
    }
    let mut doc = Command::new(run::cargo());
    build::with_clippy(&mut doc);
    run::shown(doc.args(["test", "--doc", "--workspace", "--locked"]).args(build::FEATURES))
}

/// Builds all tests and runs the programs whose name, as `ioc/server files`, is wanted; what each says goes to `logs`. Gives the
/// names of those that failed.
///
/// # Errors
/// When something does not build, or a log cannot be written.
pub(crate) fn run_those(is_wanted: impl Fn(&str) -> bool, logs: &Path) -> Result<Vec<String>> {
    let mut programs = built()?;
    programs.retain(|program| is_wanted(&program.spoken()));
    let at_once = std::thread::available_parallelism().map_or(2, usize::from);
    println!("{} programs, {at_once} at a time", programs.len());
    run_all(programs, at_once, LIMIT, logs)
}

fn built() -> Result<Vec<Program>> {
    let mut cargo = build::command();
    cargo.args(["--message-format", "json-render-diagnostics"]);
    let output = cargo.current_dir(run::root()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("`{}` ended with {}", run::spoken(&cargo), output.status);
    }
    let mut programs = named(&String::from_utf8_lossy(&output.stdout));
    programs.sort_by_key(|program| !program.folder.ends_with(END_TO_END));
    Ok(programs)
}

/// The programs with tests among what cargo says it built.
fn named(messages: &str) -> Vec<Program> {
    let program = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let is_test = message.pointer("/profile/test")?.as_bool()?;
        let manifest = Path::new(message.get("manifest_path")?.as_str()?);
        let path = message.get("executable")?.as_str()?;
        let name = message.pointer("/target/name")?.as_str()?;
        let folder = manifest.parent()?.to_owned();
        is_test.then(|| Program { folder, name: name.to_owned(), path: path.into() })
    };
    messages.lines().filter_map(program).collect()
}

/// Runs all, `at_once` side by side, showing what each said when it has ended. Gives how to repeat those that failed.
fn run_all(programs: Vec<Program>, at_once: usize, limit: Duration, logs: &Path) -> Result<Vec<String>> {
    std::fs::create_dir_all(logs)?;
    let waiting = Mutex::new(VecDeque::from(programs));
    let failed = Mutex::new(Vec::new());
    let worker = || -> Result<()> {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(program) = next else { return Ok(()) };
            let (passed, said) = run_one(&program, limit, logs)?;
            let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
            println!("\n   {}\n{}", program.spoken(), said.trim());
            if !passed {
                failed.push(program.spoken());
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(_) => bail!("what runs the tests has failed itself"),
        })
    })?;
    Ok(failed.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// What it says goes through a file: a program that it leaves behind may not keep us waiting for the end of a pipe.
fn run_one(program: &Program, limit: Duration, logs: &Path) -> Result<(bool, String)> {
    let name = program.path.file_name().unwrap_or_default();
    let log = logs.join(name).with_extension("log");
    let out = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut command = Command::new(&program.path);
    command.current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
    command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
    let status =
        ended(&mut command, limit).with_context(|| format!("cannot run {}", program.path.display()))?;
    let mut said = Vec::new();
    File::open(&log)?.read_to_end(&mut said)?;
    let mut said = String::from_utf8_lossy(&said).into_owned();
    if status.is_none() {
        said = format!("{said}\nstopped: not ended within {} s", limit.as_secs());
    }
    Ok((status.is_some_and(|status| status.success()), said))
}

/// How it ended; none if it did not within `limit` and was stopped.
fn ended(command: &mut Command, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let mut child = command.spawn()?;
    if let Some(status) = child.wait_timeout(limit)? {
        return Ok(Some(status));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

impl Program {
    /// As a person would run it: `ioc/server files`.
    fn spoken(&self) -> String {
        let folder = self.folder.strip_prefix(run::root()).unwrap_or(&self.folder);
        format!("{} {}", folder.display(), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_with_tests_are_named() {
        let test = r#"{"reason":"compiler-artifact","manifest_path":"/r/tests/Cargo.toml","target":{"name":"kill"},"profile":{"test":true},"executable":"/t/kill-1"}"#;
        let program = test.replace("\"test\":true", "\"test\":false");
        let library = test.replace("\"/t/kill-1\"", "null");
        let messages = [test, &program, &library, r#"{"reason":"build-finished"}"#, "no JSON"].join("\n");
        let kill = Program { folder: "/r/tests".into(), name: "kill".into(), path: "/t/kill-1".into() };
        assert_eq!(named(&messages), [kill]);
    }

    #[cfg(unix)]
    #[test]
    fn the_others_run_although_one_fails_and_it_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let program = |name: &str| Program {
            folder: dir.path().to_owned(),
            name: name.into(),
            path: Path::new("/bin").join(name),
        };
        let failed = run_all(vec![program("false"), program("pwd")], 1, LIMIT, dir.path()).unwrap();
        assert_eq!(failed, [program("false").spoken()]);
        let said = std::fs::read_to_string(dir.path().join("pwd.log")).unwrap();
        assert!(said.trim().ends_with(dir.path().file_name().unwrap().to_str().unwrap()), "{said}");
    }
    #[cfg(unix)]
    #[test]
    fn one_that_never_ends_is_stopped_and_says_what_it_had_said() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("waits");
        std::fs::write(&path, "#!/bin/sh\necho waiting\nexec sleep 600\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let program = Program { folder: dir.path().to_owned(), name: "waits".into(), path };
        let (passed, said) = run_one(&program, Duration::from_secs(1), dir.path()).unwrap();
        assert!(!passed);
        assert!(said.starts_with("waiting") && said.ends_with("not ended within 1 s"), "{said}");
    }
}
