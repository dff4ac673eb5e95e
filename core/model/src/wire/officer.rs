//! What an officer's phone says to the hub beside its sync: that its key is an officer's, for which an agency's token
//! vouches, and then what it wants to see of the agency's cases. Both are signed, each with a purpose of its own.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::capture::MediaType;
use crate::fault::Code;
use crate::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, KeyThumbprint, ReportId, Sha256, TenantId};
use crate::part::PartKind;
use crate::place::Place;
use crate::time::UnixMs;
use crate::timeline::Entry;
use crate::wire::envelope::{self, BadEnvelope, Purpose, Sign};
use crate::wire::sync::PartName;
use crate::wire::{from_bytes, to_bytes};

/// "This key is an officer's": sent once, with an agency's token beside it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Enrolment {
    /// Whose IOC it is for.
    #[n(0)]
    pub tenant: TenantId,
    /// SHA-256 of the token that vouches: an enrolment is of no use with another one.
    #[n(1)]
    pub token: Sha256,
}

/// What the hub answers to an enrolment, and an operator's list tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// The phone's key.
    pub key: KeyThumbprint,
    /// The agency that vouched for it.
    pub agency: AgencyId,
    /// Since when, by the hub's clock.
    pub since: UnixMs,
    /// Since when no more; absent while it acts for the agency.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended: Option<UnixMs>,
}

/// What an officer wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OfficerAsk {
    /// Whose IOC it is for.
    #[n(0)]
    pub tenant: TenantId,
    /// One picture of a case of the agency's; absent: the agency's open cases.
    #[n(1)]
    pub picture: Option<PartName>,
}

/// An agency's open cases, and those in which the asking officer's answer waits or was dropped.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OfficerCases {
    /// When the hub said so, by its clock.
    #[n(0)]
    pub at: UnixMs,
    /// The agency.
    #[n(1)]
    pub agency: AgencyId,
    /// Its cases, the first due first.
    #[n(2)]
    pub cases: Vec<OfficerCase>,
    /// There are more open cases than one answer holds; those due last are left out.
    #[n(3)]
    pub more: bool,
}

/// A case as an officer may see it: never who sent it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OfficerCase {
    /// The report; acts are about it.
    #[n(0)]
    pub report: ReportId,
    /// Its public code.
    #[n(1)]
    pub code: CaseCode,
    /// When the hub received it.
    #[n(2)]
    pub received: UnixMs,
    /// What it is about.
    #[n(3)]
    pub category: Option<CategoryCode>,
    /// The commune.
    #[n(4)]
    pub area: Option<AreaCode>,
    /// Where, as the citizen or a capture said.
    #[n(5)]
    pub place: Option<Place>,
    /// The citizen's words, after edits.
    #[n(6)]
    pub text: String,
    /// Danger to life or limb.
    #[n(7)]
    pub urgent: bool,
    /// The agency's own shares, oldest first.
    #[n(8)]
    pub shares: Vec<OfficerShare>,
    /// Pictures that can be asked for: previews and renditions that have arrived.
    #[n(9)]
    pub pictures: Vec<OfficerPicture>,
    /// What happened, oldest first; other agencies' comments and the citizen's included.
    #[n(10)]
    pub timeline: Vec<Entry>,
    /// The asking officer's answers that wait for their pictures, or were dropped.
    #[n(11)]
    pub waiting: Vec<WaitingAnswer>,
}

/// Where an agency's share stands, as it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareState {
    /// Given, not yet taken up.
    Dispatched,
    /// Being worked on.
    InProgress,
    /// Given back.
    Returned,
    /// Answered, not yet settled.
    Answered,
    /// Settled.
    Closed,
    /// Something a newer hub says.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(ShareState {
    1 => Dispatched, 2 => InProgress, 3 => Returned, 4 => Answered, 5 => Closed,
});

impl From<crate::case::AssignmentState> for ShareState {
    fn from(state: crate::case::AssignmentState) -> Self {
        use crate::case::AssignmentState as S;
        match state {
            S::Dispatched => Self::Dispatched,
            S::InProgress => Self::InProgress,
            S::Returned => Self::Returned,
            S::Answered => Self::Answered,
            S::Closed => Self::Closed,
        }
    }
}

impl ShareState {
    /// Whether the agency still owes an answer.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Dispatched | Self::InProgress)
    }
}

/// The agency's share of a case.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OfficerShare {
    /// The assignment, counted from 1.
    #[n(0)]
    pub assignment: u16,
    /// Where it stands.
    #[n(1)]
    pub state: ShareState,
    /// The first deadline; stays on record.
    #[n(2)]
    pub first_due: UnixMs,
    /// The deadline that runs now.
    #[n(3)]
    pub due: UnixMs,
    /// The later deadline that was asked for and not given yet.
    #[n(4)]
    pub asked: Option<UnixMs>,
    /// How often it was reopened.
    #[n(5)]
    pub reopened: u16,
}

/// A picture of a case.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OfficerPicture {
    /// Its hash.
    #[n(0)]
    pub hash: Sha256,
    /// Preview or rendition.
    #[n(1)]
    pub kind: PartKind,
    /// The original it was made from.
    #[n(2)]
    pub of: Option<Sha256>,
    /// Its format.
    #[n(3)]
    pub media_type: MediaType,
    /// Its size, in bytes.
    #[n(4)]
    pub bytes: u64,
    /// Shows an agency's result, not the citizen's report.
    #[n(5)]
    pub evidence: bool,
}

/// An answer that the hub has, and whose pictures are not all there.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct WaitingAnswer {
    /// The signed command it came by.
    #[n(0)]
    pub command: Sha256,
    /// The assignment.
    #[n(1)]
    pub assignment: u16,
    /// When the hub had the command.
    #[n(2)]
    pub since: UnixMs,
    /// Why it will never count; absent while it waits.
    #[n(3)]
    pub dropped: Option<Code>,
}

/// Something signed by a phone, with who signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy<T> {
    /// Who.
    pub key: KeyThumbprint,
    /// What.
    pub said: T,
}

impl Enrolment {
    /// Signs it with the phone's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Enrolment, to_bytes(self))
    }

    /// Reads and verifies bytes as they came.
    pub fn open(bytes: &[u8]) -> Result<SignedBy<Self>, Code> {
        open(bytes, Purpose::Enrolment)
    }
}

impl OfficerAsk {
    /// Signs it with the phone's key.
    pub fn seal<K: Sign + ?Sized>(&self, key: &K) -> Result<Vec<u8>, K::Error> {
        envelope::seal(key, Purpose::Officer, to_bytes(self))
    }

    /// Reads and verifies bytes as they came.
    pub fn open(bytes: &[u8]) -> Result<SignedBy<Self>, Code> {
        open(bytes, Purpose::Officer)
    }
}

fn open<T: for<'b> Decode<'b, ()>>(bytes: &[u8], purpose: Purpose) -> Result<SignedBy<T>, Code> {
    let opened = envelope::open(bytes, purpose).map_err(|bad| match bad {
        BadEnvelope::Malformed => Code::RequestMalformed,
        BadEnvelope::Signature => Code::SignatureBad,
    })?;
    let said = from_bytes(&opened.payload, "officer's request").map_err(|_| Code::RequestMalformed)?;
    Ok(SignedBy { key: opened.thumbprint(), said })
}
