//! Goal: what is promised to people holds for phone and IOC together. Method: the real phone and the real server in one
//! process, over real sockets and files; where it matters when a link is cut, a relay stands between the two.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use paht_engine::ports::Clock;
use paht_engine::status::Way;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CategoryCode, ReportId, TenantId};
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::place::Point;
use paht_model::time::{ClockReading, UnixMs};
use paht_phone::clock::SystemClock;
use paht_phone::picture::{SamplePhoto, SampleVideo, Scene, sample_photo, sample_video};
use paht_phone::{Doing, EndedBy, NewReport, Options, Phone, Progress, Silent, SyncOutcome, Until};
use paht_server::{Limits, Role, ServeOptions, Served, World, issue_token, router, serve};
use paht_store::backup::{backup, restore};
use paht_tests::folders::{bytes_in, is_legible};
use paht_tests::relay::Relay;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;

const DAYS_15_MS: i64 = 15 * 24 * 3_600 * 1_000;
const NUMBER: &str = "0905123457";
const NAME: &str = "Nguyễn Thị Ẩn Danh";

// ---- what people do -------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn name_and_number_reach_operators_alone() {
    let dir = TempDir::new().unwrap();
    let (data, home) = (dir.path().join("ioc"), dir.path().join("phone"));
    let ioc = started(&data).await;
    let phone = phone(&home, &url(&ioc));
    let named =
        || NewReport { phone_number: Some(NUMBER.into()), name: Some(NAME.into()), ..words("Ổ gà") };
    assert!(phone.card().unwrap().is_none(), "no hub key is known yet");
    let mut ids = Vec::new();
    for length in [1, 40, 300, 700] {
        ids.push(report(&phone, NewReport { text: "Ổ gà ".repeat(length), ..named() }).await);
    }
    assert!(is_legible(&home, NUMBER), "the phone keeps it in the clear until it can be sealed");
    assert!(synced(&phone).await.all_sent);
    assert!(!phone.card().unwrap().unwrap().sealing.is_empty(), "now one is");
    assert!(!is_legible(&home, NUMBER), "sealed is forgotten, the log of writes included");
    ids.push(report(&phone, named()).await);
    assert!(synced(&phone).await.all_sent);

    let operator = issue_token(&data, Role::Operator, None).unwrap();
    let looking = issue_token(&data, Role::ReadOnly, None).unwrap();
    for id in ids {
        let code = code(&phone, &id);
        let desk = format!("/v1/desk/cases/{code}");
        dispatched(&ioc, &desk, &operator).await;
        let case = get(&ioc, &desk, Some(&operator)).await.json();
        assert_eq!(case["contact"]["phone"], NUMBER, "{case}");
        assert_eq!(case["contact"]["name"], NAME);
        let agency = AgencyId::parse(case["assignments"][0]["agency"].as_str().unwrap()).unwrap();
        let agency = issue_token(&data, Role::Agency, Some(agency)).unwrap();
        let public = format!("/v1/cases/{code}");
        let page = format!("/c/{code}");
        for (path, token) in [(&desk, Some(&agency)), (&desk, Some(&looking)), (&public, None), (&page, None)]
        {
            let seen = get(&ioc, path, token).await;
            assert_eq!(seen.status, 200, "{path}: {}", seen.text);
            assert!(!seen.text.contains(NUMBER) && !seen.text.contains(NAME), "{path}: {}", seen.text);
        }
        let own = get(&ioc, &desk, Some(&agency)).await.json();
        assert!(own["sender"] == true && own["contact"].is_null(), "it is told that there is one: {own}");
    }
    drop(phone);
    for secret in [NUMBER, NAME] {
        assert!(!is_legible(&data, secret), "a running hub's record, or its log of writes");
        assert!(!is_legible(&home, secret), "the phone has forgotten it, free pages included");
    }
    ioc.stop().await.unwrap();
    assert!(!is_legible(&data, NUMBER) && !is_legible(&data, NAME));
}

/// Method: the relay lets 1 MB through and then nothing, until the hub has some of the video and is stopped.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_goes_on_where_the_hub_was_stopped() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("ioc");
    let ioc = started(&data).await;
    let relay = Relay::to(ioc.address()).await;
    let phone = phone(&dir.path().join("phone"), &relay.url());
    let film = video(dir.path());
    let total = fs::metadata(&film).unwrap().len();
    let id = report(&phone, NewReport { files: vec![film.clone()], ..words("Sạt lở") }).await;
    relay.let_through(1_000_000);
    let first = tokio::spawn({
        let phone = phone.clone();
        async move { phone.sync(None, Until::Once, &Silent).await.unwrap() }
    });
    let staged = data.join("media/staged");
    while bytes_in(&staged) < 300_000 {
        tokio::task::yield_now().await;
    }
    ioc.stop().await.unwrap();
    let first_bytes = relay.drop_all();
    let outcome = first.await.unwrap();
    assert!(!outcome.all_sent && outcome.ended_by == EndedBy::Waiting, "{outcome:?}");
    let held = bytes_in(&staged);
    assert!(held >= 300_000 && held < total, "{held} of {total} bytes, {first_bytes} sent");

    let ioc = started(&data).await;
    relay.turn_to(ioc.address());
    relay.let_through(u64::MAX);
    phone.network_changed().unwrap();
    let seen = Seen::default();
    let outcome = phone.sync(None, Until::Done, &seen).await.unwrap();
    assert!(outcome.all_sent, "{outcome:?}");
    assert_eq!(seen.begun(), [(PartKind::Original, held)], "it goes on at the very byte");
    let second_bytes = relay.sent();
    assert!(second_bytes < total - held + 20_000, "{second_bytes} sent again, {held} of {total} were held");
    assert_eq!(original(&data, &phone, &id, 0), fs::read(film).unwrap());
    ioc.stop().await.unwrap();
}

/// A photo and its edited copy (the same pixels, other metadata), one of them chosen twice, a tiny picture that was made here
/// once, and a second report with the same photo: every picture arrives, each is shown, and nothing is parked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_files_of_one_picture_arrive_and_are_both_shown() {
    let dir = TempDir::new().unwrap();
    let ioc = started(&dir.path().join("ioc")).await;
    let phone = phone(&dir.path().join("phone"), &url(&ioc));
    let first = photo(dir.path(), 4);
    let edited = dir.path().join("edited.jpg");
    let bytes = fs::read(&first).unwrap();
    fs::write(&edited, [&bytes[..2], b"\xFF\xFE\x00\x08edited", &bytes[2..]].concat()).unwrap();
    let files = vec![first.clone(), edited, first.clone()];
    let id = report(&phone, NewReport { files, ..words("Sạt lở") }).await;
    let other = report(&phone, shown(first)).await;
    assert!(synced(&phone).await.all_sent);
    let small = picture(&phone, &id, PartKind::Preview).with_extension("webp");
    fs::copy(picture(&phone, &id, PartKind::Preview), &small).unwrap();
    let full = small.with_file_name("full.webp");
    fs::copy(picture(&phone, &id, PartKind::Rendition), &full).unwrap();
    let third =
        report(&phone, NewReport { files: vec![photo(dir.path(), 4), small, full], ..words("Nữa") }).await;
    let outcome = synced(&phone).await;
    assert!(outcome.all_sent && outcome.standing.parked == 0, "{outcome:?}");
    for (id, captures) in [(id, 2), (other, 1), (third, 3)] {
        assert_eq!(phone.show(&id).unwrap().way, Way::Whole);
        let code = code(&phone, &id);
        let operator = issue_token(&dir.path().join("ioc"), Role::Operator, None).unwrap();
        dispatched(&ioc, &format!("/v1/desk/cases/{code}"), &operator).await;
        let case = get(&ioc, &format!("/v1/cases/{code}"), None).await.json();
        assert_eq!(case["captures"]["arrived"], captures, "{case}");
        let pictures = case["pictures"].as_array().unwrap();
        let of: BTreeSet<&str> = pictures.iter().map(|picture| picture["of"].as_str().unwrap()).collect();
        assert_eq!(of.len(), captures, "each of them is shown: {case}");
    }
    ioc.stop().await.unwrap();
}

/// Method: a file system of 12 MB of its own; where none can be mounted, nothing is tested but in CI.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_words_and_says_so_and_pictures_wait_for_room() {
    let dir = TempDir::new().unwrap();
    let disk = dir.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let run =
        |program: &str, args: &[&str]| std::process::Command::new(program).args(args).arg(&disk).status();
    if !run("mount", &["-t", "tmpfs", "-o", "size=12m", "none"]).is_ok_and(|done| done.success()) {
        println!("not tested: this needs the right to mount a file system");
        return;
    }
    let ioc = started(&disk.join("ioc")).await;
    let phone = phone(&dir.path().join("phone"), &url(&ioc));
    let film = video(dir.path());
    let mut ids = Vec::new();
    for number in 0..4 {
        let own = dir.path().join(format!("{number}.mp4"));
        fs::write(
            &own,
            [fs::read(&film).unwrap(), vec![0, 0, 0, 9, b'f', b'r', b'e', b'e', number]].concat(),
        )
        .unwrap();
        ids.push(report(&phone, NewReport { files: vec![own], ..words("Sạt lở") }).await);
    }
    let outcome = phone.sync(None, Until::Once, &Silent).await.unwrap();
    assert_eq!(outcome.standing.fault, Some(Code::HubFull), "{outcome:?}");
    assert!(outcome.standing.waiting > 0 && outcome.standing.parked == 0, "{outcome:?}");
    // What else lies on the disk takes what media had left.
    let other = disk.join("other");
    fs::write(&other, "").unwrap();
    while get(&ioc, "/healthz", None).await.json()["status"] == "ok" {
        let more = fs::OpenOptions::new().create(true).append(true).open(&other);
        std::io::Write::write_all(&mut more.unwrap(), &vec![7; 100_000]).unwrap();
    }
    let health = get(&ioc, "/healthz", None).await;
    assert_eq!(
        (health.status, &health.json()["status"]),
        (200, &Value::from("no-room-for-media")),
        "{}",
        health.text
    );
    let urgent = report(&phone, shown(photo(dir.path(), 9))).await;
    phone.network_changed().unwrap();
    let outcome = phone.sync(None, Until::Once, &Silent).await.unwrap();
    assert_eq!((outcome.standing.parked, outcome.standing.fault), (0, Some(Code::HubFull)), "{outcome:?}");
    assert!(phone.show(&urgent).unwrap().report.case.is_some(), "its words are there");
    fs::remove_file(&other).unwrap();
    assert!(run("mount", &["-o", "remount,size=40m"]).unwrap().success());
    phone.network_changed().unwrap();
    assert!(synced(&phone).await.all_sent, "there is room again");
    ioc.stop().await.unwrap();
    assert!(run("umount", &[]).unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_file_is_parked_not_retried_for_ever() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("ioc");
    let ioc = started(&data).await;
    let phone = phone(&dir.path().join("phone"), &url(&ioc));
    let lost = report(&phone, shown(photo(dir.path(), 1))).await;
    let altered = report(&phone, shown(photo(dir.path(), 2))).await;
    let good = photo(dir.path(), 3);
    let whole = report(&phone, shown(good.clone())).await;
    fs::remove_file(kept(&phone, &lost)).unwrap();
    let path = kept(&phone, &altered);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();

    let seen = Seen::default();
    let outcome = phone.sync(None, Until::Done, &seen).await.unwrap();
    assert_eq!(outcome.ended_by, EndedBy::Done);
    assert!(!outcome.all_sent, "what is lost is never called sent");
    assert_eq!((outcome.standing.waiting, outcome.standing.parked), (0, 2), "{outcome:?}");
    for id in [lost, altered] {
        let shown = phone.show(&id).unwrap();
        assert_eq!(shown.way, Way::NeedsYou { reason: ParkReason::FileLost });
        let original = shown.entries.iter().find(|entry| entry.kind == PartKind::Original).unwrap();
        assert_eq!(original.delivery, Delivery::Parked { reason: ParkReason::FileLost });
        assert!(shown.report.case.is_some(), "the words arrived all the same");
    }
    assert_eq!(phone.show(&whole).unwrap().way, Way::Whole, "the rest goes on");
    assert_eq!(original(&data, &phone, &whole, 0), fs::read(good).unwrap());
    let again = Seen::default();
    phone.network_changed().unwrap();
    phone.sync(None, Until::Done, &again).await.unwrap();
    assert_eq!(again.begun(), [], "nor is it tried again");
    ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn originals_are_erased_only_after_their_time() {
    let dir = TempDir::new().unwrap();
    let ahead = Arc::new(AtomicI64::new(0));
    let address = serve_ahead(&dir.path().join("ioc"), &ahead).await;
    let clock = Arc::new(AheadClock::default());
    let options = Options { clock: clock.clone(), ..options(&address) };
    let phone = Phone::open(&dir.path().join("phone"), options).unwrap().0;
    let source = photo(dir.path(), 1);
    let id = report(&phone, shown(source.clone())).await;
    assert!(synced(&phone).await.all_sent);
    let kept = kept(&phone, &id);
    let preview = picture(&phone, &id, PartKind::Preview);
    assert_eq!(fs::read(&kept).unwrap(), fs::read(&source).unwrap());

    clock.ahead_ms.store(DAYS_15_MS, Ordering::SeqCst);
    phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert!(kept.is_file(), "a phone's clock that the hub contradicts erases nothing");

    ahead.store(DAYS_15_MS, Ordering::SeqCst);
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    assert!(!kept.exists(), "the hub has had it for 15 days");
    assert!(source.is_file(), "the person's own file is theirs");
    assert!(preview.is_file(), "a small picture of it stays");
    let shown = phone.show(&id).unwrap();
    assert!(shown.report.captures[0].erased && shown.way == Way::Whole, "{shown:?}");
    assert_eq!(phone.list(None, 10).unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_restored_from_a_backup_gets_back_what_it_lost() {
    let dir = TempDir::new().unwrap();
    let (data, copy, new) = (dir.path().join("ioc"), dir.path().join("copy"), dir.path().join("new"));
    let ioc = started(&data).await;
    let relay = Relay::to(ioc.address()).await;
    let phone = phone(&dir.path().join("phone"), &relay.url());
    let files = [photo(dir.path(), 1), photo(dir.path(), 2)];
    let first = report(&phone, shown(files[0].clone())).await;
    assert!(synced(&phone).await.all_sent);
    backup(&data, &copy).unwrap();
    let second = report(&phone, shown(files[1].clone())).await;
    assert!(synced(&phone).await.all_sent);
    let ids = [first, second];
    let codes = ids.map(|id| code(&phone, &id));
    ioc.stop().await.unwrap();

    restore(&copy, &new, [7; 8]).unwrap();
    let ioc = started(&new).await;
    assert_eq!(get(&ioc, &format!("/v1/cases/{}", codes[1]), None).await.status, 404, "it is lost");
    relay.turn_to(ioc.address());
    relay.drop_all();
    phone.network_changed().unwrap();
    let outcome = synced(&phone).await;
    assert!(outcome.all_sent, "{outcome:?}");
    for (place, id) in ids.iter().enumerate() {
        assert_eq!(original(&new, &phone, id, 0), fs::read(&files[place]).unwrap());
        assert_eq!(code(&phone, id), codes[place], "a citizen's code goes on being theirs");
        assert_eq!(get(&ioc, &format!("/v1/cases/{}", codes[place]), None).await.status, 200);
        assert_eq!(phone.show(id).unwrap().way, Way::Whole);
    }
    ioc.stop().await.unwrap();
}

/// Law 5.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_has_to_log_in() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("ioc");
    let ioc = started(&data).await;
    let phone = phone(&dir.path().join("phone"), &url(&ioc));
    assert!(phone.card().unwrap().is_none());
    let source = photo(dir.path(), 1);
    let id = report(&phone, shown(source.clone())).await;
    let outcome = synced(&phone).await;
    assert!(outcome.all_sent && outcome.ended_by == EndedBy::Done, "{outcome:?}");
    assert_eq!(original(&data, &phone, &id, 0), fs::read(source).unwrap());
    let operator = issue_token(&data, Role::Operator, None).unwrap();
    let case = get(&ioc, &format!("/v1/desk/cases/{}", code(&phone, &id)), Some(&operator)).await.json();
    assert!(case["sender"] == false && case["contact"].is_null(), "{case}");
    ioc.stop().await.unwrap();
}

/// Law: no deduplication across reports, since it would tell who else has a picture.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_phones_one_photo_two_cases() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("ioc");
    let ioc = started(&data).await;
    let source = photo(dir.path(), 1);
    let mut codes = Vec::new();
    let mut told = Vec::new();
    for name in ["one", "other"] {
        let phone = phone(&dir.path().join(name), &url(&ioc));
        let id = report(&phone, shown(source.clone())).await;
        let seen = Seen::default();
        assert!(phone.sync(None, Until::Done, &seen).await.unwrap().all_sent);
        let kinds = [PartKind::Preview, PartKind::Rendition, PartKind::Original];
        assert_eq!(seen.begun(), kinds.map(|kind| (kind, 0)), "{name} sends every byte of its own");
        assert_eq!(original(&data, &phone, &id, 0), fs::read(&source).unwrap());
        codes.push(code(&phone, &id));
        // The first phone asks again after the second has reported.
        told.push((phone, id));
    }
    assert_ne!(codes[0], codes[1]);
    for (place, (phone, id)) in told.iter().enumerate() {
        assert!(synced(phone).await.all_sent);
        assert_eq!(phone.list(None, 10).unwrap().len(), 1);
        let heard = serde_json::to_string(&phone.show(id).unwrap()).unwrap();
        assert!(heard.contains(&codes[place]) && !heard.contains(&codes[1 - place]), "{heard}");
        let public = get(&ioc, &format!("/v1/cases/{}", codes[place]), None).await.text;
        assert!(!public.contains(&codes[1 - place]), "{public}");
    }
    assert_eq!(get(&ioc, "/v1/cases", None).await.json()["cases"].as_array().unwrap().len(), 2);
    ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn held_and_withdrawn_send_nothing() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("ioc");
    let ioc = started(&data).await;
    let relay = Relay::to(ioc.address()).await;
    let phone = phone(&dir.path().join("phone"), &relay.url());
    let operator = issue_token(&data, Role::Operator, None).unwrap();
    let held = report(&phone, NewReport { hold: true, ..shown(photo(dir.path(), 1)) }).await;
    let taken_back = report(&phone, shown(photo(dir.path(), 2))).await;
    phone.withdraw(&taken_back).unwrap();
    for way in [Way::Held, Way::Withdrawn] {
        phone.sync(None, Until::Done, &Silent).await.unwrap();
        let shown = phone.show(&held).unwrap();
        assert_eq!((shown.way, shown.case), (way, None));
        assert_eq!(phone.show(&taken_back).unwrap().way, Way::Withdrawn);
        let cases = get(&ioc, "/v1/desk/cases", Some(&operator)).await.json();
        assert_eq!(cases["cases"], Value::Array(vec![]));
        assert_eq!(bytes_in(&data.join("media")), 0, "no piece of it is staged");
        let _ = phone.withdraw(&held);
    }
    assert!(relay.sent() < 4_096, "{} bytes left the phone: more than two empty syncs", relay.sent());
    ioc.stop().await.unwrap();
}

// ---- the phone ------------------------------------------------------------------------------------------------------

fn options(ioc: &str) -> Options {
    Options { ioc: Some(ioc.to_owned()), ..Options::new(TenantId::parse("hue").unwrap()) }
}

fn phone(home: &Path, ioc: &str) -> Phone {
    Phone::open(home, options(ioc)).unwrap().0
}

async fn report(phone: &Phone, new: NewReport) -> ReportId {
    let phone = phone.clone();
    tokio::task::spawn_blocking(move || phone.report(new)).await.unwrap().unwrap()
}

async fn synced(phone: &Phone) -> SyncOutcome {
    phone.sync(None, Until::Done, &Silent).await.unwrap()
}

fn hue() -> Point {
    Point::from_degrees(16.2775, 107.2297).unwrap()
}

fn words(text: &str) -> NewReport {
    let category = Some(CategoryCode::parse("traffic").unwrap());
    NewReport { text: text.into(), category, at: Some(hue()), ..NewReport::default() }
}

fn shown(file: PathBuf) -> NewReport {
    NewReport { files: vec![file], ..words("Đường sạt lở, xe không qua được.") }
}

fn photo(folder: &Path, seed: u64) -> PathBuf {
    let (point, taken_local) = (hue(), "2026-11-02T07:41:09");
    let (scene, offset_min, width, height) = (Scene::Landslide, 420, 640, 480);
    let sample = SamplePhoto { scene, point, taken_local, offset_min, width, height, seed };
    let path = folder.join(format!("{seed}.jpg"));
    fs::write(&path, sample_photo(&sample).unwrap()).unwrap();
    path
}

fn video(folder: &Path) -> PathBuf {
    let created = UnixMs::from_millis(1_793_600_000_000);
    let sample = SampleVideo { point: hue(), created, seconds: 3, bytes: 3_000_000, seed: 5 };
    let path = folder.join("film.mp4");
    fs::write(&path, sample_video(&sample).unwrap()).unwrap();
    path
}

fn code(phone: &Phone, id: &ReportId) -> String {
    phone.show(id).unwrap().report.case.expect("the hub said its code").to_string()
}

/// Where the phone keeps a report's only original.
fn kept(phone: &Phone, id: &ReportId) -> PathBuf {
    let hash = phone.show(id).unwrap().report.captures[0].declared.hash;
    phone.media_path(&hash).unwrap().expect("it is kept")
}

fn picture(phone: &Phone, id: &ReportId, kind: PartKind) -> PathBuf {
    let entries = phone.show(id).unwrap().entries;
    let hash = entries.iter().find(|entry| entry.kind == kind).expect("it was made").part.hash;
    phone.media_path(&hash).unwrap().expect("it is kept")
}

/// What the hub has as this capture's original.
fn original(data: &Path, phone: &Phone, id: &ReportId, capture: usize) -> Vec<u8> {
    let hash = phone.show(id).unwrap().report.captures[capture].declared.hash;
    fs::read(data.join("media/parts").join(id.to_string()).join(hash.to_string())).unwrap()
}

/// Transfers as they begin: which piece, and from which byte.
#[derive(Default)]
struct Seen(Mutex<Vec<(PartKind, u64)>>);

impl Seen {
    fn begun(&self) -> Vec<(PartKind, u64)> {
        self.0.lock().unwrap().clone()
    }
}

impl Progress for Seen {
    fn on_step(&self, doing: &Doing) {
        if let Doing::Uploading { kind, from_bytes, .. } = doing {
            self.0.lock().unwrap().push((*kind, *from_bytes));
        }
    }
}

/// The system's clock, so much ahead, wall and ticks alike.
#[derive(Default)]
struct AheadClock {
    ahead_ms: AtomicI64,
}

impl Clock for AheadClock {
    fn now(&self) -> ClockReading {
        let (ahead, now) = (self.ahead_ms.load(Ordering::SeqCst), SystemClock.now());
        let ticks_ms = now.ticks_ms + u64::try_from(ahead).unwrap();
        ClockReading { wall: now.wall.plus_millis(ahead), ticks_ms, ..now }
    }
}

// ---- the IOC --------------------------------------------------------------------------------------------------------

async fn started(data: &Path) -> Served {
    serve(ServeOptions::new(data, "127.0.0.1:0".parse().unwrap())).await.unwrap()
}

fn url(ioc: &Served) -> String {
    format!("http://{}", ioc.address())
}

/// An IOC whose clock a test sets ahead; its address.
async fn serve_ahead(data: &Path, ahead: &Arc<AtomicI64>) -> String {
    let World { now, ticks_ms, random } = World::real();
    let ahead = Arc::clone(ahead);
    let now = Box::new(move || now().plus_millis(ahead.load(Ordering::SeqCst)));
    let world = World { now, ticks_ms, random };
    let hub = paht_server::open(data, &data.join("tenant"), Limits::default(), world).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router(Arc::new(hub))).await });
    address
}

struct Page {
    status: u16,
    text: String,
}

impl Page {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text))
    }
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}

async fn answered(request: reqwest::RequestBuilder, token: Option<&String>) -> Page {
    let request = match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    };
    let answer = request.send().await.unwrap();
    Page { status: answer.status().as_u16(), text: answer.text().await.unwrap() }
}

async fn get(ioc: &Served, path: &str, token: Option<&String>) -> Page {
    answered(client().get(format!("{}{path}", url(ioc))), token).await
}

/// Gives the case to the agency that the hub advises, unless it did so by itself.
async fn dispatched(ioc: &Served, desk: &str, operator: &String) {
    if get(ioc, desk, Some(operator)).await.json()["assignments"][0].is_null() {
        let action = client().post(format!("{}{desk}/actions", url(ioc)));
        let action = action.header("content-type", "application/json").body(r#"{"action":"dispatch"}"#);
        let done = answered(action, Some(operator)).await;
        assert_eq!(done.status, 200, "{}", done.text);
    }
}
