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
/// the hash is declared as something else, since what the citizen keeps sealed cannot become an agency's picture;
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

/// Declares one part of evidence. What an officer's phone is to send may come from the desk as well; the other way round
/// the phone could never have a receipt of its own for it.
pub(crate) fn declare(record: &mut CaseRecord, part: DeclaredPart) -> Result<(), Code> {
    if part.bytes == 0 {
        return Err(Code::MediaEmpty);
    }
    let same = |known: &DeclaredPart| {
        let by = part.by.is_none() || part.by == known.by;
        known.evidence && by && known.kind == part.kind && known.bytes == part.bytes
    };
    match record.declared.iter().find(|known| known.hash == part.hash) {
        Some(known) if same(known) => return Ok(()),
        Some(_) => return Err(Code::CommandConflict),
        None => record.declared.push(part),
    }
    let evidence = record.declared.iter().filter(|part| part.evidence).count();
    if evidence > EVIDENCE_PARTS_MAX { Err(Code::ReportTooManyCaptures) } else { Ok(()) }
}
