//! Goal: a case goes only where its picture in `case.rs` has an arrow, whatever entries come.
//! Method: random entries are applied to random cases; what must hold is checked after each.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use paht_model::case::{Assignment, AssignmentState, Case, Stage};
use paht_model::ids::{AgencyId, CaseCode, CategoryCode, Sha256};
use paht_model::part::PartKind;
use paht_model::time::UnixMs;
use paht_model::timeline::{Carrier, Entry, Publication, Speaker, What};
use proptest::prelude::*;

fn code(text: &str) -> CaseCode {
    CaseCode::parse(text).unwrap()
}

fn any_what() -> impl Strategy<Value = What> {
    let number = 1_u16..4;
    let agency = (0_u8..3).prop_map(|n| AgencyId::parse(&format!("agency-{n}")).unwrap());
    let due = (0_i64..1_000).prop_map(UnixMs::from_millis);
    prop_oneof![
        1 => Just(What::Received { case: code("HUE-2") }),
        1 => Just(What::Classified { category: CategoryCode::parse("traffic").unwrap(), area: None }),
        1 => Just(What::Refused),
        1 => Just(What::Duplicate { of: code("HUE-3") }),
        8 => (number.clone(), agency, due.clone())
            .prop_map(|(assignment, agency, due)| What::Dispatched { assignment, agency, due }),
        3 => number.clone().prop_map(|assignment| What::InProgress { assignment }),
        3 => number.clone().prop_map(|assignment| What::Returned { assignment }),
        8 => (number.clone(), 1_u16..4).prop_map(|(assignment, answer)| What::Answered {
            assignment,
            answer,
            evidence: vec![Sha256::of(b"after")],
        }),
        3 => number.clone().prop_map(|assignment| What::Closed { assignment }),
        4 => (number.clone(), 1_u16..4, 1_u8..6)
            .prop_map(|(assignment, answer, grade)| What::Rated { assignment, answer, grade }),
        4 => (number.clone(), due.clone()).prop_map(|(assignment, due)| What::Reopened { assignment, due }),
        4 => (number.clone(), due.clone())
            .prop_map(|(assignment, until)| What::TimeAsked { assignment, until }),
        4 => (number, due).prop_map(|(assignment, due)| What::TimeGiven { assignment, due }),
        1 => Just(What::Commented { by: Speaker::Citizen }),
        1 => Just(What::Edited),
        1 => Just(What::Carried { by: Carrier::Sms }),
        1 => Just(What::Withdrawn),
        1 => Just(What::Arrived { part: PartKind::Original, hash: Sha256::of(b"photo") }),
        1 => Just(What::Published { to: Publication::Public }),
        1 => Just(What::Unknown { code: 99 }),
    ]
}

fn begun() -> Case {
    let entry =
        Entry { at: UnixMs::from_millis(1), what: What::Received { case: code("HUE-1") }, words: None };
    Case::begin(&entry).unwrap()
}

/// The arrows of the picture, for one share.
fn may_follow(before: &Assignment, after: &Assignment) -> bool {
    use AssignmentState as S;
    before.state == after.state
        || matches!(
            (before.state, after.state),
            (S::Dispatched, S::InProgress | S::Returned | S::Answered)
                | (S::InProgress, S::Returned | S::Answered)
                | (S::Answered, S::Closed | S::Dispatched)
                | (S::Closed, S::Dispatched)
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_case_keeps_its_laws(whats in prop::collection::vec(any_what(), 0..60)) {
        let mut case = begun();
        for (at, what) in whats.into_iter().enumerate() {
            let entry = Entry { at: UnixMs::from_millis(i64::try_from(at).unwrap()), what, words: None };
            let before = case.clone();
            if case.apply(&entry).is_err() {
                prop_assert_eq!(&case, &before, "an illegal entry left a trace");
                continue;
            }
            prop_assert_eq!(&case.code, &before.code, "a case keeps its code");
            prop_assert!(before.ended.is_none() || case.ended == before.ended, "an end is final");
            prop_assert!(case.assignments.len() >= before.assignments.len());
            for (old, new) in before.assignments.iter().zip(&case.assignments) {
                prop_assert!(may_follow(old, new), "{:?} -> {:?}", old.state, new.state);
                prop_assert_eq!(old.first_due, new.first_due, "the first deadline stays on record");
                prop_assert_eq!(&old.agency, &new.agency);
                let moved_by = matches!(entry.what, What::TimeGiven { .. } | What::Reopened { .. });
                prop_assert!(old.due == new.due || moved_by, "nothing else moves a deadline");
                let given = matches!(entry.what, What::TimeGiven { .. });
                prop_assert!(!given || new.due >= old.due, "time is given, never taken");
                let works = matches!(new.state, AssignmentState::Dispatched | AssignmentState::InProgress);
                prop_assert!(new.asked.is_none_or(|until| works && until > new.due), "a wish is for later");
                prop_assert!(new.reopened >= old.reopened && new.answers >= old.answers);
            }
            let owes = case.assignments.iter().any(|a| {
                matches!(a.state, AssignmentState::Dispatched | AssignmentState::InProgress)
            });
            let settled = matches!(case.stage(), Stage::Answered | Stage::Closed);
            prop_assert!(!(owes && settled), "nothing is settled while an agency owes an answer");
            for (at, share) in case.assignments.iter().enumerate() {
                prop_assert_eq!(usize::from(share.number), at + 1);
            }
        }
    }
}

#[test]
fn a_wish_for_time_is_replaced_then_granted_and_the_first_deadline_stays() {
    let at = |ms| UnixMs::from_millis(ms);
    let mut case = begun();
    let mut take = |what| {
        let taken = case.apply(&Entry { at: at(2), what, words: None });
        taken.map(|()| case.assignments.first().cloned())
    };
    let agency = AgencyId::parse("agency-0").unwrap();
    assert!(take(What::TimeAsked { assignment: 1, until: at(90) }).is_err(), "nobody has it yet");
    take(What::Dispatched { assignment: 1, agency, due: at(50) }).unwrap();
    for earlier in [49, 50] {
        assert!(take(What::TimeAsked { assignment: 1, until: at(earlier) }).is_err());
        assert!(take(What::TimeGiven { assignment: 1, due: at(earlier) }).is_err());
    }
    for until in [90, 80] {
        let share = take(What::TimeAsked { assignment: 1, until: at(until) }).unwrap().unwrap();
        assert_eq!((share.asked, share.due), (Some(at(until)), at(50)), "a wish moves nothing");
    }
    let share = take(What::TimeGiven { assignment: 1, due: at(70) }).unwrap().unwrap();
    assert_eq!((share.first_due, share.due, share.asked), (at(50), at(70), None));
    take(What::TimeAsked { assignment: 1, until: at(95) }).unwrap();
    let share = take(What::Answered { assignment: 1, answer: 1, evidence: Vec::new() }).unwrap().unwrap();
    assert_eq!(share.asked, None, "an answer ends the wish");
    assert!(take(What::TimeGiven { assignment: 1, due: at(99) }).is_err(), "nothing is owed any more");
}
