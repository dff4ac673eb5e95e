//! Goal: reports by SMS, over memory and SQLite: one case each however the messages come, joined by their statement,
//! and what cannot be trusted kept for a person without a word.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::casework::Action;
use paht_hub::message::{CASES_PER_DAY_MAX, Message, REPLIES_PER_DAY_MAX, Taken, take_message};
use paht_hub::ports::SenderMark;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, TenantId};
use paht_model::sms::{CheckKey, Digest, Tag, encode};
use paht_model::timeline::{Carrier, Publication, What};
use world::{DAY_MS, Phone, START, World, a_luoi, everywhere, request, tenant_id};

const LAN: SenderMark = SenderMark::from_bytes([1; 16]);
const BINH: SenderMark = SenderMark::from_bytes([2; 16]);

fn key_of(sender: SenderMark) -> CheckKey {
    let mut key = [0; 32];
    key[..16].copy_from_slice(sender.as_bytes());
    CheckKey::from_bytes(key)
}

impl World {
    fn hears(&self, sender: SenderMark, text: &str) -> Result<Taken, Code> {
        let (sealed, key) = (b"sealed number".to_vec(), key_of(sender));
        let message = Message { sender, sealed, key, text: text.into() };
        self.decide(|ledger, hub| take_message(ledger, hub, &message))
    }

    fn begun(&self, sender: SenderMark, text: &str) -> CaseCode {
        match self.hears(sender, text) {
            Ok(Taken::Begun { case, .. }) => case,
            other => panic!("{other:?}"),
        }
    }

    fn by_code(&self, code: &CaseCode) -> paht_hub::ports::CaseRecord {
        self.see(|ledger| ledger.case_by_code(code).unwrap().unwrap())
    }
}

fn digest(phone: &Phone, category: &str, text: &str) -> Digest {
    Digest {
        tenant: tenant_id(),
        tag: Tag::of(&phone.thumbprint(), &phone.report),
        category: CategoryCode::parse(category).unwrap(),
        place: Some(a_luoi().point),
        at: START,
        text: text.into(),
    }
}

/// Longer than one message carries.
fn long() -> String {
    "Đường vào thôn bị sạt lở nặng, đá lấp kín cả hai làn, xe máy không qua được. ".repeat(12)
}

#[test]
fn one_message_makes_one_unverified_case_and_is_answered_once() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let text = encode(&digest(&phone, "traffic", "Ổ gà lớn trước chợ"), None).unwrap().remove(0);
        let Ok(Taken::Begun { case, reply: true }) = world.hears(LAN, &text) else { panic!() };
        assert_eq!(world.hears(LAN, &text), Ok(Taken::Known { case: case.clone() }), "doubled on the way");
        let record = world.by_code(&case);
        assert_eq!(record.text, "Ổ gà lớn trước chợ");
        assert!(record.place.unwrap().point.metres_to(a_luoi().point) < 10.0);
        assert_eq!(record.case.category, Some(CategoryCode::parse("traffic").unwrap()));
        assert!(record.case.is_unverified() && record.case.carriers == [Carrier::Sms]);
        assert_eq!(record.sender.as_deref(), Some(&b"sealed number"[..]));
        assert_eq!(world.public(&case), None);
    });
}

#[test]
fn parts_come_in_any_order_and_twice_mixed_with_others() {
    everywhere(|world| {
        let (one, other) = (Phone::new(1), Phone::new(2));
        let parts = encode(&digest(&one, "traffic", &long()), None).unwrap();
        let others = encode(&digest(&other, "urban", &long()), None).unwrap();
        assert!(parts.len() > 2);
        let (last, first) = parts.split_last().unwrap();
        assert!(matches!(world.hears(LAN, last), Ok(Taken::Waits { have: 1, .. })));
        assert!(matches!(world.hears(LAN, last), Ok(Taken::Waits { have: 1, .. })));
        assert!(matches!(world.hears(LAN, &others[0]), Ok(Taken::Waits { have: 1, .. })));
        // Somebody else's number never completes hers.
        assert!(matches!(world.hears(BINH, &first[0]), Ok(Taken::Waits { have: 1, .. })));
        let mut taken = Vec::new();
        for part in first.iter().rev() {
            taken.push(world.hears(LAN, part).unwrap());
        }
        let Some(Taken::Begun { case, .. }) = taken.pop() else { panic!("{taken:?}") };
        assert_eq!(world.by_code(&case).text, long());
        assert!(matches!(world.hears(LAN, &parts[0]), Ok(Taken::Waits { have: 1, .. })), "late and doubled");
    });
}

#[test]
fn the_statement_joins_the_case_and_the_phone_hears_all_of_it() {
    everywhere(|world| {
        let (earlier, phone) = (Phone::new(7), Phone::new(1));
        let first = phone_of(&earlier, &phone);
        first.reports(world, "traffic", &[]);
        let text = encode(&digest(&phone, "traffic", "Ổ gà lớn"), None).unwrap().remove(0);
        let case = world.begun(LAN, &text);
        world.operate(&case, Action::Dispatch { agency: None }).unwrap();
        assert_eq!(world.public(&case), None, "nobody has signed for it");
        assert_eq!(phone.reports(world, "traffic", &["photo"]), case);
        let record = world.record(&phone.report);
        assert!(!record.case.is_unverified());
        assert_eq!(record.case.stage(), Stage::Dispatched, "the agency and its deadline stay");
        assert_eq!(record.case.publication, Publication::Public);
        assert_eq!(record.text, "Mặt đường có ổ gà lớn");
        assert_eq!(record.sender.as_deref(), Some(&b"sealed number"[..]), "who wrote can be called");
        let reply = world.sync(&phone.thumbprint(), request()).unwrap();
        let told: Vec<_> = reply.entries.iter().filter(|told| told.report == phone.report).collect();
        assert!(matches!(&told[0].entry.what, What::Received { case: said } if *said == case));
        let numbers: Vec<u32> = told.iter().map(|told| told.number).collect();
        assert_eq!(numbers, (1..=u32::try_from(told.len()).unwrap()).collect::<Vec<_>>());
        assert!(told.iter().any(|told| told.entry.what == What::Carried { by: Carrier::Http }));
        // The message again, late: the case is known, and nothing is said.
        assert_eq!(world.hears(BINH, &text), Ok(Taken::Known { case: case.clone() }));
        world.upload(&phone.report, b"photo").unwrap();
        assert_eq!(world.record(&phone.report).case.arrived.len(), 1);
    });
}

/// A phone of this key with another report.
fn phone_of(report: &Phone, key: &Phone) -> Phone {
    let mut phone = Phone::new(9);
    phone.report = report.report;
    phone.key = key.key.clone();
    phone
}

#[test]
fn a_statement_does_not_join_what_an_operator_ended() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let text = encode(&digest(&phone, "traffic", "Ổ gà lớn"), None).unwrap().remove(0);
        let case = world.begun(LAN, &text);
        world.operate(&case, Action::Refuse { reason: "Không rõ".into() }).unwrap();
        assert_ne!(phone.reports(world, "traffic", &[]), case);
        assert_eq!(world.by_code(&case).case.stage(), Stage::Refused);
    });
}

#[test]
fn a_message_after_its_statement_makes_nothing() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let case = phone.reports(world, "traffic", &[]);
        let text = encode(&digest(&phone, "traffic", "Ổ gà lớn"), None).unwrap().remove(0);
        let before = world.whats(&phone.report);
        assert_eq!(world.hears(LAN, &text), Ok(Taken::Known { case }));
        assert_eq!(world.whats(&phone.report), before);
    });
}

#[test]
fn a_villagers_own_words_become_a_case_for_an_operator_to_complete() {
    everywhere(|world| {
        let words = "Bao cong an xa, nha toi o thon A Ngo bi nuoc cuon troi mat cay cau go";
        let case = world.begun(BINH, words);
        assert_eq!(
            world.hears(BINH, words),
            Ok(Taken::Known { case: case.clone() }),
            "the gateway asked again"
        );
        let record = world.by_code(&case);
        assert_eq!((record.text.as_str(), record.place, &record.case.category), (words, None, &None));
        assert_eq!(record.case.carriers, [Carrier::Text]);
        assert_eq!(world.public(&case), None);
        let dispatched = world.operate(&case, Action::Dispatch { agency: None });
        assert!(dispatched.is_err(), "nobody knows what it is about");
        let at = a_luoi().point;
        world.operate(&case, Action::Locate { at }).unwrap();
        let category = CategoryCode::parse("traffic").unwrap();
        world.operate(&case, Action::Classify { category }).unwrap();
        let record = world.operate(&case, Action::Dispatch { agency: None }).unwrap();
        assert!(record.case.area.is_some());
        assert_eq!(record.case.publication, Publication::Held, "an operator may still publish it");
        world.operate(&case, Action::Publish { to: Publication::Public }).unwrap();
        assert!(world.public(&case).is_some());
        world.later(DAY_MS);
        assert_ne!(world.begun(BINH, words), case, "the same words of another day");
    });
}

#[test]
fn what_cannot_be_trusted_or_read_waits_for_a_person_without_a_word() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let said = digest(&phone, "traffic", "Ổ gà lớn");
        let guessed = encode(&said, Some(&key_of(BINH))).unwrap().remove(0);
        for _ in 0..2 {
            assert_eq!(
                world.hears(LAN, &guessed),
                Ok(Taken::Quarantined { why: Code::SmsCheck }),
                "and again"
            );
        }
        let damaged = guessed.replacen(&guessed[20..21], if &guessed[20..21] == "A" { "B" } else { "A" }, 1);
        assert_eq!(world.hears(LAN, &damaged), Ok(Taken::Quarantined { why: Code::SmsDamaged }));
        let elsewhere = Digest { tenant: TenantId::parse("quangtri").unwrap(), ..said.clone() };
        let elsewhere = encode(&elsewhere, None).unwrap().remove(0);
        assert_eq!(world.hears(LAN, &elsewhere), Ok(Taken::Quarantined { why: Code::TenantUnknown }));
        assert_eq!(world.hears(LAN, "  "), Err(Code::TextMissing));
        let kept = world.see(|ledger| ledger.quarantined(9).unwrap());
        assert_eq!(
            kept.iter().map(|kept| kept.text.as_str()).collect::<Vec<_>>(),
            [elsewhere, damaged, guessed]
        );
        assert!(kept.iter().all(|kept| kept.sealed == b"sealed number"));
        let gone = world.decide(|ledger, _| Ok(ledger.dismiss(kept[0].number)?));
        assert_eq!(gone, Ok(true));
        assert_eq!(world.see(|ledger| ledger.quarantined(9).unwrap()).len(), 2);
        let right = encode(&said, Some(&key_of(LAN))).unwrap().remove(0);
        world.begun(LAN, &right);
    });
}

#[test]
fn replies_and_cases_of_one_number_are_limited_by_the_day() {
    everywhere(|world| {
        let mut replies = 0;
        for number in 0..CASES_PER_DAY_MAX {
            match world.hears(LAN, &format!("Đèn đường số {number} hỏng")).unwrap() {
                Taken::Begun { reply, .. } => replies += usize::from(reply),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(replies, REPLIES_PER_DAY_MAX);
        assert_eq!(world.hears(LAN, "Một việc nữa"), Ok(Taken::Quarantined { why: Code::TooMany }));
        world.begun(BINH, "Người khác thì được");
        world.later(DAY_MS + 1);
        assert!(matches!(world.hears(LAN, "Hôm sau"), Ok(Taken::Begun { reply: true, .. })));
    });
}

#[test]
fn danger_reaches_the_agency_at_once_and_the_public_not() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let said = "Sạt lở núi, có người bị vùi lấp, cần cứu nạn khẩn cấp";
        let case = world.begun(LAN, &encode(&digest(&phone, "traffic", said), None).unwrap()[0]);
        let record = world.by_code(&case);
        assert!(record.advice.urgent);
        assert_eq!((record.case.stage(), record.case.publication), (Stage::Dispatched, Publication::Held));
    });
}

#[test]
fn danger_in_plain_words_reaches_the_agency_at_once_whatever_letters_it_is_written_with() {
    let written = [
        "Đang cháy rừng ở A Lưới, cứu",
        "Đang cha\u{301}y ru\u{31b}\u{300}ng o\u{31b}\u{309} A Lu\u{31b}\u{301}i",
        "Đang ch\u{200b}áy rừng ở A Lưới",
        "\u{feff}Cháy\u{ad} ở chợ",
        "dang chay rung o A Luoi, cuu",
        "nha toi bi sap, cuu voi",
        "SAT LO NUI O HONG VAN",
        "Có hung khí",
    ];
    everywhere(|world| {
        for said in written {
            world.later(DAY_MS);
            let record = world.by_code(&world.begun(LAN, said));
            assert!(record.advice.urgent, "{said:?}");
            let stands = (record.case.stage(), record.case.publication);
            assert_eq!(stands, (Stage::Dispatched, Publication::Held), "{said:?}");
            assert!(record.case.category.is_some() && record.case.is_unverified());
            assert_eq!(world.public(&record.case.code), None);
        }
        world.later(DAY_MS);
        for calm in ["Xe chạy cả đêm, ồn quá", "xe chay ca dem", "den duong hong"] {
            let record = world.by_code(&world.begun(LAN, calm));
            assert!(!record.advice.urgent && record.case.assignments.is_empty(), "{calm}");
        }
    });
}

#[test]
fn plain_words_are_the_same_however_their_marks_are_written() {
    everywhere(|world| {
        let text = "Đèn hỏng ở Ế";
        let case = world.begun(LAN, "Đe\u{300}n ho\u{309}ng o\u{31b}\u{309} E\u{302}\u{301}");
        assert_eq!(world.by_code(&case).text, text);
        assert_eq!(world.hears(LAN, text), Ok(Taken::Known { case }));
        for blank in ["\u{200b}", " \u{feff}\u{202e}\0"] {
            assert_eq!(world.hears(LAN, blank), Err(Code::TextMissing), "{blank:?}");
        }
    });
}
