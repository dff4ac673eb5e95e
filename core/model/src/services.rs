//! Services that can be reviewed, with what people say of them, as the hub answers in JSON and a phone keeps them for when
//! there is no link.

use serde::{Deserialize, Serialize};

use crate::alert::Texts;
use crate::ids::{CategoryCode, ServiceCode};
use crate::nearby::NearbyPlace;
use crate::review::ReviewPhrase;
use crate::time::UnixMs;

/// Services, as they were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Services {
    /// When the hub said so.
    pub at: UnixMs,
    /// The services: nearest first where a point was given, else in the tenant's order.
    pub services: Vec<ServiceLine>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceLine {
    /// Its code.
    pub code: ServiceCode,
    /// What it is called.
    pub name: Texts,
    /// What it is.
    pub kind: Texts,
    /// Where to find it, in Vietnamese.
    pub address: String,
    /// Where it is.
    pub place: NearbyPlace,
    /// What its reviews are filed under.
    pub category: CategoryCode,
    /// How far it is from the point asked about, in metres; absent if none was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub distance_m: Option<u32>,
    /// What people say.
    pub figures: ReviewFigures,
}

/// What people say of a service, counted; each phone once, with its latest word.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReviewFigures {
    /// How many gave stars.
    pub count: u32,
    /// The mean of their stars, in tenths: 47 is 4.7. Absent if nobody gave any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mean_tenths: Option<u32>,
    /// How many gave 1, 2, 3, 4 and 5 stars.
    pub stars: [u32; 5],
    /// How often each phrase was tapped, most often first.
    pub phrases: Vec<(ReviewPhrase, u32)>,
}
