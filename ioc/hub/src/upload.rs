//! Media on their way in. A part is named by its report and the hash of its bytes, and only what a statement, a derivation
//! or an agency's evidence declared is taken. The bytes lie on the shelf; when they are whole, the case hears of it, an
//! officer's answer that waited for them happens, and the hub signs for them.

use std::collections::BTreeSet;

use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{KeyThumbprint, Sha256};
use paht_model::timeline::What;
use paht_model::wire::sync::{PartName, SetDigest};

use crate::change::Change;
use crate::courier;
use crate::officer;
use crate::ports::{CaseRecord, DeclaredPart, Heard, HubContext, Ledger, Refusal, StoreFault};
use crate::sign;

/// When media that had no room may be tried again, in milliseconds (5 minutes).
pub const FULL_RETRY_MS: u64 = 300_000;

/// A transfer's name, the last part of its address: report id, a dot, 64 hex digits.
pub fn session(part: &PartName) -> String {
    format!("{}.{}", part.report, part.hash)
}

/// The part of a transfer's name. Only what [`session`] makes is read; anything else is `None`.
pub fn part_of(session: &str) -> Option<PartName> {
    let (report, hash) = session.split_once('.')?;
    let part = PartName { report: report.parse().ok()?, hash: hash.parse().ok()? };
    // Ids read more than one spelling; an address has one.
    (self::session(&part) == session).then_some(part)
}

/// Whether these bytes may come: declared, of the declared length where one is given, of a case not taken back. A bundle
/// needs no statement: its name tells its length.
///
/// # Errors
/// [`Code::UploadUndeclared`], [`Code::UploadWrongLength`], [`Code::CaseState`] for a withdrawn case, or
/// [`Code::BodyTooLarge`] for a bundle.
pub fn admit(ledger: &dyn Ledger, part: &PartName, length: Option<u64>) -> Result<DeclaredPart, Refusal> {
    let declared = if let Some(bundle) = courier::declared(part) {
        bundle.map_err(Refusal::Never)?
    } else {
        let record = ledger.case(&part.report)?.ok_or(Refusal::Never(Code::UploadUndeclared))?;
        wanted(&record, &part.hash)?.clone()
    };
    if length.is_some_and(|length| length != declared.bytes) {
        return Err(Refusal::Never(Code::UploadWrongLength));
    }
    Ok(declared)
}

/// Records that a part is on the shelf, whole, and signs for it; on a replay the receipt is the original one. Call it
/// only after [`crate::ports::Shelf::finish`] said `Whole`.
///
/// # Errors
/// Those of [`admit`].
pub fn complete(ledger: &mut dyn Ledger, hub: &HubContext<'_>, part: &PartName) -> Result<Vec<u8>, Refusal> {
    if let Some(receipt) = ledger.receipt(part)? {
        if let Some(record) = ledger.case(&part.report)? {
            for key in senders(hub, &record, &part.hash) {
                credit(ledger, part, &key, &receipt)?;
            }
        }
        return Ok(receipt);
    }
    let record = ledger.case(&part.report)?.ok_or(Refusal::Never(Code::UploadUndeclared))?;
    let kind = wanted(&record, &part.hash)?.kind;
    let (of_answer, of_report): (Vec<_>, Vec<_>) =
        record.declaring(&part.hash).partition(|declared| declared.evidence);
    let receipt = sign::receipt(hub, part, kind, &record.case.code);
    // What an agency hands in is none of the citizen's: their phone neither hears of it nor counts it as its own.
    let heard = if of_report.is_empty() { Heard::Inside } else { Heard::Citizen };
    let is_evidence = !of_answer.is_empty();
    let mut change = Change::of(record, hub.now);
    change.tell_to(heard, What::Arrived { part: kind, hash: part.hash }, None)?;
    if is_evidence {
        officer::settle(&mut change, hub)?;
    }
    let record = change.write(ledger)?;
    for key in senders(hub, &record, &part.hash) {
        ledger.put_receipt(&key, part, &receipt)?;
    }
    Ok(receipt)
}

/// Those that a part counts for once it is here, each once: the citizen's phone, officers' phones, the desk.
fn senders(hub: &HubContext<'_>, record: &CaseRecord, hash: &Sha256) -> BTreeSet<KeyThumbprint> {
    let desk = sign::own_thumbprint(hub);
    let sender = |part: &DeclaredPart| part.by.unwrap_or(if part.evidence { desk } else { record.key });
    record.declaring(hash).map(sender).collect()
}

/// Counts a part that is here for this key too, once: it declared what somebody else had sent.
///
/// # Errors
/// Those of the ledger.
pub(crate) fn credit(
    ledger: &mut dyn Ledger,
    part: &PartName,
    key: &KeyThumbprint,
    receipt: &[u8],
) -> Result<(), StoreFault> {
    if ledger.held_of(&part.report, key)?.contains(&part.hash) {
        return Ok(());
    }
    ledger.put_receipt(key, part, receipt)
}

/// The digest of all that the hub holds for the phone whose part this is; `None` where that is no phone, or where several
/// phones' it is.
///
/// # Errors
/// Those of the ledger.
pub fn held(ledger: &dyn Ledger, part: &PartName) -> Result<Option<SetDigest>, StoreFault> {
    let Some(record) = ledger.case(&part.report)? else { return Ok(None) };
    let phone = |declared: &DeclaredPart| declared.by.or((!declared.evidence).then_some(record.key));
    let phones: BTreeSet<KeyThumbprint> = record.declaring(&part.hash).filter_map(phone).collect();
    let alone = phones.first().filter(|_| phones.len() == 1);
    alone.map(|key| ledger.held(key)).transpose()
}

fn wanted<'r>(record: &'r CaseRecord, hash: &Sha256) -> Result<&'r DeclaredPart, Refusal> {
    let declared = record.declaring(hash).next();
    let declared = declared.ok_or(Refusal::Never(Code::UploadUndeclared))?;
    if record.case.stage() == Stage::Withdrawn {
        return Err(Refusal::Never(Code::CaseState));
    }
    Ok(declared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use paht_model::ids::ReportId;

    fn part() -> PartName {
        PartName { report: ReportId::from_bytes([0xA7; 16]), hash: Sha256::of(b"landslide") }
    }

    #[test]
    fn a_session_reads_back_as_its_part() {
        assert_eq!(part_of(&session(&part())), Some(part()));
    }

    #[test]
    fn anything_but_the_exact_session_names_no_part() {
        let session = session(&part());
        let simple = session.replacen('-', "", 4);
        let cases =
            ["", ".", "..", "../x", &session[1..], &simple, &session.to_uppercase(), &format!("{session}.")];
        for bad in cases {
            assert_eq!(part_of(bad), None, "{bad}");
        }
        assert_eq!(part_of(&format!("{session}/../../keys/hub.key")), None);
    }
}
