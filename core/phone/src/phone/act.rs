//! Doing something to a case, without any link: the files of an answer are read, checked and kept, what is shown of them
//! is made, and the act exists with the one transaction at the end.

use std::path::PathBuf;

use paht_engine::officer;
use paht_engine::ports::Store as _;
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256};
use paht_model::limits::CAPTURES_MAX;
use paht_model::officer::{Act, EvidencePiece, EvidenceRendition};
use paht_model::statement::check_text;
use paht_model::tenant::Evidence;
use paht_model::text::is_blank;
use paht_model::time::UnixMs;
use paht_model::wire::officer::{OfficerCase, OfficerShare};
use paht_model::wire::sync::PartName;

use super::{Inner, Phone, PhoneError};
use crate::facts::{Facts, inspect};
use crate::media::Kept;
use crate::picture::{self, PictureError};

/// What an officer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAct {
    /// Which case, by its report.
    pub report: ReportId,
    /// Which of the agency's assignments, counted from 1.
    pub assignment: u16,
    /// What.
    pub deed: Deed,
}

/// What an officer does to an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Takes it up.
    Start,
    /// Gives it back.
    Return {
        /// Why; never blank.
        reason: String,
    },
    /// Asks for a later deadline.
    AskTime {
        /// The deadline wished for, by the hub's clock.
        until: UnixMs,
        /// Why; never blank.
        reason: String,
    },
    /// Answers.
    Answer {
        /// The answer; never blank.
        text: String,
        /// Photos and videos of the result; copied, never changed.
        files: Vec<PathBuf>,
    },
}

impl Phone {
    /// Does something to one of the kept cases. When it returns, the act and every byte of its files survive a kill, a
    /// full disk and a power cut; when it is refused, nothing of it is left. Gives its name.
    ///
    /// # Errors
    /// `officer.unknown` on a phone that is no officer's; `case.unknown` for a case or assignment that the hub has not
    /// told this phone; `evidence.missing` for an answer without the picture that the category asks for; `deadline.period` for a time that is not later than the deadline; what
    /// [`Act::check`] says; `media.unknown-format` for a file of which nothing can be shown; faults of files and storage.
    pub fn act(&self, new: NewAct) -> Result<PartName, PhoneError> {
        let case = self.inner.known_case(&new.report)?;
        refuse_early(&case, &new)?;
        self.inner.refuse_without_evidence(&case, &new.deed)?;
        let mut kept = Vec::new();
        let made = self.inner.keep_and_act(case, new, &mut kept);
        let hashes: Vec<Sha256> = kept.iter().map(Kept::hash).collect();
        drop(kept);
        if made.is_err() {
            for hash in &hashes {
                self.inner.erase_unneeded(hash);
            }
        }
        made
    }
}

/// What can be refused before a large file is copied.
fn refuse_early(case: &OfficerCase, new: &NewAct) -> Result<(), PhoneError> {
    let share = case.shares.iter().find(|share| share.assignment == new.assignment);
    let share: &OfficerShare = share.ok_or(Code::CaseUnknown)?;
    let (words, files) = match &new.deed {
        Deed::Start => return Ok(()),
        Deed::AskTime { until, .. } if *until <= share.due => return Err(Code::DeadlinePeriod.into()),
        Deed::Return { reason } | Deed::AskTime { reason, .. } => (reason, 0),
        Deed::Answer { text, files } => (text, files.len()),
    };
    if is_blank(words) {
        return Err(Code::TextMissing.into());
    }
    if files > CAPTURES_MAX {
        return Err(Code::ReportTooManyCaptures.into());
    }
    Ok(check_text(words)?)
}

impl Inner {
    /// What the IOC would refuse, as far as the card says what the category asks for.
    fn refuse_without_evidence(&self, case: &OfficerCase, deed: &Deed) -> Result<(), PhoneError> {
        let card = self.card(&self.store().link()?);
        let asked = card.zip(case.category.as_ref()).and_then(|(card, category)| card.evidence(category));
        let needs_picture = matches!(asked, Some(Evidence::AfterPhoto | Evidence::Paper));
        match deed {
            Deed::Answer { files, .. } if needs_picture && files.is_empty() => {
                Err(Code::EvidenceMissing.into())
            }
            _ => Ok(()),
        }
    }

    fn keep_and_act(
        &self,
        case: OfficerCase,
        new: NewAct,
        kept: &mut Vec<Kept>,
    ) -> Result<PartName, PhoneError> {
        let assignment = new.assignment;
        let act = match new.deed {
            Deed::Start => Act::Start { assignment },
            Deed::Return { reason } => Act::Return { assignment, reason },
            Deed::AskTime { until, reason } => Act::AskTime { assignment, until, reason },
            Deed::Answer { text, files } => {
                Act::Answer { assignment, text, evidence: self.evidence(&files, kept)? }
            }
        };
        self.decide_and_wake(|desk, store| officer::act(desk, store, case.report, case.code, &act))
    }

    /// Keeps the files, and what is shown of them. The same file chosen twice is one piece.
    fn evidence(&self, files: &[PathBuf], kept: &mut Vec<Kept>) -> Result<Vec<EvidencePiece>, PhoneError> {
        let mut originals: Vec<Facts> = Vec::new();
        for file in files {
            let facts = inspect(file)?;
            if originals.iter().any(|known| known.sha256 == facts.sha256) {
                continue;
            }
            kept.push(self.media.keep_file(file, &facts.sha256, facts.bytes)?);
            originals.push(facts);
        }
        let sealed: Vec<Sha256> = originals.iter().map(|facts| facts.sha256).collect();
        originals.iter().map(|facts| self.piece(facts, &sealed, kept)).collect()
    }

    /// A kept file as a piece of evidence, and what is shown of it, kept too.
    fn piece(
        &self,
        facts: &Facts,
        sealed: &[Sha256],
        kept: &mut Vec<Kept>,
    ) -> Result<EvidencePiece, PhoneError> {
        let path = self.media.path(&facts.sha256);
        let derived = picture::derive_unlike(&path, facts, self.options.decoder.as_deref(), sealed);
        let shown = derived.map_err(|error| match error {
            PictureError::NeedsPlatform => Code::MediaUnknownFormat,
            _ => Code::MediaUnreadable,
        })?;
        let shown = shown.rendition;
        let hash = Sha256::of(&shown.bytes);
        kept.push(self.media.keep_bytes(&hash, &shown.bytes)?);
        Ok(EvidencePiece {
            hash: facts.sha256,
            kind: facts.kind,
            media_type: facts.mime,
            bytes: facts.bytes,
            rendition: EvidenceRendition {
                hash,
                bytes: shown.bytes.len() as u64,
                media_type: paht_model::capture::MediaType::parse(shown.mime)
                    .ok_or(Code::MediaUnknownFormat)?,
                width: shown.width,
                height: shown.height,
            },
        })
    }
}
