//! What the citizen does with a report afterwards. Each is kept when it returns, and sent when it can be.

use paht_engine::feedback;
use paht_model::command::{Rating, Reopening};
use paht_model::ids::ReportId;
use paht_model::statement::Edit;

use super::{Phone, PhoneError};

impl Phone {
    /// Changes what was said; also mends a report that the hub refused, which then goes again.
    pub fn edit(&self, id: &ReportId, edit: Edit) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|desk, store| Ok(((), feedback::edit(desk, store, id, edit)?)))
    }

    /// Adds words to the case.
    pub fn comment(&self, id: &ReportId, text: &str) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|desk, store| Ok(((), feedback::comment(desk, store, id, text)?)))
    }

    /// Answers a question of the IOC or an agency.
    pub fn reply(&self, id: &ReportId, text: &str) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|desk, store| Ok(((), feedback::reply(desk, store, id, text)?)))
    }

    /// The verdict on an answer; [`super::Shown::answers`] lists them.
    pub fn rate(&self, id: &ReportId, rating: Rating) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|desk, store| Ok(((), feedback::rate(desk, store, id, rating)?)))
    }

    /// Says that an answer did not settle it.
    pub fn reopen(&self, id: &ReportId, reopening: Reopening) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|desk, store| Ok(((), feedback::reopen(desk, store, id, reopening)?)))
    }

    /// Takes a report back.
    pub fn withdraw(&self, id: &ReportId) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|desk, store| Ok(((), feedback::withdraw(desk, store, id)?)))
    }

    /// Keeps back what is not sent yet.
    pub fn hold(&self, id: &ReportId) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|_, store| Ok(((), feedback::hold(store, id)?)))
    }

    /// Lets it go.
    pub fn release(&self, id: &ReportId) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|_, store| Ok(((), feedback::release(store, id)?)))
    }
}
