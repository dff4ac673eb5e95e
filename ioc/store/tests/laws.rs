//! The hub's rules, each shown by what it would let through if it were broken. Decisions run over the memory store, which
//! passes the same contract as the real one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::casework::{Action, Actor, VERDICT_WAIT_MS, tick};
use paht_hub::upload;
use paht_model::case::{AssignmentState, Stage};
use paht_model::command::{Body, Rating, Reopening};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, Sha256, TenantId};
use paht_model::part::PartKind;
use paht_model::place::{Place, Point};
use paht_model::receipt::Receipt;
use paht_model::statement::Edit;
use paht_model::timeline::{Publication, What};
use paht_model::wire::envelope::Sign as _;
use paht_store::listing::ListQuery;
use world::{DAY_MS, Phone, START, World, a_luoi, agency, derivation, evidence, photo};

const URGENT: &str = "Sạt lở chắn ngang đường";

fn rate(assignment: u16, answer: u16, grade: u8) -> Body {
    Body::Rate(Rating { assignment, answer, grade, text: "tốt".into() })
}

fn reopen(assignment: u16) -> Body {
    Body::Reopen(Reopening { assignment, reason: "Chưa xong".into() })
}

// --- Law 2: a retry never makes a second case ---

#[test]
fn a_replay_gets_the_original_receipt_and_changes_nothing() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let report = phone.say(Body::Report(phone.statement("traffic", "Ổ gà", &["photo"])));
    let comment = phone.say(Body::Comment("thêm".into()));
    let receipts = [world.take(&report).unwrap(), world.take(&comment).unwrap()];
    let traces = world.traces(&phone.report, &phone.thumbprint());
    world.later(DAY_MS);
    world.epoch.set(paht_model::ids::Epoch::from_bytes([2; 8]));
    assert_eq!([world.take(&report).unwrap(), world.take(&comment).unwrap()], receipts);
    assert_eq!(world.traces(&phone.report, &phone.thumbprint()), traces);
    let receipt = Receipt::verify(&receipts[0], &[world.key.public_key()]).unwrap();
    assert_eq!((receipt.hash, receipt.stage, receipt.time), (report.hash, PartKind::Statement, START));
    assert_eq!(receipt.case, Some(world.record(&phone.report).case.code));
}

#[test]
fn a_report_is_made_once() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let first = phone.command(Body::Report(phone.statement("traffic", "Ổ gà", &[])));
    world.take(&phone.sign(first.clone())).unwrap();
    let traces = world.traces(&phone.report, &phone.thumbprint());
    let again = phone.say(Body::Report(phone.statement("traffic", "Khác", &[])));
    assert_eq!(world.take(&again), Err(Code::CommandConflict));
    let mut same_id = first.clone();
    same_id.body = Body::Report(phone.statement("traffic", "Khác", &[]));
    assert_eq!(world.take(&phone.sign(same_id)), Err(Code::CommandConflict));
    let thief = Phone::new(2);
    assert_eq!(world.take(&thief.sign(first.clone())), Err(Code::KeyMismatch));
    let mut claimed = thief.command(first.body.clone());
    (claimed.report, claimed.claim) = (phone.report, Some(phone.claim));
    assert_eq!(world.take(&thief.sign(claimed)), Err(Code::KeyMismatch));
    assert_eq!(world.traces(&phone.report, &phone.thumbprint()), traces);
}

#[test]
fn a_command_id_is_used_once_whatever_the_report() {
    let world = World::in_memory();
    let (one, two) = (Phone::new(1), Phone::new(2));
    let first = one.command(Body::Report(one.statement("traffic", "Ổ gà", &[])));
    world.take(&one.sign(first.clone())).unwrap();
    let mut second = two.command(Body::Report(two.statement("traffic", "Ổ gà", &[])));
    second.id = first.id;
    assert_eq!(world.take(&two.sign(second)), Err(Code::CommandConflict));
    assert!(world.see(|ledger| ledger.case(&two.report).unwrap()).is_none());
}

#[test]
fn whoever_is_not_the_phone_needs_the_claim_secret() {
    let world = World::in_memory();
    let (owner, friend) = (Phone::new(1), Phone::new(2));
    owner.reports(&world, "traffic", &[]);
    let say = |claim| {
        let mut command = friend.command(Body::Comment("tôi biết".into()));
        (command.report, command.claim) = (owner.report, claim);
        world.take(&friend.sign(command))
    };
    assert_eq!(say(None), Err(Code::KeyMismatch));
    assert_eq!(say(Some(friend.claim)), Err(Code::ClaimBad));
    say(Some(owner.claim)).unwrap();
}

// --- What intake refuses, and that nothing of it is stored ---

#[test]
fn a_bad_report_is_refused_with_its_code_and_leaves_nothing() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let statement = || phone.statement("traffic", "Ổ gà", &["photo"]);
    let place = |lat, lon| Some(Place { point: Point::from_degrees(lat, lon).unwrap(), ..a_luoi() });
    let mut cases = vec![];
    let mut bad = |code, change: &dyn Fn(&mut paht_model::statement::Statement)| {
        let mut statement = statement();
        change(&mut statement);
        cases.push((code, statement));
    };
    bad(Code::CategoryUnknown, &|s| s.category = CategoryCode::parse("ufo").unwrap());
    bad(Code::PlaceOutside, &|s| s.place = place(21.03, 105.85));
    bad(Code::PlaceUnknown, &|s| s.place = Some(Place { point: Point { lat_e7: 0, lon_e7: 0 }, ..a_luoi() }));
    bad(Code::TextTooLong, &|s| s.text = "a".repeat(4_001));
    bad(Code::ReportCaptureTwice, &|s| s.captures.push(photo("photo")));
    bad(Code::ReportTooManyCaptures, &|s| {
        s.captures = (0..13).map(|n| photo(&n.to_string())).collect();
    });
    bad(Code::MediaEmpty, &|s| s.captures[0].bytes = 0);
    bad(Code::MediaTooLarge, &|s| s.captures[0].bytes = 64_000_001);
    bad(Code::CommandMalformed, &|s| s.language = "x".repeat(36));
    bad(Code::ReportEmpty, &|s| {
        s.text = " ".into();
        s.captures.clear();
    });
    for (code, statement) in cases {
        assert_eq!(world.take(&phone.say(Body::Report(statement))), Err(code));
    }
    let mut foreign = phone.command(Body::Report(statement()));
    foreign.tenant = TenantId::parse("quang-tri").unwrap();
    assert_eq!(world.take(&phone.sign(foreign)), Err(Code::TenantUnknown));
    let mut torn = phone.say(Body::Report(statement()));
    *torn.bytes.last_mut().unwrap() ^= 1;
    assert_eq!(world.take(&torn), Err(Code::SignatureBad));
    assert_eq!(world.take(&phone.say(Body::Comment("?".into()))), Err(Code::StatementMissing));
    assert!(world.see(|ledger| ledger.case(&phone.report).unwrap()).is_none());
    let all = ListQuery { public_only: false, ..ListQuery::default() };
    assert!(world.store.list(&all).unwrap().items.is_empty());
}

#[test]
fn an_ordinary_report_waits_held_and_an_urgent_one_goes_at_once() {
    let world = World::in_memory();
    let (calm, urgent, review) = (Phone::new(1), Phone::new(2), Phone::new(3));
    let code = calm.reports(&world, "traffic", &[]);
    let record = world.record(&calm.report);
    assert_eq!((record.case.stage(), record.case.publication), (Stage::Received, Publication::Held));
    assert_eq!(record.case.area.as_ref().map(paht_model::ids::AreaCode::as_str), Some("20044"));
    assert!(record.advice.agency.is_some() && !record.advice.rule.is_empty() && !record.advice.urgent);
    assert_eq!(world.public(&code), None);
    world.take(&urgent.say(Body::Report(urgent.statement("traffic", URGENT, &[])))).unwrap();
    let record = world.record(&urgent.report);
    assert_eq!((record.case.stage(), record.case.publication), (Stage::Dispatched, Publication::Public));
    let given = record.case.assignments[0].agency.as_str().to_owned();
    assert_eq!(record.advice.agency, Some(given));
    assert_eq!(record.case.assignments[0].due, START.plus_millis(4 * 3_600_000));
    world.take(&review.say(Body::Report(review.statement("urban", URGENT, &[])))).unwrap();
    let record = world.record(&review.report);
    assert_eq!((record.case.stage(), record.case.publication), (Stage::Dispatched, Publication::Held));
}

#[test]
fn an_edit_counts_until_an_agency_has_taken_the_case_up() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let category = Some(CategoryCode::parse("sanitation").unwrap());
    let edit = Edit { text: Some("Bãi rác".into()), category, place: None };
    world.take(&phone.say(Body::Edit(edit.clone()))).unwrap();
    let record = world.record(&phone.report);
    assert_eq!((record.text.as_str(), record.case.category), ("Bãi rác", edit.category.clone()));
    let empty = Edit { text: Some(String::new()), ..Edit::default() };
    assert_eq!(world.take(&phone.say(Body::Edit(empty))), Err(Code::ReportEmpty));
    let away = Edit {
        place: Some(Place { point: Point::from_degrees(10.8, 106.7).unwrap(), ..a_luoi() }),
        ..Edit::default()
    };
    assert_eq!(world.take(&phone.say(Body::Edit(away))), Err(Code::PlaceOutside));
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    world.take(&phone.say(Body::Edit(edit.clone()))).unwrap();
    world.operate(&code, Action::Start { assignment: 1 }).unwrap();
    let log = world.log(&phone.report);
    assert_eq!(world.take(&phone.say(Body::Edit(edit))), Err(Code::CaseState));
    assert_eq!(world.log(&phone.report), log);
}

#[test]
fn an_edit_that_tells_of_danger_is_dispatched_at_once() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    phone.reports(&world, "traffic", &[]);
    let edit = Edit { text: Some(URGENT.into()), ..Edit::default() };
    world.take(&phone.say(Body::Edit(edit))).unwrap();
    assert_eq!(world.record(&phone.report).case.stage(), Stage::Dispatched);
}

// --- Law 6: what is held or confidential is nowhere public ---

#[test]
fn a_held_case_is_absent_until_its_dispatch_publishes_it() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let listed = || world.store.list(&ListQuery::default()).unwrap().items.len();
    assert_eq!((world.public(&code), listed()), (None, 0));
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    assert_eq!(listed(), 1);
    assert!(world.public(&code).is_some());
    world.operate(&code, Action::Publish { to: Publication::TakenDown }).unwrap();
    assert_eq!((world.public(&code), listed()), (None, 0));
    let back = world.operate(&code, Action::Publish { to: Publication::Held });
    assert_eq!(back.map(|_| ()), Err(Code::CaseState));
    world.operate(&code, Action::Publish { to: Publication::Public }).unwrap();
    assert_eq!(listed(), 1);
}

#[test]
fn a_case_for_review_is_published_by_a_person_alone() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "urban", &[]);
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    assert_eq!(world.public(&code), None);
    world.operate(&code, Action::Publish { to: Publication::Public }).unwrap();
    assert!(world.public(&code).is_some());
}

#[test]
fn a_confidential_case_is_never_public_whatever_is_done_to_it() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "security", &[]);
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    let publish = world.operate(&code, Action::Publish { to: Publication::Public });
    assert_eq!(publish.map(|_| ()), Err(Code::CaseState));
    assert_eq!(world.public(&code), None);
    let became = Phone::new(2);
    let code = became.reports(&world, "traffic", &[]);
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    let category = CategoryCode::parse("security").unwrap();
    world.operate(&code, Action::Classify { category }).unwrap();
    assert_eq!(world.public(&code), None);
    assert!(world.store.list(&ListQuery::default()).unwrap().items.is_empty());
}

#[test]
fn a_hidden_case_is_not_named_by_one_that_is_public() {
    let world = World::in_memory();
    let (held, shown, secret) = (Phone::new(1), Phone::new(2), Phone::new(3));
    let held_code = held.reports(&world, "traffic", &[]);
    let shown_code = shown.reports(&world, "traffic", &[]);
    let secret_code = secret.reports(&world, "security", &[]);
    world.operate(&shown_code, Action::Publish { to: Publication::Public }).unwrap();
    let duplicate =
        |of: &CaseCode| world.operate(&shown_code, Action::Duplicate { of: of.clone() }).map(|_| ());
    assert_eq!(duplicate(&secret_code), Err(Code::CaseState));
    assert_eq!(duplicate(&shown_code), Err(Code::CaseState));
    assert_eq!(duplicate(&CaseCode::parse("HUE-NONE").unwrap()), Err(Code::CaseUnknown));
    duplicate(&held_code).unwrap();
    let page = || format!("{:?}", world.public(&shown_code).unwrap());
    assert!(!page().contains(held_code.as_str()));
    world.operate(&held_code, Action::Publish { to: Publication::Public }).unwrap();
    assert!(page().contains(held_code.as_str()));
}

#[test]
fn what_was_taken_back_is_gone_from_the_public() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &["photo"]);
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    world.take(&phone.say(Body::Withdraw)).unwrap();
    assert_eq!(world.public(&code), None);
    assert!(world.store.list(&ListQuery::default()).unwrap().items.is_empty());
    assert_eq!(world.upload(&phone.report, b"photo"), Err(Code::CaseState));
    let publish = world.operate(&code, Action::Publish { to: Publication::Public });
    assert_eq!(publish.map(|_| ()), Err(Code::CaseState));
    assert_eq!(world.take(&phone.say(Body::Comment("ơ".into()))), Err(Code::CaseState));
}

#[test]
fn the_public_page_has_nothing_personal() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    world.take(&phone.say(Body::Identify(b"SEALED".to_vec().into()))).unwrap();
    world.take(&phone.say(Body::Comment("số tôi là 0912".into()))).unwrap();
    world.operate(&code, Action::Comment { text: "anh tên gì".into() }).unwrap();
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    let page = world.public(&code).unwrap();
    assert!(
        page.timeline
            .iter()
            .all(|entry| !matches!(entry.what, What::Commented { .. } | What::Arrived { .. }))
    );
    let page = format!("{page:?}");
    for secret in [phone.report.to_string(), phone.thumbprint().to_string(), phone.claim.hash().to_string()] {
        assert!(!page.contains(&secret), "{secret} in {page}");
    }
    assert!(!page.contains("0912") && !page.contains("anh tên gì"));
}

// --- Law 7: a published photo carries no metadata ---

#[test]
fn originals_are_never_among_the_public_pictures() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &["original", "second"]);
    world.take(&phone.say(derivation("original", PartKind::Preview, "preview"))).unwrap();
    world.take(&phone.say(derivation("original", PartKind::Rendition, "rendition"))).unwrap();
    for bytes in ["original", "preview"] {
        world.upload(&phone.report, bytes.as_bytes()).unwrap();
    }
    world.answered(&phone.report, &code);
    let page = world.public(&code).unwrap();
    assert_eq!((page.captures.declared, page.captures.arrived), (2, 1));
    let shown: Vec<_> =
        page.pictures.iter().map(|picture| (picture.hash, picture.arrived, picture.answer)).collect();
    let hash = |text: &str| Sha256::of(text.as_bytes());
    let answer = Some((1, 1));
    assert_eq!(
        shown,
        [
            (hash("preview"), true, None),
            (hash("rendition"), false, None),
            (hash("after rendition"), true, answer)
        ]
    );
    assert_eq!(page.pictures[0].of, Some(hash("original")));
    assert!(page.pictures.iter().all(|picture| picture.kind != PartKind::Original));
}

#[test]
fn an_original_cannot_be_declared_as_its_own_picture() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &["original"]);
    let itself = phone.say(derivation("original", PartKind::Rendition, "original"));
    assert_eq!(world.take(&itself), Err(Code::CommandConflict));
    let as_evidence = [evidence("original", PartKind::Rendition, None)];
    let declared =
        world.decide(|ledger, hub| paht_hub::casework::declare_evidence(ledger, hub, &code, &as_evidence));
    assert_eq!(declared, Err(Code::CommandConflict));
    let of_nothing = phone.say(derivation("unknown", PartKind::Preview, "preview"));
    assert_eq!(world.take(&of_nothing), Err(Code::UploadUndeclared));
    for n in 0..paht_hub::intake::DERIVED_PER_CAPTURE_MAX {
        world.take(&phone.say(derivation("original", PartKind::Preview, &n.to_string()))).unwrap();
    }
    let one_more = phone.say(derivation("original", PartKind::Preview, "more"));
    assert_eq!(world.take(&one_more), Err(Code::ReportTooManyCaptures));
}

#[test]
fn evidence_is_public_only_with_its_answer() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    world.after_photo(&phone.report, &code, "after");
    assert!(world.public(&code).unwrap().pictures.is_empty());
}

// --- Law 8: history is append-only, both clocks stay ---

#[test]
fn a_reopened_case_keeps_code_history_and_first_deadline() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let first = world.answered(&phone.report, &code).case.assignments[0].clone();
    world.later(2 * DAY_MS);
    let history = world.log(&phone.report);
    world.take(&phone.say(rate(1, 1, 2))).unwrap();
    assert_eq!(world.record(&phone.report).case.stage(), Stage::Answered);
    world.take(&phone.say(reopen(1))).unwrap();
    let record = world.record(&phone.report);
    let share = record.case.assignments[0].clone();
    assert_eq!((record.case.code, share.state), (code.clone(), AssignmentState::Dispatched));
    assert_eq!((share.first_due, share.reopened), (first.first_due, 1));
    assert!(share.due > first.due);
    assert_eq!(world.log(&phone.report)[..history.len()], history);
    let page = world.public(&code).unwrap();
    assert_eq!(page.assignments, [share]);
    assert!(page.timeline.iter().any(|entry| matches!(entry.what, What::Reopened { .. })));
    let again = world.answer(&phone.report, &code, "second");
    assert_eq!((again.case.assignments[0].answers, again.case.assignments[0].grade), (2, None));
    assert_eq!(world.take(&phone.say(rate(1, 1, 5))), Err(Code::CaseState));
    world.take(&phone.say(rate(1, 2, 3))).unwrap();
    assert_eq!(world.record(&phone.report).case.stage(), Stage::Closed);
    world.take(&phone.say(reopen(1))).unwrap();
    assert_eq!(world.record(&phone.report).case.assignments[0].first_due, first.first_due);
}

#[test]
fn only_an_answer_can_be_rated_or_reopened() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    assert_eq!(world.take(&phone.say(rate(1, 1, 5))), Err(Code::CaseState));
    assert_eq!(world.take(&phone.say(reopen(1))), Err(Code::CaseState));
    world.answered(&phone.report, &code);
    assert_eq!(world.take(&phone.say(rate(2, 1, 5))), Err(Code::CaseState));
    assert_eq!(world.take(&phone.say(rate(1, 2, 5))), Err(Code::CaseState));
    assert_eq!(world.take(&phone.say(rate(1, 1, 6))), Err(Code::GradeOutOfRange));
    assert_eq!(world.take(&phone.say(Body::Withdraw)), Err(Code::CaseState));
}

#[test]
fn an_answer_without_verdict_is_settled_after_fourteen_days() {
    let world = World::in_memory();
    let (silent, unhappy) = (Phone::new(1), Phone::new(2));
    for phone in [&silent, &unhappy] {
        let code = phone.reports(&world, "traffic", &[]);
        world.answered(&phone.report, &code);
    }
    world.take(&unhappy.say(rate(1, 1, 1))).unwrap();
    let stage_after_tick = |phone: &Phone| {
        world.decide(|ledger, hub| tick(ledger, hub, &phone.report)).unwrap();
        world.record(&phone.report).case.stage()
    };
    world.later(VERDICT_WAIT_MS - 1);
    assert_eq!(stage_after_tick(&silent), Stage::Answered);
    world.later(1);
    assert_eq!(stage_after_tick(&silent), Stage::Closed);
    assert_eq!(stage_after_tick(&unhappy), Stage::Answered);
    let log = world.log(&silent.report);
    assert_eq!(stage_after_tick(&silent), Stage::Closed);
    assert_eq!(world.log(&silent.report), log);
}

// --- Law 9: no answer without its evidence ---

#[test]
fn an_answer_without_evidence_is_refused() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &["original"]);
    world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    world.take(&phone.say(derivation("original", PartKind::Rendition, "citizens"))).unwrap();
    world.upload(&phone.report, b"original").unwrap();
    world.upload(&phone.report, b"citizens").unwrap();
    let hash = |text: &str| Sha256::of(text.as_bytes());
    let parts = [
        evidence("after", PartKind::Original, None),
        evidence("rendition", PartKind::Rendition, Some(hash("after"))),
    ];
    world.decide(|ledger, hub| paht_hub::casework::declare_evidence(ledger, hub, &code, &parts)).unwrap();
    world.upload(&phone.report, b"after").unwrap();
    let answer = |evidence: &[Sha256]| {
        let action = Action::Answer { assignment: None, text: "Xong".into(), evidence: evidence.to_vec() };
        world.operate(&code, action).map(|record| record.case.stage())
    };
    let log = world.log(&phone.report);
    // None at all; undeclared; the citizen's own; declared but not here; here but never shown.
    let citizens = [hash("original"), hash("citizens")];
    for bad in [&[][..], &[hash("x")], &citizens[..1], &citizens[1..], &[hash("rendition")], &[hash("after")]]
    {
        assert_eq!(answer(bad), Err(Code::EvidenceMissing), "{bad:?}");
    }
    assert_eq!(world.log(&phone.report), log);
    world.upload(&phone.report, b"rendition").unwrap();
    assert_eq!(answer(&[hash("rendition"), hash("x")]), Err(Code::EvidenceMissing));
    let wordless = Action::Answer { assignment: None, text: " ".into(), evidence: vec![hash("rendition")] };
    assert_eq!(world.operate(&code, wordless).map(|_| ()), Err(Code::TextMissing));
    assert_eq!(answer(&[hash("rendition")]), Ok(Stage::Answered));
    assert_eq!(answer(&[hash("rendition")]), Err(Code::CaseState));
}

#[test]
fn an_account_is_signed_by_the_agency_itself_or_attached() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "tourism", &[]);
    let desk = agency("so-du-lich");
    world.operate(&code, Action::Dispatch { agency: Some(desk.clone()) }).unwrap();
    let answer = Action::Answer { assignment: Some(1), text: "Đã nhắc nhở".into(), evidence: vec![] };
    assert_eq!(world.operate(&code, answer.clone()).map(|_| ()), Err(Code::EvidenceMissing));
    world.act(&code, &Actor::Agency(desk), &answer).unwrap();
}

// --- Who may do what ---

#[test]
fn an_agency_acts_on_its_own_share_alone() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let (one, two, none) = (agency("so-xay-dung"), agency("so-y-te"), agency("so-du-lich"));
    for agency in [&one, &two] {
        world.operate(&code, Action::Dispatch { agency: Some(agency.clone()) }).unwrap();
    }
    let act = |who: &paht_model::ids::AgencyId, action: Action| {
        world.act(&code, &Actor::Agency(who.clone()), &action).map(|_| ())
    };
    assert_eq!(act(&none, Action::Start { assignment: 1 }), Err(Code::CaseUnknown));
    assert_eq!(act(&two, Action::Start { assignment: 1 }), Err(Code::Forbidden));
    for action in [
        Action::Dispatch { agency: None },
        Action::Refuse { reason: "x".into() },
        Action::Duplicate { of: code.clone() },
        Action::Close { assignment: 1 },
        Action::Publish { to: Publication::TakenDown },
        Action::Classify { category: CategoryCode::parse("other").unwrap() },
    ] {
        assert_eq!(act(&one, action.clone()), Err(Code::Forbidden), "{action:?}");
    }
    act(&one, Action::Start { assignment: 1 }).unwrap();
    act(&two, Action::Return { assignment: 2, reason: "không thuộc".into() }).unwrap();
    act(&one, Action::Comment { text: "đang làm".into() }).unwrap();
    let evidence = vec![world.after_photo(&phone.report, &code, "after")];
    act(&one, Action::Answer { assignment: None, text: "xong".into(), evidence }).unwrap();
    let shares = world.record(&phone.report).case.assignments;
    assert_eq!((shares[0].state, shares[1].state), (AssignmentState::Answered, AssignmentState::Returned));
}

#[test]
fn a_dispatch_names_an_agency_there_is_and_the_deadline_runs_in_working_hours() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let nobody = Action::Dispatch { agency: Some(agency("nobody")) };
    assert_eq!(world.operate(&code, nobody).map(|_| ()), Err(Code::AgencyUnknown));
    let record = world.operate(&code, Action::Dispatch { agency: None }).unwrap();
    let share = &record.case.assignments[0];
    assert_eq!(record.advice.agency.as_deref(), Some(share.agency.as_str()));
    // 23 hours of 8 a day from Monday 09:00 end on Thursday at 08:00.
    assert_eq!(share.due.millis_since(START), 3 * DAY_MS - 3_600_000);
    assert_eq!(world.operate(&code, Action::Dispatch { agency: None }).map(|_| ()), Err(Code::CaseState));
    let unknown = world.operate(&CaseCode::parse("HUE-NONE").unwrap(), Action::Dispatch { agency: None });
    assert_eq!(unknown.map(|_| ()), Err(Code::CaseUnknown));
}

#[test]
fn reasons_must_be_given() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let refuse = |reason: &str| world.operate(&code, Action::Refuse { reason: reason.into() }).map(|_| ());
    assert_eq!(refuse(" \n"), Err(Code::TextMissing));
    assert_eq!(refuse(&"x".repeat(4_001)), Err(Code::TextTooLong));
    refuse("không thuộc thẩm quyền").unwrap();
    assert_eq!(world.log(&phone.report).last().unwrap().words.as_deref(), Some("không thuộc thẩm quyền"));
    assert_eq!(refuse("again"), Err(Code::CaseState));
}

// --- Uploads ---

#[test]
fn only_declared_bytes_of_the_declared_length_are_admitted() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    phone.reports(&world, "traffic", &["photo"]);
    let admit = |bytes: &[u8], length| {
        world.decide(|ledger, _| upload::admit(ledger, &phone.part(bytes), length)).map(|part| part.kind)
    };
    assert_eq!(admit(b"photo", None), Ok(PartKind::Original));
    assert_eq!(admit(b"photo", Some(5)), Ok(PartKind::Original));
    assert_eq!(admit(b"photo", Some(6)), Err(Code::UploadWrongLength));
    assert_eq!(admit(b"other", None), Err(Code::UploadUndeclared));
    let elsewhere = Phone::new(2).part(b"photo");
    assert_eq!(
        world.decide(|ledger, _| upload::admit(ledger, &elsewhere, None)).map(|_| ()),
        Err(Code::UploadUndeclared)
    );
}

#[test]
fn a_part_completed_twice_arrives_once() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    phone.reports(&world, "traffic", &["photo"]);
    let receipt = world.upload(&phone.report, b"photo").unwrap();
    let traces = world.traces(&phone.report, &phone.thumbprint());
    world.later(5);
    let again = world.decide(|ledger, hub| upload::complete(ledger, hub, &phone.part(b"photo")));
    assert_eq!(again, Ok(receipt.clone()));
    assert_eq!(world.traces(&phone.report, &phone.thumbprint()), traces);
    let receipt = Receipt::verify(&receipt, &[world.key.public_key()]).unwrap();
    assert_eq!((receipt.hash, receipt.stage), (Sha256::of(b"photo"), PartKind::Original));
    assert_eq!(world.record(&phone.report).case.arrived, [Sha256::of(b"photo")]);
}

#[test]
fn an_agencys_evidence_is_not_counted_as_the_phones() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let held = || world.see(|ledger| ledger.held(&phone.thumbprint()).unwrap());
    let told = || world.see(|ledger| ledger.told(&phone.thumbprint(), 0, 99).unwrap());
    let before = (held(), told());
    world.after_photo(&phone.report, &code, "after");
    assert_eq!((held(), told()), before);
}
