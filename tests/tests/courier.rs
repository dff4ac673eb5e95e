//! Goal: a report reaches the IOC with a neighbour's phone, once and whole, and the neighbour learns nothing but its size.
//! Method: real programs, one folder each; files go from hand to hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_tests::ioc::Ioc;
use paht_tests::program;
use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Cầu treo đứt cáp, học sinh vẫn đi qua";

struct Village {
    folder: TempDir,
    ioc: Ioc,
}

impl Village {
    /// An IOC, and a phone that met it once and has no link any more.
    fn new() -> (Self, Handset) {
        let folder = TempDir::new().unwrap();
        let ioc = Ioc::start(&folder.path().join("ioc"));
        let village = Self { folder, ioc };
        let phone = village.phone("far");
        phone.ask(&["--ioc", &village.ioc.url, "sync"]);
        phone.ask(&["--ioc", "http://127.0.0.1:9", "outbox"]);
        (village, phone)
    }

    fn phone(&self, name: &str) -> Handset {
        Handset { home: self.path(name) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A neighbour with a link: takes the files along, sends them, and gives the files of receipts.
    fn drives(&self, name: &str, files: &[PathBuf]) -> Vec<PathBuf> {
        let phone = self.phone(name);
        let mut carry = vec!["--ioc", &self.ioc.url, "carry"];
        carry.extend(files.iter().map(|file| file.to_str().unwrap()));
        phone.ask(&carry);
        phone.ask(&["sync", "--until-done"]);
        let carried = phone.ask(&["carried"]);
        carried.iter().filter_map(|one| one["receipts"].as_str()).map(PathBuf::from).collect()
    }

    fn cases(&self) -> usize {
        let token = self.ioc.token(&["--role", "operator"]);
        let words = ["operator", "--ioc", &self.ioc.url, "--token", &token, "cases"];
        program::said(words).iter().filter(|one| one["code"].is_string()).count()
    }
}

struct Handset {
    home: PathBuf,
}

impl Handset {
    fn words<'w>(&'w self, verb: &[&'w str]) -> Vec<&'w str> {
        [&["phone", "--home", self.home.to_str().unwrap()], verb].concat()
    }

    fn ask(&self, verb: &[&str]) -> Vec<Value> {
        program::said(self.words(verb))
    }

    /// A verb that must be refused; the code.
    fn refused(&self, verb: &[&str]) -> String {
        let output = program::run(self.words(verb));
        assert!(!output.status.success(), "{verb:?}");
        let told = [program::objects(&output.stdout), program::objects(&output.stderr)].concat();
        told.iter().find_map(|one| one["code"].as_str()).unwrap().to_owned()
    }

    fn report(&self, photo: &Path) -> String {
        let made = self.ask(&[
            "report",
            "--text",
            TEXT,
            "--category",
            "traffic",
            "--at",
            "16.2775,107.2297",
            "--media",
            photo.to_str().unwrap(),
        ]);
        made[0]["report"].as_str().unwrap().to_owned()
    }

    fn bundle(&self, out: &Path, file_bytes: u64) -> Vec<PathBuf> {
        let bytes = file_bytes.to_string();
        let made = self.ask(&["bundle", "--out", out.to_str().unwrap(), "--file-bytes", &bytes]);
        made.iter().filter_map(|one| one["file"].as_str()).map(PathBuf::from).collect()
    }

    fn accepts(&self, receipts: &Path) -> u64 {
        self.ask(&["accept", receipts.to_str().unwrap()])[0]["delivered"].as_u64().unwrap()
    }

    fn waiting(&self) -> u64 {
        self.ask(&["outbox"]).pop().unwrap()["standing"]["waiting"].as_u64().unwrap()
    }
}

/// A photo of some hundred kB.
fn photo(folder: &Path, width: u32) -> PathBuf {
    let path = folder.join(format!("landslide-{width}.jpg"));
    let sample = SamplePhoto {
        scene: Scene::Landslide,
        point: Point::from_degrees(16.2775, 107.2297).unwrap(),
        taken_local: "2026-11-22T06:40:00",
        offset_min: 420,
        width,
        height: width * 3 / 4,
        seed: 5,
    };
    fs::write(&path, sample_photo(&sample).unwrap()).unwrap();
    path
}

#[test]
fn a_bundle_carried_by_three_phones_makes_one_case_and_frees_the_first_phone() {
    let (village, far) = Village::new();
    let photo = photo(village.folder.path(), 900);
    let report = far.report(&photo);
    let files = far.bundle(&village.path("out.paht"), 8_000_000);
    assert_eq!(files.len(), 1);
    let shown = far.ask(&["show", &report]);
    assert_eq!(shown[0]["unconfirmed"], true, "{}", shown[0]);
    let sealed = fs::read(&files[0]).unwrap();
    let photo = fs::read(&photo).unwrap();
    for secret in [TEXT.as_bytes(), &photo[..64], b"traffic", report.as_bytes()] {
        assert!(!sealed.windows(secret.len()).any(|part| part == secret), "the neighbour can read it");
    }
    let receipts: Vec<PathBuf> =
        ["near", "nearer", "nearest"].iter().flat_map(|name| village.drives(name, &files)).collect();
    assert_eq!((receipts.len(), village.cases()), (3, 1));
    let waiting = far.waiting();
    assert!(waiting >= 3, "statement, preview, photo: {waiting}");
    assert_eq!(far.accepts(&receipts[0]), waiting);
    assert_eq!((far.accepts(&receipts[1]), far.waiting()), (0, 0));
    let shown = far.ask(&["show", &report]).remove(0);
    assert_eq!((shown["way"]["kind"].as_str(), &shown["unconfirmed"]), (Some("whole"), &Value::Bool(false)));
    assert!(shown["report"]["case"].as_str().unwrap().starts_with("HUE-"), "its number came along");
    let hash = shown["report"]["captures"][0]["declared"]["hash"].as_str().unwrap();
    assert_eq!(fs::read(village.ioc.part(&report, hash)).unwrap(), photo, "byte for byte");
    // "All sent" is still the hub's word alone; asked, it finds nothing missing.
    let sent = far.ask(&["--ioc", &village.ioc.url, "sync", "--until-done"]).pop().unwrap();
    assert_eq!(sent["all_sent"], true, "{sent}");
}

#[test]
fn what_is_too_large_for_one_file_is_cut_and_joins_in_any_order() {
    let (village, far) = Village::new();
    let report = far.report(&photo(village.folder.path(), 2_400));
    let mut files = far.bundle(&village.path("out.paht"), 150_000);
    assert!(files.len() >= 3, "{files:?}");
    for file in &files {
        assert!(fs::metadata(file).unwrap().len() <= 150_000, "{}", file.display());
    }
    files.reverse();
    let (last, first) = files.split_at(2);
    assert_eq!(village.drives("near", last), Vec::<PathBuf>::new(), "their beginning is not there yet");
    let receipts = village.drives("other", first);
    assert_eq!(receipts.len(), first.len());
    for one in &receipts {
        far.accepts(one);
    }
    assert_eq!((far.waiting(), village.cases()), (0, 1));
    assert_eq!(village.drives("near", last).len(), 2, "and theirs come now");
    assert_eq!(far.ask(&["show", &report])[0]["way"]["kind"], "whole");
}

#[test]
fn what_is_wrong_is_refused_with_its_reason_and_nothing_is_lost() {
    let (village, far) = Village::new();
    assert_eq!(far.refused(&["bundle", "--out", village.path("x").to_str().unwrap()]), "bundle.empty");
    let report = far.report(&photo(village.folder.path(), 640));
    let new = village.phone("new");
    new.report(&photo(village.folder.path(), 640));
    assert_eq!(new.refused(&["bundle", "--out", village.path("x").to_str().unwrap()]), "bundle.no-key");
    let file = far.bundle(&village.path("out.paht"), 8_000_000).remove(0);
    let photo = photo(village.folder.path(), 640);
    assert_eq!(new.refused(&["carry", photo.to_str().unwrap()]), "bundle.unreadable");
    // Changed on the way: the IOC refuses it whole, and whoever carries it hears why.
    let mut sealed = fs::read(&file).unwrap();
    let middle = sealed.len() / 2;
    sealed[middle] ^= 1;
    let tampered = village.path("tampered.paht");
    fs::write(&tampered, &sealed).unwrap();
    assert_eq!(village.drives("near", &[tampered]), Vec::<PathBuf>::new());
    let carried = village.phone("near").ask(&["carried"]);
    assert_eq!(carried[0]["delivery"]["reason"]["code"], "bundle.unreadable", "{}", carried[0]);
    assert_eq!(village.cases(), 0);
    let receipts = village.drives("other", &[file]).remove(0);
    assert_eq!(new.refused(&["accept", receipts.to_str().unwrap()]), "receipts.unreadable");
    let mut changed = fs::read(&receipts).unwrap();
    *changed.last_mut().unwrap() ^= 1;
    let bad = village.path("bad");
    fs::write(&bad, changed).unwrap();
    assert_eq!(far.refused(&["accept", bad.to_str().unwrap()]), "receipts.unreadable");
    assert_eq!(far.ask(&["show", &report])[0]["way"]["kind"], "waiting");
    assert!(far.accepts(&receipts) > 0);
    // Given back, it is forgotten.
    let other = village.phone("other");
    let hash = other.ask(&["carried"])[0]["hash"].as_str().unwrap()[..8].to_owned();
    other.ask(&["carried", "--drop", &hash]);
    assert_eq!(other.ask(&["carried"]), Vec::<Value>::new());
    assert!(!receipts.exists());
}
