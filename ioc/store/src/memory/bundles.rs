//! What became of bundles, in memory.

use paht_hub::ports::{Bundles, KeptBundle, StoreFault};
use paht_model::bundle::part;
use paht_model::ids::Sha256;
use paht_model::time::UnixMs;
use paht_model::wire::sync::PartName;

use super::MemoryRecord;

impl Bundles for MemoryRecord {
    fn bundle(&self, hash: &Sha256) -> Result<Option<KeptBundle>, StoreFault> {
        Ok(self.inbound.bundles.get(hash).cloned())
    }

    fn waiting_bundles(&self, limit: usize) -> Result<Vec<KeptBundle>, StoreFault> {
        let waiting = self.inbound.bundles.values().filter(|bundle| bundle.unpacked.waits);
        Ok(waiting.take(limit).cloned().collect())
    }

    fn put_bundle(&mut self, bundle: &KeptBundle) -> Result<(), StoreFault> {
        self.inbound.bundles.insert(bundle.hash, bundle.clone());
        Ok(())
    }

    fn forget_bundles(&mut self, before: UnixMs) -> Result<Vec<PartName>, StoreFault> {
        let is_old = |bundle: &&KeptBundle| bundle.at < before;
        let gone: Vec<_> =
            self.inbound.bundles.values().filter(is_old).map(|old| part(old.hash, old.bytes)).collect();
        self.inbound.bundles.retain(|_, bundle| bundle.at >= before);
        Ok(gone)
    }
}
