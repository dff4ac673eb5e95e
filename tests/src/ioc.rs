//! A running IOC in a process of its own, ended when dropped.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::program;

/// A running IOC.
pub struct Ioc {
    process: Child,
    /// Its data folder.
    pub data: PathBuf,
    /// Where it listens.
    pub url: String,
}

impl Ioc {
    /// Starts one on a free port and waits until it listens.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// Starts one on this address and waits until it listens.
    pub fn start_at(data: &Path, listen: &str) -> Self {
        Self::start_with(data, &["--listen", listen])
    }

    /// Starts one told more on its command line, on a free port unless an address is among it.
    pub fn start_with(data: &Path, more: &[&str]) -> Self {
        let folder = data.to_str().expect("a plain path");
        let listen = if more.contains(&"--listen") { &[][..] } else { &["--listen", "127.0.0.1:0"] };
        let words = ["ioc", "serve", "--data", folder];
        let words = words.iter().chain(listen).chain(more).copied();
        let mut serve = program::command(words);
        let mut process =
            serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let hello: Value = serde_json::from_str(&line).expect("it says where it listens");
        let url = hello["listening"].as_str().expect("an address").to_owned();
        Self { process, data: data.to_owned(), url }
    }

    /// A token for the desk.
    pub fn token(&self, role: &[&str]) -> String {
        let data = self.data.to_str().expect("a plain path");
        let words = ["ioc", "token", "--data", data].into_iter().chain(role.iter().copied());
        program::said(words)[0]["token"].as_str().expect("a token").to_owned()
    }

    /// Where a whole part lies.
    pub fn part(&self, report: &str, hash: &str) -> PathBuf {
        self.data.join("media/parts").join(report).join(hash)
    }
}

impl Drop for Ioc {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
