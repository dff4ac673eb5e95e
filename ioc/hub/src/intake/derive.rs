//! Declaring a preview or rendition of an original.

use paht_model::case::Stage;
use paht_model::command::Derivation;
use paht_model::fault::Code;
use paht_model::part::PartKind;

use crate::change::Change;
use crate::ports::{DeclaredPart, Refusal};

/// Most previews and renditions of one original.
pub const DERIVED_PER_CAPTURE_MAX: usize = 8;

/// Declares it, if its original is one of this report's. Two originals may show the same picture (a photo and its edited
/// copy): its bytes are one part, declared once for each. A hash of what is not to be shown is refused: otherwise an
/// original could be called a preview of itself, and be shown with its metadata (law 7).
pub(super) fn derive(change: &mut Change, derivation: &Derivation) -> Result<(), Refusal> {
    let record = &mut change.record;
    if record.case.stage() == Stage::Withdrawn {
        return Err(Refusal::Never(Code::CaseState));
    }
    let is_original = |part: &&DeclaredPart| part.kind == PartKind::Original && !part.evidence;
    if !record.declared.iter().filter(is_original).any(|part| part.hash == derivation.of) {
        return Err(Refusal::Never(Code::UploadUndeclared));
    }
    let derived = DeclaredPart {
        hash: derivation.hash,
        kind: derivation.kind,
        bytes: derivation.bytes,
        media_type: derivation.media_type,
        of: Some(derivation.of),
        size: Some((derivation.width, derivation.height)),
        thumbhash: derivation.thumbhash.as_ref().map(|blob| blob.0.clone()),
        evidence: false,
        by: None,
    };
    if !record.may_declare(&derived) {
        return Err(Refusal::Never(Code::CommandConflict));
    }
    // What was said of it first stands.
    let is_known = |part: &DeclaredPart| part.hash == derived.hash && part.of == derived.of && !part.evidence;
    if record.declared.iter().any(is_known) {
        return Ok(());
    }
    if record.declared.iter().filter(|part| part.of == derived.of).count() >= DERIVED_PER_CAPTURE_MAX {
        return Err(Refusal::Never(Code::ReportTooManyCaptures));
    }
    record.declared.push(derived);
    Ok(())
}
