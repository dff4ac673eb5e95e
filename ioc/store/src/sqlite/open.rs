//! Opening the file: alone, with the promises a hub needs.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use paht_hub::ports::StoreFault;
use paht_model::fault::Code;
use rusqlite::{Connection, OpenFlags};

use super::fault;
use crate::durable::make_folder;

/// How long one connection waits for another, in milliseconds: only ever for a checkpoint.
const WAIT_MS: u64 = 5_000;

/// Why a record cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// Another program has it open.
    #[error("another program has this hub's record open")]
    Busy,
    /// Written by a newer program.
    #[error("the record has schema {found}, this program knows up to {known}; use the newer program")]
    Newer {
        /// The record's schema.
        found: usize,
        /// The latest this program knows.
        known: usize,
    },
    /// The file is something else's.
    #[error("the file is no hub's record")]
    Foreign,
    /// A restore was cut short; its folder must be emptied and the restore done again.
    #[error("a restore into this folder was cut short; empty it and restore again")]
    Unfinished,
    /// The disk or the database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl OpenFault {
    /// Its stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Busy => Code::StorageBusy,
            Self::Newer { .. } | Self::Foreign | Self::Unfinished | Self::Store(_) => Code::StorageFailed,
        }
    }
}

/// Where a record lies that is being restored.
pub(crate) fn unfinished_path(path: &Path) -> PathBuf {
    beside(path, "restoring")
}

/// Takes the record for this program, until the file is dropped.
pub(super) fn lock(path: &Path) -> Result<File, OpenFault> {
    let failed = |error| StoreFault { what: "locking the record", source: Some(Box::new(error)) };
    if unfinished_path(path).exists() {
        return Err(OpenFault::Unfinished);
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder).map_err(failed)?;
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(beside(path, "lock"))
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenFault::Busy),
        Err(TryLockError::Error(error)) => Err(failed(error).into()),
    }
}

/// A connection with the promises a hub needs. `create`: if there is no file, one is made.
pub(crate) fn connect(path: &Path, create: bool) -> Result<Connection, StoreFault> {
    let what = "opening the record";
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let connection = Connection::open_with_flags(path, flags).map_err(fault(what))?;
    connection.busy_timeout(Duration::from_millis(WAIT_MS)).map_err(fault(what))?;
    // `recursive_triggers` lets a replacing insert meet the log's guard against deletes.
    let promises = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
        PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;";
    connection.execute_batch(promises).map_err(fault(what))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// `hub.sqlite` → `hub.sqlite.EXTENSION`.
fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}
