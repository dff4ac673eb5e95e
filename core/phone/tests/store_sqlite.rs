//! Goal: what only the database owes: questions that do not slow down with history, one program at a time, no going
//! back to an older schema, and saving what can be saved of damaged bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::Path;

use paht_engine::capture::{Desk, Draft, submit};
use paht_engine::officer;
use paht_engine::outbox::{Lane, NewEntry};
use paht_engine::plan::{Change, KeptAct, KeptPiece, Link, Plan};
use paht_engine::ports::{Acts as _, Entropy, Store};
use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, Epoch, ReportId, Sha256, TenantId};
use paht_model::officer::{Act, EvidencePiece, EvidenceRendition};
use paht_model::part::{Delivery, PartKind};
use paht_model::receipt::Receipt;
use paht_model::time::{Bracket, ClockReading, UnixMs};
use paht_model::wire::Blob;
use paht_model::wire::envelope::SoftwareKey;
use paht_model::wire::sync::PartName;
use paht_phone::entropy::SystemEntropy;
use paht_phone::keys::FileKey;
use paht_phone::media::RealDisk;
use paht_phone::store::{OpenError, Query, SCHEMA_VERSION, SqliteStore};

fn tenant() -> TenantId {
    TenantId::parse("hue").unwrap()
}

fn declared(n: u32) -> Declared {
    let mut bytes = [0; 8];
    SystemEntropy.fill(&mut bytes);
    Declared {
        hash: Sha256::of(&bytes),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: u64::from(n) + 1,
        width: None,
        height: None,
        duration_ms: None,
        taken: None,
        bracket: Bracket::default(),
    }
}

fn report(store: &mut SqliteStore, keys: &FileKey, n: u32) -> ReportId {
    let tenant = tenant();
    let desk = Desk {
        tenant: &tenant,
        card: None,
        keys,
        entropy: &SystemEntropy,
        now: ClockReading {
            wall: UnixMs::from_millis(1_793_600_000_000),
            offset_min: 420,
            ticks_ms: 1,
            boot: 1,
        },
        seal: &|_, _| None,
    };
    let draft = Draft {
        category: Some(CategoryCode::parse("traffic").unwrap()),
        text: format!("Sạt lở số {n} {}", "đất đá tràn xuống đường ".repeat(12)),
        place: None,
        captures: vec![declared(n)],
        sender: None,
        language: "vi".into(),
        review: None,
        hold: false,
    };
    let (id, plan) = submit(&desk, &Link::default(), draft).unwrap();
    store.apply(&plan).unwrap();
    id
}

fn filled(home: &Path, reports: u32) -> Vec<ReportId> {
    let (mut store, _) = SqliteStore::open(home).unwrap();
    let keys = FileKey::open(home, &RealDisk, &SystemEntropy).unwrap();
    (0..reports).map(|n| report(&mut store, &keys, n)).collect()
}

#[test]
fn every_question_is_answered_by_an_index() {
    let home = tempfile::tempdir().unwrap();
    let (store, _) = SqliteStore::open(home.path()).unwrap();
    for query in Query::ALL {
        let plan = store.plan_of(query).unwrap();
        let all_of_reports = query == Query::Reports && plan.trim() == "SCAN report";
        // Walking the report's own order backwards, or a partial index in its order, ends at the limit.
        let ordered = plan.contains("USING COVERING INDEX entry_erasable")
            || plan.contains("USING INDEX entry_erasable")
            || plan.contains("INDEX capture_underived");
        assert!(all_of_reports || ordered || !plan.contains("SCAN"), "{query:?}:\n{plan}");
        let sorts_one_report = matches!(query, Query::EntriesOf | Query::ActsOf);
        assert!(sorts_one_report || !plan.contains("TEMP B-TREE"), "{query:?}:\n{plan}");
    }
}

/// Method: 20,000 delivered entries, then the steps that SQLite takes to open and to ask what is waiting are counted by
/// the pages it reads: not by a clock.
#[test]
fn twenty_thousand_delivered_reports_are_not_in_the_way() {
    let home = tempfile::tempdir().unwrap();
    let keys = FileKey::open(home.path(), &RealDisk, &SystemEntropy).unwrap();
    let (mut store, _) = SqliteStore::open(home.path()).unwrap();
    let hub = SoftwareKey::from_secret(&[7; 32]).unwrap();
    let receipt = Receipt {
        tenant: tenant(),
        report: ReportId::from_bytes([0; 16]),
        hash: Sha256::of(b"x"),
        stage: PartKind::Original,
        time: UnixMs::from_millis(5),
        epoch: Epoch::from_bytes([0; 8]),
        case: None,
    };
    let delivered = Delivery::Delivered { receipt: Blob(receipt.seal(&hub).unwrap()) };
    let first = report(&mut store, &keys, 0);
    let template = store.report(&first).unwrap().unwrap();
    let mut changes = Vec::new();
    for n in 0_u32..20_000 {
        let mut old = template.clone();
        old.id = ReportId::new(UnixMs::from_millis(n.into()), [1; 10]);
        old.captures[0].derived = paht_engine::plan::Derived::Done;
        old.captures[0].erased = true;
        let part = paht_model::wire::sync::PartName { report: old.id, hash: old.captures[0].declared.hash };
        changes.push(Change::PutReport(old));
        let entry =
            paht_engine::outbox::NewEntry { part, kind: PartKind::Original, bytes: 1, declared_by: None };
        changes.push(Change::AddEntry(entry));
        changes.push(Change::SetEntry { part, delivery: delivered.clone(), attempts: 1, fault: None });
    }
    store.apply(&Plan::of(changes)).unwrap();
    drop(store);
    let size = fs::metadata(home.path().join("phone.db")).unwrap().len();
    let before = bytes_read();
    let (store, _) = SqliteStore::open(home.path()).unwrap();
    assert_eq!(store.waiting(Lane::Media, None, 10).unwrap().len(), 1);
    assert_eq!(store.waiting(Lane::Commands, None, 10).unwrap().len(), 1);
    assert_eq!(store.underived(10).unwrap().len(), 1);
    assert_eq!(store.erasable(UnixMs::from_millis(9), 10).unwrap().len(), 0);
    assert_eq!(store.reports(None, 50).unwrap().len(), 50);
    if let (Some(before), Some(after)) = (before, bytes_read()) {
        assert!(after - before < size / 10, "{} of {size} bytes were read", after - before);
    }
}

/// Bytes this thread has read by system calls, where the system counts them.
fn bytes_read() -> Option<u64> {
    let text = fs::read_to_string("/proc/thread-self/io").ok()?;
    text.lines().find_map(|line| line.strip_prefix("rchar: ")).and_then(|n| n.parse().ok())
}

#[test]
fn a_second_program_is_told_that_the_folder_is_in_use() {
    let home = tempfile::tempdir().unwrap();
    let first = SqliteStore::open(home.path()).unwrap();
    let second = SqliteStore::open(home.path()).unwrap_err();
    assert_eq!(second.code(), Code::StorageBusy);
    drop(first);
    assert!(SqliteStore::open(home.path()).is_ok());
}

/// Method: a database as the first release made it, with the state of its link.
#[test]
fn a_database_of_the_first_release_is_brought_forward_with_what_is_in_it() {
    let home = tempfile::tempdir().unwrap();
    let db = rusqlite::Connection::open(home.path().join("phone.db")).unwrap();
    for sql in [
        include_str!("../migrations/0001_create_reports.sql"),
        include_str!("../migrations/0002_create_outbox.sql"),
        include_str!("../migrations/0003_create_link.sql"),
    ] {
        db.execute_batch(sql).unwrap();
    }
    let link = Link { card_version: 7, ..Link::default() };
    db.execute("INSERT INTO link VALUES (1, ?1)", [paht_model::wire::to_bytes(&link)]).unwrap();
    db.pragma_update(None, "user_version", 3).unwrap();
    drop(db);
    let (store, salvaged) = SqliteStore::open(home.path()).unwrap();
    assert_eq!(salvaged, None);
    assert_eq!(store.link().unwrap(), link);
    assert_eq!(store.bulletin().unwrap(), None);
}

/// Method: a database as the schema before officers left it, with an original that is kept; then the phone becomes an
/// officer's.
#[test]
fn a_database_from_before_officers_keeps_its_originals_and_takes_acts() {
    let home = tempfile::tempdir().unwrap();
    let ids = filled(home.path(), 1);
    let db = rusqlite::Connection::open(home.path().join("phone.db")).unwrap();
    db.execute_batch("DROP TABLE act").unwrap();
    db.pragma_update(None, "user_version", 5).unwrap();
    let kept = |db: &rusqlite::Connection| -> i64 {
        db.query_row("SELECT count(*) FROM entry WHERE kept = 1", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(kept(&db), 1);
    drop(db);
    let (mut store, salvaged) = SqliteStore::open(home.path()).unwrap();
    assert_eq!(salvaged, None);
    assert!(store.acts(0, 10).unwrap().is_empty());
    let original = store.report(&ids[0]).unwrap().unwrap().captures[0].declared.hash;
    let part = PartName { report: ids[0], hash: Sha256::of(b"act") };
    let pieces = vec![KeptPiece { hash: Sha256::of(b"after"), erased: false }];
    let act = KeptAct { part, case: None, made: None, pieces };
    let after = PartName { report: ids[0], hash: Sha256::of(b"after") };
    let entry = NewEntry { part: after, kind: PartKind::Original, bytes: 1, declared_by: Some(part.hash) };
    store.apply(&Plan::of(vec![Change::PutAct(act.clone()), Change::AddEntry(entry)])).unwrap();
    assert_eq!(store.acts_of(&ids[0]).unwrap(), [act]);
    assert!(store.needs(&original).unwrap() && store.needs(&Sha256::of(b"after")).unwrap());
    drop(store);
    assert_eq!(kept(&rusqlite::Connection::open(home.path().join("phone.db")).unwrap()), 2);
}

#[test]
fn a_newer_schema_is_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path(), 1);
    let db = rusqlite::Connection::open(home.path().join("phone.db")).unwrap();
    db.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    drop(db);
    let bytes = fs::read(home.path().join("phone.db")).unwrap();
    match SqliteStore::open(home.path()) {
        Err(OpenError::Newer { found, known }) => {
            assert_eq!((found, known), (SCHEMA_VERSION + 1, SCHEMA_VERSION));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read(home.path().join("phone.db")).unwrap().len(), bytes.len());
    assert!(!home.path().join("damaged-1").exists());
}

#[test]
fn a_store_cut_short_is_saved_as_far_as_it_reads_and_moved_aside() {
    let home = tempfile::tempdir().unwrap();
    let ids = filled(home.path(), 90);
    let path = home.path().join("phone.db");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 4096 / 2 * 4096]).unwrap();
    let (store, salvaged) = SqliteStore::open(home.path()).unwrap();
    let salvaged = salvaged.expect("it was damaged");
    assert!(!salvaged.complete && salvaged.folder.join("phone.db").exists(), "{salvaged:?}");
    let found = store.reports(None, 1_000).unwrap();
    assert_eq!(found.len(), salvaged.reports);
    assert!(found.len() >= 20, "only {} of {} were saved", found.len(), ids.len());
    for report in found {
        // What was saved is whole: a statement waits, with its original behind it.
        let kinds: Vec<_> = store.entries_of(&report.id).unwrap().iter().map(|entry| entry.kind).collect();
        assert!(kinds.contains(&PartKind::Statement) || store.entries_of(&report.id).unwrap().is_empty());
        assert!(ids.contains(&report.id));
    }
    drop(store);
    let (_, again) = SqliteStore::open(home.path()).unwrap();
    assert_eq!(again, None, "it is saved once");
}

#[test]
fn a_lost_first_page_costs_no_report() {
    let home = tempfile::tempdir().unwrap();
    let ids = filled(home.path(), 40);
    let path = home.path().join("phone.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    let (store, salvaged) = SqliteStore::open(home.path()).unwrap();
    assert_eq!(salvaged.map(|saved| saved.reports), Some(ids.len()));
    let mut found: Vec<_> = store.reports(None, 100).unwrap().iter().map(|report| report.id).collect();
    found.reverse();
    assert_eq!(found, ids);
    assert_eq!(store.waiting(Lane::Commands, None, 100).unwrap().len(), ids.len());
    assert_eq!(store.waiting(Lane::Media, None, 100).unwrap().len(), ids.len());
}

/// Method: an officer's act, whose rows are lost with the first page but for its signed command.
#[test]
fn an_act_is_saved_from_its_command_alone() {
    let home = tempfile::tempdir().unwrap();
    let keys = FileKey::open(home.path(), &RealDisk, &SystemEntropy).unwrap();
    let (mut store, _) = SqliteStore::open(home.path()).unwrap();
    let tenant = tenant();
    let now = ClockReading { wall: UnixMs::from_millis(5), offset_min: 420, ticks_ms: 1, boot: 1 };
    let desk =
        Desk { tenant: &tenant, card: None, keys: &keys, entropy: &SystemEntropy, now, seal: &|_, _| None };
    let rendition = EvidenceRendition {
        hash: Sha256::of(b"rendition"),
        bytes: 9,
        media_type: MediaType::Webp,
        width: 4,
        height: 3,
    };
    let (hash, kind, media_type) = (Sha256::of(b"original"), MediaKind::Photo, MediaType::Jpeg);
    let evidence = vec![EvidencePiece { hash, kind, media_type, bytes: 8, rendition }];
    let answer = Act::Answer { assignment: 1, text: "Đã xong".into(), evidence };
    let report = ReportId::from_bytes([7; 16]);
    let code = CaseCode::parse("HUE-1").unwrap();
    let (part, plan) = officer::act(&desk, &store, report, code, &answer).unwrap();
    store.apply(&plan).unwrap();
    drop(store);
    let path = home.path().join("phone.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("DELETE FROM act; DELETE FROM entry; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(db);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0xA5);
    fs::write(&path, &bytes).unwrap();

    let (store, salvaged) = SqliteStore::open(home.path()).unwrap();
    assert_eq!(salvaged.map(|saved| (saved.reports, saved.entries, saved.commands)), Some((0, 3, 1)));
    let acts = store.acts_of(&report).unwrap();
    assert_eq!(acts.iter().map(|act| (act.part, act.keeps(&hash))).collect::<Vec<_>>(), [(part, true)]);
    let kinds: Vec<_> = officer::entries(&store, &part).unwrap().iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [PartKind::Statement, PartKind::Rendition, PartKind::Original]);
    assert!(store.needs(&hash).unwrap(), "its original is nobody's to sweep");
}

/// Method: every page in turn is overwritten with noise; the store must open, now or after it met the damage, and keep
/// what the other pages hold.
#[test]
fn whichever_page_is_damaged_the_store_opens_again() {
    let home = tempfile::tempdir().unwrap();
    let ids = filled(home.path(), 30);
    let whole = fs::read(home.path().join("phone.db")).unwrap();
    let mut lost_most = 0;
    for page in 0..whole.len() / 4096 {
        let home = tempfile::tempdir().unwrap();
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0x5A);
        fs::write(home.path().join("phone.db"), &bytes).unwrap();
        let (store, first) = SqliteStore::open(home.path()).unwrap();
        let met = [
            store.reports(None, 100).is_err(),
            store.waiting(Lane::Commands, None, 100).is_err(),
            store.waiting(Lane::Media, None, 100).is_err(),
            ids.iter().any(|id| store.report(id).is_err() || store.entries_of(id).is_err()),
        ];
        drop(store);
        let (store, second) = SqliteStore::open(home.path()).unwrap();
        assert_eq!(second.is_some(), met.contains(&true) && first.is_none(), "page {page}");
        let left = store.reports(None, 100).unwrap().len();
        lost_most = lost_most.max(ids.len() - left);
    }
    assert!(lost_most <= 12, "one page cost {lost_most} of {} reports", ids.len());
}

#[test]
fn a_file_that_never_was_a_database_is_kept_and_the_phone_goes_on() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("phone.db"), vec![7; 10_000]).unwrap();
    let (mut store, salvaged) = SqliteStore::open(home.path()).unwrap();
    let salvaged = salvaged.unwrap();
    assert_eq!(salvaged.reports, 0);
    assert_eq!(fs::read(salvaged.folder.join("phone.db")).unwrap(), vec![7; 10_000]);
    let keys = FileKey::open(home.path(), &RealDisk, &SystemEntropy).unwrap();
    report(&mut store, &keys, 1);
}
