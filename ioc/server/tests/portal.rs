//! What everybody may see: the words of a case, its pictures without metadata, and nothing of what is not public.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use paht_model::command::{Body as Says, Rating, Reopening};
use paht_model::ids::Sha256;
use serde_json::json;
use world::{HOUR, Ioc, Phone, jpeg};

const SECRET: &[u8] = b"16.27754,107.22973 Nguyen Van A 0905123456";

/// A case that went all the way: dispatched, answered with an after-photo, rated 2, reopened, now overdue.
struct Story {
    ioc: Ioc,
    phone: Phone,
    token: String,
    code: String,
    original: Vec<u8>,
    rendition: Vec<u8>,
    after: Vec<u8>,
}

async fn reported() -> Story {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let (original, rendition, after) = (jpeg(1, SECRET), jpeg(2, SECRET), jpeg(3, SECRET));
    let missing = jpeg(9, SECRET);
    let report = phone.report(1, "Mặt đường vỡ nát <script>alert(1)</script>", &[&original, &missing]);
    let code = ioc.hand_in(&phone, &report).await.case.unwrap().to_string();
    let token = ioc.token("operator", None);
    Story { ioc, phone, token, code, original, rendition, after }
}

impl Story {
    async fn act(&self, action: serde_json::Value) {
        let answer = self.ioc.act(&self.token, &self.code, action).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    async fn page(&self, language: &str) -> String {
        let answer = self.ioc.get(&format!("/c/{}?lang={language}", self.code)).await;
        assert_eq!(answer.status, 200);
        answer.text()
    }

    async fn is_unknown(&self) {
        let gone = [format!("/c/{}", self.code), format!("/m/{}/{}", self.code, Sha256::of(&self.rendition))];
        let never = ["/c/HUE-0000-000".to_owned(), format!("/m/HUE-0000-000/{}", Sha256::of(b"x"))];
        for (gone, never) in gone.iter().zip(&never) {
            let (gone, never) = (self.ioc.get(gone).await, self.ioc.get(never).await);
            assert_eq!((gone.status.as_u16(), gone.text()), (404, never.text()));
        }
        self.ioc.get(&format!("/v1/cases/{}", self.code)).await.is_problem(404, "request.not-found");
        for list in ["/", "/?q=mat+duong", "/v1/cases", "/v1/nearby?lat=16.27754&lon=107.22973"] {
            let list = self.ioc.get(list).await;
            assert!(list.status == 200 && !list.text().contains(&self.code));
        }
    }

    async fn go_all_the_way(&self) {
        self.act(json!({"action": "dispatch"})).await;
        let phone = &self.phone;
        self.ioc.hand_in(phone, &phone.rendition(1, &self.original, &self.rendition)).await;
        self.ioc.upload(phone.part(1, &self.rendition), &self.rendition).await;
        self.ioc.upload(phone.part(1, &self.original), &self.original).await;
        self.ioc.pass(HOUR);
        self.act(json!({"action": "start", "assignment": 1})).await;
        let taken = self.ioc.evidence(&self.token, &self.code, &self.after, Sha256::of(b"sealed")).await;
        assert_eq!(taken.status, 201, "{}", taken.text());
        let hash = Sha256::of(&self.after);
        self.act(json!({"action": "answer", "text": "Đã san gạt đất đá", "evidence": [hash]})).await;
        let rating = Rating { assignment: 1, answer: 1, grade: 2, text: "Còn đá".into() };
        self.ioc.hand_in(phone, &phone.sign(phone.report_id(1), 200, Says::Rate(rating))).await;
        let reopening = Reopening { assignment: 1, reason: "Đá lại rơi".into() };
        self.ioc.hand_in(phone, &phone.sign(phone.report_id(1), 202, Says::Reopen(reopening))).await;
        self.ioc.pass(60 * 24 * HOUR);
    }
}

#[tokio::test]
async fn a_page_tells_the_whole_story_in_the_readers_language() {
    let story = reported().await;
    story.go_all_the_way().await;
    let vi = story.page("vi").await;
    for words in [
        "lang=\"vi\"",
        "Hạ tầng giao thông",
        "Mặt đường vỡ nát &#60;script&#62;",
        "16.27754, 107.22973",
        "A Lưới",
        "1 trên 2 ảnh, video đã tới",
        "Ảnh đang trên đường gửi tới",
        "Đã san gạt đất đá",
        "Trước",
        "Sau",
        "★★☆☆☆",
        "2 trên 5",
        "Còn đá",
        "Đá lại rơi",
        "Đã mở lại 1 lần",
        "Hạn lần đầu",
        "Hạn sau khi mở lại",
        "Quá hạn",
        "08:00, 23/11/2026",
        "09:00, 23/11/2026",
        "2026-11-23T09:00:00+07:00",
    ] {
        assert!(vi.contains(words), "{words} is not on the page:\n{vi}");
    }
    let en = story.page("en").await;
    for words in
        ["lang=\"en\"", "Roads and traffic", "2 out of 5", "Overdue", "First deadline", "23 Nov 2026, 08:00"]
    {
        assert!(en.contains(words), "{words} is not on the page");
    }
    let others = [
        ("fr", ["Roads and traffic", "2 sur 5", "En retard", "Première échéance", "23/11/2026 à 08:00"]),
        ("ja", ["Roads and traffic", "5 点中 2 点", "期限超過", "最初の期限", "2026年11月23日 08:00"]),
        ("ko", ["Roads and traffic", "5점 만점에 2점", "기한 초과", "최초 기한", "2026년 11월 23일 08:00"]),
        ("zh-Hans", ["Roads and traffic", "2 分（满分 5 分）", "已逾期", "首次期限", "2026年11月23日 08:00"]),
    ];
    let mut pages = vec![vi, en];
    for (tag, expected) in others {
        let page = story.page(tag).await;
        for words in expected.into_iter().chain([format!("<html lang=\"{tag}\">").as_str()]) {
            assert!(page.contains(words), "{words} is not on the page:\n{page}");
        }
        pages.push(page);
    }
    for page in &pages {
        assert!(!page.contains("portal-"), "a message without words");
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("http"));
        assert!(!page.contains(&Sha256::of(&story.original).to_string()), "originals are nobody's");
    }
}

#[tokio::test]
async fn a_reader_finds_every_language_by_its_own_name_and_keeps_it() {
    let ioc = Ioc::new();
    let japanese = [("accept-language", "de,ja;q=0.8,en;q=0.5")];
    let page = ioc.call("GET", "/?stage=closed", &japanese, Body::empty()).await.text();
    assert!(page.contains("<html lang=\"ja\">") && page.contains("条件に合う通報はありません。"), "{page}");
    for (tag, name) in [
        ("vi", "Tiếng Việt"),
        ("en", "English"),
        ("fr", "Français"),
        ("ja", "日本語"),
        ("ko", "한국어"),
        ("zh-Hans", "简体中文"),
    ] {
        let link = format!("href=\"/?stage=closed&#38;lang={tag}\" lang=\"{tag}\" hreflang=\"{tag}\"");
        let current = if tag == "ja" { " aria-current=\"true\"" } else { "" };
        assert!(page.contains(&format!("{link}{current}>{name}</a>")), "{tag}:\n{page}");
        let asked = ioc.call("GET", &format!("/?lang={tag}"), &japanese, Body::empty()).await.text();
        assert!(asked.contains(&format!("<html lang=\"{tag}\">")), "{tag}");
        assert!(asked.contains(&format!("class=\"home\" href=\"/?lang={tag}\"")), "{tag}");
        assert!(asked.contains(&format!("name=\"lang\" value=\"{tag}\"")), "{tag}");
    }
    let other = ioc.call("GET", "/?lang=de", &japanese, Body::empty()).await.text();
    assert!(other.contains("<html lang=\"ja\">") && other.contains("class=\"home\" href=\"/\""), "{other}");
}

#[tokio::test]
async fn a_list_shows_finds_and_filters_public_cases() {
    let story = reported().await;
    story.act(json!({"action": "dispatch"})).await;
    let code = &story.code;
    let has = async |path: &str| {
        let answer = story.ioc.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        answer.text().contains(&format!("/c/{code}"))
    };
    for path in
        ["/", "/?stage=dispatched", "/?category=traffic&lang=en", "/?q=mat%20duong", "/?stage=&category=&q="]
    {
        assert!(has(path).await, "{path}");
    }
    for path in
        ["/?stage=closed", "/?category=sanitation", "/?q=nowhere", "/?area=19753", "/?before=5.HUE-AAAA-AAA"]
    {
        assert!(!has(path).await, "{path}");
    }
    let area = story.ioc.get(&format!("/v1/cases/{code}")).await.json()["area"].as_str().unwrap().to_owned();
    assert!(has(&format!("/?area={area}")).await);
    let found = story.ioc.get(&format!("/?q={}&lang=en", code.to_lowercase().replace('-', "+"))).await;
    assert_eq!(
        (found.status.as_u16(), found.header("location")),
        (303, format!("/c/{code}?lang=en").as_str())
    );
    assert_eq!(story.ioc.get("/?stage=secret").await.status, 400);
}

#[tokio::test]
async fn pages_link_on_until_every_case_was_shown_once() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let token = ioc.token("operator", None);
    let mut codes = Vec::new();
    for n in 1..=53 {
        let code = ioc.hand_in(&phone, &phone.report(n, "Ổ gà", &[])).await.case.unwrap().to_string();
        ioc.act(&token, &code, json!({"action": "dispatch"})).await;
        codes.push(code);
        ioc.pass(i64::from(n % 2));
    }
    let first = ioc.get("/").await.text();
    let link =
        first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    let second = ioc.get(&link).await.text();
    for code in &codes {
        let shown = |page: &str| usize::from(page.contains(&format!("/c/{code}\"")));
        assert_eq!(shown(&first) + shown(&second), 1, "{code}");
    }
    assert!(!second.contains("rel=\"next\""));
}

#[tokio::test]
async fn an_empty_portal_says_so() {
    let ioc = Ioc::new();
    assert!(ioc.get("/").await.text().contains("Chưa có phản ánh nào"));
    let filtered = ioc.call("GET", "/?stage=closed", &[("accept-language", "en")], Body::empty()).await;
    assert!(filtered.text().contains("No report fits the filter."));
}

#[tokio::test]
async fn what_is_held_taken_down_or_withdrawn_is_as_if_it_had_never_been() {
    let story = reported().await;
    story.is_unknown().await;
    story.go_all_the_way().await;
    story.act(json!({"action": "publish", "to": "taken-down"})).await;
    story.is_unknown().await;
    let story = reported().await;
    story.act(json!({"action": "dispatch"})).await;
    let phone = &story.phone;
    story.ioc.hand_in(phone, &phone.sign(phone.report_id(1), 210, Says::Withdraw)).await;
    story.is_unknown().await;
}

#[tokio::test]
async fn a_hostile_phones_picture_loses_its_metadata() {
    let story = reported().await;
    story.go_all_the_way().await;
    for bytes in [&story.rendition, &story.after] {
        let answer = story.ioc.get(&format!("/m/{}/{}", story.code, Sha256::of(bytes))).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "image/jpeg"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("cache-control").contains("immutable"));
        for hidden in [SECRET, b"Exif", b"adobe.com", &[0xFF, 0xE1], &[0xFF, 0xED], &[0xFF, 0xFE]] {
            assert!(!answer.body.windows(hidden.len()).any(|window| window == hidden));
        }
        assert!(answer.body.starts_with(&[0xFF, 0xD8]) && answer.body.ends_with(&[0xFF, 0xD9]));
        let tag = [("if-none-match", answer.header("etag"))];
        let again = story
            .ioc
            .call("GET", &format!("/m/{}/{}", story.code, Sha256::of(bytes)), &tag, Body::empty())
            .await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    }
    let sealed = story.ioc.get(&format!("/m/{}/{}", story.code, Sha256::of(&story.original))).await;
    assert_eq!(sealed.status, 404, "an original is nobody's");
}

#[tokio::test]
async fn pages_are_safe_quiet_and_not_sent_twice() {
    let story = reported().await;
    story.act(json!({"action": "dispatch"})).await;
    for path in ["/".to_owned(), format!("/c/{}", story.code), "/nowhere".to_owned()] {
        let page = story.ioc.get(&path).await;
        assert!(page.header("content-security-policy").contains("default-src 'self'"), "{path}");
        assert_eq!((page.header("set-cookie"), page.header("x-content-type-options")), ("", "nosniff"));
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    }
    let page = story.ioc.get("/").await;
    let again = story.ioc.call("GET", "/", &[("if-none-match", page.header("etag"))], Body::empty()).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let style =
        page.text().split("stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let style = story.ioc.get(&style).await;
    assert_eq!((style.status.as_u16(), style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(!style.text().contains("url("), "the style asks nobody");
}

#[tokio::test]
async fn programs_read_the_same_as_people() {
    let story = reported().await;
    story.go_all_the_way().await;
    let case = story.ioc.get(&format!("/v1/cases/{}", story.code)).await.json();
    assert_eq!((&case["code"], &case["stage"]), (&json!(story.code), &json!("dispatched")));
    assert_eq!(case["captures"], json!({"declared": 2, "arrived": 1}));
    assert_eq!(case["assignments"][0]["reopened"], 1);
    let mut names: Vec<&str> = case.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    let public = "area assignments captures category code pictures place received stage text timeline urgent";
    assert_eq!(names.join(" "), public);
    assert_eq!(story.ioc.get("/v1/cases").await.json()["cases"][0]["code"], story.code);
}
