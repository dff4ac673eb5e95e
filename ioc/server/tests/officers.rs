//! Officers' phones over the wire: enrolled with an agency's token, ended by an operator, shown their agency's cases and
//! nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use paht_model::capture::{MediaKind, MediaType};
use paht_model::command::Body as Says;
use paht_model::fault::Code;
use paht_model::ids::{KeyThumbprint, ReportId, Sha256, TenantId};
use paht_model::officer::{Act, EvidencePiece, EvidenceRendition};
use paht_model::wire::envelope::Sign as _;
use paht_model::wire::from_bytes;
use paht_model::wire::officer::{Enrolment, OfficerAsk, OfficerCases};
use paht_model::wire::sync::{Outcome, PartName};
use serde_json::json;
use world::{Answer, HOUR, Ioc, MORNING, Phone, jpeg};

const AGENCY: &str = "so-xay-dung";
const CBOR: [(&str, &str); 1] = [("content-type", "application/cbor")];

async fn enrol(ioc: &Ioc, phone: &Phone, token: &str) -> Answer {
    enrol_for(ioc, phone, token, "hue", token).await
}

async fn enrol_for(ioc: &Ioc, phone: &Phone, token: &str, tenant: &str, signed_for: &str) -> Answer {
    let tenant = TenantId::parse(tenant).unwrap();
    let Ok(body) = Enrolment { tenant, token: Sha256::of(signed_for.as_bytes()) }.seal(&phone.key);
    ioc.desk(token, "POST", "/v1/desk/officers", body).await
}

async fn ask(ioc: &Ioc, phone: &Phone, picture: Option<PartName>) -> Answer {
    let Ok(body) = OfficerAsk { tenant: TenantId::parse("hue").unwrap(), picture }.seal(&phone.key);
    ioc.call("POST", "/v1/officer", &CBOR, body).await
}

async fn cases(ioc: &Ioc, phone: &Phone) -> OfficerCases {
    let answer = ask(ioc, phone, None).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/cbor"));
    assert_eq!((answer.header("paht-hub"), answer.header("cache-control")), ("1", "no-store"));
    from_bytes(&answer.body, "officer's cases").unwrap()
}

/// A report with a rendition of its photo, given to [`AGENCY`]: the report, its code and the rendition's bytes.
async fn given(ioc: &Ioc, phone: &Phone, operator: &str) -> (ReportId, String, Vec<u8>) {
    let (photo, small) = (jpeg(1, b""), jpeg(2, b""));
    let code = ioc.hand_in(phone, &phone.report(1, "Đường vỡ", &[&photo])).await.case.unwrap().to_string();
    ioc.hand_in(phone, &phone.rendition(1, &photo, &small)).await;
    ioc.upload(phone.part(1, &small), &small).await;
    let dispatched = ioc.act(operator, &code, json!({"action": "dispatch", "agency": AGENCY})).await;
    assert_eq!(dispatched.status, 200);
    (phone.report_id(1), code, small)
}

fn key(phone: &Phone) -> KeyThumbprint {
    KeyThumbprint::of(&phone.key.public_key())
}

#[tokio::test]
async fn an_agencys_token_vouches_and_no_other() {
    let (ioc, phone) = (Ioc::new(), Phone::new(9));
    let agency = ioc.token("agency", Some(AGENCY));
    for other in [ioc.token("operator", None), ioc.token("read-only", None)] {
        enrol(&ioc, &phone, &other).await.is_problem(403, "request.forbidden");
    }
    enrol(&ioc, &phone, "paht_x").await.is_problem(401, "request.not-allowed");
    enrol_for(&ioc, &phone, &agency, "hue", "another").await.is_problem(401, "request.not-allowed");
    enrol_for(&ioc, &phone, &agency, "elsewhere", &agency).await.is_problem(404, "tenant.unknown");
    for bad in [vec![], vec![1; 5_000], phone.request(&[], &[])] {
        let refused = ioc.desk(&agency, "POST", "/v1/desk/officers", bad).await;
        assert!(refused.status.is_client_error(), "{}", refused.text());
    }
    ask(&ioc, &phone, None).await.is_problem(403, "officer.unknown");
    for again in 0..2 {
        let enrolled = enrol(&ioc, &phone, &agency).await;
        assert_eq!(enrolled.status, 201, "time {again}: {}", enrolled.text());
        let expected = json!({"key": key(&phone), "agency": AGENCY, "since": MORNING});
        assert_eq!(enrolled.json(), expected);
    }
    assert!(cases(&ioc, &phone).await.cases.is_empty());
}

#[tokio::test]
async fn an_operator_lists_officers_and_ends_one() {
    let (ioc, phone) = (Ioc::new(), Phone::new(9));
    let (agency, operator) = (ioc.token("agency", Some(AGENCY)), ioc.token("operator", None));
    enrol(&ioc, &phone, &agency).await;
    let one = format!("/v1/desk/officers/{}", key(&phone));
    for token in [&agency, &ioc.token("read-only", None)] {
        ioc.desk(token, "GET", "/v1/desk/officers", Body::empty()).await.is_problem(403, "request.forbidden");
        ioc.desk(token, "DELETE", &one, Body::empty()).await.is_problem(403, "request.forbidden");
    }
    let listed = async || ioc.desk(&operator, "GET", "/v1/desk/officers", Body::empty()).await.json();
    assert!(listed().await["officers"][0].get("ended").is_none());
    ioc.pass(HOUR);
    assert_eq!(ioc.desk(&operator, "DELETE", &one, Body::empty()).await.status, 204);
    assert_eq!(listed().await["officers"][0]["ended"], MORNING + HOUR);
    ask(&ioc, &phone, None).await.is_problem(403, "officer.ended");
    enrol(&ioc, &phone, &agency).await.is_problem(403, "officer.ended");
    for nobody in [key(&Phone::new(8)).to_string(), "x".into()] {
        let path = format!("/v1/desk/officers/{nobody}");
        ioc.desk(&operator, "DELETE", &path, Body::empty()).await.is_problem(403, "officer.unknown");
    }
}

#[tokio::test]
async fn an_officer_sees_the_agencys_cases_and_their_pictures() {
    let (ioc, citizen, officer, stranger) = (Ioc::new(), Phone::new(1), Phone::new(9), Phone::new(8));
    let operator = ioc.token("operator", None);
    let (report, code, small) = given(&ioc, &citizen, &operator).await;
    enrol(&ioc, &officer, &ioc.token("agency", Some(AGENCY))).await;
    enrol(&ioc, &stranger, &ioc.token("agency", Some("so-du-lich"))).await;

    let seen = cases(&ioc, &officer).await;
    assert_eq!((seen.cases.len(), seen.more, seen.agency.as_str()), (1, false, AGENCY));
    let case = &seen.cases[0];
    assert_eq!((case.report, case.code.as_str(), case.text.as_str()), (report, code.as_str(), "Đường vỡ"));
    assert_eq!(case.pictures.iter().map(|one| one.hash).collect::<Vec<_>>(), [Sha256::of(&small)]);
    assert!(cases(&ioc, &stranger).await.cases.is_empty());

    let part = PartName { report, hash: Sha256::of(&small) };
    let picture = ask(&ioc, &officer, Some(part)).await;
    assert_eq!((picture.header("content-type"), &picture.body), ("image/jpeg", &small));
    ask(&ioc, &stranger, Some(part)).await.is_problem(404, "case.unknown");
    ask(&ioc, &citizen, Some(part)).await.is_problem(403, "officer.unknown");
    let original = PartName { report, hash: Sha256::of(&jpeg(1, b"")) };
    ask(&ioc, &officer, Some(original)).await.is_problem(404, "request.not-found");

    let Ok(signed) = OfficerAsk { tenant: TenantId::parse("hue").unwrap(), picture: None }.seal(&officer.key);
    let json = [("content-type", "application/cbor"), ("accept", "application/json")];
    let answer = ioc.call("POST", "/v1/officer", &json, signed.clone()).await.json();
    assert_eq!(answer["cases"][0]["shares"][0]["state"], "dispatched");
    let untyped = ioc.call("POST", "/v1/officer", &[], signed.clone()).await;
    untyped.is_problem(415, "request.malformed");
    let mut forged = signed;
    *forged.last_mut().unwrap() ^= 1;
    ioc.call("POST", "/v1/officer", &CBOR, forged).await.is_problem(403, "signature.bad");
    let Ok(elsewhere) =
        OfficerAsk { tenant: TenantId::parse("elsewhere").unwrap(), picture: None }.seal(&officer.key);
    ioc.call("POST", "/v1/officer", &CBOR, elsewhere).await.is_problem(404, "tenant.unknown");
}

#[tokio::test]
async fn an_answer_counts_when_its_rendition_came_and_the_wish_for_time_is_seen_at_the_desk() {
    let (ioc, citizen, officer) = (Ioc::new(), Phone::new(1), Phone::new(9));
    let operator = ioc.token("operator", None);
    let (report, code, _) = given(&ioc, &citizen, &operator).await;
    enrol(&ioc, &officer, &ioc.token("agency", Some(AGENCY))).await;
    let desk =
        async || ioc.desk(&operator, "GET", &format!("/v1/desk/cases/{code}"), Body::empty()).await.json();
    let due = desk().await["assignments"][0]["due"].as_i64().unwrap();

    let until = paht_model::time::UnixMs::from_millis(due + 24 * HOUR);
    let wish = Act::AskTime { assignment: 1, until, reason: "Chờ vật tư".into() };
    ioc.hand_in(&officer, &officer.sign(report, 1, Says::Act(wish))).await;
    assert_eq!(desk().await["assignments"][0]["asked"], due + 24 * HOUR);
    let given = json!({"action": "give-time", "assignment": 1, "due": due + 12 * HOUR});
    let share = ioc.act(&operator, &code, given).await.json()["assignments"][0].clone();
    assert_eq!((&share["first_due"], &share["due"]), (&json!(due), &json!(due + 12 * HOUR)));
    assert!(share["asked"].is_null());
    let earlier = json!({"action": "give-time", "assignment": 1, "due": due});
    ioc.act(&operator, &code, earlier).await.is_problem(422, "deadline.period");
    let page = ioc.get(&format!("/c/{code}?lang=en")).await.text();
    assert!(page.contains("asked for time until") && page.contains("New deadline for"), "{page}");

    let (photo, shown) = (jpeg(5, b""), jpeg(6, b""));
    let piece = EvidencePiece {
        hash: Sha256::of(&photo),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: photo.len() as u64,
        rendition: EvidenceRendition {
            hash: Sha256::of(&shown),
            bytes: shown.len() as u64,
            media_type: MediaType::Jpeg,
            width: 640,
            height: 480,
        },
    };
    let answer = Act::Answer { assignment: 1, text: "Đã san gạt".into(), evidence: vec![piece] };
    ioc.hand_in(&officer, &officer.sign(report, 2, Says::Act(answer))).await;
    assert_eq!(desk().await["stage"], "dispatched");
    assert_eq!(cases(&ioc, &officer).await.cases[0].waiting.len(), 1);
    ioc.upload(PartName { report, hash: Sha256::of(&shown) }, &shown).await;
    assert_eq!(desk().await["stage"], "answered");
    let after = ioc.get(&format!("/m/{code}/{}", Sha256::of(&shown))).await;
    assert_eq!(
        (after.status.as_u16(), after.header("content-type")),
        (200, "image/jpeg"),
        "everybody sees it"
    );
    assert!(cases(&ioc, &officer).await.cases.is_empty());

    ioc.desk(&operator, "DELETE", &format!("/v1/desk/officers/{}", key(&officer)), Body::empty()).await;
    let late = officer.sign(report, 3, Says::Act(Act::Start { assignment: 1 }));
    let reply = ioc.sync(&officer, &[late], &[]).await;
    assert_eq!(reply.outcomes, [Outcome::Refused { code: Code::OfficerEnded, retry_after_ms: None }]);
}
