//! Declaring what an agency will attach to its answer, so that its bytes may be put on the shelf.

use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::CaseCode;

use crate::change::Change;
use crate::ports::{CaseRecord, DeclaredPart, HubContext, Ledger, Refusal};

/// Most parts that agencies may declare in one case.
pub const EVIDENCE_PARTS_MAX: usize = 64;

/// Lets these parts be uploaded to the case as evidence: for a photo, its original (which is never shown) and a rendition
/// without metadata (which is). Declaring the same part again changes nothing.
///
/// # Errors
/// [`Code::CaseUnknown`]; [`Code::CaseState`] for a withdrawn case; [`Code::MediaEmpty`]; [`Code::CommandConflict`] if
/// a picture has the hash of what is not shown, since what the citizen keeps sealed cannot become an agency's picture;
/// [`Code::ReportTooManyCaptures`] over [`EVIDENCE_PARTS_MAX`].
pub fn declare_evidence(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    case: &CaseCode,
    parts: &[DeclaredPart],
) -> Result<(), Refusal> {
    let mut record = ledger.case_by_code(case)?.ok_or(Refusal::Never(Code::CaseUnknown))?;
    if record.case.stage() == Stage::Withdrawn {
        return Err(Refusal::Never(Code::CaseState));
    }
    for part in parts {
        let part = DeclaredPart { evidence: true, by: None, ..part.clone() };
        declare(&mut record, part).map_err(Refusal::Never)?;
    }
    Change::of(record, hub.now).write(ledger)?;
    Ok(())
}

/// Declares one part of evidence. What an officer's phone is to send may come from the desk as well; but each phone has its
/// own part in what it sends, also where somebody else sends the same bytes.
pub(crate) fn declare(record: &mut CaseRecord, part: DeclaredPart) -> Result<(), Code> {
    if part.bytes == 0 {
        return Err(Code::MediaEmpty);
    }
    if !record.may_declare(&part) {
        return Err(Code::CommandConflict);
    }
    let is_known = |known: &DeclaredPart| {
        let by = part.by.is_none() || part.by == known.by;
        known.evidence && by && known.kind == part.kind && (part.of.is_none() || part.of == known.of)
    };
    if record.declaring(&part.hash).any(is_known) {
        return Ok(());
    }
    record.declared.push(part);
    let evidence = record.declared.iter().filter(|part| part.evidence).count();
    if evidence > EVIDENCE_PARTS_MAX { Err(Code::ReportTooManyCaptures) } else { Ok(()) }
}
