//! Services that can be reviewed: asked of the hub, and kept for when there is no link.

use paht_engine::ports::Store as _;
use paht_model::place::Point;
use paht_model::services::{ServiceLine, Services};
use paht_model::text::is_blank;
use serde::Serialize;

use super::{Phone, PhoneError};

/// The setting that keeps them: a table of its own would push the schema over the file's first page, and then a damaged page
/// could cost everything.
const SERVICES: &str = "services";

/// The services a phone keeps, and how old that is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptServices {
    /// What the hub said; distances are from where was asked now.
    pub services: Services,
    /// At least so old, in milliseconds; exactly, unless the phone was started anew without a link since.
    pub age_ms: i64,
}

impl Phone {
    /// Services with these words in name, kind or address, as the hub has them now; nearest to `about` first. Blank words:
    /// all, which are kept for [`Phone::services_kept`].
    ///
    /// # Errors
    /// [`PhoneError::Link`] without a link, [`PhoneError::NoIoc`].
    pub async fn services(&self, words: &str, about: Option<Point>) -> Result<Services, PhoneError> {
        let about = about.and_then(|about| about.checked().ok());
        let link = self.inner.hub()?;
        let found = link.services(words, about).await?;
        if is_blank(words) {
            let body = serde_json::to_string(&found).unwrap_or_default();
            // They are shown all the same where they cannot be kept.
            if let Err(fault) = self.inner.store().set_setting(SERVICES, &body) {
                tracing::warn!(%fault, "the services could not be kept");
            }
        }
        Ok(found)
    }

    /// The services last heard of, nearest to `about` first; absent if they were never asked for. A service that is not
    /// among them can be reviewed by its code or name all the same.
    pub fn services_kept(&self, about: Option<Point>) -> Result<Option<KeptServices>, PhoneError> {
        let store = self.inner.store();
        let Some(body) = store.setting(SERVICES)? else { return Ok(None) };
        let link = store.link()?;
        let Ok(mut services) = serde_json::from_str::<Services>(&body) else { return Ok(None) };
        measure(&mut services.services, about);
        let age_ms = self.inner.age_ms(&link, services.at);
        Ok(Some(KeptServices { services, age_ms }))
    }
}

fn measure(lines: &mut [ServiceLine], about: Option<Point>) {
    for line in &mut *lines {
        let at = Point::from_degrees(line.place.lat, line.place.lon).ok();
        let metres = about.zip(at).map(|(about, at)| about.metres_to(at).round());
        // Distances on Earth fit a u32.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let metres = metres.map(|metres| metres as u32);
        line.distance_m = metres;
    }
    if about.is_some() {
        lines.sort_by_key(|line| line.distance_m);
    }
}
