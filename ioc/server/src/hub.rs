//! The IOC as the rooms see it: a store, a shelf, a province, a key; and the one way to decide something.

use std::path::PathBuf;
use std::sync::Arc;

use paht_hub::ports::{HubContext, Ledger, Refusal, Shelf};
use paht_hub::tenant::Tenant;
use paht_model::fault::Code;
use paht_model::ids::Epoch;
use paht_model::wire::envelope::SoftwareKey;
use paht_store::Store;
use paht_store::folder::FolderShelf;
use tokio::sync::mpsc;

use crate::options::Limits;
use crate::problem::Problem;
use crate::sealing::SealingKey;
use crate::tus::Floor;
use crate::world::World;

/// One running IOC.
pub struct Hub {
    /// The record.
    pub(crate) store: Box<dyn Store>,
    /// The media.
    pub(crate) shelf: FolderShelf,
    /// The province.
    pub(crate) tenant: Tenant,
    /// What receipts and cards are signed with.
    pub(crate) key: SoftwareKey,
    /// What opens sealed senders.
    pub(crate) sealing: SealingKey,
    /// The hub's epoch.
    pub(crate) epoch: Epoch,
    /// The signed card and its version.
    pub(crate) card: (Vec<u8>, u32),
    /// Clock and dice.
    pub(crate) world: World,
    /// Who writes which upload.
    pub(crate) floor: Arc<Floor>,
    /// Where tokens are kept, hashed.
    pub(crate) tokens: PathBuf,
    /// Bounds.
    pub(crate) limits: Limits,
    /// Dropped last, with the hub: whoever listens then knows that its folder is free.
    pub(crate) _alive: Option<mpsc::Sender<()>>,
}

impl Hub {
    /// Decides something in one transaction, off the async threads. A refusal leaves no trace.
    pub(crate) async fn decide<T, F>(self: &Arc<Self>, decision: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Ledger, &dyn Shelf, &HubContext<'_>) -> Result<T, Refusal> + Send + 'static,
    {
        self.off_thread(move |hub| hub.decide_here(decision).map_err(Problem::from)).await
    }

    /// Reads one moment of the record, off the async threads.
    pub(crate) async fn read<T, F>(self: &Arc<Self>, look: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Ledger) -> Result<T, Refusal> + Send + 'static,
    {
        self.off_thread(move |hub| hub.read_here(look).map_err(Problem::from)).await
    }

    /// The same on the present thread.
    pub(crate) fn read_here<T>(
        &self,
        look: impl FnOnce(&dyn Ledger) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        paht_store::look(self.store.as_ref(), look)
    }

    /// [`Hub::decide`] on the present thread.
    pub(crate) fn decide_here<T>(
        &self,
        decision: impl FnOnce(&mut dyn Ledger, &dyn Shelf, &HubContext<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let random = || self.world.random_16();
        let (card, version) = &self.card;
        let context = HubContext {
            tenant: &self.tenant,
            key: &self.key,
            epoch: self.epoch,
            now: (self.world.now)(),
            card: (card, *version),
            random: &random,
        };
        paht_store::run(self.store.as_ref(), |ledger| decision(ledger, &self.shelf, &context))
    }

    /// Runs something that may wait for a disk, off the async threads. It runs to its end even if nobody waits any more.
    pub(crate) async fn off_thread<T, F>(self: &Arc<Self>, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    {
        let hub = Arc::clone(self);
        // A panic in there has been told by the hook; here it is a failure like any other.
        tokio::task::spawn_blocking(move || work(&hub)).await.unwrap_or(Err(Problem::of(Code::HubFailed)))
    }
}
