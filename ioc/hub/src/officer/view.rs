//! What an officer may see of the agency's cases. Put together from what may be shown, like the public page: a field
//! added to the record later is not seen until somebody says so here. Never who sent the report, or by what key.

use std::collections::BTreeSet;

use paht_model::case::{Assignment, Stage};
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, KeyThumbprint, ReportId};
use paht_model::limits::{DROPPED_TOLD_MS, OFFICER_CASES_MAX};
use paht_model::time::UnixMs;
use paht_model::timeline::{Entry, What};
use paht_model::wire::officer::{
    OfficerCase, OfficerCases, OfficerPicture, OfficerShare, ShareState, WaitingAnswer,
};
use paht_model::wire::sync::PartName;

use super::agency_of;
use crate::ports::{CaseRecord, DeclaredPart, Ledger, PendingAnswer, Refusal, StoreFault};

/// The agency's open cases, for its officer: of `open`, those in which a share of the agency is open, the first due
/// first, and those in which an answer of this key waits or was dropped lately. `open` are codes of cases that might be,
/// as the store lists them for [`agency_of`]; each is looked at again.
///
/// # Errors
/// [`Code::OfficerUnknown`], [`Code::OfficerEnded`].
pub fn cases(
    ledger: &dyn Ledger,
    now: UnixMs,
    key: &KeyThumbprint,
    open: &[CaseCode],
) -> Result<OfficerCases, Refusal> {
    let agency = agency_of(ledger, key)?;
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    let mut cases = Vec::new();
    for report in ledger.answered_by(key)? {
        let record = ledger.case(&report)?.filter(|record| told(record, key, now).next().is_some());
        let Some(record) = record.filter(|record| has_share(record, &agency)) else { continue };
        seen.insert(report);
        cases.push(case(ledger, &record, &agency, key, now)?);
    }
    for code in open {
        let Some(record) = ledger.case_by_code(code)? else { continue };
        if is_open(&record, &agency) && seen.insert(record.report) {
            cases.push(case(ledger, &record, &agency, key, now)?);
        }
    }
    cases.sort_by_key(first_due);
    let more = cases.len() > OFFICER_CASES_MAX;
    cases.truncate(OFFICER_CASES_MAX);
    Ok(OfficerCases { at: now, agency, cases, more })
}

/// The preview or rendition that an officer asks for, if it has arrived and the agency has a share in its case.
///
/// # Errors
/// [`Code::OfficerUnknown`], [`Code::OfficerEnded`]; [`Code::CaseUnknown`] for a case without a share;
/// [`Code::NotFound`] for anything but a picture that is here.
pub fn picture(ledger: &dyn Ledger, key: &KeyThumbprint, part: &PartName) -> Result<DeclaredPart, Refusal> {
    let agency = agency_of(ledger, key)?;
    let record = ledger.case(&part.report)?.filter(|record| has_share(record, &agency));
    let record = record.ok_or(Refusal::Never(Code::CaseUnknown))?;
    let found = showable(&record).find(|declared| declared.hash == part.hash).cloned();
    found.ok_or(Refusal::Never(Code::NotFound))
}

/// What was taken back is nobody's any more.
fn has_share(record: &CaseRecord, agency: &AgencyId) -> bool {
    record.case.stage() != Stage::Withdrawn
        && record.case.assignments.iter().any(|share| share.agency == *agency)
}

fn is_open(record: &CaseRecord, agency: &AgencyId) -> bool {
    let open = |share: &Assignment| share.agency == *agency && ShareState::from(share.state).is_open();
    record.case.ended.is_none() && record.case.assignments.iter().any(open)
}

fn case(
    ledger: &dyn Ledger,
    record: &CaseRecord,
    agency: &AgencyId,
    key: &KeyThumbprint,
    now: UnixMs,
) -> Result<OfficerCase, StoreFault> {
    let shares = record.case.assignments.iter().filter(|share| share.agency == *agency);
    Ok(OfficerCase {
        report: record.report,
        code: record.case.code.clone(),
        received: record.case.received,
        category: record.case.category.clone(),
        area: record.case.area.clone(),
        place: record.place,
        text: record.text.clone(),
        urgent: record.advice.urgent,
        shares: shares.map(share).collect(),
        pictures: pictures(record),
        timeline: ledger.log(&record.report)?.into_iter().filter(is_told).collect(),
        waiting: told(record, key, now).map(waiting).collect(),
    })
}

/// Which bytes came is said by the pictures.
const fn is_told(entry: &Entry) -> bool {
    !matches!(entry.what, What::Arrived { .. } | What::Unknown { .. })
}

fn share(share: &Assignment) -> OfficerShare {
    OfficerShare {
        assignment: share.number,
        state: share.state.into(),
        first_due: share.first_due,
        due: share.due,
        asked: share.asked,
        reopened: share.reopened,
    }
}

fn showable(record: &CaseRecord) -> impl Iterator<Item = &DeclaredPart> {
    record.declared.iter().filter(move |part| part.is_shown() && record.case.arrived.contains(&part.hash))
}

/// Each once, also where two originals show the same.
fn pictures(record: &CaseRecord) -> Vec<OfficerPicture> {
    let mut pictures: Vec<OfficerPicture> = Vec::new();
    for picture in showable(record).map(picture_of) {
        if !pictures.iter().any(|known| known.hash == picture.hash && known.evidence == picture.evidence) {
            pictures.push(picture);
        }
    }
    pictures
}

fn picture_of(part: &DeclaredPart) -> OfficerPicture {
    OfficerPicture {
        hash: part.hash,
        kind: part.kind,
        of: part.of,
        media_type: part.media_type,
        bytes: part.bytes,
        evidence: part.evidence,
    }
}

/// This key's answers that wait, or were dropped not long after they came.
fn told<'r>(
    record: &'r CaseRecord,
    key: &'r KeyThumbprint,
    now: UnixMs,
) -> impl Iterator<Item = &'r PendingAnswer> {
    let lately = move |answer: &&PendingAnswer| now.millis_since(answer.since) <= DROPPED_TOLD_MS;
    record
        .pending
        .iter()
        .filter(move |answer| answer.by == *key)
        .filter(move |answer| answer.dropped.is_none() || lately(answer))
}

const fn waiting(answer: &PendingAnswer) -> WaitingAnswer {
    WaitingAnswer {
        command: answer.command,
        assignment: answer.assignment,
        since: answer.since,
        dropped: answer.dropped,
    }
}

fn first_due(case: &OfficerCase) -> (bool, Option<UnixMs>, CaseCode) {
    let due = case.shares.iter().filter(|share| share.state.is_open()).map(|share| share.due).min();
    (due.is_none(), due, case.code.clone())
}
