//! Text messages in the forms of gateways that post something else than UTF-8: Jasmin and Kannel by their documentation, and
//! whoever names an alphabet. What cannot be read waits for a person, who sees its bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use serde_json::{Value, json};
use world::{Answer, Ioc};

const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "Cháy nhà ở A Lưới 🔥";

struct Door {
    ioc: Ioc,
    gateway: String,
    operator: String,
}

impl Door {
    fn new() -> Self {
        let ioc = Ioc::new();
        let (gateway, operator) = (ioc.token("gateway", None), ioc.token("operator", None));
        Self { ioc, gateway, operator }
    }

    async fn posts(&self, query: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let bearer = format!("Bearer {}", self.gateway);
        let headers: Vec<_> = [("authorization", bearer.as_str())].iter().chain(headers).copied().collect();
        self.ioc.call("POST", &format!("/v1/messages{query}"), &headers, body.into()).await
    }

    async fn seen(&self, path: &str) -> Value {
        self.ioc.desk(&self.operator, "GET", path, Body::empty()).await.json()
    }

    /// What became a case: its words.
    async fn words_in(&self, answer: &Answer) -> Value {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let text = answer.text();
        let code = text.split([' ', '.', ',']).find(|word| word.starts_with("HUE-")).unwrap();
        self.seen(&format!("/v1/desk/cases/{code}")).await["text"].clone()
    }

    async fn kept(&self) -> Vec<Value> {
        self.seen("/v1/desk/messages").await["messages"].as_array().unwrap().clone()
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// As Jasmin's HTTP thrower posts it (jasmin 0.11): `content` raw, `binary` the same in hexadecimal, `coding` a number, of
/// late a byte.
fn jasmin(coding: &str, content: &[u8]) -> String {
    let (content, binary) = (escaped(content), hex(content));
    format!(
        "id=16fd2706-8baf-433b-82eb-8c7fada847da&from=84905123456&to=8175&origin-connector=viettel&priority=1\
         &coding={coding}&content={content}&binary={binary}"
    )
}

#[tokio::test]
async fn jasmins_forms_are_read_by_their_coding_and_acknowledged_in_its_own_words() {
    let door = Door::new();
    let form = [("content-type", FORM)];
    let said = door.posts("", &form, jasmin("8", &utf16(TEXT))).await;
    assert_eq!(door.words_in(&said).await, TEXT);
    let said = door.posts("", &form, jasmin("%08", &utf16("Đèn đường hỏng"))).await;
    assert_eq!(door.words_in(&said).await, "Đèn đường hỏng");
    let said = door.posts("", &form, jasmin("0", b"nh\x7f ch\x04y \x00 A Luoi")).await;
    assert_eq!(door.words_in(&said).await, "nhà chèy @ A Luoi");
    assert_eq!(door.kept().await, Vec::<Value>::new());
    let thrower = [("content-type", FORM), ("user-agent", "Jasmin gateway/1.0 deliverSmHttpThrower")];
    for _ in 0..2 {
        let said = door.posts("", &thrower, jasmin("8", &utf16("Ổ gà"))).await;
        assert_eq!((said.status.as_u16(), said.text().as_str()), (200, "ACK/Jasmin"), "or it comes again");
    }
}

#[tokio::test]
async fn kannels_forms_are_read_by_their_charset() {
    let door = Door::new();
    // post-url = ".../v1/messages?from=%q&coding=%c&charset=%C", the words as the body.
    let query = "?from=%2B84905123456&coding=2&charset=UTF-16BE";
    let said = door.posts(query, &[("content-type", "text/plain; charset=\"UTF-16BE\"")], utf16(TEXT)).await;
    assert_eq!(door.words_in(&said).await, TEXT);
    // The same with its headers.
    let headers = [
        ("content-type", "text/plain; charset=UTF-8"),
        ("x-kannel-from", "+84905123456"),
        ("x-kannel-coding", "0"),
    ];
    let said = door.posts("", &headers, "Đèn đường hỏng").await;
    assert_eq!(door.words_in(&said).await, "Đèn đường hỏng");
    // A form by whoever fills in its escapes: text=%b, coding=%c, charset=%C.
    let form = [("content-type", FORM)];
    let body = |charset: &str, text: &[u8]| {
        format!("from=0912345678&coding=2&charset={charset}&text={}", escaped(text))
    };
    let said = door.posts("", &form, body("UTF-16BE", &utf16("Cây đổ"))).await;
    assert_eq!(door.words_in(&said).await, "Cây đổ");
    let said = door.posts("", &form, body("", &utf16("Cây đổ chắn đường"))).await;
    assert_eq!(door.words_in(&said).await, "Cây đổ chắn đường", "its number for UCS-2 is 2");
    let said = door.posts("", &form, body("UTF-16BE", "Ổ gà ở chợ".as_bytes())).await;
    assert_eq!(door.words_in(&said).await, "Ổ gà ở chợ", "told as UTF-16, but UTF-8");
    assert_eq!(door.kept().await, Vec::<Value>::new());
}

#[tokio::test]
async fn byte_order_marks_are_obeyed_and_json_is_no_other_door() {
    let door = Door::new();
    let form = [("content-type", FORM)];
    let little: Vec<u8> = "\u{feff}Cây đổ".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies = [
        format!("from=0905123456&text={}", escaped(&little)),
        format!("from=0905123457&coding=8&binary={}", hex(&little)),
        format!("from=0905123458&text={}", escaped(&utf16("\u{feff}Cây đổ"))),
        format!("from=0905123459&text={}", escaped("\u{feff}Cây đổ".as_bytes())),
        format!("from=0905123460&charset=utf-16le&text={}", escaped(&little[2..])),
    ];
    for body in bodies {
        let said = door.posts("", &form, body.clone()).await;
        assert_eq!(door.words_in(&said).await, "Cây đổ", "{body}");
    }
    let json = [("content-type", "application/json")];
    let body = json!({ "from": "0905123461", "coding": 8, "binary": hex(&utf16("Cây đổ")) });
    let said = door.posts("", &json, body.to_string()).await;
    assert_eq!(door.words_in(&said).await, "Cây đổ");
    let bytes: String = utf16("Cây đổ").into_iter().map(char::from).collect();
    let body = json!({ "from": "0905123462", "coding": "8", "content": bytes });
    let said = door.posts("", &json, body.to_string()).await;
    assert_eq!(door.words_in(&said).await, "Cây đổ");
}

#[tokio::test]
async fn what_nobody_can_read_is_never_told_as_understood_and_keeps_its_bytes() {
    let door = Door::new();
    let (form, json) = ([("content-type", FORM)], [("content-type", "application/json")]);
    let replaced = json!({ "from": "0905123456", "text": "Ch\u{fffd}y nh\u{fffd}" }).to_string();
    let with_nul = json!({ "from": "0905123456", "text": "Cháy\u{0}nhà" }).to_string();
    assert_eq!(door.posts("", &json, replaced).await.status, 204);
    assert_eq!(door.posts("", &json, with_nul).await.status, 204);
    for (body, bytes) in [
        ("from=0905123456&text=Ch%E1y+nh%E0", "4368e179206e68e0"),
        ("from=0905123456&coding=4&binary=0102ff", "0102ff"),
        ("from=0905123456&coding=8&binary=d83d0041", "d83d0041"),
        ("from=0905123456&charset=x-unheard-of&text=%81%82", "8182"),
    ] {
        assert_eq!(door.posts("", &form, body).await.status, 204, "{body}");
        let kept = &door.kept().await[0];
        assert_eq!(
            (&kept["why"], &kept["contact"]["phone"]),
            (&json!("sms.unreadable"), &json!("+84905123456"))
        );
        assert!(kept["text"].as_str().unwrap().contains(bytes), "{kept}");
    }
    assert_eq!(door.kept().await.len(), 6);
    assert_eq!(door.seen("/v1/desk/cases").await["cases"], json!([]));
}

#[tokio::test]
async fn no_hotline_is_taken_for_somebody_abroad() {
    let door = Door::new();
    let form = [("content-type", FORM)];
    for from in ["%2B19001075", "19001075", "18001091", "9029", "113", "Viettel", "%2B8419001075"] {
        let said = door.posts("", &form, format!("from={from}&text=Khuyen+mai")).await;
        said.is_problem(400, "request.malformed");
    }
    assert_eq!((door.kept().await, door.seen("/v1/desk/cases").await["cases"].clone()), (vec![], json!([])));
}
