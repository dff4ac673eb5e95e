//! Goal: the bytes of every format stay what they are, so that phones and hubs of different years understand each other.
//! Method: one example of each, signed with a fixed key, is compared with the golden file beside this test, as hex and
//! as the JSON people see. A difference is a new version of the format, never a corrected golden file.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use paht_model::alert::{Alert, Bulletin, CallNumber, Level, Texts};
use paht_model::bundle::{Bundle, Piece, Receipts, RefusedPart};
use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Body, Command, Derivation, Rating, Reopening, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{
    AgencyId, AlertId, CaseCode, CategoryCode, ClaimSecret, CommandId, Epoch, ReportId, Sha256, TenantId,
};
use paht_model::officer::{Act, EvidencePiece, EvidenceRendition};
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::receipt::Receipt;
use paht_model::review::{Review, ReviewPhrase, Service};
use paht_model::statement::{Edit, Statement};
use paht_model::tenant::{Bounds, CardAgency, CardArea, CardCategory, Evidence, HubKey, TenantCard};
use paht_model::time::{Bracket, ClockReading, HubTimeMark, UnixMs};
use paht_model::timeline::{Entry, What};
use paht_model::wire::envelope::{Sign as _, SoftwareKey};
use paht_model::wire::officer::{
    Enrolment, OfficerAsk, OfficerCase, OfficerCases, OfficerPicture, OfficerShare, ShareState, WaitingAnswer,
};
use paht_model::wire::sync::{
    Holding, Outcome, PartName, ReportClaim, SetDigest, SyncReply, SyncRequest, Told, Transfer,
};
use paht_model::wire::{Blob, from_bytes, to_bytes};

fn phone_key() -> SoftwareKey {
    SoftwareKey::from_secret(&[1; 32]).unwrap()
}

fn hub_key() -> SoftwareKey {
    SoftwareKey::from_secret(&[2; 32]).unwrap()
}

fn report() -> ReportId {
    ReportId::new(UnixMs::from_millis(1_793_600_000_000), [3; 10])
}

fn tenant() -> TenantId {
    TenantId::parse("hue").unwrap()
}

fn clock() -> ClockReading {
    ClockReading {
        wall: UnixMs::from_millis(1_793_600_000_000),
        offset_min: 420,
        ticks_ms: 86_400_000,
        boot: 77,
    }
}

fn statement() -> Statement {
    Statement {
        category: CategoryCode::parse("traffic").unwrap(),
        text: "Đường liên thôn bị sạt lở, đất đá tràn nửa mặt đường.".into(),
        place: Some(Place {
            point: Point::from_degrees(16.2775, 107.2297).unwrap(),
            accuracy_m: Some(8),
            source: PlaceSource::Capture,
        }),
        captures: vec![Declared {
            hash: Sha256::of(b"photo"),
            kind: MediaKind::Photo,
            media_type: MediaType::Jpeg,
            bytes: 2_190_264,
            width: Some(4608),
            height: Some(1976),
            duration_ms: None,
            taken: Some(UnixMs::from_millis(1_793_599_000_000)),
            bracket: Bracket { after: Some(UnixMs::from_millis(1_793_500_000_000)), before: None },
        }],
        clock: clock(),
        heard: Some(HubTimeMark { hub: UnixMs::from_millis(1_793_500_000_000), ticks_ms: 1, boot: 77 }),
        claim: ClaimSecret::from_bytes([9; 16]).hash(),
        sender: None,
        language: "vi".into(),
        review: None,
    }
}

fn command(body: Body) -> Command {
    Command {
        tenant: tenant(),
        id: CommandId::new(UnixMs::from_millis(1_793_600_000_001), [4; 10]),
        report: report(),
        revision: 1,
        body,
        claim: None,
    }
}

fn bodies() -> Vec<Body> {
    vec![
        Body::Report(statement()),
        Body::Edit(Edit { text: Some("Sửa".into()), ..Edit::default() }),
        Body::Comment("Vẫn còn đất đá".into()),
        Body::Rate(Rating { assignment: 1, answer: 1, grade: 2, text: "Chưa dọn hết".into() }),
        Body::Reopen(Reopening { assignment: 1, reason: "Chưa dọn hết".into() }),
        Body::Withdraw,
        Body::Reply("Ở km 58".into()),
        Body::Derive(Derivation {
            of: Sha256::of(b"photo"),
            kind: PartKind::Preview,
            hash: Sha256::of(b"preview"),
            bytes: 9_000,
            media_type: MediaType::Jpeg,
            width: 320,
            height: 137,
            thumbhash: Some(Blob(vec![1, 2, 3])),
        }),
        Body::Identify(Blob(vec![5; 8])),
    ]
}

/// Hex in lines of 32 bytes.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for line in bytes.chunks(32) {
        for byte in line {
            write!(out, "{byte:02x}").unwrap();
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

fn golden<T>(name: &str, value: &T)
where
    T: minicbor::Encode<()>
        + for<'b> minicbor::Decode<'b, ()>
        + serde::Serialize
        + PartialEq
        + std::fmt::Debug,
{
    let bytes = to_bytes(value);
    assert_eq!(&from_bytes::<T>(&bytes, "golden").unwrap(), value);
    let json = serde_json::to_string_pretty(value).unwrap();
    insta::assert_snapshot!(name, format!("{}\n\n{json}", hex(&bytes)));
}

#[test]
fn commands_keep_their_bytes() {
    for body in bodies() {
        golden(&format!("command-{}", body.name()), &command(body));
    }
}

fn acts() -> Vec<Act> {
    let rendition = EvidenceRendition {
        hash: Sha256::of(b"after, rendition"),
        bytes: 301_000,
        media_type: MediaType::Webp,
        width: 1600,
        height: 686,
    };
    let piece = EvidencePiece {
        hash: Sha256::of(b"after"),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: 2_190_264,
        rendition,
    };
    vec![
        Act::Start { assignment: 1 },
        Act::Return { assignment: 1, reason: "Đường do Khu quản lý".into() },
        Act::AskTime {
            assignment: 1,
            until: UnixMs::from_millis(1_793_900_000_000),
            reason: "Chờ vật tư".into(),
        },
        Act::Answer { assignment: 2, text: "Đã san gạt".into(), evidence: vec![piece] },
    ]
}

#[test]
fn acts_of_officers_keep_their_bytes() {
    for act in acts() {
        act.check().unwrap();
        golden(&format!("act-{}", act.name()), &command(Body::Act(act)));
    }
}

#[test]
fn what_an_officer_asks_and_hears_keeps_its_bytes() {
    let enrolment = Enrolment { tenant: tenant(), token: Sha256::of(b"token") };
    golden("enrolment", &enrolment);
    let sealed = enrolment.seal(&phone_key()).unwrap();
    assert_eq!(Enrolment::open(&sealed).unwrap().said, enrolment);
    assert!(OfficerAsk::open(&sealed).is_err(), "one kind of envelope is never taken for another");
    let picture = PartName { report: report(), hash: Sha256::of(b"preview") };
    let ask = OfficerAsk { tenant: tenant(), picture: Some(picture) };
    golden("officer-ask", &ask);
    assert_eq!(OfficerAsk::open(&ask.seal(&phone_key()).unwrap()).unwrap().said, ask);
    let case = OfficerCase {
        report: report(),
        code: CaseCode::of_report(&tenant(), &report(), 0),
        received: UnixMs::from_millis(1_793_600_100_000),
        category: Some(CategoryCode::parse("traffic").unwrap()),
        area: Some("20050".parse().unwrap()),
        place: statement().place,
        text: "Sạt lở".into(),
        urgent: true,
        shares: vec![OfficerShare {
            assignment: 1,
            state: ShareState::InProgress,
            first_due: UnixMs::from_millis(1_793_700_000_000),
            due: UnixMs::from_millis(1_793_800_000_000),
            asked: Some(UnixMs::from_millis(1_793_900_000_000)),
            reopened: 0,
        }],
        pictures: vec![OfficerPicture {
            hash: Sha256::of(b"preview"),
            kind: PartKind::Preview,
            of: Some(Sha256::of(b"photo")),
            media_type: MediaType::Jpeg,
            bytes: 9_000,
            evidence: false,
        }],
        timeline: vec![
            Entry {
                at: UnixMs::from_millis(1_793_600_200_000),
                what: What::TimeAsked { assignment: 1, until: UnixMs::from_millis(1_793_900_000_000) },
                words: Some("Chờ vật tư".into()),
            },
            Entry {
                at: UnixMs::from_millis(1_793_600_300_000),
                what: What::TimeGiven { assignment: 1, due: UnixMs::from_millis(1_793_800_000_000) },
                words: None,
            },
        ],
        waiting: vec![WaitingAnswer {
            command: Sha256::of(b"command"),
            assignment: 1,
            since: UnixMs::from_millis(1_793_600_400_000),
            dropped: Some(Code::CaseState),
        }],
    };
    let agency = AgencyId::parse("so-xay-dung").unwrap();
    let at = UnixMs::from_millis(1_793_600_500_000);
    golden("officer-cases", &OfficerCases { at, agency, cases: vec![case], more: false });
}

#[test]
fn a_review_keeps_its_bytes() {
    let listed = Service::Listed("dai-noi".parse().unwrap());
    let phrases = vec![ReviewPhrase::Clean, ReviewPhrase::LongWait, ReviewPhrase::Unknown(99)];
    golden("review-listed", &Review { service: listed, stars: Some(4), phrases });
    let named = Service::Named("Taxi 75A-123.45".into());
    golden("review-named", &Review { service: named, stars: None, phrases: vec![ReviewPhrase::Overcharged] });
}

#[test]
fn a_signed_command_keeps_its_bytes() {
    let signed = SignedCommand::sign(&phone_key(), command(Body::Report(statement()))).unwrap();
    assert_eq!(SignedCommand::open(&signed.bytes).unwrap(), signed);
    insta::assert_snapshot!("signed-command", hex(&signed.bytes));
}

#[test]
fn a_receipt_keeps_its_bytes() {
    let receipt = Receipt {
        tenant: tenant(),
        report: report(),
        hash: Sha256::of(b"photo"),
        stage: PartKind::Original,
        time: UnixMs::from_millis(1_793_600_100_000),
        epoch: Epoch::from_bytes([6; 8]),
        case: Some(CaseCode::of_report(&tenant(), &report(), 0)),
    };
    golden("receipt", &receipt);
    let sealed = receipt.seal(&hub_key()).unwrap();
    assert_eq!(Receipt::verify(&sealed, &[hub_key().public_key()]).unwrap(), receipt);
    insta::assert_snapshot!("signed-receipt", hex(&sealed));
}

#[test]
fn a_sync_keeps_its_bytes() {
    let part = PartName { report: report(), hash: Sha256::of(b"photo") };
    let request = SyncRequest {
        tenant: tenant(),
        cursor: Some(Blob(vec![1, 2])),
        commands: vec![Blob(vec![3, 4])],
        offers: vec![part],
        held: SetDigest::default().toggle(&part),
        card_version: 3,
        itemise: vec![report()],
        bulletin_version: None,
        claims: None,
    };
    golden("sync-request", &request);
    insta::assert_snapshot!("signed-sync-request", hex(&request.seal(&phone_key()).unwrap()));
    let what = What::Dispatched {
        assignment: 1,
        agency: AgencyId::parse("ubnd-xa-a-luoi-1").unwrap(),
        due: UnixMs::from_millis(1_793_700_000_000),
    };
    let entry = Entry { at: UnixMs::from_millis(1_793_600_100_000), what, words: None };
    golden(
        "sync-reply",
        &SyncReply {
            hub_time: UnixMs::from_millis(1_793_600_100_000),
            epoch: Epoch::from_bytes([6; 8]),
            outcomes: vec![
                Outcome::Stored { receipt: Blob(vec![7]) },
                Outcome::Refused { code: Code::PlaceOutside, retry_after_ms: None },
            ],
            transfers: vec![
                Transfer::At { session: "s".into(), offset_bytes: 65_536 },
                Transfer::Complete { receipt: Blob(vec![8]) },
                Transfer::Undeclared,
                Transfer::Refused { code: Code::UploadUndeclared },
            ],
            entries: vec![Told { report: report(), number: 1, entry }],
            cursor: Blob(vec![1, 3]),
            more: false,
            snapshot: false,
            held_equal: true,
            itemised: vec![Holding { report: report(), hashes: vec![Sha256::of(b"photo")] }],
            card: None,
            bulletin: None,
        },
    );
}

/// What came later: keys that older phones and hubs neither send nor read, and bytes that are the same without them.
#[test]
fn a_sync_that_knows_bulletins_keeps_its_bytes() {
    let request = SyncRequest {
        tenant: tenant(),
        cursor: None,
        commands: Vec::new(),
        offers: Vec::new(),
        held: SetDigest::default(),
        card_version: 3,
        itemise: Vec::new(),
        bulletin_version: Some(1_793_600_100),
        claims: None,
    };
    golden("sync-request-bulletin", &request);
    let claim = ReportClaim { report: report(), claim: ClaimSecret::from_bytes([9; 16]) };
    golden("sync-request-claims", &SyncRequest { claims: Some(vec![claim]), ..request.clone() });
    let before = to_bytes(&SyncRequest { bulletin_version: None, ..request.clone() });
    assert_eq!(to_bytes(&request).len(), before.len() + 6, "an idle sync grows by six bytes");
    golden(
        "sync-reply-bulletin",
        &SyncReply {
            hub_time: UnixMs::from_millis(1_793_600_100_000),
            epoch: Epoch::from_bytes([6; 8]),
            outcomes: Vec::new(),
            transfers: Vec::new(),
            entries: Vec::new(),
            cursor: Blob(vec![1, 3]),
            more: false,
            snapshot: false,
            held_equal: true,
            itemised: Vec::new(),
            card: None,
            bulletin: Some(Blob(vec![9])),
        },
    );
}

#[test]
fn a_bulletin_keeps_its_bytes() {
    let texts = |vi: &str, en: &str| {
        Texts::from(BTreeMap::from([("vi".to_owned(), vi.to_owned()), ("en".to_owned(), en.to_owned())]))
    };
    let alert = Alert {
        id: AlertId::new(UnixMs::from_millis(1_793_600_000_000), [7; 10]),
        level: Level::Emergency,
        title: texts("Lũ trên sông Bồ", "Flood on the Bồ river"),
        text: texts("Lên chỗ cao ngay.", "Move to high ground now."),
        areas: vec!["20050".parse().unwrap()],
        from: UnixMs::from_millis(1_793_600_000_000),
        until: UnixMs::from_millis(1_793_643_200_000),
        numbers: vec![CallNumber { number: "114".into(), name: texts("Cứu nạn", "Rescue") }],
    };
    let newer = Alert { level: Level::Unknown(9), areas: Vec::new(), numbers: Vec::new(), ..alert.clone() };
    let bulletin = Bulletin { tenant: tenant(), version: 1_793_600_100, alerts: vec![alert, newer] };
    golden("bulletin", &bulletin);
    let sealed = bulletin.seal(&hub_key()).unwrap();
    assert_eq!(Bulletin::open(&sealed, &[hub_key().public_key()]).unwrap(), bulletin);
    insta::assert_snapshot!("signed-bulletin", hex(&sealed));
}

#[test]
fn a_card_keeps_its_bytes() {
    let card = TenantCard {
        tenant: tenant(),
        version: 3,
        name_vi: "Huế".into(),
        name_en: "Hue".into(),
        hotline: "19001075".into(),
        keys: vec![HubKey {
            public_key: Blob(hub_key().public_key().to_vec()),
            valid_from: UnixMs::from_millis(0),
            valid_until: None,
        }],
        sealing: vec!["age1example".into()],
        categories: vec![CardCategory {
            code: CategoryCode::parse("traffic").unwrap(),
            name_vi: "Hạ tầng giao thông".into(),
            name_en: "Roads".into(),
            confidential: false,
            evidence: None,
        }],
        agencies: vec![CardAgency {
            id: AgencyId::parse("so-xay-dung").unwrap(),
            name_vi: "Sở Xây dựng".into(),
            name_en: "Department of Construction".into(),
        }],
        areas: vec![CardArea {
            code: "20050".parse().unwrap(),
            name: "Xã A Lưới 1".into(),
            centre: Point::from_degrees(16.3, 107.2).unwrap(),
        }],
        bounds: Bounds {
            south_west: Point::from_degrees(15.9, 106.9).unwrap(),
            north_east: Point::from_degrees(16.8, 108.3).unwrap(),
        },
        sms: None,
    };
    golden("tenant-card", &card);
    golden(
        "card-category",
        &CardCategory { evidence: Some(Evidence::AfterPhoto), ..card.categories.first().cloned().unwrap() },
    );
    let texted = TenantCard { sms: Some("8175".into()), ..card.clone() };
    golden("tenant-card-sms", &texted);
    let sealed = card.seal(&hub_key()).unwrap();
    assert_eq!(TenantCard::open(&sealed, &[]).unwrap(), card);
    assert!(TenantCard::open(&sealed, &[phone_key().public_key()]).is_err());
}

#[test]
fn a_bundle_and_its_receipts_keep_their_bytes() {
    let part = PartName { report: ReportId::from_bytes([7; 16]), hash: Sha256::of(b"photo") };
    let piece = Piece { part, offset_bytes: 65_536, bytes: Blob(vec![0xFF, 0xD8]) };
    let bundle = Bundle {
        tenant: tenant(),
        reply_to: "age1example".into(),
        commands: vec![Blob(vec![0xD2, 0x84])],
        pieces: vec![piece],
    };
    golden("bundle", &bundle);
    let refused = RefusedPart { part, code: Code::CategoryUnknown };
    let receipts = Receipts { receipts: vec![Blob(vec![1, 2])], refused: vec![refused] };
    golden("bundle-receipts", &receipts);
    let sealed = receipts.seal(&hub_key()).unwrap();
    assert_eq!(Receipts::verify(&sealed, &[hub_key().public_key()]), Ok(receipts));
    golden("bundle-name", &paht_model::bundle::part(Sha256::of(b"sealed"), 1_234_567));
}

#[test]
fn deliveries_keep_their_bytes() {
    golden("delivery-queued", &Delivery::Queued { not_before: UnixMs::from_millis(5) });
    golden("delivery-uploading", &Delivery::Uploading { session: "s".into(), offset_bytes: 9 });
    golden("delivery-delivered", &Delivery::Delivered { receipt: Blob(vec![1]) });
    golden("delivery-parked", &Delivery::Parked { reason: ParkReason::Refused(Code::PlaceOutside) });
}
