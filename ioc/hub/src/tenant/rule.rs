//! Which agency gets what: conditions and a target.

use std::collections::BTreeSet;

use paht_model::ids::{AgencyId, AreaCode, CategoryCode};

use super::{Phrase, Words};

/// One routing rule. Rules are tried in order; the first that fits decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Shown to operators as the reason.
    pub id: String,
    /// The category it is for.
    pub category: CategoryCode,
    /// If present, the commune must be known and one of these.
    pub areas: Option<BTreeSet<AreaCode>>,
    /// If not empty, the text must have one of these.
    pub keywords: Vec<Phrase>,
    /// Who gets the case.
    pub target: Target,
}

/// Who gets a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// This agency.
    Agency(AgencyId),
    /// The committee of the report's commune, which must be known.
    Committee,
}

impl Rule {
    /// Whether it decides for a report of its category.
    pub fn fits(&self, area: Option<&AreaCode>, text: &Words) -> bool {
        let place_fits = match (&self.areas, &self.target, area) {
            (Some(areas), _, Some(area)) => areas.contains(area),
            (Some(_), _, None) | (None, Target::Committee, None) => false,
            (None, _, _) => true,
        };
        place_fits && (self.keywords.is_empty() || self.keywords.iter().any(|phrase| text.have(phrase)))
    }

    /// Whether it fits every report of its category.
    pub fn is_default(&self) -> bool {
        self.areas.is_none() && self.keywords.is_empty() && matches!(self.target, Target::Agency(_))
    }
}
