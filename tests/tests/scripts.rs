//! Goal: on standard output is what a script takes from a command, and nothing beside it; remarks go to the error stream. Method:
//! the built program as a person would run it, without `--json`, its output caught as `T=$(paht …)` would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Output, Stdio};

use paht_tests::program;
use tempfile::TempDir;

/// The program, deaf and in words.
fn command(words: &[&str]) -> Command {
    let mut command = Command::new(program::path());
    command.args(words).stdin(Stdio::null());
    for name in ["PAHT_HOME", "PAHT_IOC", "PAHT_TOKEN", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
}

/// What `$(…)` would catch, and what a person reads beside it.
fn caught(words: &[&str]) -> (String, String) {
    let Output { status, stdout, stderr } = command(words).output().unwrap();
    let (out, beside) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(status.success(), "{words:?}: {beside}");
    (out.trim_end_matches('\n').to_owned(), beside)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// An IOC in words: a folder, its process, and where it listens.
struct Ioc {
    folder: TempDir,
    process: Child,
    _stays: ChildStdin,
    url: String,
}

impl Ioc {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let words =
            ["ioc", "serve", "--data", text(folder.path()), "--listen", "127.0.0.1:0", "--with-parent"];
        let mut serve = command(&words);
        serve.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = serve.spawn().unwrap();
        let stays = process.stdin.take().unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self { folder, process, _stays: stays, url: url.trim_end_matches('\n').to_owned() }
    }

    fn data(&self) -> &str {
        text(self.folder.path())
    }
}

impl Drop for Ioc {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn is_one_word(caught: &str) -> bool {
    !caught.is_empty() && !caught.contains(char::is_whitespace)
}

#[test]
fn a_script_catches_the_value_and_a_person_reads_the_remark() {
    let ioc = Ioc::start();
    assert!(ioc.url.starts_with("http://127.0.0.1:") && is_one_word(&ioc.url), "{}", ioc.url);
    let (token, remark) = caught(&["ioc", "token", "--data", ioc.data(), "--role", "operator"]);
    assert!(is_one_word(&token), "{token}");
    assert!(!remark.trim().is_empty() && !remark.contains(&token), "{remark}");
    let (key, remark) = caught(&["ioc", "sms-key", "--data", ioc.data(), "--number", "0905123456"]);
    assert!(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    assert!(!remark.contains(&key), "{remark}");
    let copies = tempfile::tempdir().unwrap();
    let (copy, restored) = (copies.path().join("copy"), copies.path().join("restored"));
    assert_eq!(caught(&["ioc", "backup", "--data", ioc.data(), "--to", text(&copy)]).0, text(&copy));
    let (epoch, _) = caught(&["ioc", "restore", "--from", text(&copy), "--data", text(&restored)]);
    assert!(is_one_word(&epoch), "{epoch}");

    let desk = |words: &[&str]| {
        let whole = [&["operator", "--ioc", &ioc.url, "--token", &token], words].concat();
        caught(&whole)
    };
    let new = ["alert", "--level", "notice", "--title", "Diễn tập", "--text", "Diễn tập", "--hours", "1"];
    let (alert, _) = desk(&new);
    assert!(is_one_word(&alert), "{alert}");
    assert_eq!(desk(&["end-alert", &alert]).0, "");
    assert_eq!(desk(&["alerts"]).0, "", "none is no line");
    assert_eq!(desk(&["officers"]).0, "");
    assert!(desk(&["calendar"]).0.contains("2026-11-24"));
}

#[test]
fn what_a_phone_keeps_is_told_by_its_id_alone() {
    let ioc = Ioc::start();
    let home = tempfile::tempdir().unwrap();
    let phone = |words: &[&str]| {
        let whole = [&["phone", "--home", text(home.path()), "--ioc", &ioc.url, "--no-quic"], words].concat();
        caught(&whole)
    };
    assert_eq!(phone(&["list"]).0, "", "no reports are no line");
    assert_eq!(phone(&["alerts"]).0, "");
    assert_eq!(phone(&["carried"]).0, "");
    let (id, _) = phone(&["report", "--category", "traffic", "--text", "Ổ gà"]);
    assert!(is_one_word(&id) && id.len() == 36, "{id}");
    let (messages, _) = phone(&["text", &id]);
    assert!(messages.lines().all(|message| message.len() <= 160), "{messages}");
    assert_eq!(phone(&["hold", &id]).0, "", "it is done, and nothing is to be taken from it");
    assert_eq!(phone(&["release", &id]).0, "");
    let (sent, beside) = phone(&["sync", "--until-done"]);
    assert_eq!(sent.lines().count(), 1, "{sent}");
    assert!(beside.contains('→') || beside.is_empty() || beside.contains('✓'), "{beside}");
    let (second, _) = phone(&["report", "--category", "traffic", "--text", "Cây đổ"]);
    let file = home.path().join("bundle.bin");
    let (files, _) = phone(&["bundle", "--out", text(&file), &second]);
    assert_eq!(files, text(&file));
    let (hash, _) = phone(&["carry", &files]);
    assert!(hash.len() == 64 && is_one_word(&hash), "{hash}");
    assert_eq!(phone(&["carried", "--drop", &hash]).0, "");
}

/// Method: the calendar of an installation that is older than `[[year]]`; the program is made newer and started.
#[test]
fn an_ioc_that_lacks_a_year_says_so_when_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let tenant = folder.path().join("tenant");
    std::fs::create_dir_all(&tenant).unwrap();
    let older = "working_days = [\"mon\"]\nhours = [{ from = \"07:30\", until = \"11:30\" }]\n";
    std::fs::write(tenant.join("calendar.toml"), older).unwrap();
    let words = ["ioc", "serve", "--data", text(folder.path()), "--listen", "127.0.0.1:0", "--with-parent"];
    let mut serve = command(&words);
    let mut process =
        serve.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    drop(process.stdin.take());
    let mut told = String::new();
    process.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(process.wait().unwrap().success(), "{told}");
    assert!(told.contains("calendar.toml does not know the days off of this year"), "{told}");
}
