//! The IOC's alerts, as last heard: shown without any link.

use paht_engine::alerts::{self, HeardAlert, Spot};

use super::{Phone, PhoneError};
use crate::clock::built;

impl Phone {
    /// The alerts that hold now by the best known time, emergencies first; `spot`: each says whether it is for there.
    /// Observers are told ([`paht_engine::plan::Notice::Alerts`]) when a new bulletin has come. Each ends by itself:
    /// whoever shows them asks again at the first `until`.
    pub fn alerts(&self, spot: Option<&Spot>) -> Result<Vec<HeardAlert>, PhoneError> {
        let store = self.inner.store();
        let card = self.inner.card(&paht_engine::ports::Store::link(&*store)?);
        Ok(alerts::alerts(&*store, card.as_ref(), self.inner.options.clock.now(), built(), spot)?)
    }
}
