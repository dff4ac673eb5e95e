//! Goal: the phone as programs use it, against a small hub that keeps, signs, refuses and misbehaves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod stub;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use paht_engine::status::Way;
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::part::ParkReason;
use paht_model::place::Point;
use paht_model::statement::Edit;
use paht_model::words::Language;
use paht_phone::media::{Disk, DiskFile, RealDisk};
use paht_phone::{Doing, EndedBy, NewReport, Options, Phone, Progress, Silent, Until};
use stub::{Hub, Mood, SetClock, UploadMood, category, new_report, options, photo};

fn open(home: &Path, ioc: &str) -> Phone {
    open_with(home, Options { ioc: Some(ioc.to_owned()), ..options() })
}

fn open_with(home: &Path, options: Options) -> Phone {
    Phone::open(home, options).unwrap().0
}

fn files_in(home: &Path) -> usize {
    let folders = std::fs::read_dir(home.join("media")).into_iter().flatten();
    folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_arrives_whole_text_first_then_small_pictures_then_the_original() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(&home.path().join("phone"), &hub.serve().await);
    let source = photo(home.path(), 1);
    let id = phone.report(new_report(vec![source.clone()])).unwrap();
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert!(outcome.all_sent, "{outcome:?}");
    assert_eq!(outcome.ended_by, EndedBy::Done);
    let shown = phone.show(&id).unwrap();
    assert_eq!(shown.way, Way::Whole);
    assert!(shown.report.place.is_some(), "the photo knows where it was taken");
    let kept = hub.kept.lock().unwrap();
    let sizes: Vec<usize> = kept.arrived.iter().map(|part| kept.files[part].len()).collect();
    assert_eq!(sizes.len(), 3);
    assert!(sizes[0] < sizes[1], "the preview goes first: {sizes:?}");
    assert_eq!(kept.files[&kept.arrived[2]], std::fs::read(source).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_but_the_hubs_own_word_is_taken_for_success() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(&home.path().join("phone"), &hub.serve().await);
    let id = phone.report(new_report(vec![photo(home.path(), 2)])).unwrap();
    let moods = [
        (Mood::Html, Code::LinkForeign),
        (Mood::HtmlAsCbor, Code::LinkForeign),
        (Mood::Redirect, Code::LinkForeign),
        (Mood::FailedPlain, Code::HubFailed),
        (Mood::Failed, Code::HubFailed),
        (Mood::Busy, Code::HubBusy),
        (Mood::Truncated, Code::LinkGarbled),
        (Mood::Garbled, Code::LinkGarbled),
        (Mood::Silent, Code::LinkDown),
    ];
    for (mood, code) in moods {
        hub.kept.lock().unwrap().moods.push_back(mood);
        let outcome = phone.sync(None, Until::Once, &Silent).await.unwrap();
        assert_eq!(outcome.standing.fault, Some(code), "{mood:?}");
        assert!(!outcome.all_sent && outcome.ended_by == EndedBy::Waiting, "{mood:?}: {outcome:?}");
        assert!(outcome.standing.waiting >= 2, "{mood:?}");
        assert_eq!(phone.show(&id).unwrap().way, Way::Waiting, "{mood:?}");
        if mood == Mood::Busy {
            assert!(outcome.standing.next_try_ms.unwrap() > 80_000, "Retry-After is kept: {outcome:?}");
        }
        phone.network_changed().unwrap();
    }
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_report_can_be_mended_and_keeps_nobody_back() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    hub.kept.lock().unwrap().refuse = Some((category("traffic"), Code::CategoryUnknown));
    let phone = open(&home.path().join("phone"), &hub.serve().await);
    let refused = phone.report(new_report(vec![photo(home.path(), 3)])).unwrap();
    let next = NewReport { category: Some(category("lighting")), ..new_report(Vec::new()) };
    let next = phone.report(next).unwrap();
    phone.sync(None, Until::Once, &Silent).await.unwrap();
    let reason = ParkReason::Refused(Code::CategoryUnknown);
    assert_eq!(phone.show(&refused).unwrap().way, Way::NeedsYou { reason });
    assert_eq!(phone.show(&next).unwrap().way, Way::Whole);
    // Nothing behind it is said to be on its way, its smaller pictures included: a sync does not wait for a person.
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert_eq!((outcome.ended_by, outcome.standing.waiting), (EndedBy::Done, 0), "{outcome:?}");
    phone.edit(&refused, Edit { category: Some(category("lighting")), ..Edit::default() }).unwrap();
    phone.network_changed().unwrap();
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert_eq!(phone.show(&refused).unwrap().way, Way::Whole, "{outcome:?}");
}

/// Method: the hub refuses to take it back; the person lets the report go on, and the hub forgets that it ever refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_withdrawal_is_not_said_again_by_letting_the_report_go() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    hub.kept.lock().unwrap().refuse_withdrawals = true;
    let phone = open(&home.path().join("phone"), &hub.serve().await);
    let id = phone.report(new_report(Vec::new())).unwrap();
    phone.sync(None, Until::Done, &Silent).await.unwrap();
    phone.withdraw(&id).unwrap();
    phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert_eq!(phone.show(&id).unwrap().way, Way::NeedsYou { reason: ParkReason::Refused(Code::CaseState) });
    assert_eq!(hub.kept.lock().unwrap().withdrawals, 1);
    hub.kept.lock().unwrap().refuse_withdrawals = false;
    phone.hold(&id).unwrap();
    phone.release(&id).unwrap();
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    assert_eq!(phone.show(&id).unwrap().way, Way::Whole);
    assert_eq!(hub.kept.lock().unwrap().withdrawals, 1, "letting it go is not taking it back");
    for (refused, way) in
        [(true, Way::NeedsYou { reason: ParkReason::Refused(Code::CaseState) }), (false, Way::Withdrawn)]
    {
        hub.kept.lock().unwrap().refuse_withdrawals = refused;
        phone.withdraw(&id).unwrap();
        phone.sync(None, Until::Done, &Silent).await.unwrap();
        assert_eq!(phone.show(&id).unwrap().way, way);
    }
    assert_eq!(hub.kept.lock().unwrap().withdrawals, 3);
    assert_eq!(phone.standing().unwrap().parked, 0, "the earlier refusal is over");
}

/// Method: the first transfers of the original stall half-way, lose the hub's sign, and are changed on their way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_that_goes_wrong_half_way_is_taken_up_where_the_hub_stands() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let ioc = Some(hub.serve().await);
    let phone = open_with(&home.path().join("phone"), Options { stall_ms: 300, ioc, ..options() });
    let source = photo(home.path(), 9);
    let id = phone.report(new_report(vec![source.clone()])).unwrap();
    let wrong = [UploadMood::Stalls(1_000), UploadMood::Pauses(700), UploadMood::Corrupts];
    hub.kept.lock().unwrap().upload_moods.extend(wrong);
    let watched = Watched::default();
    let outcome = phone.sync(None, Until::Done, &watched).await.unwrap();
    assert!(outcome.all_sent, "{outcome:?}");
    assert_eq!(phone.show(&id).unwrap().way, Way::Whole);
    let begun = watched.begun.lock().unwrap().clone();
    assert_eq!(begun[..4], [0, 1_000, 1_700, 0], "the preview, from the byte the hub has: {begun:?}");
    assert_eq!(watched.failed.lock().unwrap()[..2], [Code::LinkDown, Code::UploadWrongHash]);
    let original = std::fs::read(source).unwrap();
    assert!(hub.kept.lock().unwrap().files.values().any(|bytes| *bytes == original));
}

/// Keeps what was asked (commands and offers), from which byte each transfer began, and why tries failed.
#[derive(Default)]
struct Watched {
    asked: std::sync::Mutex<Vec<(usize, usize)>>,
    begun: std::sync::Mutex<Vec<u64>>,
    failed: std::sync::Mutex<Vec<Code>>,
}

impl Progress for Watched {
    fn on_step(&self, doing: &Doing) {
        match doing {
            Doing::Syncing { commands, offers } => self.asked.lock().unwrap().push((*commands, *offers)),
            Doing::Uploading { from_bytes, .. } => self.begun.lock().unwrap().push(*from_bytes),
            Doing::Failed { code } => self.failed.lock().unwrap().push(*code),
            _ => {}
        }
    }
}

/// Method: three commands and three files of one report go in the first question; the second asks whether all is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_made_beforehand_are_declared_in_the_first_question() {
    let home = tempfile::tempdir().unwrap();
    let phone = open(&home.path().join("phone"), &Hub::new().serve().await);
    phone.report(new_report(vec![photo(home.path(), 4)])).unwrap();
    phone.make_pictures().await.unwrap();
    phone.make_pictures().await.unwrap();
    let watched = Watched::default();
    assert!(phone.sync(None, Until::Done, &watched).await.unwrap().all_sent);
    assert_eq!(*watched.asked.lock().unwrap(), [(3, 3), (0, 0)]);
}

/// Method: of five reports with a photo each, the first question brings what all of them say, and the pictures of two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_say_does_not_wait_for_what_declares_pictures() {
    let home = tempfile::tempdir().unwrap();
    let phone = open(&home.path().join("phone"), &Hub::new().serve().await);
    for seed in 0..5 {
        phone.report(new_report(vec![photo(home.path(), seed)])).unwrap();
        phone.make_pictures().await.unwrap();
    }
    let watched = Watched::default();
    assert!(phone.sync(None, Until::Done, &watched).await.unwrap().all_sent);
    assert_eq!(*watched.asked.lock().unwrap(), [(5 + 4, 5 + 4), (6, 6), (0, 0)]);
}

/// Method: the pictures are asked for and the phone is let go at once, as when an app is closed behind a report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_makes_pictures_keeps_no_phone_open() {
    let home = tempfile::tempdir().unwrap();
    let (folder, ioc) = (home.path().join("phone"), Hub::new().serve().await);
    let phone = open(&folder, &ioc);
    phone.report(new_report(vec![photo(home.path(), 4)])).unwrap();
    let mut making = Box::pin(phone.make_pictures());
    let begun = tokio::time::timeout(Duration::ZERO, making.as_mut()).await;
    assert!(begun.is_err(), "it is at work");
    drop(phone);
    let again = open(&folder, &ioc);
    making.await.unwrap();
    assert!(again.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
}

/// Method: the hub reads nothing of the first report's original until the second report's statement has come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_report_does_not_wait_behind_an_original() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(&home.path().join("phone"), &hub.serve().await);
    phone.report(new_report(vec![photo(home.path(), 4)])).unwrap();
    hub.kept.lock().unwrap().hold_original_until_next = true;
    let second = {
        let (hub, phone, folder) = (hub.clone(), phone.clone(), home.path().to_owned());
        tokio::spawn(async move {
            hub.original_began.notified().await;
            tokio::task::spawn_blocking(move || phone.report(new_report(vec![photo(&folder, 5)])))
                .await
                .unwrap()
                .unwrap()
        })
    };
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    let second: ReportId = second.await.unwrap();
    assert_eq!(phone.show(&second).unwrap().way, Way::Whole, "{outcome:?}");
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_and_budget_end_a_sync_that_hangs_and_nothing_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open_with(
        &home.path().join("phone"),
        Options { ioc: Some(hub.serve().await), stall_ms: 600_000, ..options() },
    );
    phone.report(new_report(Vec::new())).unwrap();
    hub.kept.lock().unwrap().moods.extend([Mood::Silent, Mood::Silent]);
    let outcome = phone.sync(Some(50), Until::Done, &Silent).await.unwrap();
    assert_eq!(outcome.ended_by, EndedBy::Budget);
    let running = tokio::spawn({
        let phone = phone.clone();
        async move { phone.sync(None, Until::Done, &Silent).await.unwrap() }
    });
    while !hub.kept.lock().unwrap().moods.is_empty() {
        tokio::task::yield_now().await;
    }
    phone.stop();
    assert_eq!(running.await.unwrap().ended_by, EndedBy::Stopped);
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
}

/// Tells when a running sync waits.
struct WhenWaiting(tokio::sync::Notify);

impl paht_phone::Progress for WhenWaiting {
    fn on_step(&self, doing: &paht_phone::Doing) {
        if matches!(doing, paht_phone::Doing::Waiting { .. }) {
            self.0.notify_one();
        }
    }
}

#[tokio::test]
async fn a_change_of_network_ends_the_wait_of_a_running_sync() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open_with(&home.path().join("phone"), Options { ioc: Some(hub.serve().await), ..options() });
    phone.report(new_report(Vec::new())).unwrap();
    // The hub asks for 90 seconds.
    hub.kept.lock().unwrap().moods.push_back(Mood::Busy);
    let waiting = Arc::new(WhenWaiting(tokio::sync::Notify::new()));
    let running = tokio::spawn({
        let (phone, waiting) = (phone.clone(), Arc::clone(&waiting));
        async move { phone.sync(None, Until::Done, &*waiting).await.unwrap() }
    });
    waiting.0.notified().await;
    phone.network_changed().unwrap();
    let outcome = tokio::time::timeout(std::time::Duration::from_secs(45), running).await;
    assert!(outcome.expect("the sync slept on").unwrap().all_sent);
}

#[test]
fn bad_input_gets_its_code_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let phone = open_with(&home.path().join("phone"), options());
    let file = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let good = photo(home.path(), 6);
    let cut = std::fs::read(&good).unwrap();
    let cases = [
        (new_report(vec![good.clone(), file("empty.jpg", b"")]), Code::MediaEmpty),
        (new_report(vec![good.clone(), file("text.jpg", b"no photo at all")]), Code::MediaUnknownFormat),
        (new_report(vec![good.clone(), file("cut.jpg", &cut[..cut.len() / 2])]), Code::MediaTruncated),
        (new_report(vec![good.clone(), home.path().join("missing.jpg")]), Code::MediaUnreadable),
        (new_report(vec![good.clone(); 13]), Code::ReportTooManyCaptures),
        (NewReport { category: None, ..new_report(vec![good.clone()]) }, Code::CategoryMissing),
        (
            NewReport { category: Some(category("dragons")), ..new_report(vec![good.clone()]) },
            Code::CategoryUnknown,
        ),
        (NewReport { text: "x".repeat(4_001), ..new_report(vec![good.clone()]) }, Code::TextTooLong),
        (NewReport { text: " ".into(), ..new_report(Vec::new()) }, Code::ReportEmpty),
        (NewReport { text: "\u{200b}\u{feff}\u{202e}".into(), ..new_report(Vec::new()) }, Code::ReportEmpty),
        (
            NewReport {
                at: Some(Point::from_degrees(21.0, 105.8).unwrap()),
                ..new_report(vec![good.clone()])
            },
            Code::PlaceOutside,
        ),
        (
            NewReport { at: Some(Point { lat_e7: 0, lon_e7: 0 }), ..new_report(vec![good.clone()]) },
            Code::PlaceUnknown,
        ),
    ];
    for (new, code) in cases {
        let error = phone.report(new).unwrap_err();
        assert_eq!(error.code(), code);
        assert_ne!(error.say(Language::Vi), error.say(Language::En));
        assert_eq!(files_in(&home.path().join("phone")), 0, "{code}");
        assert!(phone.list(None, 10).unwrap().is_empty() && phone.outbox().unwrap().is_empty(), "{code}");
    }
    phone.report(new_report(vec![good])).unwrap();
    assert_eq!(files_in(&home.path().join("phone")), 1);
}

/// A disk with so many bytes left.
#[derive(Debug, Default)]
struct SmallDisk {
    left: Arc<AtomicU64>,
    says_free: AtomicU64,
}

struct SmallFile(Box<dyn DiskFile>, Arc<AtomicU64>);

impl io::Write for SmallFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.1.load(Ordering::SeqCst);
        if left < bytes.len() as u64 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.1.fetch_sub(bytes.len() as u64, Ordering::SeqCst);
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl DiskFile for SmallFile {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync()
    }
}

impl Disk for SmallDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.create_dir(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(SmallFile(RealDisk.create(path)?, Arc::clone(&self.left))))
    }
    fn open(&self, path: &Path) -> io::Result<std::fs::File> {
        RealDisk.open(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_dir(path)
    }
    fn len(&self, path: &Path) -> io::Result<Option<u64>> {
        RealDisk.len(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(path)
    }
    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(self.says_free.load(Ordering::SeqCst))
    }
}

#[test]
fn a_full_disk_refuses_the_report_and_keeps_the_earlier_ones() {
    let home = tempfile::tempdir().unwrap();
    let disk = Arc::new(SmallDisk::default());
    disk.left.store(u64::MAX, Ordering::SeqCst);
    disk.says_free.store(u64::MAX, Ordering::SeqCst);
    let phone = open_with(&home.path().join("phone"), Options { disk: disk.clone(), ..options() });
    let first = phone.report(new_report(vec![photo(home.path(), 7)])).unwrap();
    let second = photo(home.path(), 8);
    let whole = |what: &str| {
        let error = phone.report(new_report(vec![second.clone()])).unwrap_err();
        assert_eq!(error.code(), Code::StorageFull, "{what}");
        assert_eq!(files_in(&home.path().join("phone")), 1, "{what}");
        assert_eq!(phone.list(None, 10).unwrap().len(), 1, "{what}");
        assert_eq!(phone.show(&first).unwrap().entries.len(), 2, "{what}");
    };
    disk.says_free.store(1_000_000, Ordering::SeqCst);
    whole("the system says there is no room");
    disk.says_free.store(u64::MAX, Ordering::SeqCst);
    disk.left.store(20_000, Ordering::SeqCst);
    whole("it ends in the middle of a file");
    disk.left.store(u64::MAX, Ordering::SeqCst);
    phone.limit_pages(1).unwrap();
    let full = (0..2_000).find_map(|_| {
        let text = "x".repeat(4_000);
        phone.report(NewReport { text, ..new_report(vec![second.clone()]) }).err()
    });
    assert_eq!(full.map(|error| error.code()), Some(Code::StorageFull), "the database is full");
    assert!(!phone.list(None, 3_000).unwrap().is_empty());
    phone.limit_pages(1_000_000).unwrap();
    phone.report(new_report(vec![second])).unwrap();
}

#[test]
fn a_wrong_clock_stops_no_report() {
    for wall in [0, -86_400_000, 2_147_483_647_000, 4_085_000_000_000, i64::MAX] {
        let home = tempfile::tempdir().unwrap();
        let phone = open_with(&home.path().join("phone"), Options { clock: SetClock::at(wall), ..options() });
        let first = phone.report(new_report(vec![photo(home.path(), 9)])).unwrap();
        let second = phone.report(new_report(Vec::new())).unwrap();
        let listed: Vec<_> = phone.list(None, 10).unwrap().iter().map(|l| l.report.id).collect();
        assert_eq!(listed, [second, first], "{wall}");
    }
}

#[test]
fn a_folder_is_one_programs_alone() {
    let home = tempfile::tempdir().unwrap();
    let first = open_with(home.path(), options());
    assert_eq!(Phone::open(home.path(), options()).unwrap_err().code(), Code::StorageBusy);
    drop(first);
}

#[test]
fn observers_are_called_outside_every_lock() {
    let home = tempfile::tempdir().unwrap();
    let phone = open_with(&home.path().join("phone"), options());
    let seen = Arc::new(AtomicU64::new(0));
    let (inside, count) = (phone.clone(), Arc::clone(&seen));
    phone.observe(Box::new(move |_| {
        count.fetch_add(inside.list(None, 10).unwrap().len() as u64, Ordering::SeqCst);
    }));
    phone.report(new_report(Vec::new())).unwrap();
    assert!(seen.load(Ordering::SeqCst) > 0);
}
