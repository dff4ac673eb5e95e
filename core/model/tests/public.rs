//! Goal: what would tell strangers how to reach or find a person is masked however it is written, and ordinary reports read as
//! they were written.
//! Method: a table of both kinds, the sample reports of the shared folder, and numbers written at random among random words.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;

use paht_model::public::{MASK, PublicReview, PublicText};
use paht_model::review::{Review, Service};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

fn public(text: &str) -> String {
    PublicText::of(text).into_string()
}

/// What a text reads like in public.
const MASKED: &[(&str, &str)] = &[
    // Telephone numbers.
    ("Gọi tôi 0905123456 nhé", "Gọi tôi ••• nhé"),
    ("0905 123 456", "•••"),
    ("0905.123.456", "•••"),
    ("0905-123-456", "•••"),
    ("0905–123–456", "•••"),
    ("0905/123/456", "•••"),
    ("0905,123,456", "•••"),
    ("0905_123_456", "•••"),
    ("(0905) 123 456", "(•••"),
    ("09 05 12 34 56", "•••"),
    ("09.05.12.34.56", "•••"),
    ("0905.12.34.56", "•••"),
    ("0 9 0 5 1 2 3 4 5 6", "•••"),
    ("0, 9, 0, 5, 1, 2, 3, 4, 5, 6", "•••"),
    ("+84905123456", "+•••"),
    ("+84 905 123 456", "+•••"),
    ("(+84) 905-123-456", "(+•••"),
    ("+84 (0) 905 123 456", "+•••"),
    ("84905123456", "•••"),
    ("84 905 123 456", "•••"),
    ("0084 905 123 456", "•••"),
    ("0234 3822 345", "•••"),
    ("02343822345", "•••"),
    ("(0234) 3 822 345", "(•••"),
    ("024.3822.5678", "•••"),
    ("01685123456", "•••"),
    ("0905123456 0914222333", "••• •••"),
    ("0905 123 456 - 0914 222 333", "••• - •••"),
    ("0905123456/0914222333", "•••/•••"),
    ("SĐT:0905123456.", "SĐT:•••."),
    ("lh 0905 123 456 gặp anh Ba", "lh ••• gặp anh Ba"),
    ("0905 123 456 đồng chí An", "••• đồng chí An"),
    ("0905123456 đồng chí An", "••• đồng chí An"),
    ("0905 123 456 7 giờ sáng", "••• 7 giờ sáng"),
    ("905 123 456", "•••"),
    ("905.12.34.56", "•••"),
    ("+33 6 12 34 56 78", "+•••"),
    ("Call +1 415-555-2671 please", "Call +••• please"),
    ("điện thoại bàn 3822345", "điện thoại bàn •••"),
    ("ĐT: 3 822 345", "ĐT: •••"),
    // In other digits, with what nobody sees between them, and spelled.
    ("０９０５１２３４５６", "•••"),
    ("٠٩٠٥١٢٣٤٥٦", "•••"),
    ("𝟎𝟗𝟎𝟓𝟏𝟐𝟑𝟒𝟓𝟔", "•••"),
    ("⓪⑨⓪⑤①②③④⑤⑥", "•••"),
    (
        "0\u{fe0f}\u{20e3}9\u{fe0f}\u{20e3}0\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}2\u{fe0f}\u{20e3}3\u{fe0f}\u{20e3}4\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}6\u{fe0f}\u{20e3}",
        "•••\u{fe0f}\u{20e3}",
    ),
    ("0\u{200b}9\u{200b}0\u{200b}5\u{ad}123\u{feff}456", "•••"),
    ("không chín không năm một hai ba bốn năm sáu", "•••"),
    ("Gọi không chín không năm, một hai ba, bốn năm sáu nghe", "Gọi ••• nghe"),
    ("khong chin khong nam mot hai ba bon nam sau", "•••"),
    ("o chín o năm một hai ba bốn năm sáu", "•••"),
    ("o9o5123456", "•••"),
    ("O9O5 123 456", "•••"),
    ("không chín 05 một hai ba 456", "•••"),
    ("không-chín-không-năm-một-hai-ba-bốn-năm-sáu", "•••"),
    ("zero nine zero five one two three four five six", "•••"),
    // Papers.
    ("CCCD 046095012345", "CCCD •••"),
    ("046095012345", "•••"),
    ("046 095 012 345", "•••"),
    ("046.095.012.345", "•••"),
    ("0460 9501 2345", "•••"),
    ("0 4 6 0 9 5 0 1 2 3 4 5", "•••"),
    ("căn cước công dân số 046-095-012-345", "căn cước công dân số •••"),
    ("CMND 191234567", "CMND •••"),
    ("191234567", "•••"),
    ("191 234 567", "•••"),
    ("191.234.567", "•••"),
    ("chứng minh nhân dân số 19 12 34 567", "chứng minh nhân dân số •••"),
    ("mã số thuế 3300123456", "mã số thuế •••"),
    ("CMND 190012345", "CMND •••"),
    // Mail.
    ("an.nguyen@gmail.com", "•••"),
    ("Thư: an_nguyen-1990@hue.gov.vn.", "Thư: •••."),
    ("an.nguyen (at) gmail.com", "•••"),
    ("an.nguyen[at]gmail[dot]com", "•••"),
    ("an.nguyen at gmail dot com", "•••"),
    ("annguyen a còng gmail chấm com", "•••"),
    ("annguyen a cong gmail.com", "•••"),
    ("nguyen chấm an a còng yahoo chấm com chấm vn", "•••"),
    ("an @ gmail . com", "•••"),
    ("an＠gmail.com", "•••"),
    ("an\u{200b}@gm\u{ad}ail.com", "•••"),
    ("an@gmail nhé", "••• nhé"),
    // Accounts.
    ("STK 12345678 Vietcombank", "STK ••• Vietcombank"),
    ("số tài khoản: 1234 5678 90", "số tài khoản: •••"),
    ("so tai khoan cua toi la 10203040", "so tai khoan cua toi la •••"),
    ("tk BIDV 55110000123456", "tk BIDV •••"),
    ("chuyển khoản Agribank 4000 205 123 456", "chuyển khoản Agribank •••"),
    ("MB Bank 0905123456", "MB Bank •••"),
    ("STK 1900545463", "STK •••"),
    ("12345678 Vietcombank", "••• Vietcombank"),
    // Number plates.
    ("Xe 75A-123.45 chạy ẩu", "Xe ••• chạy ẩu"),
    ("43-B1 234.56", "•••"),
    ("75H1-12345", "•••"),
    ("75-H1 123.45", "•••"),
    ("75 H1 12345", "•••"),
    ("29A12345", "•••"),
    ("29A-12345", "•••"),
    ("51F 123.45", "•••"),
    ("75a 123 45", "•••"),
    ("biển số 75A 1234", "biển số •••"),
    ("75C-1234", "•••"),
    ("75LD-012.34", "•••"),
    ("75Đ1-234.56", "•••"),
    ("75\u{200b}A-123.45", "•••"),
    ("７５Ａ－１２３．４５", "•••"),
];

/// What stays.
const ORDINARY: &[&str] = &[
    "Gọi 113, 114, 115 hoặc 112",
    "Tổng đài 19001075, 1900 1075, 1800.1090, 1900 545 463 và 1900545463",
    "gọi 19001075",
    "+19001075",
    "+84 1900 1075",
    "Nhà số 12 kiệt 45 đường Nguyễn Huệ",
    "123/45/6 Nguyễn Huệ",
    "07/12/345 Bà Triệu",
    "các nhà số 03, 05, 07, 09, 11 bị ngập",
    "Quốc lộ 1A, QL49, tỉnh lộ 14B, ĐT 601, cao tốc 12",
    "km 45+200, Km 812 + 500, lý trình Km58+750",
    "QL49 75 km",
    "quốc lộ 14B 12345",
    "ngày 05/11/2026, 5-11-2026, 05.11.2026, 2026-11-05 và 5/11/26",
    "từ 08/11/2026 14 giờ đến 09/11/2026 05 giờ",
    "lúc 08:30, 8h30, 08 giờ 30 phút, 22:15:30",
    "từ 07:30 - 11:30 và 13:30 - 17:00",
    "mất 500.000 đồng, 1.500.000đ, 200 nghìn, 200k, 3 triệu, 1,500,000 VND",
    "thiệt hại 1.234.567.890 đồng, 1500000000 đồng, 500.000.000",
    "123 456 789 đồng",
    "16.46371, 107.59090",
    "16.4637123,107.5909012",
    "16.463712345678 107.590912345678",
    "HUE-7K3M-Q2X và HUE-1234-567",
    "gọi về hồ sơ HUE-1234-567",
    "năm 2024 2025 2026, nhiệm kỳ 2020-2025",
    "năm nay ba tháng không có nước, hai hộ, bốn nhà, năm người, sáu xe",
    "Không một ai. Ba năm sau, bảy tám chín tháng nữa.",
    "khong ai sua, nam nay ba lan, hai nguoi",
    "45 người, 12 hộ, 120 m2, 3 tấn, 220 V",
    "lớp 12A 2026",
    "phòng 12A 1234",
    "nhà 45B 1234",
    "tổ 5 khu phố 3, thửa 123, tờ bản đồ 45",
    "lúc 7 giờ @ chợ Đông Ba",
    "a còng là gì? Look at me.",
    "ngập @cầu",
    "đo 12,5 - 13,7 mg/l; pH 6.5",
    "1 2 3 4 5",
    "10 - 20 người",
    "Nghị định 168/2024/NĐ-CP, số 4010/QĐ-UBND",
    "khoảng 1000-2000 con, 10.000 cây",
    "chuyển khoản 5000000 cho chủ xe",
    "tài khoản mất 500.000 đồng ngày 12/10/2026",
];

#[test]
fn every_form_is_masked() {
    for (written, shown) in MASKED {
        assert_eq!(public(written), *shown, "{written:?}");
        let decomposed: String = written.nfd().collect();
        let composed: String = shown.nfc().collect();
        assert_eq!(public(&decomposed), composed, "decomposed: {written:?}");
        let within = public(&format!("Đường hỏng. {written}\nCảm ơn!"));
        assert_eq!(within, format!("Đường hỏng. {shown}\nCảm ơn!"), "in a report: {written:?}");
    }
}

#[test]
fn what_is_nobodys_stays() {
    for written in ORDINARY {
        assert_eq!(public(written), *written);
        assert_eq!(public(&written.to_uppercase()), written.to_uppercase());
    }
}

#[test]
fn the_sample_reports_read_as_they_were_written() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/texts/reports-vi.tsv");
    let Ok(samples) = std::fs::read_to_string(&file) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{}", file.display());
        println!("skipped: needs ../shared/texts/reports-vi.tsv");
        return;
    };
    for line in samples.lines() {
        assert_eq!(public(line), line);
    }
}

#[test]
fn an_excerpt_never_ends_within_a_number() {
    let text = "Gọi 0905 123 456";
    for chars_max in 0..20 {
        let shown = PublicText::of(text).beginning(chars_max).into_string();
        assert!(!shown.chars().any(|c| c.is_ascii_digit()), "{shown}");
        assert!(shown.chars().count() <= chars_max);
    }
}

#[test]
fn a_name_given_to_a_service_is_masked_and_a_code_is_not() {
    let review = |service| Review { service, stars: Some(2), phrases: Vec::new() };
    let named = PublicReview::of(&review(Service::Named("Taxi 75A-123.45".into())));
    assert_eq!(named.get().service, Service::Named("Taxi •••".into()));
    let listed = review(Service::Listed("dai-noi".parse().unwrap()));
    assert_eq!(PublicReview::of(&listed).get(), &listed);
}

#[test]
fn directions_are_closed_and_controls_are_gone() {
    let shown = [
        ("a\u{202e}b", "a\u{202e}b\u{202c}"),
        ("a\u{2067}b\u{202b}c\nd", "a\u{2067}b\u{202b}c\u{202c}\u{2069}\nd"),
        ("a\u{202c}b\u{2069}c", "abc"),
        ("\u{2066}a\u{202e}b\u{2069}c", "\u{2066}a\u{202e}b\u{202c}\u{2069}c"),
        ("a\u{1b}[31mb\0\u{9b}c\r\nd\te", "a[31mbc\nd\te"),
        ("👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}"),
    ];
    for (written, closed) in shown {
        assert_eq!(public(written), closed, "{written:?}");
    }
}

#[test]
fn what_is_read_back_is_masked_again() {
    let read: PublicText = serde_json::from_str("\"gọi 0905 123 456\"").unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"gọi •••\"");
}

proptest! {
    /// A mobile number in whatever pieces, digits and joints is masked whole, and its neighbours are not.
    #[test]
    fn a_number_is_masked_in_whatever_pieces(
        own in "[35789][0-9]{8}",
        prefix in prop::sample::select(vec!["0", "84", "+84", "0084"]),
        cuts in prop::collection::vec(any::<bool>(), 13),
        joint in prop::sample::select(vec!["", " ", ".", "-", "\u{200b}", " - ", "\u{ad}", "\u{a0}", "–"]),
        wide in any::<bool>(),
    ) {
        let mut written = String::new();
        for (at, c) in format!("{prefix}{own}").chars().enumerate() {
            if at > prefix.len() + 1 && cuts[at] {
                written.push_str(joint);
            }
            let c = if wide && c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c };
            written.push(c);
        }
        let shown = public(&format!("Nước ngập, {written} giúp với"));
        prop_assert!(shown.starts_with("Nước ngập, ") && shown.ends_with(" giúp với"), "{shown}");
        prop_assert!(!shown.nfkd().any(|c| c.is_ascii_digit()), "{written:?} shows {shown}");
    }

    /// Nothing a person can write breaks it, and masking again changes nothing.
    #[test]
    fn masking_twice_is_masking_once(text in r"(\PC|[0-9]{1,6}|[ .,@+-]|không |chín |stk |75A|\u{202e}|\u{2069}|\n){0,40}") {
        let once = public(&text);
        prop_assert_eq!(public(&once), once.clone());
        prop_assert!(once.contains(MASK) || once.len() <= 4 * text.len() + 40);
    }
}
