//! The command that makes a report: what the citizen says, where, when, and which originals belong to it.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::capture::Declared;
use crate::fault::Code;
use crate::ids::{CategoryCode, Sha256};
use crate::limits::{CAPTURES_MAX, TEXT_CHARS_MAX};
use crate::place::Place;
use crate::review::Review;
use crate::text::{composed, count, is_blank};
use crate::time::{ClockReading, HubTimeMark};
use crate::wire::Blob;

/// What the citizen says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Statement {
    /// What it is about.
    #[n(0)]
    pub category: CategoryCode,
    /// The citizen's words; may be empty where a capture speaks.
    #[n(1)]
    pub text: String,
    /// Where; absent where the person does not know or say.
    #[n(2)]
    pub place: Option<Place>,
    /// The originals, by hash.
    #[n(3)]
    pub captures: Vec<Declared>,
    /// The phone's clocks at submit.
    #[n(4)]
    pub clock: ClockReading,
    /// The hub's time last heard before submit.
    #[n(5)]
    pub heard: Option<HubTimeMark>,
    /// Hash of the claim secret.
    #[n(6)]
    pub claim: Sha256,
    /// Sender's name and number, sealed to the hub; absent if none was given.
    #[n(7)]
    pub sender: Option<Blob>,
    /// The language to answer in, as BCP 47.
    #[n(8)]
    pub language: String,
    /// The service it is about and how it was, where it is about one.
    #[n(9)]
    pub review: Option<Review>,
}

impl Statement {
    /// The same with what the citizen wrote in composed form.
    #[must_use]
    pub fn composed(self) -> Self {
        Self { text: composed(self.text), review: self.review.map(Review::composed), ..self }
    }

    /// The rules that phone and hub both hold a statement to.
    pub fn check(&self) -> Result<(), Code> {
        check_text(&self.text)?;
        if let Some(review) = &self.review {
            review.check()?;
        }
        let reviewed = self.review.as_ref().is_some_and(Review::says_something);
        if is_blank(&self.text) && self.captures.is_empty() && !reviewed {
            return Err(Code::ReportEmpty);
        }
        if self.captures.len() > CAPTURES_MAX {
            return Err(Code::ReportTooManyCaptures);
        }
        if let Some(place) = &self.place {
            place.point.checked().map_err(|_| Code::PlaceUnknown)?;
        }
        let twice = |(at, one): (usize, &Declared)| {
            self.captures.iter().skip(at + 1).any(|other| other.hash == one.hash)
        };
        if self.captures.iter().enumerate().any(twice) {
            return Err(Code::ReportCaptureTwice);
        }
        Ok(())
    }
}

/// What may be changed of a report after submit; absent fields stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Edit {
    /// New category.
    #[n(0)]
    pub category: Option<CategoryCode>,
    /// New text.
    #[n(1)]
    pub text: Option<String>,
    /// New place.
    #[n(2)]
    pub place: Option<Place>,
}

impl Edit {
    /// The same with what the citizen wrote in composed form.
    #[must_use]
    pub fn composed(self) -> Self {
        Self { text: self.text.map(composed), ..self }
    }
}

/// Who sends, if they wish to say so. Sealed to the hub by the phone; only the hub
/// can read it. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Sender {
    /// Name.
    #[n(0)]
    pub name: Option<String>,
    /// Telephone number.
    #[n(1)]
    pub phone: Option<String>,
}

impl Sender {
    /// The same in composed form.
    #[must_use]
    pub fn composed(self) -> Self {
        Self { name: self.name.map(composed), phone: self.phone.map(composed) }
    }
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sender(..)")
    }
}

/// Holds a text to its limit, however its marks are written.
pub fn check_text(text: &str) -> Result<(), Code> {
    if count(text) > TEXT_CHARS_MAX { Err(Code::TextTooLong) } else { Ok(()) }
}
