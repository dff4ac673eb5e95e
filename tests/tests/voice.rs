//! Goal: who would rather speak than write is heard. Method: the real program as phone and IOC; the note is one that an
//! Android phone would make, as far as a program that plays nothing can tell.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;

use paht_tests::ioc::Ioc;
use paht_tests::program::said;
use serde_json::Value;
use tempfile::TempDir;

/// So many frames of 20 ms of speech at 8.85 kbit/s.
fn note(frames: usize) -> Vec<u8> {
    let frame = |at: usize| [vec![0x0c], vec![u8::try_from(at % 251).unwrap(); 23]].concat();
    let speech: Vec<u8> = (0..frames).flat_map(frame).collect();
    [b"#!AMR-WB\n".to_vec(), speech].concat()
}

fn phone(home: &str, ioc: &str, words: &[&str]) -> Vec<Value> {
    said(["phone", "--home", home, "--ioc", ioc].into_iter().chain(words.iter().copied()))
}

#[test]
fn a_voice_note_alone_is_a_report_and_stays_between_the_citizen_and_the_ioc() {
    let dir = TempDir::new().unwrap();
    let home = dir.path().join("phone");
    let home = home.to_str().unwrap();
    let ioc = Ioc::start(&dir.path().join("ioc"));
    let url = ioc.url.clone();
    let (file, bytes) = (dir.path().join("note.amr"), note(1_500));
    assert!(bytes.len() < 40_000, "thirty seconds are {} bytes", bytes.len());
    fs::write(&file, &bytes).unwrap();
    let report =
        ["report", "--category", "traffic", "--at", "16.2775,107.2297", "--media", file.to_str().unwrap()];
    let made = phone(home, &url, &report);
    let id = made[0]["report"].as_str().unwrap();
    let outbox = phone(home, &url, &["outbox"]);
    let note = outbox.iter().find(|part| part["kind"] == "voice-note").unwrap();
    let hash = note["part"]["hash"].as_str().unwrap();
    assert_eq!(note["bytes"].as_u64(), Some(bytes.len() as u64));
    phone(home, &url, &["sync", "--until-done"]);
    assert_eq!(fs::read(ioc.part(id, hash)).unwrap(), bytes);

    let shown = phone(home, &url, &["show", id]);
    let capture = &shown[0]["report"]["captures"][0]["declared"];
    assert_eq!((capture["kind"].as_str(), capture["duration_ms"].as_u64()), (Some("voice"), Some(30_000)));
    assert_eq!((capture["media_type"].as_str(), capture["width"].as_u64()), (Some("audio/AMR-WB"), None));
    // Dispatched, the case is public; a voice tells who speaks, so the note is not.
    let code = shown[0]["report"]["case"].as_str().unwrap();
    let token = ioc.token(&["--role", "operator"]);
    let case = said(["operator", "--ioc", &url, "--token", &token, "dispatch", code]);
    assert_eq!(case[0]["parts"][0]["kind"], "voice-note", "{case:?}");
    let nearby = phone(home, &url, &["nearby", "--at", "16.2775,107.2297"]);
    assert_eq!(nearby[0]["cases"][0]["code"], code, "{nearby:?}");
    assert!(nearby[0]["cases"][0]["preview"].is_null());
}
