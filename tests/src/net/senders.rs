//! Who sends: our phone, tuspy, tus-js-client, and an app that posts a form and tries again.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::net::clock::Start;
use crate::net::link::{HUB, Link};

/// A sender.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sender {
    /// Our phone.
    Ours,
    /// Our phone, over HTTP alone.
    OursHttp,
    /// tuspy to @tus/server.
    Tuspy,
    /// tus-js-client to @tus/server.
    TusJs,
    /// One form, posted anew after each failure.
    Multipart,
}

impl Sender {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ours => "PAHT",
            Self::OursHttp => "PAHT, HTTP alone",
            Self::Tuspy => "tuspy",
            Self::TusJs => "tus-js-client",
            Self::Multipart => "form, retried",
        }
    }

    /// Whether it is ours.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Ours | Self::OursHttp)
    }
}

/// Where the programs and scripts are.
#[derive(Debug, Clone)]
pub struct Tools {
    /// The program `paht`.
    pub paht: PathBuf,
    /// The root of the project.
    pub root: PathBuf,
    /// Where Python packages were installed.
    pub python: PathBuf,
    /// The folder in which the packets of each case are written down, if they are.
    pub packets: Option<PathBuf>,
}

/// What a sender made of it.
#[derive(Debug, Default, Clone, Copy)]
pub struct Sent {
    /// When all was there, in microseconds since it began; `None` if it was stopped before.
    pub done_us: Option<u64>,
    /// When the first statement was acknowledged.
    pub statement_us: Option<u64>,
    /// When the first preview was.
    pub preview_us: Option<u64>,
    /// Bytes it had to carry.
    pub bytes: u64,
}

/// A process that is ended with its owner.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the other side, and waits until it listens.
pub fn hub(sender: Sender, link: &Link, tools: &Tools, folder: &Path) -> Result<Running> {
    let mut command = link.on_hub();
    if sender.is_ours() {
        command.arg(&tools.paht).args(["--json", "ioc", "serve", "--listen"]);
        command.arg(format!("{HUB}:8460")).arg("--data").arg(folder.join("ioc"));
    } else {
        command.arg("node").arg(tools.root.join("tests/node/peer_server.mjs"));
        command.args([HUB, "8460"]).arg(folder.join("peer"));
    }
    let log = std::fs::File::create(folder.join("hub.log"))?;
    let mut command = with_parent(&command);
    let mut child = command.stdout(Stdio::piped()).stderr(log).stdin(Stdio::null()).spawn()?;
    let out = child.stdout.take().context("no output")?;
    let running = Running(child);
    let mut first = String::new();
    BufReader::new(out).read_line(&mut first)?;
    if !first.contains("listening") {
        bail!("the other side did not listen: {first}");
    }
    Ok(running)
}

/// What our phone is to bring: reports are made before, without a link.
pub fn prepare(sender: Sender, tools: &Tools, folder: &Path, files: &[PathBuf]) -> Result<()> {
    if !sender.is_ours() {
        return Ok(());
    }
    for file in files {
        let mut report = phone(tools, folder);
        report.args([
            "report",
            "--category",
            "traffic",
            "--at",
            "16.27,107.23",
            "--text",
            "Sạt lở chắn đường",
        ]);
        let out = report.arg("--media").arg(file).output()?;
        if !out.status.success() {
            bail!("no report was made: {}", String::from_utf8_lossy(&out.stdout));
        }
    }
    Ok(())
}

fn phone(tools: &Tools, folder: &Path) -> Command {
    let mut command = Command::new(&tools.paht);
    command.args(["--json", "phone", "--ioc"]).arg(format!("http://{HUB}:8460"));
    command.arg("--home").arg(folder.join("phone"));
    command
}

/// Sends everything, for at most so long.
pub fn send(
    sender: Sender,
    link: &Link,
    tools: &Tools,
    folder: &Path,
    files: &[PathBuf],
    at_most: Duration,
) -> Result<Sent> {
    let start = Start::now();
    let mut command = link.on_phone();
    let endpoint = format!("http://{HUB}:8460/files");
    match sender {
        Sender::Ours | Sender::OursHttp => {
            let phone = phone(tools, folder);
            command.arg(phone.get_program()).args(phone.get_args());
            if sender == Sender::OursHttp {
                command.arg("--no-quic");
            }
            command.args(["sync", "--until-done"]);
        }
        Sender::Tuspy => {
            command.arg(&tools.python).arg(tools.root.join("tests/python/peer_upload.py")).arg(endpoint);
        }
        Sender::TusJs => {
            command.arg("node").arg(tools.root.join("tests/node/peer_upload.mjs")).args(["tus", &endpoint]);
        }
        Sender::Multipart => {
            let form = format!("http://{HUB}:8460/form");
            command.arg("node").arg(tools.root.join("tests/node/peer_upload.mjs")).args(["form", &form]);
        }
    }
    if !sender.is_ours() {
        command.args(files);
    }
    let heard = watch(&command, folder, start, at_most)?;
    let bytes = if sender.is_ours() {
        bytes_in(&folder.join("phone/media"))
    } else {
        files.iter().map(|file| length(file)).sum()
    };
    Ok(Sent { bytes, ..heard })
}

/// The same, ended by the system when the bench is: a sender that tries for ever would outlive it.
fn with_parent(command: &Command) -> Command {
    let mut bound = Command::new("setpriv");
    bound.args(["--pdeathsig", "KILL"]).arg(command.get_program()).args(command.get_args());
    bound
}

/// Runs it to its end, noting when it says what; a process that is too slow is ended.
fn watch(command: &Command, folder: &Path, start: Start, at_most: Duration) -> Result<Sent> {
    let log = std::fs::File::create(folder.join("sender.log"))?;
    let mut command = with_parent(command);
    let mut child = command.stdout(Stdio::piped()).stderr(log).stdin(Stdio::null()).spawn()?;
    let out = child.stdout.take().context("no output")?;
    let running = Running(child);
    let sent = Arc::new(Mutex::new(Sent::default()));
    let (told, ended) = mpsc::channel();
    let noting = Arc::clone(&sent);
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let mut sent = noting.lock().unwrap_or_else(PoisonError::into_inner);
            note(&line, start.us(), &mut sent);
        }
        let _ = told.send(());
    });
    let _ = ended.recv_timeout(at_most);
    drop(running);
    let sent = *sent.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(sent)
}

fn note(line: &str, now_us: u64, sent: &mut Sent) {
    let Ok(said) = serde_json::from_str::<Value>(line) else { return };
    let is = |field: &str, value: &str| said.get(field).is_some_and(|found| found == value);
    let holds = |field: &str| said.get(field).is_some_and(|found| found == true);
    if is("doing", "synced") && sent.statement_us.is_none() {
        sent.statement_us = Some(now_us);
    }
    if is("doing", "delivered") && is("kind", "preview") && sent.preview_us.is_none() {
        sent.preview_us = Some(now_us);
    }
    if holds("all_sent") || holds("done") {
        sent.done_us = Some(now_us);
    }
}

fn length(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |about| about.len())
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| if entry.path().is_dir() { bytes_in(&entry.path()) } else { length(&entry.path()) })
        .sum()
}
