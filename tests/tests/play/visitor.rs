//! What a visitor does: reviews a service, and reads what others say of it.

use paht_bindings::report::NewReport;
use paht_bindings::review::{Review, ReviewPhrase, Service};
use serde_json::Value;

use super::{Stage, Told, text, wait};

impl Stage {
    pub(super) fn review(&mut self, step: &Value) -> Told {
        let service = match step["service"].as_str() {
            Some(code) => Service::Listed(code.parse().unwrap()),
            None => Service::Named(text(step, "named").to_owned()),
        };
        let phrases = step["phrases"].as_array().unwrap().iter();
        let review = Review {
            service,
            stars: step["stars"].as_u64().map(|stars| u8::try_from(stars).unwrap()),
            phrases: phrases.map(|name| ReviewPhrase::parse(name.as_str().unwrap()).unwrap()).collect(),
        };
        let new = NewReport {
            files: Vec::new(),
            text: String::new(),
            category: None,
            at: None,
            fix: None,
            phone_number: None,
            name: None,
            language: Some(text(step, "language").to_owned()),
            hold: false,
            review: Some(review),
        };
        let id = wait(self.phone(step).report(new))?;
        self.reports.insert(text(step, "as").to_owned(), id);
        Ok("kept".to_owned())
    }

    pub(super) fn figures(&self, step: &Value) -> Told {
        let services = wait(self.phone(step).services(String::new(), None, "en".to_owned()))?.services;
        let code = text(step, "service").parse().unwrap();
        let line = services.iter().find(|line| line.code == code).expect("the service is listed");
        let mean =
            line.mean_tenths.map_or("-".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10));
        Ok(format!("{}, {} reviews, stars {mean}", line.name, line.count))
    }
}
