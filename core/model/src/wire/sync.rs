//! The one round trip: the phone pushes every signed command it has and asks where its transfers stand; the hub answers
//! with receipts, offsets and what happened since the cursor. See `docs/wire.md`.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::fault::Code;
use crate::ids::{ClaimSecret, Epoch, KeyThumbprint, ReportId, Sha256, TenantId};
use crate::time::UnixMs;
use crate::timeline::Entry;
use crate::wire::Blob;
use crate::wire::envelope::{self, BadEnvelope, Purpose, Sign};
use crate::wire::{BadBytes, from_bytes, to_bytes};

/// What a phone sends; signed, so that the hub knows whose events to tell.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct SyncRequest {
    /// Whose IOC it is for.
    #[n(0)]
    pub tenant: TenantId,
    /// How far this phone has read; absent the first time. Opaque.
    #[n(1)]
    pub cursor: Option<Blob>,
    /// Signed commands, byte for byte.
    #[n(2)]
    pub commands: Vec<Blob>,
    /// Media whose transfer the phone wants to begin or resume.
    #[n(3)]
    pub offers: Vec<PartName>,
    /// Digest of everything the phone holds receipts for.
    #[n(4)]
    pub held: SetDigest,
    /// Version of the tenant card it knows; 0 for none signed.
    #[n(5)]
    pub card_version: u32,
    /// Reports whose held hashes it wants itemised, since the digests differed.
    #[n(6)]
    pub itemise: Vec<ReportId>,
    /// Version of the bulletin it has; 0 for none yet, absent from a phone that knows no bulletins.
    #[n(7)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bulletin_version: Option<u32>,
    /// The right to ask about reports that another key made: those of this phone, after it lost its key. Absent where there
    /// are none.
    #[n(8)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub claims: Option<Vec<ReportClaim>>,
}

/// The claim secret of a report.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ReportClaim {
    /// The report.
    #[n(0)]
    pub report: ReportId,
    /// Its claim secret.
    #[n(1)]
    pub claim: ClaimSecret,
}

/// What the hub answers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct SyncReply {
    /// The hub's time.
    #[n(0)]
    pub hub_time: UnixMs,
    /// The hub's epoch.
    #[n(1)]
    pub epoch: Epoch,
    /// One for each command, in their order.
    #[n(2)]
    pub outcomes: Vec<Outcome>,
    /// One for each offer, in their order.
    #[n(3)]
    pub transfers: Vec<Transfer>,
    /// What happened since the cursor, oldest first.
    #[n(4)]
    pub entries: Vec<Told>,
    /// Where to read on.
    #[n(5)]
    pub cursor: Blob,
    /// More entries wait.
    #[n(6)]
    pub more: bool,
    /// The cursor was of another epoch or too old: `entries` begin anew, forget what was told before.
    #[n(7)]
    pub snapshot: bool,
    /// Whether the hub holds for this phone exactly what the phone's digest says.
    #[n(8)]
    pub held_equal: bool,
    /// The hashes it holds of each report asked for.
    #[n(9)]
    pub itemised: Vec<Holding>,
    /// A newer tenant card, signed.
    #[n(10)]
    pub card: Option<Blob>,
    /// A newer bulletin, signed; only to a phone that said which one it has.
    #[n(11)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bulletin: Option<Blob>,
}

/// A part by its name: nothing else names media.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(map)]
pub struct PartName {
    /// The report.
    #[n(0)]
    pub report: ReportId,
    /// The hash of its bytes.
    #[n(1)]
    pub hash: Sha256,
}

/// What became of one command.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Outcome {
    /// It is stored; the receipt, byte for byte the same for every replay.
    #[n(0)]
    Stored {
        /// The receipt.
        #[n(0)]
        receipt: Blob,
    },
    /// It was not stored.
    #[n(1)]
    Refused {
        /// Why.
        #[n(0)]
        code: Code,
        /// When it may be tried again, in milliseconds from now; absent if never.
        #[n(1)]
        retry_after_ms: Option<u64>,
    },
}

/// Where one transfer stands.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Transfer {
    /// Send from this byte on.
    #[n(0)]
    At {
        /// The transfer's name, the last part of its address.
        #[n(0)]
        session: String,
        /// Bytes the hub holds.
        #[n(1)]
        offset_bytes: u64,
    },
    /// The hub holds all of it.
    #[n(1)]
    Complete {
        /// The receipt.
        #[n(0)]
        receipt: Blob,
    },
    /// No statement or derivation the hub knows declares it.
    #[n(2)]
    Undeclared,
    /// Not wanted, for good.
    #[n(3)]
    Refused {
        /// Why.
        #[n(0)]
        code: Code,
    },
}

/// One entry of one of the phone's cases.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Told {
    /// The report.
    #[n(0)]
    pub report: ReportId,
    /// Its place among the phone's entries of this report, from 1; the same entry always has the same.
    #[n(1)]
    pub number: u32,
    /// What happened.
    #[n(2)]
    pub entry: Entry,
}

/// What the hub holds of one report.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Holding {
    /// The report.
    #[n(0)]
    pub report: ReportId,
    /// Hashes of stored commands and media.
    #[n(1)]
    pub hashes: Vec<Sha256>,
}

/// A digest of a set of parts that can be kept up as parts come: the exclusive-or of each member's hash, cut to 16
/// bytes. Equal sets have equal digests; the members are hashes already, so nobody chooses them freely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(into = "Blob", try_from = "Blob")]
pub struct SetDigest(#[cbor(n(0), with = "minicbor::bytes")] [u8; 16]);

impl From<SetDigest> for Blob {
    fn from(digest: SetDigest) -> Self {
        Self(digest.0.to_vec())
    }
}

impl TryFrom<Blob> for SetDigest {
    type Error = BadBytes;
    fn try_from(bytes: Blob) -> Result<Self, BadBytes> {
        bytes.0.try_into().map(Self).map_err(|_| BadBytes { what: "set digest" })
    }
}

impl SetDigest {
    /// From its bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Puts a part in, or takes it out again.
    #[must_use]
    pub fn toggle(mut self, part: &PartName) -> Self {
        let mut member = Vec::with_capacity(48);
        member.extend_from_slice(part.report.as_bytes());
        member.extend_from_slice(part.hash.as_bytes());
        for (to, from) in self.0.iter_mut().zip(Sha256::of(&member).as_bytes()) {
            *to ^= *from;
        }
        self
    }
}

/// A verified sync request with its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// Who asks.
    pub key: KeyThumbprint,
    /// What.
    pub request: SyncRequest,
}

impl SyncRequest {
    /// Signs it with the phone's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Sync, to_bytes(self))
    }

    /// Reads and verifies bytes as they came.
    pub fn open(bytes: &[u8]) -> Result<SignedRequest, Code> {
        let opened = envelope::open(bytes, Purpose::Sync).map_err(|bad| match bad {
            BadEnvelope::Malformed => Code::RequestMalformed,
            BadEnvelope::Signature => Code::SignatureBad,
        })?;
        let request = from_bytes(&opened.payload, "sync request").map_err(|_| Code::RequestMalformed)?;
        Ok(SignedRequest { key: opened.thumbprint(), request })
    }
}
