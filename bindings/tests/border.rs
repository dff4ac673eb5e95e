//! Goal: what Kotlin and Swift see, seen from Rust: the verbs, the ports and the error. Method: the exported object itself,
//! called as the generated code calls it, over a folder of its own and without a hub.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;
use std::sync::{Arc, Mutex};

use paht_bindings::error::{ErrorCode, PahtError};
use paht_bindings::ids::{CategoryCode, ReportId, Sha256, TenantId, UnixMs};
use paht_bindings::media::point_of_degrees;
use paht_bindings::officer::NewDeed;
use paht_bindings::phone::{Phone, PhoneOptions, Ports};
use paht_bindings::ports::{ClockReading, MemoryKey, PhoneClock, PhoneKeys};
use paht_bindings::progress::{Notice, PhoneObserver, Step, Until};
use paht_bindings::queue::{PartKind, PartState};
use paht_bindings::report::{Fix, NewReport, Way};

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

fn options() -> PhoneOptions {
    let tenant = TenantId::parse("hue").unwrap();
    PhoneOptions { tenant, ioc: None, shipped_card: None, roots: Vec::new(), pins: Vec::new() }
}

fn open(home: &Path, ports: Ports) -> Result<Arc<Phone>, PahtError> {
    wait(Phone::open(home.to_str().unwrap().to_owned(), options(), ports))
}

fn words(text: &str) -> NewReport {
    NewReport {
        files: Vec::new(),
        text: text.to_owned(),
        category: Some(CategoryCode::parse("traffic").unwrap()),
        at: None,
        fix: None,
        phone_number: None,
        name: None,
        language: None,
        review: None,
        hold: false,
    }
}

/// Secure hardware that can lose its key.
struct Hardware {
    key: MemoryKey,
    lost: Mutex<bool>,
}

impl PhoneKeys for Hardware {
    fn public_key(&self) -> Result<Vec<u8>, PahtError> {
        Ok(self.key.public_key())
    }
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, PahtError> {
        if *self.lost.lock().unwrap() {
            return Err(PahtError::Internal);
        }
        Ok(self.key.sign(&message))
    }
}

struct FiveYearsBack;

impl PhoneClock for FiveYearsBack {
    fn now(&self) -> Result<ClockReading, PahtError> {
        Ok(ClockReading {
            wall: UnixMs::from_millis(1_636_000_000_000),
            offset_min: 420,
            ticks_ms: 5,
            boot: 1,
        })
    }
}

#[derive(Default)]
struct Seen(Mutex<Vec<Notice>>);

impl PhoneObserver for Seen {
    fn on_change(&self, notice: Notice) -> Result<(), PahtError> {
        self.0.lock().unwrap().push(notice);
        panic!("an observer's own fault");
    }
    fn on_step(&self, _: Step) -> Result<(), PahtError> {
        Ok(())
    }
    fn on_bytes(&self, _: ReportId, _: PartKind, _: u64, _: u64) -> Result<(), PahtError> {
        Ok(())
    }
}

#[test]
fn a_report_is_kept_shown_and_told_by_the_platforms_clock() {
    let home = tempfile::tempdir().unwrap();
    let seen = Arc::new(Seen::default());
    let observer: Arc<dyn PhoneObserver> = Arc::clone(&seen) as _;
    let clock: Option<Arc<dyn PhoneClock>> = Some(Arc::new(FiveYearsBack));
    let phone = open(home.path(), Ports { clock, observer: Some(observer), ..Ports::default() }).unwrap();
    let fix = Some(Fix { point: point_of_degrees(16.2775, 107.2297).unwrap(), accuracy_m: Some(12) });
    let id = wait(phone.report(NewReport { fix, ..words("Sạt lở") })).unwrap();
    let view = wait(phone.show(id)).unwrap();
    assert_eq!((view.line.text.as_str(), view.line.way), ("Sạt lở", Way::Waiting));
    assert_eq!(view.line.made.millis(), 1_636_000_000_000);
    assert_eq!(view.line.place.unwrap().accuracy_m, Some(12));
    assert_eq!(view.parts.len(), 1);
    assert_eq!(view.parts[0].state, PartState::Waiting);
    assert!(seen.0.lock().unwrap().contains(&Notice::Report(id)), "told, and its panic stopped nothing");
    assert_eq!(wait(phone.list(None, 10)).unwrap().len(), 1);
    let standing = wait(phone.standing()).unwrap();
    assert!(standing.waiting == 1 && !standing.all_sent);
}

#[test]
fn errors_are_types_and_never_free_strings() {
    let home = tempfile::tempdir().unwrap();
    let phone = open(home.path(), Ports::default()).unwrap();
    let refused = |new| wait(phone.report(new)).unwrap_err();
    let missing = NewReport { category: None, ..words("x") };
    assert_eq!(refused(missing), PahtError::Refused { code: ErrorCode::CategoryMissing });
    let gone = NewReport { files: vec!["/nowhere/photo.jpg".into()], ..words("x") };
    assert_eq!(refused(gone), PahtError::File { code: ErrorCode::MediaUnreadable });
    let busy = open(home.path(), Ports::default()).err();
    assert_eq!(busy, Some(PahtError::Storage { code: ErrorCode::StorageBusy }));
    let nowhere = wait(phone.sync(Some(1_000), Until::Once)).unwrap_err();
    assert_eq!(nowhere, PahtError::Link { code: ErrorCode::LinkDown });
    let unknown = ReportId::from_bytes([7; 16]);
    assert_eq!(wait(phone.show(unknown)).err(), Some(PahtError::Refused { code: ErrorCode::ReportUnknown }));
    assert_eq!(point_of_degrees(0.0, 0.0), Err(PahtError::Refused { code: ErrorCode::PlaceUnknown }));
}

/// Law 5's neighbour: a key that hardware will not give is said at once, and what was signed before is not stranded.
#[test]
fn a_key_of_the_hardwares_signs_and_its_loss_is_told() {
    let home = tempfile::tempdir().unwrap();
    let hardware = Arc::new(Hardware { key: MemoryKey::new(None).unwrap(), lost: Mutex::new(false) });
    let keys: Option<Arc<dyn PhoneKeys>> = Some(Arc::clone(&hardware) as _);
    let phone = open(home.path(), Ports { keys, ..Ports::default() }).unwrap();
    let kept = wait(phone.report(words("trước khi mất khóa"))).unwrap();
    *hardware.lost.lock().unwrap() = true;
    let refused = wait(phone.report(words("sau khi mất khóa"))).unwrap_err();
    assert_eq!(refused, PahtError::Refused { code: ErrorCode::KeyUnavailable });
    assert_eq!(wait(phone.show(kept)).unwrap().parts[0].state, PartState::Waiting);
    assert_eq!(wait(phone.list(None, 10)).unwrap().len(), 1, "nothing half-kept");
    assert!(!home.path().join("phone.key").exists(), "no second key beside the hardware's");
    let no_key = MemoryKey::new(Some(vec![1, 2, 3])).err();
    assert_eq!(no_key, Some(PahtError::Refused { code: ErrorCode::KeyUnavailable }));
}

/// Method: no hub and no enrolment, so every verb of the lane answers with its own error, and nothing is left.
#[test]
fn the_officers_lane_answers_with_types_on_a_phone_that_is_nobodys() {
    let home = tempfile::tempdir().unwrap();
    let phone = open(home.path(), Ports::default()).unwrap();
    let (report, id) = (ReportId::from_bytes([1; 16]), Sha256::of(b"act"));
    let link_down = PahtError::Link { code: ErrorCode::LinkDown };
    assert_eq!(wait(phone.enrol("paht_code".into())).unwrap_err(), link_down);
    assert_eq!(wait(phone.cases()).unwrap_err(), link_down);
    assert_eq!(wait(phone.officer()).unwrap(), None);
    assert_eq!(wait(phone.cases_kept()).unwrap(), None);
    assert_eq!(wait(phone.acts(10)).unwrap(), []);
    let refused = |code| PahtError::Refused { code };
    for deed in [NewDeed::Start, NewDeed::Answer { text: "Đã xong".into(), files: vec!["/nowhere".into()] }]
    {
        let found = wait(phone.act(report, 1, deed)).unwrap_err();
        assert_eq!(found, refused(ErrorCode::OfficerUnknown));
    }
    assert_eq!(wait(phone.case_picture(report, id)).unwrap_err(), refused(ErrorCode::CaseUnknown));
    assert_eq!(wait(phone.let_act_go(report, id)).unwrap_err(), refused(ErrorCode::ReportUnknown));
    assert_eq!(wait(phone.send_act_again(report, id)).unwrap_err(), refused(ErrorCode::ReportUnknown));
    assert_eq!(wait(phone.standing()).unwrap().waiting, 0);
}
