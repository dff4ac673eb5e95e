//! A receipt: the hub's signed, durable word that it holds a part. Kept by the phone, it proves offline what was handed
//! in and when.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::{CaseCode, Epoch, ReportId, Sha256, TenantId};
use crate::part::PartKind;
use crate::time::UnixMs;
use crate::wire::envelope::{self, PUBLIC_KEY_BYTES, Purpose, Sign};
use crate::wire::{from_bytes, to_bytes};

/// What the hub signs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Receipt {
    /// The IOC that holds it.
    #[n(0)]
    pub tenant: TenantId,
    /// The report.
    #[n(1)]
    pub report: ReportId,
    /// Hash of the part: of a command's plain form, or of media.
    #[n(2)]
    pub hash: Sha256,
    /// Which piece it is.
    #[n(3)]
    pub stage: PartKind,
    /// When the hub had it whole and safe, by the hub's clock.
    #[n(4)]
    pub time: UnixMs,
    /// The hub's epoch then.
    #[n(5)]
    pub epoch: Epoch,
    /// The case's public code.
    #[n(6)]
    pub case: Option<CaseCode>,
}

/// Why a receipt counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReceipt {
    /// Not a receipt, or its signature does not fit.
    #[error("not a valid receipt")]
    Invalid,
    /// Signed by a key that the tenant's card does not name.
    #[error("signed by an unknown key")]
    Stranger,
}

impl Receipt {
    /// Signs it with the hub's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Receipt, to_bytes(self))
    }

    /// Reads and verifies bytes as they came, against the keys that the tenant's card names.
    pub fn verify(bytes: &[u8], trusted: &[[u8; PUBLIC_KEY_BYTES]]) -> Result<Self, BadReceipt> {
        let opened = envelope::open(bytes, Purpose::Receipt).map_err(|_| BadReceipt::Invalid)?;
        if !trusted.contains(&opened.public_key) {
            return Err(BadReceipt::Stranger);
        }
        from_bytes(&opened.payload, "receipt").map_err(|_| BadReceipt::Invalid)
    }
}
