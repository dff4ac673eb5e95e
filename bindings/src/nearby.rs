//! Public cases around a point.

use paht_model::nearby;

use crate::error::PahtError;
use crate::ids::{AreaCode, CaseCode, CategoryCode, UnixMs};
use crate::media::Point;
use crate::phone::Phone;
use crate::run;
use crate::timeline::Stage;

/// A public case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NearbyCase {
    /// Its public code.
    pub code: CaseCode,
    /// Where it stands.
    pub stage: Stage,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// The commune.
    pub area: Option<AreaCode>,
    /// Where; absent if what came was no point.
    pub point: Option<Point>,
    /// When the hub received it.
    pub received: UnixMs,
    /// The beginning of the citizen's words.
    pub excerpt: String,
    /// Address of its first picture at the hub, from its root on; absent until one has arrived.
    pub preview: Option<String>,
    /// How far it is from the point asked about, in metres.
    pub distance_m: u32,
}

/// Public cases around a point, nearest first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Nearby {
    /// When the hub said so.
    pub at: UnixMs,
    /// How far around it looked, in metres.
    pub radius_m: u32,
    /// The cases.
    pub cases: Vec<NearbyCase>,
    /// At least so old, in milliseconds; 0 for what the hub said just now.
    pub age_ms: i64,
}

impl Nearby {
    fn aged(told: nearby::Nearby, age_ms: i64) -> Self {
        let nearby::Nearby { at, radius_m, cases } = told;
        Self { at, radius_m, cases: cases.into_iter().map(NearbyCase::from).collect(), age_ms }
    }
}

impl From<nearby::NearbyCase> for NearbyCase {
    fn from(case: nearby::NearbyCase) -> Self {
        let nearby::NearbyCase { code, stage, category, area, place, received, excerpt, preview, distance_m } =
            case;
        let point = Point::from_degrees(place.lat, place.lon).ok();
        let excerpt = excerpt.into_string();
        Self { code, stage, category, area, point, received, excerpt, preview, distance_m }
    }
}

#[uniffi::export]
impl Phone {
    /// Public cases around a point as the hub has them now. `PahtError.Link` without a link; then
    /// `nearbyKept` tells what was last heard.
    pub async fn nearby(&self, about: Point, radius_m: u32) -> Result<Nearby, PahtError> {
        let core = self.core.clone();
        run::linked(async move { Ok(Nearby::aged(core.nearby(about, radius_m).await?, 0)) }).await
    }

    /// What was last heard of about this place, and how old it is; absent if it was never asked, or long ago.
    pub async fn nearby_kept(&self, about: Point) -> Result<Option<Nearby>, PahtError> {
        let kept = self.on_disk(move |phone| phone.nearby_kept(about)).await?;
        Ok(kept.map(|kept| {
            let paht_phone::KeptNearby { nearby, age_ms } = kept;
            Nearby::aged(nearby, age_ms)
        }))
    }
}
