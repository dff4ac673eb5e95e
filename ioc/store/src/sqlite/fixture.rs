//! A record to test with.

use paht_hub::ports::{Advice, CaseRecord};
use paht_model::case::Case;
use paht_model::ids::{CaseCode, KeyThumbprint, ReportId, Sha256, TenantId};
use paht_model::time::UnixMs;
use paht_model::timeline::{Entry, What};

/// The record of a report that was just received.
pub(super) fn record_of(seed: u8, text: &str) -> CaseRecord {
    let report = ReportId::from_bytes([seed; 16]);
    let case = CaseCode::of_report(&TenantId::parse("hue").unwrap(), &report, 0);
    let entry = Entry { at: UnixMs::from_millis(1_000), what: What::Received { case }, words: None };
    CaseRecord {
        report,
        key: KeyThumbprint::from_bytes([seed; 32]),
        claim: Sha256::of(&[seed]),
        case: Case::begin(&entry).unwrap(),
        text: text.into(),
        place: None,
        language: "vi".into(),
        sender: None,
        declared: Vec::new(),
        advice: Advice::default(),
    }
}

/// Its first entry.
pub(super) fn received(record: &CaseRecord) -> Entry {
    Entry { at: record.case.received, what: What::Received { case: record.case.code.clone() }, words: None }
}
