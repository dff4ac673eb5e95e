//! Goal: behind proxies as they come everything arrives, and little is sent twice. Method: the real phone and the real server;
//! between them a proxy of ours that gathers a request before it passes it on and refuses large ones, and nginx as Debian
//! packages it, on a socket of the file system behind a small relay, so that nobody has to guess a free port.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use paht_engine::status::Way;
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, ReportId, TenantId};
use paht_model::place::Point;
use paht_model::time::UnixMs;
use paht_phone::picture::{SampleVideo, sample_video};
use paht_phone::{NewReport, Options, Phone, Silent, Until};
use paht_server::{ServeOptions, Served, serve};
use paht_tests::needs;
use tempfile::TempDir;
use tokio::net::{TcpListener, UnixStream};

const FILM_BYTES: usize = 3_000_000;

/// nginx takes 1 MB (1,048,576 bytes) as it comes; many take less.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_that_gathers_and_refuses_large_requests_gets_smaller_ones() {
    for (bytes_max, knows_patch) in [(1_048_576, true), (200_000, true), (1_048_576, false)] {
        let world = World::new().await;
        let proxy = Proxy::to(&world.ioc, bytes_max, knows_patch);
        let (url, proxy) = proxied(proxy).await;
        let phone = world.phone(&url);
        let (id, film_bytes) = world.film(&phone);
        // The film's bytes are told by the proxy as they come: nothing here waits by time.
        let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
        assert!(outcome.all_sent && outcome.standing.parked == 0, "{outcome:?}");
        assert_eq!(phone.show(&id).unwrap().way, Way::Whole);
        let taken = proxy.taken.load(Ordering::Relaxed);
        assert!(
            taken < film_bytes + 100_000,
            "{taken} of {film_bytes} bytes went up, at most {bytes_max} each"
        );
        world.ioc.stop().await.unwrap();
    }
}

/// What lets no request through is told as what it is; the statement is there, and the film waits ever longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_that_lets_no_film_through_is_named_and_asked_less_and_less() {
    let world = World::new().await;
    let proxy = Proxy::to(&world.ioc, 10_000, true);
    let (url, _proxy) = proxied(proxy).await;
    let phone = world.phone(&url);
    let (id, _) = world.film(&phone);
    let outcome = phone.sync(None, Until::Once, &Silent).await.unwrap();
    assert_eq!(outcome.standing.fault, Some(Code::LinkBlocked), "{outcome:?}");
    assert!(outcome.standing.parked == 0 && outcome.standing.waiting == 1, "{outcome:?}");
    let shown = phone.show(&id).unwrap();
    assert!(matches!(shown.way, Way::Arriving { delivered: 1, parts: 2 }), "{:?}", shown.way);
    world.ioc.stop().await.unwrap();
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_as_it_comes_and_without_gathering() {
    let program = PathBuf::from("/usr/sbin/nginx");
    let Some(program) = needs::file(program, "nginx") else { return };
    let whole = "client_max_body_size 0; proxy_request_buffering off; proxy_http_version 1.1;";
    for settings in ["", whole] {
        let world = World::new().await;
        let nginx = Nginx::start(&program, world.dir.path(), world.ioc.address(), settings).await;
        let phone = world.phone(&nginx.url);
        let (id, _) = world.film(&phone);
        let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
        assert!(outcome.all_sent, "{settings}: {outcome:?}");
        assert_eq!(phone.show(&id).unwrap().way, Way::Whole);
        drop(nginx);
        world.ioc.stop().await.unwrap();
    }
}

struct World {
    dir: TempDir,
    ioc: Served,
}

impl World {
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let options = ServeOptions::new(dir.path().join("ioc"), "127.0.0.1:0".parse().unwrap());
        Self { ioc: serve(options).await.unwrap(), dir }
    }

    fn phone(&self, url: &str) -> Phone {
        let options = Options {
            ioc: Some(url.to_owned()),
            quic: false,
            ..Options::new(TenantId::parse("hue").unwrap())
        };
        Phone::open(&self.dir.path().join("phone"), options).unwrap().0
    }

    /// A report with a film, and the film's bytes.
    fn film(&self, phone: &Phone) -> (ReportId, u64) {
        let film = self.dir.path().join("film.mp4");
        let point = Point::from_degrees(16.27, 107.23).unwrap();
        let created = UnixMs::from_millis(1_793_580_069_000);
        let asked = SampleVideo { point, created, seconds: 20, bytes: FILM_BYTES, seed: 3 };
        fs::write(&film, sample_video(&asked).unwrap()).unwrap();
        let bytes = fs::metadata(&film).unwrap().len();
        let category = CategoryCode::parse("traffic").ok();
        let new =
            NewReport { files: vec![film], text: "Sạt lở".into(), category, ..NewReport::default() };
        (phone.report(new).unwrap(), bytes)
    }
}

/// Takes a request whole before it passes it on, refuses one that is too large, and may not know PATCH.
struct Proxy {
    hub: String,
    bytes_max: u64,
    knows_patch: bool,
    taken: AtomicU64,
    client: reqwest::Client,
}

impl Proxy {
    fn to(ioc: &Served, bytes_max: u64, knows_patch: bool) -> Self {
        // Whatever provider came first will do: nothing here speaks TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        Self { hub: ioc.url(), bytes_max, knows_patch, taken: AtomicU64::new(0), client }
    }
}

async fn proxied(proxy: Proxy) -> (String, Arc<Proxy>) {
    let proxy = Arc::new(proxy);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().fallback(pass).with_state(Arc::clone(&proxy));
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (url, proxy)
}

async fn pass(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let length =
        head.headers.get("content-length").map_or(0, |value| value.to_str().unwrap().parse().unwrap());
    if head.method == Method::PATCH && !proxy.knows_patch {
        return (StatusCode::METHOD_NOT_ALLOWED, "<html>").into_response();
    }
    if length > proxy.bytes_max {
        // Read past, as nginx does for a while: closed at once, the answer would be lost with the connection.
        let _ = to_bytes(body, usize::MAX).await;
        return (StatusCode::PAYLOAD_TOO_LARGE, "<html>").into_response();
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return StatusCode::BAD_REQUEST.into_response() };
    proxy.taken.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let mut headers = head.headers;
    headers.remove("host");
    let asked = proxy.client.request(head.method, format!("{}{}", proxy.hub, head.uri));
    let answer = asked.headers(headers).body(bytes).send().await.unwrap();
    let (status, mut headers): (_, HeaderMap) = (answer.status(), answer.headers().clone());
    headers.remove("transfer-encoding");
    (status, headers, Body::from(answer.bytes().await.unwrap())).into_response()
}

/// nginx of this test alone.
struct Nginx {
    url: String,
    _running: tokio::process::Child,
}

impl Nginx {
    /// Listens on a socket beside the world's folders; a relay on a free port leads there.
    async fn start(program: &Path, dir: &Path, hub: SocketAddr, settings: &str) -> Self {
        let home = dir.join("nginx");
        fs::create_dir_all(&home).unwrap();
        let socket = home.join("socket");
        let at = home.display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {at}/{name};\n"))
            .concat();
        let text = format!(
            "daemon off; master_process off; pid {at}/pid; error_log {at}/error.log; events {{}}
            http {{ access_log off;\n{temporary}
              server {{ listen unix:{}; {settings} location / {{ proxy_pass http://{hub}; }} }} }}",
            socket.display(),
        );
        let file = home.join("nginx.conf");
        fs::write(&file, text).unwrap();
        let mut running = tokio::process::Command::new(program)
            .args(["-p", home.to_str().unwrap(), "-c", file.to_str().unwrap()])
            .args(["-e", home.join("error.log").to_str().unwrap()])
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        while UnixStream::connect(&socket).await.is_err() {
            assert!(
                running.try_wait().unwrap().is_none(),
                "{:?}",
                fs::read_to_string(home.join("error.log"))
            );
            tokio::task::yield_now().await;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut phone, _)) = listener.accept().await {
                let socket = socket.clone();
                tokio::spawn(async move {
                    let mut nginx = UnixStream::connect(socket).await?;
                    tokio::io::copy_bidirectional(&mut phone, &mut nginx).await
                });
            }
        });
        Self { url, _running: running }
    }
}
