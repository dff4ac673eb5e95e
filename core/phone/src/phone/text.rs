//! A report as text messages, for where there is no data: written here, sent by the person or the app.

use paht_engine::plan::{Change, Plan};
use paht_engine::ports::Store as _;
use paht_engine::sms;
use paht_model::fault::Code;
use paht_model::ids::{KeyThumbprint, ReportId};
use paht_model::sms::{CheckKey, encode};

use super::{Phone, PhoneError};

impl Phone {
    /// The messages that say the essentials of a report, of at most 160 septets each; mostly one. With the key that the IOC
    /// gave this number they carry its check.
    ///
    /// # Errors
    /// Those of [`sms::digest`]; [`Code::ReportUnknown`]; [`Code::TextTooLong`] for what is too long for text messages.
    pub fn sms(&self, id: &ReportId, check: Option<&CheckKey>) -> Result<Vec<String>, PhoneError> {
        self.inner.decide(|desk, store| {
            let report = store.report(id)?.ok_or(Code::ReportUnknown)?;
            let own = KeyThumbprint::of(&desk.keys.public_key());
            let digest = sms::digest(&report, desk.tenant, &own, desk.card)?;
            Ok((encode(&digest, check).map_err(|_| Code::TextTooLong)?, Plan::default()))
        })
    }

    /// They were sent: until its statement is at the IOC, the report is called unconfirmed.
    pub fn texted(&self, id: &ReportId) -> Result<(), PhoneError> {
        self.inner.decide(|desk, store| {
            let mut report = store.report(id)?.ok_or(Code::ReportUnknown)?;
            report.private.texted = Some(desk.now.wall);
            Ok(((), Plan::of(vec![Change::PutReport(report)])))
        })
    }
}
