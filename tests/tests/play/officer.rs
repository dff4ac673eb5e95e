//! What an agency's officer does, on a phone like everybody's.

use paht_bindings::ids::UnixMs;
use paht_bindings::officer::NewDeed;
use serde_json::Value;

use super::{Stage, Told, text, wait};

/// A day, in milliseconds: what is asked for beyond the deadline.
const DAY_MS: i64 = 24 * 3_600 * 1_000;

impl Stage {
    /// With the code of the agency that has the citizen's report, or with the one that stands in the table.
    pub(super) fn enrol(&self, step: &Value) -> Told {
        let code = if let Some(code) = step["code"].as_str() {
            code.to_owned()
        } else {
            let citizen = &self.phones[text(step, "citizen")];
            let share = wait(citizen.show(self.id(step)))?.assignments[0].agency.to_string();
            self.ioc.as_ref().expect("an ioc").token(&["--role", "agency", "--agency", &share])
        };
        wait(self.phone(step).enrol(code)).map(|_| "enrolled".to_owned())
    }

    pub(super) fn act(&mut self, step: &Value) -> Told {
        let words = || text(step, "text").to_owned();
        let deed = match text(step, "deed") {
            "start" => NewDeed::Start,
            "return" => NewDeed::Return { reason: words() },
            "ask-time" => NewDeed::AskTime { until: self.later(step)?, reason: words() },
            "answer" => {
                let photo = (step["photo"] == true).then(|| self.photo().to_str().unwrap().to_owned());
                NewDeed::Answer { text: words(), files: photo.into_iter().collect() }
            }
            other => panic!("no such deed: {other}"),
        };
        wait(self.phone(step).act(self.id(step), 1, deed)).map(|_| "kept".to_owned())
    }

    /// A day after the deadline that runs.
    fn later(&self, step: &Value) -> Result<UnixMs, paht_bindings::error::PahtError> {
        let kept = wait(self.phone(step).cases_kept())?.expect("cases are kept");
        let case = kept.cases.iter().find(|case| case.report == self.id(step)).expect("the case is kept");
        Ok(case.shares[0].due.plus_millis(DAY_MS))
    }
}
