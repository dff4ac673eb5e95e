//! A phone's round trip: what is taken, and that what is refused is a problem document and leaves nothing behind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use paht_model::fault::Code;
use paht_model::limits::SYNC_BODY_BYTES_MAX;
use paht_model::wire::from_bytes;
use paht_model::wire::sync::{Outcome, SyncReply, Transfer};
use world::{Ioc, Phone, jpeg};

/// Nothing public, and nothing at the desk either.
async fn holds_nothing(ioc: &Ioc) {
    let token = ioc.token("operator", None);
    let cases = ioc.desk(&token, "GET", "/v1/desk/cases", "").await.json();
    assert_eq!(cases["cases"].as_array().unwrap().len(), 0, "{cases}");
}

#[tokio::test]
async fn a_report_gets_a_receipt_and_every_replay_the_same() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let command = phone.report(1, "Sạt lở ở A Lưới", &[]);
    let receipt = ioc.hand_in(&phone, &command).await;
    assert_eq!(receipt.hash, command.hash);
    assert!(receipt.case.unwrap().as_str().starts_with("HUE-"));
    let first = ioc.sync(&phone, std::slice::from_ref(&command), &[]).await;
    ioc.pass(world::HOUR);
    let again = ioc.sync(&phone, &[command], &[]).await;
    assert_eq!(first.outcomes, again.outcomes);
    let token = ioc.token("operator", None);
    let cases = ioc.desk(&token, "GET", "/v1/desk/cases", "").await.json();
    assert_eq!(cases["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_reply_names_the_hub_and_comes_as_cbor_or_for_people_as_json() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let answer = ioc.post_sync(phone.request(&[], &[])).await;
    assert_eq!((answer.header("paht-hub"), answer.header("content-type")), ("1", "application/cbor"));
    from_bytes::<SyncReply>(&answer.body, "sync reply").unwrap();
    let headers = [("content-type", "application/cbor"), ("accept", "application/json")];
    let answer = ioc.call("POST", "/v1/sync", &headers, phone.request(&[], &[])).await;
    assert_eq!(answer.json()["hub_time"], world::MORNING);
}

#[tokio::test]
async fn a_signature_that_does_not_fit_is_refused() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let mut request = phone.request(&[phone.report(1, "x", &[])], &[]);
    *request.last_mut().unwrap() ^= 1;
    ioc.post_sync(request).await.is_problem(403, "signature.bad");
    holds_nothing(&ioc).await;
}

#[tokio::test]
async fn a_forged_command_in_an_honest_request_is_refused_and_the_next_goes_on() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let mut forged = phone.report(1, "x", &[]);
    *forged.bytes.last_mut().unwrap() ^= 1;
    let reply = ioc.sync(&phone, &[forged, phone.report(2, "y", &[])], &[]).await;
    assert_eq!(reply.outcomes[0], Outcome::Refused { code: Code::SignatureBad, retry_after_ms: None });
    assert!(matches!(reply.outcomes[1], Outcome::Stored { .. }));
}

#[tokio::test]
async fn a_known_report_under_another_key_is_refused() {
    let (ioc, phone, stranger) = (Ioc::new(), Phone::new(1), Phone::new(2));
    let command = phone.report(1, "mine", &[]);
    let case = ioc.hand_in(&phone, &command).await.case.unwrap();
    let mut theirs = stranger.report(1, "stolen", &[]).command;
    theirs.report = command.command.report;
    let Ok(theirs) = paht_model::command::SignedCommand::sign(&stranger.key, theirs);
    let reply = ioc.sync(&stranger, &[theirs], &[]).await;
    assert_eq!(reply.outcomes, [Outcome::Refused { code: Code::KeyMismatch, retry_after_ms: None }]);
    let token = ioc.token("operator", None);
    let held = ioc.desk(&token, "GET", &format!("/v1/desk/cases/{case}"), "").await.json();
    assert_eq!(held["text"], "mine");
}

#[tokio::test]
async fn offers_are_told_where_to_go_on() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let photo = jpeg(1, b"");
    let (known, unknown) = (phone.part(1, &photo), phone.part(1, b"never declared"));
    let reply = ioc.sync(&phone, &[phone.report(1, "x", &[&photo])], &[known, unknown]).await;
    let session = paht_hub::upload::session(&known);
    assert_eq!(reply.transfers, [Transfer::At { session, offset_bytes: 0 }, Transfer::Undeclared]);
    ioc.upload(known, &photo).await;
    let reply = ioc.sync(&phone, &[], &[known]).await;
    assert!(matches!(reply.transfers[0], Transfer::Complete { .. }));
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused() {
    let ioc = Ioc::new();
    for body in [&b""[..], b"<html>Log in to the hotel</html>", &[0xA0], &[0xFF; 300]] {
        ioc.post_sync(body.to_vec()).await.is_problem(400, "request.malformed");
    }
    let json = [("content-type", "application/json")];
    ioc.call("POST", "/v1/sync", &json, "{}").await.is_problem(415, "request.malformed");
    holds_nothing(&ioc).await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_declared_or_not() {
    let ioc = Ioc::new();
    let length = (SYNC_BODY_BYTES_MAX + 1).to_string();
    let declared = [("content-type", "application/cbor"), ("content-length", length.as_str())];
    ioc.call("POST", "/v1/sync", &declared, "few").await.is_problem(413, "body.too-large");
    ioc.post_sync(vec![0; SYNC_BODY_BYTES_MAX + 1]).await.is_problem(413, "body.too-large");
}

#[tokio::test]
async fn another_provinces_phone_is_told_so() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let request = paht_model::wire::sync::SyncRequest {
        tenant: "quang-tri".parse().unwrap(),
        cursor: None,
        commands: Vec::new(),
        offers: Vec::new(),
        held: paht_model::wire::sync::SetDigest::default(),
        card_version: 0,
        itemise: Vec::new(),
        bulletin_version: None,
        claims: None,
    };
    let Ok(bytes) = request.seal(&phone.key);
    ioc.post_sync(bytes).await.is_problem(404, "tenant.unknown");
}

#[tokio::test]
async fn words_of_a_problem_are_in_the_readers_language() {
    let ioc = Ioc::new();
    let english = [("content-type", "application/cbor"), ("accept-language", "en-GB,vi;q=0.5")];
    let answer = ioc.call("POST", "/v1/sync", &english, "x").await;
    assert_eq!(answer.json()["title"], "The request cannot be read.");
    assert_eq!(ioc.post_sync(vec![0]).await.json()["title"], "Không đọc được yêu cầu.");
    let chinese = [("content-type", "application/cbor"), ("accept-language", "zh-CN,zh;q=0.9,en;q=0.8")];
    let answer = ioc.call("POST", "/v1/sync", &chinese, "x").await;
    assert_eq!(answer.json()["title"], "无法读取该请求。");
    ioc.get("/v1/nothing/here").await.is_problem(404, "request.not-found");
    ioc.get("/v1/sync").await.is_problem(405, "request.wrong-method");
}

#[tokio::test]
async fn health_names_tenant_and_epoch() {
    let ioc = Ioc::new();
    let answer = ioc.get("/healthz").await;
    let health = answer.json();
    assert_eq!(
        (answer.status.as_u16(), &health["status"], &health["tenant"]),
        (200, &"ok".into(), &"hue".into())
    );
    assert_eq!(health["epoch"].as_str().unwrap().len(), 16);
}
