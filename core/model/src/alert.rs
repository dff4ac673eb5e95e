//! What the IOC tells everybody at once: alerts, and the signed bulletin that carries those of one time to every phone.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::fault::Code;
use crate::ids::{AlertId, AreaCode, TenantId};
use crate::limits::{
    ALERT_AREAS_MAX, ALERT_LANGUAGES_MAX, ALERT_NUMBERS_MAX, ALERT_PERIOD_MS_MAX, ALERT_TEXT_CHARS_MAX,
    ALERT_TITLE_CHARS_MAX, CALL_NAME_CHARS_MAX, CALL_NUMBER_CHARS_MAX,
};
use crate::text::{composed, count, is_blank};
use crate::time::UnixMs;
use crate::wire::envelope::{self, PUBLIC_KEY_BYTES, Purpose, Sign};
use crate::wire::{BadBytes, from_bytes, to_bytes};

/// Longest language tag, in characters.
const TAG_CHARS_MAX: usize = 35;

/// How much an alert matters, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Good to know.
    Notice,
    /// Be careful, prepare.
    Warning,
    /// Danger to life: act now.
    Emergency,
    /// Something a newer program says.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(Level { 1 => Notice, 2 => Warning, 3 => Emergency });

impl Level {
    /// Its name, e.g. in JSON; a level of a newer program is `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Emergency => "emergency",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// The same words in several languages, by BCP 47 tag. In JSON it is an object: `{"vi": "…", "en": "…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Texts(#[n(0)] Vec<Text>);

/// Words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Text {
    #[n(0)]
    language: String,
    #[n(1)]
    words: String,
}

impl From<BTreeMap<String, String>> for Texts {
    fn from(texts: BTreeMap<String, String>) -> Self {
        let text = |(language, words)| Text { language, words: composed(words) };
        Self(texts.into_iter().map(text).collect())
    }
}

impl From<Texts> for BTreeMap<String, String> {
    fn from(texts: Texts) -> Self {
        texts.0.into_iter().map(|text| (text.language, text.words)).collect()
    }
}

impl Texts {
    /// The words for a reader of this language (BCP 47): theirs, else English, else Vietnamese; empty if there are none.
    pub fn said_in(&self, language: &str) -> &str {
        let found = [language, "en", "vi"].into_iter().find_map(|tag| self.exactly(tag));
        found.unwrap_or_default()
    }

    fn exactly(&self, tag: &str) -> Option<&str> {
        self.0.iter().find(|text| text.language == tag).map(|text| text.words.as_str())
    }

    /// Vietnamese is there and nothing is blank, too long or in too many languages.
    fn check(&self, chars_max: usize) -> Result<(), Code> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let tag_fits = |tag: &str| (2..=TAG_CHARS_MAX).contains(&tag.len()) && tag.chars().all(plain);
        if self.exactly("vi").is_none() || self.0.iter().any(|text| is_blank(&text.words)) {
            return Err(Code::TextMissing);
        }
        let fits = self.0.len() <= ALERT_LANGUAGES_MAX
            && self.0.iter().all(|text| tag_fits(&text.language) && count(&text.words) <= chars_max);
        if fits { Ok(()) } else { Err(Code::AlertTooLong) }
    }
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct CallNumber {
    /// What to dial.
    #[n(0)]
    pub number: String,
    /// Who answers.
    #[n(1)]
    pub name: Texts,
}

/// What the IOC tells everybody, or some communes, for a while.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Alert {
    /// Its id.
    #[n(0)]
    pub id: AlertId,
    /// How much it matters.
    #[n(1)]
    pub level: Level,
    /// In a few words.
    #[n(2)]
    pub title: Texts,
    /// What is the matter, and what to do.
    #[n(3)]
    pub text: Texts,
    /// The communes it is for; none: the whole province.
    #[n(4)]
    pub areas: Vec<AreaCode>,
    /// Holds from this hub time on.
    #[n(5)]
    pub from: UnixMs,
    /// Holds until before this hub time.
    #[n(6)]
    pub until: UnixMs,
    /// Numbers to call, in the order to show them.
    #[n(7)]
    pub numbers: Vec<CallNumber>,
}

impl Alert {
    /// The rules that whoever writes one is held to.
    ///
    /// # Errors
    /// [`Code::TextMissing`], [`Code::AlertTooLong`], [`Code::AlertPeriod`].
    pub fn check(&self) -> Result<(), Code> {
        self.title.check(ALERT_TITLE_CHARS_MAX)?;
        self.text.check(ALERT_TEXT_CHARS_MAX)?;
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-');
        for call in &self.numbers {
            call.name.check(CALL_NAME_CHARS_MAX)?;
            let length = call.number.chars().count();
            if !(1..=CALL_NUMBER_CHARS_MAX).contains(&length) || !call.number.chars().all(digits) {
                return Err(Code::AlertTooLong);
            }
        }
        if self.areas.len() > ALERT_AREAS_MAX || self.numbers.len() > ALERT_NUMBERS_MAX {
            return Err(Code::AlertTooLong);
        }
        let lasts_ms = self.until.millis_since(self.from);
        if (1..=ALERT_PERIOD_MS_MAX).contains(&lasts_ms) { Ok(()) } else { Err(Code::AlertPeriod) }
    }

    /// Whether it is for this commune.
    pub fn touches(&self, area: &AreaCode) -> bool {
        self.areas.is_empty() || self.areas.contains(area)
    }

    /// Whether it holds at this time.
    pub fn holds_at(&self, at: UnixMs) -> bool {
        self.from <= at && at < self.until
    }

    /// In the order to show them: emergencies first, then what began last, and never by chance.
    pub fn order(one: &Self, other: &Self) -> std::cmp::Ordering {
        let key = |alert: &Self| (alert.level.code(), alert.from, alert.id);
        key(other).cmp(&key(one))
    }
}

/// The alerts of one time, whole: it replaces the bulletin before it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Bulletin {
    /// Whose.
    #[n(0)]
    pub tenant: TenantId,
    /// Grows with every change, also over a restore from a backup; a phone takes only newer ones. Seconds since 1970 in
    /// UTC at which it was made, or one more than the version before.
    #[n(1)]
    pub version: u32,
    /// The alerts that hold or will hold; those that are over may be among them.
    #[n(2)]
    pub alerts: Vec<Alert>,
}

impl Bulletin {
    /// The version of a bulletin made now, after that of the one before (0: none).
    pub fn version_after(before: u32, now: UnixMs) -> u32 {
        u32::try_from(now.millis() / 1_000).unwrap_or(0).max(before.saturating_add(1))
    }

    /// Signs it with the hub's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Bulletin, to_bytes(self))
    }

    /// Reads bytes that were verified before they were kept.
    pub fn of_kept(bytes: &[u8]) -> Result<Self, BadBytes> {
        let opened = envelope::open(bytes, Purpose::Bulletin).map_err(|_| BadBytes { what: "bulletin" })?;
        from_bytes(&opened.payload, "bulletin")
    }

    /// Reads a bulletin that one of the `trusted` keys signed: those of the tenant card. Without any, none counts.
    pub fn open(bytes: &[u8], trusted: &[[u8; PUBLIC_KEY_BYTES]]) -> Result<Self, BadBytes> {
        let bad = BadBytes { what: "bulletin" };
        let opened = envelope::open(bytes, Purpose::Bulletin).map_err(|_| bad)?;
        if trusted.contains(&opened.public_key) { from_bytes(&opened.payload, "bulletin") } else { Err(bad) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::envelope::SoftwareKey;

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        let pairs = pairs.iter().map(|(tag, words)| ((*tag).to_owned(), (*words).to_owned()));
        pairs.collect::<BTreeMap<_, _>>().into()
    }

    fn alert() -> Alert {
        Alert {
            id: AlertId::from_bytes([1; 16]),
            level: Level::Warning,
            title: texts(&[("vi", "Mưa lớn"), ("en", "Heavy rain")]),
            text: texts(&[("vi", "Tránh xa bờ sông.")]),
            areas: vec!["20044".parse().unwrap()],
            from: UnixMs::from_millis(1_000),
            until: UnixMs::from_millis(2_000),
            numbers: vec![CallNumber { number: "1022".into(), name: texts(&[("vi", "Tổng đài")]) }],
        }
    }

    #[test]
    fn an_alert_is_held_to_its_bounds() {
        assert_eq!(alert().check(), Ok(()));
        let broken = |change: fn(&mut Alert)| {
            let mut alert = alert();
            change(&mut alert);
            alert.check()
        };
        assert_eq!(broken(|a| a.title = texts(&[("en", "Heavy rain")])), Err(Code::TextMissing));
        assert_eq!(broken(|a| a.text = texts(&[("vi", "x"), ("en", "  ")])), Err(Code::TextMissing));
        assert_eq!(broken(|a| a.title = texts(&[("vi", &"x".repeat(121))])), Err(Code::AlertTooLong));
        assert_eq!(broken(|a| a.text = texts(&[("vi", &"x".repeat(1_001))])), Err(Code::AlertTooLong));
        assert_eq!(broken(|a| a.text = texts(&[("vi", "x"), ("<b>", "x")])), Err(Code::AlertTooLong));
        assert_eq!(broken(|a| a.numbers[0].number = "tel:1".into()), Err(Code::AlertTooLong));
        assert_eq!(broken(|a| a.areas = vec!["20044".parse().unwrap(); 65]), Err(Code::AlertTooLong));
        assert_eq!(broken(|a| a.until = a.from), Err(Code::AlertPeriod));
        assert_eq!(broken(|a| a.until = UnixMs::from_millis(i64::MAX)), Err(Code::AlertPeriod));
    }

    #[test]
    fn it_holds_from_its_beginning_until_before_its_end() {
        let holds = [999, 1_000, 1_999, 2_000].map(|at| alert().holds_at(UnixMs::from_millis(at)));
        assert_eq!(holds, [false, true, true, false]);
    }

    #[test]
    fn an_alert_without_communes_is_everybodys() {
        let (here, there) = ("20044".parse().unwrap(), "19753".parse().unwrap());
        assert!(alert().touches(&here) && !alert().touches(&there));
        assert!(Alert { areas: Vec::new(), ..alert() }.touches(&there));
    }

    #[test]
    fn emergencies_come_first_then_the_latest() {
        let one = |level, from| Alert { level, from: UnixMs::from_millis(from), ..alert() };
        let mut all =
            [one(Level::Notice, 9), one(Level::Emergency, 1), one(Level::Warning, 2), one(Level::Warning, 5)];
        all.sort_by(Alert::order);
        let order = all.map(|alert| (alert.level, alert.from.millis()));
        let expected = [(Level::Emergency, 1), (Level::Warning, 5), (Level::Warning, 2), (Level::Notice, 9)];
        assert_eq!(order, expected);
    }

    #[test]
    fn a_reader_gets_their_language_or_one_they_may_know() {
        assert_eq!(alert().title.said_in("vi"), "Mưa lớn");
        assert_eq!(alert().title.said_in("ko"), "Heavy rain");
        assert_eq!(alert().text.said_in("ko"), "Tránh xa bờ sông.");
    }

    #[test]
    fn a_bulletin_counts_only_from_a_trusted_key_and_for_its_purpose() {
        let key = |byte| SoftwareKey::from_secret(&[byte; 32]).unwrap();
        let bulletin = Bulletin { tenant: "hue".parse().unwrap(), version: 7, alerts: vec![alert()] };
        let Ok(signed) = bulletin.seal(&key(1));
        let trusted = [key(1).public_key()];
        assert_eq!(Bulletin::open(&signed, &trusted).unwrap(), bulletin);
        assert!(
            Bulletin::open(&signed, &[]).is_err() && Bulletin::open(&signed, &[key(2).public_key()]).is_err()
        );
        let Ok(other) = envelope::seal(&key(1), Purpose::Card, to_bytes(&bulletin));
        assert!(Bulletin::open(&other, &trusted).is_err(), "a card is no bulletin");
    }

    #[test]
    fn versions_grow_also_when_the_clock_does_not() {
        let at = |seconds: i64| UnixMs::from_millis(seconds * 1_000 + 500);
        assert_eq!(Bulletin::version_after(0, at(1_795_395_600)), 1_795_395_600);
        assert_eq!(Bulletin::version_after(1_795_395_600, at(1_795_395_600)), 1_795_395_601);
        assert_eq!(Bulletin::version_after(9, UnixMs::from_millis(-5)), 10);
    }
}
