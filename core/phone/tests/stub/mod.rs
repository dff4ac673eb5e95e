//! A small hub that keeps what it is sent, signs for it, and misbehaves on demand; and phones in temporary folders.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    dead_code,
    unreachable_pub
)]

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use base64::Engine as _;
use futures_util::StreamExt as _;
use paht_engine::ports::Clock;
use paht_model::alert::Bulletin;
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, Epoch, ReportId, Sha256, TenantId};
use paht_model::part::PartKind;
use paht_model::place::Point;
use paht_model::receipt::Receipt;
use paht_model::tenant::{Bounds, CardCategory, HubKey, TenantCard};
use paht_model::time::{ClockReading, UnixMs};
use paht_model::wire::envelope::{Sign as _, SoftwareKey};
use paht_model::wire::sync::{Outcome, PartName, SetDigest, SyncReply, SyncRequest, Transfer};
use paht_model::wire::{Blob, to_bytes};
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_phone::{NewReport, Options};
use tokio::sync::Notify;

/// How the hub answers a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Html,
    HtmlAsCbor,
    Redirect,
    Failed,
    FailedPlain,
    Busy,
    Truncated,
    Garbled,
    Silent,
}

/// How a transfer goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadMood {
    /// Reads so many bytes, keeps them, and then nothing moves any more.
    Stalls(usize),
    /// Keeps so many bytes and says so, without a receipt: the sign was lost.
    Pauses(usize),
    /// Something on the way changed a byte.
    Corrupts,
}

#[derive(Default)]
pub struct Kept {
    pub moods: VecDeque<Mood>,
    pub commands: Vec<SignedCommand>,
    pub files: HashMap<PartName, Vec<u8>>,
    pub sizes: HashMap<PartName, u64>,
    /// Parts in the order they were whole.
    pub arrived: Vec<PartName>,
    pub refuse: Option<(CategoryCode, Code)>,
    /// Every withdrawal is refused: an agency is at work.
    pub refuse_withdrawals: bool,
    /// How often a withdrawal came.
    pub withdrawals: usize,
    /// How the next transfers go wrong.
    pub upload_moods: VecDeque<UploadMood>,
    /// What it tells everybody.
    pub bulletin: Option<Bulletin>,
    held: SetDigest,
    /// The original of this report is read only after another statement has come.
    pub hold_original_until_next: bool,
}

impl Kept {
    fn news(&self, known: Option<u32>) -> Option<Blob> {
        let newest = self.bulletin.as_ref().filter(|newest| known < Some(newest.version));
        newest.map(|newest| Blob(newest.seal(&key()).unwrap()))
    }
}

#[derive(Clone)]
pub struct Hub {
    pub kept: Arc<Mutex<Kept>>,
    pub statement_came: Arc<Notify>,
    pub original_began: Arc<Notify>,
    pub now: UnixMs,
}

pub fn tenant() -> TenantId {
    TenantId::parse("hue").unwrap()
}

pub fn category(code: &str) -> CategoryCode {
    CategoryCode::parse(code).unwrap()
}

fn key() -> SoftwareKey {
    SoftwareKey::from_secret(&[3; 32]).unwrap()
}

pub fn card(version: u32) -> TenantCard {
    let named = |code: &str| CardCategory {
        code: category(code),
        name_vi: code.into(),
        name_en: code.into(),
        confidential: false,
        evidence: None,
    };
    TenantCard {
        tenant: tenant(),
        version,
        name_vi: "Huế".into(),
        name_en: "Hue".into(),
        hotline: "1900".into(),
        keys: vec![HubKey {
            public_key: Blob(key().public_key().to_vec()),
            valid_from: UnixMs::from_millis(0),
            valid_until: None,
        }],
        sealing: Vec::new(),
        categories: vec![named("traffic"), named("lighting")],
        agencies: Vec::new(),
        areas: Vec::new(),
        bounds: Bounds {
            south_west: Point::from_degrees(15.9, 106.9).unwrap(),
            north_east: Point::from_degrees(16.9, 108.3).unwrap(),
        },
        sms: None,
    }
}

impl Hub {
    pub fn new() -> Self {
        Self {
            kept: Arc::default(),
            statement_came: Arc::default(),
            original_began: Arc::default(),
            now: UnixMs::from_millis(1_795_000_000_000),
        }
    }

    pub fn router(&self) -> Router {
        Router::new()
            .route("/v1/sync", post(sync))
            .route("/v1/nearby", get(nearby))
            .route("/v1/files/{session}", patch(upload))
            .with_state(self.clone())
    }

    /// Serves on a port of its own; its address.
    pub async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = self.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn receipt(&self, part: PartName, stage: PartKind) -> Blob {
        let receipt = Receipt {
            tenant: tenant(),
            report: part.report,
            hash: part.hash,
            stage,
            time: self.now,
            epoch: Epoch::from_bytes([1; 8]),
            case: None,
        };
        Blob(receipt.seal(&key()).unwrap())
    }

    pub fn answer(&self, body: &[u8]) -> SyncReply {
        let request = SyncRequest::open(body).unwrap().request;
        let mut kept = self.kept.lock().unwrap();
        let mut theirs = request.held;
        let mut outcomes = Vec::new();
        for bytes in &request.commands {
            let signed = SignedCommand::open(&bytes.0).unwrap();
            let part = PartName { report: signed.command.report, hash: signed.hash };
            let refused = match (&signed.command.body, &kept.refuse) {
                (paht_model::command::Body::Report(s), Some((category, code))) if s.category == *category => {
                    Some(*code)
                }
                (paht_model::command::Body::Withdraw, _) => {
                    kept.withdrawals += 1;
                    kept.refuse_withdrawals.then_some(Code::CaseState)
                }
                _ => None,
            };
            if let Some(code) = refused {
                outcomes.push(Outcome::Refused { code, retry_after_ms: None });
                continue;
            }
            if !kept.commands.iter().any(|known| known.hash == signed.hash) {
                kept.held = kept.held.toggle(&part);
                match &signed.command.body {
                    paht_model::command::Body::Report(s) => {
                        for c in &s.captures {
                            kept.sizes.insert(PartName { report: part.report, hash: c.hash }, c.bytes);
                        }
                    }
                    paht_model::command::Body::Derive(d) => {
                        kept.sizes.insert(PartName { report: part.report, hash: d.hash }, d.bytes);
                    }
                    _ => {}
                }
                kept.commands.push(signed);
            }
            theirs = theirs.toggle(&part);
            outcomes.push(Outcome::Stored { receipt: self.receipt(part, PartKind::Statement) });
            self.statement_came.notify_one();
        }
        let mut transfers = Vec::new();
        for part in &request.offers {
            let held = kept.files.get(part).map_or(0, Vec::len) as u64;
            transfers.push(match kept.sizes.get(part) {
                None => Transfer::Undeclared,
                Some(size) if held == *size => {
                    theirs = theirs.toggle(part);
                    Transfer::Complete { receipt: self.receipt(*part, PartKind::Original) }
                }
                Some(_) => {
                    Transfer::At { session: format!("{}.{}", part.report, part.hash), offset_bytes: held }
                }
            });
        }
        SyncReply {
            hub_time: self.now,
            epoch: Epoch::from_bytes([1; 8]),
            outcomes,
            transfers,
            entries: Vec::new(),
            cursor: Blob(vec![1]),
            more: false,
            snapshot: false,
            held_equal: theirs == kept.held,
            itemised: Vec::new(),
            card: (request.card_version < 2).then(|| Blob(card(2).seal(&key()).unwrap())),
            bulletin: kept.news(request.bulletin_version),
        }
    }
}

/// One case, whatever was asked; the radius comes back.
async fn nearby(
    State(hub): State<Hub>,
    axum::extract::Query(asked): axum::extract::Query<HashMap<String, String>>,
) -> Response {
    let radius_m: u32 = asked["radius_m"].parse().unwrap();
    let case = serde_json::json!({
        "code": "HUE-7K3M-Q2X", "stage": "dispatched", "category": "traffic", "area": null, "received": 5,
        "place": {"lat": 16.466, "lon": 107.595}, "excerpt": "Ổ gà", "distance_m": 111,
    });
    let answer = serde_json::json!({"at": hub.now, "radius_m": radius_m, "cases": [case]});
    ([("content-type", "application/json"), ("paht-hub", "1")], answer.to_string()).into_response()
}

async fn sync(State(hub): State<Hub>, body: Bytes) -> Response {
    let mood = hub.kept.lock().unwrap().moods.pop_front();
    let html = "<html><title>Wi-Fi miễn phí</title></html>";
    let cbor = [("content-type", "application/cbor"), ("paht-hub", "1")];
    match mood {
        Some(Mood::Html) => return (StatusCode::OK, [("content-type", "text/html")], html).into_response(),
        Some(Mood::HtmlAsCbor) => return ([("content-type", "application/cbor")], html).into_response(),
        Some(Mood::Redirect) => return (StatusCode::FOUND, [("location", "/login")]).into_response(),
        Some(Mood::FailedPlain) => return (StatusCode::INTERNAL_SERVER_ERROR, html).into_response(),
        Some(Mood::Failed) => {
            let problem = r#"{"type":"about:blank","status":500,"code":"hub.failed"}"#;
            let kind = [("content-type", "application/problem+json")];
            return (StatusCode::INTERNAL_SERVER_ERROR, kind, problem).into_response();
        }
        Some(Mood::Busy) => {
            return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "90")], "").into_response();
        }
        Some(Mood::Garbled) => return (cbor, vec![0xA1, 0x01]).into_response(),
        Some(Mood::Truncated) => {
            let bytes = to_bytes(&hub.answer(&body));
            return (cbor, Bytes::from(bytes).slice(..20)).into_response();
        }
        Some(Mood::Silent) => std::future::pending::<()>().await,
        None => {}
    }
    (cbor, to_bytes(&hub.answer(&body))).into_response()
}

async fn upload(
    State(hub): State<Hub>,
    UrlPath(session): UrlPath<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let (report, hash) = session.split_once('.').unwrap();
    let part = PartName { report: report.parse().unwrap(), hash: hash.parse().unwrap() };
    let offset: u64 = headers["upload-offset"].to_str().unwrap().parse().unwrap();
    let hub_header = ("paht-hub", "1");
    let (held, wait) = {
        let kept = hub.kept.lock().unwrap();
        let original = kept.commands.iter().any(|signed| match &signed.command.body {
            paht_model::command::Body::Report(s) => s.captures.iter().any(|c| c.hash == part.hash),
            _ => false,
        });
        (kept.files.get(&part).map_or(0, Vec::len) as u64, original && kept.hold_original_until_next)
    };
    if held != offset {
        return (StatusCode::CONFLICT, [hub_header]).into_response();
    }
    if wait {
        hub.kept.lock().unwrap().hold_original_until_next = false;
        hub.original_began.notify_one();
        let stated = |kept: &Kept| {
            kept.commands
                .iter()
                .filter(|c| matches!(c.command.body, paht_model::command::Body::Report(_)))
                .count()
        };
        while stated(&hub.kept.lock().unwrap()) < 2 {
            hub.statement_came.notified().await;
        }
    }
    let mood = hub.kept.lock().unwrap().upload_moods.pop_front();
    let mut pieces = body.into_data_stream();
    match mood {
        Some(UploadMood::Stalls(bytes)) => {
            keep_some(&hub, part, &mut pieces, bytes).await;
            std::future::pending::<()>().await;
        }
        Some(UploadMood::Pauses(bytes)) => {
            keep_some(&hub, part, &mut pieces, bytes).await;
            let offset = (offset + bytes as u64).to_string();
            return (StatusCode::NO_CONTENT, [hub_header, ("upload-offset", offset.as_str())])
                .into_response();
        }
        Some(UploadMood::Corrupts) => {
            // The hub throws away what is not what was declared.
            while pieces.next().await.is_some() {}
            hub.kept.lock().unwrap().files.remove(&part);
            return (StatusCode::from_u16(460).unwrap(), [hub_header]).into_response();
        }
        None => {}
    }
    while let Some(Ok(piece)) = pieces.next().await {
        hub.kept.lock().unwrap().files.entry(part).or_default().extend_from_slice(&piece);
    }
    let mut kept = hub.kept.lock().unwrap();
    let whole = kept.files.get(&part).is_some_and(|bytes| Sha256::of(bytes) == part.hash);
    if !whole {
        return (StatusCode::from_u16(460).unwrap(), [hub_header]).into_response();
    }
    kept.arrived.push(part);
    kept.held = kept.held.toggle(&part);
    let receipt = hub.receipt(part, PartKind::Original);
    let text = base64::engine::general_purpose::STANDARD.encode(&receipt.0);
    (StatusCode::NO_CONTENT, [hub_header, ("paht-receipt", text.as_str())]).into_response()
}

async fn keep_some(hub: &Hub, part: PartName, pieces: &mut axum::body::BodyDataStream, bytes: usize) {
    let mut got = Vec::new();
    while got.len() < bytes {
        got.extend_from_slice(&pieces.next().await.unwrap().unwrap());
    }
    hub.kept.lock().unwrap().files.entry(part).or_default().extend_from_slice(&got[..bytes]);
}

/// A clock that says what it is told.
#[derive(Debug)]
pub struct SetClock(pub Mutex<ClockReading>);

impl SetClock {
    pub fn at(wall: i64) -> Arc<Self> {
        let wall = UnixMs::from_millis(wall);
        Arc::new(Self(Mutex::new(ClockReading { wall, offset_min: 420, ticks_ms: 1_000, boot: 5 })))
    }
}

impl Clock for SetClock {
    fn now(&self) -> ClockReading {
        *self.0.lock().unwrap()
    }
}

pub fn options() -> Options {
    let mut options = Options::new(tenant());
    options.shipped_card = Some(card(1));
    options.stall_ms = 2_000;
    options
}

pub fn photo(folder: &Path, seed: u32) -> PathBuf {
    let point = Point::from_degrees(16.2775, 107.2297).unwrap();
    let asked = SamplePhoto {
        scene: Scene::Landslide,
        point,
        taken_local: "2026-11-02T07:41:09",
        offset_min: 420,
        width: 800,
        height: 600,
        seed: seed.into(),
    };
    let path = folder.join(format!("photo-{seed}.jpg"));
    std::fs::write(&path, sample_photo(&asked).unwrap()).unwrap();
    path
}

pub fn new_report(files: Vec<PathBuf>) -> NewReport {
    NewReport {
        files,
        text: "Sạt lở trên đường".into(),
        category: Some(category("traffic")),
        ..NewReport::default()
    }
}

pub fn originals(report: &ReportId, kept: &Kept) -> Vec<Vec<u8>> {
    let found = kept.files.iter().filter(|(part, _)| part.report == *report);
    found.map(|(_, bytes)| bytes.clone()).collect()
}
