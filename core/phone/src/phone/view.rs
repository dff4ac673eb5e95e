//! What is shown: told anew from the store each time, kept nowhere.

use paht_engine::officer::own_entries;
use paht_engine::outbox::{Lane, OutboxEntry};
use paht_engine::plan::Report;
use paht_engine::ports::Store as _;
use paht_engine::status::{self, Standing, Way};
use paht_model::case::{Case, Stage};
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256};
use paht_model::time::UnixMs;
use paht_model::timeline::What;
use paht_model::wire::sync::Told;
use serde::Serialize;

use super::{Phone, PhoneError};

/// Entries read at a time.
const PAGE: usize = 256;

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The report.
    pub report: Report,
    /// Where it stands on its way to the IOC.
    pub way: Way,
    /// Where its case stands; absent before the hub's first word.
    pub stage: Option<Stage>,
    /// It was sent as a text message, and its statement is not at the IOC yet.
    pub unconfirmed: bool,
}

/// A report with everything known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The report.
    pub report: Report,
    /// Its parts.
    pub entries: Vec<OutboxEntry>,
    /// What the hub told, by number.
    pub told: Vec<Told>,
    /// The case as told.
    pub case: Option<Case>,
    /// Where it stands on its way to the IOC.
    pub way: Way,
    /// Where its case stands.
    pub stage: Option<Stage>,
    /// The agencies' answers, oldest first.
    pub answers: Vec<Answer>,
    /// It was sent as a text message, and its statement is not at the IOC yet.
    pub unconfirmed: bool,
}

/// An agency's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Of which assignment.
    pub assignment: u16,
    /// Which of its answers, counted from 1.
    pub answer: u16,
    /// When, by the hub's clock.
    pub at: UnixMs,
    /// Its words.
    pub text: Option<String>,
    /// Its evidence, by hash.
    pub evidence: Vec<Sha256>,
}

impl Phone {
    /// Reports, newest first, beginning after the given one.
    pub fn list(&self, after: Option<ReportId>, limit: usize) -> Result<Vec<Listed>, PhoneError> {
        let store = self.inner.store();
        let mut listed = Vec::new();
        for report in store.reports(after, limit)? {
            let way = status::way(&report, &own_entries(&*store, &report.id)?);
            let stage = status::stage(&store.told(&report.id)?);
            let unconfirmed = status::is_unconfirmed(&report, &way);
            listed.push(Listed { report, way, stage, unconfirmed });
        }
        Ok(listed)
    }

    /// One report with everything known of it.
    pub fn show(&self, id: &ReportId) -> Result<Shown, PhoneError> {
        let store = self.inner.store();
        let report = store.report(id)?.ok_or(Code::ReportUnknown)?;
        let (entries, told) = (own_entries(&*store, id)?, store.told(id)?);
        let case = status::case(&told);
        let stage = case.as_ref().map(Case::stage);
        let way = status::way(&report, &entries);
        let answers = told.iter().filter_map(answer).collect();
        let unconfirmed = status::is_unconfirmed(&report, &way);
        Ok(Shown { report, entries, told, case, way, stage, answers, unconfirmed })
    }

    /// Everything that is not delivered, in the order of sending.
    pub fn outbox(&self) -> Result<Vec<OutboxEntry>, PhoneError> {
        let store = self.inner.store();
        let mut all = Vec::new();
        for lane in [Lane::Commands, Lane::Media] {
            let mut after = None;
            loop {
                let page = store.waiting(lane, after, PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.rank);
                all.extend(page);
            }
        }
        Ok(all)
    }

    /// The queue as a whole.
    pub fn standing(&self) -> Result<Standing, PhoneError> {
        Ok(status::standing(&*self.inner.store(), self.inner.options.clock.now(), &self.inner.gate())?)
    }
}

fn answer(told: &Told) -> Option<Answer> {
    let What::Answered { assignment, answer, evidence } = &told.entry.what else { return None };
    Some(Answer {
        assignment: *assignment,
        answer: *answer,
        at: told.entry.at,
        text: told.entry.words.clone(),
        evidence: evidence.clone(),
    })
}
