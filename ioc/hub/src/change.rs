//! A decision in the making: a record, and the entries that are to follow in its log. Entries are tried on the case one
//! after another, so an illegal one is found before anything is written.

use paht_model::case::Case;
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::text::{composed, is_blank};
use paht_model::time::UnixMs;
use paht_model::timeline::{Entry, What};

use crate::ports::{CaseRecord, Heard, Ledger, Refusal, StoreFault};

/// A changed record with its new entries, not yet written.
pub(crate) struct Change {
    /// The record as it will be.
    pub(crate) record: CaseRecord,
    now: UnixMs,
    entries: Vec<(Entry, Heard)>,
    /// The stand-in whose case this becomes.
    adopts: Option<ReportId>,
}

impl Change {
    /// A change of a known record.
    pub(crate) const fn of(record: CaseRecord, now: UnixMs) -> Self {
        Self { record, now, entries: Vec::new(), adopts: None }
    }

    /// A change of a case that came by SMS: it belongs to the report of this record from now on.
    pub(crate) const fn adopting(stand_in: ReportId, record: CaseRecord, now: UnixMs) -> Self {
        Self { record, now, entries: Vec::new(), adopts: Some(stand_in) }
    }

    /// A new case with its first entry. `None` if that entry cannot begin one.
    pub(crate) fn begin(first: What, now: UnixMs, record: impl FnOnce(Case) -> CaseRecord) -> Option<Self> {
        let entry = Entry { at: now, what: first, words: None };
        let case = Case::begin(&entry)?;
        let heard = heard(&entry.what);
        Some(Self { record: record(case), now, entries: vec![(entry, heard)], adopts: None })
    }

    /// Lets something happen to the case. [`Code::CaseState`] if it cannot, and the change is as it was.
    pub(crate) fn tell(&mut self, what: What, words: Option<String>) -> Result<(), Refusal> {
        let heard = heard(&what);
        self.tell_to(heard, what, words)
    }

    /// The same, heard by others than usual.
    pub(crate) fn tell_to(&mut self, heard: Heard, what: What, words: Option<String>) -> Result<(), Refusal> {
        let entry = Entry { at: self.now, what, words };
        self.record.case.apply(&entry).map_err(|_| Refusal::Never(Code::CaseState))?;
        self.entries.push((entry, heard));
        Ok(())
    }

    /// Writes what was decided.
    pub(crate) fn write(self, ledger: &mut dyn Ledger) -> Result<CaseRecord, StoreFault> {
        if let Some(stand_in) = &self.adopts {
            ledger.adopt(stand_in, &self.record.report, &self.record.key)?;
        }
        ledger.put_case(&self.record)?;
        if !self.entries.is_empty() {
            ledger.append(&self.record, &self.entries)?;
        }
        Ok(self.record)
    }
}

/// Who usually hears of it. Everybody hears what the process did; what was said in comments, and which bytes came, stays
/// between the citizen and the IOC.
pub(crate) const fn heard(what: &What) -> Heard {
    match what {
        What::Arrived { .. } | What::Commented { .. } => Heard::Citizen,
        What::Unknown { .. } => Heard::Inside,
        What::Received { .. }
        | What::Classified { .. }
        | What::Refused
        | What::Duplicate { .. }
        | What::Dispatched { .. }
        | What::InProgress { .. }
        | What::Returned { .. }
        | What::Answered { .. }
        | What::Closed { .. }
        | What::Rated { .. }
        | What::Reopened { .. }
        | What::TimeAsked { .. }
        | What::TimeGiven { .. }
        | What::Edited
        | What::Withdrawn
        | What::Published { .. }
        | What::Carried { .. } => Heard::Everybody,
    }
}

/// Words worth keeping, composed: `None` for blank ones.
pub(crate) fn words(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| composed(text.to_owned()))
}
