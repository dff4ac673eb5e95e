//! What people read, from the one set of strings that phone and hub share.

use std::collections::HashMap;

use paht_model::words;

use crate::error::ErrorCode;

/// A language we speak.
pub type Language = words::Language;

/// A language we speak.
#[uniffi::remote(Enum)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
    /// French.
    Fr,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
    /// Chinese in simplified letters.
    ZhHans,
}

/// The best match for BCP 47 tags, the most wanted first, separated by commas; Vietnamese where nothing fits.
#[uniffi::export]
pub fn best_language(tags: &str) -> Language {
    Language::best(tags)
}

/// A message by its id; the English one where the language lacks it, and the id itself where there is none, so that a gap
/// is seen.
#[uniffi::export]
pub fn say(language: Language, id: &str) -> String {
    words::say(language, id)
}

/// A message by its id, with its arguments: text ready to be read, but for `count`, which is plain digits and chooses the
/// plural.
#[uniffi::export]
#[allow(clippy::needless_pass_by_value, clippy::implicit_hasher, reason = "what crosses is owned, and plain")]
pub fn say_with(language: Language, id: &str, args: HashMap<String, String>) -> String {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    words::say_with(language, id, &args)
}

/// What is wrong, and the way out.
#[uniffi::export]
pub fn say_error(language: Language, code: ErrorCode) -> String {
    words::say_fault(language, code)
}

/// The code's dotted name, as `docs/errors.md` lists it: for a support call, not for a screen.
#[uniffi::export]
pub fn error_name(code: ErrorCode) -> String {
    code.to_string()
}
