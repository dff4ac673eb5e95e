//! This very program, started again: the IOC and the phones are processes of their own. Each is ended by its own handle,
//! whatever becomes of the demo: when the handle is dropped, and when the demo's end of its standard input closes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// How to start this program.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    path: PathBuf,
    /// Where children write what is not meant for the reader.
    log: PathBuf,
}

/// A child that speaks, one object a line.
pub(crate) struct Speaking {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Closed when this is dropped: the child then ends by itself.
    input: Option<ChildStdin>,
}

impl Program {
    pub(crate) fn this(log: &Path) -> anyhow::Result<Self> {
        Ok(Self { path: std::env::current_exe()?, log: log.to_owned() })
    }

    /// Starts it and listens.
    pub(crate) fn start(&self, args: &[OsString]) -> anyhow::Result<Speaking> {
        let log = std::fs::File::options().create(true).append(true).open(&self.log)?;
        let mut child = Command::new(&self.path)
            .args(args)
            .arg("--json")
            .env_remove("PAHT_HOME")
            .env_remove("PAHT_IOC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("the program could not be started again")?;
        let stdout = child.stdout.take().context("a child without an output")?;
        let input = child.stdin.take();
        Ok(Speaking { child, lines: BufReader::new(stdout).lines(), input })
    }

    /// Runs it to its end, and gives what it said; its failure is one here.
    pub(crate) async fn run(&self, args: &[OsString]) -> anyhow::Result<Vec<Value>> {
        let output = Command::new(&self.path)
            .args(args)
            .arg("--json")
            .env_remove("PAHT_HOME")
            .env_remove("PAHT_IOC")
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await?;
        if !output.status.success() {
            let verb: Vec<_> = args.iter().map(|word| word.to_string_lossy()).collect();
            bail!("paht {}: {}", verb.join(" "), String::from_utf8_lossy(&output.stderr).trim());
        }
        let said = String::from_utf8(output.stdout)?;
        said.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    }

    /// The same for a verb that says one thing.
    pub(crate) async fn ask(&self, args: &[OsString]) -> anyhow::Result<Value> {
        self.run(args).await?.pop().context("the program said nothing")
    }
}

impl Speaking {
    /// The next object it says; `None` when it has ended.
    pub(crate) async fn next(&mut self) -> anyhow::Result<Option<Value>> {
        let line = self.lines.next_line().await?;
        line.map(|line| Ok(serde_json::from_str(&line)?)).transpose()
    }

    /// SIGKILL: it cannot say goodbye.
    pub(crate) async fn kill(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Lets it end by itself, and waits.
    pub(crate) async fn end(mut self) -> anyhow::Result<()> {
        drop(self.input.take());
        self.child.wait().await?;
        Ok(())
    }
}

/// Words of a command line.
pub(crate) fn words<const N: usize>(words: [&str; N]) -> Vec<OsString> {
    words.into_iter().map(OsString::from).collect()
}
