//! Text messages as a gateway hands them over: what it may do, what it is told to send back, and who sees the number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use paht_model::ids::{CategoryCode, KeyThumbprint, TenantId};
use paht_model::place::Point;
use paht_model::sms::{Digest, Tag, encode};
use paht_model::time::UnixMs;
use paht_model::wire::envelope::Sign as _;
use paht_server::sms_key;
use serde_json::{Value, json};
use world::{Answer, Ioc, MORNING, Phone};

impl Ioc {
    async fn message(&self, token: &str, kind: &str, body: String) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        self.call("POST", "/v1/messages", &headers, Body::from(body)).await
    }

    async fn hears(&self, token: &str, from: &str, text: &str) -> Answer {
        self.message(token, "application/json", json!({ "from": from, "text": text }).to_string()).await
    }

    async fn seen(&self, token: &str, path: &str) -> Value {
        self.desk(token, "GET", path, Body::empty()).await.json()
    }
}

/// The code that a reply names.
fn code_in(reply: &Answer) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let text = reply.text();
    assert!(text.is_ascii() && text.len() <= 160, "{text}");
    text.split([' ', '.', ',']).find(|word| word.starts_with("HUE-")).unwrap().to_owned()
}

fn digest(phone: &Phone, report: u8, text: &str) -> Digest {
    Digest {
        tenant: TenantId::parse("hue").unwrap(),
        tag: Tag::of(&KeyThumbprint::of(&phone.key.public_key()), &phone.report_id(report)),
        category: CategoryCode::parse("traffic").unwrap(),
        place: Some(Point::from_degrees(16.2775, 107.2297).unwrap()),
        at: UnixMs::from_millis(MORNING),
        text: text.into(),
    }
}

#[tokio::test]
async fn only_a_gateway_hands_over_messages_and_it_sees_nothing() {
    let ioc = Ioc::new();
    let (gateway, operator) = (ioc.token("gateway", None), ioc.token("operator", None));
    ioc.hears("x", "0905123456", "Ổ gà").await.is_problem(401, "request.not-allowed");
    ioc.hears(&operator, "0905123456", "Ổ gà").await.is_problem(403, "request.forbidden");
    for path in ["/v1/desk/cases", "/v1/desk/messages", "/v1/desk/alerts"] {
        ioc.desk(&gateway, "GET", path, Body::empty()).await.is_problem(403, "request.forbidden");
    }
    let reader = ioc.token("read-only", None);
    ioc.desk(&reader, "GET", "/v1/desk/messages", Body::empty()).await.is_problem(403, "request.forbidden");
}

#[tokio::test]
async fn forms_and_json_of_common_gateways_are_understood_and_nothing_else() {
    let ioc = Ioc::new();
    let gateway = ioc.token("gateway", None);
    let form = "application/x-www-form-urlencoded";
    let text = "C%E1%BA%A7u+treo+th%C3%B4n+A+Ng%C3%B4+%C4%91%E1%BB%A9t+c%C3%A1p";
    let first = code_in(&ioc.message(&gateway, form, format!("From=%2B84905123456&Body={text}")).await);
    let again = ioc.message(&gateway, form, format!("msisdn=0905123456&message={text}&x=1")).await;
    assert_eq!(again.status, 204, "the same words of the same number: known");
    let json = json!({ "sender": "84905123456", "content": "Đèn hỏng" }).to_string();
    assert_ne!(code_in(&ioc.message(&gateway, "application/json", json).await), first);
    let operator = ioc.token("operator", None);
    let case = ioc.seen(&operator, &format!("/v1/desk/cases/{first}")).await;
    assert_eq!((&case["text"], &case["category"]), (&json!("Cầu treo thôn A Ngô đứt cáp"), &Value::Null));
    assert_eq!((&case["contact"]["phone"], &case["carriers"]), (&json!("+84905123456"), &json!(["text"])));
    let reader = ioc.seen(&ioc.token("read-only", None), &format!("/v1/desk/cases/{first}")).await;
    assert!(reader["contact"].is_null() && reader["sender"] == true);
    for bad in ["", "from=0905123456", "text=a", "from=Viettel&text=a", "from=113&text=a", "from=%&text=a"] {
        ioc.message(&gateway, form, bad.into()).await.is_problem(400, "request.malformed");
    }
    ioc.message(&gateway, "application/json", "{".into()).await.is_problem(400, "request.malformed");
    ioc.hears(&gateway, "0905123456", " ").await.is_problem(422, "text.missing");
    let long = "a".repeat(40_000);
    ioc.hears(&gateway, "0905123456", &long).await.is_problem(413, "body.too-large");
}

#[tokio::test]
async fn a_report_by_sms_is_unverified_until_its_statement_comes_and_the_page_tells_how_it_came() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let (gateway, operator) = (ioc.token("gateway", None), ioc.token("operator", None));
    let text = encode(&digest(&phone, 1, "Ổ gà lớn trước chợ"), None).unwrap().remove(0);
    let code = code_in(&ioc.hears(&gateway, "0905123456", &text).await);
    let path = format!("/v1/desk/cases/{code}");
    assert_eq!(ioc.seen(&operator, &path).await["unverified"], true);
    assert_eq!(ioc.get(&format!("/c/{code}")).await.status, 404, "nobody has signed for it");
    let receipt = ioc.hand_in(&phone, &phone.report(1, "Ổ gà lớn trước chợ Bốt Đỏ", &[])).await;
    assert_eq!(receipt.case.unwrap().to_string(), code);
    let case = ioc.seen(&operator, &path).await;
    assert_eq!((&case["unverified"], &case["carriers"]), (&json!(false), &json!(["sms", "http"])));
    assert_eq!(case["text"], "Ổ gà lớn trước chợ Bốt Đỏ");
    assert_eq!(ioc.act(&operator, &code, json!({ "action": "dispatch" })).await.status, 200);
    let page = ioc.call("GET", &format!("/c/{code}"), &[("accept-language", "vi")], Body::empty()).await;
    let page = page.text();
    assert!(page.contains("Phản ánh đến bằng tin nhắn SMS"), "{page}");
    assert!(page.contains("Bản đầy đủ đã đến qua mạng") && !page.contains("0905") && !page.contains("84905"));
    assert_eq!(ioc.hears(&gateway, "0905123456", &text).await.status, 204, "late and doubled");
}

#[tokio::test]
async fn a_registered_number_is_checked_and_a_guess_waits_for_a_person() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let (gateway, operator) = (ioc.token("gateway", None), ioc.token("operator", None));
    let key = sms_key(ioc.dir.path(), "0905 123 456").unwrap().unwrap();
    assert_eq!(sms_key(ioc.dir.path(), "Viettel").unwrap(), None);
    let text = encode(&digest(&phone, 1, "Ổ gà"), Some(&key.parse().unwrap())).unwrap().remove(0);
    assert_eq!(ioc.hears(&gateway, "0987654321", &text).await.status, 204, "no word to whoever guesses");
    let kept = ioc.seen(&operator, "/v1/desk/messages").await;
    let kept = kept["messages"].as_array().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (&kept[0]["why"], &kept[0]["contact"]["phone"]),
        (&json!("sms.check"), &json!("+84987654321"))
    );
    let gone = format!("/v1/desk/messages/{}", kept[0]["number"]);
    assert_eq!(ioc.desk(&operator, "DELETE", &gone, Body::empty()).await.status, 204);
    ioc.desk(&operator, "DELETE", &gone, Body::empty()).await.is_problem(404, "request.not-found");
    code_in(&ioc.hears(&gateway, "+84905123456", &text).await);
}
