//! What everybody may see of a case. Nothing is left out of a whole: this page is put together from what may be shown, so
//! a field added to the record later is not public until somebody says so here. What people wrote is in it as [`PublicText`]
//! alone, which masks how to reach and find them.
//!
//! Never here: originals and voice notes (they carry metadata), the sender, keys, the claim, comments, triage's advice,
//! and anything of a case that is not public, its code included.

use paht_model::capture::MediaType;
use paht_model::case::{Assignment, Stage};
use paht_model::ids::{AreaCode, CaseCode, CategoryCode, Sha256};
use paht_model::part::PartKind;
use paht_model::place::Place;
use paht_model::public::{PublicReview, PublicText};
use paht_model::time::UnixMs;
use paht_model::timeline::{Publication, What};
use serde::Serialize;

use crate::change::heard;
use crate::ports::{CaseRecord, DeclaredPart, Heard, Ledger, StoreFault};

/// A case as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCase {
    /// Its public code.
    pub code: CaseCode,
    /// Where it stands.
    pub stage: Stage,
    /// When the hub received it.
    pub received: UnixMs,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// The commune.
    pub area: Option<AreaCode>,
    /// What the citizen says.
    pub said: Said,
    /// Where.
    pub place: Option<Place>,
    /// Previews and renditions of the report, then those of the answers' evidence.
    pub pictures: Vec<PublicPicture>,
    /// How much of the report is here.
    pub captures: Arrival,
    /// The agencies' shares, with both clocks of a reopened one.
    pub assignments: Vec<Assignment>,
    /// What happened, oldest first.
    pub timeline: Vec<PublicEntry>,
    /// Danger to life or limb.
    pub urgent: bool,
}

/// What a citizen says, as everybody may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Their words, after edits.
    pub text: PublicText,
    /// The service it is about and how it was, where it is about one.
    pub review: Option<PublicReview>,
}

/// One thing that happened, as everybody may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicEntry {
    /// When the hub recorded it.
    pub at: UnixMs,
    /// What happened.
    pub what: What,
    /// What somebody wrote with it: an answer, a verdict, a reason.
    pub words: Option<PublicText>,
}

impl PublicCase {
    /// What happened when, oldest first.
    pub fn happened(&self) -> impl DoubleEndedIterator<Item = (UnixMs, &What)> {
        self.timeline.iter().map(|entry| (entry.at, &entry.what))
    }
}

/// How many of a report's photos, videos and voice notes are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// How many the report declares.
    pub declared: usize,
    /// How many of them the hub holds.
    pub arrived: usize,
}

/// A picture that may be shown: one made from an original, without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPicture {
    /// Its hash.
    pub hash: Sha256,
    /// The hash of the original it was made from: the original itself stays sealed.
    pub of: Option<Sha256>,
    /// Preview or rendition; never an original.
    pub kind: PartKind,
    /// Its format.
    pub media_type: MediaType,
    /// Width and height in pixels, where declared.
    pub size: Option<(u32, u32)>,
    /// Whether the hub holds it; until then there is the thumbhash.
    pub arrived: bool,
    /// Some 25 bytes to show until it arrives.
    pub thumbhash: Option<Vec<u8>>,
    /// Shows an agency's result, not the citizen's report.
    pub evidence: bool,
    /// Which assignment's which answer it belongs to, for evidence.
    pub answer: Option<(u16, u16)>,
}

/// The public page of a case; `None` if there is no such case or it is not public, which nobody can tell apart.
pub fn public_case(ledger: &dyn Ledger, code: &CaseCode) -> Result<Option<PublicCase>, StoreFault> {
    let Some(record) = ledger.case_by_code(code)?.filter(is_public) else { return Ok(None) };
    let timeline = timeline(ledger, &record)?;
    let captures = || record.declared.iter().filter(|part| !part.evidence && is_capture(part.kind));
    Ok(Some(PublicCase {
        code: record.case.code.clone(),
        stage: record.case.stage(),
        received: record.case.received,
        category: record.case.category.clone(),
        area: record.case.area.clone(),
        said: Said {
            text: PublicText::of(&record.text),
            review: record.review.as_ref().map(PublicReview::of),
        },
        place: record.place,
        pictures: pictures(&record, &timeline),
        captures: Arrival {
            declared: captures().count(),
            arrived: captures().filter(|part| record.case.arrived.contains(&part.hash)).count(),
        },
        assignments: record.case.assignments.clone(),
        timeline,
        urgent: record.advice.urgent,
    }))
}

/// Whether everybody may see it.
pub fn is_public(record: &CaseRecord) -> bool {
    record.case.publication == Publication::Public && record.case.stage() != Stage::Withdrawn
}

fn timeline(ledger: &dyn Ledger, record: &CaseRecord) -> Result<Vec<PublicEntry>, StoreFault> {
    let mut shown = Vec::new();
    for entry in ledger.log(&record.report)? {
        // That a case is the same as one not public must not tell that the other exists.
        let names_hidden = match &entry.what {
            What::Duplicate { of } => !ledger.case_by_code(of)?.is_some_and(|other| is_public(&other)),
            _ => false,
        };
        if heard(&entry.what) == Heard::Everybody && !names_hidden {
            let words = entry.words.as_deref().map(PublicText::of);
            shown.push(PublicEntry { at: entry.at, what: entry.what, words });
        }
    }
    Ok(shown)
}

fn pictures(record: &CaseRecord, timeline: &[PublicEntry]) -> Vec<PublicPicture> {
    let own = record.declared.iter().filter(|part| !part.evidence && part.is_shown());
    let mut pictures: Vec<_> = own.map(|part| picture(record, part, None)).collect();
    for entry in timeline {
        let What::Answered { assignment, answer, evidence } = &entry.what else { continue };
        let named = |part: &&DeclaredPart| {
            evidence.contains(&part.hash) || part.of.is_some_and(|original| evidence.contains(&original))
        };
        let shown = record.declared.iter().filter(|part| part.evidence && part.is_shown());
        for part in shown.filter(named) {
            let new = picture(record, part, Some((*assignment, *answer)));
            // Two officers, or an officer and the desk, may have handed in the same.
            if !pictures
                .iter()
                .any(|known| (known.hash, known.of, known.answer) == (new.hash, new.of, new.answer))
            {
                pictures.push(new);
            }
        }
    }
    pictures
}

fn picture(record: &CaseRecord, part: &DeclaredPart, answer: Option<(u16, u16)>) -> PublicPicture {
    PublicPicture {
        hash: part.hash,
        of: part.of,
        kind: part.kind,
        media_type: part.media_type,
        size: part.size,
        arrived: record.case.arrived.contains(&part.hash),
        thumbhash: part.thumbhash.clone(),
        evidence: part.evidence,
        answer,
    }
}

const fn is_capture(kind: PartKind) -> bool {
    matches!(kind, PartKind::Original | PartKind::VoiceNote)
}
