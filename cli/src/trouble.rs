//! What went wrong, with its stable code and in both languages, whatever it came from.

use std::fmt;

use paht_model::fault::Code;
use paht_model::words::{Language, say_fault};
use paht_phone::PhoneError;
use serde::Serialize;

/// A failure as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Trouble {
    /// The stable code; `failed` where there is none.
    pub(crate) code: String,
    /// In Vietnamese.
    pub(crate) vi: String,
    /// In English.
    pub(crate) en: String,
}

impl Trouble {
    /// With words of its own.
    pub(crate) fn new(code: &str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: code.to_owned(), vi: vi.into(), en: en.into() }
    }

    /// What an error says. One that nobody gave a code is told as it is, with its causes.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        // A code may have been said about an error, or be somewhere beneath what was said.
        let said = error.downcast_ref::<Code>().copied().map(Self::from);
        let known = said.or_else(|| error.chain().find_map(Self::beneath));
        let told = || {
            let words = format!("{error:#}");
            Self::new("failed", words.clone(), words)
        };
        known.unwrap_or_else(told)
    }

    fn beneath(cause: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let code = cause.downcast_ref::<Code>().copied();
        let code = code.or_else(|| cause.downcast_ref::<PhoneError>().map(PhoneError::code));
        code.map(Self::from).or_else(|| cause.downcast_ref::<Self>().cloned())
    }

    /// In one language. What has no words but a code's is said in every language.
    pub(crate) fn said(&self, language: Language) -> String {
        let plain = Code::parse(&self.code).filter(|code| Self::from(*code) == *self);
        plain.map_or_else(|| language.either(&self.vi, &self.en).to_owned(), |code| say_fault(language, code))
    }
}

impl From<Code> for Trouble {
    fn from(code: Code) -> Self {
        Self::new(&code.to_string(), say_fault(Language::Vi, code), say_fault(Language::En, code))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.en)
    }
}

impl std::error::Error for Trouble {}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn a_code_is_found_beneath_what_was_said_and_as_what_was_said() {
        let beneath = Err::<(), _>(Code::MediaEmpty).context("reading a.jpg").unwrap_err();
        let said = Err::<(), _>(std::io::Error::other("reset")).context(Code::MediaEmpty).unwrap_err();
        for error in [beneath, said] {
            let trouble = Trouble::of(&error);
            assert_eq!(trouble.code, "media.empty");
            assert_ne!(trouble.vi, trouble.en);
            assert_eq!(trouble.said(Language::Ko), say_fault(Language::Ko, Code::MediaEmpty));
        }
    }

    #[test]
    fn words_of_its_own_stand_before_those_of_its_code() {
        let trouble = Trouble::new("media.empty", "trống", "nothing in it");
        assert_eq!(trouble.said(Language::Ko), "nothing in it");
        assert_eq!(trouble.said(Language::Vi), "trống");
    }

    #[test]
    fn an_error_without_a_code_is_told_with_its_causes() {
        let error = Err::<(), _>(std::io::Error::other("no route")).context("asking").unwrap_err();
        assert_eq!(Trouble::of(&error), Trouble::new("failed", "asking: no route", "asking: no route"));
    }
}
