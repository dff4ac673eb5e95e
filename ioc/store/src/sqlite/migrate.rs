//! Bringing a record up to date, one numbered step after another, forward only. A step is one transaction.

use paht_hub::ports::StoreFault;
use paht_model::ids::TenantId;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{OpenFault, fault, record};

/// Marks a file as a hub's record: "PAHT".
const APPLICATION_ID: i32 = 0x5041_4854;

type Afterwards = fn(&Transaction<'_>) -> Result<(), StoreFault>;

/// A step, and what is done in the same transaction after it.
struct Step {
    sql: &'static str,
    then: Option<Afterwards>,
}

const STEPS: &[Step] = &[
    Step { sql: include_str!("../../migrations/0001_create_log.sql"), then: None },
    Step { sql: include_str!("../../migrations/0002_create_listing.sql"), then: None },
    Step { sql: include_str!("../../migrations/0003_create_alerts.sql"), then: None },
    Step { sql: include_str!("../../migrations/0004_add_listing_cell.sql"), then: None },
    Step { sql: include_str!("../../migrations/0005_create_review.sql"), then: None },
    Step { sql: include_str!("../../migrations/0006_create_officers.sql"), then: None },
    // Writes and lists the records as this program reads them, so it stands with the last step that changes either.
    Step { sql: include_str!("../../migrations/0007_create_messages.sql"), then: Some(write_anew) },
    Step { sql: include_str!("../../migrations/0008_create_bundles.sql"), then: None },
    Step { sql: include_str!("../../migrations/0009_share_parts.sql"), then: None },
];

/// Takes the steps that are missing.
pub(super) fn to_latest(connection: &mut Connection) -> Result<(), OpenFault> {
    let what = "reading the schema's number";
    let number = |pragma| connection.query_one(pragma, [], |row| row.get::<_, i32>(0)).map_err(fault(what));
    let (version, application) = (number("PRAGMA user_version")?, number("PRAGMA application_id")?);
    let tables: i32 = connection
        .query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(fault(what))?;
    let is_new = version == 0 && application == 0 && tables == 0;
    if !is_new && application != APPLICATION_ID {
        return Err(OpenFault::Foreign);
    }
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    if done > STEPS.len() {
        return Err(OpenFault::Newer { found: done, known: STEPS.len() });
    }
    for (number, step) in (1_i32..).zip(STEPS).skip(done) {
        take(connection, number, step)?;
        tracing::info!(schema = number, "the record was brought up to date");
    }
    Ok(())
}

fn take(connection: &mut Connection, number: i32, step: &Step) -> Result<(), StoreFault> {
    const WHAT: &str = "bringing the record up to date";
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let transaction = begun.map_err(fault(WHAT))?;
    transaction.execute_batch(step.sql).map_err(fault(WHAT))?;
    if let Some(then) = step.then {
        then(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault(WHAT))?;
    transaction.pragma_update(None, "user_version", number).map_err(fault(WHAT))?;
    transaction.commit().map_err(fault(WHAT))
}

/// Makes the listing from the records, and what is read off them beside it.
fn write_anew(transaction: &Transaction<'_>) -> Result<(), StoreFault> {
    const WHAT: &str = "listing the cases";
    let mut query = transaction.prepare("SELECT id, tenant FROM report").map_err(fault(WHAT))?;
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)));
    for row in rows.map_err(fault(WHAT))? {
        let (id, tenant) = row.map_err(fault(WHAT))?;
        let tenant =
            TenantId::parse(&tenant).map_err(|bad| StoreFault { what: WHAT, source: Some(bad.into()) })?;
        if let Some(record) = record::read(transaction, id)? {
            record::write(transaction, &tenant, &record)?;
            record::write_listing(transaction, &tenant, id, &record)?;
            record::write_search(transaction, id, &record)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store as _;
    use crate::listing::ListQuery;
    use crate::sqlite::fixture::{put_as_at_first, received, record_of};
    use crate::sqlite::ledger::SqliteLedger;
    use crate::sqlite::{SqliteStore, connect};
    use paht_hub::ports::{Heard, Ledger as _};
    use paht_model::place::{Place, PlaceSource, Point};

    #[test]
    fn a_record_of_the_first_schema_is_opened_and_listed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, tenant) = (folder.path().join("hub.sqlite"), TenantId::parse("hue").unwrap());
        let record = record_of(7, "Sạt lở ở A Lưới");
        {
            let mut old = connect(&path, true).unwrap();
            take(&mut old, 1, &STEPS[0]).unwrap();
            old.execute("INSERT INTO hub VALUES ('hue', x'0102030405060708')", []).unwrap();
            // What the program of that schema wrote: everything but the listing.
            put_as_at_first(&old, &record);
            let mut ledger = SqliteLedger::new(&old, &tenant);
            ledger.append(&record, &[(received(&record), Heard::Everybody)]).unwrap();
        }
        let store = SqliteStore::open(&path, &tenant).unwrap();
        assert_eq!(store.epoch().unwrap().as_bytes(), &[1, 2, 3, 4, 5, 6, 7, 8]);
        let query = ListQuery { public_only: false, text: Some("sat lo".into()), ..ListQuery::default() };
        let page = store.list(&query).unwrap();
        assert_eq!(page.items.len(), 1);
        assert_eq!(page.items[0].code, record.case.code);
    }

    /// Method: the schema of the first release, whose program listed cases without their place.
    #[test]
    fn a_record_of_the_first_release_is_found_by_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let (path, tenant) = (folder.path().join("hub.sqlite"), TenantId::parse("hue").unwrap());
        let mut record = record_of(7, "Sạt lở ở A Lưới");
        let point = Point::from_degrees(16.2775, 107.2297).unwrap();
        record.place = Some(Place { point, accuracy_m: None, source: PlaceSource::Pin });
        {
            let mut old = connect(&path, true).unwrap();
            take(&mut old, 1, &STEPS[0]).unwrap();
            take(&mut old, 2, &STEPS[1]).unwrap();
            old.execute("INSERT INTO hub VALUES ('hue', x'0102030405060708')", []).unwrap();
            let id = put_as_at_first(&old, &record);
            let mut ledger = SqliteLedger::new(&old, &tenant);
            ledger.append(&record, &[(received(&record), Heard::Everybody)]).unwrap();
            let listed = "INSERT INTO listing VALUES (?1, 'hue', ?2, 5, 'received', NULL, NULL, NULL, NULL, 0, 'x', 1)";
            old.execute(listed, (id, record.case.code.as_str())).unwrap();
        }
        let store = SqliteStore::open(&path, &tenant).unwrap();
        let listed = store.list(&ListQuery { public_only: false, ..ListQuery::default() }).unwrap();
        assert_eq!(listed.items.iter().map(|item| item.point).collect::<Vec<_>>(), [Some(point)]);
    }

    #[test]
    fn a_record_of_a_newer_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, tenant) = (folder.path().join("hub.sqlite"), TenantId::parse("hue").unwrap());
        drop(SqliteStore::open(&path, &tenant).unwrap());
        connect(&path, false).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let opened = SqliteStore::open(&path, &tenant);
        assert!(matches!(opened, Err(OpenFault::Newer { found: 99, known: 9 })), "{opened:?}");
    }

    #[test]
    fn a_database_of_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.sqlite");
        connect(&path, true).unwrap().execute_batch("CREATE TABLE song (title TEXT)").unwrap();
        let opened = SqliteStore::open(&path, &TenantId::parse("hue").unwrap());
        assert!(matches!(opened, Err(OpenFault::Foreign)), "{opened:?}");
    }
}
