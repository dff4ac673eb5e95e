//! Goal: what goes into a text message comes out, what was damaged is refused, and what strangers send does no harm.
//! Method: random reports, damages and messages; and messages of version 1 that must stay what they are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use paht_model::ids::{CategoryCode, KeyThumbprint, ReportId, TenantId};
use paht_model::place::Point;
use paht_model::sms::{
    CheckKey, Collector, Digest, MESSAGES_MAX, Received, Tag, TooLong, Unreadable, decode, encode, is_ours,
};
use paht_model::text::composed;
use paht_model::time::UnixMs;
use proptest::collection::vec;
use proptest::prelude::*;

const LANDSLIDE: &str =
    "Sạt lở ở đèo Pê Ke, đất đá lấp nửa đường. Xe tải không qua được, ko co song dien thoai.";
const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.*()!/,?";

fn digest(text: &str) -> Digest {
    Digest {
        tenant: TenantId::parse("hue").unwrap(),
        tag: Tag::from_bytes([0x1f, 0x2e, 0x3d, 0x4c, 0x5b, 0x6a]),
        category: CategoryCode::parse("traffic").unwrap(),
        place: Some(Point { lat_e7: 162_775_000, lon_e7: 1_072_297_000 }),
        at: UnixMs::from_millis(1_793_600_123_456),
        text: text.to_owned(),
    }
}

/// A letter as a person could have seen it: what is read is what was written, but for how marks are written, place and time.
fn assert_read(read: &Received, written: &Digest) {
    let Digest { tenant, tag, category, place, at, text } = &read.digest;
    assert_eq!(
        (tenant, tag, category, text),
        (&written.tenant, &written.tag, &written.category, &composed(written.text.clone()))
    );
    assert_eq!(at.millis(), written.at.millis().div_euclid(60_000).saturating_mul(60_000));
    match (place, written.place) {
        (Some(read), Some(written)) => assert!(read.metres_to(written) <= 10.0),
        (read, written) => assert_eq!((*read, written), (None, None)),
    }
}

fn key() -> CheckKey {
    CheckKey::from_bytes([7; 32])
}

/// Texts as people write them: words of both ways of writing and English, in any case, with marks, digits and oddities.
fn written() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec![
            "đường", "bị", "sạt", "lở", "rác", "duong", "hong", "ko", "dc", "Huế", "A", "Lưới", "UBND", "THCS", "taxi",
            "karaoke", "the", "Bridge", "broken", "iPhone", "Đắk", "Nguyễn", "café", "e\u{301}",
        ]).prop_map(str::to_owned),
        1 => "[0-9]{1,12}",
        1 => "\\PC{1,6}",
    ];
    let gap = prop::sample::select(vec![
        " ", " ", " ", ", ", ". ", "\n", "", "-", "  ", "/", " (", ") ", "…", "\t", "\u{a0}",
    ]);
    vec((word, gap), 0..40).prop_map(|pairs| pairs.into_iter().map(|(word, gap)| word + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_back_exactly(text in prop_oneof![written(), "\\PC{0,60}", ".{0,40}", any::<String>()]) {
        let written = digest(&text);
        let messages = encode(&written, None).unwrap();
        assert_read(&decode(&messages).unwrap(), &written);
    }

    #[test]
    fn any_field_reads_back(
        tenant in "hue|quang-tri|[a-z0-9-]{1,32}",
        category in "traffic|misconduct|other|[a-z0-9-]{1,32}",
        tag: [u8; 6],
        at in prop_oneof![any::<i64>(), 1_700_000_000_000..1_900_000_000_000_i64],
        place in proptest::option::of((-900_000_000..=900_000_000_i32, -1_800_000_000..=1_800_000_000_i32)),
        key in proptest::option::of(any::<[u8; 32]>()),
    ) {
        let written = Digest {
            tenant: TenantId::parse(&tenant).unwrap(),
            category: CategoryCode::parse(&category).unwrap(),
            tag: Tag::from_bytes(tag),
            at: UnixMs::from_millis(at),
            place: place.map(|(lat_e7, lon_e7)| Point { lat_e7, lon_e7 }),
            text: LANDSLIDE.to_owned(),
        };
        let key = key.map(CheckKey::from_bytes);
        let read = decode(&encode(&written, key.as_ref()).unwrap()).unwrap();
        let earliest = i64::MIN.div_euclid(60_000);
        if at.div_euclid(60_000) > earliest {
            assert_read(&read, &written);
        }
        prop_assert_eq!(read.check.is_some(), key.is_some());
        prop_assert!(key.is_none_or(|key| read.verifies(&key)));
    }

    #[test]
    fn a_message_is_plain_characters_of_at_most_160(text in written()) {
        for message in encode(&digest(&text), Some(&key())).unwrap() {
            prop_assert!(message.len() <= 160 && message.chars().all(|c| ALPHABET.contains(c)), "{message}");
            prop_assert!(is_ours(&message));
        }
    }

    #[test]
    fn one_changed_lost_added_or_swapped_character_is_refused(
        text in written(), at in any::<prop::sample::Index>(), to in 0_usize..45, how in 0..4,
    ) {
        let messages = encode(&digest(&text), Some(&key())).unwrap();
        let message = messages.first().unwrap();
        let mut changed: Vec<char> = message.chars().collect();
        let at = at.index(changed.len());
        let to = ALPHABET.chars().nth(to).unwrap();
        match how {
            0 => changed[at] = to,
            1 => drop(changed.remove(at)),
            2 => changed.insert(at, to),
            _ => changed.swap(at, (at + 1) % message.len()),
        }
        let changed: String = changed.into_iter().collect();
        prop_assume!(changed != *message);
        let outcome = Collector::default().take(&changed);
        prop_assert!(!matches!(outcome, Ok(_) | Err(Unreadable::Missing { .. })), "{changed} {outcome:?}");
    }

    #[test]
    fn what_strangers_send_does_no_harm(texts in vec(prop_oneof![
        any::<String>(), "P[*/][0-9A-Z.*()!/,?-]{0,158}", "P[*/!?-].{0,160}",
    ], 0..6)) {
        let mut collector = Collector::default();
        for text in &texts {
            prop_assert!(collector.take(text).is_err());
        }
        prop_assert!(decode(&texts).is_err());
    }

    #[test]
    fn parts_come_in_any_order_and_twice_and_mixed_with_another_report(
        order in Just((0..24).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut reports = [long(900), long(1_400)].map(|text| digest(&text));
        reports[1].tag = Tag::from_bytes([9; 6]);
        let sent = reports.each_ref().map(|report| encode(report, Some(&key())).unwrap());
        let all: Vec<&String> = sent.iter().flatten().collect();
        prop_assert!(sent.iter().all(|messages| messages.len() > 2) && all.len() <= 12);
        let mut collector = Collector::default();
        let mut read = Vec::new();
        for at in order {
            // Each is taken twice: 24 places, at most 12 messages.
            if let Some(message) = all.get(at / 2) {
                match collector.take(message) {
                    Ok(received) => read.push(received),
                    Err(Unreadable::Missing { have, of }) => prop_assert!(have < of),
                    Err(other) => prop_assert!(false, "{other}"),
                }
            }
        }
        for report in &reports {
            let mine = read.iter().find(|received| received.digest.tag == report.tag).unwrap();
            assert_read(mine, report);
        }
    }
}

/// A text of about so many characters that says something new in every sentence.
fn long(chars: usize) -> String {
    let sentence =
        |at: usize| format!("Nhà số {at} đường Lê Duẩn bị ngập {} cm, nước chưa rút. ", at * 7 % 90);
    (1..).map(sentence).take(chars.div_ceil(54)).collect()
}

#[test]
fn golden_messages_never_change() {
    let mut far = digest("Overcharged at the market, 300.000đ for two coffees!\nPlease help.");
    far.tenant = TenantId::parse("da-nang").unwrap();
    far.category = CategoryCode::parse("prices").unwrap();
    far.place = Some(Point { lat_e7: 485_000_000, lon_e7: 23_000_000 });
    far.at = UnixMs::from_millis(-1);
    let mut bare = digest("");
    bare.place = None;
    let golden = [
        encode(&digest(LANDSLIDE), Some(&key())),
        encode(&digest("duong hong tu cho den cau, lay loi lam"), None),
        encode(&far, None),
        encode(&bare, None),
        encode(&digest(&long(600)), Some(&key())),
    ];
    insta::assert_json_snapshot!("sms_golden_messages", golden.map(Result::unwrap));
}

#[test]
fn a_message_typed_by_hand_is_read() {
    let written = digest(LANDSLIDE);
    let messages = encode(&written, None).unwrap();
    let typed: String = messages.concat().to_lowercase().chars().flat_map(|c| [c, ' ']).collect();
    assert_read(&decode(&[format!("\n{typed}\r\n")]).unwrap(), &written);
}

#[test]
fn marks_of_their_own_cost_no_second_message() {
    use unicode_normalization::UnicodeNormalization as _;
    let text = long(300);
    let decomposed = digest(&text.nfd().collect::<String>());
    assert!(decomposed.text.chars().count() > text.chars().count());
    assert_eq!(encode(&decomposed, Some(&key())), encode(&digest(&text), Some(&key())));
}

#[test]
fn what_nobody_sees_damages_no_message() {
    let written = digest(LANDSLIDE);
    let message = encode(&written, None).unwrap().concat();
    for hidden in
        ["\u{200b}", "\u{feff}", "\u{ad}", "\u{200e}", "\u{202a}", "\u{2060}", "\u{fe0f}", "\0", "\u{a0}"]
    {
        let around: String = message.chars().flat_map(|c| hidden.chars().chain([c])).collect();
        let at_ends = format!("{hidden}{message}{hidden}\u{202c}");
        for text in [around, at_ends] {
            assert!(is_ours(&text), "{hidden:?}");
            assert_read(&decode(&[text]).unwrap(), &written);
        }
    }
    assert!(!is_ours("P* \u{200b}duong hong"));
}

#[test]
fn a_missing_part_is_told() {
    let messages = encode(&digest(&long(900)), None).unwrap();
    let (last, others) = messages.split_last().unwrap();
    let of = messages.len();
    assert_eq!(decode(others), Err(Unreadable::Missing { have: of - 1, of }));
    assert_eq!(decode(&[last, last]), Err(Unreadable::Missing { have: 1, of }));
    assert_eq!(decode(&[""; 0]), Err(Unreadable::NotOurs));
}

#[test]
fn a_villagers_words_are_not_ours() {
    let words = [
        "Duong hong roi, sua giup",
        "p/s: cam on",
        "P/ ruong thon 3 bi ngap het roi",
        "P* ",
        "",
        "PAHT duong hong",
        "P-Phuong 5 ngap nuoc",
        "Đường Lê Lợi ngập",
        "p. 3, hoi qua!!!",
    ];
    for text in words {
        assert!(!is_ours(text), "{text}");
        assert_eq!(Collector::default().take(text), Err(Unreadable::NotOurs));
    }
    let message = encode(&digest(LANDSLIDE), None).unwrap().concat();
    assert!(is_ours(&message) && is_ours(&message.replace('L', "@")) && is_ours(&message.to_lowercase()));
    assert_eq!(decode(&[message.replacen('*', "!", 1)]), Err(Unreadable::Newer));
}

#[test]
fn a_check_of_another_key_or_of_other_words_does_not_verify() {
    let read = decode(&encode(&digest(LANDSLIDE), Some(&key())).unwrap()).unwrap();
    assert!(read.verifies(&key()));
    assert!(!read.verifies(&CheckKey::from_bytes([8; 32])));
    let mut other = read.clone();
    other.digest.text.push('!');
    assert!(!other.verifies(&key()));
    let unchecked = decode(&encode(&digest(LANDSLIDE), None).unwrap()).unwrap();
    assert!(!unchecked.verifies(&key()));
    assert_eq!(format!("{:?}", key()), "CheckKey(..)");
}

#[test]
fn what_is_too_long_is_refused_and_the_longest_text_is_not() {
    assert_eq!(encode(&digest(&"a".repeat(4_001)), None), Err(TooLong));
    assert_eq!(encode(&digest(&"東南🌧".repeat(1_300)), None), Err(TooLong));
    let longest: String = long(4_200).chars().take(4_000).collect();
    let messages = encode(&digest(&longest), None).unwrap();
    assert!((10..=MESSAGES_MAX).contains(&messages.len()), "{}", messages.len());
    assert_read(&decode(&messages).unwrap(), &digest(&longest));
}

#[test]
fn a_tag_is_of_key_and_report() {
    let (key, report) = (KeyThumbprint::of(b"key"), ReportId::from_bytes([3; 16]));
    let tag = Tag::of(&key, &report);
    assert_eq!(tag, Tag::of(&key, &report));
    assert_ne!(tag, Tag::of(&KeyThumbprint::of(b"other"), &report));
    assert_ne!(tag, Tag::of(&key, &ReportId::from_bytes([4; 16])));
    assert_eq!(tag.to_string().parse(), Ok(tag));
    assert!("9d".parse::<Tag>().is_err() && "é".repeat(6).parse::<Tag>().is_err());
    assert_eq!("07".repeat(32).parse(), Ok(self::key()));
}
