//! Plays the steps of a scenario, and writes one line for each.

mod officer;
mod spoken;
mod visitor;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use paht_bindings::error::PahtError;
use paht_bindings::ids::{CategoryCode, ReportId, TenantId, UnixMs};
use paht_bindings::phone::{Phone, PhoneOptions, Ports};
use paht_bindings::ports::{ClockReading, MemoryKey, PhoneClock, PhoneKeys};
use paht_bindings::progress::Until;
use paht_bindings::report::{Edit, NewReport, Rating, Reopening, ReportView};
use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_tests::ioc::Ioc;
use paht_tests::program;
use serde_json::Value;
use tempfile::TempDir;

/// The lines of one scenario, on a phone and a hub of its own.
pub(crate) fn scenario(steps: &[Value]) -> Vec<String> {
    let mut stage = Stage {
        folder: TempDir::new().unwrap(),
        ioc: None,
        phones: HashMap::new(),
        reports: HashMap::new(),
        photos: 0,
    };
    steps.iter().map(|step| format!("{}: {}", spoken::step(step), stage.play(step))).collect()
}

/// Where a scenario plays.
struct Stage {
    folder: TempDir,
    ioc: Option<Ioc>,
    phones: HashMap<String, Arc<Phone>>,
    reports: HashMap<String, ReportId>,
    photos: u64,
}

type Told = Result<String, PahtError>;

impl Stage {
    fn play(&mut self, step: &Value) -> String {
        let told = match text(step, "do") {
            "ioc" => Ok(self.begin_ioc()),
            "open" => self.open(step),
            "kill" => Ok(self.kill(step)),
            "report" => self.report(step),
            "list" => wait(self.phone(step).list(None, 50)).map(|list| format!("{} reports", list.len())),
            "sync" => self.sync(step),
            "show" => self.view(step).map(|view| spoken::view(&view)),
            "dispatch" => self.dispatch(step),
            "answer" => self.answer(step),
            "review" => self.review(step),
            "figures" => self.figures(step),
            "enrol" => self.enrol(step),
            "act" => self.act(step),
            "cases" => wait(self.phone(step).cases()).map(|cases| spoken::cases(&cases)),
            "kept-cases" => {
                wait(self.phone(step).cases_kept()).map(|kept| spoken::cases(&kept.expect("some are kept")))
            }
            _ => self.speak(step),
        };
        told.unwrap_or_else(spoken::error)
    }

    fn begin_ioc(&mut self) -> String {
        self.ioc = Some(Ioc::start(&self.folder.path().join("ioc")));
        "listening".to_owned()
    }

    fn open(&mut self, step: &Value) -> Told {
        let home = self.folder.path().join(text(step, "phone"));
        let options = PhoneOptions {
            tenant: TenantId::parse("hue").unwrap(),
            ioc: self.ioc.as_ref().map(|ioc| ioc.url.clone()),
            shipped_card: None,
            roots: Vec::new(),
            pins: Vec::new(),
        };
        let key = step["key"].as_str().map(|name| Arc::new(Key::named(name)) as Arc<dyn PhoneKeys>);
        let clock = step["clock"].as_str().map(|_| Arc::new(FiveYearsBack) as Arc<dyn PhoneClock>);
        let ports = Ports { keys: key, clock, ..Ports::default() };
        let phone = wait(Phone::open(home.to_str().unwrap().to_owned(), options, ports))?;
        self.phones.insert(text(step, "phone").to_owned(), phone);
        Ok("open".to_owned())
    }

    fn kill(&mut self, step: &Value) -> String {
        self.phones.remove(text(step, "phone")).unwrap();
        "gone".to_owned()
    }

    fn report(&mut self, step: &Value) -> Told {
        let mut files: Vec<String> = step["file"].as_str().map(str::to_owned).into_iter().collect();
        if step["photo"] == true {
            files.push(self.photo().to_str().unwrap().to_owned());
        }
        let new = NewReport {
            files,
            text: text(step, "text").to_owned(),
            category: step["category"].as_str().map(category),
            at: None,
            fix: None,
            phone_number: None,
            name: None,
            language: None,
            review: None,
            hold: step["hold"] == true,
        };
        let id = wait(self.phone(step).report(new))?;
        self.reports.insert(text(step, "as").to_owned(), id);
        Ok("kept".to_owned())
    }

    fn sync(&self, step: &Value) -> Told {
        let until = if text(step, "until") == "done" { Until::Done } else { Until::Once };
        wait(self.phone(step).sync(Some(60_000), until)).map(|outcome| spoken::outcome(&outcome))
    }

    /// What the operator does: gives the case to the agency that triage advises.
    fn dispatch(&self, step: &Value) -> Told {
        let case = self.case(step)?;
        self.desk(&["--role", "operator"], &["dispatch", &case]);
        Ok("dispatched".to_owned())
    }

    /// What the agency does: takes the case up and answers with an after-photo.
    fn answer(&mut self, step: &Value) -> Told {
        let case = self.case(step)?;
        let agency = self.view(step)?.assignments[0].agency.to_string();
        let photo = self.photo();
        let role = ["--role", "agency", "--agency", &agency];
        self.desk(&role, &["start", &case]);
        let words = text(step, "text");
        self.desk(&role, &["answer", &case, "--text", words, "--media", photo.to_str().unwrap()]);
        Ok("answered".to_owned())
    }

    /// What the citizen says afterwards.
    fn speak(&self, step: &Value) -> Told {
        let (phone, id) = (self.phone(step), self.id(step));
        let words = || text(step, "text").to_owned();
        let said = match text(step, "do") {
            "comment" => wait(phone.comment(id, words())),
            "edit" => {
                let category = step["category"].as_str().map(category);
                wait(phone.edit(id, Edit { category, ..Edit::default() }))
            }
            "withdraw" => wait(phone.withdraw(id)),
            "hold" => wait(phone.hold(id)),
            "release" => wait(phone.release(id)),
            "rate" => {
                let (assignment, answer) = self.last_answer(step)?;
                let grade = u8::try_from(step["grade"].as_u64().unwrap()).unwrap();
                wait(phone.rate(id, Rating { assignment, answer, grade, text: words() }))
            }
            "reopen" => {
                let (assignment, _) = self.last_answer(step)?;
                wait(phone.reopen(id, Reopening { assignment, reason: words() }))
            }
            other => panic!("no such step: {other}"),
        };
        said.map(|()| "said".to_owned())
    }

    fn phone(&self, step: &Value) -> &Arc<Phone> {
        &self.phones[text(step, "phone")]
    }

    fn id(&self, step: &Value) -> ReportId {
        self.reports[text(step, "report")]
    }

    fn view(&self, step: &Value) -> Result<ReportView, PahtError> {
        wait(self.phone(step).show(self.id(step)))
    }

    fn case(&self, step: &Value) -> Told {
        Ok(self.view(step)?.line.case.expect("the hub has said the case").to_string())
    }

    fn last_answer(&self, step: &Value) -> Result<(u16, u16), PahtError> {
        let view = self.view(step)?;
        Ok(view.answers.last().map_or((1, 1), |answer| (answer.assignment, answer.answer)))
    }

    fn desk(&self, role: &[&str], words: &[&str]) {
        let ioc = self.ioc.as_ref().expect("an ioc");
        let token = ioc.token(role);
        let all = ["operator", "--ioc", &ioc.url, "--token", &token].into_iter().chain(words.iter().copied());
        program::said(all);
    }

    /// A photo that no other is like.
    fn photo(&mut self) -> PathBuf {
        self.photos += 1;
        let sample = SamplePhoto {
            scene: Scene::Landslide,
            point: Point::from_degrees(16.4637, 107.5909).unwrap(),
            taken_local: "2026-11-02T07:41:09",
            offset_min: 420,
            width: 800,
            height: 600,
            seed: self.photos,
        };
        let path = self.folder.path().join(format!("photo-{}.jpg", self.photos));
        std::fs::write(&path, sample_photo(&sample).unwrap()).unwrap();
        path
    }
}

fn text<'s>(step: &'s Value, name: &str) -> &'s str {
    step[name].as_str().unwrap_or_else(|| panic!("{step} lacks {name}"))
}

fn category(code: &str) -> CategoryCode {
    CategoryCode::parse(code).unwrap()
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

/// Secure hardware of one phone: the same name, the same key.
struct Key(MemoryKey);

impl Key {
    fn named(name: &str) -> Self {
        let byte = u8::try_from(name.len()).unwrap();
        Self(MemoryKey::new(Some(vec![byte; 32])).unwrap())
    }
}

impl PhoneKeys for Key {
    fn public_key(&self) -> Result<Vec<u8>, PahtError> {
        Ok(self.0.public_key())
    }
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, PahtError> {
        Ok(self.0.sign(&message))
    }
}

struct FiveYearsBack;

impl PhoneClock for FiveYearsBack {
    fn now(&self) -> Result<ClockReading, PahtError> {
        Ok(ClockReading {
            wall: UnixMs::from_millis(1_636_000_000_000),
            offset_min: 420,
            ticks_ms: 60_000,
            boot: 1,
        })
    }
}
