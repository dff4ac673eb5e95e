//! The words that tell what a number is, without marks and in small letters.

/// The digit that a word says.
pub(super) fn digit_of_word(word: &str) -> Option<&'static str> {
    let found = DIGIT_WORDS.iter().find(|(_, words)| words.contains(&word));
    found.map(|(digit, _)| *digit)
}

const DIGIT_WORDS: [(&str, &[&str]); 10] = [
    ("0", &["khong", "ko", "o", "zero", "oh"]),
    ("1", &["mot", "muoi", "one"]),
    ("2", &["hai", "two"]),
    ("3", &["ba", "three"]),
    ("4", &["bon", "tu", "four"]),
    ("5", &["nam", "lam", "nham", "five"]),
    ("6", &["sau", "six"]),
    ("7", &["bay", "seven"]),
    ("8", &["tam", "eight"]),
    ("9", &["chin", "nine"]),
];

/// What a number behind some words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Account,
    Paper,
    Telephone,
}

/// Phrases, with `|` between them; how far before the number they may stand, in words; and what they tell.
pub(super) const TELLS: &[(&str, usize, Told)] = &[
    ("stk|sotk|so tk|sotaikhoan|tai khoan", 8, Told::Account),
    ("chuyen khoan", 6, Told::Account),
    ("account|tk|ngan hang", 4, Told::Account),
    ("ck", 3, Told::Account),
    ("can cuoc|chung minh", 6, Told::Paper),
    ("cmnd|cccd|cmt|cmtnd|cancuoc|passport|gplx|mst|bhxh|bhyt|dinh danh|giay phep lai", 5, Told::Paper),
    ("ho chieu|ma so thue", 4, Told::Paper),
    ("dien thoai", 6, Told::Telephone),
    ("sdt|dt|dtdd|dtcd|tel|phone|mobile|zalo|viber|whatsapp|sim|lh|alo|fax|lien he", 5, Told::Telephone),
    ("so may|goi", 4, Told::Telephone),
    ("call", 3, Told::Telephone),
];

/// Banks and purses, before an account's number or behind it.
pub(super) const BANKS: &[&str] = &[
    "vietcombank",
    "vcb",
    "agribank",
    "bidv",
    "vietinbank",
    "ctg",
    "techcombank",
    "tcb",
    "mbbank",
    "mb",
    "acb",
    "vpbank",
    "sacombank",
    "stb",
    "tpbank",
    "hdbank",
    "vib",
    "shb",
    "ocb",
    "msb",
    "scb",
    "seabank",
    "eximbank",
    "lpbank",
    "abbank",
    "namabank",
    "pvcombank",
    "kienlongbank",
    "bacabank",
    "momo",
    "zalopay",
    "viettelpay",
    "vnpay",
    "cake",
    "timo",
];

/// What counts money or anything else.
pub(super) const UNITS: &[&str] = &[
    "dong", "d", "vnd", "nghin", "ngan", "k", "trieu", "tr", "ty", "ti", "usd", "eur", "yen", "won", "do",
    "m", "met", "km", "cm", "mm", "ha", "kg", "tan", "ta", "lit", "l", "nguoi", "ho", "lan", "con", "cay",
    "kwh", "kw",
];

/// Money alone: what makes even a long row of figures an amount.
pub(super) const MONEY: &[&str] = &["dong", "d", "vnd", "nghin", "ngan", "trieu", "ty", "usd"];

/// Who keeps mail.
pub(super) const MAIL_HOSTS: &[&str] = &[
    "gmail",
    "yahoo",
    "ymail",
    "hotmail",
    "outlook",
    "icloud",
    "live",
    "msn",
    "proton",
    "protonmail",
    "zoho",
    "mail",
];

/// How a domain's name ends.
pub(super) const DOMAIN_ENDS: &[&str] = &[
    "com", "vn", "net", "org", "edu", "gov", "info", "biz", "me", "io", "co", "asia", "fr", "uk", "de", "jp",
    "kr", "cn", "us", "au", "ca", "eu", "ru", "tw", "hk", "sg", "la", "kh", "th", "app", "dev", "name",
    "pro",
];
