//! One report's record as rows, and back. The case itself is not kept a second time: it is folded from the log.

use paht_hub::ports::{Advice, CaseRecord, DeclaredPart, StoreFault};
use paht_model::capture::MediaType;
use paht_model::case::Case;
use paht_model::grid::Cell;
use paht_model::ids::{
    AgencyId, AreaCode, BadId, CategoryCode, KeyThumbprint, ReportId, ServiceCode, Sha256, TenantId,
};
use paht_model::part::PartKind;
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::review::Review;
use paht_model::sms::Tag;
use paht_model::time::UnixMs;
use paht_model::wire::to_bytes;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{append, fault, list, officer};
use crate::listing::{ListItem, is_idle, searched};

const READ: &str = "reading a record";
const WRITE: &str = "writing a record";

/// The row number of a report.
pub(super) fn id_of(
    db: &Connection,
    tenant: &TenantId,
    report: &ReportId,
) -> Result<Option<i64>, StoreFault> {
    let query = "SELECT id FROM report WHERE tenant = ?1 AND report = ?2";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    query.query_one((tenant.as_str(), report.as_bytes()), |row| row.get(0)).optional().map_err(fault(READ))
}

/// A report's text as it is written down now.
pub(super) fn text_of(
    db: &Connection,
    tenant: &TenantId,
    report: &ReportId,
) -> Result<Option<String>, StoreFault> {
    let Some(id) = id_of(db, tenant, report)? else { return Ok(None) };
    let query = "SELECT words FROM words WHERE id = ?1 AND entry = 0";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    query.query_one([id], |row| row.get(0)).optional().map_err(fault(READ))
}

/// The record of a row; `None` before its first entry.
pub(super) fn read(db: &Connection, id: i64) -> Result<Option<CaseRecord>, StoreFault> {
    let folded = Case::fold(&append::log(db, id)?);
    let folded = folded.map_err(|illegal| StoreFault { what: READ, source: Some(Box::new(illegal)) })?;
    let Some(case) = folded else { return Ok(None) };
    let query =
        "SELECT report, key, claim, advice_agency, advice_rule, advice_instead_of, advice_duty_phone, urgent,
            coalesce(words, ''), coalesce(language, ''), lat_e7, lon_e7, accuracy_m, place_source, sender, said
        FROM report LEFT JOIN personal USING (id) LEFT JOIN review USING (id)
            LEFT JOIN words ON words.id = report.id AND words.entry = 0
        WHERE report.id = ?1";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    let (declared, pending) = (declared(db, id)?, officer::pending(db, id)?);
    let record = query.query_one([id], |row| {
        Ok(CaseRecord {
            report: ReportId::from_bytes(row.get(0)?),
            key: KeyThumbprint::from_bytes(row.get(1)?),
            claim: Sha256::from_bytes(row.get(2)?),
            case,
            text: row.get(8)?,
            place: place(row)?,
            language: row.get(9)?,
            sender: row.get(14)?,
            review: list::review(row.get::<_, Option<Vec<u8>>>(15)?.as_deref()).map_err(unread)?,
            declared,
            advice: Advice {
                agency: row.get(3)?,
                rule: row.get(4)?,
                instead_of: row.get::<_, Option<_>>(5)?.zip(row.get(6)?),
                urgent: row.get(7)?,
            },
            pending,
        })
    });
    record.map(Some).map_err(fault(READ))
}

/// Bytes of a column that are not what they should be.
fn unread(bad: BadId) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(15, rusqlite::types::Type::Blob, Box::new(bad))
}

fn place(row: &Row<'_>) -> rusqlite::Result<Option<Place>> {
    let (lat_e7, lon_e7, source) = (row.get(10)?, row.get(11)?, row.get(13)?);
    let (Some(lat_e7), Some(lon_e7), Some(source)) = (lat_e7, lon_e7, source) else { return Ok(None) };
    let point = Point { lat_e7, lon_e7 };
    Ok(Some(Place { point, accuracy_m: row.get(12)?, source: PlaceSource::from_code(source) }))
}

fn declared(db: &Connection, id: i64) -> Result<Vec<DeclaredPart>, StoreFault> {
    let query = "SELECT hash, kind, bytes, media_type, made_from, width, height, thumbhash, evidence, sent_by
        FROM declared WHERE id = ?1 ORDER BY number";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    let part = |row: &Row<'_>| {
        let bytes: i64 = row.get(2)?;
        Ok(DeclaredPart {
            hash: Sha256::from_bytes(row.get(0)?),
            kind: PartKind::from_code(row.get(1)?),
            bytes: u64::try_from(bytes).unwrap_or(0),
            media_type: MediaType::from_code(row.get(3)?),
            of: row.get::<_, Option<_>>(4)?.map(Sha256::from_bytes),
            size: row.get::<_, Option<_>>(5)?.zip(row.get(6)?),
            thumbhash: row.get(7)?,
            evidence: row.get(8)?,
            by: row.get::<_, Option<_>>(9)?.map(KeyThumbprint::from_bytes),
        })
    };
    let parts = query.query_map([id], part).map_err(fault(READ))?;
    parts.collect::<rusqlite::Result<_>>().map_err(fault(READ))
}

/// Inserts or replaces a record's rows, but for what is read off it, and gives the row number.
pub(super) fn write(db: &Connection, tenant: &TenantId, record: &CaseRecord) -> Result<i64, StoreFault> {
    let query = "INSERT INTO report (tenant, report, code, key, claim, advice_agency, advice_rule,
            advice_instead_of, advice_duty_phone, urgent, tag)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (tenant, report) DO UPDATE SET code = ?3, key = ?4, claim = ?5, advice_agency = ?6,
            advice_rule = ?7, advice_instead_of = ?8, advice_duty_phone = ?9, urgent = ?10, tag = ?11
        RETURNING id";
    let Advice { agency, rule, instead_of, urgent } = &record.advice;
    let (instead_of, phone) = instead_of.as_ref().map(|(of, phone)| (of, phone)).unzip();
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    let id = query.query_one(
        rusqlite::params![
            tenant.as_str(),
            record.report.as_bytes(),
            record.case.code.as_str(),
            record.key.as_bytes(),
            record.claim.as_bytes(),
            agency,
            rule,
            instead_of,
            phone,
            urgent,
            Tag::as_known(&record.key, &record.report).as_bytes(),
        ],
        |row| row.get(0),
    );
    let id = id.map_err(fault(WRITE))?;
    write_personal(db, id, record)?;
    if declared(db, id)? != record.declared {
        write_declared(db, id, &record.declared)?;
    }
    if officer::pending(db, id)? != record.pending {
        officer::write_pending(db, id, &record.pending)?;
    }
    Ok(id)
}

fn write_personal(db: &Connection, id: i64, record: &CaseRecord) -> Result<(), StoreFault> {
    append::write_words(db, id, 0, &record.text)?;
    let query = "INSERT OR REPLACE INTO personal
            (id, language, lat_e7, lon_e7, accuracy_m, place_source, sender)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (point, place) = (record.place.map(|place| place.point), record.place);
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    let done = query.execute((
        id,
        &record.language,
        point.map(|point| point.lat_e7),
        point.map(|point| point.lon_e7),
        place.and_then(|place| place.accuracy_m),
        place.map(|place| place.source.code()),
        &record.sender,
    ));
    done.map_err(fault(WRITE))?;
    let Some(review) = &record.review else { return Ok(()) };
    let query = "INSERT OR REPLACE INTO review (id, said) VALUES (?1, ?2)";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    query.execute((id, to_bytes(review))).map(|_| ()).map_err(fault(WRITE))
}

fn write_declared(db: &Connection, id: i64, parts: &[DeclaredPart]) -> Result<(), StoreFault> {
    db.execute("DELETE FROM declared WHERE id = ?1", [id]).map_err(fault(WRITE))?;
    let query = "INSERT INTO declared
            (id, number, hash, kind, bytes, media_type, made_from, width, height, thumbhash, evidence, sent_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    for (number, part) in (0_i64..).zip(parts) {
        let done = query.execute((
            id,
            number,
            part.hash.as_bytes(),
            part.kind.code(),
            i64::try_from(part.bytes).unwrap_or(i64::MAX),
            part.media_type.code(),
            part.of.as_ref().map(Sha256::as_bytes),
            part.size.map(|(width, _)| width),
            part.size.map(|(_, height)| height),
            &part.thumbhash,
            part.evidence,
            part.by.as_ref().map(KeyThumbprint::as_bytes),
        ));
        done.map_err(fault(WRITE))?;
    }
    Ok(())
}

/// Brings the lists up to date with a record.
pub(super) fn write_listing(
    db: &Connection,
    tenant: &TenantId,
    id: i64,
    record: &CaseRecord,
) -> Result<(), StoreFault> {
    let item = ListItem::of(record);
    let query = "INSERT OR REPLACE INTO listing (id, tenant, code, received, stage, category, area, agency,
            due, urgent, excerpt, publication, lat_e7, lon_e7, cell, review, service, idle)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    let done = query.execute(rusqlite::params![
        id,
        tenant.as_str(),
        item.code.as_str(),
        item.received.millis(),
        item.stage.as_str(),
        item.category.as_ref().map(CategoryCode::as_str),
        item.area.as_ref().map(AreaCode::as_str),
        item.agency.as_ref().map(AgencyId::as_str),
        item.due.map(UnixMs::millis),
        item.urgent,
        item.excerpt,
        item.publication.code(),
        item.point.map(|point| point.lat_e7),
        item.point.map(|point| point.lon_e7),
        item.point.map(|point| Cell::of(point).number()),
        item.review.as_ref().map(to_bytes),
        item.review.as_ref().and_then(Review::listed).map(ServiceCode::as_str),
        is_idle(record),
    ]);
    done.map_err(fault(WRITE))?;
    let query =
        "INSERT OR IGNORE INTO share (tenant, agency, received, code, id) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    for share in &record.case.assignments {
        let (agency, code) = (share.agency.as_str(), item.code.as_str());
        let done = query.execute((tenant.as_str(), agency, item.received.millis(), code, id));
        done.map_err(fault(WRITE))?;
    }
    Ok(())
}

/// Brings the words a case is found by up to date with its text.
pub(super) fn write_search(db: &Connection, id: i64, record: &CaseRecord) -> Result<(), StoreFault> {
    let query = "INSERT OR REPLACE INTO search (rowid, words) VALUES (?1, ?2)";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    query.execute((id, searched(record))).map(|_| ()).map_err(fault(WRITE))
}
