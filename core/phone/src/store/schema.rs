//! The database's shape: made and brought forward by numbered files, never back.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::OpenError;

const MIGRATIONS: [&str; 6] = [
    include_str!("../../migrations/0001_create_reports.sql"),
    include_str!("../../migrations/0002_create_outbox.sql"),
    include_str!("../../migrations/0003_create_link.sql"),
    include_str!("../../migrations/0004_create_bulletin.sql"),
    include_str!("../../migrations/0005_create_nearby.sql"),
    include_str!("../../migrations/0006_create_acts.sql"),
];

/// The schema this program writes.
pub const SCHEMA_VERSION: u32 = 6;

/// Every table there is.
const TABLES: [&str; 10] =
    ["report", "capture", "entry", "command", "told", "link", "setting", "bulletin", "nearby", "act"];

/// How long another connection is waited for, in milliseconds.
const BUSY_MS: u32 = 5_000;

/// Why the database could not be brought to this program's shape.
#[derive(Debug, thiserror::Error)]
pub(super) enum SchemaError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error("a newer program wrote it")]
    Newer { found: u32 },
    /// The version says that tables are there, and they are not.
    #[error("tables are missing")]
    Missing,
}

impl From<SchemaError> for OpenError {
    fn from(error: SchemaError) -> Self {
        match error {
            SchemaError::Sqlite(error) => error.into(),
            SchemaError::Newer { found } => Self::Newer { found, known: SCHEMA_VERSION },
            SchemaError::Missing => Self::Failed(error.into()),
        }
    }
}

/// Opens the file, brings it forward, and reads a little of it: what is plainly broken shows itself here.
pub(super) fn open(path: &Path) -> Result<Connection, SchemaError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(std::time::Duration::from_millis(BUSY_MS.into()))?;
    // One process has the file anyway (the lock beside it), so the write-ahead log needs no shared memory.
    db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    // A name or number that was sealed and sent must not stay legible in free pages.
    db.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.set_prepared_statement_cache_capacity(32);
    migrate(&mut db)?;
    for table in TABLES {
        let found = db.prepare(&format!("SELECT 1 FROM {table} LIMIT 1"));
        match found.and_then(|mut first| first.exists([])) {
            Ok(_) => {}
            Err(error) if error.to_string().contains("no such table") => return Err(SchemaError::Missing),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<(), SchemaError> {
    let found: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA_VERSION {
        return Err(SchemaError::Newer { found });
    }
    for (number, sql) in (1_u32..).zip(MIGRATIONS) {
        if number > found {
            let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            step.execute_batch(sql)?;
            step.pragma_update(None, "user_version", number)?;
            step.commit()?;
        }
    }
    Ok(())
}
