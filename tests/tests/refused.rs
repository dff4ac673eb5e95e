//! Goal: bad input gets a stable code in both languages, exit code 1, and leaves nothing behind; a command that cannot be
//! understood gets 2. Method: each kind of it, given to the built program; then a good report still goes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;

use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_tests::program;
use serde_json::Value;

#[test]
fn what_is_refused_is_refused_with_its_code_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let photo = sample();
    let (empty, text) = (put("empty.jpg", b""), put("text.jpg", b"no photo at all, only words"));
    let (cut, bomb) = (put("cut.jpg", &photo[..photo.len() / 2]), put("bomb.jpg", &bomb(&photo)));
    let good = put("good.jpg", &photo);
    let long = "ư".repeat(4_001);
    let home = folder.path().join("phone");
    let home = home.to_str().unwrap();
    let cases: [(&[&str], &str); 11] = [
        (&["--category", "traffic", "--media", &empty], "media.empty"),
        (&["--category", "traffic", "--media", &text], "media.unknown-format"),
        (&["--category", "traffic", "--media", &cut], "media.truncated"),
        (&["--category", "traffic", "--media", &bomb], "media.bomb"),
        (&["--category", "traffic", "--media", "no-such-file.jpg"], "media.unreadable"),
        (&["--media", &good], "category.missing"),
        (&["--category", "no-such", "--media", &good], "category.unknown"),
        (&["--category", "traffic", "--text", &long], "text.too-long"),
        (&["--category", "traffic"], "report.empty"),
        (&["--category", "traffic", "--text", "x", "--at", "0,0"], "place.unknown"),
        (&["--category", "traffic", "--text", "x", "--at", "21.03,105.85"], "place.outside"),
    ];
    for (words, code) in cases {
        let output =
            program::run(["phone", "--home", home, "report"].into_iter().chain(words.iter().copied()));
        assert_eq!(output.status.code(), Some(1), "{code}");
        assert!(output.stdout.is_empty(), "{code}");
        let told = &program::objects(&output.stderr)[0];
        assert_eq!(told["code"], code, "{told}");
        assert!(told["vi"].is_string() && told["en"].is_string() && told["vi"] != told["en"], "{told}");
    }
    assert_eq!(program::said(["phone", "--home", home, "list"]), Vec::<Value>::new());
    assert_eq!(media_below(Path::new(home)), 0);
    program::said(["phone", "--home", home, "report", "--category", "traffic", "--media", &good]);
    assert_eq!(program::said(["phone", "--home", home, "list"]).len(), 1);
    assert_eq!(media_below(Path::new(home)), 3, "the photo, and two smaller pictures of it");
}

#[test]
fn a_command_that_is_not_understood_ends_with_2() {
    for words in [vec!["phone", "rate"], vec!["phone", "list"], vec!["no-such-verb"], vec![]] {
        assert_eq!(program::run(words.clone()).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn an_ioc_that_is_not_there_is_told_by_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_str().unwrap();
    let ioc = "http://127.0.0.1:9";
    program::said([
        "phone",
        "--home",
        home,
        "--ioc",
        ioc,
        "report",
        "--category",
        "traffic",
        "--text",
        "Ổ gà",
    ]);
    let sync = program::run(["phone", "--home", home, "sync"]);
    assert_eq!(sync.status.code(), Some(1));
    assert_eq!(program::objects(&sync.stderr)[0]["code"], "link.down");
    let desk = program::run(["operator", "--ioc", ioc, "--token", "t", "cases"]);
    assert_eq!(desk.status.code(), Some(1));
    assert_eq!(program::objects(&desk.stderr)[0]["code"], "link.down");
}

fn sample() -> Vec<u8> {
    let point = Point::from_degrees(16.2775, 107.2297).unwrap();
    let (taken_local, offset_min) = ("2026-11-22T06:40:00", 420);
    let photo = SamplePhoto {
        scene: Scene::Rubbish,
        point,
        taken_local,
        offset_min,
        width: 320,
        height: 240,
        seed: 1,
    };
    sample_photo(&photo).unwrap()
}

/// The same photo, claiming 65,500 × 65,500 pixels in its frame header.
fn bomb(photo: &[u8]) -> Vec<u8> {
    let mut bytes = photo.to_vec();
    let frame = bytes.windows(2).position(|two| two == [0xff, 0xc0] || two == [0xff, 0xc2]).unwrap();
    for at in [frame + 5, frame + 7] {
        bytes[at..at + 2].copy_from_slice(&65_500_u16.to_be_bytes());
    }
    bytes
}

/// Files kept as media.
fn media_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder.join("media")) else { return 0 };
    entries
        .flatten()
        .flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten())
        .count()
}
