//! No personal data in the log (law 6): a whole story is played with words, a number, a position and a token that must
//! not appear, while everything this program logs, at any level, is written down.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use paht_model::ids::Sha256;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use world::{Ioc, Phone, jpeg};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;
    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nothing_personal_reaches_the_log() {
    let log = Log::default();
    let everything =
        tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(log.clone());
    tracing::subscriber::set_global_default(everything.finish()).unwrap();
    paht_server::panics_without_words();

    let words = "Canary Nguyễn Văn A 0905123456";
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let (photo, small) = (jpeg(1, words.as_bytes()), jpeg(2, words.as_bytes()));
    let case = ioc.hand_in(&phone, &phone.report(1, words, &[&photo])).await.case.unwrap().to_string();
    ioc.hand_in(&phone, &phone.rendition(1, &photo, &small)).await;
    ioc.upload(phone.part(1, &small), &small).await;
    let token = ioc.token("operator", None);
    ioc.act(&token, &case, json!({"action": "comment", "text": words})).await;
    ioc.act(&token, &case, json!({"action": words})).await;
    ioc.act(&token, "Canary0905123456", json!({"action": "dispatch"})).await.is_problem(404, "case.unknown");
    for path in
        ["/?q=Canary%200905123456", "/Canary/0905123456", "/c/0905123456", "/v1/sync?Canary=0905123456"]
    {
        ioc.get(path).await;
    }
    let alert =
        json!({"level": "notice", "title": {"vi": words}, "text": {"vi": words}, "lasts": {"hours": 1}});
    let id = ioc.desk(&token, "POST", "/v1/desk/alerts", alert.to_string()).await.json()["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    ioc.desk(&token, "DELETE", &format!("/v1/desk/alerts/{id}"), Body::empty()).await;
    ioc.get("/v1/alerts?area=0905123456").await;
    ioc.get("/v1/nearby?lat=16.27754&lon=107.22973&radius_m=Canary").await;
    ioc.get("/v1/nearby?lat=16.27754&lon=107.22973").await;
    let held =
        [format!("/c/{case}"), format!("/v1/desk/cases/{case}"), format!("/m/{case}/{}", Sha256::of(&small))];
    for path in &held {
        ioc.desk(&token, "GET", path, Body::empty()).await;
    }
    ioc.call(
        "Canary0905123456",
        "/",
        &[("x-request-id", "Canary"), ("user-agent", "0905123456")],
        Body::empty(),
    )
    .await;
    ioc.post_sync(words.into()).await;
    assert!(std::panic::catch_unwind(|| panic!("{words}")).is_err());

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for told in [
        "\"route\":\"/v1/files/{session}\"",
        "\"status\":404",
        "\"method\":\"other\"",
        "panicked",
        "unmatched",
    ] {
        assert!(log.contains(told), "{told} is not in the log:\n{log}");
    }
    let session = paht_hub::upload::session(&phone.part(1, &small));
    let report = phone.report_id(1).to_string();
    for secret in ["Canary", "canary", "0905123456", "16.27", "107.22", &token, &case, &session, &report, &id]
    {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}
