//! Goal: how to reach or find a person is nowhere that everybody can look, and whole for who works on the case.
//! Method: secrets of each kind in all that people write of a case, and every public address read for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use paht_model::command::{Body as Says, Rating, Reopening};
use paht_model::ids::Sha256;
use paht_model::review::{Review, Service};
use paht_model::statement::Statement;
use serde_json::json;
use world::{Ioc, Phone, jpeg};

/// Pieces of what is secret, as they would be seen.
const SECRETS: [&str; 8] =
    ["0905", "123 456", "046095012345", "an.nguyen", "gmail", "12345678", "75A", "chín không"];

fn public(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} in\n{text}");
    }
}

#[tokio::test]
async fn what_people_write_of_themselves_is_masked_everywhere_and_whole_at_the_desk() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let (original, after) = (jpeg(1, b"x"), jpeg(3, b"y"));
    let text = "Cháy nhà! Gọi 0905 123 456 hoặc không chín không năm một hai ba bốn năm sáu, CCCD 046095012345, \
        an.nguyen@gmail.com, STK 12345678 Vietcombank, xe 75A-123.45, nhà số 12 kiệt 45";
    // The excerpt's end falls into a number.
    let cut = format!("{}0905 123 456", "Lũ về ".repeat(19));
    ioc.hand_in(&phone, &phone.report(2, &cut, &[])).await;
    let code = ioc.hand_in(&phone, &phone.report(1, text, &[&original])).await.case.unwrap().to_string();
    let token = ioc.token("operator", None);
    let hash = Sha256::of(&after);
    assert_eq!(ioc.evidence(&token, &code, &after, Sha256::of(b"sealed")).await.status, 201);
    let says = |what: &str| format!("{what}: gọi 0905 123 456, xe 75A-123.45");
    let action = json!({"action": "answer", "text": says("Đã dập tắt"), "evidence": [hash]});
    assert_eq!(ioc.act(&token, &code, action).await.status, 200);
    let rating = Rating { assignment: 1, answer: 1, grade: 2, text: says("Chưa") };
    ioc.hand_in(&phone, &phone.sign(phone.report_id(1), 200, Says::Rate(rating))).await;
    let reopening = Reopening { assignment: 1, reason: says("Cháy lại") };
    ioc.hand_in(&phone, &phone.sign(phone.report_id(1), 202, Says::Reopen(reopening))).await;

    for path in ["/", "/v1/cases", "/v1/nearby?lat=16.27754&lon=107.22973", "/?q=kiet", "/v1/cases?q=kiet"] {
        let answer = ioc.get(path).await;
        let said = answer.text();
        assert!(
            answer.status == 200 && said.contains(&code) && said.contains("Cháy nhà! Gọi •••"),
            "{path}: {said}"
        );
        public(&said);
    }
    let (page, json) =
        (ioc.get(&format!("/c/{code}")).await.text(), ioc.get(&format!("/v1/cases/{code}")).await.text());
    for said in [page, json] {
        for shown in [
            "CCCD •••",
            "nhà số 12 kiệt 45",
            "Đã dập tắt: gọi •••, xe •••",
            "Chưa: gọi •••",
            "Cháy lại: gọi •••",
        ] {
            assert!(said.contains(shown), "{shown} not in\n{said}");
        }
        public(&said);
    }
    // Nobody finds by what nobody may read, not even by its beginning; the desk does.
    for q in ["0905", "09", "0460", "gmail", "75A", "an.nguyen", "0905123456", "chin+khong"] {
        for path in [format!("/v1/cases?q={q}"), format!("/?q={q}")] {
            let said = ioc.get(&path).await.text();
            assert!(!said.contains(&code) && !said.contains("before="), "{path}: {said}");
        }
        let desk = ioc.desk(&token, "GET", &format!("/v1/desk/cases?q={q}"), "").await.text();
        assert!(desk.contains(&code) || q == "0905123456", "{q}: {desk}");
    }
    let desk = ioc.desk(&token, "GET", &format!("/v1/desk/cases/{code}"), "").await.json();
    assert_eq!(desk["text"], text);
    let list = ioc.desk(&token, "GET", "/v1/desk/cases", "").await.text();
    assert!(list.contains("0905 123 456"), "{list}");
}

#[tokio::test]
async fn the_plate_of_a_taxi_is_for_the_desk_alone() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let review =
        Review { service: Service::Named("Taxi 75A-123.45".into()), stars: Some(1), phrases: Vec::new() };
    let Says::Report(like) = phone.report(1, "Tai nạn vì chạy ẩu", &[]).command.body else { panic!() };
    let statement = Statement { review: Some(review), ..like };
    let report = phone.sign(phone.report_id(1), 1, Says::Report(statement));
    let code = ioc.hand_in(&phone, &report).await.case.unwrap();
    for path in [format!("/c/{code}"), format!("/v1/cases/{code}"), "/v1/cases".to_owned(), "/".to_owned()] {
        let said = ioc.get(&path).await.text();
        assert!(said.contains(code.as_str()), "{path}: {said}");
        public(&said);
    }
    let desk =
        ioc.desk(&ioc.token("operator", None), "GET", &format!("/v1/desk/cases/{code}"), "").await.json();
    assert_eq!(desk["review"]["service"]["named"], "Taxi 75A-123.45");
}

#[tokio::test]
async fn nothing_that_people_write_acts_on_a_page() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let text = "Cháy\u{1b}[2J\u{9b}31m\0 \u{202e}gnor\u{2067} nhà";
    let code = ioc.hand_in(&phone, &phone.report(1, text, &[])).await.case.unwrap();
    for path in [format!("/c/{code}"), format!("/v1/cases/{code}"), "/".to_owned(), "/v1/cases".to_owned()] {
        let said = ioc.get(&path).await.text();
        assert!(said.contains("Cháy[2J31m \u{202e}gnor\u{2067} nhà\u{2069}\u{202c}"), "{path}: {said}");
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{path}: {said:?}");
    }
}
