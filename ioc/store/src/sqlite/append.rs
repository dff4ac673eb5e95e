//! The log: added to, read, never changed. What people wrote with an entry stands beside it, where it can be erased.

use paht_hub::ports::{Heard, StoreFault};
use paht_model::ids::{KeyThumbprint, ReportId, TenantId};
use paht_model::time::UnixMs;
use paht_model::timeline::{Entry, What};
use paht_model::wire::sync::Told;
use paht_model::wire::{from_bytes, to_bytes};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::fault;

const READ: &str = "reading a log";
const WRITE: &str = "adding to a log";

/// Adds entries to a report's log, and to what its phone hears.
pub(super) fn append(
    db: &Connection,
    tenant: &TenantId,
    key: &KeyThumbprint,
    id: i64,
    entries: &[(Entry, Heard)],
) -> Result<(), StoreFault> {
    let mut next = Next::read(db, tenant, key, id)?;
    let log =
        "INSERT INTO log (tenant, position, id, number, heard, at, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut log = db.prepare_cached(log).map_err(fault(WRITE))?;
    let told = "INSERT INTO told (tenant, key, place, id, number, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut told = db.prepare_cached(told).map_err(fault(WRITE))?;
    for (entry, heard) in entries {
        let (tenant, what) = (tenant.as_str(), to_bytes(&entry.what));
        log.execute((tenant, next.position, id, next.number, code(*heard), entry.at.millis(), what))
            .map_err(fault(WRITE))?;
        if let Some(words) = &entry.words {
            write_words(db, id, next.number, words)?;
        }
        if *heard != Heard::Inside {
            told.execute((tenant, key.as_bytes(), next.place, id, next.told, next.number))
                .map_err(fault(WRITE))?;
            next.place += 1;
            next.told += 1;
        }
        next.position += 1;
        next.number += 1;
    }
    Ok(())
}

/// The numbers that the next entry gets.
struct Next {
    /// Among the tenant's entries.
    position: i64,
    /// Among the report's.
    number: i64,
    /// Among those that the phone hears of all its reports.
    place: i64,
    /// Among those that the phone hears of this one.
    told: i64,
}

impl Next {
    /// Transactions that write come one after another, so these stay right until the end of this one.
    fn read(db: &Connection, tenant: &TenantId, key: &KeyThumbprint, id: i64) -> Result<Self, StoreFault> {
        let query = "SELECT
            (SELECT coalesce(max(position), 0) + 1 FROM log WHERE tenant = ?1),
            (SELECT coalesce(max(number), 0) + 1 FROM log WHERE id = ?3),
            (SELECT coalesce(max(place), 0) + 1 FROM told WHERE tenant = ?1 AND key = ?2),
            (SELECT coalesce(max(number), 0) + 1 FROM told WHERE id = ?3)";
        let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
        let next = query.query_one((tenant.as_str(), key.as_bytes(), id), |row| {
            Ok(Self { position: row.get(0)?, number: row.get(1)?, place: row.get(2)?, told: row.get(3)? })
        });
        next.map_err(fault(WRITE))
    }
}

/// Lets another phone hear what was told of a report, after all that it has heard already.
pub(super) fn hand_over(
    db: &Connection,
    tenant: &TenantId,
    id: i64,
    key: &KeyThumbprint,
) -> Result<(), StoreFault> {
    let query = "UPDATE told SET key = ?2, place = number + (
            SELECT coalesce(max(place), 0) FROM told AS others WHERE others.tenant = ?1 AND others.key = ?2
        ) WHERE id = ?3 AND tenant = ?1";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    query.execute((tenant.as_str(), key.as_bytes(), id)).map(|_| ()).map_err(fault(WRITE))
}

/// Keeps words beside an entry (0: the report's own text), in place of earlier ones.
pub(super) fn write_words(db: &Connection, id: i64, entry: i64, words: &str) -> Result<(), StoreFault> {
    let query = "INSERT OR REPLACE INTO words (id, entry, words) VALUES (?1, ?2, ?3)";
    let mut query = db.prepare_cached(query).map_err(fault(WRITE))?;
    query.execute((id, entry, words)).map(|_| ()).map_err(fault(WRITE))
}

/// A report's whole log, oldest first.
pub(super) fn log(db: &Connection, id: i64) -> Result<Vec<Entry>, StoreFault> {
    let query =
        "SELECT at, what, words FROM log LEFT JOIN words ON words.id = log.id AND words.entry = log.number
        WHERE log.id = ?1 ORDER BY number";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    let mut rows = query.query([id]).map_err(fault(READ))?;
    let mut log = Vec::new();
    while let Some(row) = rows.next().map_err(fault(READ))? {
        log.push(entry(row)?);
    }
    Ok(log)
}

/// What a phone hears after its `after`-th entry.
pub(super) fn told(
    db: &Connection,
    tenant: &TenantId,
    key: &KeyThumbprint,
    after: i64,
    limit: i64,
) -> Result<Vec<Told>, StoreFault> {
    let query = "SELECT at, what, words, report, told.number
        FROM told JOIN log ON log.id = told.id AND log.number = told.entry JOIN report ON report.id = told.id
            LEFT JOIN words ON words.id = told.id AND words.entry = told.entry
        WHERE told.tenant = ?1 AND told.key = ?2 AND place > ?3 ORDER BY place LIMIT ?4";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    let mut rows = query.query((tenant.as_str(), key.as_bytes(), after, limit)).map_err(fault(READ))?;
    let mut told = Vec::new();
    while let Some(row) = rows.next().map_err(fault(READ))? {
        let report = ReportId::from_bytes(row.get(3).map_err(fault(READ))?);
        told.push(Told { report, number: row.get(4).map_err(fault(READ))?, entry: entry(row)? });
    }
    Ok(told)
}

/// How many entries a phone hears in all.
pub(super) fn told_count(db: &Connection, tenant: &TenantId, key: &KeyThumbprint) -> Result<u64, StoreFault> {
    // Places are counted without gaps, so the last is the number of all.
    let query = "SELECT place FROM told WHERE tenant = ?1 AND key = ?2 ORDER BY place DESC LIMIT 1";
    let mut query = db.prepare_cached(query).map_err(fault(READ))?;
    let last = query.query_one((tenant.as_str(), key.as_bytes()), |row| row.get::<_, i64>(0)).optional();
    Ok(u64::try_from(last.map_err(fault(READ))?.unwrap_or(0)).unwrap_or(0))
}

/// An entry from `at, what, words`.
fn entry(row: &Row<'_>) -> Result<Entry, StoreFault> {
    let columns = || Ok((row.get(0)?, row.get_ref(1)?.as_blob()?, row.get(2)?));
    let (at, what, words) = columns().map_err(|error: rusqlite::Error| fault(READ)(error))?;
    let what = from_bytes::<What>(what, "entry")
        .map_err(|bad| StoreFault { what: READ, source: Some(bad.into()) })?;
    Ok(Entry { at: UnixMs::from_millis(at), what, words })
}

const fn code(heard: Heard) -> u8 {
    match heard {
        Heard::Everybody => 1,
        Heard::Citizen => 2,
        Heard::Inside => 3,
    }
}

#[cfg(test)]
mod tests {
    use crate::run;
    use crate::sqlite::fixture::{received, record_of};
    use crate::sqlite::{SqliteStore, held};
    use paht_hub::ports::Heard;
    use paht_model::ids::TenantId;

    /// Law 8: not even a program gone wrong rewrites history.
    #[test]
    fn the_log_refuses_to_be_changed_or_shortened() {
        let folder = tempfile::tempdir().unwrap();
        let tenant = TenantId::parse("hue").unwrap();
        let store = SqliteStore::open(&folder.path().join("hub.sqlite"), &tenant).unwrap();
        let record = record_of(1, "Sạt lở");
        run(&store, |ledger| {
            ledger.put_case(&record)?;
            Ok(ledger.append(&record, &[(received(&record), Heard::Everybody)])?)
        })
        .unwrap();
        let db = held(&store.writer);
        for attempt in [
            "UPDATE log SET at = 0",
            "DELETE FROM log",
            "INSERT OR REPLACE INTO log SELECT tenant, position, id, number, heard, 0, what FROM log",
        ] {
            let error = db.execute(attempt, []).unwrap_err().to_string();
            assert!(error.contains("only ever added to"), "{attempt}: {error}");
        }
    }
}
