//! Officers, over both stores: only a vouched phone acts, only on its agency's cases, and an answer that came before its
//! photo counts when the photo is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::casework::{Action, Actor};
use paht_hub::officer;
use paht_hub::ports::Refusal;
use paht_model::capture::{MediaKind, MediaType};
use paht_model::case::{AssignmentState, Stage};
use paht_model::command::{Body, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, KeyThumbprint, ReportId, Sha256};
use paht_model::officer::{Act, EvidencePiece, EvidenceRendition};
use paht_model::part::PartKind;
use paht_model::timeline::{Publication, What};
use paht_model::wire::officer::{Enrolment, Officer, OfficerCases, ShareState, SignedBy};
use paht_model::wire::sync::{PartName, SetDigest, Transfer};
use paht_store::run;
use world::{DAY_MS, Phone, START, World, agency, derivation, evidence, request, tenant_id};

const AGENCY: &str = "so-xay-dung";
const OTHER: &str = "so-nong-nghiep-va-moi-truong";

fn everywhere(check: impl Fn(&World)) {
    check(&World::in_memory());
    let folder = tempfile::tempdir().unwrap();
    check(&World::on_disk(folder.path()));
}

fn enrol(world: &World, phone: &Phone, of: &str) -> Result<Officer, Code> {
    let token = Sha256::of(of.as_bytes());
    let said = SignedBy { key: phone.thumbprint(), said: Enrolment { tenant: tenant_id(), token } };
    world.decide(|ledger, hub| officer::enrol(ledger, hub, &agency(of), &token, &said))
}

/// A citizen's report of this category, given to [`AGENCY`].
fn given(world: &World, citizen: &Phone, category: &str) -> CaseCode {
    let code = citizen.reports(world, category, &["photo"]);
    world.operate(&code, Action::Dispatch { agency: Some(agency(AGENCY)) }).unwrap();
    code
}

fn says(officer: &Phone, report: &ReportId, act: Act) -> SignedCommand {
    officer.sign(paht_model::command::Command { report: *report, ..officer.command(Body::Act(act)) })
}

fn piece(name: &str) -> EvidencePiece {
    let (original, rendition) = (format!("{name} original"), format!("{name} rendition"));
    EvidencePiece {
        hash: Sha256::of(original.as_bytes()),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: original.len() as u64,
        rendition: EvidenceRendition {
            hash: Sha256::of(rendition.as_bytes()),
            bytes: rendition.len() as u64,
            media_type: MediaType::Webp,
            width: 640,
            height: 480,
        },
    }
}

fn answer(photos: &[&str]) -> Act {
    let evidence = photos.iter().map(|name| piece(name)).collect();
    Act::Answer { assignment: 1, text: "Đã san gạt".into(), evidence }
}

fn seen(world: &World, officer: &Phone) -> Result<OfficerCases, Code> {
    let open: Vec<CaseCode> = {
        let query = paht_store::listing::ListQuery { public_only: false, ..Default::default() };
        world.store.list(&query).unwrap().items.into_iter().map(|item| item.code).collect()
    };
    let now = world.now.get();
    world.decide(|ledger, _| officer::cases(ledger, now, &officer.thumbprint(), &open))
}

fn offers(
    world: &World,
    phone: &Phone,
    report: &ReportId,
    held: SetDigest,
    names: &[&str],
) -> (Vec<Transfer>, bool) {
    let mut request = request();
    request.held = held;
    request.offers =
        names.iter().map(|name| PartName { report: *report, hash: Sha256::of(name.as_bytes()) }).collect();
    let reply = world.sync(&phone.thumbprint(), request).unwrap();
    (reply.transfers, reply.held_equal)
}

#[test]
fn an_officer_reads_back_as_written_and_a_failed_transaction_leaves_none() {
    everywhere(|world| {
        let (one, two) = (Phone::new(1), Phone::new(2));
        let first = enrol(world, &one, AGENCY).unwrap();
        assert_eq!(
            first,
            Officer { key: one.thumbprint(), agency: agency(AGENCY), since: START, ended: None }
        );
        world.later(5);
        assert_eq!(enrol(world, &one, AGENCY).unwrap(), first, "the same again changes nothing");
        let second = enrol(world, &two, OTHER).unwrap();
        world.see(|ledger| {
            assert_eq!(ledger.officer(&one.thumbprint()).unwrap(), Some(first.clone()));
            assert_eq!(ledger.officers().unwrap(), [first.clone(), second.clone()]);
            assert_eq!(ledger.officer(&Phone::new(3).thumbprint()).unwrap(), None);
        });
        let ended = Officer { ended: Some(world.now.get()), ..first.clone() };
        let failed = run(world.store.as_ref(), |ledger| {
            ledger.put_officer(&ended)?;
            assert_eq!(ledger.officer(&ended.key)?, Some(ended.clone()));
            Err::<(), _>(Refusal::Never(Code::CaseState))
        });
        assert!(failed.is_err());
        assert_eq!(world.see(|ledger| ledger.officer(&first.key).unwrap()), Some(first));
    });
}

#[test]
fn an_enrolment_is_for_one_tenant_one_token_and_an_agency_that_is() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let token = Sha256::of(b"token");
        let said = |tenant: &str, token| SignedBy {
            key: phone.thumbprint(),
            said: Enrolment { tenant: tenant.parse().unwrap(), token },
        };
        let enrol = |of: &str, said: &SignedBy<Enrolment>| {
            world.decide(|ledger, hub| officer::enrol(ledger, hub, &agency(of), &token, said))
        };
        assert_eq!(enrol(AGENCY, &said("elsewhere", token)), Err(Code::TenantUnknown));
        assert_eq!(enrol(AGENCY, &said("hue", Sha256::of(b"another"))), Err(Code::NotAllowed));
        assert_eq!(enrol("so-khong-co", &said("hue", token)), Err(Code::AgencyUnknown));
        assert!(world.see(|ledger| ledger.officers().unwrap()).is_empty());
    });
}

#[test]
fn nobody_but_an_active_officer_of_an_agency_with_a_share_acts() {
    everywhere(|world| {
        let (citizen, stranger, other, ours) = (Phone::new(1), Phone::new(2), Phone::new(3), Phone::new(4));
        given(world, &citizen, "traffic");
        let start = || Act::Start { assignment: 1 };
        let before = world.traces(&citizen.report, &stranger.thumbprint());
        let nowhere = ReportId::from_bytes([77; 16]);
        for report in [&citizen.report, &nowhere] {
            assert_eq!(world.take(&says(&stranger, report, start())), Err(Code::OfficerUnknown));
        }
        assert_eq!(world.take(&says(&citizen, &citizen.report, start())), Err(Code::OfficerUnknown));
        enrol(world, &other, OTHER).unwrap();
        for report in [&citizen.report, &nowhere] {
            let refused = world.take(&says(&other, report, start()));
            assert_eq!(refused, Err(Code::CaseUnknown), "what is not theirs is not there");
        }
        assert_eq!(world.traces(&citizen.report, &stranger.thumbprint()), before, "nothing was written");
        enrol(world, &ours, AGENCY).unwrap();
        let start = says(&ours, &citizen.report, start());
        let receipt = world.take(&start).unwrap();
        assert_eq!(world.record(&citizen.report).case.stage(), Stage::InProgress);
        world.decide(|ledger, hub| officer::end(ledger, hub, &ours.thumbprint())).unwrap();
        assert_eq!(world.take(&start).unwrap(), receipt, "what was said stays said");
        let again = Act::Return { assignment: 1, reason: "Không thuộc".into() };
        assert_eq!(world.take(&says(&ours, &citizen.report, again)), Err(Code::OfficerEnded));
        assert_eq!(seen(world, &ours), Err(Code::OfficerEnded));
        assert_eq!(enrol(world, &ours, AGENCY), Err(Code::OfficerEnded), "no token undoes it");
        assert_eq!(enrol(world, &ours, OTHER), Err(Code::OfficerEnded));
        let nobody = world.decide(|ledger, hub| officer::end(ledger, hub, &stranger.thumbprint()));
        assert_eq!(nobody, Err(Code::OfficerUnknown));
    });
}

#[test]
fn start_return_and_time_are_the_agencys_own_actions() {
    everywhere(|world| {
        let (citizen, ours) = (Phone::new(1), Phone::new(4));
        let code = given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        let say = |act| world.take(&says(&ours, &citizen.report, act));
        let share = || world.record(&citizen.report).case.assignments[0].clone();
        let first = share().due;
        assert_eq!(say(Act::Start { assignment: 2 }), Err(Code::CaseState));
        say(Act::Start { assignment: 1 }).unwrap();
        assert_eq!(say(Act::Start { assignment: 1 }), Err(Code::CaseState));
        let ask = |until| Act::AskTime { assignment: 1, until, reason: "Chờ vật tư".into() };
        for never in [first, START, first.plus_millis(400 * DAY_MS)] {
            assert_eq!(say(ask(never)), Err(Code::DeadlinePeriod));
        }
        say(ask(first.plus_millis(2 * DAY_MS))).unwrap();
        say(ask(first.plus_millis(DAY_MS))).unwrap();
        assert_eq!(share().asked, Some(first.plus_millis(DAY_MS)), "asking again replaces the wish");
        assert_eq!(share().due, first);
        let give = |due| Action::GiveTime { assignment: 1, due };
        let agency_itself = Actor::Agency(agency(AGENCY));
        let given = world.act(&code, &agency_itself, &give(first.plus_millis(DAY_MS)));
        assert_eq!(given.map(|_| ()), Err(Code::Forbidden), "nobody grants their own wish");
        assert_eq!(world.operate(&code, give(first)).map(|_| ()), Err(Code::DeadlinePeriod));
        world.operate(&code, give(first.plus_millis(DAY_MS))).unwrap();
        assert_eq!((share().first_due, share().due), (first, first.plus_millis(DAY_MS)));
        let page = world.public(&code).unwrap();
        let told = |entry: &paht_hub::publish::PublicEntry| {
            matches!(entry.what, What::TimeAsked { .. } | What::TimeGiven { .. })
        };
        assert_eq!(page.timeline.iter().filter(|entry| told(entry)).count(), 3, "both clocks are public");
        say(Act::Return { assignment: 1, reason: "Đường tỉnh".into() }).unwrap();
        assert_eq!(share().state, AssignmentState::Returned);
    });
}

#[test]
fn an_answer_before_its_photo_is_stored_at_once_and_counts_when_the_rendition_is_there() {
    everywhere(|world| {
        let (citizen, ours) = (Phone::new(1), Phone::new(4));
        let code = given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        let citizens = world.see(|ledger| ledger.held(&citizen.thumbprint()).unwrap());
        let said = says(&ours, &citizen.report, answer(&["a", "b"]));
        let receipt = world.take(&said).unwrap();
        assert_eq!(world.take(&said).unwrap(), receipt, "a replay gets the first receipt");
        assert_eq!(world.record(&citizen.report).case.stage(), Stage::Dispatched, "nothing is answered yet");
        let waiting = seen(world, &ours).unwrap().cases[0].waiting.clone();
        assert_eq!(
            waiting.iter().map(|one| (one.command, one.dropped)).collect::<Vec<_>>(),
            [(said.hash, None)]
        );

        for late in ["a original", "b original", "a rendition"] {
            world.upload(&citizen.report, late.as_bytes()).unwrap();
            assert_eq!(world.record(&citizen.report).case.stage(), Stage::Dispatched, "{late} is not all");
        }
        assert!(world.public(&code).unwrap().pictures.iter().all(|picture| !picture.evidence));
        world.upload(&citizen.report, b"b rendition").unwrap();
        let record = world.record(&citizen.report);
        assert_eq!(record.case.stage(), Stage::Answered);
        assert!(record.pending.is_empty());
        let entry = world.log(&citizen.report).pop().unwrap();
        let (a, b) = (Sha256::of(b"a rendition"), Sha256::of(b"b rendition"));
        assert_eq!(entry.what, What::Answered { assignment: 1, answer: 1, evidence: vec![a, b] });
        assert_eq!(entry.words.as_deref(), Some("Đã san gạt"));
        let shown = world.public(&code).unwrap().pictures;
        let after = shown.iter().filter(|picture| picture.answer == Some((1, 1)));
        assert!(after.map(|picture| picture.hash).eq([a, b]), "renditions alone are shown");
        assert_eq!(world.see(|ledger| ledger.held(&citizen.thumbprint()).unwrap()), citizens);
    });
}

#[test]
fn an_officers_parts_are_that_phones_own_and_its_digest_comes_to_equal() {
    everywhere(|world| {
        let (citizen, ours) = (Phone::new(1), Phone::new(4));
        given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        let said = says(&ours, &citizen.report, answer(&["a"]));
        let name = |bytes: &str| PartName { report: citizen.report, hash: Sha256::of(bytes.as_bytes()) };
        let mut sent = request();
        sent.commands = vec![paht_model::wire::Blob(said.bytes.clone())];
        sent.offers = vec![name("a rendition"), name("a original")];
        let reply = world.sync(&ours.thumbprint(), sent).unwrap();
        assert!(
            reply.transfers.iter().all(|transfer| matches!(transfer, Transfer::At { offset_bytes: 0, .. }))
        );
        assert!(reply.entries.is_empty(), "an officer's phone hears no citizen's timeline");
        let stranger = offers(world, &citizen, &citizen.report, SetDigest::default(), &["a rendition"]).0;
        assert_eq!(stranger, [Transfer::Undeclared], "not even to the citizen");
        let photo = offers(world, &ours, &citizen.report, SetDigest::default(), &["photo"]).0;
        assert_eq!(photo, [Transfer::Undeclared], "nor the citizen's to the officer");

        let mut held = SetDigest::default().toggle(&PartName { report: citizen.report, hash: said.hash });
        assert!(offers(world, &ours, &citizen.report, held, &[]).1);
        world.upload(&citizen.report, b"a rendition").unwrap();
        assert!(!offers(world, &ours, &citizen.report, held, &[]).1, "a receipt is not heard yet");
        let (transfers, equal) = offers(world, &ours, &citizen.report, held, &["a rendition"]);
        assert!(matches!(transfers[0], Transfer::Complete { .. }) && equal);
        held = held.toggle(&name("a rendition"));
        world.upload(&citizen.report, b"a original").unwrap();
        held = held.toggle(&name("a original"));
        assert!(offers(world, &ours, &citizen.report, held, &[]).1);

        let mut itemise = request();
        itemise.itemise = vec![citizen.report];
        let of = |key: KeyThumbprint| {
            let reply = world.sync(&key, itemise.clone()).unwrap();
            reply.itemised[0].hashes.clone()
        };
        assert_eq!(of(ours.thumbprint()).len(), 3);
        assert_eq!(of(citizen.thumbprint()).len(), 1, "the statement alone; the photo has not come");
        assert!(of(Phone::new(9).thumbprint()).is_empty());
    });
}

#[test]
fn an_answer_is_dropped_if_its_share_was_answered_meanwhile_and_the_officer_is_told() {
    everywhere(|world| {
        let (citizen, ours, colleague) = (Phone::new(1), Phone::new(4), Phone::new(5));
        let code = given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        enrol(world, &colleague, AGENCY).unwrap();
        world.take(&says(&ours, &citizen.report, answer(&["mine"]))).unwrap();
        world.take(&says(&colleague, &citizen.report, answer(&["theirs"]))).unwrap();
        let stolen = world.take(&says(&ours, &citizen.report, {
            let mut stolen = piece("x");
            (stolen.rendition.hash, stolen.rendition.bytes) = (Sha256::of(b"photo"), 5);
            Act::Answer { assignment: 1, text: "x".into(), evidence: vec![stolen] }
        }));
        assert_eq!(stolen, Err(Code::ReportCaptureTwice), "the citizen's sealed photo is never shown");
        world.upload(&citizen.report, b"theirs rendition").unwrap();
        assert_eq!(world.record(&citizen.report).case.stage(), Stage::Answered);
        world.upload(&citizen.report, b"mine rendition").unwrap();
        let record = world.record(&citizen.report);
        assert_eq!(record.case.assignments[0].answers, 1);
        assert_eq!((record.pending.len(), record.pending[0].text.as_str()), (1, ""));
        let told = seen(world, &ours).unwrap().cases;
        assert_eq!(told.len(), 1, "told although nothing of it is open");
        assert_eq!(told[0].waiting[0].dropped, Some(Code::CaseState));
        assert!(seen(world, &colleague).unwrap().cases.is_empty());
        assert_eq!(world.take(&says(&ours, &citizen.report, answer(&["late"]))), Err(Code::CaseState));
        world.later(31 * DAY_MS);
        assert!(seen(world, &ours).unwrap().cases.is_empty(), "not for ever");
        assert!(world.public(&code).is_some());
    });
}

#[test]
fn a_newer_answer_takes_the_place_of_one_that_waits() {
    everywhere(|world| {
        let (citizen, ours) = (Phone::new(1), Phone::new(4));
        given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        world.take(&says(&ours, &citizen.report, answer(&["blurred"]))).unwrap();
        world.take(&says(&ours, &citizen.report, answer(&["sharp"]))).unwrap();
        world.upload(&citizen.report, b"blurred rendition").unwrap();
        assert_eq!(world.record(&citizen.report).case.stage(), Stage::Dispatched);
        world.upload(&citizen.report, b"sharp rendition").unwrap();
        assert_eq!(world.record(&citizen.report).case.assignments[0].answers, 1);
        // Reopened, the same photo still proves what it proved.
        let reopen = paht_model::command::Reopening { assignment: 1, reason: "Còn đất".into() };
        world.take(&citizen.say(Body::Reopen(reopen))).unwrap();
        world.take(&says(&ours, &citizen.report, answer(&["sharp"]))).unwrap();
        assert_eq!(
            world.record(&citizen.report).case.assignments[0].answers,
            2,
            "its picture is here already"
        );
    });
}

#[test]
fn a_signed_account_needs_no_photo_and_everything_else_does() {
    everywhere(|world| {
        let signed = world.tenant.categories().iter();
        let account = signed
            .filter(|category| category.evidence == paht_hub::tenant::Evidence::SignedAccount)
            .map(|category| category.code.as_str().to_owned())
            .next()
            .unwrap();
        let ours = Phone::new(4);
        enrol(world, &ours, AGENCY).unwrap();
        for (seed, category, found) in
            [(1, account.as_str(), Ok(Stage::Answered)), (2, "traffic", Err(Code::EvidenceMissing))]
        {
            let citizen = Phone::new(seed);
            given(world, &citizen, category);
            let taken = world.take(&says(&ours, &citizen.report, answer(&[])));
            assert_eq!(taken.map(|_| world.record(&citizen.report).case.stage()), found, "{category}");
        }
    });
}

#[test]
fn an_officer_sees_the_agencys_open_cases_and_nobody_who_sent_them() {
    everywhere(|world| {
        let ours = Phone::new(40);
        enrol(world, &ours, AGENCY).unwrap();
        let (shown, elsewhere, waiting, secret) =
            (Phone::new(1), Phone::new(2), Phone::new(3), Phone::new(5));
        given(world, &shown, "traffic");
        world.take(&shown.say(Body::Identify(b"sealed name".to_vec().into()))).unwrap();
        world.take(&shown.say(world::derivation("photo", PartKind::Preview, "small"))).unwrap();
        world.upload(&shown.report, b"small").unwrap();
        let foreign = elsewhere.reports(world, "traffic", &["photo"]);
        world.operate(&foreign, Action::Dispatch { agency: Some(agency(OTHER)) }).unwrap();
        world.take(&elsewhere.say(world::derivation("photo", PartKind::Preview, "hidden"))).unwrap();
        world.upload(&elsewhere.report, b"hidden").unwrap();
        waiting.reports(world, "traffic", &[]);
        given(world, &secret, "security");

        let cases = seen(world, &ours).unwrap();
        let reports: Vec<ReportId> = cases.cases.iter().map(|case| case.report).collect();
        assert_eq!(reports.len(), 2, "{reports:?}");
        assert!(
            reports.contains(&shown.report) && reports.contains(&secret.report),
            "its own, though confidential"
        );
        let case = cases.cases.iter().find(|case| case.report == shown.report).unwrap();
        assert_eq!((case.shares.len(), case.shares[0].state), (1, ShareState::Dispatched));
        assert_eq!(
            case.pictures.iter().map(|picture| picture.hash).collect::<Vec<_>>(),
            [Sha256::of(b"small")]
        );
        assert!(case.timeline.iter().all(|entry| !matches!(entry.what, What::Arrived { .. })));
        assert!(!format!("{cases:?}").contains(&format!("{:?}", shown.thumbprint())));

        let look = |officer: &Phone, of: &Phone, bytes: &[u8]| {
            let part = of.part(bytes);
            world.decide(|ledger, _| officer::picture(ledger, &officer.thumbprint(), &part).map(|_| ()))
        };
        assert_eq!(look(&ours, &shown, b"small"), Ok(()));
        assert_eq!(look(&ours, &shown, b"photo"), Err(Code::NotFound), "an original is nobody's to see");
        assert_eq!(look(&ours, &elsewhere, b"hidden"), Err(Code::CaseUnknown));
        assert_eq!(look(&shown, &shown, b"small"), Err(Code::OfficerUnknown));
        assert_eq!(seen(world, &shown), Err(Code::OfficerUnknown));
        world.take(&shown.say(Body::Withdraw)).unwrap();
        assert_eq!(look(&ours, &shown, b"small"), Err(Code::CaseUnknown), "taken back is taken back");
        assert_eq!(seen(world, &ours).unwrap().cases.len(), 1);
        let held = world.record(&waiting.report).case.publication;
        assert_eq!(held, Publication::Held, "and never among them");
    });
}

#[test]
fn what_an_officer_declared_may_come_from_the_desk_as_well() {
    everywhere(|world| {
        let (citizen, ours) = (Phone::new(1), Phone::new(4));
        let code = given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        world.take(&says(&ours, &citizen.report, answer(&["a"]))).unwrap();
        let of = Sha256::of(b"a original");
        let part = evidence("a rendition", PartKind::Rendition, Some(of));
        let declare = |part| {
            world.decide(|ledger, hub| paht_hub::casework::declare_evidence(ledger, hub, &code, &[part]))
        };
        declare(part).unwrap();
        world.upload(&citizen.report, b"a rendition").unwrap();
        assert_eq!(world.record(&citizen.report).case.stage(), Stage::Answered);
        let reply = offers(world, &ours, &citizen.report, SetDigest::default(), &["a rendition"]).0;
        assert!(matches!(reply[0], Transfer::Complete { .. }), "the phone has its receipt");
    });
}

/// An officer answers with a file that the citizen or a colleague has sent, two files of one picture, or the same again: the
/// answer happens, and each phone comes to hold just what it sent.
#[test]
fn an_answer_may_show_what_somebody_else_has_sent() {
    everywhere(|world| {
        let (citizen, ours, colleague) = (Phone::new(1), Phone::new(4), Phone::new(5));
        let code = given(world, &citizen, "traffic");
        enrol(world, &ours, AGENCY).unwrap();
        enrol(world, &colleague, AGENCY).unwrap();
        world.take(&citizen.say(derivation("photo", PartKind::Rendition, "picture"))).unwrap();
        world.upload(&citizen.report, b"picture").unwrap();
        let shows = |of: &str| {
            let mut piece = piece("x");
            (piece.hash, piece.bytes) = (Sha256::of(of.as_bytes()), of.len() as u64);
            (piece.rendition.hash, piece.rendition.bytes) = (Sha256::of(b"picture"), 7);
            piece
        };
        let answer = |files: &[&str]| Act::Answer {
            assignment: 1,
            text: "Đã san gạt".into(),
            evidence: files.iter().map(|of| shows(of)).collect(),
        };
        let said = says(&ours, &citizen.report, answer(&["photo", "edited"]));
        world.take(&said).unwrap();
        assert_eq!(world.record(&citizen.report).case.stage(), Stage::Answered, "the picture is here");
        let name = |bytes: &str| PartName { report: citizen.report, hash: Sha256::of(bytes.as_bytes()) };
        let complete = |transfers: &[Transfer]| {
            transfers.iter().filter(|transfer| matches!(transfer, Transfer::Complete { .. })).count()
        };
        let said = PartName { report: citizen.report, hash: said.hash };
        let mut held = SetDigest::default().toggle(&said);
        let (transfers, equal) = offers(world, &ours, &citizen.report, held, &["picture", "photo"]);
        assert_eq!((complete(&transfers), equal), (1, true), "{transfers:?}");
        held = held.toggle(&name("picture"));
        // The photo itself comes from either of them, and counts for both.
        world.upload(&citizen.report, b"photo").unwrap();
        for phone in [&ours, &citizen] {
            let before = world.see(|ledger| ledger.held(&phone.thumbprint()).unwrap());
            let (transfers, _) = offers(world, phone, &citizen.report, held, &["photo", "picture"]);
            assert_eq!(complete(&transfers), 2);
            let after = world.see(|ledger| ledger.held(&phone.thumbprint()).unwrap());
            assert_eq!(before, after, "counted once");
        }
        held = held.toggle(&name("photo"));
        world.upload(&citizen.report, b"edited").unwrap();
        held = held.toggle(&name("edited"));
        assert!(offers(world, &ours, &citizen.report, held, &[]).1);
        assert_eq!(world.see(|ledger| ledger.held_of(&citizen.report, &ours.thumbprint()).unwrap()).len(), 4);

        let reopen = paht_model::command::Reopening { assignment: 1, reason: "Còn đất".into() };
        world.take(&citizen.say(Body::Reopen(reopen))).unwrap();
        world.take(&says(&colleague, &citizen.report, answer(&["edited"]))).unwrap();
        assert_eq!(world.record(&citizen.report).case.assignments[0].answers, 2);
        let strange = offers(world, &Phone::new(9), &citizen.report, SetDigest::default(), &["picture"]).0;
        assert_eq!(strange, [Transfer::Undeclared], "to nobody else");
        let gallery = world.public(&code).unwrap().pictures;
        let of: Vec<_> = gallery.iter().filter(|one| one.evidence).map(|one| (one.answer, one.of)).collect();
        let (photo, edited) = (Some(name("photo").hash), Some(name("edited").hash));
        let (first, second) = (Some((1, 1)), Some((1, 2)));
        assert_eq!(
            of.iter().filter(|one| [(first, photo), (first, edited)].contains(one)).count(),
            2,
            "{of:?}"
        );
        assert!(of.contains(&(second, edited)), "{of:?}");
    });
}
