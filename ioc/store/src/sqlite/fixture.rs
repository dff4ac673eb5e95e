//! A record to test with.

use paht_hub::ports::{Advice, CaseRecord};
use paht_model::case::Case;
use paht_model::ids::{CaseCode, KeyThumbprint, ReportId, Sha256, TenantId};
use paht_model::time::UnixMs;
use paht_model::timeline::{Entry, What};
use rusqlite::Connection;

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
        review: None,
        language: "vi".into(),
        sender: None,
        declared: Vec::new(),
        advice: Advice::default(),
        pending: Vec::new(),
    }
}

/// Its first entry.
pub(super) fn received(record: &CaseRecord) -> Entry {
    Entry { at: record.case.received, what: What::Received { case: record.case.code.clone() }, words: None }
}

/// The record's rows as the program of the first schema wrote them; the row number.
pub(super) fn put_as_at_first(db: &Connection, record: &CaseRecord) -> i64 {
    let report = "INSERT INTO report (tenant, report, code, key, claim, advice_rule, urgent)
        VALUES ('hue', ?1, ?2, ?3, ?4, '', 0) RETURNING id";
    let (key, claim) = (record.key.as_bytes(), record.claim.as_bytes());
    let named = (record.report.as_bytes(), record.case.code.as_str(), key, claim);
    let id: i64 = db.query_row(report, named, |row| row.get(0)).unwrap();
    db.execute("INSERT INTO words VALUES (?1, 0, ?2)", (id, &record.text)).unwrap();
    let place = record.place.map(|place| (place.point, place.source.code()));
    let personal =
        "INSERT INTO personal (id, language, lat_e7, lon_e7, place_source) VALUES (?1, 'vi', ?2, ?3, ?4)";
    let (lat, lon) = place.map(|(point, _)| (point.lat_e7, point.lon_e7)).unzip();
    db.execute(personal, (id, lat, lon, place.map(|(_, source)| source))).unwrap();
    id
}
