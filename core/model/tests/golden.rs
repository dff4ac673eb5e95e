//! Goal: the bytes of every format stay what they are, so that phones and hubs of different years understand each other.
//! Method: one example of each, signed with a fixed key, is compared with the golden file beside this test, as hex and
//! as the JSON people see. A difference is a new version of the format, never a corrected golden file.

#![allow(clippy::unwrap_used)]

use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Body, Command, Derivation, Rating, Reopening, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{
    AgencyId, CaseCode, CategoryCode, ClaimSecret, CommandId, Epoch, ReportId, Sha256, TenantId,
};
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::receipt::Receipt;
use paht_model::statement::{Edit, Statement};
use paht_model::tenant::{CardAgency, CardArea, CardCategory, HubKey, TenantCard};
use paht_model::time::{Bracket, ClockReading, HubTimeMark, UnixMs};
use paht_model::timeline::{Entry, What};
use paht_model::wire::envelope::{Sign as _, SoftwareKey};
use paht_model::wire::sync::{Holding, Outcome, PartName, SetDigest, SyncReply, SyncRequest, Told, Transfer};
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
        service: None,
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
        },
    );
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
        south_west: Point::from_degrees(15.9, 106.9).unwrap(),
        north_east: Point::from_degrees(16.8, 108.3).unwrap(),
    };
    golden("tenant-card", &card);
    let sealed = card.seal(&hub_key()).unwrap();
    assert_eq!(TenantCard::open(&sealed, &[]).unwrap(), card);
    assert!(TenantCard::open(&sealed, &[phone_key().public_key()]).is_err());
}

#[test]
fn deliveries_keep_their_bytes() {
    golden("delivery-queued", &Delivery::Queued { not_before: UnixMs::from_millis(5) });
    golden("delivery-uploading", &Delivery::Uploading { session: "s".into(), offset_bytes: 9 });
    golden("delivery-delivered", &Delivery::Delivered { receipt: Blob(vec![1]) });
    golden("delivery-parked", &Delivery::Parked { reason: ParkReason::Refused(Code::PlaceOutside) });
}
