//! A review in a reader's words: what was tapped in one language is read in another.

use paht_hub::tenant::Tenant;
use paht_model::public::PublicReview;
use paht_model::review::{ReviewPhrase, Service};
use paht_model::words::{Language, say, say_with};

use super::words::Words;

/// Stars that can be given.
const STARS: usize = 5;

/// A phrase in words; one of a newer program by its number.
pub(crate) fn phrase(language: Language, phrase: ReviewPhrase) -> String {
    match phrase {
        ReviewPhrase::Unknown(code) => format!("#{code}"),
        known => say(language, &format!("app-phrase-{}", known.as_str())),
    }
}

/// `★★★★☆`.
pub(super) fn drawn(stars: usize) -> String {
    let full = stars.min(STARS);
    "★".repeat(full) + &"☆".repeat(STARS - full)
}

/// A review as its page shows it.
pub(super) struct ReviewLine {
    /// What the service is called.
    pub(super) service: String,
    /// Its page; empty for one that is not listed.
    pub(super) address: String,
    /// `★★★★☆`; empty where none were given.
    pub(super) stars: String,
    /// The same for who cannot see them.
    pub(super) stars_said: String,
    pub(super) phrases: Vec<String>,
}

impl ReviewLine {
    pub(super) fn of(words: Words<'_>, tenant: &Tenant, review: &PublicReview) -> Self {
        let review = review.get();
        let listed = review.listed().and_then(|code| tenant.service(code));
        let service = match (&review.service, listed) {
            (_, Some(service)) => words.name(&service.name),
            (Service::Named(name), None) => name.trim().to_owned(),
            (Service::Listed(code), None) => code.to_string(),
        };
        let given = |stars: u8| (drawn(usize::from(stars)), stars_said(words.language, stars));
        let (stars, stars_said) = review.stars.map(given).unwrap_or_default();
        Self {
            service,
            address: listed.map(|service| format!("/s/{}", service.code)).unwrap_or_default(),
            stars,
            stars_said,
            phrases: review.phrases.iter().map(|one| phrase(words.language, *one)).collect(),
        }
    }
}

/// So many stars, for who cannot see them.
pub(super) fn stars_said(language: Language, stars: u8) -> String {
    say_with(language, "app-a11y-stars", &[("count", &stars.to_string())])
}
