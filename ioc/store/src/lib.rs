//! Where the IOC keeps what it knows. What the hub decides in one transaction is kept as one: all of it or nothing.
//!
//! A [`Store`] keeps the record: every case's log, which is only ever added to, and beside it what can be read from it
//! fast ([`listing`]) and what people wrote, which can be erased. A [`paht_hub::ports::Shelf`] keeps the media. Both
//! come twice: [`sqlite`] with [`folder`] for an IOC, [`memory`] for a simulated world. [`backup`] copies a running
//! IOC's folder, and makes a folder from a copy.
//!
//! ```text
//! DATA/hub.sqlite    the record (and -wal, -shm, .lock beside it)
//! DATA/media/        parts/REPORT/HASH whole, staged/ unfinished
//! DATA/keys/, DATA/tenant/ and what else the server keeps there
//! ```

pub mod backup;
mod durable;
pub mod folder;
pub mod listing;
pub mod memory;
pub mod nearby;
pub mod reviews;
pub mod room;
pub mod sqlite;

use paht_hub::ports::{Ledger, Refusal, StoreFault};

use listing::{ListPage, ListQuery};
use nearby::{NearbyItem, NearbyQuery};
use paht_model::ids::ServiceCode;
use reviews::Reviewed;

/// The record's file in a data folder.
pub const DATABASE_FILE: &str = "hub.sqlite";
/// The media's folder in a data folder.
pub const MEDIA_FOLDER: &str = "media";

/// The record of one tenant.
pub trait Store: Send + Sync {
    /// Does `work` in one transaction; transactions that write come one after another. If `work` gives an error, or the
    /// store cannot make durable what it did, nothing of it is left.
    fn transact(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), Refusal>) -> Result<(), Refusal>;
    /// Lets `look` read one unchanging moment of the record, without waiting for transactions.
    fn view(&self, look: &mut dyn FnMut(&dyn Ledger) -> Result<(), Refusal>) -> Result<(), Refusal>;
    /// A page of cases, the latest received first.
    fn list(&self, query: &ListQuery) -> Result<ListPage, StoreFault>;
    /// Public cases around a point, the nearest first.
    fn nearby(&self, query: &NearbyQuery) -> Result<Vec<NearbyItem>, StoreFault>;
    /// The public reviews of a listed service, the latest first; at most [`reviews::REVIEWS_MAX`].
    fn reviews(&self, service: &ServiceCode) -> Result<Vec<Reviewed>, StoreFault>;
    /// Whether the store still answers.
    fn health(&self) -> Result<(), StoreFault>;
}

/// [`Store::transact`], handing on what the work found.
pub fn run<T>(
    store: &dyn Store,
    work: impl FnOnce(&mut dyn Ledger) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let (mut work, mut found) = (Some(work), None);
    store.transact(&mut |ledger| {
        if let Some(work) = work.take() {
            found = Some(work(ledger)?);
        }
        Ok(())
    })?;
    found.ok_or(Refusal::Store(StoreFault { what: "running a transaction's work", source: None }))
}

/// [`Store::view`], handing on what was seen.
pub fn look<T>(
    store: &dyn Store,
    look: impl FnOnce(&dyn Ledger) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let (mut look, mut seen) = (Some(look), None);
    store.view(&mut |ledger| {
        if let Some(look) = look.take() {
            seen = Some(look(ledger)?);
        }
        Ok(())
    })?;
    seen.ok_or(Refusal::Store(StoreFault { what: "reading the record", source: None }))
}
