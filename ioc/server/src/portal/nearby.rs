//! What is near: public cases around a point, and the communes as points on a map.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use paht_hub::tenant::Area;
use paht_model::fault::Code;
use paht_model::limits::{NEARBY_LIMIT_MAX, NEARBY_RADIUS_M_MAX};
use paht_model::nearby::{Nearby, NearbyCase, NearbyPlace};
use paht_model::place::Point;
use paht_store::nearby::{NearbyItem, NearbyQuery};
use serde::Deserialize;
use serde_json::{Value, json};

use super::frame::tagged;
use super::lines::PublicLine;
use crate::hub::Hub;
use crate::problem::Problem;

/// How far around where nothing else is asked, in metres.
const RADIUS_M: u32 = 2_000;
/// How many cases where nothing else is asked.
const LIMIT: usize = 30;

/// Around where, and how many.
#[derive(Deserialize)]
pub(crate) struct NearbyParams {
    lat: f64,
    lon: f64,
    radius_m: Option<u32>,
    limit: Option<usize>,
}

/// `GET /v1/nearby`: public cases around a point, nearest first.
pub(crate) async fn nearby(
    State(hub): State<Arc<Hub>>,
    Query(params): Query<NearbyParams>,
) -> Result<Response, Problem> {
    let centre = Point::from_degrees(params.lat, params.lon).map_err(|_| Problem::of(Code::PlaceUnknown))?;
    let query = NearbyQuery {
        centre,
        radius_m: params.radius_m.unwrap_or(RADIUS_M).clamp(1, NEARBY_RADIUS_M_MAX),
        limit: params.limit.unwrap_or(LIMIT).clamp(1, NEARBY_LIMIT_MAX),
    };
    let at = (hub.world.now)();
    let cases = hub.off_thread(move |hub| found(hub, &query)).await?;
    Ok(Json(Nearby { at, radius_m: query.radius_m, cases }).into_response())
}

/// Each is looked up once more as everybody may see it: a line of the index alone makes nothing public.
fn found(hub: &Hub, query: &NearbyQuery) -> Result<Vec<NearbyCase>, Problem> {
    let items = hub.store.nearby(query)?;
    let cases = hub.read_here(|ledger| {
        let mut cases = Vec::with_capacity(items.len());
        for found in items {
            let NearbyItem { item, point, metres } = found;
            cases.extend(PublicLine::of(ledger, item)?.map(|line| view(line, point, metres)));
        }
        Ok(cases)
    });
    cases.map_err(Problem::from)
}

fn view(line: PublicLine, point: Point, metres: f64) -> NearbyCase {
    let PublicLine { item, excerpt, picture, .. } = line;
    // Within the largest radius, so within a u32.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let distance_m = metres.round().max(0.0) as u32;
    NearbyCase {
        code: item.code,
        stage: item.stage,
        category: item.category,
        area: item.area,
        place: NearbyPlace { lat: point.lat(), lon: point.lon() },
        received: item.received,
        excerpt,
        preview: picture.map(|picture| picture.address),
        distance_m,
    }
}

/// `GET /v1/areas.geojson`: the present communes, each as the points that the tenant knows inside it.
pub(crate) async fn areas_geojson(State(hub): State<Arc<Hub>>, headers: HeaderMap) -> Response {
    let present = hub.tenant.areas().iter().filter(|area| area.valid_until.is_none());
    let collection = json!({
        "type": "FeatureCollection",
        "features": present.map(feature).collect::<Vec<_>>(),
    });
    tagged("application/geo+json", collection.to_string().into_bytes(), &headers)
}

fn feature(area: &Area) -> Value {
    let position = |point: &Point| json!([point.lon(), point.lat()]);
    let points = std::iter::once(&area.centre).chain(&area.points);
    json!({
        "type": "Feature",
        "id": area.code,
        "properties": { "code": area.code, "name": area.name, "centre": position(&area.centre) },
        "geometry": { "type": "MultiPoint", "coordinates": points.map(position).collect::<Vec<_>>() },
    })
}
