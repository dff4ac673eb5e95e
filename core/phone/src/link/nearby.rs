//! Asking the hub what is near a point.

use paht_model::nearby::{Nearby, NearbyCase};
use paht_model::place::Point;
use paht_model::time::UnixMs;
use serde::Deserialize;
use serde_json::Value;

use super::{HubLink, LinkFailure};

/// Largest answer that is read, in bytes.
const NEARBY_BYTES_MAX: usize = 256 * 1024;

/// As it comes: a case that a newer hub says in a way unknown here is passed over, the others count.
#[derive(Deserialize)]
struct Answer {
    at: UnixMs,
    radius_m: u32,
    cases: Vec<Value>,
}

impl HubLink {
    /// Public cases around a point, nearest first.
    pub async fn nearby(&self, point: Point, radius_m: u32) -> Result<Nearby, LinkFailure> {
        let (lat, lon) = (point.lat().to_string(), point.lon().to_string());
        let query = [("lat", lat), ("lon", lon), ("radius_m", radius_m.to_string())];
        self.ask(&["v1", "nearby"], &query, NEARBY_BYTES_MAX, read).await
    }
}

fn read(body: &[u8]) -> Option<Nearby> {
    let Answer { at, radius_m, cases } = serde_json::from_slice(body).ok()?;
    let known = |case| serde_json::from_value::<NearbyCase>(case).ok();
    Some(Nearby { at, radius_m, cases: cases.into_iter().filter_map(known).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_of_a_newer_hub_is_passed_over_and_the_others_are_read() {
        let case = |stage: &str| {
            serde_json::json!({
                "code": "HUE-AAAA-AAA", "stage": stage, "category": "traffic", "area": null,
                "place": {"lat": 16.5, "lon": 107.5}, "received": 5, "excerpt": "Ổ gà", "distance_m": 12,
                "colour": "red",
            })
        };
        let answer =
            serde_json::json!({"at": 9, "radius_m": 500, "cases": [case("dispatched"), case("dreaming")]});
        let nearby = read(answer.to_string().as_bytes()).unwrap();
        assert_eq!(nearby.cases.iter().map(|case| case.distance_m).collect::<Vec<_>>(), [12]);
        assert!(read(b"<html>").is_none());
    }
}
