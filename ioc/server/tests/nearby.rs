//! What is near: public cases around a point, nearest first, and the communes as points.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use paht_model::ids::Sha256;
use serde_json::{Value, json};
use world::{Ioc, Phone, jpeg};

/// Where [`Phone::report`] reports, and 600 m from it.
const HERE: &str = "/v1/nearby?lat=16.27754&lon=107.22973";
const ASIDE: &str = "/v1/nearby?lat=16.28294&lon=107.22973";

async fn cases(ioc: &Ioc, path: &str) -> Vec<Value> {
    let answer = ioc.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["cases"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_public_case_is_found_around_its_place_with_its_picture_and_distance() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let (photo, small) = (jpeg(1, b"x"), jpeg(2, b"x"));
    let code = ioc.hand_in(&phone, &phone.report(1, "Ổ gà lớn", &[&photo])).await.case.unwrap().to_string();
    let token = ioc.token("operator", None);
    assert!(cases(&ioc, HERE).await.is_empty(), "it is held until it is dispatched");
    ioc.act(&token, &code, json!({"action": "dispatch"})).await;
    ioc.hand_in(&phone, &phone.rendition(1, &photo, &small)).await;
    ioc.upload(phone.part(1, &small), &small).await;
    let answer = ioc.get(&format!("{ASIDE}&radius_m=1000")).await.json();
    assert_eq!((answer["at"].as_i64(), answer["radius_m"].as_u64()), (Some(world::MORNING), Some(1_000)));
    let case = &answer["cases"][0];
    assert_eq!(case["code"], code);
    assert_eq!(case["stage"], "dispatched");
    assert_eq!(case["category"], "traffic");
    assert_eq!(case["excerpt"], "Ổ gà lớn");
    assert_eq!(case["place"], json!({"lat": 16.277_54, "lon": 107.229_73}));
    assert_eq!(case["preview"], format!("/m/{code}/{}", Sha256::of(&small)));
    assert!((590..=610).contains(&case["distance_m"].as_u64().unwrap()), "{case}");
    assert!(cases(&ioc, &format!("{ASIDE}&radius_m=500")).await.is_empty());
    // What is taken down is gone from here too (law 6).
    ioc.act(&token, &code, json!({"action": "publish", "to": "taken-down"})).await;
    assert!(cases(&ioc, HERE).await.is_empty());
}

#[tokio::test]
async fn a_point_must_be_one_and_bounds_are_kept() {
    let ioc = Ioc::new();
    ioc.get("/v1/nearby?lat=0&lon=0").await.is_problem(422, "place.unknown");
    ioc.get("/v1/nearby?lat=95&lon=107").await.is_problem(422, "place.unknown");
    for bad in ["/v1/nearby", "/v1/nearby?lat=x&lon=107", "/v1/nearby?lat=16&lon=107&radius_m=-1"] {
        ioc.get(bad).await.is_problem(400, "request.malformed");
    }
    let answer = ioc.get(&format!("{HERE}&radius_m=4000000000&limit=100000")).await;
    assert_eq!(answer.json()["radius_m"], 10_000);
}

#[tokio::test]
async fn the_communes_are_points_on_a_map() {
    let ioc = Ioc::new();
    let answer = ioc.get("/v1/areas.geojson").await;
    assert_eq!(answer.header("content-type"), "application/geo+json");
    let map = answer.json();
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), 40);
    for feature in features {
        assert_eq!(
            (&feature["type"], &feature["geometry"]["type"]),
            (&json!("Feature"), &json!("MultiPoint"))
        );
        let points = feature["geometry"]["coordinates"].as_array().unwrap();
        assert_eq!(points[0], feature["properties"]["centre"]);
        let (lon, lat) = (points[0][0].as_f64().unwrap(), points[0][1].as_f64().unwrap());
        assert!((106.9..108.4).contains(&lon) && (15.8..16.9).contains(&lat), "longitude first: {feature}");
        assert!(!feature["properties"]["name"].as_str().unwrap().is_empty());
        assert_eq!(feature["id"], feature["properties"]["code"]);
    }
    let tag = answer.header("etag").to_owned();
    let again =
        ioc.call("GET", "/v1/areas.geojson", &[("if-none-match", &tag)], axum::body::Body::empty()).await;
    assert_eq!(again.status, 304);
}
