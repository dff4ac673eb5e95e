//! Goal (laws 1 and 2): what `report` returned for reaches the IOC once, byte for byte, whoever is killed whenever.
//! Method: phone and IOC, processes of their own, are each killed with SIGKILL at 200 random instants while they report,
//! send and receive; at last everything is sent, and the IOC's folder is compared with the phone's, hash by hash.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;
use paht_model::ids::{ReportId, Sha256, TenantId};
use paht_model::part::PartKind;
use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_phone::{Options, Phone};
use paht_tests::ioc::Ioc;
use paht_tests::program;
use rusqlite::{Connection, OpenFlags};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Kills of each.
const KILLS: usize = 200;
/// Most reports made: what is killed while it reports makes none, mostly.
const REPORTS_MAX: usize = 120;
/// Different photos.
const PHOTOS: u64 = 24;
/// Longest that any one command may take before the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reports that returned, each with the hash of its photo.
type Returned = BTreeMap<ReportId, Sha256>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_killed_every_report_that_returned_arrives_once() {
    let seed = std::env::var("PAHT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_122);
    println!("seed {seed}; PAHT_SEED chooses another");
    let folder = tempfile::tempdir().unwrap();
    let (data, home) = (folder.path().join("ioc"), folder.path().join("phone"));
    let photos: Vec<(PathBuf, Sha256)> = (0..PHOTOS).map(|seed| paint(folder.path(), seed)).collect();
    let listen = Ioc::start(&data).url.trim_start_matches("http://").to_owned();

    let hub_is_done = AtomicBool::new(false);
    let hub = async {
        kill_hub(&data, &listen, seed).await;
        hub_is_done.store(true, Ordering::Relaxed);
    };
    let phone = kill_phone(&home, &listen, &photos, seed ^ 1, &hub_is_done);
    let ((), returned) = tokio::join!(hub, phone);
    assert!(returned.len() >= 20, "only {} reports returned", returned.len());

    let ioc = Ioc::start_at(&data, &listen);
    let home_name = home.to_str().unwrap();
    let last = program::said(["phone", "--home", home_name, "sync", "--until-done"]).pop().unwrap();
    assert_eq!(last["all_sent"], true, "{last}");
    drop(ioc);
    compare(&data, &home, &returned);
}

/// Starts the IOC and kills it, again and again: some of the times before it listens.
async fn kill_hub(data: &Path, listen: &str, seed: u64) {
    let mut dice = Rng::with_seed(seed);
    let mut begin_ms = 200;
    for _ in 0..KILLS {
        let begun = now();
        let mut hub = serve(data, listen);
        if below(&mut dice, 6) == 0 {
            let at = Duration::from_millis(below(&mut dice, begin_ms));
            assert!(timeout(at, hub.wait()).await.is_err(), "the IOC ended by itself");
        } else {
            let mut lines = BufReader::new(hub.stdout.take().unwrap()).lines();
            let hello = timeout(PATIENCE, lines.next_line()).await.expect("the IOC starts").unwrap();
            assert!(hello.expect("the IOC listens").contains("listening"));
            begin_ms = u64::try_from(begun.elapsed().as_millis()).unwrap().max(10);
            let at = Duration::from_millis(below(&mut dice, 300));
            assert!(timeout(at, hub.wait()).await.is_err(), "the IOC ended by itself");
        }
        kill(&mut hub).await;
    }
}

/// Reports and sends; each command is killed at an instant drawn over the time that its kind is known to take.
async fn kill_phone(
    home: &Path,
    listen: &str,
    photos: &[(PathBuf, Sha256)],
    seed: u64,
    hub_is_done: &AtomicBool,
) -> Returned {
    let mut dice = Rng::with_seed(seed);
    let mut returned = Returned::new();
    let mut killed = 0;
    let mut took_ms = [100; 2];
    let ioc = format!("http://{listen}");
    let common = ["phone", "--home", home.to_str().unwrap(), "--ioc", &ioc];
    while killed < KILLS || !hub_is_done.load(Ordering::Relaxed) {
        let reports = returned.len() < REPORTS_MAX && below(&mut dice, 5) < 2;
        let (photo, hash) = &photos[usize::try_from(below(&mut dice, PHOTOS)).unwrap()];
        let report =
            ["report", "--category", "traffic", "--text", "Ổ gà", "--media", photo.to_str().unwrap()];
        let verb: &[&str] = if reports { &report } else { &["sync"] };
        let begun = now();
        let mut phone = start(common.iter().chain(verb).copied());
        let longest = &mut took_ms[usize::from(reports)];
        // Some are left to end, so that something is reported and sent at all.
        let spared = below(&mut dice, 4) == 0;
        let at = if spared { PATIENCE } else { Duration::from_millis(below(&mut dice, *longest * 11 / 10)) };
        let Ok(ended) = timeout(at, phone.wait()).await else {
            assert!(!spared, "{verb:?} did not end");
            kill(&mut phone).await;
            killed += 1;
            continue;
        };
        let status = ended.unwrap();
        *longest = u64::try_from(begun.elapsed().as_millis()).unwrap().clamp(10, 2_000);
        if reports {
            assert!(status.success(), "reporting failed: {status}");
            returned.insert(id_said(&mut phone).await, *hash);
        }
    }
    assert!(killed >= KILLS);
    returned
}

fn serve(data: &Path, listen: &str) -> Child {
    start(["ioc", "serve", "--data", data.to_str().unwrap(), "--listen", listen])
}

fn start<'w>(words: impl IntoIterator<Item = &'w str>) -> Child {
    let mut command = Command::from(program::command(words));
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn().unwrap()
}

async fn kill(child: &mut Child) {
    child.start_kill().unwrap();
    let status = child.wait().await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt as _;
        // One that ended in the very instant was not killed; it was at its end, which is an instant too.
        assert!(status.signal() == Some(9) || status.code().is_some(), "{status}");
    }
    #[cfg(not(unix))]
    let _ = status;
}

async fn id_said(phone: &mut Child) -> ReportId {
    let mut said = Vec::new();
    phone.stdout.take().unwrap().read_to_end(&mut said).await.unwrap();
    program::objects(&said)[0]["report"].as_str().unwrap().parse().unwrap()
}

/// Every report of the phone is at the IOC once, with exactly its commands and media, byte for byte.
fn compare(data: &Path, home: &Path, returned: &Returned) {
    let (phone, _) = Phone::open(home, Options::new(TenantId::parse("hue").unwrap())).unwrap();
    let listed: Vec<ReportId> =
        phone.list(None, 10_000).unwrap().iter().map(|listed| listed.report.id).collect();
    let kept: BTreeSet<ReportId> = listed.iter().copied().collect();
    assert_eq!(kept.len(), listed.len(), "a report twice on the phone");
    let lost: Vec<_> = returned.keys().filter(|id| !kept.contains(*id)).collect();
    assert!(lost.is_empty(), "lost on the phone: {lost:?}");

    let hub = Connection::open_with_flags(data.join("hub.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut asked = hub.prepare("SELECT report FROM report").unwrap();
    let rows = asked.query_map([], |row| row.get::<_, [u8; 16]>(0)).unwrap();
    let at_hub: Vec<ReportId> = rows.map(|row| ReportId::from_bytes(row.unwrap())).collect();
    let at_hub_once: BTreeSet<ReportId> = at_hub.iter().copied().collect();
    assert_eq!(at_hub_once.len(), at_hub.len(), "a report twice at the IOC");
    assert_eq!(at_hub_once, kept, "the IOC has other reports than the phone");

    for id in &kept {
        let shown = phone.show(id).unwrap();
        let (commands, media): (Vec<_>, Vec<_>) =
            shown.entries.iter().partition(|entry| entry.kind == PartKind::Statement);
        let commands: BTreeSet<Sha256> = commands.iter().map(|entry| entry.part.hash).collect();
        assert_eq!(commands_at(&hub, id), commands, "commands of {id}");
        let media: BTreeSet<Sha256> = media.iter().map(|entry| entry.part.hash).collect();
        assert_eq!(media_at(data, id), media, "media of {id}");
        if let Some(photo) = returned.get(id) {
            assert!(media.contains(photo), "{id} without its photo");
        }
    }
    println!("{} reports returned, {} arrived", returned.len(), kept.len());
}

/// Hashes of the commands' bytes as the IOC keeps them, computed anew.
fn commands_at(hub: &Connection, id: &ReportId) -> BTreeSet<Sha256> {
    let sql = "SELECT c.bytes FROM command c JOIN report r ON r.id = c.id WHERE r.report = ?1";
    let mut asked = hub.prepare(sql).unwrap();
    let rows = asked.query_map([id.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let hashes: Vec<Sha256> = rows.map(|row| Sha256::of(&row.unwrap())).collect();
    let once: BTreeSet<Sha256> = hashes.iter().copied().collect();
    assert_eq!(once.len(), hashes.len(), "a command twice");
    once
}

/// Hashes of the media's bytes as the IOC keeps them, computed anew; each lies under its own.
fn media_at(data: &Path, id: &ReportId) -> BTreeSet<Sha256> {
    let files = std::fs::read_dir(data.join("media/parts").join(id.to_string())).unwrap();
    let hash = |file: std::fs::DirEntry| {
        let hash = Sha256::of(&std::fs::read(file.path()).unwrap());
        assert_eq!(file.file_name().to_str().unwrap(), hash.to_string());
        hash
    };
    files.map(|file| hash(file.unwrap())).collect()
}

fn paint(folder: &Path, seed: u64) -> (PathBuf, Sha256) {
    let point = Point::from_degrees(16.2775, 107.2297).unwrap();
    let (taken_local, offset_min) = ("2026-11-22T06:40:00", 420);
    let photo = SamplePhoto {
        scene: Scene::Landslide,
        point,
        taken_local,
        offset_min,
        width: 480,
        height: 360,
        seed,
    };
    let bytes = sample_photo(&photo).unwrap();
    let file = folder.join(format!("{seed}.jpg"));
    std::fs::write(&file, &bytes).unwrap();
    (file, Sha256::of(&bytes))
}

#[allow(clippy::disallowed_methods, reason = "the instants of the kills are drawn over what was observed")]
fn now() -> Instant {
    Instant::now()
}

/// From 0 to one below `end`.
fn below(dice: &mut Rng, end: u64) -> u64 {
    dice.u64(0..end.max(1))
}
