//! Over real sockets: what a cut connection leaves, how the server stops, TLS, and how slow a client may be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use paht_hub::upload::session;
use paht_server::{ServeOptions, Served, TlsFiles, issue_token, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use world::{Ioc, Phone, jpeg};

fn options(data: &Path) -> ServeOptions {
    ServeOptions::new(data, "127.0.0.1:0".parse().unwrap())
}

/// A served IOC that expects a photo; and where to upload it.
async fn expecting(photo: &[u8]) -> (tempfile::TempDir, Served, String) {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    ioc.hand_in(&phone, &phone.report(1, "x", &[photo])).await;
    let Ioc { dir, router, .. } = ioc;
    drop(router);
    let served = serve(options(dir.path())).await.unwrap();
    let address = format!("/v1/files/{}", session(&phone.part(1, photo)));
    (dir, served, address)
}

/// Begins a PATCH of the whole photo and sends some of it; gives the connection once that lies on the disk.
async fn half_sent(dir: &Path, at: SocketAddr, path: &str, photo: &[u8], bytes: usize) -> TcpStream {
    let mut connection = TcpStream::connect(at).await.unwrap();
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nhost: x\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: {}\r\n\r\n",
        photo.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&photo[..bytes]).await.unwrap();
    let mut on_disk = 0;
    while on_disk < bytes as u64 {
        let found = dir.join("media/staged").read_dir().unwrap().next();
        on_disk = found.map_or(0, |entry| entry.unwrap().metadata().unwrap().len());
        tokio::task::yield_now().await;
    }
    connection
}

async fn ask(at: SocketAddr, request: String) -> String {
    let mut connection = TcpStream::connect(at).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn held(at: SocketAddr, path: &str) -> String {
    let head =
        format!("HEAD {path} HTTP/1.1\r\nhost: x\r\ntus-resumable: 1.0.0\r\nconnection: close\r\n\r\n");
    let answer = ask(at, head).await;
    let offset = answer.lines().find_map(|line| line.strip_prefix("upload-offset: "));
    offset.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_its_bytes() {
    let photo = jpeg(1, &[7; 5_000]);
    let (dir, served, path) = expecting(&photo).await;
    let connection = half_sent(dir.path(), served.address(), &path, &photo, 1_234).await;
    drop(connection);
    assert_eq!(held(served.address(), &path).await, "1234");
    served.stop().await.unwrap();
}

#[tokio::test]
async fn a_connection_that_hangs_half_open_locks_nobody_out() {
    let photo = jpeg(1, &[7; 5_000]);
    let (dir, served, path) = expecting(&photo).await;
    let mut hanging = half_sent(dir.path(), served.address(), &path, &photo, 1_234).await;
    assert_eq!(held(served.address(), &path).await, "1234");
    let mut answer = vec![0; 12];
    hanging.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 409");
    served.stop().await.unwrap();
}

#[tokio::test]
async fn stopping_cuts_uploads_keeps_their_bytes_and_frees_the_folder() {
    let photo = jpeg(1, &[7; 5_000]);
    let (dir, served, path) = expecting(&photo).await;
    let mut hanging = half_sent(dir.path(), served.address(), &path, &photo, 1_234).await;
    served.stop().await.unwrap();
    let mut answer = String::new();
    hanging.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("hub.busy"), "{answer}");
    assert!(answer.contains("retry-after: 2"), "{answer}");
    let again = serve(options(dir.path())).await.unwrap();
    assert_eq!(held(again.address(), &path).await, "1234");
    again.stop().await.unwrap();
}

#[tokio::test]
async fn https_speaks_http_2_and_a_broken_certificate_is_told() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let dir = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let tls = TlsFiles { cert: dir.path().join("cert.pem"), key: dir.path().join("key.pem") };
    std::fs::write(&tls.cert, made.cert.pem()).unwrap();
    std::fs::write(&tls.key, "no key").unwrap();
    let broken = serve(ServeOptions { tls: Some(tls.clone()), ..options(dir.path()) }).await;
    assert!(matches!(broken, Err(paht_server::ServeError::Tls(_))));
    std::fs::write(&tls.key, made.signing_key.serialize_pem()).unwrap();
    let served = serve(ServeOptions { tls: Some(tls), ..options(dir.path()) }).await.unwrap();
    let root = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([root]).build().unwrap();
    let answer =
        client.get(format!("https://localhost:{}/healthz", served.address().port())).send().await.unwrap();
    assert_eq!((answer.version(), answer.status().as_u16()), (http::Version::HTTP_2, 200));
    served.stop().await.unwrap();
}

#[tokio::test]
async fn a_settings_file_moves_the_tenant_and_unknown_settings_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("ioc.toml");
    std::fs::write(&config, "tenant = \"province\"\n[limits]\nstop_s = 1\n").unwrap();
    let with_config = || ServeOptions { config: Some(config.clone()), ..options(&dir.path().join("data")) };
    serve(with_config()).await.unwrap().stop().await.unwrap();
    assert!(dir.path().join("province/tenant.toml").exists());
    issue_token(&dir.path().join("data"), "operator".parse().unwrap(), None).unwrap();
    std::fs::write(&config, "tennant = \"province\"\n").unwrap();
    assert!(matches!(serve(with_config()).await, Err(paht_server::ServeError::Config(_))));
}

/// Ninety seconds apart is silence, fifty is only slow. The clock is tokio's own, and runs as fast as it can.
#[tokio::test(start_paused = true)]
async fn slow_is_not_silent() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    ioc.hand_in(&phone, &phone.report(1, "x", &[&photo])).await;
    let path = format!("/v1/files/{}", session(&phone.part(1, &photo)));
    let every = |seconds: u64, bytes: &[u8]| {
        let pieces: Vec<Bytes> = bytes.chunks(500).map(Bytes::copy_from_slice).collect();
        Body::from_stream(stream::unfold(pieces.into_iter(), move |mut pieces| async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            pieces.next().map(|piece| (Ok::<_, std::io::Error>(piece), pieces))
        }))
    };
    ioc.patch(&path, 0, every(90, &photo)).await.is_problem(400, "request.malformed");
    assert_eq!(ioc.held(&path).await, 0);
    let answer = ioc.patch(&path, 0, every(50, &photo)).await;
    assert_ne!(answer.header("paht-receipt"), "", "{}", answer.text());
}
