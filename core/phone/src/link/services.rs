//! Asking the hub which services can be reviewed.

use paht_model::place::Point;
use paht_model::services::{ServiceLine, Services};
use paht_model::time::UnixMs;
use serde::Deserialize;
use serde_json::Value;

use super::{HubLink, LinkFailure};

/// Largest answer that is read, in bytes.
const SERVICES_BYTES_MAX: usize = 256 * 1024;

/// As it comes: a service that a newer hub says in a way unknown here is passed over, the others count.
#[derive(Deserialize)]
struct Answer {
    at: UnixMs,
    services: Vec<Value>,
}

impl HubLink {
    /// Services with these words in name, kind or address; nearest to `about` first. Blank words: all.
    pub async fn services(&self, words: &str, about: Option<Point>) -> Result<Services, LinkFailure> {
        let mut query = vec![("q", words.to_owned())];
        if let Some(about) = about {
            query.extend([("lat", about.lat().to_string()), ("lon", about.lon().to_string())]);
        }
        self.ask(&["v1", "services"], &query, SERVICES_BYTES_MAX, read).await
    }
}

fn read(body: &[u8]) -> Option<Services> {
    let Answer { at, services } = serde_json::from_slice(body).ok()?;
    let known = |service| serde_json::from_value::<ServiceLine>(service).ok();
    Some(Services { at, services: services.into_iter().filter_map(known).collect() })
}
