//! What may go over which network, and what was sent so far.

use paht_engine::policy;

use crate::error::PahtError;
use crate::ids::ReportId;
use crate::phone::Phone;

/// What bytes cost on a network.
pub type Cost = policy::Cost;
/// Over which networks originals and videos go.
pub type DataPolicy = policy::DataPolicy;
/// What the platform says of network and battery.
pub type Means = policy::Means;
/// What this phone has sent since it was set up.
pub type Meter = paht_phone::Meter;

/// What bytes cost on a network.
#[uniffi::remote(Enum)]
pub enum Cost {
    /// Nothing: Wi-Fi, a cable.
    Free,
    /// By the byte: mobile data, a hotspot.
    Metered,
    /// So much that the person saves them: abroad, or with the system's data saver on.
    Scarce,
}

/// Over which networks originals and videos go. Words and small pictures go over any.
#[uniffi::remote(Enum)]
pub enum DataPolicy {
    /// Over any.
    Any,
    /// Over those that cost nothing.
    Free,
    /// Over those that cost nothing; elsewhere the person is asked.
    Ask,
}

/// What the platform says of network and battery.
#[uniffi::remote(Record)]
pub struct Means {
    /// What bytes cost now.
    pub cost: Cost,
    /// The battery is nearly empty and not being charged.
    pub low_battery: bool,
}

/// What this phone has sent since it was set up.
#[uniffi::remote(Record)]
pub struct Meter {
    /// Bytes of commands that were handed to the link, and of media that are at the hub.
    pub sent_bytes: u64,
    /// Bytes of media that went on where they were cut, and so were not sent again.
    pub saved_bytes: u64,
}

#[uniffi::export]
impl Phone {
    /// What the platform sees of network and battery; told whenever it changes, a running sync heeds it at once. On a
    /// network of another cost, `consent` no longer counts. At first the network costs nothing.
    pub fn tell_means(&self, means: Means) {
        self.core.tell_means(means);
    }

    /// The person says yes to originals over the network that there is, until it is another one.
    pub fn consent(&self) {
        self.core.consent();
    }

    /// Over which networks originals and videos go; `Ask` at first.
    pub fn data_policy(&self) -> DataPolicy {
        self.core.data_policy()
    }

    /// Sets it, for every report of which nothing else was said.
    pub async fn set_data_policy(&self, policy: DataPolicy) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.set_data_policy(policy)).await
    }

    /// Sets it for one report; absent as for the others.
    pub async fn set_report_policy(&self, id: ReportId, policy: Option<DataPolicy>) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.set_report_policy(&id, policy)).await
    }

    /// What was sent so far.
    pub fn meter(&self) -> Meter {
        self.core.meter()
    }
}
