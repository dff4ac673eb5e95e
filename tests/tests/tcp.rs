//! Goal: where UDP is blocked, a phone knows from the hub how far it is, and leaves a connection that is stuck. Method: the
//! real phone and the real server, a relay between them that stops what is connected and says nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::sync::Mutex;
use std::time::Duration;

use paht_model::ids::{CategoryCode, ReportId, TenantId};
use paht_model::part::PartKind;
use paht_model::place::Point;
use paht_model::time::UnixMs;
use paht_phone::picture::{SampleVideo, sample_video};
use paht_phone::{NewReport, Options, Phone, Progress, Until};
use paht_server::{ServeOptions, serve};
use paht_tests::folders::bytes_in;
use paht_tests::relay::Relay;
use tempfile::TempDir;
use tokio::time::Instant;

const FILM_BYTES: usize = 2_000_000;
/// What passes before the silence: more than the hub must have staged by then.
const LET_THROUGH_BYTES: u64 = 600_000;
const STAGED_BYTES: u64 = 500_000;

/// What was told of the film.
#[derive(Default)]
struct Told(Mutex<Vec<u64>>);

impl Progress for Told {
    fn on_bytes(&self, _: &ReportId, kind: PartKind, sent_bytes: u64, _: u64) {
        if kind == PartKind::Original {
            self.0.lock().unwrap().push(sent_bytes);
        }
    }
}

/// Method: the relay carries some of the film, then the connection falls silent for ever; new ones pass. Only the hub's
/// answers can tell, since a system takes hundreds of kilobytes off the phone's hands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_stuck_is_left_for_a_new_one_and_only_what_the_hub_holds_is_told() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("ioc");
    let ioc = serve(ServeOptions::new(data.clone(), "127.0.0.1:0".parse().unwrap())).await.unwrap();
    let relay = Relay::to(ioc.address()).await;
    let film = dir.path().join("film.mp4");
    let point = Point::from_degrees(16.27, 107.23).unwrap();
    let created = UnixMs::from_millis(1_793_580_069_000);
    let asked = SampleVideo { point, created, seconds: 20, bytes: FILM_BYTES, seed: 3 };
    fs::write(&film, sample_video(&asked).unwrap()).unwrap();
    let total = fs::metadata(&film).unwrap().len();
    let options =
        Options { ioc: Some(relay.url()), quic: false, ..Options::new(TenantId::parse("hue").unwrap()) };
    let (phone, _) = Phone::open(&dir.path().join("phone"), options).unwrap();
    let category = CategoryCode::parse("traffic").ok();
    phone
        .report(NewReport { files: vec![film], text: "Sạt lở".into(), category, ..NewReport::default() })
        .unwrap();

    let told = std::sync::Arc::new(Told::default());
    relay.let_through(LET_THROUGH_BYTES);
    let syncing = tokio::spawn({
        let (phone, told) = (phone.clone(), told.clone());
        async move { phone.sync(None, Until::Done, &*told).await.unwrap() }
    });
    let staged = data.join("media/staged");
    while bytes_in(&staged) < STAGED_BYTES {
        tokio::task::yield_now().await;
    }
    relay.silence_all();
    relay.let_through(u64::MAX);
    let silent = Instant::now();
    let outcome = syncing.await.unwrap();
    assert!(outcome.all_sent, "{outcome:?}");
    assert!(silent.elapsed() < Duration::from_secs(15), "left after {:?}", silent.elapsed());
    let told = told.0.lock().unwrap().clone();
    let (first, last) = (*told.first().unwrap(), *told.last().unwrap());
    assert!(first <= LET_THROUGH_BYTES && last == total, "{told:?}");
    assert!(relay.sent() < total + 200_000, "{} of {total} bytes sent", relay.sent());
    ioc.stop().await.unwrap();
}
