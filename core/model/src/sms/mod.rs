//! One SMS: the essentials of a report as a text of 160 septets that a person can also send by hand.
//!
//! A [`Digest`] goes through `fields` and `text`, which write it by an arithmetic coder whose digits are already characters
//! (`coder`, `alphabet`), and is cut into messages with their sums (`parts`). The way back refuses what was damaged. The
//! statement, when it comes by data, joins the report that the [`Tag`] names. The format is told in `docs/wire.md`.
//!
//! **A confidential report is never written as an SMS.** What category is confidential, the tenant's card says: the caller
//! looks it up before it calls [`encode`].

mod alphabet;
mod coder;
mod fields;
mod number;
mod parts;
mod place;
mod text;

use hmac::{Hmac, Mac as _};
use minicbor::{Decode, Encode};
use sha2::Digest as _;

pub use number::{NumberKind, number};
pub use parts::{MESSAGES_MAX, SEPTETS, Unreadable};

use crate::ids::{BadId, CategoryCode, KeyThumbprint, ReportId, TenantId};
use crate::place::Point;
use crate::text::composed;
use crate::time::UnixMs;
use parts::Pile;

/// 48 bits of a report's identity, by which the statement joins it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Tag(#[cbor(n(0), with = "minicbor::bytes")] [u8; 6]);

impl Tag {
    /// Of a report: of the key it was made with, and its id.
    pub fn of(key: &KeyThumbprint, report: &ReportId) -> Self {
        let hash = sha2::Sha256::new().chain_update(b"paht/sms/tag/1").chain_update(key.as_bytes());
        let hash: [u8; 32] = hash.chain_update(report.as_bytes()).finalize().into();
        Self(hash.first_chunk().copied().unwrap_or_default())
    }
    /// The id and the key of a case of which only this is known. Nobody has the key.
    pub fn stand_in(&self) -> (ReportId, KeyThumbprint) {
        let named = |label: &[u8]| -> [u8; 32] {
            sha2::Sha256::new().chain_update(label).chain_update(self.0).finalize().into()
        };
        let mut id = [0; 16];
        for (byte, from) in id.iter_mut().zip(self.0.into_iter().chain(named(b"paht/sms/report/1"))) {
            *byte = from;
        }
        (ReportId::from_bytes(id), KeyThumbprint::from_bytes(named(b"paht/sms/nobody/1")))
    }
    /// Of a report as the hub knows it: by its key and id, or by the tag that both only stand for.
    pub fn as_known(key: &KeyThumbprint, report: &ReportId) -> Self {
        let first = report.as_bytes().first_chunk().copied().map(Self);
        let stands_in = first.filter(|tag| tag.stand_in() == (*report, *key));
        stands_in.unwrap_or_else(|| Self::of(key, report))
    }
    /// From its bytes as they are stored.
    pub const fn from_bytes(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }
    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 6] {
        &self.0
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for Tag {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        bytes_of_hex(text).map(Self).ok_or(BadId { what: "tag" })
    }
}

fn bytes_of_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// A report's essentials. What [`decode`] gives is what [`encode`] took, but for the text, which is composed, the place, which is within 10 m of it, and the
/// time, which is its minute's beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Whose IOC it is for.
    pub tenant: TenantId,
    /// Which report it is.
    pub tag: Tag,
    /// What it is about; never a confidential one.
    pub category: CategoryCode,
    /// Where; absent where the person does not know or say, or the point is off the Earth.
    pub place: Option<Point>,
    /// When it was captured or made, by the phone's clock.
    pub at: UnixMs,
    /// The citizen's words, at most [`TEXT_CHARS_MAX`](crate::limits::TEXT_CHARS_MAX).
    pub text: String,
}

/// The secret that a registered phone shares with the hub. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckKey([u8; 32]);

impl CheckKey {
    /// From its bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl std::str::FromStr for CheckKey {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        bytes_of_hex(text).map(Self).ok_or(BadId { what: "check key" })
    }
}

impl std::fmt::Debug for CheckKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CheckKey(..)")
    }
}

/// The report is longer than [`MESSAGES_MAX`] messages, or its text than a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too long to be sent as text messages")]
pub struct TooLong;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The report's essentials.
    pub digest: Digest,
    /// 32 bits that only the registered phone and the hub can make; absent if the phone is not registered.
    pub check: Option<u32>,
}

impl Received {
    /// Whether the check is there and was made with this key. One in 4 × 10⁹ guesses is right, so a hub counts failures.
    pub fn verifies(&self, key: &CheckKey) -> bool {
        self.check.is_some() && self.check == check(&self.digest, key)
    }
}

/// Whether a text is of this format, damaged or not. What is not ours is a villager's own words.
pub fn is_ours(text: &str) -> bool {
    parts::is_ours(text)
}

/// Whether a text is words, not what is left of letters that were read in the wrong alphabet.
pub fn is_readable(text: &str) -> bool {
    !text.contains(['\0', char::REPLACEMENT_CHARACTER])
}

/// Names the report that a message belongs to, among those of its sender, before it can be read: what has the same name
/// belongs together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series(Vec<u8>);

impl Series {
    /// Of a message; an error if it cannot be read at all.
    pub fn of(message: &str) -> Result<Self, Unreadable> {
        Ok(Self(parts::open(message)?.series()))
    }
    /// As it is stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A report as text messages of at most 160 septets each, one if they are enough; its text in composed form. With the key of
/// a registered phone they carry its check.
pub fn encode(digest: &Digest, key: Option<&CheckKey>) -> Result<Vec<String>, TooLong> {
    crate::statement::check_text(&digest.text).map_err(|_| TooLong)?;
    let digest = Digest { text: composed(digest.text.clone()), ..digest.clone() };
    let check = key.and_then(|key| check(&digest, key));
    let body = fields::write(&digest, check).ok_or(TooLong)?;
    parts::cut(&body).ok_or(TooLong)
}

/// Reads the messages of one report, in any order, any of them twice.
pub fn decode(messages: &[impl AsRef<str>]) -> Result<Received, Unreadable> {
    let mut collector = Collector::default();
    let mut last = Err(Unreadable::NotOurs);
    for message in messages {
        last = collector.take(message.as_ref());
        if !matches!(last, Err(Unreadable::Missing { .. })) {
            return last;
        }
    }
    last
}

/// Messages as a gateway gets them: those of several reports mixed, in any order, any of them twice. Keeps the messages of the
/// 64 reports that began last and are not whole yet; a gateway has one for each sender.
#[derive(Debug, Default)]
pub struct Collector(Pile);

impl Collector {
    /// Takes one message in, and gives the report it makes whole. While some are missing, that is the error. A message that
    /// comes again after its report was whole begins it anew.
    pub fn take(&mut self, message: &str) -> Result<Received, Unreadable> {
        let body = self.0.add(parts::open(message)?)?;
        let (digest, check) = fields::read(&body).ok_or(Unreadable::Damaged)?;
        Ok(Received { digest, check })
    }
}

/// HMAC-SHA-256 of what the message says, cut to 32 bits.
fn check(digest: &Digest, key: &CheckKey) -> Option<u32> {
    let said = fields::write(digest, None)?;
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key.0).ok()?;
    mac.update(b"paht/sms/check/1");
    mac.update(&said);
    let code: [u8; 32] = mac.finalize().into_bytes().into();
    code.first_chunk().map(|four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_of_a_phone_that_composes_nothing_verifies_over_what_it_wrote() {
        let written = Digest {
            tenant: TenantId::parse("hue").unwrap(),
            tag: Tag([1; 6]),
            category: CategoryCode::parse("traffic").unwrap(),
            place: None,
            at: UnixMs::from_millis(1_793_600_040_000),
            text: "O\u{302}\u{309} ga\u{300}".to_owned(),
        };
        let key = CheckKey::from_bytes([7; 32]);
        let body = fields::write(&written, check(&written, &key)).unwrap();
        let read = decode(&parts::cut(&body).unwrap()).unwrap();
        assert!(read.verifies(&key));
        assert_eq!(read.digest, written);
    }
}
