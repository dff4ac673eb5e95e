//! Who handles cases.

use paht_model::ids::AgencyId;
use serde::Deserialize;

use super::Name;

/// A unit that handles cases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its id; assignments carry it for ever.
    pub id: AgencyId,
    /// What it is called.
    pub name: Name,
    /// What it is.
    pub kind: AgencyKind,
    /// Whether its people work with the system; if not, the fallback desk takes its cases.
    pub on_board: bool,
}

/// What an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyKind {
    /// The operations centre itself.
    Ioc,
    /// A department of the province or one of its offices (sở, chi cục).
    Department,
    /// The inspectorate (thanh tra).
    Inspectorate,
    /// The police (công an).
    Police,
    /// A public service unit or management board.
    ServiceUnit,
    /// A company that provides a public service.
    Company,
    /// The People's Committee of a commune or ward.
    Committee,
}
