//! An IOC in a temporary folder with real SQLite and real files, a clock that a test holds, and phones to send to it.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test file uses its part of it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Body as Says, Command, Derivation, SignedCommand};
use paht_model::ids::{CategoryCode, ClaimSecret, CommandId, ReportId, Sha256, TenantId};
use paht_model::part::PartKind;
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::receipt::Receipt;
use paht_model::statement::Statement;
use paht_model::tenant::TenantCard;
use paht_model::time::{Bracket, ClockReading, UnixMs};
use paht_model::wire::envelope::SoftwareKey;
use paht_model::wire::from_bytes;
use paht_model::wire::sync::{Outcome, PartName, SyncReply, SyncRequest};
use paht_server::{Hub, Limits, World, issue_token, open, router};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Monday 23 November 2026, 08:00 in Huế.
pub const MORNING: i64 = 1_795_395_600_000;
pub const HOUR: i64 = 3_600_000;

pub struct Ioc {
    pub dir: TempDir,
    pub router: Router,
    pub clock: Arc<AtomicI64>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    /// Holds that this is a problem document with this status and code, in the form that RFC 9457 asks for.
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let document = self.json();
        assert_eq!(document["code"], code);
        assert_eq!(document["status"], status);
        assert_eq!(document["type"], "about:blank");
        assert!(!document["title"].as_str().unwrap().is_empty());
    }
}

pub fn world(clock: &Arc<AtomicI64>) -> World {
    let (now, ticks) = (Arc::clone(clock), AtomicU64::new(0));
    World {
        now: Box::new(move || UnixMs::from_millis(now.load(Ordering::SeqCst))),
        ticks_ms: Box::new(move || ticks.fetch_add(1, Ordering::SeqCst)),
        ..World::real()
    }
}

impl Ioc {
    pub fn new() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap())
    }

    pub fn in_folder(dir: TempDir) -> Self {
        let clock = Arc::new(AtomicI64::new(MORNING));
        let hub: Hub =
            open(dir.path(), &dir.path().join("tenant"), Limits::default(), world(&clock)).unwrap();
        Self { router: router(Arc::new(hub)), dir, clock }
    }

    pub fn pass(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    pub async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], Body::empty()).await
    }

    pub async fn post_sync(&self, bytes: Vec<u8>) -> Answer {
        self.call("POST", "/v1/sync", &[("content-type", "application/cbor")], bytes).await
    }

    pub async fn sync(&self, phone: &Phone, commands: &[SignedCommand], offers: &[PartName]) -> SyncReply {
        let answer = self.post_sync(phone.request(commands, offers)).await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        from_bytes(&answer.body, "sync reply").unwrap()
    }

    /// Sends one command that must be taken, and gives its verified receipt.
    pub async fn hand_in(&self, phone: &Phone, command: &SignedCommand) -> Receipt {
        let reply = self.sync(phone, std::slice::from_ref(command), &[]).await;
        let [Outcome::Stored { receipt }] = reply.outcomes.as_slice() else { panic!("{:?}", reply.outcomes) };
        let card = TenantCard::open(&self.get("/v1/card").await.body, &[]).unwrap();
        Receipt::verify(&receipt.0, &card.trusted_keys()).unwrap()
    }

    /// Uploads a part whole, as a tus client would.
    pub async fn upload(&self, part: PartName, bytes: &[u8]) -> Answer {
        let created = self.create(part, bytes.len() as u64).await;
        assert_eq!(created.status, 201, "{}", created.text());
        self.patch(created.header("location"), 0, bytes.to_vec()).await
    }

    pub async fn create(&self, part: PartName, length: u64) -> Answer {
        let length = length.to_string();
        let metadata = metadata(part);
        let headers =
            [("tus-resumable", "1.0.0"), ("upload-length", length.as_str()), ("upload-metadata", &metadata)];
        self.call("POST", "/v1/files", &headers, Body::empty()).await
    }

    pub async fn patch(&self, path: &str, offset: u64, body: impl Into<Body>) -> Answer {
        let offset = offset.to_string();
        let kind = "application/offset+octet-stream";
        let headers =
            [("tus-resumable", "1.0.0"), ("content-type", kind), ("upload-offset", offset.as_str())];
        self.call("PATCH", path, &headers, body).await
    }

    /// Bytes held, as HEAD tells.
    pub async fn held(&self, path: &str) -> u64 {
        let answer = self.call("HEAD", path, &[("tus-resumable", "1.0.0")], Body::empty()).await;
        assert_eq!(answer.status, 200);
        answer.header("upload-offset").parse().unwrap()
    }

    /// Asks how much is held beside whoever writes.
    pub async fn followed(&self, path: &str) -> Answer {
        self.call("GET", path, &[("tus-resumable", "1.0.0")], Body::empty()).await
    }

    pub fn token(&self, role: &str, agency: Option<&str>) -> String {
        let agency = agency.map(|id| id.parse().unwrap());
        issue_token(self.dir.path(), role.parse().unwrap(), agency).unwrap()
    }

    pub async fn desk(&self, token: &str, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let authorization = format!("Bearer {token}");
        self.call(method, path, &[("authorization", authorization.as_str())], body).await
    }

    pub async fn act(&self, token: &str, code: &str, action: serde_json::Value) -> Answer {
        self.desk(token, "POST", &format!("/v1/desk/cases/{code}/actions"), action.to_string()).await
    }

    /// Puts an after-photo's rendition on the shelf.
    pub async fn evidence(&self, token: &str, code: &str, bytes: &[u8], of: Sha256) -> Answer {
        let hash = Sha256::of(bytes);
        let path = format!("/v1/desk/cases/{code}/evidence/{hash}?kind=rendition&type=image/jpeg&of={of}");
        let (authorization, length) = (format!("Bearer {token}"), bytes.len().to_string());
        let headers = [("authorization", authorization.as_str()), ("content-length", length.as_str())];
        self.call("PUT", &path, &headers, bytes.to_vec()).await
    }
}

pub fn metadata(part: PartName) -> String {
    use base64::Engine as _;
    let encode = |text: String| base64::engine::general_purpose::STANDARD.encode(text);
    let (report, hash) = (encode(part.report.to_string()), encode(part.hash.to_string()));
    format!("filename {},report {report},hash {hash}", encode("ảnh.jpg".into()))
}

pub struct Phone {
    pub key: SoftwareKey,
    number: u8,
}

impl Phone {
    pub fn new(number: u8) -> Self {
        Self { key: SoftwareKey::from_secret(&[number; 32]).unwrap(), number }
    }

    pub fn request(&self, commands: &[SignedCommand], offers: &[PartName]) -> Vec<u8> {
        let request = SyncRequest {
            tenant: TenantId::parse("hue").unwrap(),
            cursor: None,
            commands: commands.iter().map(|command| command.bytes.clone().into()).collect(),
            offers: offers.to_vec(),
            held: paht_model::wire::sync::SetDigest::default(),
            card_version: 0,
            itemise: Vec::new(),
            bulletin_version: None,
            claims: None,
        };
        let Ok(bytes) = request.seal(&self.key);
        bytes
    }

    pub fn report_id(&self, n: u8) -> ReportId {
        ReportId::new(UnixMs::from_millis(MORNING - HOUR), [self.number, n, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    /// A signed command; its id is told from what it says, so that another command never has the same.
    pub fn sign(&self, report: ReportId, n: u8, body: Says) -> SignedCommand {
        let said = [&report.as_bytes()[..], &[n], &paht_model::wire::to_bytes(&body)].concat();
        let random = Sha256::of(&said).as_bytes()[..10].try_into().unwrap();
        let id = CommandId::new(UnixMs::from_millis(MORNING - HOUR), random);
        let tenant = TenantId::parse("hue").unwrap();
        let Ok(signed) = SignedCommand::sign(
            &self.key,
            Command { tenant, id, report, revision: u32::from(n), body, claim: None },
        );
        signed
    }

    /// A report on a landslide in A Lưới, with these photos.
    pub fn report(&self, n: u8, text: &str, photos: &[&[u8]]) -> SignedCommand {
        let statement = Statement {
            category: CategoryCode::parse("traffic").unwrap(),
            text: text.to_owned(),
            place: Some(Place {
                point: Point::from_degrees(16.277_54, 107.229_73).unwrap(),
                accuracy_m: Some(12),
                source: PlaceSource::Capture,
            }),
            captures: photos.iter().map(|bytes| declared(bytes)).collect(),
            clock: ClockReading { wall: UnixMs::from_millis(MORNING), offset_min: 420, ticks_ms: 5, boot: 1 },
            heard: None,
            claim: ClaimSecret::from_bytes([self.number; 16]).hash(),
            sender: None,
            language: "vi".into(),
            review: None,
        };
        self.sign(self.report_id(n), n, Says::Report(statement))
    }

    pub fn part(&self, n: u8, bytes: &[u8]) -> PartName {
        PartName { report: self.report_id(n), hash: Sha256::of(bytes) }
    }

    /// Declares a rendition of a photo.
    pub fn rendition(&self, n: u8, of: &[u8], bytes: &[u8]) -> SignedCommand {
        let derivation = Derivation {
            of: Sha256::of(of),
            kind: PartKind::Rendition,
            hash: Sha256::of(bytes),
            bytes: bytes.len() as u64,
            media_type: MediaType::Jpeg,
            width: 640,
            height: 480,
            thumbhash: None,
        };
        self.sign(self.report_id(n), 2, Says::Derive(derivation))
    }
}

pub fn declared(bytes: &[u8]) -> Declared {
    Declared {
        hash: Sha256::of(bytes),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: bytes.len() as u64,
        width: Some(4_000),
        height: Some(3_000),
        duration_ms: None,
        taken: None,
        bracket: Bracket::default(),
    }
}

/// A file that a JPEG reader walks through, with these bytes hidden in it, and a picture that differs by `seed`.
pub fn jpeg(seed: u8, hidden: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, contents: &[u8]| {
        let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker][..], &length, contents].concat()
    };
    let exif = [b"Exif\0\0", hidden].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", hidden].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xE1, &exif),
        segment(0xE1, &xmp),
        segment(0xED, hidden),
        segment(0xFE, hidden),
        segment(0xDB, &[1; 65]),
        segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        vec![seed & 0x7F, 2, 3],
        vec![0xFF, 0xD9],
        hidden.to_vec(),
    ]
    .concat()
}
