//! A bundle: reports that a neighbour's phone carries to where there is a network. What stands here is sealed to the IOC
//! (age, X25519), so that whoever carries it learns nothing but its size. The signed commands in it are those that the phone
//! sends over a link of its own; a bundle adds no authority to them. The receipts come back the same way.
//!
//! A bundle has its place among the media of the phone that carries it: under a report id that no phone gives a report,
//! and that tells the bundle's length, since no statement declares it.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::fault::Code;
use crate::ids::{ReportId, Sha256, TenantId};
use crate::limits::BUNDLE_BYTES_MAX;
use crate::wire::envelope::{self, PUBLIC_KEY_BYTES, Purpose, Sign};
use crate::wire::sync::PartName;
use crate::wire::{Blob, from_bytes, to_bytes};

/// How the id begins that bundles have in place of a report's. As the time of a UUIDv7 it lies in the year 5885.
const MARK: [u8; 8] = *b"paht/bdl";
/// How every sealed bundle begins: an age file, version 1.
const SEALED: &[u8] = b"age-encryption.org/v1\n";

/// What a bundle holds, before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Bundle {
    /// Whose IOC it is for.
    #[n(0)]
    pub tenant: TenantId,
    /// Whom the receipts are sealed to (age, X25519), in text form.
    #[n(1)]
    pub reply_to: String,
    /// Signed commands, byte for byte, in the order they were made. Of several files of one bundling each has them all.
    #[n(2)]
    pub commands: Vec<Blob>,
    /// Pieces of what they declare.
    #[n(3)]
    pub pieces: Vec<Piece>,
}

/// Some bytes of a part.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Piece {
    /// The part.
    #[n(0)]
    pub part: PartName,
    /// Where in it they belong, in bytes.
    #[n(1)]
    pub offset_bytes: u64,
    /// They.
    #[n(2)]
    pub bytes: Blob,
}

/// What the hub says to a bundle, signed, and sealed to the phone that made it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Receipts {
    /// Receipts for what it holds of the reports, byte for byte.
    #[n(0)]
    pub receipts: Vec<Blob>,
    /// What it will not have.
    #[n(1)]
    pub refused: Vec<RefusedPart>,
}

/// A part that the hub will not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RefusedPart {
    /// Which.
    #[n(0)]
    pub part: PartName,
    /// Why.
    #[n(1)]
    pub code: Code,
}

impl Bundle {
    /// Reads what was sealed. [`Code::BundleUnreadable`] for anything else.
    pub fn read(bytes: &[u8]) -> Result<Self, Code> {
        from_bytes(bytes, "bundle").map_err(|_| Code::BundleUnreadable)
    }
}

impl Receipts {
    /// Signs them with the hub's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Receipts, to_bytes(self))
    }

    /// Reads and verifies bytes as they came, against the keys that the tenant's card names. [`Code::ReceiptsUnreadable`]
    /// for anything else.
    pub fn verify(bytes: &[u8], trusted: &[[u8; PUBLIC_KEY_BYTES]]) -> Result<Self, Code> {
        let opened = envelope::open(bytes, Purpose::Receipts).map_err(|_| Code::ReceiptsUnreadable)?;
        if !trusted.contains(&opened.public_key) {
            return Err(Code::ReceiptsUnreadable);
        }
        from_bytes(&opened.payload, "receipts").map_err(|_| Code::ReceiptsUnreadable)
    }
}

/// What a sealed bundle is called on its way: its hash and its length.
pub fn part(hash: Sha256, bytes: u64) -> PartName {
    let mut id = [0; 16];
    let (mark, length) = id.split_at_mut(MARK.len());
    mark.copy_from_slice(&MARK);
    length.copy_from_slice(&bytes.to_be_bytes());
    PartName { report: ReportId::from_bytes(id), hash }
}

/// The length of the bundle of this name; `None` for a part of a report.
pub fn bytes_of(part: &PartName) -> Option<u64> {
    let (mark, length) = part.report.as_bytes().split_at(MARK.len());
    let length = length.first_chunk().copied().map(u64::from_be_bytes);
    length.filter(|_| mark == MARK)
}

/// Whether a file may be a sealed bundle, by how it begins and its length.
///
/// # Errors
/// [`Code::BundleUnreadable`] if it is something else, [`Code::BodyTooLarge`] over the limit.
pub fn check_sealed(beginning: &[u8], bytes: u64) -> Result<(), Code> {
    if !beginning.starts_with(SEALED) {
        return Err(Code::BundleUnreadable);
    }
    if bytes > BUNDLE_BYTES_MAX { Err(Code::BodyTooLarge) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::envelope::SoftwareKey;

    #[test]
    fn a_bundles_name_tells_its_length_and_a_reports_part_none() {
        let named = part(Sha256::of(b"x"), 7_654_321);
        assert_eq!(bytes_of(&named), Some(7_654_321));
        assert_eq!(named.hash, Sha256::of(b"x"));
        let report = PartName { report: ReportId::from_bytes([0x01; 16]), hash: named.hash };
        assert_eq!(bytes_of(&report), None);
    }

    #[test]
    fn what_is_no_age_file_or_too_large_is_no_bundle() {
        assert_eq!(check_sealed(b"age-encryption.org/v1\n-> X25519", 900), Ok(()));
        assert_eq!(check_sealed(b"\xFF\xD8\xFF\xE0", 900), Err(Code::BundleUnreadable));
        assert_eq!(check_sealed(b"", 0), Err(Code::BundleUnreadable));
        assert_eq!(check_sealed(SEALED, BUNDLE_BYTES_MAX + 1), Err(Code::BodyTooLarge));
    }

    #[test]
    fn receipts_count_from_a_key_of_the_card_alone() {
        let [own, other] = [[3; 32], [4; 32]].map(|secret| SoftwareKey::from_secret(&secret).unwrap());
        let refused = RefusedPart { part: part(Sha256::of(b"x"), 1), code: Code::CategoryUnknown };
        let receipts = Receipts { receipts: vec![Blob(vec![1])], refused: vec![refused] };
        let Ok(signed) = receipts.seal(&own);
        assert_eq!(Receipts::verify(&signed, &[own.public_key()]), Ok(receipts));
        assert_eq!(Receipts::verify(&signed, &[other.public_key()]), Err(Code::ReceiptsUnreadable));
        assert_eq!(Receipts::verify(b"", &[own.public_key()]), Err(Code::ReceiptsUnreadable));
    }
}
