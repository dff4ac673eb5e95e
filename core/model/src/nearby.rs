//! Public cases around a point, as the hub answers them in JSON and a phone keeps them for when there is no link.

use serde::{Deserialize, Serialize};

use crate::case::Stage;
use crate::ids::{AreaCode, CaseCode, CategoryCode};
use crate::public::PublicText;
use crate::time::UnixMs;

/// Public cases around a point, nearest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nearby {
    /// When the hub said so.
    pub at: UnixMs,
    /// How far around it looked, in metres.
    pub radius_m: u32,
    /// The cases.
    pub cases: Vec<NearbyCase>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearbyCase {
    /// Its public code.
    pub code: CaseCode,
    /// Where it stands.
    pub stage: Stage,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// The commune.
    pub area: Option<AreaCode>,
    /// Where.
    pub place: NearbyPlace,
    /// When the hub received it.
    pub received: UnixMs,
    /// The beginning of the citizen's words.
    pub excerpt: PublicText,
    /// Address of its first picture at the hub; absent until one has arrived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub preview: Option<String>,
    /// How far it is, in metres.
    pub distance_m: u32,
}

/// A place in degrees, as JSON has it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NearbyPlace {
    /// Latitude, north positive.
    pub lat: f64,
    /// Longitude, east positive.
    pub lon: f64,
}
