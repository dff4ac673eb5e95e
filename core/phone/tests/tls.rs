//! Goal: a phone whose clock is five years off still sends, and never to a stranger. Method: real TLS with a private
//! authority, and a clock that says what it is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod stub;

use std::sync::Arc;

use paht_engine::ports::Clock as _;
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::time::{HubTimeMark, UnixMs};
use paht_phone::link::{HubLink, LinkOptions};
use paht_phone::{Options, Phone, Silent, Until};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, PublicKeyData as _};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use stub::{Hub, SetClock, new_report, options};

const YEAR_MS: i64 = 365 * 86_400_000;
/// 2026-11-20, when the certificates below are valid.
const NOW: i64 = 1_795_132_800_000;

struct Server {
    address: String,
    root: String,
    pin: Sha256,
}

/// A hub behind TLS whose certificate is valid in November 2026 alone.
fn serve() -> Server {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.not_before = rcgen::date_time_ymd(2026, 1, 1);
    authority.not_after = rcgen::date_time_ymd(2028, 1, 1);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec!["localhost".into()]).unwrap();
    leaf.not_before = rcgen::date_time_ymd(2026, 11, 1);
    leaf.not_after = rcgen::date_time_ymd(2026, 12, 1);
    let leaf = leaf.signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        )
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let tls = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(config));
    let hub = Hub::new().router();
    let server = axum_server::from_tcp_rustls(listener, tls).unwrap();
    tokio::spawn(async move { server.serve(hub.into_make_service()).await });
    Server { address, root: authority.pem(), pin: Sha256::of(&key.subject_public_key_info()) }
}

fn asked(server: &Server, pins: Vec<Sha256>, wall: i64) -> (HubLink, Arc<SetClock>) {
    let clock = SetClock::at(wall);
    let options = LinkOptions {
        ioc: server.address.clone(),
        roots: vec![server.root.clone()],
        pins,
        stall_ms: 5_000,
        quic: false,
    };
    (HubLink::new(&options, clock.clone()).unwrap(), clock)
}

/// A signed request that the stub can read.
fn request() -> Vec<u8> {
    let request = paht_model::wire::sync::SyncRequest {
        tenant: stub::tenant(),
        cursor: None,
        commands: Vec::new(),
        offers: Vec::new(),
        held: paht_model::wire::sync::SetDigest::default(),
        card_version: 0,
        itemise: Vec::new(),
        bulletin_version: None,
        claims: None,
    };
    request.seal(&paht_model::wire::envelope::SoftwareKey::from_secret(&[8; 32]).unwrap()).unwrap()
}

async fn outcome(link: &HubLink) -> Result<(), Code> {
    link.sync(request(), false).await.map(|_| ()).map_err(|failure| failure.code)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_years_off_is_no_matter_once_the_hub_was_heard() {
    let server = serve();
    for wall in [NOW - 5 * YEAR_MS, NOW, NOW + 5 * YEAR_MS] {
        let (link, clock) = asked(&server, Vec::new(), wall);
        let now = clock.now();
        link.heard(Some(HubTimeMark {
            hub: UnixMs::from_millis(NOW),
            ticks_ms: now.ticks_ms,
            boot: now.boot,
        }));
        assert_eq!(outcome(&link).await, Ok(()), "wall {wall}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_hub_was_heard_the_pinned_key_decides() {
    let server = serve();
    let wrong = Sha256::of(b"another key");
    for wall in [NOW - 5 * YEAR_MS, NOW + 5 * YEAR_MS] {
        let (pinned, _) = asked(&server, vec![wrong, server.pin], wall);
        assert_eq!(outcome(&pinned).await, Ok(()), "wall {wall}");
    }
    // Behind the build date the clock is not believed; ahead of it, it must be.
    let ahead = NOW + 5 * YEAR_MS;
    for pins in [Vec::new(), vec![wrong]] {
        let (link, _) = asked(&server, pins, ahead);
        assert_eq!(outcome(&link).await, Err(Code::LinkUntrusted));
    }
    let (right, _) = asked(&server, Vec::new(), NOW);
    assert_eq!(outcome(&right).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dates_still_count_when_true_time_is_known() {
    let server = serve();
    let (link, clock) = asked(&server, vec![server.pin], NOW);
    let now = clock.now();
    let late =
        HubTimeMark { hub: UnixMs::from_millis(NOW + YEAR_MS), ticks_ms: now.ticks_ms, boot: now.boot };
    link.heard(Some(late));
    assert_eq!(outcome(&link).await, Err(Code::LinkUntrusted));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_with_the_right_date_is_a_stranger() {
    let (server, other) = (serve(), serve());
    let mixed = Server { address: server.address.clone(), root: other.root.clone(), pin: server.pin };
    for pins in [Vec::new(), vec![mixed.pin], vec![other.pin]] {
        let (link, _) = asked(&mixed, pins, NOW);
        assert_eq!(outcome(&link).await, Err(Code::LinkUntrusted));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_phone_five_years_ahead_sends_and_goes_on_without_the_pin() {
    let server = serve();
    let home = tempfile::tempdir().unwrap();
    let clock = SetClock::at(NOW + 5 * YEAR_MS);
    let with = |pins| Options {
        ioc: Some(server.address.clone()),
        roots: vec![server.root.clone()],
        pins,
        clock: clock.clone(),
        ..options()
    };
    let (phone, _) = Phone::open(home.path(), with(vec![server.pin])).unwrap();
    phone.report(new_report(Vec::new())).unwrap();
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    drop(phone);
    let (phone, _) = Phone::open(home.path(), with(Vec::new())).unwrap();
    phone.report(new_report(Vec::new())).unwrap();
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
}
