//! A tenant as the phone knows it: the signed card with the keys to trust, the categories, agencies and communes. It
//! ships with the app and is renewed by sync; the hub makes it from files that an administrator edits.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::{AgencyId, AreaCode, CategoryCode, TenantId};
use crate::place::Point;
use crate::time::UnixMs;
use crate::wire::envelope::{self, PUBLIC_KEY_BYTES, Purpose, Sign};
use crate::wire::{BadBytes, Blob, from_bytes, to_bytes};

/// What a phone needs to know of a province's IOC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantCard {
    /// The tenant.
    pub tenant: TenantId,
    /// Grows with every change; a phone takes only newer ones.
    pub version: u32,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The number to call.
    pub hotline: String,
    /// Keys whose receipts count.
    pub keys: Vec<HubKey>,
    /// Recipients that the sender's name and number are sealed to (age, X25519), in text form.
    pub sealing: Vec<String>,
    /// What a report can be about.
    pub categories: Vec<CardCategory>,
    /// Who handles cases.
    pub agencies: Vec<CardAgency>,
    /// The communes.
    pub areas: Vec<CardArea>,
    /// The box around the province.
    #[serde(flatten)]
    pub bounds: Bounds,
    /// Where a report is sent to as text messages; absent where no gateway takes them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sms: Option<String>,
}

/// The box around a province, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// The corner with the smallest latitude and longitude.
    pub south_west: Point,
    /// The opposite corner.
    pub north_east: Point,
}

impl Bounds {
    /// Whether a point lies in it.
    pub const fn contains(&self, point: Point) -> bool {
        point.lat_e7 >= self.south_west.lat_e7
            && point.lat_e7 <= self.north_east.lat_e7
            && point.lon_e7 >= self.south_west.lon_e7
            && point.lon_e7 <= self.north_east.lon_e7
    }
}

/// A key the hub signs receipts and cards with.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct HubKey {
    /// SEC1, compressed.
    #[n(0)]
    pub public_key: Blob,
    /// Signs from this time on.
    #[n(1)]
    pub valid_from: UnixMs,
    /// Signs until this time; its receipts count for ever.
    #[n(2)]
    pub valid_until: Option<UnixMs>,
}

/// A category, as a person chooses it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CardCategory {
    /// Its code.
    #[n(0)]
    pub code: CategoryCode,
    /// Name in Vietnamese.
    #[n(1)]
    pub name_vi: String,
    /// Name in English.
    #[n(2)]
    pub name_en: String,
    /// Never public, and never written as an SMS.
    #[n(3)]
    #[cbor(default)]
    #[serde(default)]
    pub confidential: bool,
    /// What an answer needs beside words (law 9); absent on a card that does not say.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub evidence: Option<Evidence>,
}

/// What a category asks of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A photo of the place, settled.
    AfterPhoto,
    /// A picture of a document: minutes, a decision.
    Paper,
    /// Words that the agency gives under its own name.
    SignedAccount,
    /// Something a newer program asks for.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(Evidence { 1 => AfterPhoto, 2 => Paper, 3 => SignedAccount });

/// An agency, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CardAgency {
    /// Its id.
    #[n(0)]
    pub id: AgencyId,
    /// Name in Vietnamese.
    #[n(1)]
    pub name_vi: String,
    /// Name in English.
    #[n(2)]
    pub name_en: String,
}

/// A commune, as the phone finds it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CardArea {
    /// Its official number.
    #[n(0)]
    pub code: AreaCode,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// A point inside it.
    #[n(2)]
    pub centre: Point,
}

impl TenantCard {
    /// What an answer in this category needs, where the card says so.
    pub fn evidence(&self, category: &CategoryCode) -> Option<Evidence> {
        self.categories.iter().find(|known| known.code == *category)?.evidence
    }

    /// Whether a point lies in the box around the province.
    pub const fn contains(&self, point: Point) -> bool {
        self.bounds.contains(point)
    }

    /// Whether it has this category.
    pub fn has_category(&self, code: &CategoryCode) -> bool {
        self.categories.iter().any(|category| category.code == *code)
    }

    /// The communes that a point may lie in. Of each the card has only one point, so all whose point is at most twice as
    /// far as the nearest one's count.
    pub fn areas_about(&self, point: Point) -> impl Iterator<Item = &CardArea> {
        let metres = move |area: &&CardArea| area.centre.metres_to(point);
        let nearest = self.areas.iter().map(|area| metres(&area)).fold(f64::INFINITY, f64::min);
        self.areas.iter().filter(move |area| metres(area) <= nearest * 2.0)
    }

    /// The keys whose receipts count, as bytes.
    pub fn trusted_keys(&self) -> Vec<[u8; PUBLIC_KEY_BYTES]> {
        self.keys.iter().filter_map(|key| key.public_key.0.as_slice().try_into().ok()).collect()
    }

    /// Signs it with the hub's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Card, to_bytes(self))
    }

    /// Reads a signed card. It counts only if it is signed by a key of the card known before (`trusted`), or, on a
    /// phone that knows no key yet, by a key it names itself (trust on first use).
    pub fn open(bytes: &[u8], trusted: &[[u8; PUBLIC_KEY_BYTES]]) -> Result<Self, BadBytes> {
        let bad = BadBytes { what: "tenant card" };
        let opened = envelope::open(bytes, Purpose::Card).map_err(|_| bad)?;
        let card: Self = from_bytes(&opened.payload, "tenant card")?;
        let own = card.trusted_keys();
        let known = if trusted.is_empty() { own.as_slice() } else { trusted };
        if known.contains(&opened.public_key) { Ok(card) } else { Err(bad) }
    }
}
