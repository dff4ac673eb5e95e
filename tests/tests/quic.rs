//! Goal: media go over QUIC where a network lets it through, live through its silences, and arrive without it all the
//! same. Method: the real phone and the real server; between them a TCP link and a UDP link under the same number, each
//! of which can be watched and can fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use paht_engine::status::Way;
use paht_model::ids::{CategoryCode, ReportId, TenantId};
use paht_model::part::PartKind;
use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_phone::{Doing, NewReport, Options, Phone, Progress, Silent, Until};
use paht_server::{ServeOptions, Served, serve};
use paht_tests::datagrams::Datagrams;
use paht_tests::folders::files_in;
use paht_tests::relay::Relay;
use tempfile::TempDir;
use tokio::net::{TcpListener, UdpSocket};
use tokio::time::Instant;

/// Thirteen times EDGE, so that a photo takes seconds.
const BYTES_A_SECOND: u64 = 200_000;

#[derive(Clone)]
struct Links {
    tcp: Relay,
    udp: Datagrams,
}

/// A TCP and a UDP link to the same IOC, under one number.
async fn links(ioc: &Served, bytes_a_second: u64) -> Links {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
            let udp = Datagrams::on(udp, ioc.address(), bytes_a_second);
            return Links { tcp: Relay::on(tcp, ioc.address()), udp };
        }
    }
}

struct World {
    ioc: Served,
    links: Links,
    phone: Phone,
    id: ReportId,
    /// Bytes of the photo.
    bytes: u64,
    dir: TempDir,
}

/// An IOC, the links, and a phone with a report that has a photo of some 800 kB.
async fn world() -> World {
    world_at(BYTES_A_SECOND).await
}

async fn world_at(bytes_a_second: u64) -> World {
    world_with(bytes_a_second, 2_400, |_| {}).await
}

/// A photo of so many pixels across, and a phone with other options.
async fn world_with(bytes_a_second: u64, width: u32, change: impl FnOnce(&mut Options)) -> World {
    let dir = TempDir::new().unwrap();
    let ioc = serve(ServeOptions::new(dir.path().join("ioc"), "127.0.0.1:0".parse().unwrap())).await.unwrap();
    let links = links(&ioc, bytes_a_second).await;
    let photo = dir.path().join("photo.jpg");
    let bytes = write_photo_of(&photo, 7, width);
    let mut options = options(&links.tcp.url());
    change(&mut options);
    let (phone, _) = Phone::open(&dir.path().join("phone"), options).unwrap();
    let id = phone.report(report_of(photo)).unwrap();
    World { ioc, links, phone, id, bytes, dir }
}

/// A photo of some 800 kB; gives its bytes.
fn write_photo(photo: &Path, seed: u64) -> u64 {
    write_photo_of(photo, seed, 2_400)
}

fn write_photo_of(photo: &Path, seed: u64, width: u32) -> u64 {
    let scene = SamplePhoto {
        scene: Scene::Landslide,
        point: Point::from_degrees(16.27, 107.23).unwrap(),
        taken_local: "2026-11-02T07:41:09",
        offset_min: 420,
        width,
        height: width * 3 / 4,
        seed,
    };
    let bytes = sample_photo(&scene).unwrap();
    fs::write(photo, &bytes).unwrap();
    bytes.len() as u64
}

fn report_of(photo: PathBuf) -> NewReport {
    NewReport {
        files: vec![photo],
        text: "Sạt lở chắn đường".into(),
        category: CategoryCode::parse("traffic").ok(),
        ..NewReport::default()
    }
}

fn options(ioc: &str) -> Options {
    Options { ioc: Some(ioc.to_owned()), ..Options::new(TenantId::parse("hue").unwrap()) }
}

/// Does something once the original has come so far.
struct At<F> {
    bytes: u64,
    work: Mutex<Option<F>>,
}

impl<F: FnOnce() + Send> Progress for At<F> {
    fn on_bytes(&self, _: &ReportId, kind: PartKind, sent: u64, _: u64) {
        if kind == PartKind::Original
            && sent >= self.bytes
            && let Some(work) = self.work.lock().unwrap().take()
        {
            work();
        }
    }
}

fn at<F: FnOnce() + Send>(bytes: u64, work: F) -> At<F> {
    At { bytes, work: Mutex::new(Some(work)) }
}

impl World {
    /// Makes a report of a voice note; gives its bytes.
    fn speak(&self) -> Vec<u8> {
        let file = self.dir.path().join("note.amr");
        // Frames of 20 ms at 8.85 kbit/s.
        let frame = [&[0x0c][..], &[7; 23]].concat();
        let voice = [&b"#!AMR-WB\n"[..], &frame.repeat(200)].concat();
        fs::write(&file, &voice).unwrap();
        self.phone.report(report_of(file)).unwrap();
        voice
    }

    async fn synced(&self, progress: &dyn Progress) {
        let done =
            tokio::time::timeout(Duration::from_secs(90), self.phone.sync(None, Until::Done, progress));
        let done = done.await.expect("in time").unwrap();
        assert!(done.all_sent, "{done:?}");
        assert_eq!(self.phone.show(&self.id).unwrap().way, Way::Whole);
        let photo = fs::read(self.dir.path().join("photo.jpg")).unwrap();
        assert!(holds(&self.dir.path().join("ioc"), &photo), "the photo is at the IOC, byte for byte");
    }
}

fn holds(ioc: &Path, bytes: &[u8]) -> bool {
    files_in(ioc).iter().any(|file| fs::read(file).is_ok_and(|held| held == bytes))
}

/// How often the hub was asked since the last part was delivered.
#[derive(Default)]
struct AskedAfterTheLast(AtomicU64);

impl Progress for AskedAfterTheLast {
    fn on_step(&self, doing: &Doing) {
        match doing {
            Doing::Delivered { .. } => self.0.store(0, Ordering::SeqCst),
            Doing::Syncing { .. } => _ = self.0.fetch_add(1, Ordering::SeqCst),
            _ => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_statement_goes_first_over_tcp_and_media_over_quic() {
    let world = world().await;
    let asked = AskedAfterTheLast::default();
    world.synced(&asked).await;
    assert_eq!(asked.0.load(Ordering::SeqCst), 0, "the last answer tells that all is sent");
    assert!(world.links.tcp.sent() < 8_000, "{} bytes over TCP", world.links.tcp.sent());
    let udp = world.links.udp.sent();
    assert!(udp > world.bytes, "{udp} bytes over UDP");
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silence_is_lived_through_without_a_second_greeting() {
    let world = world().await;
    let udp = world.links.udp.clone();
    let over = Arc::new(Mutex::new(None));
    let (cut, ended) = (udp.clone(), Arc::clone(&over));
    let progress = at(world.bytes / 3, move || {
        let before = cut.greetings();
        cut.set_silent(true);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(4)).await;
            cut.set_silent(false);
            *ended.lock().unwrap() = Some((Instant::now(), before, cut.sent()));
        });
    });
    world.synced(&progress).await;
    let (ended, greetings, sent) = over.lock().unwrap().expect("the silence began and ended");
    assert_eq!(udp.greetings(), greetings, "no greeting after the silence");
    let left = udp.sent() - sent;
    let at_full_rate = Duration::from_micros(left * 1_000_000 / BYTES_A_SECOND);
    let took = ended.elapsed();
    assert!(
        took < at_full_rate + Duration::from_secs(3),
        "{left} bytes took {took:?}, at full rate {at_full_rate:?}"
    );
    // Headers, the smaller pictures, what was under way when it fell silent, and probes.
    assert!(udp.sent() < world.bytes * 14 / 10, "{} bytes for {}", udp.sent(), world.bytes);
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_udp_is_swallowed_http_carries_everything() {
    let world = world().await;
    world.links.udp.set_silent(true);
    world.synced(&Silent).await;
    assert!(world.links.tcp.sent() > world.bytes);
    world.ioc.stop().await.unwrap();
}

/// After the hub's first answer nothing passes by TCP for nine seconds; by UDP nothing passed before either.
struct CutAfterTheFirst {
    links: Links,
    cut: AtomicU64,
}

impl Progress for CutAfterTheFirst {
    fn on_step(&self, doing: &Doing) {
        if matches!(doing, Doing::Synced { .. }) && self.cut.fetch_add(1, Ordering::SeqCst) == 0 {
            self.links.tcp.let_through(0);
            let links = self.links.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(9)).await;
                links.udp.set_silent(false);
                links.tcp.let_through(u64::MAX);
            });
        }
    }
}

/// Method: the greeting falls into a cut that is longer than its patience. That the network lets no QUIC through does not
/// follow from it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_greeting_that_falls_into_a_cut_is_said_again() {
    let world = world().await;
    world.links.udp.set_silent(true);
    world.synced(&CutAfterTheFirst { links: world.links.clone(), cut: AtomicU64::new(0) }).await;
    let (udp, tcp) = (world.links.udp.sent(), world.links.tcp.sent());
    assert!(udp > world.bytes && tcp < world.bytes / 4, "{udp} bytes over UDP, {tcp} over TCP");
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_moves_to_another_network_goes_on_in_the_same_connection() {
    let world = world().await;
    let udp = world.links.udp.clone();
    let (phone, greetings) = (world.phone.clone(), Arc::new(Mutex::new(0)));
    let (before, links) = (Arc::clone(&greetings), udp.clone());
    let progress = at(world.bytes / 3, move || {
        *before.lock().unwrap() = links.greetings();
        phone.network_changed().unwrap();
    });
    world.synced(&progress).await;
    assert_eq!(udp.phones(), 2, "from two addresses");
    assert_eq!(udp.greetings(), *greetings.lock().unwrap(), "greeted once");
    assert!(world.links.tcp.sent() < 8_000, "{} bytes over TCP", world.links.tcp.sent());
    world.ioc.stop().await.unwrap();
}

/// What became whole, in its order and with how much of the first original lay at the IOC, and what is done at one moment.
struct Order<F> {
    delivered: Mutex<Vec<(ReportId, PartKind, u64)>>,
    original_bytes: Arc<AtomicU64>,
    at: At<F>,
}

impl<F: FnOnce() + Send> Progress for Order<F> {
    fn on_step(&self, doing: &Doing) {
        if let Doing::Delivered { part, kind } = doing {
            let bytes = self.original_bytes.load(Ordering::SeqCst);
            self.delivered.lock().unwrap().push((part.report, *kind, bytes));
        }
    }

    fn on_bytes(&self, report: &ReportId, kind: PartKind, sent: u64, total: u64) {
        if kind == PartKind::Original {
            self.original_bytes.fetch_max(sent, Ordering::SeqCst);
        }
        self.at.on_bytes(report, kind, sent, total);
    }
}

/// Method: a link eight times as fast as EDGE; two reports wait, a third is written when a tenth of an original lies at the
/// IOC. The transfer of that original has filled every queue by then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_small_goes_first_and_a_new_report_at_once_while_an_original_is_under_way() {
    let world = world_at(120_000).await;
    let dir = world.dir.path();
    let second = dir.join("second.jpg");
    write_photo(&second, 8);
    world.phone.report(report_of(second)).unwrap();
    // Both photos' pictures are there before the first question, however busy the machine is.
    world.phone.make_pictures().await.unwrap();
    let third = dir.join("third.jpg");
    write_photo(&third, 9);
    let (phone, written) = (world.phone.clone(), Arc::new(Mutex::new(None)));
    let original_bytes = Arc::new(AtomicU64::new(0));
    let at = at(world.bytes / 10, {
        let (written, original_bytes) = (Arc::clone(&written), Arc::clone(&original_bytes));
        move || {
            tokio::spawn(async move {
                let id = phone.report(report_of(third)).unwrap();
                let before = original_bytes.load(Ordering::SeqCst);
                while phone.show(&id).unwrap().way == Way::Waiting {
                    tokio::task::yield_now().await;
                }
                *written.lock().unwrap() = Some((id, original_bytes.load(Ordering::SeqCst) - before));
            });
        }
    });
    let order = Order { delivered: Mutex::default(), original_bytes, at };
    world.synced(&order).await;
    let (third, passed) = written.lock().unwrap().take().expect("the third report was stated");
    // What was in the queues by then, and what is under way in some round trips.
    assert!(passed < world.bytes / 4, "{passed} of {} bytes of an original went before it", world.bytes);
    let order = order.delivered.lock().unwrap().clone();
    let kinds = |of: &dyn Fn(&ReportId) -> bool| -> Vec<PartKind> {
        order.iter().filter(|(report, ..)| of(report)).map(|(_, kind, _)| *kind).collect()
    };
    let small_first = [PartKind::Preview, PartKind::Rendition, PartKind::Original];
    assert_eq!(kinds(&|report| *report == third), small_first);
    assert_eq!(kinds(&|report| *report != third), small_first.map(|kind| [kind, kind]).concat());
    let of_third = order.iter().filter(|(report, kind, _)| *report == third && *kind != PartKind::Original);
    for (_, kind, original_bytes) in of_third {
        assert!(*original_bytes < world.bytes * 2 / 3, "{kind:?} after {original_bytes} of {}", world.bytes);
    }
    world.ioc.stop().await.unwrap();
}

async fn until(what: &str, seconds: u64, is_so: impl Fn() -> bool) {
    let seen = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(seconds), seen).await.expect(what);
}

/// Method: the first connection is lost for good; when the phone has greeted anew, nothing the IOC says reaches it by UDP, and
/// nothing goes by TCP. A voice note that lies at the IOC then went along with the greeting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn media_go_along_with_a_greeting_that_is_not_the_first() {
    let world = world().await;
    world.synced(&Silent).await;
    let (dir, udp) = (world.dir.path(), world.links.udp.clone());
    udp.lose_phones();
    udp.set_deaf(true);
    let photo = dir.join("second.jpg");
    write_photo(&photo, 8);
    world.phone.report(report_of(photo)).unwrap();
    let voice = world.speak();
    let phone = world.phone.clone();
    let syncing = tokio::spawn(async move { phone.sync(None, Until::Done, &Silent).await.unwrap() });
    let has_come = || holds(&dir.join("ioc"), &voice);
    until("a greeting that takes something along", 60, || udp.early() > 0).await;
    world.links.tcp.let_through(0);
    // Before the phone gives the greeting up, which takes it eight seconds.
    until("the note that came with it", 4, has_come).await;
    world.links.tcp.let_through(u64::MAX);
    udp.set_deaf(false);
    assert!(syncing.await.unwrap().all_sent);
    world.ioc.stop().await.unwrap();
}

/// From the hub's first answer on, nothing it says is heard any more.
struct DeafAfterTheFirst {
    links: Links,
    synced: AtomicU64,
}

impl Progress for DeafAfterTheFirst {
    fn on_step(&self, doing: &Doing) {
        if matches!(doing, Doing::Synced { .. }) && self.synced.fetch_add(1, Ordering::SeqCst) == 0 {
            // The greeting went with the question; the phone's second word in it says that it was answered.
            while self.links.udp.sent() < 2_000 {
                std::thread::yield_now();
            }
            self.links.tcp.let_through(0);
            self.links.udp.set_deaf(true);
        }
    }
}

/// Method: the statement is answered, what the phone asks next is not (where its pictures are to go). The voice note, whose
/// place was told with the first answer, comes to the IOC all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_question_waits_for_its_answer_the_link_is_not_idle() {
    let world = world().await;
    let voice = world.speak();
    let (phone, links) = (world.phone.clone(), world.links.clone());
    let deaf = Arc::new(DeafAfterTheFirst { links, synced: AtomicU64::new(0) });
    let watching = Arc::clone(&deaf);
    let syncing = tokio::spawn(async move { phone.sync(None, Until::Done, &*watching).await.unwrap() });
    until("the voice note", 8, || holds(&world.dir.path().join("ioc"), &voice)).await;
    assert_eq!(deaf.synced.load(Ordering::SeqCst), 1, "only the statement was answered");
    world.links.tcp.let_through(u64::MAX);
    world.links.udp.set_deaf(false);
    assert!(syncing.await.unwrap().all_sent);
    world.ioc.stop().await.unwrap();
}

/// Remembers whether anything failed.
#[derive(Default)]
struct Failures(Mutex<Vec<String>>);

impl Progress for Failures {
    fn on_step(&self, doing: &Doing) {
        if matches!(doing, Doing::Failed { .. }) {
            self.0.lock().unwrap().push(format!("{doing:?}"));
        }
    }
}

/// Method: a link on which a rendition takes longer than the patience with bytes that do not move. The original behind it
/// waits for its turn, which is no cut: the phone stays in its connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_behind_another_part_on_a_thin_link_is_not_cut() {
    let world = world_with(16_000, 1_200, |options| options.stall_ms = 2_500).await;
    let failures = Failures::default();
    world.synced(&failures).await;
    assert_eq!(*failures.0.lock().unwrap(), [""; 0], "nothing was cut");
    assert_eq!(world.links.udp.phones(), 1, "one connection");
    world.ioc.stop().await.unwrap();
}

/// Method: of the question over TCP only the beginning passes. The greeting beside it is answered, and so is the question then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_that_is_lost_over_tcp_goes_over_quic_without_waiting_for_tcp() {
    let world = world_with(BYTES_A_SECOND, 1_200, |options| options.stall_ms = 60_000).await;
    world.links.tcp.let_through(100);
    let failures = Failures::default();
    world.synced(&failures).await;
    assert_eq!(*failures.0.lock().unwrap(), [""; 0], "nothing failed before");
    world.ioc.stop().await.unwrap();
}
