//! What people wrote, as everybody may read it: what would tell strangers how to reach or find a person is masked, what would
//! act on a page is taken out, and what turns the direction of letters is closed. [`PublicText`] is the only way there, so that
//! nothing public can go past it; desk, agencies and the author's own phone have the words whole.
//!
//! The text falls into `atoms`: numbers however they are written, bare words, and what stands between. Over these go the rules
//! of each kind, `numbers`, `mail` and `plates`, with the vocabulary of `vocabulary`; `kept` says what is no such thing.

mod atoms;
mod kept;
mod mail;
mod numbers;
mod plates;
mod vocabulary;

use serde::{Deserialize, Serialize};

use crate::review::{Review, Service};
use crate::text::composed;
use atoms::atoms;

/// What stands where something was masked.
pub const MASK: &str = "•••";

/// Words that everybody may read. Only [`PublicText::of`] makes them. Masking twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct PublicText(String);

impl PublicText {
    /// Masks telephone numbers, numbers of papers and accounts, e-mail addresses and number plates.
    pub fn of(text: &str) -> Self {
        Self(closed(&masked(text)))
    }

    /// The beginning of it, at most so many characters. It is cut after it was masked: half a number is one no rule knows.
    #[must_use]
    pub fn beginning(&self, chars_max: usize) -> Self {
        Self(closed(&self.0.chars().take(chars_max).collect::<String>()))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words, to be shown.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<'de> Deserialize<'de> for PublicText {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Self::of(&<std::borrow::Cow<'de, str>>::deserialize(d)?))
    }
}

impl std::fmt::Display for PublicText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A review as everybody may read it: of a name that somebody gave a service, what [`PublicText`] leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PublicReview(Review);

impl PublicReview {
    /// Of a review.
    pub fn of(review: &Review) -> Self {
        let service = match &review.service {
            Service::Named(name) => Service::Named(PublicText::of(name).into_string()),
            listed @ Service::Listed(_) => listed.clone(),
        };
        Self(Review { service, ..review.clone() })
    }

    /// The review.
    pub const fn get(&self) -> &Review {
        &self.0
    }
}

fn masked(text: &str) -> String {
    let text = composed(text.to_owned());
    let atoms = atoms(&text);
    let kept = kept::kept(&atoms);
    let mut spans = mail::found(&atoms);
    spans.extend(plates::found(&atoms));
    spans.extend(numbers::found(&atoms, &kept));
    spans.sort_unstable();
    let (mut shown, mut done) = (String::with_capacity(text.len()), 0);
    for (from, to) in spans {
        if to <= done {
            continue;
        }
        if from >= done {
            shown.push_str(text.get(done..from).unwrap_or_default());
            shown.push_str(MASK);
        }
        done = to;
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    shown
}

/// Without what would act on a page; every change of direction ends with its line.
fn closed(text: &str) -> String {
    const EMBEDDING_END: char = '\u{202C}';
    const ISOLATE_END: char = '\u{2069}';
    let mut shown = String::with_capacity(text.len());
    let mut open: Vec<char> = Vec::new();
    for c in text.chars() {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => {
                shown.extend(open.drain(..).rev());
                shown.push('\n');
            }
            '\t' => shown.push(c),
            c if c.is_control() => {}
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => {
                open.push(EMBEDDING_END);
                shown.push(c);
            }
            '\u{2066}'..='\u{2068}' => {
                open.push(ISOLATE_END);
                shown.push(c);
            }
            EMBEDDING_END if open.last() != Some(&EMBEDDING_END) => {}
            ISOLATE_END if !open.contains(&ISOLATE_END) => {}
            EMBEDDING_END | ISOLATE_END => {
                while let Some(end) = open.pop() {
                    shown.push(end);
                    if end == c {
                        break;
                    }
                }
            }
            c => shown.push(c),
        }
    }
    shown.extend(open.drain(..).rev());
    shown
}
