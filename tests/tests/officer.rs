//! Goal: an agency's officer works from a phone like a citizen reports from one: without a link, and nothing is lost or
//! called sent before it is. Method: the real phones and the real server in one process, over real sockets and files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use paht_engine::plan::Notice;
use paht_engine::status::Way;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, ReportId, TenantId};
use paht_model::part::{ParkReason, PartKind};
use paht_model::place::Point;
use paht_model::timeline::What;
use paht_model::wire::officer::ShareState;
use paht_model::wire::sync::PartName;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_phone::{Deed, NewAct, NewReport, Options, Phone, PhoneError, Silent, SyncOutcome, Until};
use paht_server::{Role, ServeOptions, Served, issue_token, serve};
use paht_store::backup::{backup, restore};
use paht_tests::folders::{bytes_in, is_legible};
use paht_tests::relay::Relay;
use serde_json::{Value, json};
use tempfile::TempDir;

const AGENCY: &str = "so-xay-dung";

/// The whole way: answered without a link, killed, sent over a link that is cut half-way, counted when the picture is
/// there, and seen by the citizen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_made_without_a_link_counts_when_its_picture_has_come() {
    let world = World::new().await;
    let (citizen, id, code) = world.given("citizen").await;
    let relay = Relay::to(world.ioc.address()).await;
    let home = world.dir.path().join("officer");
    let officer = enrolled(&world, &home, &relay.url()).await;
    let seen = officer.cases().await.unwrap();
    assert_eq!((seen.cases.len(), seen.agency.as_str(), seen.age_ms), (1, AGENCY, 0));
    let case = seen.cases[0].case.clone();
    assert_eq!((case.report, case.code.as_str()), (id, code.as_str()));
    let before = case.pictures.iter().find(|picture| picture.kind == PartKind::Preview).expect("a preview");
    let part = PartName { report: id, hash: before.hash };
    let path = officer.case_picture(&part).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), before.bytes);

    relay.let_through(0);
    let after = photo(world.dir.path(), 77, 1_600);
    let act = act(&officer, id, answer(&[&after])).await.unwrap();
    drop(officer);
    let officer = phone(&home, &relay.url());
    let kept = officer.cases_kept().unwrap().unwrap();
    assert_eq!(kept.cases[0].acts[0].part, act);
    assert_eq!(kept.cases[0].acts[0].way, Way::Waiting);
    assert!(officer.list(None, 10).unwrap().is_empty(), "no report of the person's own");
    assert_eq!(officer.standing().unwrap().waiting, 3, "the command, the rendition, the original");
    assert!(path.exists(), "a picture of a case is no orphan");

    relay.let_through(40_000);
    let sending = tokio::spawn({
        let officer = officer.clone();
        async move { officer.sync(None, Until::Done, &Silent).await.unwrap() }
    });
    let staged = world.data.join("media/staged");
    while bytes_in(&staged) < 8_000 {
        tokio::task::yield_now().await;
    }
    let desk = world.desk(&code).await;
    assert_eq!(desk["stage"], "dispatched", "the command is there, its picture is not");
    let held = desk["parts"].as_array().unwrap().iter().filter(|part| part["evidence"] == true).count();
    assert_eq!(held, 2, "both are declared");
    officer.stop();
    let outcome = sending.await.unwrap();
    assert!(!outcome.all_sent, "{outcome:?}");
    let shown = officer.acts(9).unwrap();
    assert_eq!(shown[0].way, Way::Arriving { delivered: 1, parts: 3 });
    drop(officer);

    relay.drop_all();
    relay.let_through(u64::MAX);
    let officer = phone(&home, &relay.url());
    let outcome = synced(&officer).await;
    assert!(outcome.all_sent, "{outcome:?}");
    assert_eq!(officer.acts(9).unwrap()[0].way, Way::Whole);
    assert_eq!(world.desk(&code).await["stage"], "answered");
    assert!(officer.cases().await.unwrap().cases.is_empty(), "nothing is owed any more");
    assert!(!path.exists(), "and its picture is not kept for ever");

    assert!(synced(&citizen).await.all_sent, "what the officer sent is not the citizen's to compare");
    let shown = citizen.show(&id).unwrap();
    assert_eq!(shown.stage, Some(Stage::Answered));
    assert_eq!(shown.answers[0].text.as_deref(), Some("Đã san gạt"));
    let [hash] = shown.answers[0].evidence[..] else { panic!("{:?}", shown.answers) };
    let (status, picture) = world.get(&format!("/m/{code}/{hash}"), None).await;
    assert!(status == 200 && picture.len() > 100_000, "everybody sees the result: {status}");
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_nobody_vouched_for_gets_nothing() {
    let world = World::new().await;
    let (_, id, _) = world.given("citizen").await;
    let stranger = phone(&world.dir.path().join("stranger"), &world.url());
    assert_eq!(failed(stranger.cases().await), Code::OfficerUnknown);
    assert_eq!(failed(act(&stranger, id, Deed::Start).await), Code::OfficerUnknown);
    assert!(stranger.officer().unwrap().is_none() && stranger.cases_kept().unwrap().is_none());
    assert_eq!(failed(stranger.enrol("paht_guessed").await), Code::NotAllowed);
    assert_eq!(failed(stranger.enrol("  ").await), Code::NotAllowed);
    assert_eq!(failed(stranger.enrol(&world.operator).await), Code::Forbidden);
    let nowhere = Phone::open(&world.dir.path().join("nowhere"), options(None)).unwrap().0;
    assert!(matches!(nowhere.enrol(&world.agency).await, Err(PhoneError::NoIoc)));

    let other = phone(&world.dir.path().join("other"), &world.url());
    let tourism = issue_token(&world.data, Role::Agency, Some("so-du-lich".parse().unwrap())).unwrap();
    other.enrol(&tourism).await.unwrap();
    assert!(other.cases().await.unwrap().cases.is_empty(), "another agency's case is not there");
    assert_eq!(failed(act(&other, id, Deed::Start).await), Code::CaseUnknown);
    world.ioc.stop().await.unwrap();
}

/// Law 4: what is refused is parked with its reason, keeps nothing back, and can be let go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ended_officer_is_refused_and_the_persons_own_reports_still_go() {
    let world = World::new().await;
    let (_, id, code) = world.given("citizen").await;
    let home = world.dir.path().join("officer");
    let officer = enrolled(&world, &home, &world.url()).await;
    officer.cases().await.unwrap();
    let file = photo(world.dir.path(), 8, 640);
    let refused = act(&officer, id, answer(&[&file])).await.unwrap();
    let own = report(&officer, words("Ổ gà trước nhà tôi")).await;
    let (_, listed) = world.get("/v1/desk/officers", Some(&world.operator)).await;
    let listed: Value = serde_json::from_slice(&listed).unwrap();
    let key = listed["officers"][0]["key"].as_str().unwrap().to_owned();
    let ended = client().delete(format!("{}/v1/desk/officers/{key}", world.url()));
    let ended = ended.header("authorization", format!("Bearer {}", world.operator)).send().await.unwrap();
    assert_eq!(ended.status(), 204);

    let outcome = synced(&officer).await;
    assert_eq!((outcome.all_sent, outcome.standing.waiting, outcome.standing.parked), (false, 0, 3));
    let reason = ParkReason::Refused(Code::OfficerEnded);
    assert_eq!(officer.acts(9).unwrap()[0].way, Way::NeedsYou { reason });
    assert_eq!(officer.show(&own).unwrap().way, Way::Whole, "the report passed by");
    assert_eq!(world.desk(&code).await["stage"], "dispatched");
    assert_eq!(bytes_in(&world.data.join("media/staged")), 0, "not a byte of it was taken");

    assert_eq!(failed(officer.cases().await), Code::OfficerEnded);
    assert!(officer.officer().unwrap().is_none() && officer.cases_kept().unwrap().is_none(), "forgotten");
    assert!(!is_legible(&home, "có ổ gà lớn"), "what the citizen said is on this phone no more");
    assert_eq!(failed(act(&officer, id, Deed::Start).await), Code::OfficerUnknown);
    assert_eq!(failed(officer.enrol(&world.agency).await), Code::OfficerEnded);
    officer.send_act_again(&refused).unwrap();
    assert!(!synced(&officer).await.all_sent, "again is refused again");
    officer.let_act_go(&refused).unwrap();
    assert!(synced(&officer).await.all_sent);
    assert!(officer.acts(9).unwrap().is_empty());
    assert_eq!(failed(officer.let_act_go(&refused)), Code::ReportUnknown);
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_is_asked_for_without_a_link_and_given_by_an_operator() {
    let world = World::new().await;
    let (citizen, id, code) = world.given("citizen").await;
    let officer = enrolled(&world, &world.dir.path().join("officer"), &world.url()).await;
    let due = officer.cases().await.unwrap().cases[0].case.shares[0].due;
    let ask = |days: i64, reason: &str| Deed::AskTime {
        until: due.plus_millis(days * 24 * 3_600_000),
        reason: reason.into(),
    };
    for (deed, found) in [
        (ask(0, "Chờ vật tư"), Code::DeadlinePeriod),
        (ask(3, " "), Code::TextMissing),
        (ask(3, &"a".repeat(4_001)), Code::TextTooLong),
        (answer(&[&world.dir.path().join("nothing.jpg")]), Code::MediaUnreadable),
    ] {
        assert_eq!(failed(act(&officer, id, deed).await), found);
    }
    let wrong = NewAct { report: id, assignment: 9, deed: Deed::Start };
    assert_eq!(failed(officer.act(wrong)), Code::CaseUnknown);
    assert_eq!(officer.standing().unwrap().waiting, 0, "nothing refused is left");

    act(&officer, id, ask(3, "Chờ vật tư")).await.unwrap();
    act(&officer, id, Deed::Start).await.unwrap();
    assert!(synced(&officer).await.all_sent);
    let share = officer.cases().await.unwrap().cases[0].case.shares[0].clone();
    let wish = Some(due.plus_millis(3 * 24 * 3_600_000));
    assert_eq!((share.state, share.asked), (ShareState::InProgress, wish));
    let given = due.plus_millis(24 * 3_600_000);
    let action = json!({"action": "give-time", "assignment": 1, "due": given.millis()});
    assert_eq!(world.act(&code, &action).await, 200);
    let share = officer.cases().await.unwrap().cases[0].case.shares[0].clone();
    assert_eq!((share.first_due, share.due, share.asked), (due, given, None));

    synced(&citizen).await;
    let told: Vec<What> = citizen.show(&id).unwrap().told.into_iter().map(|told| told.entry.what).collect();
    assert!(told.contains(&What::TimeGiven { assignment: 1, due: given }), "{told:?}");
    let case = citizen.show(&id).unwrap().case.unwrap();
    assert_eq!((case.assignments[0].first_due, case.assignments[0].due), (due, given));
    world.ioc.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_came_too_late_is_told_as_dropped() {
    let world = World::new().await;
    let (_, id, _) = world.given("citizen").await;
    let slow = enrolled(&world, &world.dir.path().join("slow"), &world.url()).await;
    let quick = enrolled(&world, &world.dir.path().join("quick"), &world.url()).await;
    for officer in [&slow, &quick] {
        officer.cases().await.unwrap();
    }
    let late = photo(world.dir.path(), 5, 640);
    act(&slow, id, answer(&[&late])).await.unwrap();
    act(&quick, id, answer(&[&photo(world.dir.path(), 6, 640)])).await.unwrap();
    let notices = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = std::sync::Arc::clone(&notices);
    slow.observe(Box::new(move |notice| heard.lock().unwrap().push(notice)));
    assert!(synced(&quick).await.all_sent);
    let outcome = synced(&slow).await;
    assert_eq!(outcome.standing.parked, 3, "the share was answered before the command came: {outcome:?}");
    let reason = ParkReason::Refused(Code::CaseState);
    assert_eq!(slow.acts(9).unwrap()[0].way, Way::NeedsYou { reason });
    let notices = notices.lock().unwrap().clone();
    assert!(notices.contains(&Notice::Cases) && !notices.contains(&Notice::Report(id)), "{notices:?}");
    world.ioc.stop().await.unwrap();
}

/// A hub restored from a backup has lost the act; the officer's phone notices and sends it again, files and all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_restored_from_a_backup_gets_the_acts_again() {
    let world = World::new().await;
    let (_, id, code) = world.given("citizen").await;
    let home = world.dir.path().join("officer");
    let officer = enrolled(&world, &home, &world.url()).await;
    officer.cases().await.unwrap();
    let copy = world.dir.path().join("copy");
    backup(&world.data, &copy).unwrap();
    let file = photo(world.dir.path(), 8, 640);
    act(&officer, id, answer(&[&file])).await.unwrap();
    assert!(synced(&officer).await.all_sent);
    assert_eq!(world.desk(&code).await["stage"], "answered");
    drop(officer);
    let World { dir, ioc, operator, .. } = world;
    ioc.stop().await.unwrap();

    let data = dir.path().join("restored");
    restore(&copy, &data, [9; 8]).unwrap();
    let ioc = serve(ServeOptions::new(&data, "127.0.0.1:0".parse().unwrap())).await.unwrap();
    let world = World { agency: String::new(), data, ioc, operator, dir };
    assert_eq!(world.desk(&code).await["stage"], "dispatched", "the copy knows nothing of it");
    let officer = phone(&home, &world.url());
    let outcome = synced(&officer).await;
    assert!(outcome.all_sent, "{outcome:?}");
    assert_eq!(world.desk(&code).await["stage"], "answered");
    world.ioc.stop().await.unwrap();
}

// ---- the phones -----------------------------------------------------------------------------------------------------

fn options(ioc: Option<String>) -> Options {
    Options { ioc, ..Options::new(TenantId::parse("hue").unwrap()) }
}

fn phone(home: &Path, ioc: &str) -> Phone {
    Phone::open(home, options(Some(ioc.to_owned()))).unwrap().0
}

async fn enrolled(world: &World, home: &Path, ioc: &str) -> Phone {
    let phone = phone(home, ioc);
    let officer = phone.enrol(&world.agency).await.unwrap();
    assert_eq!(phone.officer().unwrap(), Some(officer));
    phone
}

async fn report(phone: &Phone, new: NewReport) -> ReportId {
    let phone = phone.clone();
    tokio::task::spawn_blocking(move || phone.report(new)).await.unwrap().unwrap()
}

async fn act(phone: &Phone, report: ReportId, deed: Deed) -> Result<PartName, PhoneError> {
    let phone = phone.clone();
    tokio::task::spawn_blocking(move || phone.act(NewAct { report, assignment: 1, deed })).await.unwrap()
}

/// Two officers of two agencies share a phone: the second sees nothing of the first one's, and nothing of it is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_out_leaves_no_cases_behind_but_what_was_done_goes_out() {
    let world = World::new().await;
    let (citizen, id, _) = world.given("citizen").await;
    let home = world.dir.path().join("officer");
    let officer = enrolled(&world, &home, &world.url()).await;
    // With the first sync comes the card.
    synced(&officer).await;
    let seen = officer.cases().await.unwrap();
    let text = seen.cases[0].case.text.clone();
    assert!(is_legible(&home, &text), "its cases are kept");
    assert_eq!(failed(act(&officer, id, answer(&[])).await), Code::EvidenceMissing, "told before it is kept");
    act(&officer, id, Deed::Start).await.unwrap();
    officer.sign_out().unwrap();
    assert_eq!((officer.officer().unwrap(), officer.cases_kept().unwrap()), (None, None));
    assert_eq!(failed(act(&officer, id, Deed::Start).await), Code::OfficerUnknown);
    assert!(synced(&officer).await.all_sent);
    synced(&citizen).await;
    assert_eq!(citizen.show(&id).unwrap().stage, Some(Stage::InProgress), "what was done has come");
    let other = issue_token(&world.data, Role::Agency, Some("so-y-te".parse().unwrap())).unwrap();
    officer.enrol(&other).await.unwrap();
    assert_eq!(officer.cases().await.unwrap().cases, Vec::new());
    drop(officer);
    assert!(!is_legible(&home, &text), "free pages included");
}

fn answer(files: &[&PathBuf]) -> Deed {
    Deed::Answer { text: "Đã san gạt".into(), files: files.iter().map(|file| (*file).clone()).collect() }
}

fn failed<T: std::fmt::Debug>(result: Result<T, PhoneError>) -> Code {
    result.unwrap_err().code()
}

async fn synced(phone: &Phone) -> SyncOutcome {
    phone.sync(None, Until::Done, &Silent).await.unwrap()
}

fn hue() -> Point {
    Point::from_degrees(16.2775, 107.2297).unwrap()
}

fn words(text: &str) -> NewReport {
    let category = Some(CategoryCode::parse("traffic").unwrap());
    NewReport { text: text.into(), category, at: Some(hue()), ..NewReport::default() }
}

fn photo(folder: &Path, seed: u64, width: u32) -> PathBuf {
    let (point, taken_local) = (hue(), "2026-11-02T07:41:09");
    let (scene, offset_min, height) = (Scene::Landslide, 420, width * 3 / 4);
    let sample = SamplePhoto { scene, point, taken_local, offset_min, width, height, seed };
    let path = folder.join(format!("{seed}.jpg"));
    fs::write(&path, sample_photo(&sample).unwrap()).unwrap();
    path
}

// ---- the IOC --------------------------------------------------------------------------------------------------------

struct World {
    /// The agency's token.
    agency: String,
    data: PathBuf,
    ioc: Served,
    operator: String,
    dir: TempDir,
}

impl World {
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let data = dir.path().join("ioc");
        let ioc = serve(ServeOptions::new(&data, "127.0.0.1:0".parse().unwrap())).await.unwrap();
        let agency = issue_token(&data, Role::Agency, Some(AGENCY.parse().unwrap())).unwrap();
        let operator = issue_token(&data, Role::Operator, None).unwrap();
        Self { agency, data, ioc, operator, dir }
    }

    fn url(&self) -> String {
        format!("http://{}", self.ioc.address())
    }

    /// A citizen's report with a photo, given to the agency: the phone, the report, its code.
    async fn given(&self, name: &str) -> (Phone, ReportId, String) {
        let citizen = phone(&self.dir.path().join(name), &self.url());
        let files = vec![photo(self.dir.path(), 1, 640)];
        let id = report(&citizen, NewReport { files, ..words("Mặt đường có ổ gà lớn") }).await;
        assert!(synced(&citizen).await.all_sent);
        let code = citizen.show(&id).unwrap().report.case.unwrap().to_string();
        // Nothing urgent: the hub has not given it to anybody by itself.
        assert_eq!(self.act(&code, &json!({"action": "dispatch", "agency": AGENCY})).await, 200);
        (citizen, id, code)
    }

    async fn desk(&self, code: &str) -> Value {
        let (_, body) = self.get(&format!("/v1/desk/cases/{code}"), Some(&self.operator)).await;
        serde_json::from_slice(&body).unwrap()
    }

    async fn act(&self, code: &str, action: &Value) -> u16 {
        let request = client().post(format!("{}/v1/desk/cases/{code}/actions", self.url()));
        let request = request.header("authorization", format!("Bearer {}", self.operator));
        request.body(action.to_string()).send().await.unwrap().status().as_u16()
    }

    async fn get(&self, path: &str, token: Option<&String>) -> (u16, Vec<u8>) {
        let request = client().get(format!("{}{path}", self.url()));
        let request = match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
    }
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}
