//! What reports are about, and what each kind asks of an answer.

use paht_model::ids::CategoryCode;
use serde::Deserialize;

use super::{Name, Phrase};
use crate::calendar::Allowance;

/// What a report can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code; cases are filed under it for ever.
    pub code: CategoryCode,
    /// What it is called.
    pub name: Name,
    /// Name of a drawing in the app's own set.
    pub icon: String,
    /// What an answer must bring to close its assignment.
    pub evidence: Evidence,
    /// How long an agency has; working hours, 1 to [`Category::HOURS_MAX`].
    pub normal: Allowance,
    /// How long it has when the report is urgent; 1 to [`Category::HOURS_MAX`] hours.
    pub urgent: Allowance,
    /// When the public sees a case.
    pub publish: Publish,
    /// Words that suggest it.
    pub keywords: Vec<Phrase>,
}

impl Category {
    /// Longest deadline that can be configured, in hours (about a year of working time).
    pub const HOURS_MAX: u32 = 2_000;

    /// How long an agency has.
    pub const fn allowance(&self, urgent: bool) -> Allowance {
        if urgent { self.urgent } else { self.normal }
    }
}

/// What an answer must bring to close its assignment (law 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A photo of the place, settled.
    AfterPhoto,
    /// A document: minutes, a decision.
    Paper,
    /// An account that somebody signs.
    SignedAccount,
}

/// When the public sees a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publish {
    /// As soon as it is dispatched, by an operator or at once where it is urgent.
    AtOnce,
    /// After an operator has looked at it; held until then.
    AfterReview,
    /// Never: confidential, absent from everything public.
    Never,
}
