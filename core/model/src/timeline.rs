//! What happened to a case, entry by entry. The same entries are the hub's log, the phone's timeline and the public
//! page; each audience sees its part. Words that people wrote stand beside an entry and can be erased; the entry stays.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, Sha256};
use crate::part::PartKind;
use crate::time::UnixMs;

/// One thing that happened, by the hub's clock.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Entry {
    /// When the hub recorded it.
    #[n(0)]
    pub at: UnixMs,
    /// What happened.
    #[n(1)]
    pub what: What,
    /// What somebody wrote with it: a comment, an answer, a reason. Erasable.
    #[n(2)]
    pub words: Option<String>,
}

/// Who speaks in a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// Who made the report.
    Citizen,
    /// The agency that handles it.
    Agency,
    /// The IOC.
    Operator,
    /// Somebody a newer hub knows.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(Speaker { 1 => Citizen, 2 => Agency, 3 => Operator });

/// How a report reached the IOC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// Its signed statement, over a link of the phone's own.
    Http,
    /// Its essentials, as one or a few SMS of our format.
    Sms,
    /// A person's own words, as an SMS.
    Text,
    /// Its signed statement, taken along by somebody else's phone.
    Courier,
    /// Something a newer hub says.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(Carrier { 1 => Http, 2 => Sms, 3 => Text, 4 => Courier });

/// Who may see the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publication {
    /// Waits for an operator's look.
    Held,
    /// Everybody.
    Public,
    /// Was public, is no longer.
    TakenDown,
    /// Something a newer hub says.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(Publication { 1 => Held, 2 => Public, 3 => TakenDown });

/// What happened. A phone shows what it does not know as "something new" and keeps the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum What {
    /// The hub has the statement; the case exists.
    Received {
        /// The case's public code.
        case: CaseCode,
    },
    /// It was put in a category and an area.
    Classified {
        /// The category.
        category: CategoryCode,
        /// The commune, if the place is in one.
        area: Option<AreaCode>,
    },
    /// Not something the IOC handles; the words say why.
    Refused,
    /// The same matter as another case.
    Duplicate {
        /// That case.
        of: CaseCode,
    },
    /// Given to an agency.
    Dispatched {
        /// The assignment, counted from 1.
        assignment: u16,
        /// To whom.
        agency: AgencyId,
        /// The deadline.
        due: UnixMs,
    },
    /// The agency has taken it up.
    InProgress {
        /// The assignment.
        assignment: u16,
    },
    /// The agency gave it back; the words say why.
    Returned {
        /// The assignment.
        assignment: u16,
    },
    /// The agency's result; the words are the answer.
    Answered {
        /// The assignment.
        assignment: u16,
        /// Which answer of it, counted from 1.
        answer: u16,
        /// Its evidence, by hash of the published picture or paper.
        evidence: Vec<Sha256>,
    },
    /// An assignment is settled.
    Closed {
        /// The assignment.
        assignment: u16,
    },
    /// The citizen's verdict on an answer.
    Rated {
        /// The assignment.
        assignment: u16,
        /// The answer.
        answer: u16,
        /// 1 to 5.
        grade: u8,
    },
    /// The citizen says it is not settled; a second clock runs beside the first.
    Reopened {
        /// The assignment.
        assignment: u16,
        /// The new deadline.
        due: UnixMs,
    },
    /// The agency asks for a later deadline; the words say why. Asked anew, it replaces the wish.
    TimeAsked {
        /// The assignment.
        assignment: u16,
        /// The deadline wished for.
        until: UnixMs,
    },
    /// The IOC gives a later deadline; the first stays on record.
    TimeGiven {
        /// The assignment.
        assignment: u16,
        /// The new deadline.
        due: UnixMs,
    },
    /// Words added to the case.
    Commented {
        /// By whom.
        by: Speaker,
    },
    /// The citizen changed the report.
    Edited,
    /// The citizen took the report back.
    Withdrawn,
    /// A declared part arrived whole.
    Arrived {
        /// Which piece.
        part: PartKind,
        /// Its hash.
        hash: Sha256,
    },
    /// Who may see the case changed.
    Published {
        /// To what.
        to: Publication,
    },
    /// It came by this carrier. Not said of what came by data alone.
    Carried {
        /// By which.
        by: Carrier,
    },
    /// Something a newer hub says.
    Unknown {
        /// Its code.
        code: u32,
    },
}

/// The wire form of every [`What`] this program knows; the codes are for ever.
#[derive(Encode, Decode)]
enum Known {
    #[n(1)]
    Received(#[n(0)] CaseCode),
    #[n(2)]
    Classified(#[n(0)] CategoryCode, #[n(1)] Option<AreaCode>),
    #[n(3)]
    Refused,
    #[n(4)]
    Duplicate(#[n(0)] CaseCode),
    #[n(5)]
    Dispatched(#[n(0)] u16, #[n(1)] AgencyId, #[n(2)] UnixMs),
    #[n(6)]
    InProgress(#[n(0)] u16),
    #[n(7)]
    Returned(#[n(0)] u16),
    #[n(8)]
    Answered(#[n(0)] u16, #[n(1)] u16, #[n(2)] Vec<Sha256>),
    #[n(9)]
    Closed(#[n(0)] u16),
    #[n(10)]
    Rated(#[n(0)] u16, #[n(1)] u16, #[n(2)] u8),
    #[n(11)]
    Reopened(#[n(0)] u16, #[n(1)] UnixMs),
    #[n(12)]
    Commented(#[n(0)] Speaker),
    #[n(13)]
    Edited,
    #[n(14)]
    Withdrawn,
    #[n(15)]
    Arrived(#[n(0)] PartKind, #[n(1)] Sha256),
    #[n(16)]
    Published(#[n(0)] Publication),
    #[n(17)]
    TimeAsked(#[n(0)] u16, #[n(1)] UnixMs),
    #[n(18)]
    TimeGiven(#[n(0)] u16, #[n(1)] UnixMs),
    #[n(19)]
    Carried(#[n(0)] Carrier),
}

/// The largest code in [`Known`].
const KNOWN_CODE_MAX: u32 = 19;

impl From<Known> for What {
    fn from(known: Known) -> Self {
        match known {
            Known::Received(case) => Self::Received { case },
            Known::Classified(category, area) => Self::Classified { category, area },
            Known::Refused => Self::Refused,
            Known::Duplicate(of) => Self::Duplicate { of },
            Known::Dispatched(assignment, agency, due) => Self::Dispatched { assignment, agency, due },
            Known::InProgress(assignment) => Self::InProgress { assignment },
            Known::Returned(assignment) => Self::Returned { assignment },
            Known::Answered(assignment, answer, evidence) => Self::Answered { assignment, answer, evidence },
            Known::Closed(assignment) => Self::Closed { assignment },
            Known::Rated(assignment, answer, grade) => Self::Rated { assignment, answer, grade },
            Known::Reopened(assignment, due) => Self::Reopened { assignment, due },
            Known::Commented(by) => Self::Commented { by },
            Known::Edited => Self::Edited,
            Known::Withdrawn => Self::Withdrawn,
            Known::Arrived(part, hash) => Self::Arrived { part, hash },
            Known::Published(to) => Self::Published { to },
            Known::TimeAsked(assignment, until) => Self::TimeAsked { assignment, until },
            Known::TimeGiven(assignment, due) => Self::TimeGiven { assignment, due },
            Known::Carried(by) => Self::Carried { by },
        }
    }
}

impl What {
    fn known(&self) -> Option<Known> {
        Some(match self.clone() {
            Self::Received { case } => Known::Received(case),
            Self::Classified { category, area } => Known::Classified(category, area),
            Self::Refused => Known::Refused,
            Self::Duplicate { of } => Known::Duplicate(of),
            Self::Dispatched { assignment, agency, due } => Known::Dispatched(assignment, agency, due),
            Self::InProgress { assignment } => Known::InProgress(assignment),
            Self::Returned { assignment } => Known::Returned(assignment),
            Self::Answered { assignment, answer, evidence } => Known::Answered(assignment, answer, evidence),
            Self::Closed { assignment } => Known::Closed(assignment),
            Self::Rated { assignment, answer, grade } => Known::Rated(assignment, answer, grade),
            Self::Reopened { assignment, due } => Known::Reopened(assignment, due),
            Self::Commented { by } => Known::Commented(by),
            Self::Edited => Known::Edited,
            Self::Withdrawn => Known::Withdrawn,
            Self::Arrived { part, hash } => Known::Arrived(part, hash),
            Self::Published { to } => Known::Published(to),
            Self::TimeAsked { assignment, until } => Known::TimeAsked(assignment, until),
            Self::TimeGiven { assignment, due } => Known::TimeGiven(assignment, due),
            Self::Carried { by } => Known::Carried(by),
            Self::Unknown { .. } => return None,
        })
    }
}

impl<C> Encode<C> for What {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match (self.known(), self) {
            (Some(known), _) => known.encode(e, ctx),
            (None, Self::Unknown { code }) => e.array(2)?.u32(*code)?.array(0)?.ok(),
            (None, _) => Err(minicbor::encode::Error::message("an entry without a code")),
        }
    }
}

impl<'b, C> Decode<'b, C> for What {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut ahead = d.probe();
        ahead.array()?;
        let code = ahead.u32()?;
        if (1..=KNOWN_CODE_MAX).contains(&code) {
            return Known::decode(d, ctx).map(Self::from);
        }
        d.skip()?;
        Ok(Self::Unknown { code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{from_bytes, to_bytes};

    #[test]
    fn an_entry_of_a_newer_hub_is_kept_by_its_code() {
        let mut bytes = Vec::new();
        let mut e = minicbor::Encoder::new(&mut bytes);
        e.map(2).unwrap().u8(0).unwrap().i64(5).unwrap().u8(1).unwrap();
        e.array(2).unwrap().u32(77).unwrap().array(1).unwrap().str("new").unwrap();
        let entry: Entry = from_bytes(&bytes, "entry").unwrap();
        assert_eq!(entry.what, What::Unknown { code: 77 });
    }

    #[test]
    fn known_entries_read_back() {
        let hash = Sha256::of(b"after");
        let what = What::Answered { assignment: 1, answer: 2, evidence: vec![hash] };
        let entry = Entry { at: UnixMs::from_millis(9), what, words: Some("Đã san gạt".into()) };
        assert_eq!(from_bytes::<Entry>(&to_bytes(&entry), "entry").unwrap(), entry);
    }
}
