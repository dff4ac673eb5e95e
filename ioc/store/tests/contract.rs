//! What every store and shelf owes the hub: one suite, run over memory and over SQLite with a folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::casework::Action;
use paht_hub::ports::{Finished, Heard, PendingAnswer, Refusal, Shelf, Staged};
use paht_model::case::{Case, Stage};
use paht_model::command::Body;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, CommandId, Epoch, ReportId, Sha256};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::timeline::{Publication, Speaker, What};
use paht_model::wire::sync::{PartName, SetDigest};
use paht_store::folder::FolderShelf;
use paht_store::listing::{LIST_LIMIT_MAX, ListQuery};
use paht_store::memory::MemoryShelf;
use paht_store::nearby::NearbyQuery;
use paht_store::sqlite::{OpenFault, SqliteStore};
use paht_store::{Store, run};
use world::{Phone, START, World, agency, derivation, everywhere, tenant_id};

#[test]
fn a_transaction_that_fails_leaves_no_trace() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let code = phone.reports(world, "traffic", &["one"]);
        let (record, key) = (world.record(&phone.report), phone.thumbprint());
        let before = world.traces(&phone.report, &key);
        let failed = run(world.store.as_ref(), |ledger| {
            let mut changed = record.clone();
            changed.text = "something else".into();
            ledger.put_case(&changed)?;
            let entry =
                paht_model::timeline::Entry { at: START, what: What::Edited, words: Some("words".into()) };
            ledger.append(&changed, &[(entry, Heard::Citizen)])?;
            let part = phone.part(b"command");
            ledger.put_command(&CommandId::from_bytes([5; 16]), &part, b"command")?;
            ledger.put_receipt(&key, &part, b"receipt")?;
            assert_eq!(ledger.case(&phone.report)?.unwrap().text, "something else");
            Err::<(), _>(Refusal::Never(Code::CaseState))
        });
        assert!(matches!(failed, Err(Refusal::Never(Code::CaseState))));
        assert_eq!(world.traces(&phone.report, &key), before);
        world.see(|ledger| {
            assert_eq!(ledger.command(&CommandId::from_bytes([5; 16])).unwrap(), None);
            assert_eq!(ledger.receipt(&phone.part(b"command")).unwrap(), None);
        });
        let query = ListQuery { public_only: false, text: Some("something".into()), ..ListQuery::default() };
        assert!(world.store.list(&query).unwrap().items.is_empty());
        assert_eq!(world.see(|ledger| ledger.case_by_code(&code).unwrap()).unwrap(), record);
    });
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let code = phone.reports(world, "traffic", &["one", "two"]);
        world.take(&phone.say(derivation("one", paht_model::part::PartKind::Preview, "small"))).unwrap();
        world.take(&phone.say(Body::Identify(vec![1, 2, 3].into()))).unwrap();
        let mut record = world.record(&phone.report);
        record.declared[2].thumbhash = Some(vec![7; 25]);
        record.declared[1].by = Some(phone.thumbprint());
        record.advice.instead_of = Some(("ubnd-xa-a-luoi-4".into(), "19001075".into()));
        let waiting = PendingAnswer {
            command: Sha256::of(b"act"),
            by: phone.thumbprint(),
            agency: world::agency("so-xay-dung"),
            assignment: 1,
            text: "Đã san gạt".into(),
            evidence: vec![Sha256::of(b"a"), Sha256::of(b"b")],
            since: START,
            dropped: None,
        };
        let dropped =
            PendingAnswer { text: String::new(), dropped: Some(Code::CaseState), ..waiting.clone() };
        record.pending = vec![waiting, dropped];
        run(world.store.as_ref(), |ledger| Ok(ledger.put_case(&record)?)).unwrap();
        assert_eq!(world.record(&phone.report), record);
        assert_eq!(world.see(|ledger| ledger.case_by_code(&code).unwrap()), Some(record));
        let nobody = (ReportId::from_bytes([99; 16]), CaseCode::parse("HUE-0").unwrap());
        world.see(|ledger| {
            assert_eq!(ledger.case(&nobody.0).unwrap(), None);
            assert_eq!(ledger.case_by_code(&nobody.1).unwrap(), None);
            assert!(ledger.log(&nobody.0).unwrap().is_empty());
            assert!(ledger.held_of(&nobody.0, &phone.thumbprint()).unwrap().is_empty());
        });
    });
}

#[test]
fn two_reports_never_share_a_code() {
    everywhere(|world| {
        let (one, two) = (Phone::new(1), Phone::new(2));
        one.reports(world, "traffic", &[]);
        two.reports(world, "traffic", &[]);
        let mut record = world.record(&two.report);
        record.case.code = world.record(&one.report).case.code;
        let put = run(world.store.as_ref(), |ledger| Ok(ledger.put_case(&record)?));
        assert!(matches!(put, Err(Refusal::Store(_))));
    });
}

#[test]
fn a_receipt_or_command_is_never_replaced() {
    everywhere(|world| {
        let phone = Phone::new(1);
        phone.reports(world, "traffic", &[]);
        let (part, id) = (phone.part(b"x"), CommandId::from_bytes([8; 16]));
        let put = |receipt: &'static [u8]| {
            run(world.store.as_ref(), |ledger| Ok(ledger.put_receipt(&phone.thumbprint(), &part, receipt)?))
        };
        put(b"first").unwrap();
        assert!(put(b"second").is_err());
        assert_eq!(world.see(|ledger| ledger.receipt(&part).unwrap()).unwrap(), b"first");
        let keep = || run(world.store.as_ref(), |ledger| Ok(ledger.put_command(&id, &part, b"x")?));
        keep().unwrap();
        assert!(keep().is_err());
        assert_eq!(world.see(|ledger| ledger.command(&id).unwrap()), Some(part.hash));
    });
}

#[test]
fn the_held_digest_is_that_of_all_parts_with_receipts_of_the_key() {
    everywhere(|world| {
        let (one, two) = (Phone::new(1), Phone::new(2));
        assert_eq!(world.see(|ledger| ledger.held(&one.thumbprint()).unwrap()), SetDigest::default());
        one.reports(world, "traffic", &["photo"]);
        two.reports(world, "traffic", &["photo"]);
        world.upload(&one.report, b"photo").unwrap();
        let mut hashes = world.see(|ledger| ledger.held_of(&one.report, &one.thumbprint()).unwrap());
        assert_eq!(hashes.len(), 2);
        assert!(hashes.contains(&Sha256::of(b"photo")));
        let digest = hashes
            .drain(..)
            .fold(SetDigest::default(), |digest, hash| digest.toggle(&PartName { report: one.report, hash }));
        assert_eq!(world.see(|ledger| ledger.held(&one.thumbprint()).unwrap()), digest);
    });
}

#[test]
fn a_phone_hears_its_entries_in_order_and_no_others() {
    everywhere(|world| {
        let (mine, other) = (Phone::new(1), Phone::new(2));
        let code = mine.reports(world, "traffic", &[]);
        let others = other.reports(world, "traffic", &[]);
        for number in 0..5 {
            world.operate(&code, Action::Comment { text: format!("mine {number}") }).unwrap();
            world.operate(&others, Action::Comment { text: format!("other {number}") }).unwrap();
        }
        let hidden = paht_model::timeline::Entry { at: START, what: What::Unknown { code: 99 }, words: None };
        let record = world.record(&mine.report);
        run(world.store.as_ref(), |ledger| Ok(ledger.append(&record, &[(hidden, Heard::Inside)])?)).unwrap();
        world.operate(&code, Action::Comment { text: "last".into() }).unwrap();
        let key = mine.thumbprint();
        let (all, total) = world.see(|ledger| ledger.told(&key, 0, 1_000).unwrap());
        assert_eq!(total, 8);
        assert_eq!(all.iter().map(|told| told.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
        assert!(all.iter().all(|told| told.report == mine.report));
        assert_eq!(all[7].entry.words.as_deref(), Some("last"));
        assert_eq!(all[7].entry.what, What::Commented { by: Speaker::Operator });
        let (page, total) = world.see(|ledger| ledger.told(&key, 2, 3).unwrap());
        assert_eq!((page.as_slice(), total), (&all[2..5], 8));
        assert_eq!(world.see(|ledger| ledger.told(&key, 8, 3).unwrap()), (Vec::new(), 8));
        assert_eq!(world.see(|ledger| ledger.told(&key, u64::MAX, 3).unwrap()), (Vec::new(), 8));
        assert_eq!(world.see(|ledger| ledger.log(&mine.report).unwrap()).len(), 9);
    });
}

#[test]
fn the_case_is_what_its_log_folds_to() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let code = phone.reports(world, "traffic", &["photo"]);
        let answered = world.answered(&phone.report, &code);
        let record = world.record(&phone.report);
        assert_eq!(record.case, answered.case);
        assert_eq!(Case::fold(&world.log(&phone.report)).unwrap().unwrap(), record.case);
    });
}

/// Ten cases, a minute apart; every other one dispatched, and so public.
fn ten_cases(world: &World) -> Vec<CaseCode> {
    let cases = (1..=10_u8).map(|seed| {
        world.later(60_000);
        let category = if seed % 3 == 0 { "sanitation" } else { "traffic" };
        let code = Phone::new(seed).reports(world, category, &[]);
        if seed % 2 == 0 {
            let agency = Some(agency(if seed > 5 { "so-xay-dung" } else { "so-y-te" }));
            world.operate(&code, Action::Dispatch { agency }).unwrap();
        }
        code
    });
    cases.collect()
}

fn codes(store: &dyn Store, query: &ListQuery) -> Vec<CaseCode> {
    store.list(query).unwrap().items.into_iter().map(|item| item.code).collect()
}

#[test]
fn pages_follow_one_another_without_gap_or_repeat() {
    everywhere(|world| {
        let mut expected = ten_cases(world);
        expected.reverse();
        for limit in [1, 3, 5, 10, 11] {
            let mut query = ListQuery { public_only: false, limit, ..ListQuery::default() };
            let mut found = Vec::new();
            loop {
                let page = world.store.list(&query).unwrap();
                assert!((1..=limit).contains(&page.items.len()), "limit {limit}");
                found.extend(page.items.into_iter().map(|item| item.code));
                let Some(next) = page.next else { break };
                query.before = Some(next);
            }
            assert_eq!(found, expected, "limit {limit}");
        }
    });
}

#[test]
fn cases_received_in_the_same_millisecond_are_all_listed_once() {
    everywhere(|world| {
        let mut expected: Vec<_> =
            (1..=7_u8).map(|seed| Phone::new(seed).reports(world, "traffic", &[])).collect();
        expected.sort_by(|a, b| b.cmp(a));
        let mut query = ListQuery { public_only: false, limit: 2, ..ListQuery::default() };
        let mut found = Vec::new();
        while found.len() < 20 {
            let page = world.store.list(&query).unwrap();
            found.extend(page.items.into_iter().map(|item| item.code));
            let Some(next) = page.next else { break };
            query.before = Some(next);
        }
        assert_eq!(found, expected);
    });
}

#[test]
fn every_filter_finds_its_cases() {
    everywhere(|world| {
        let codes_of = ten_cases(world);
        let of = |seeds: &[usize]| seeds.iter().map(|seed| codes_of[seed - 1].clone()).collect::<Vec<_>>();
        let all = ListQuery { public_only: false, ..ListQuery::default() };
        let find = |query: ListQuery| codes(world.store.as_ref(), &query);
        assert_eq!(find(ListQuery::default()), of(&[10, 8, 6, 4, 2]));
        assert_eq!(find(ListQuery { stage: Some(Stage::Received), ..all.clone() }), of(&[9, 7, 5, 3, 1]));
        let sanitation = Some(CategoryCode::parse("sanitation").unwrap());
        assert_eq!(find(ListQuery { category: sanitation.clone(), ..all.clone() }), of(&[9, 6, 3]));
        assert_eq!(find(ListQuery { category: sanitation, ..ListQuery::default() }), of(&[6]));
        let so_y_te = Some(agency("so-y-te"));
        assert_eq!(find(ListQuery { agency: so_y_te.clone(), ..all.clone() }), of(&[4, 2]));
        let first = ListQuery { agency: so_y_te, limit: 1, ..all.clone() };
        let next = world.store.list(&first).unwrap().next;
        assert_eq!(find(ListQuery { before: next, ..first }), of(&[2]));
        let nobodys = Some(agency("so-du-lich"));
        assert!(find(ListQuery { agency: nobodys, ..all.clone() }).is_empty());
        // Sanitation is due sooner than traffic.
        let due =
            world.store.list(&all).unwrap().items.iter().find(|item| item.code == codes_of[5]).unwrap().due;
        assert_eq!(find(ListQuery { overdue_at: due, ..all.clone() }), of(&[]));
        let overdue_at = due.map(|due| due.plus_millis(1));
        assert_eq!(find(ListQuery { overdue_at, ..all.clone() }), of(&[6]));
        assert_eq!(find(ListQuery { limit: 0, ..all.clone() }).len(), 1);
        assert_eq!(find(ListQuery { limit: LIST_LIMIT_MAX + 1, ..all }).len(), 10);
    });
}

#[test]
fn words_are_found_without_marks_by_their_beginnings_and_by_code() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let code = phone.reports(world, "traffic", &[]);
        Phone::new(2).reports(world, "traffic", &[]);
        let text = Some("Bãi rác bốc mùi".to_owned());
        world
            .take(&phone.say(Body::Edit(paht_model::statement::Edit { text, ..Default::default() })))
            .unwrap();
        let find = |text: &str| {
            let query = ListQuery { public_only: false, text: Some(text.into()), ..ListQuery::default() };
            codes(world.store.as_ref(), &query)
        };
        for text in ["bãi rác", "BAI RAC", "mui boc", "bo mu", code.as_str()] {
            assert_eq!(find(text), std::slice::from_ref(&code), "{text}");
        }
        for text in ["\" OR words:*", "rác NOT bãi", "duong", "ac"] {
            assert!(!find(text).contains(&code), "{text}");
        }
        assert_eq!(find(" ?! ").len(), 2);
    });
}

#[test]
fn a_line_tells_the_next_deadline_and_a_short_excerpt() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let statement = phone.statement("traffic", &"ổ gà ".repeat(60), &[]);
        world.take(&phone.say(Body::Report(statement))).unwrap();
        let code = world.record(&phone.report).case.code;
        let line = || {
            let query = ListQuery { public_only: false, ..ListQuery::default() };
            world.store.list(&query).unwrap().items.remove(0)
        };
        assert_eq!(line().excerpt.chars().count(), 120);
        assert_eq!((line().due, line().agency, line().publication), (None, None, Publication::Held));
        let first = world.operate(&code, Action::Dispatch { agency: Some(agency("so-xay-dung")) }).unwrap();
        let due = first.case.assignments[0].due;
        world.later(3_600_000);
        world.operate(&code, Action::Dispatch { agency: Some(agency("so-y-te")) }).unwrap();
        assert_eq!((line().due, line().agency), (Some(due), Some(agency("so-xay-dung"))));
        assert_eq!((line().stage, line().publication), (Stage::Dispatched, Publication::Public));
        world.answer(&phone.report, &code, "after");
        assert_eq!(line().agency, Some(agency("so-y-te")));
        assert!(line().due > Some(due));
    });
}

#[test]
fn a_shelf_takes_bytes_only_where_it_stands() {
    everywhere(|world| {
        let (phone, shelf) = (Phone::new(1), world.shelf.as_ref());
        let part = phone.part(b"landslide");
        assert_eq!(shelf.staged_bytes(&part).unwrap(), 0);
        assert_eq!(shelf.append(&part, 4, b"slide").unwrap(), Staged::Conflict(0));
        assert_eq!(shelf.append(&part, 0, b"land").unwrap(), Staged::At(4));
        assert_eq!(shelf.append(&part, 0, b"land").unwrap(), Staged::Conflict(4));
        assert_eq!(shelf.append(&part, 5, b"lide").unwrap(), Staged::Conflict(4));
        assert!(!shelf.is_whole(&part).unwrap());
        assert_eq!(shelf.read(&part, 0, 10).unwrap(), None);
        assert_eq!(shelf.append(&part, 4, b"slide").unwrap(), Staged::At(9));
        assert_eq!(shelf.finish(&part).unwrap(), Finished::Whole);
        assert_eq!(shelf.finish(&part).unwrap(), Finished::Whole);
        assert!(shelf.is_whole(&part).unwrap());
        assert_eq!(shelf.whole_bytes(&part).unwrap(), Some(9));
        assert_eq!(shelf.read(&part, 4, 3).unwrap().unwrap(), b"sli");
        assert_eq!(shelf.read(&part, 90, 3).unwrap().unwrap(), b"");
        assert_eq!(shelf.append(&part, 0, b"other").unwrap(), Staged::Conflict(9));
        let same_bytes_elsewhere = Phone::new(2).part(b"landslide");
        assert!(!shelf.is_whole(&same_bytes_elsewhere).unwrap());
    });
}

#[test]
fn wrong_bytes_are_thrown_away_and_may_be_sent_again() {
    everywhere(|world| {
        let (phone, shelf) = (Phone::new(1), world.shelf.as_ref());
        let part = phone.part(b"right");
        assert_eq!(shelf.finish(&part).unwrap(), Finished::WrongHash);
        shelf.append(&part, 0, b"wrong").unwrap();
        assert_eq!(shelf.finish(&part).unwrap(), Finished::WrongHash);
        assert_eq!((shelf.staged_bytes(&part).unwrap(), shelf.is_whole(&part).unwrap()), (0, false));
        world.put_on_shelf(&part, b"right");
    });
}

#[test]
fn an_empty_part_can_be_whole() {
    everywhere(|world| {
        let part = Phone::new(1).part(b"");
        world.put_on_shelf(&part, b"");
        assert_eq!(world.shelf.whole_bytes(&part).unwrap(), Some(0));
    });
}

/// Method: the shelf is opened anew over what a killed process left behind.
#[test]
fn a_killed_process_leaves_uploads_that_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let open = || FolderShelf::open(folder.path()).unwrap();
    let (cut, moved) = (Phone::new(1).part(b"landslide"), Phone::new(2).part(b"whole"));
    open().append(&cut, 0, b"land").unwrap();
    open().append(&moved, 0, b"whole").unwrap();
    assert_eq!(open().finish(&moved).unwrap(), Finished::Whole);
    let shelf = open();
    shelf.sync(&cut).unwrap();
    shelf.sync(&moved).unwrap();
    assert_eq!(shelf.staged_bytes(&cut).unwrap(), 4);
    // A torn write: more bytes than were counted. The file's length is the truth, the hash the judge.
    let staged = folder.path().join("staged").join(paht_hub::upload::session(&cut));
    std::fs::write(&staged, b"lands").unwrap();
    assert_eq!(shelf.append(&cut, 4, b"slide").unwrap(), Staged::Conflict(5));
    assert_eq!(shelf.append(&cut, 5, b"lide").unwrap(), Staged::At(9));
    assert_eq!(shelf.finish(&cut).unwrap(), Finished::Whole);
    assert!(shelf.is_whole(&moved).unwrap());
    let left: Vec<_> = std::fs::read_dir(folder.path().join("staged")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_record_is_opened_by_one_program_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hub.sqlite");
    let first = SqliteStore::open(&path, &tenant_id()).unwrap();
    let second = SqliteStore::open(&path, &tenant_id());
    assert!(
        matches!(&second, Err(fault @ OpenFault::Busy) if fault.code() == Code::StorageBusy),
        "{second:?}"
    );
    let epoch = first.epoch().unwrap();
    drop(first);
    let again = SqliteStore::open(&path, &tenant_id()).unwrap();
    assert_eq!(again.epoch().unwrap(), epoch);
    let new = again.set_new_epoch([9; 8]).unwrap();
    assert_eq!((new, again.epoch().unwrap()), (Epoch::from_bytes([9; 8]), new));
    again.health().unwrap();
}

#[test]
fn two_tenants_in_one_file_know_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::on_disk(folder.path());
    let phone = Phone::new(1);
    let code = phone.reports(&world, "traffic", &[]);
    drop(world);
    let other = paht_model::ids::TenantId::parse("quang-tri").unwrap();
    let store = SqliteStore::open(&folder.path().join("hub.sqlite"), &other).unwrap();
    let all = ListQuery { public_only: false, ..ListQuery::default() };
    assert!(store.list(&all).unwrap().items.is_empty());
    run(&store, |ledger| {
        assert!(ledger.case(&phone.report)?.is_none() && ledger.case_by_code(&code)?.is_none());
        assert_eq!(ledger.told(&phone.thumbprint(), 0, 10)?, (Vec::new(), 0));
        assert_eq!(ledger.held(&phone.thumbprint())?, SetDigest::default());
        Ok(())
    })
    .unwrap();
}

/// Method: what stands in memory is taken down, changed, and put back.
#[test]
fn a_snapshot_is_a_moment() {
    let store = paht_store::memory::MemoryStore::new(Epoch::from_bytes([1; 8]));
    let shelf = MemoryShelf::new();
    let part = Phone::new(1).part(b"x");
    let (record, media) = (store.snapshot(), shelf.snapshot());
    shelf.append(&part, 0, b"x").unwrap();
    store.set_epoch(Epoch::from_bytes([2; 8]));
    let later = shelf.snapshot();
    shelf.restore(media);
    store.restore(record);
    assert_eq!((shelf.staged_bytes(&part).unwrap(), store.epoch()), (0, Epoch::from_bytes([1; 8])));
    shelf.restore(later.clone());
    assert_eq!(shelf.staged_bytes(&part).unwrap(), 1);
    shelf.restore(later.whole_only());
    assert_eq!(shelf.staged_bytes(&part).unwrap(), 0);
}

/// Public cases at these distances to the north, in metres, in the order they were made.
fn public_at(world: &World, metres: &[f64]) -> Vec<CaseCode> {
    let codes = (1_u8..).zip(metres).map(|(seed, metres)| {
        let phone = Phone::new(seed);
        let mut statement = phone.statement("traffic", "Ổ gà", &[]);
        let point = Point::from_degrees(CENTRE.0 + metres / 111_195.0, CENTRE.1).unwrap();
        statement.place = Some(Place { point, accuracy_m: None, source: PlaceSource::Pin });
        world.take(&phone.say(Body::Report(statement))).unwrap();
        let code = world.record(&phone.report).case.code;
        world.operate(&code, Action::Dispatch { agency: None }).unwrap();
        world.later(1);
        code
    });
    codes.collect()
}

const CENTRE: (f64, f64) = (16.46, 107.59);

fn nearby(world: &World, radius_m: u32, limit: usize) -> Vec<(CaseCode, f64)> {
    let centre = Point::from_degrees(CENTRE.0, CENTRE.1).unwrap();
    let found = world.store.nearby(&NearbyQuery { centre, radius_m, limit }).unwrap();
    found.into_iter().map(|one| (one.item.code, one.metres.round())).collect()
}

#[test]
fn the_nearest_come_first_within_the_radius_and_the_limit() {
    everywhere(|world| {
        let codes = public_at(world, &[4_000.0, 30.0, 900.0, 450.0, 9_990.0, 10_010.0]);
        let [far, next_door, near, street, edge, _] = codes.as_slice() else { panic!() };
        let all = [(next_door, 30.0), (street, 450.0), (near, 900.0), (far, 4_000.0), (edge, 9_990.0)];
        let all: Vec<(CaseCode, f64)> =
            all.into_iter().map(|(code, metres)| (code.clone(), metres)).collect();
        assert_eq!(nearby(world, 10_000, 50), all);
        assert_eq!(nearby(world, u32::MAX, usize::MAX), all, "bounds are kept");
        assert_eq!(nearby(world, 901, 50), all[..3]);
        assert_eq!(nearby(world, 10_000, 2), all[..2]);
        assert_eq!(nearby(world, 29, 50), []);
    });
}

/// Method: one of each kind that nobody may see, at the very place that is asked about (law 6).
#[test]
fn only_public_cases_are_nearby_and_a_moved_one_moves() {
    everywhere(|world| {
        let codes = public_at(world, &[10.0, 20.0, 30.0]);
        let held = Phone::new(10);
        let secret = Phone::new(11);
        for (phone, category) in [(&held, "traffic"), (&secret, "security")] {
            let mut statement = phone.statement(category, "Kín", &[]);
            let point = Point::from_degrees(CENTRE.0, CENTRE.1).unwrap();
            statement.place = Some(Place { point, accuracy_m: None, source: PlaceSource::Pin });
            world.take(&phone.say(Body::Report(statement))).unwrap();
        }
        let secret_code = world.record(&secret.report).case.code;
        world.operate(&secret_code, Action::Dispatch { agency: None }).unwrap();
        world.operate(&codes[1], Action::Publish { to: Publication::TakenDown }).unwrap();
        let found: Vec<CaseCode> = nearby(world, 10_000, 50).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, [codes[0].clone(), codes[2].clone()]);
        let phone = Phone::new(1);
        let mut record = world.record(&phone.report);
        record.place = record.place.map(|place| Place { point: world::a_luoi().point, ..place });
        run(world.store.as_ref(), |ledger| Ok(ledger.put_case(&record)?)).unwrap();
        assert_eq!(nearby(world, 10_000, 50).len(), 1);
        record.place = None;
        run(world.store.as_ref(), |ledger| Ok(ledger.put_case(&record)?)).unwrap();
        assert_eq!(nearby(world, 10_000, 50).len(), 1);
    });
}
