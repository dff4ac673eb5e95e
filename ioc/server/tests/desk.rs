//! Operators and agencies: who may do what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use paht_model::ids::Sha256;
use paht_server::{Role, issue_token};
use serde_json::json;
use world::{Ioc, Phone, jpeg};

async fn with_case() -> (Ioc, String) {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let photo = jpeg(1, b"");
    let code = ioc.hand_in(&phone, &phone.report(1, "Đường vỡ", &[&photo])).await.case.unwrap();
    (ioc, code.to_string())
}

#[tokio::test]
async fn without_a_valid_token_nothing_is_said() {
    let (ioc, code) = with_case().await;
    let real = ioc.token("operator", None);
    let paths = ["/v1/desk/cases".to_owned(), format!("/v1/desk/cases/{code}")];
    for path in &paths {
        ioc.get(path).await.is_problem(401, "request.not-allowed");
        for token in ["", "paht_", "x", &real[1..], &format!("{real}x"), &real.to_lowercase()] {
            let answer = ioc.desk(token, "GET", path, Body::empty()).await;
            answer.is_problem(401, "request.not-allowed");
        }
        let basic =
            ioc.call("GET", path, &[("authorization", &format!("Basic {real}"))], Body::empty()).await;
        basic.is_problem(401, "request.not-allowed");
        assert_eq!(ioc.desk(&real, "GET", path, Body::empty()).await.status, 200);
    }
}

#[tokio::test]
async fn the_desk_sees_the_record_but_not_the_sender() {
    let (ioc, code) = with_case().await;
    let token = ioc.token("read-only", None);
    let case = ioc.desk(&token, "GET", &format!("/v1/desk/cases/{code}"), Body::empty()).await.json();
    assert_eq!(
        (&case["text"], &case["sender"], &case["code"]),
        (&json!("Đường vỡ"), &json!(false), &json!(code))
    );
    assert!(!case["advice"]["rule"].as_str().unwrap().is_empty());
    assert_eq!(case["parts"][0]["arrived"], false);
    for secret in ["key", "claim"] {
        assert!(case.get(secret).is_none(), "{secret}");
    }
}

#[tokio::test]
async fn roles_hold() {
    let (ioc, code) = with_case().await;
    let operator = ioc.token("operator", None);
    let reader = ioc.token("read-only", None);
    let (own, other) = ("so-xay-dung", "so-du-lich");
    let (agency, stranger) = (ioc.token("agency", Some(own)), ioc.token("agency", Some(other)));
    let path = format!("/v1/desk/cases/{code}");

    ioc.act(&reader, &code, json!({"action": "dispatch"})).await.is_problem(403, "request.forbidden");
    ioc.act(&agency, &code, json!({"action": "dispatch"})).await.is_problem(404, "case.unknown");
    ioc.desk(&agency, "GET", &path, Body::empty()).await.is_problem(404, "case.unknown");
    assert_eq!(ioc.act(&operator, &code, json!({"action": "dispatch", "agency": own})).await.status, 200);

    ioc.desk(&stranger, "GET", &path, Body::empty()).await.is_problem(404, "case.unknown");
    ioc.act(&stranger, &code, json!({"action": "start", "assignment": 1}))
        .await
        .is_problem(404, "case.unknown");
    ioc.evidence(&stranger, &code, &jpeg(3, b""), Sha256::of(b"")).await.is_problem(404, "case.unknown");
    assert_eq!(ioc.desk(&agency, "GET", &path, Body::empty()).await.status, 200);
    ioc.act(&agency, &code, json!({"action": "close", "assignment": 1}))
        .await
        .is_problem(403, "request.forbidden");
    assert_eq!(
        ioc.act(&agency, &code, json!({"action": "start", "assignment": 1})).await.json()["stage"],
        "in-progress"
    );

    let listed = async |token: &str, query: &str| {
        let page = ioc.desk(token, "GET", &format!("/v1/desk/cases{query}"), Body::empty()).await.json();
        page["cases"].as_array().unwrap().len()
    };
    assert_eq!(listed(&stranger, "").await, 0);
    assert_eq!(listed(&stranger, &format!("?agency={own}")).await, 0, "an agency cannot ask for another's");
    assert_eq!((listed(&agency, "").await, listed(&operator, "?stage=in-progress").await), (1, 1));
    assert_eq!(listed(&operator, &format!("?agency={other}")).await, 0);
}

#[tokio::test]
async fn an_answer_needs_its_evidence_whole() {
    let (ioc, code) = with_case().await;
    let token = ioc.token("operator", None);
    ioc.act(&token, &code, json!({"action": "dispatch"})).await;
    let answer =
        |evidence: serde_json::Value| json!({"action": "answer", "text": "Đã vá", "evidence": evidence});
    ioc.act(&token, &code, answer(json!([]))).await.is_problem(422, "evidence.missing");
    let after = jpeg(3, b"");
    let hash = Sha256::of(&after);
    ioc.act(&token, &code, answer(json!([hash]))).await.is_problem(422, "evidence.missing");

    let path = format!("/v1/desk/cases/{code}/evidence/{hash}?kind=rendition&type=image/jpeg");
    let wrong = vec![0; after.len()];
    put(&ioc, &token, &path, after.len(), wrong).await.is_problem(460, "upload.wrong-hash");
    put(&ioc, &token, &path, after.len(), after[..50].to_vec()).await.is_problem(422, "upload.wrong-length");
    ioc.act(&token, &code, answer(json!([hash]))).await.is_problem(422, "evidence.missing");
    for again in 0..2 {
        let reply = put(&ioc, &token, &path, after.len(), after.clone()).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["hash"]), (201, &json!(hash)), "time {again}");
    }
    assert_eq!(ioc.act(&token, &code, answer(json!([hash]))).await.json()["stage"], "answered");
}

async fn put(ioc: &Ioc, token: &str, path: &str, length: usize, bytes: Vec<u8>) -> world::Answer {
    let (authorization, length) = (format!("Bearer {token}"), length.to_string());
    let headers = [("authorization", authorization.as_str()), ("content-length", length.as_str())];
    // A stream, so that the declared length is what the header says.
    let body = Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]));
    ioc.call("PUT", path, &headers, body).await
}

#[tokio::test]
async fn bad_actions_are_problems() {
    let (ioc, code) = with_case().await;
    let token = ioc.token("operator", None);
    ioc.act(&token, "HUE-0000-000", json!({"action": "dispatch"})).await.is_problem(404, "case.unknown");
    ioc.act(&token, "..%2f..", json!({"action": "dispatch"})).await.is_problem(404, "case.unknown");
    ioc.act(&token, &code, json!({"action": "burn"})).await.is_problem(400, "request.malformed");
    ioc.act(&token, &code, json!({"action": "close", "assignment": 1})).await.is_problem(409, "case.state");
    ioc.act(&token, &code, json!({"action": "refuse", "reason": " "})).await.is_problem(422, "text.missing");
    let unknown = json!({"action": "dispatch", "agency": "nobody"});
    ioc.act(&token, &code, unknown).await.is_problem(422, "agency.unknown");
    let long = json!({"action": "comment", "text": "ă".repeat(100_000)});
    ioc.act(&token, &code, long).await.is_problem(413, "body.too-large");
    let path = format!("/v1/desk/cases/{code}/evidence/..%2fx?kind=original&type=image/jpeg");
    put(&ioc, &token, &path, 1, vec![1]).await.is_problem(404, "request.not-found");
    let path = format!("/v1/desk/cases/{code}/evidence/{}?kind=statement&type=image/jpeg", Sha256::of(b"x"));
    put(&ioc, &token, &path, 1, vec![1]).await.is_problem(400, "request.malformed");
}

#[test]
fn a_token_has_an_agency_exactly_if_its_role_is_agency() {
    let dir = tempfile::tempdir().unwrap();
    assert!(issue_token(dir.path(), Role::Agency, None).is_err());
    assert!(issue_token(dir.path(), Role::Operator, Some("so-du-lich".parse().unwrap())).is_err());
    assert!("root".parse::<Role>().is_err());
}
