//! Public cases around a point: asked of the hub, and kept by square for when there is no link.

use paht_engine::ports::Store as _;
use paht_model::grid::Cell;
use paht_model::limits::NEARBY_KEPT_MS;
use paht_model::nearby::Nearby;
use paht_model::place::Point;
use serde::Serialize;

use super::{Phone, PhoneError};

/// What the hub last said of a square, and how old that is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptNearby {
    /// What it said; distances are from where it was asked then.
    pub nearby: Nearby,
    /// At least so old, in milliseconds; exactly, unless the phone was started anew without a link since.
    pub age_ms: i64,
}

impl Phone {
    /// Public cases around a point, nearest first, as the hub has them now; `radius_m` up to
    /// [`paht_model::limits::NEARBY_RADIUS_M_MAX`] counts. The answer is kept for [`Phone::nearby_kept`].
    ///
    /// # Errors
    /// [`PhoneError::Link`] without a link, [`PhoneError::NoIoc`]; `place.unknown` for what is no point.
    pub async fn nearby(&self, point: Point, radius_m: u32) -> Result<Nearby, PhoneError> {
        let point = point.checked().map_err(|_| paht_model::fault::Code::PlaceUnknown)?;
        let link = self.inner.hub()?;
        let nearby = link.nearby(point, radius_m).await?;
        let body = serde_json::to_string(&nearby).unwrap_or_default();
        // It is shown all the same where it cannot be kept.
        if let Err(fault) = self.inner.store().keep_nearby(Cell::of(point), &body) {
            tracing::warn!(%fault, "what is nearby could not be kept");
        }
        Ok(nearby)
    }

    /// What [`Phone::nearby`] last said of the square of about 1 km that this point lies in; absent if it was never asked
    /// there, long ago, or pushed out by twenty other squares.
    pub fn nearby_kept(&self, point: Point) -> Result<Option<KeptNearby>, PhoneError> {
        let store = self.inner.store();
        let Some(body) = store.kept_nearby(Cell::of(point))? else { return Ok(None) };
        let link = store.link()?;
        let kept = serde_json::from_str(&body).ok().map(|nearby: Nearby| {
            let age_ms = self.inner.age_ms(&link, nearby.at);
            KeptNearby { nearby, age_ms }
        });
        // A case may have been taken down since: nothing is shown for ever.
        Ok(kept.filter(|kept| kept.age_ms <= NEARBY_KEPT_MS))
    }
}
