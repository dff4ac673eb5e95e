//! Goal: a link that is paid for by the kilobyte carries little. Method: the real phone and the real server, over HTTP and
//! over TLS, through a link that counts; the limits are the design's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;

use paht_model::ids::{CategoryCode, TenantId};
use paht_model::place::Point;
use paht_phone::{NewReport, Options, Phone, Silent, Until};
use paht_server::{ServeOptions, TlsFiles, serve};
use paht_tests::relay::Relay;
use tempfile::TempDir;

/// What a statement may cost on a phone that never spoke with the IOC, in bytes of TCP's payload, up and down.
const STATEMENT_BYTES: (u64, u64) = (2_500, 4_000);
/// A day may cost this without anything new, in bytes.
const IDLE_DAY_BYTES: u64 = 20_000;
/// As often the background asks, with nothing else to do.
const IDLE_SYNCS_A_DAY: u64 = 4;
/// TCP and IP around a connection that is opened, used and closed, in bytes: fourteen packets.
const AROUND_BYTES: u64 = 14 * 52;

fn phone(home: &Path, ioc: &str, roots: Vec<String>) -> Phone {
    let options =
        Options { ioc: Some(ioc.to_owned()), roots, ..Options::new(TenantId::parse("hue").unwrap()) };
    Phone::open(home, options).unwrap().0
}

fn words(number: usize) -> NewReport {
    NewReport {
        text: format!("Đường sạt lở, xe không qua được, số {number}."),
        category: CategoryCode::parse("traffic").ok(),
        at: Point::from_degrees(16.27, 107.23).ok(),
        ..NewReport::default()
    }
}

async fn synced(phone: &Phone, until: Until) {
    assert!(phone.sync(None, until, &Silent).await.unwrap().all_sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_statement_costs_little_and_brings_the_card() {
    let dir = TempDir::new().unwrap();
    let ioc = serve(ServeOptions::new(dir.path().join("ioc"), "127.0.0.1:0".parse().unwrap())).await.unwrap();
    let link = Relay::to(ioc.address()).await;
    let phone = phone(&dir.path().join("phone"), &link.url(), Vec::new());
    phone.report(words(1)).unwrap();
    synced(&phone, Until::Done).await;
    assert!(!phone.card().unwrap().unwrap().keys.is_empty(), "the card came");
    println!("first statement: {} bytes up, {} down", link.sent(), link.heard());
    assert!(link.sent() <= STATEMENT_BYTES.0, "{} bytes up", link.sent());
    assert!(link.heard() <= STATEMENT_BYTES.1, "{} bytes down", link.heard());
    ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_new_is_one_small_round_trip_however_long_the_history() {
    let dir = TempDir::new().unwrap();
    let ioc = serve(ServeOptions::new(dir.path().join("ioc"), "127.0.0.1:0".parse().unwrap())).await.unwrap();
    let link = Relay::to(ioc.address()).await;
    let phone = phone(&dir.path().join("phone"), &link.url(), Vec::new());
    let mut costs = Vec::new();
    for (number, more) in [1, 59].into_iter().enumerate() {
        for other in 0..more {
            phone.report(words(number * 100 + other)).unwrap();
        }
        synced(&phone, Until::Done).await;
        let before = (link.sent(), link.heard());
        synced(&phone, Until::Once).await;
        costs.push((link.sent() - before.0, link.heard() - before.1));
    }
    println!("nothing new, warm: {costs:?} bytes up and down, heads and all");
    for (up, down) in &costs {
        // Bodies of at most 200 bytes each way, and the heads of HTTP/1.1: 175 bytes up, some 130 down.
        assert!(*up <= 380 && *down <= 280, "{costs:?}");
    }
    assert!(costs[1].0.abs_diff(costs[0].0) < 20 && costs[1].1.abs_diff(costs[0].1) < 20, "{costs:?}");
    ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_day_over_tls_costs_little() {
    let dir = TempDir::new().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (cert, key) = (dir.path().join("cert.pem"), dir.path().join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let mut options = ServeOptions::new(dir.path().join("ioc"), "127.0.0.1:0".parse().unwrap());
    options.tls = Some(TlsFiles { cert, key });
    let ioc = serve(options).await.unwrap();
    let link = Relay::to(ioc.address()).await;
    let url = link.url().replace("http://127.0.0.1", "https://localhost");
    let home = dir.path().join("phone");
    let open = || phone(&home, &url, vec![made.cert.pem()]);
    let first = open();
    first.report(words(1)).unwrap();
    synced(&first, Until::Done).await;
    drop(first);
    link.drop_all();
    // Each is a process of its own, as the background has it: no connection and no ticket is left.
    synced(&open(), Until::Once).await;
    let once = link.sent() + link.heard() + AROUND_BYTES;
    println!("idle, cold, over TLS: {} bytes up, {} down, {once} with packets", link.sent(), link.heard());
    assert!(once * IDLE_SYNCS_A_DAY <= IDLE_DAY_BYTES, "{once} bytes each time");
    ioc.stop().await.unwrap();
}
