//! What an agency's officer does to a case, with a phone that an agency's token vouched for: signed like everything a
//! phone sends, so that it can be said without a link and counts when it arrives.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::capture::{MediaKind, MediaType};
use crate::fault::Code;
use crate::ids::Sha256;
use crate::limits::{CAPTURES_MAX, PHOTO_BYTES_MAX, RENDITION_BYTES_MAX, VIDEO_BYTES_MAX};
use crate::statement::check_text;
use crate::text::{composed, is_blank};
use crate::time::UnixMs;

/// An officer's step in a case, about one assignment of the officer's agency.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "act")]
pub enum Act {
    /// The agency takes it up.
    #[n(0)]
    Start {
        /// Which assignment, counted from 1.
        #[n(0)]
        assignment: u16,
    },
    /// The agency gives it back.
    #[n(1)]
    Return {
        /// Which assignment, counted from 1.
        #[n(0)]
        assignment: u16,
        /// Why; never blank.
        #[n(1)]
        reason: String,
    },
    /// The agency asks for a later deadline; an operator gives it, or does not.
    #[n(2)]
    AskTime {
        /// Which assignment, counted from 1.
        #[n(0)]
        assignment: u16,
        /// The deadline wished for, by the hub's clock; later than the present one.
        #[n(1)]
        until: UnixMs,
        /// Why; never blank.
        #[n(2)]
        reason: String,
    },
    /// The agency's result. It counts once the rendition of each piece of its evidence has arrived.
    #[n(3)]
    Answer {
        /// Which assignment, counted from 1.
        #[n(0)]
        assignment: u16,
        /// The answer; never blank.
        #[n(1)]
        text: String,
        /// Its evidence, at most [`CAPTURES_MAX`] pieces.
        #[n(2)]
        evidence: Vec<EvidencePiece>,
    },
}

/// One photo or video of an answer's evidence: the original, which stays sealed, and the rendition that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct EvidencePiece {
    /// The original's hash.
    #[n(0)]
    pub hash: Sha256,
    /// Photo or video.
    #[n(1)]
    pub kind: MediaKind,
    /// The original's format.
    #[n(2)]
    pub media_type: MediaType,
    /// The original's size, in bytes.
    #[n(3)]
    pub bytes: u64,
    /// What is shown of it.
    #[n(4)]
    pub rendition: EvidenceRendition,
}

/// A picture without metadata, made on the phone from an original.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct EvidenceRendition {
    /// Its hash.
    #[n(0)]
    pub hash: Sha256,
    /// Its size, in bytes.
    #[n(1)]
    pub bytes: u64,
    /// Its format.
    #[n(2)]
    pub media_type: MediaType,
    /// Width, in pixels.
    #[n(3)]
    pub width: u32,
    /// Height, in pixels.
    #[n(4)]
    pub height: u32,
}

impl Act {
    /// Its name in the glossary.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Return { .. } => "return",
            Self::AskTime { .. } => "ask-time",
            Self::Answer { .. } => "answer",
        }
    }

    /// The assignment it is about, counted from 1.
    pub const fn assignment(&self) -> u16 {
        match self {
            Self::Start { assignment }
            | Self::Return { assignment, .. }
            | Self::AskTime { assignment, .. }
            | Self::Answer { assignment, .. } => *assignment,
        }
    }

    /// What it brings along; empty for anything but an answer.
    pub fn evidence(&self) -> &[EvidencePiece] {
        match self {
            Self::Answer { evidence, .. } => evidence,
            _ => &[],
        }
    }

    /// The same with what the officer wrote in composed form.
    #[must_use]
    pub fn composed(self) -> Self {
        match self {
            Self::Start { .. } => self,
            Self::Return { assignment, reason } => Self::Return { assignment, reason: composed(reason) },
            Self::AskTime { assignment, until, reason } => {
                Self::AskTime { assignment, until, reason: composed(reason) }
            }
            Self::Answer { assignment, text, evidence } => {
                Self::Answer { assignment, text: composed(text), evidence }
            }
        }
    }

    /// The rules that phone and hub both hold it to.
    ///
    /// # Errors
    /// [`Code::CommandMalformed`] for an assignment 0, [`Code::TextMissing`], [`Code::TextTooLong`], and for evidence
    /// [`Code::ReportTooManyCaptures`], [`Code::ReportCaptureTwice`], [`Code::MediaEmpty`], [`Code::MediaTooLarge`],
    /// [`Code::MediaUnknownFormat`] for what nobody can look at.
    pub fn check(&self) -> Result<(), Code> {
        if self.assignment() == 0 {
            return Err(Code::CommandMalformed);
        }
        match self {
            Self::Start { .. } => Ok(()),
            Self::Return { reason, .. } | Self::AskTime { reason, .. } => check_said(reason),
            Self::Answer { text, evidence, .. } => {
                check_said(text)?;
                check_evidence(evidence)
            }
        }
    }
}

/// Words that must be there.
fn check_said(text: &str) -> Result<(), Code> {
    if is_blank(text) { Err(Code::TextMissing) } else { check_text(text) }
}

fn check_evidence(evidence: &[EvidencePiece]) -> Result<(), Code> {
    if evidence.len() > CAPTURES_MAX {
        return Err(Code::ReportTooManyCaptures);
    }
    evidence.iter().try_for_each(EvidencePiece::check)?;
    let originals: BTreeSet<Sha256> = evidence.iter().map(|piece| piece.hash).collect();
    // Two files may show the same picture; but an original that is a rendition would be shown with its metadata (law 7).
    let is_sealed = |piece: &EvidencePiece| originals.contains(&piece.rendition.hash);
    let fits = originals.len() == evidence.len() && !evidence.iter().any(is_sealed);
    if fits { Ok(()) } else { Err(Code::ReportCaptureTwice) }
}

impl EvidencePiece {
    fn check(&self) -> Result<(), Code> {
        let bytes_max = match self.kind {
            MediaKind::Photo => PHOTO_BYTES_MAX,
            MediaKind::Video => VIDEO_BYTES_MAX,
            MediaKind::Voice | MediaKind::Unknown(_) => return Err(Code::MediaUnknownFormat),
        };
        if self.bytes == 0 || self.rendition.bytes == 0 {
            return Err(Code::MediaEmpty);
        }
        let fits = self.bytes <= bytes_max && self.rendition.bytes <= RENDITION_BYTES_MAX;
        if fits { Ok(()) } else { Err(Code::MediaTooLarge) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(name: u8) -> EvidencePiece {
        EvidencePiece {
            hash: Sha256::of(&[name, 0]),
            kind: MediaKind::Photo,
            media_type: MediaType::Jpeg,
            bytes: 10,
            rendition: EvidenceRendition {
                hash: Sha256::of(&[name, 1]),
                bytes: 5,
                media_type: MediaType::Webp,
                width: 640,
                height: 480,
            },
        }
    }

    fn answer(evidence: Vec<EvidencePiece>) -> Result<(), Code> {
        Act::Answer { assignment: 1, text: "Đã san gạt".into(), evidence }.check()
    }

    #[test]
    fn words_must_be_there_and_not_too_many() {
        for (text, found) in [
            ("Đã xong", Ok(())),
            (" \n", Err(Code::TextMissing)),
            (&*"a".repeat(4_001), Err(Code::TextTooLong)),
        ] {
            let text = text.to_owned();
            assert_eq!(Act::Return { assignment: 1, reason: text.clone() }.check(), found);
            let until = UnixMs::from_millis(1);
            assert_eq!(Act::AskTime { assignment: 1, until, reason: text.clone() }.check(), found);
            assert_eq!(Act::Answer { assignment: 1, text, evidence: Vec::new() }.check(), found);
        }
        assert_eq!(Act::Start { assignment: 0 }.check(), Err(Code::CommandMalformed));
        assert_eq!(Act::Start { assignment: 1 }.check(), Ok(()));
    }

    #[test]
    fn evidence_is_held_to_the_limits_of_captures() {
        assert_eq!(answer(vec![piece(1), piece(2)]), Ok(()));
        let many = |count: u8| (0..count).map(piece).collect();
        assert_eq!(answer(many(12)), Ok(()));
        assert_eq!(answer(many(13)), Err(Code::ReportTooManyCaptures));
        assert_eq!(answer(vec![piece(1), piece(1)]), Err(Code::ReportCaptureTwice));
        let mut itself = piece(1);
        itself.rendition.hash = itself.hash;
        assert_eq!(answer(vec![itself]), Err(Code::ReportCaptureTwice));
        let with = |change: fn(&mut EvidencePiece)| {
            let mut piece = piece(1);
            change(&mut piece);
            answer(vec![piece])
        };
        assert_eq!(with(|piece| piece.bytes = 0), Err(Code::MediaEmpty));
        assert_eq!(with(|piece| piece.rendition.bytes = 0), Err(Code::MediaEmpty));
        assert_eq!(with(|piece| piece.bytes = PHOTO_BYTES_MAX + 1), Err(Code::MediaTooLarge));
        assert_eq!(with(|piece| piece.rendition.bytes = RENDITION_BYTES_MAX + 1), Err(Code::MediaTooLarge));
        assert_eq!(with(|piece| piece.kind = MediaKind::Voice), Err(Code::MediaUnknownFormat));
    }
}
