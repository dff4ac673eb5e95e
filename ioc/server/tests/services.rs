//! Services that can be reviewed: what a visitor taps, without an account, is counted, shown and read in other languages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use paht_model::command::{Body, SignedCommand};
use paht_model::review::{Review, ReviewPhrase, Service};
use paht_model::statement::Statement;
use serde_json::{Value, json};
use world::{Ioc, Phone};

fn listed(stars: u8, phrases: &[ReviewPhrase]) -> Review {
    let service = Service::Listed("dai-noi".parse().unwrap());
    Review { service, stars: Some(stars), phrases: phrases.to_vec() }
}

/// As a visitor sends it: from Seoul, without a place.
fn reviewed(phone: &Phone, n: u8, text: &str, review: Review) -> SignedCommand {
    let Body::Report(like) = phone.report(n, text, &[]).command.body else { panic!("a statement") };
    let statement = Statement { place: None, review: Some(review), language: "ko".into(), ..like };
    phone.sign(phone.report_id(n), n, Body::Report(statement))
}

async fn figures(ioc: &Ioc) -> Value {
    ioc.get("/v1/services/dai-noi").await.json()["figures"].clone()
}

#[tokio::test]
async fn what_visitors_tap_is_counted_once_each_and_read_in_every_language() {
    use ReviewPhrase::{Clean, LongWait, Overcharged};
    let ioc = Ioc::new();
    let (one, other) = (Phone::new(1), Phone::new(2));
    assert_eq!(figures(&ioc).await, json!({"count": 0, "stars": [0, 0, 0, 0, 0], "phrases": []}));
    ioc.hand_in(&one, &reviewed(&one, 1, "", listed(1, &[LongWait]))).await;
    ioc.pass(1_000);
    ioc.hand_in(&one, &reviewed(&one, 2, "", listed(5, &[Clean]))).await;
    let code =
        ioc.hand_in(&other, &reviewed(&other, 1, "", listed(4, &[Clean, Overcharged]))).await.case.unwrap();
    let expected = json!({
        "count": 2, "mean_tenths": 45, "stars": [0, 0, 0, 1, 1], "phrases": [["clean", 2], ["overcharged", 1]],
    });
    assert_eq!(figures(&ioc).await, expected);
    let page = ioc.get("/s/dai-noi?lang=ko").await.text();
    for said in ["4.5", "평가 2건", "깨끗"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(ioc.get("/s?lang=vi").await.text().contains("4,5"));
    // It has a case of its own with its place, and reaches the operator in Vietnamese.
    let case = ioc.get(&format!("/v1/cases/{code}")).await.json();
    assert_eq!(
        case["review"],
        json!({"service": {"listed": "dai-noi"}, "stars": 4, "phrases": ["clean", "overcharged"]})
    );
    assert_eq!(case["category"], "tourism");
    assert!((case["place"]["lat"].as_f64().unwrap() - 16.469_8).abs() < 1e-6, "{case}");
    let desk =
        ioc.desk(&ioc.token("operator", None), "GET", &format!("/v1/desk/cases/{code}"), "").await.json();
    assert_eq!(desk["review"]["said"], json!(["Sạch sẽ", "Bị tính quá giá"]));
}

#[tokio::test]
async fn a_review_that_asks_nothing_of_anybody_keeps_out_of_the_operators_way() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let token = ioc.token("operator", None);
    ioc.hand_in(&phone, &reviewed(&phone, 1, "", listed(5, &[]))).await;
    ioc.hand_in(&phone, &reviewed(&phone, 2, "", listed(2, &[]))).await;
    ioc.hand_in(&phone, &reviewed(&phone, 3, "Rất đẹp", listed(5, &[]))).await;
    let stars = async |path: &str| -> Vec<u64> {
        let page = ioc.desk(&token, "GET", path, "").await.json();
        let mut found: Vec<u64> = page["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| case["review"]["stars"].as_u64().unwrap())
            .collect();
        found.sort_unstable();
        found
    };
    assert_eq!(stars("/v1/desk/cases").await, [2, 5]);
    assert_eq!(stars("/v1/desk/cases?idle=1").await, [2, 5, 5]);
    // Nor is it among the reports that everybody reads.
    let public = ioc.get("/v1/cases").await.json();
    assert_eq!(public["cases"].as_array().unwrap().len(), 1, "{public}");
    assert!(
        ioc.get("/v1/nearby?lat=16.4698&lon=107.5790").await.json()["cases"].as_array().unwrap().len() == 1
    );
}

/// What somebody wrote waits for an operator, and what is not public counts nowhere (law 6).
#[tokio::test]
async fn written_words_wait_for_an_operator_and_count_when_they_are_public() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let words = "Nhân viên tên A rất thô lỗ";
    let code = ioc.hand_in(&phone, &reviewed(&phone, 1, words, listed(1, &[]))).await.case.unwrap();
    assert_eq!(figures(&ioc).await["count"], 0);
    assert!(!ioc.get("/s/dai-noi").await.text().contains(words));
    let token = ioc.token("operator", None);
    ioc.act(&token, code.as_str(), json!({"action": "dispatch"})).await;
    assert_eq!(figures(&ioc).await["count"], 1);
    assert!(ioc.get("/s/dai-noi").await.text().contains(words));
    ioc.act(&token, code.as_str(), json!({"action": "publish", "to": "taken-down"})).await;
    assert_eq!(figures(&ioc).await["count"], 0);
}

#[tokio::test]
async fn a_place_that_is_not_listed_is_reviewed_by_its_name() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let named = |name: &str| Review { service: Service::Named(name.into()), ..listed(2, &[]) };
    let code = ioc.hand_in(&phone, &reviewed(&phone, 1, "", named("Taxi 75A-123.45"))).await.case.unwrap();
    let token = ioc.token("operator", None);
    assert_eq!(ioc.get(&format!("/v1/cases/{code}")).await.status, 404, "an operator looks first");
    let found = ioc.desk(&token, "GET", "/v1/desk/cases?q=75a", "").await.json();
    assert_eq!(found["cases"][0]["code"], code.as_str());
    ioc.act(&token, code.as_str(), json!({"action": "dispatch"})).await;
    // Who rates a car names it to the desk; in public a plate is masked wherever it stands.
    let page = ioc.get(&format!("/c/{code}?lang=en")).await.text();
    assert!(page.contains("Taxi ") && !page.contains("75A-123.45"), "{page}");
    let whole = ioc.desk(&token, "GET", &format!("/v1/desk/cases/{code}"), "").await;
    assert!(whole.text().contains("Taxi 75A-123.45"));
    // One that the list no longer has is not lost.
    let gone = Review { service: Service::Listed("da-dong".parse().unwrap()), ..listed(1, &[]) };
    let code = ioc.hand_in(&phone, &reviewed(&phone, 2, "", gone)).await.case.unwrap();
    assert_eq!(
        ioc.desk(&token, "GET", &format!("/v1/desk/cases/{code}"), "").await.json()["review"]["service"]["listed"],
        "da-dong"
    );
}

#[tokio::test]
async fn services_are_found_by_words_and_by_distance() {
    let ioc = Ioc::new();
    let codes = async |path: &str| -> Vec<String> {
        let answer = ioc.get(path).await.json();
        answer["services"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes("/v1/services?q=ben%20xe").await, ["ben-xe-phia-nam"]);
    assert_eq!(codes("/v1/services?q=tomb").await.len(), 3);
    assert!(codes("/v1/services?q=xyz").await.is_empty());
    assert!(ioc.get("/s?q=xyz&lang=en").await.text().contains("No service fits."));
    let near = codes("/v1/services?lat=16.4566&lon=107.5783&limit=2").await;
    assert_eq!((near[0].as_str(), near.len()), ("ga-hue", 2));
    ioc.get("/v1/services?lat=16.4").await.is_problem(400, "request.malformed");
    ioc.get("/v1/services?lat=0&lon=0").await.is_problem(422, "place.unknown");
    ioc.get("/v1/services/nowhere").await.is_problem(404, "request.not-found");
    assert_eq!(ioc.get("/s/nowhere").await.status, 404);
}
