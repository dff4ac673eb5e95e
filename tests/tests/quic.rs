//! Goal: media go over QUIC where a network lets it through, live through its silences, and arrive without it all the
//! same. Method: the real phone and the real server; between them a TCP link and a UDP link under the same number, each
//! of which can be watched and can fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use paht_engine::status::Way;
use paht_model::ids::{CategoryCode, ReportId, TenantId};
use paht_model::part::PartKind;
use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_phone::{NewReport, Options, Phone, Progress, Silent, Until};
use paht_server::{ServeOptions, Served, serve};
use paht_tests::datagrams::Datagrams;
use paht_tests::folders::files_in;
use paht_tests::relay::Relay;
use tempfile::TempDir;
use tokio::net::{TcpListener, UdpSocket};
use tokio::time::Instant;

/// Thirteen times EDGE, so that a photo takes seconds.
const BYTES_A_SECOND: u64 = 200_000;

struct Links {
    tcp: Relay,
    udp: Datagrams,
}

/// A TCP and a UDP link to the same IOC, under one number.
async fn links(ioc: &Served) -> Links {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
            let udp = Datagrams::on(udp, ioc.address(), BYTES_A_SECOND);
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

/// An IOC, the links, and a phone with a report that has a photo of some 400 kB.
async fn world() -> World {
    let dir = TempDir::new().unwrap();
    let ioc = serve(ServeOptions::new(dir.path().join("ioc"), "127.0.0.1:0".parse().unwrap())).await.unwrap();
    let links = links(&ioc).await;
    let photo = dir.path().join("photo.jpg");
    let scene = SamplePhoto {
        scene: Scene::Landslide,
        point: Point::from_degrees(16.27, 107.23).unwrap(),
        taken_local: "2026-11-02T07:41:09",
        offset_min: 420,
        width: 2_400,
        height: 1_800,
        seed: 7,
    };
    let bytes = sample_photo(&scene).unwrap();
    fs::write(&photo, &bytes).unwrap();
    let (phone, _) = Phone::open(&dir.path().join("phone"), options(&links.tcp.url())).unwrap();
    let report = NewReport {
        files: vec![photo],
        text: "Sạt lở chắn đường".into(),
        category: CategoryCode::parse("traffic").ok(),
        ..NewReport::default()
    };
    let id = phone.report(report).unwrap();
    World { ioc, links, phone, id, bytes: bytes.len() as u64, dir }
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_statement_goes_first_over_tcp_and_media_over_quic() {
    let world = world().await;
    world.synced(&Silent).await;
    assert!(world.links.tcp.sent() < 8_000, "{} bytes over TCP", world.links.tcp.sent());
    let udp = world.links.udp.sent();
    assert!(udp > world.bytes, "{udp} bytes over UDP");
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silence_is_lived_through_without_a_second_greeting() {
    let world = world().await;
    let udp = world.links.udp.clone();
    let over = std::sync::Arc::new(Mutex::new(None));
    let (cut, ended) = (udp.clone(), std::sync::Arc::clone(&over));
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_moves_to_another_network_goes_on_in_the_same_connection() {
    let world = world().await;
    let udp = world.links.udp.clone();
    let (phone, greetings) = (world.phone.clone(), std::sync::Arc::new(Mutex::new(0)));
    let (before, links) = (std::sync::Arc::clone(&greetings), udp.clone());
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
