//! Services that people can review, and where they are.

use paht_model::ids::{CategoryCode, ServiceCode};
use paht_model::place::Point;

use super::Name;

/// A place or business that can be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its code, as on the sign at its door.
    pub code: ServiceCode,
    /// What it is called.
    pub name: Name,
    /// What it is, e.g. *museum* or *bus station*.
    pub kind: Name,
    /// Where to find it, in Vietnamese.
    pub address: String,
    /// Where it is; a review without a place is taken to be from here.
    pub at: Point,
    /// The category that its reviews are filed under.
    pub category: CategoryCode,
}
