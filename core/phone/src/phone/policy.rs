//! What may go over the network that there is, as the platform sees it and the person wishes, and what was sent so far.

use paht_engine::plan::{Change, Notice, Plan};
use paht_engine::policy::{DataPolicy, Gate, Means};
use paht_engine::ports::Store as _;
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Inner, Phone, PhoneError, locked};
use crate::store::SqliteStore;

/// The person's policy, as it is kept.
const POLICY: &str = "data-policy";
/// What was sent so far, as it is kept.
const METER: &str = "data-meter";

/// What this phone has sent since it was set up. A kill in the middle of a sync loses what that one counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meter {
    /// Bytes of commands that were handed to the link, and of media that are at the hub. What the link adds is not counted.
    pub sent_bytes: u64,
    /// Bytes of media that went on where they were cut, and so were not sent again.
    pub saved_bytes: u64,
}

impl Phone {
    /// What the platform sees of network and battery; a running sync heeds it at once. On a network of another cost the
    /// person's yes no longer counts.
    pub fn tell_means(&self, means: Means) {
        let is_new = {
            let mut gate = locked(&self.inner.gate);
            let is_new = gate.means != means;
            gate.consent &= gate.means.cost == means.cost;
            gate.means = means;
            is_new
        };
        if is_new {
            self.inner.opened_or_shut();
        }
    }

    /// The person says yes to originals over the network that there is, until it is another one.
    pub fn consent(&self) {
        locked(&self.inner.gate).consent = true;
        self.inner.opened_or_shut();
    }

    /// Over which networks originals and videos go.
    pub fn data_policy(&self) -> DataPolicy {
        locked(&self.inner.gate).policy
    }

    /// Sets it, for every report of which nothing else was said.
    pub fn set_data_policy(&self, policy: DataPolicy) -> Result<(), PhoneError> {
        keep(&mut self.inner.store(), POLICY, &policy)?;
        locked(&self.inner.gate).policy = policy;
        self.inner.opened_or_shut();
        Ok(())
    }

    /// Sets it for one report; `None` as for the others. [`Code::ReportUnknown`] if there is no such report.
    pub fn set_report_policy(&self, id: &ReportId, policy: Option<DataPolicy>) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|_, store| {
            let mut report = store.report(id)?.ok_or(Code::ReportUnknown)?;
            report.private.policy = policy;
            Ok(((), Plan::of(vec![Change::PutReport(report)])))
        })
    }

    /// What was sent so far.
    pub fn meter(&self) -> Meter {
        *locked(&self.inner.meter)
    }
}

impl Inner {
    pub(super) fn gate(&self) -> Gate {
        *locked(&self.gate)
    }

    /// More may go than before, or less: a running sync looks again, and so does whoever watches the queue.
    fn opened_or_shut(&self) {
        self.wake.notify_one();
        self.tell(&[Notice::Queue]);
    }

    /// Counts what was sent, and what did not have to be.
    pub(super) fn count(&self, sent_bytes: u64, saved_bytes: u64) {
        let mut meter = locked(&self.meter);
        meter.sent_bytes = meter.sent_bytes.saturating_add(sent_bytes);
        meter.saved_bytes = meter.saved_bytes.saturating_add(saved_bytes);
    }

    pub(super) fn keep_meter(&self) -> Result<(), PhoneError> {
        let meter = *locked(&self.meter);
        let mut store = self.store();
        if known::<Meter>(&store, METER)? == meter { Ok(()) } else { keep(&mut store, METER, &meter) }
    }
}

/// The policy and the meter that an earlier run kept.
pub(super) fn opened(store: &SqliteStore) -> Result<(Gate, Meter), PhoneError> {
    let gate = Gate { policy: known(store, POLICY)?, ..Gate::default() };
    Ok((gate, known(store, METER)?))
}

fn known<T: DeserializeOwned + Default>(store: &SqliteStore, name: &str) -> Result<T, PhoneError> {
    let json = store.setting(name)?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

fn keep<T: Serialize>(store: &mut SqliteStore, name: &str, value: &T) -> Result<(), PhoneError> {
    // What has only plain fields is always written.
    let json = serde_json::to_string(value).unwrap_or_default();
    Ok(store.set_setting(name, &json)?)
}
