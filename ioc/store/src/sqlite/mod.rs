//! The record in one SQLite file: WAL, every commit on the disk before it counts (`synchronous=FULL`). One connection
//! writes, another reads beside it, and a lock file keeps a second program away.

mod append;
mod board;
mod bundle;
#[cfg(test)]
mod fixture;
mod ledger;
mod list;
mod message;
mod migrate;
mod nearby;
mod officer;
mod open;
mod record;
mod reviews;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use paht_hub::ports::{Ledger, Refusal, StoreFault};
use paht_model::ids::{Epoch, ServiceCode, TenantId};
use rusqlite::{Connection, TransactionBehavior};

use crate::Store;
use crate::durable::{sync_file, sync_parent};
use crate::listing::{ListPage, ListQuery};
use crate::nearby::{NearbyItem, NearbyQuery};
use crate::reviews::Reviewed;
use ledger::SqliteLedger;

pub use open::OpenFault;
pub(crate) use open::{connect, unfinished_path};

/// The record of one tenant in a SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    tenant: TenantId,
    path: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    /// Released when the store is dropped, or the process ends in whatever way.
    _lock: File,
}

impl SqliteStore {
    /// Opens the file for this program alone, makes it if it is not there, and brings an older one up to date. A new
    /// tenant gets a first epoch.
    ///
    /// # Errors
    /// [`OpenFault::Busy`] if another program has it open; [`OpenFault::Newer`] if a newer program wrote it;
    /// [`OpenFault::Unfinished`] if a restore was cut short; [`OpenFault::Foreign`] if it is no hub's record.
    pub fn open(path: &Path, tenant: &TenantId) -> Result<Self, OpenFault> {
        let lock = open::lock(path)?;
        let mut writer = connect(path, true)?;
        migrate::to_latest(&mut writer)?;
        sync_parent(path).map_err(|error| io_fault("keeping the record's name", error))?;
        writer
            .execute(
                "INSERT INTO hub (tenant, epoch) VALUES (?1, randomblob(8)) ON CONFLICT DO NOTHING",
                [tenant.as_str()],
            )
            .map_err(fault("naming the tenant"))?;
        let reader = connect(path, false)?;
        Ok(Self {
            tenant: tenant.clone(),
            path: path.to_owned(),
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            _lock: lock,
        })
    }

    /// The hub's epoch.
    pub fn epoch(&self) -> Result<Epoch, StoreFault> {
        let what = "reading the epoch";
        let query = "SELECT epoch FROM hub WHERE tenant = ?1";
        let bytes = held(&self.reader).query_one(query, [self.tenant.as_str()], |row| row.get(0));
        Ok(Epoch::from_bytes(bytes.map_err(fault(what))?))
    }

    /// Begins a new epoch, so that phones offer again what the hub may have lost. `random` is fresh randomness.
    pub fn set_new_epoch(&self, random: [u8; 8]) -> Result<Epoch, StoreFault> {
        let query = "UPDATE hub SET epoch = ?2 WHERE tenant = ?1";
        let done = held(&self.writer).execute(query, (self.tenant.as_str(), random));
        done.map_err(fault("beginning an epoch"))?;
        Ok(Epoch::from_bytes(random))
    }

    /// Writes a copy of one moment of the record to a new file, while work goes on.
    pub fn backup(&self, to: &Path) -> Result<(), StoreFault> {
        copy(&self.path, to)
    }
}

/// Writes a copy of one moment of a record to a new file, while others read and write it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), StoreFault> {
    const WHAT: &str = "copying the record";
    let to_text =
        to.to_str().ok_or(StoreFault { what: WHAT, source: Some("the path is not UTF-8".into()) })?;
    let connection = connect(from, false)?;
    connection.execute("VACUUM INTO ?1", [to_text]).map_err(fault(WHAT))?;
    sync_file(to).and_then(|()| sync_parent(to)).map_err(|error| io_fault(WHAT, error))
}

impl Store for SqliteStore {
    fn transact(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let mut connection = held(&self.writer);
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(fault("beginning a transaction"))?;
        // Dropped without a commit, by an error or a panic, it is rolled back.
        work(&mut SqliteLedger::new(&transaction, &self.tenant))?;
        transaction.commit().map_err(fault("committing a transaction"))?;
        Ok(())
    }

    fn view(&self, look: &mut dyn FnMut(&dyn Ledger) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let mut connection = held(&self.reader);
        let moment = connection.transaction().map_err(fault("reading the record"))?;
        look(&SqliteLedger::new(&moment, &self.tenant))
    }

    fn list(&self, query: &ListQuery) -> Result<ListPage, StoreFault> {
        list::list(&held(&self.reader), &self.tenant, query)
    }

    fn nearby(&self, query: &NearbyQuery) -> Result<Vec<NearbyItem>, StoreFault> {
        nearby::nearby(&held(&self.reader), &self.tenant, query)
    }

    fn reviews(&self, service: &ServiceCode) -> Result<Vec<Reviewed>, StoreFault> {
        reviews::reviews(&held(&self.reader), &self.tenant, service)
    }

    fn health(&self) -> Result<(), StoreFault> {
        self.epoch().map(|_| ())
    }
}

/// A connection, also after a holder panicked: its transaction was rolled back then.
fn held(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What SQLite said, as the hub hears it. Its messages name tables and columns, never values.
fn fault(what: &'static str) -> impl FnOnce(rusqlite::Error) -> StoreFault {
    move |error| StoreFault { what, source: Some(Box::new(error)) }
}

fn io_fault(what: &'static str, error: std::io::Error) -> StoreFault {
    StoreFault { what, source: Some(Box::new(error)) }
}
