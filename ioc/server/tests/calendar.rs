//! Goal: deadlines are counted by a calendar that says what it does not know, and none that was given moves. Method: the
//! shipped calendar, and one that an administrator edits, under a clock that the test sets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use std::fs;
use std::sync::atomic::Ordering;

use axum::body::Body;
use serde_json::{Value, json};
use world::{Ioc, MORNING, Phone};

/// 1 October 2027, 00:00, and Friday 31 December 2027, 09:00, in Huế.
const OCTOBER: i64 = 1_822_323_600_000;
const NEW_YEARS_EVE: i64 = 1_830_218_400_000;

async fn calendar(ioc: &Ioc) -> Value {
    let token = ioc.token("read-only", None);
    ioc.desk(&token, "GET", "/v1/desk/calendar", Body::empty()).await.json()
}

/// Hands a report in and gives it to an agency: its code, and the case as the desk sees it.
async fn given(ioc: &Ioc, phone: &Phone) -> (String, Value) {
    let code = ioc.hand_in(phone, &phone.report(1, "Ổ gà", &[])).await.case.unwrap().to_string();
    let token = ioc.token("operator", None);
    let case = ioc.act(&token, &code, json!({"action": "dispatch"})).await.json();
    (code, case)
}

#[tokio::test]
async fn a_year_nobody_wrote_down_is_told_months_before_by_health_and_desk() {
    let ioc = Ioc::new();
    let told = |health: Value| {
        (health["calendar"]["known_until"].clone(), health["calendar"]["unknown_year"].clone())
    };
    assert_eq!(told(ioc.get("/healthz").await.json()), (json!(2027), Value::Null));
    ioc.clock.store(OCTOBER - 1, Ordering::SeqCst);
    assert_eq!(told(ioc.get("/healthz").await.json()).1, Value::Null);
    ioc.clock.store(OCTOBER, Ordering::SeqCst);
    let health = ioc.get("/healthz").await;
    assert_eq!((health.status.as_u16(), told(health.json()).1), (200, json!(2028)), "it works all the same");
    assert_eq!(calendar(&ioc).await["unknown_year"], 2028);
}

#[tokio::test]
async fn the_desk_can_look_up_what_deadlines_are_counted_by() {
    let ioc = Ioc::new();
    let calendar = calendar(&ioc).await;
    assert_eq!(calendar["swaps"][0]["off"], "2026-01-02");
    assert_eq!(calendar["swaps"][0]["worked"], "2026-01-10");
    assert_eq!(calendar["seasons"][0]["hours"][1], json!(["13:30", "17:30"]));
    for kind in ["years", "seasons", "holidays", "swaps"] {
        for entry in calendar[kind].as_array().unwrap() {
            assert!(entry["source"].is_string(), "{entry}");
        }
    }
    let gateway = ioc.token("gateway", None);
    ioc.desk(&gateway, "GET", "/v1/desk/calendar", Body::empty()).await.is_problem(403, "request.forbidden");
    assert_eq!(ioc.get("/v1/desk/calendar").await.status, 401);
}

#[tokio::test]
async fn a_deadline_counted_with_days_nobody_announced_says_so() {
    let ioc = Ioc::new();
    let (code, known) = given(&ioc, &Phone::new(1)).await;
    assert_eq!(known["provisional"], json!([]));
    assert!(!ioc.get(&format!("/c/{code}?lang=en")).await.text().contains("provisional"));
    ioc.clock.store(NEW_YEARS_EVE, Ordering::SeqCst);
    let (code, unknown) = given(&ioc, &Phone::new(2)).await;
    assert_eq!(unknown["provisional"], json!([1]));
    assert!(ioc.get(&format!("/c/{code}?lang=en")).await.text().contains("(provisional: the days off"));
    assert!(ioc.get(&format!("/c/{code}?lang=vi")).await.text().contains("(tạm tính"));
    let public = ioc.get(&format!("/v1/cases/{code}")).await.json();
    assert_eq!(public["assignments"][0]["provisional"], true);
}

#[tokio::test]
async fn a_deadline_that_was_given_does_not_move_when_the_file_changes() {
    let ioc = Ioc::new();
    let (code, before) = given(&ioc, &Phone::new(1)).await;
    let due = before["assignments"][0]["due"].as_i64().unwrap();
    assert!(due > MORNING);
    let Ioc { dir, router, .. } = ioc;
    drop(router);
    let file = dir.path().join("tenant/calendar.toml");
    let edited =
        fs::read_to_string(&file).unwrap().replace("until = \"2026-11-24\"", "until = \"2026-12-04\"");
    fs::write(&file, edited).unwrap();
    let ioc = Ioc::in_folder(dir);
    let token = ioc.token("operator", None);
    let after = ioc.desk(&token, "GET", &format!("/v1/desk/cases/{code}"), Body::empty()).await.json();
    assert_eq!(after["assignments"][0]["due"], due);
    assert_eq!(after["assignments"][0]["first_due"], due);
    let (_, later) = given(&ioc, &Phone::new(2)).await;
    assert!(later["assignments"][0]["due"].as_i64().unwrap() > due, "a new one is counted by the new file");
}
