//! Goal: whatever phones, operators and agencies do, in whatever order, the laws hold. Method: random sequences of
//! commands, actions, uploads and ticks, over the memory store and over SQLite, which must end alike.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use std::collections::BTreeMap;

use paht_hub::casework::{Action, Actor, tick};
use paht_model::case::{Case, Stage};
use paht_model::command::{Body, Rating, Reopening, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, ReportId, Sha256};
use paht_model::part::PartKind;
use paht_model::statement::Edit;
use paht_model::timeline::{Publication, What};
use paht_store::listing::ListQuery;
use proptest::prelude::*;
use world::{Phone, World, agency, derivation};

const PHONES: u8 = 3;
const CATEGORIES: [&str; 4] = ["traffic", "security", "urban", "tourism"];
const AGENCIES: [&str; 3] = ["so-xay-dung", "so-y-te", "ioc-hue"];
const TEXTS: [&str; 3] = ["Ổ gà lớn", "Sạt lở chắn ngang đường", ""];

/// Something that happens to one of the reports.
#[derive(Debug, Clone)]
enum Step {
    Command(u8, Saying),
    Replay(usize),
    Upload(u8, usize),
    Operate(u8, Doing),
    Agency(u8, usize, Doing),
    Tick(u8),
    Wait(i64),
}

/// What a phone may say.
#[derive(Debug, Clone)]
enum Saying {
    Report { category: usize, text: usize },
    Edit { category: usize, text: usize },
    Comment,
    Rate { assignment: u16, answer: u16, grade: u8 },
    Reopen { assignment: u16 },
    Withdraw,
    Derive { kind: usize },
    Identify,
}

/// What may be done to a case.
#[derive(Debug, Clone)]
enum Doing {
    Dispatch(Option<usize>),
    Start(u16),
    Return(u16),
    Answer { assignment: Option<u16>, with_evidence: bool },
    Refuse,
    Duplicate(u8),
    Close(u16),
    Comment,
    Publish(usize),
    Classify(usize),
}

fn saying() -> impl Strategy<Value = Saying> {
    prop_oneof![
        4 => (0..CATEGORIES.len(), 0..2_usize).prop_map(|(category, text)| Saying::Report { category, text }),
        1 => (0..CATEGORIES.len(), 0..TEXTS.len()).prop_map(|(category, text)| Saying::Edit { category, text }),
        1 => Just(Saying::Comment),
        3 => (1..4_u16, 1..3_u16, 0..7_u8)
            .prop_map(|(assignment, answer, grade)| Saying::Rate { assignment, answer, grade }),
        3 => (1..4_u16).prop_map(|assignment| Saying::Reopen { assignment }),
        1 => Just(Saying::Withdraw),
        1 => (0..3_usize).prop_map(|kind| Saying::Derive { kind }),
        1 => Just(Saying::Identify),
    ]
}

fn doing() -> impl Strategy<Value = Doing> {
    let answer = (prop::option::of(1..4_u16), any::<bool>());
    prop_oneof![
        4 => prop::option::of(0..AGENCIES.len()).prop_map(Doing::Dispatch),
        2 => (1..4_u16).prop_map(Doing::Start),
        1 => (1..4_u16).prop_map(Doing::Return),
        6 => answer.prop_map(|(assignment, with_evidence)| Doing::Answer { assignment, with_evidence }),
        1 => Just(Doing::Refuse),
        1 => (0..PHONES).prop_map(Doing::Duplicate),
        1 => (1..4_u16).prop_map(Doing::Close),
        1 => Just(Doing::Comment),
        2 => (0..3_usize).prop_map(Doing::Publish),
        1 => (0..CATEGORIES.len()).prop_map(Doing::Classify),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..PHONES, saying()).prop_map(|(phone, saying)| Step::Command(phone, saying)),
        2 => any::<usize>().prop_map(Step::Replay),
        2 => (0..PHONES, 0..3_usize).prop_map(|(phone, which)| Step::Upload(phone, which)),
        6 => (0..PHONES, doing()).prop_map(|(phone, doing)| Step::Operate(phone, doing)),
        3 => (0..PHONES, 0..AGENCIES.len(), doing()).prop_map(|(phone, who, doing)| Step::Agency(phone, who, doing)),
        1 => (0..PHONES).prop_map(Step::Tick),
        2 => (0..20 * world::DAY_MS).prop_map(Step::Wait),
    ]
}

/// A world with its phones, and every command that was ever stored with its receipt.
struct Play {
    world: World,
    phones: Vec<Phone>,
    stored: Vec<(SignedCommand, Vec<u8>)>,
    photos: u32,
}

impl Play {
    fn new(world: World) -> Self {
        let phones = (1..=PHONES).map(Phone::new).collect();
        Self { world, phones, stored: Vec::new(), photos: 0 }
    }

    fn code(&self, phone: u8) -> Option<CaseCode> {
        let report = self.phones[usize::from(phone)].report;
        self.world.see(|ledger| ledger.case(&report).unwrap()).map(|record| record.case.code)
    }

    fn traces(&self) -> Vec<String> {
        self.phones.iter().map(|phone| self.world.traces(&phone.report, &phone.thumbprint())).collect()
    }

    fn take(&mut self, step: &Step) -> Result<(), Code> {
        match step {
            Step::Command(phone, saying) => {
                let phone = &self.phones[usize::from(*phone)];
                let signed = phone.say(body(phone, saying));
                let receipt = self.world.take(&signed)?;
                self.stored.push((signed, receipt));
                Ok(())
            }
            Step::Replay(which) => {
                let Some(at) = which.checked_rem(self.stored.len()) else { return Ok(()) };
                let (signed, receipt) = &self.stored[at];
                assert_eq!(self.world.take(signed).as_ref(), Ok(receipt));
                Ok(())
            }
            Step::Upload(phone, which) => {
                let bytes = ["original", "preview", "undeclared"][*which];
                let phone = &self.phones[usize::from(*phone)];
                if self.world.shelf.is_whole(&phone.part(bytes.as_bytes())).unwrap() {
                    return Ok(());
                }
                self.world.upload(&phone.report, bytes.as_bytes()).map(|_| ())
            }
            Step::Operate(phone, doing) => self.act(*phone, &Actor::Operator, doing),
            Step::Agency(phone, who, doing) => {
                self.act(*phone, &Actor::Agency(agency(AGENCIES[*who])), doing)
            }
            Step::Tick(phone) => {
                let report = self.phones[usize::from(*phone)].report;
                self.world.decide(|ledger, hub| tick(ledger, hub, &report))
            }
            Step::Wait(millis) => {
                self.world.later(*millis);
                Ok(())
            }
        }
    }

    fn act(&mut self, phone: u8, actor: &Actor, doing: &Doing) -> Result<(), Code> {
        let Some(code) = self.code(phone) else { return Ok(()) };
        let report = self.phones[usize::from(phone)].report;
        let mut evidence = Vec::new();
        if matches!(doing, Doing::Answer { with_evidence: true, .. })
            && self.world.record(&report).case.stage() != Stage::Withdrawn
        {
            self.photos += 1;
            // A picture uploaded for an answer that is then refused stays, so this is no part of the step's trace.
            evidence.push(self.world.after_photo(&report, &code, &format!("photo {}", self.photos)));
        }
        let other = |phone: u8| self.code(phone).unwrap_or_else(|| CaseCode::parse("HUE-NONE").unwrap());
        let before = self.traces();
        let done = self.world.act(&code, actor, &action(doing, evidence, other));
        if done.is_err() {
            assert_eq!(self.traces(), before, "{doing:?}");
        }
        done.map(|record| assert_eq!(record, self.world.record(&report)))
    }
}

fn body(phone: &Phone, saying: &Saying) -> Body {
    match *saying {
        Saying::Report { category, text } => {
            Body::Report(phone.statement(CATEGORIES[category], TEXTS[text], &["original"]))
        }
        Saying::Edit { category, text } => Body::Edit(Edit {
            category: Some(CategoryCode::parse(CATEGORIES[category]).unwrap()),
            text: Some(TEXTS[text].into()),
            place: None,
        }),
        Saying::Comment => Body::Comment("lời".into()),
        Saying::Rate { assignment, answer, grade } => {
            Body::Rate(Rating { assignment, answer, grade, text: String::new() })
        }
        Saying::Reopen { assignment } => Body::Reopen(Reopening { assignment, reason: "chưa".into() }),
        Saying::Withdraw => Body::Withdraw,
        Saying::Derive { kind } => {
            let kind = [PartKind::Preview, PartKind::Rendition, PartKind::Original][kind];
            derivation("original", kind, "preview")
        }
        Saying::Identify => Body::Identify(vec![1].into()),
    }
}

fn action(doing: &Doing, evidence: Vec<Sha256>, other: impl Fn(u8) -> CaseCode) -> Action {
    let text = || "lời".to_owned();
    match *doing {
        Doing::Dispatch(to) => Action::Dispatch { agency: to.map(|to| agency(AGENCIES[to])) },
        Doing::Start(assignment) => Action::Start { assignment },
        Doing::Return(assignment) => Action::Return { assignment, reason: text() },
        Doing::Answer { assignment, .. } => Action::Answer { assignment, text: text(), evidence },
        Doing::Refuse => Action::Refuse { reason: text() },
        Doing::Duplicate(of) => Action::Duplicate { of: other(of) },
        Doing::Close(assignment) => Action::Close { assignment },
        Doing::Comment => Action::Comment { text: text() },
        Doing::Publish(to) => {
            Action::Publish { to: [Publication::Held, Publication::Public, Publication::TakenDown][to] }
        }
        Doing::Classify(to) => Action::Classify { category: CategoryCode::parse(CATEGORIES[to]).unwrap() },
    }
}

/// What the laws say of any record, at any time.
fn check(play: &Play) {
    let Play { world, phones, .. } = play;
    let listed = world.store.list(&ListQuery::default()).unwrap().items;
    for phone in phones {
        let Some(record) = world.see(|ledger| ledger.case(&phone.report).unwrap()) else { continue };
        let log = world.log(&phone.report);
        assert_eq!(Case::fold(&log).unwrap().as_ref(), Some(&record.case));
        let (told, _) = world.see(|ledger| ledger.told(&phone.thumbprint(), 0, 10_000).unwrap());
        let mut next: BTreeMap<ReportId, u32> = BTreeMap::new();
        for told in &told {
            let number = next.entry(told.report).or_insert(0);
            *number += 1;
            assert_eq!(told.number, *number);
        }
        let public = world.public(&record.case.code);
        assert_eq!(public.is_some(), listed.iter().any(|item| item.code == record.case.code));
        if let Some(public) = public {
            let confidential = record.case.category.as_ref().map(CategoryCode::as_str) == Some("security");
            assert!(!confidential && record.case.stage() != Stage::Withdrawn);
            assert!(public.pictures.iter().all(|picture| picture.kind != PartKind::Original));
        }
        let evident = |entry: &paht_model::timeline::Entry| match &entry.what {
            What::Answered { evidence, .. } => evidence.iter().all(|hash| record.case.arrived.contains(hash)),
            _ => true,
        };
        assert!(log.iter().all(evident));
    }
}

/// Plays all steps, checking after each; gives what is written down at the end.
fn play(world: World, steps: &[Step]) -> Vec<String> {
    let mut play = Play::new(world);
    for step in steps {
        let before = play.traces();
        let logs: Vec<_> = play.phones.iter().map(|phone| play.world.log(&phone.report)).collect();
        if play.take(step).is_err() && !matches!(step, Step::Operate(..) | Step::Agency(..)) {
            assert_eq!(play.traces(), before, "{step:?} was refused");
        }
        for (phone, log) in play.phones.iter().zip(logs) {
            assert_eq!(play.world.log(&phone.report)[..log.len()], log, "history was rewritten");
        }
        check(&play);
    }
    let end = play.traces();
    play.world.later(world::DAY_MS);
    for (signed, receipt) in &play.stored {
        assert_eq!(play.world.take(signed).as_ref(), Ok(receipt));
    }
    assert_eq!(play.traces(), end, "a replay changed something");
    end
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_laws_hold_whatever_happens(steps in prop::collection::vec(step(), 0..80)) {
        play(World::in_memory(), &steps);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_sqlite_end_alike(steps in prop::collection::vec(step(), 0..50)) {
        let folder = tempfile::tempdir().unwrap();
        let on_disk = play(World::on_disk(folder.path()), &steps);
        prop_assert_eq!(play(World::in_memory(), &steps), on_disk);
    }
}
