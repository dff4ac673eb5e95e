//! Goal: both stores mean the same. Method: the same random plans are kept by the store in memory, which says plainly
//! what a store is, and by SQLite; after each plan every read must agree, also after closing and opening again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::Write as _;
use std::sync::LazyLock;

use paht_engine::memory::MemoryStore;
use paht_engine::outbox::{Lane, NewEntry};
use paht_engine::plan::{
    Capture, Change, Condition, Derived, KeptAct, KeptBulletin, KeptPiece, Link, Plan, Private, Report,
};
use paht_engine::ports::Store;
use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Body, Command, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, ClaimSecret, CommandId, Epoch, ReportId, Sha256, TenantId};
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::receipt::Receipt;
use paht_model::time::{Bracket, ClockReading, UnixMs};
use paht_model::timeline::{Entry, What};
use paht_model::wire::Blob;
use paht_model::wire::envelope::SoftwareKey;
use paht_model::wire::sync::{PartName, Told};
use paht_phone::store::SqliteStore;
use proptest::prelude::*;

const REPORTS: u8 = 4;
const HASHES: u8 = 6;

fn id(n: u8) -> ReportId {
    ReportId::from_bytes([n; 16])
}

fn part((report, hash): (u8, u8)) -> PartName {
    PartName {
        report: id(report),
        hash: COMMANDS.get(usize::from(hash)).map_or_else(|| Sha256::of(&[hash]), |c| c.hash),
    }
}

fn tenant() -> TenantId {
    TenantId::parse("hue").unwrap()
}

fn key() -> SoftwareKey {
    SoftwareKey::from_secret(&[9; 32]).unwrap()
}

/// Signed commands, two for each of the first two reports.
static COMMANDS: LazyLock<Vec<SignedCommand>> = LazyLock::new(|| {
    let signed = |n: u8| {
        let command = Command {
            tenant: tenant(),
            id: CommandId::new(UnixMs::from_millis(1), [n; 10]),
            report: id(n % 2),
            revision: u32::from(n),
            body: Body::Comment(format!("lời {n}")),
            claim: None,
        };
        SignedCommand::sign(&key(), command).unwrap()
    };
    (0..4).map(signed).collect()
});

/// Receipts of three times, and one that nobody signed.
static RECEIPTS: LazyLock<Vec<Blob>> = LazyLock::new(|| {
    let sealed = |n: u8| {
        let receipt = Receipt {
            tenant: tenant(),
            report: id(n),
            hash: Sha256::of(&[n]),
            stage: PartKind::Original,
            time: UnixMs::from_millis(i64::from(n) * 1_000),
            epoch: Epoch::from_bytes([0; 8]),
            case: None,
        };
        Blob(receipt.seal(&key()).unwrap())
    };
    (1..4).map(sealed).chain([Blob(vec![1, 2, 3])]).collect()
});

fn any_part() -> impl Strategy<Value = PartName> {
    (0..REPORTS, 0..HASHES).prop_map(part)
}

fn any_delivery() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        (0_i64..5_000).prop_map(|ms| Delivery::Queued { not_before: UnixMs::from_millis(ms) }),
        (0_u64..9_000).prop_map(|offset_bytes| Delivery::Uploading { session: "s".into(), offset_bytes }),
        (0_usize..4).prop_map(|n| Delivery::Delivered { receipt: RECEIPTS[n].clone() }),
        Just(Delivery::Parked { reason: ParkReason::Held }),
        Just(Delivery::Parked { reason: ParkReason::Refused(Code::Unknown(9_999)) }),
    ]
}

fn any_kind() -> impl Strategy<Value = PartKind> {
    prop::sample::select(vec![
        PartKind::Statement,
        PartKind::Preview,
        PartKind::VoiceNote,
        PartKind::Rendition,
        PartKind::Original,
        PartKind::Unknown(77),
    ])
}

fn any_capture() -> impl Strategy<Value = Capture> {
    let derived = prop::sample::select(vec![Derived::Waiting, Derived::Done, Derived::Impossible]);
    (0..HASHES, derived, any::<bool>()).prop_map(|(hash, derived, erased)| Capture {
        declared: Declared {
            hash: part((0, hash)).hash,
            kind: MediaKind::Photo,
            media_type: MediaType::Jpeg,
            bytes: 10,
            width: Some(4),
            height: None,
            duration_ms: None,
            taken: None,
            bracket: Bracket::default(),
        },
        derived,
        erased,
    })
}

fn any_report() -> impl Strategy<Value = Report> {
    (0..REPORTS, "[a-zộ ]{0,12}", prop::collection::vec(any_capture(), 0..4)).prop_map(
        |(n, text, captures)| Report {
            id: id(n),
            made: ClockReading {
                wall: UnixMs::from_millis(-5),
                offset_min: 420,
                ticks_ms: 1,
                boot: u64::MAX,
            },
            category: CategoryCode::parse("traffic").unwrap(),
            text,
            place: None,
            language: "vi".into(),
            review: None,
            captures,
            private: Private {
                claim: ClaimSecret::from_bytes([n; 16]),
                sender: None,
                key: None,
                policy: None,
                texted: None,
                handed_over: None,
            },
            revision: 1,
            case: None,
            condition: Condition::Live,
        },
    )
}

fn any_change() -> impl Strategy<Value = Change> {
    let entry = (any_part(), any_kind(), 0_u64..1_000_000, any::<bool>()).prop_map(
        |(part, kind, bytes, declared)| NewEntry {
            part,
            kind,
            bytes,
            declared_by: declared.then(|| Sha256::of(b"by")),
        },
    );
    let told = (0..REPORTS, 0_u32..5, any::<u8>()).prop_map(|(report, number, at)| Told {
        report: id(report),
        number,
        entry: Entry { at: UnixMs::from_millis(at.into()), what: What::Edited, words: None },
    });
    prop_oneof![
        4 => any_report().prop_map(Change::PutReport),
        6 => entry.prop_map(Change::AddEntry),
        2 => (0_usize..4).prop_map(|n| Change::PutCommand(COMMANDS[n].clone())),
        8 => (any_part(), any_delivery(), 0_u32..9, any::<bool>()).prop_map(|(part, delivery, attempts, failed)| {
            Change::SetEntry { part, delivery, attempts, fault: failed.then_some(Code::LinkDown) }
        }),
        2 => any_part().prop_map(Change::DropEntry),
        3 => told.prop_map(Change::PutTold),
        1 => Just(Change::ForgetTold),
        1 => any::<u32>().prop_map(|card_version| Change::SetLink(Box::new(Link { card_version, ..Link::default() }))),
        1 => Just(Change::ClearWaits),
        4 => any_act().prop_map(Change::PutAct),
        1 => (0_usize..4).prop_map(|n| Change::DropAct(command_part(n))),
        1 => any::<u8>().prop_map(|n| {
            let kept = KeptBulletin { version: u32::from(n), signed: Blob(vec![n; 3]) };
            Change::SetBulletin(Box::new(kept))
        }),
    ]
}

fn command_part(n: usize) -> PartName {
    PartName { report: COMMANDS[n].command.report, hash: COMMANDS[n].hash }
}

fn any_act() -> impl Strategy<Value = KeptAct> {
    let piece = (0..HASHES, any::<bool>())
        .prop_map(|(hash, erased)| KeptPiece { hash: part((0, hash)).hash, erased });
    (0_usize..4, prop::collection::vec(piece, 0..3)).prop_map(|(n, pieces)| KeptAct {
        part: command_part(n),
        case: None,
        made: None,
        pieces,
    })
}

/// Every read there is, as one text.
fn everything(store: &dyn Store) -> String {
    let mut seen = format!("{:?}\n{:?}\n", store.link().unwrap(), store.bulletin().unwrap());
    let reports = store.reports(None, 100).unwrap();
    let _ = writeln!(seen, "{reports:?}\n{:?}", store.reports(None, 2).unwrap());
    for report in reports.iter().map(|report| report.id).chain([ReportId::from_bytes([99; 16])]) {
        let _ = writeln!(seen, "{:?}", store.reports(Some(report), 2).unwrap());
        let _ = writeln!(seen, "{:?}", store.report(&report).unwrap());
    }
    for n in 0..REPORTS {
        let _ = writeln!(seen, "{:?}\n{:?}", store.entries_of(&id(n)).unwrap(), store.told(&id(n)).unwrap());
        let _ = writeln!(seen, "{:?}", store.acts_of(&id(n)).unwrap());
        for hash in 0..HASHES {
            let part = part((n, hash));
            let _ = writeln!(seen, "{:?} {:?}", store.entry(&part).unwrap(), store.command(&part).unwrap());
        }
    }
    for after in 0..6 {
        let _ = writeln!(seen, "{:?}", store.acts(after, 2).unwrap());
    }
    for lane in [Lane::Commands, Lane::Media] {
        let mut after = None;
        loop {
            let page = store.waiting(lane, after, 3).unwrap();
            let _ = writeln!(seen, "{page:?}");
            let Some(last) = page.last() else { break };
            after = Some(last.rank);
        }
    }
    for limit in [1, 100] {
        let _ = writeln!(seen, "{:?}", store.underived(limit).unwrap());
        for before in [0, 1_500, 2_000, 9_000] {
            let _ = writeln!(seen, "{:?}", store.erasable(UnixMs::from_millis(before), limit).unwrap());
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn sqlite_reads_as_memory_does(plans in prop::collection::vec(prop::collection::vec(any_change(), 1..6), 1..14)) {
        let home = tempfile::tempdir().unwrap();
        let mut memory = MemoryStore::default();
        let (mut sqlite, salvaged) = SqliteStore::open(home.path()).unwrap();
        prop_assert!(salvaged.is_none());
        for changes in plans {
            let plan = Plan::of(changes);
            memory.apply(&plan).unwrap();
            sqlite.apply(&plan).unwrap();
            prop_assert_eq!(everything(&memory), everything(&sqlite));
        }
        drop(sqlite);
        let (sqlite, _) = SqliteStore::open(home.path()).unwrap();
        prop_assert_eq!(everything(&memory), everything(&sqlite));
    }
}
