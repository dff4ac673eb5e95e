//! Alerts: published by operators alone, shown to everybody above the list, heard by phones, and gone when they end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use paht_model::alert::Bulletin;
use paht_model::tenant::TenantCard;
use paht_model::wire::from_bytes;
use paht_model::wire::sync::{SetDigest, SyncReply, SyncRequest};
use serde_json::{Value, json};
use world::{HOUR, Ioc, MORNING, Phone};

fn flood() -> Value {
    json!({
        "level": "emergency",
        "title": {"vi": "Lũ trên sông Bồ <b>", "en": "Flood on the Bồ river"},
        "text": {"vi": "Lên chỗ cao ngay.", "en": "Move to high ground now."},
        "areas": ["20050"],
        "lasts": {"until": MORNING + 12 * HOUR},
        "numbers": [{"number": "0234 3822 114", "name": {"vi": "Trực cứu nạn", "en": "Rescue desk"}}],
    })
}

fn notice() -> Value {
    json!({
        "level": "notice",
        "title": {"vi": "Diễn tập"},
        "text": {"vi": "Còi báo động sẽ thử lúc 10 giờ."},
        "lasts": {"hours": 24},
    })
}

async fn publish(ioc: &Ioc, token: &str, alert: &Value) -> String {
    let answer = ioc.desk(token, "POST", "/v1/desk/alerts", alert.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn listed(ioc: &Ioc, path: &str) -> Vec<String> {
    let answer = ioc.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let titles = |alert: &Value| alert["title"]["vi"].as_str().unwrap().to_owned();
    answer.json()["alerts"].as_array().unwrap().iter().map(titles).collect()
}

#[tokio::test]
async fn everybody_sees_what_holds_emergencies_first_with_the_numbers_to_call() {
    let ioc = Ioc::new();
    let token = ioc.token("operator", None);
    assert!(!ioc.get("/").await.text().contains("class=\"alert "));
    publish(&ioc, &token, &notice()).await;
    publish(&ioc, &token, &flood()).await;
    let both = ["Lũ trên sông Bồ <b>".to_owned(), "Diễn tập".to_owned()];
    assert_eq!(listed(&ioc, "/v1/alerts").await, both);
    assert_eq!(listed(&ioc, "/v1/alerts?area=20050").await, both);
    assert_eq!(listed(&ioc, "/v1/alerts?area=19753").await, both[1..]);
    let vi = ioc.get("/?lang=vi").await.text();
    let (flood_at, notice_at) = (vi.find("Lũ trên sông Bồ").unwrap(), vi.find("Diễn tập").unwrap());
    assert!(flood_at < notice_at);
    for words in [
        "Khẩn cấp</span> Lũ trên sông Bồ &#60;b&#62;",
        "Thông báo</span> Diễn tập",
        "Toàn địa bàn",
        "20:00, 23/11/2026",
        "<a href=\"tel:0234 3822 114\">0234 3822 114</a> <span>Trực cứu nạn</span>",
        "<li><a href=\"tel:112\">112</a> <span>Thiên tai, lũ, sạt lở</span>",
        "<li><a href=\"tel:113\">113</a>",
        "<li><a href=\"tel:114\">114</a>",
        "<li><a href=\"tel:115\">115</a>",
        "aria-labelledby=\"alerts\"",
    ] {
        assert!(vi.contains(words), "{words} is not on the page:\n{vi}");
    }
    assert_eq!(vi.matches("<li><a href=\"tel:113\">").count(), 1, "a notice sends nobody to 113");
    let en = ioc.get("/?lang=en").await.text();
    assert!(en.contains("Move to high ground now.") && en.contains("Diễn tập"));
    assert!(!en.contains("portal-alert"), "a message without words");
    ioc.pass(12 * HOUR);
    assert_eq!(listed(&ioc, "/v1/alerts").await, both[1..]);
    assert!(!ioc.get("/").await.text().contains("Lũ trên sông Bồ"));
}

#[tokio::test]
async fn only_operators_publish_and_end() {
    let ioc = Ioc::new();
    let [operator, looking] = ["operator", "read-only"].map(|role| ioc.token(role, None));
    let agency = ioc.token("agency", Some("so-xay-dung"));
    for token in [&looking, &agency] {
        let refused = ioc.desk(token, "POST", "/v1/desk/alerts", flood().to_string()).await;
        refused.is_problem(403, "request.forbidden");
    }
    ioc.call("POST", "/v1/desk/alerts", &[], Body::from(flood().to_string()))
        .await
        .is_problem(401, "request.not-allowed");
    let id = publish(&ioc, &operator, &flood()).await;
    let path = format!("/v1/desk/alerts/{id}");
    ioc.desk(&agency, "DELETE", &path, Body::empty()).await.is_problem(403, "request.forbidden");
    assert_eq!(listed(&ioc, "/v1/alerts").await.len(), 1);
    for _ in 0..2 {
        assert_eq!(ioc.desk(&operator, "DELETE", &path, Body::empty()).await.status, 204);
    }
    assert!(listed(&ioc, "/v1/alerts").await.is_empty());
    for unknown in ["/v1/desk/alerts/x", "/v1/desk/alerts/01934e0a-0000-7000-8000-000000000001"] {
        ioc.desk(&operator, "DELETE", unknown, Body::empty()).await.is_problem(404, "alert.unknown");
    }
}

#[tokio::test]
async fn what_will_hold_is_the_desks_until_it_does() {
    let ioc = Ioc::new();
    let token = ioc.token("operator", None);
    let mut later = notice();
    later["from"] = json!(MORNING + HOUR);
    publish(&ioc, &token, &later).await;
    assert!(listed(&ioc, "/v1/alerts").await.is_empty());
    let desk = ioc.desk(&token, "GET", "/v1/desk/alerts", Body::empty()).await;
    assert_eq!(desk.json()["alerts"].as_array().unwrap().len(), 1);
    ioc.pass(HOUR);
    assert_eq!(listed(&ioc, "/v1/alerts").await, ["Diễn tập"]);
}

#[tokio::test]
async fn what_breaks_a_bound_is_refused_with_its_code() {
    let ioc = Ioc::new();
    let token = ioc.token("operator", None);
    let cases = [
        ("title", json!({"en": "Flood"}), 422, "text.missing"),
        ("title", json!({"vi": "x".repeat(121)}), 422, "alert.too-long"),
        ("lasts", json!({"until": MORNING}), 422, "alert.period"),
        ("lasts", json!({"hours": 31 * 24}), 422, "alert.period"),
        ("areas", json!(["99999"]), 422, "area.unknown"),
        ("level", json!("doom"), 400, "request.malformed"),
        ("lasts", json!(12), 400, "request.malformed"),
        ("colour", json!("red"), 400, "request.malformed"),
    ];
    for (field, value, status, code) in cases {
        let mut alert = flood();
        alert[field] = value;
        let refused = ioc.desk(&token, "POST", "/v1/desk/alerts", alert.to_string()).await;
        refused.is_problem(status, code);
    }
    ioc.get("/v1/alerts?area=%3Cb%3E").await.is_problem(400, "request.malformed");
    assert!(listed(&ioc, "/v1/alerts").await.is_empty());
}

#[tokio::test]
async fn a_phone_hears_it_signed_with_the_cards_key() {
    let ioc = Ioc::new();
    publish(&ioc, &ioc.token("operator", None), &flood()).await;
    let request = SyncRequest {
        tenant: "hue".parse().unwrap(),
        cursor: None,
        commands: Vec::new(),
        offers: Vec::new(),
        held: SetDigest::default(),
        card_version: 9,
        itemise: Vec::new(),
        bulletin_version: Some(0),
        claims: None,
    };
    let sync = async |request: &SyncRequest| -> SyncReply {
        let Ok(bytes) = request.seal(&Phone::new(1).key);
        from_bytes(&ioc.post_sync(bytes).await.body, "sync reply").unwrap()
    };
    let signed = sync(&request).await.bulletin.unwrap();
    let card = TenantCard::open(&ioc.get("/v1/card").await.body, &[]).unwrap();
    let bulletin = Bulletin::open(&signed.0, &card.trusted_keys()).unwrap();
    assert_eq!(bulletin.alerts[0].title.said_in("en"), "Flood on the Bồ river");
    let known = SyncRequest { bulletin_version: Some(bulletin.version), ..request.clone() };
    assert_eq!(sync(&known).await.bulletin, None);
    assert_eq!(sync(&SyncRequest { bulletin_version: None, ..request }).await.bulletin, None);
}
