//! What people read, in their language: one Fluent set for phone and hub.
//!
//! Each language has two files with the same ids as every other's: `strings/<tag>.ftl` is said here and by the hub,
//! `strings/app/<tag>.ftl` on the screens of the phone apps. They are read when somebody first asks for the language.

mod language;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub use language::Language;

use crate::fault::Code;

/// A message by its id.
pub fn say(language: Language, id: &str) -> String {
    say_with(language, id, &[])
}

/// A message by its id, with its arguments; the English one where the language lacks it, and the id itself where there is
/// no such message, so that a gap is seen.
///
/// Arguments are text, ready to be read. Only `count` is a number, plain digits, by which a language chooses its plural.
pub fn say_with(language: Language, id: &str, args: &[(&str, &str)]) -> String {
    said(tried(language).into_iter().map(of), id, args)
}

/// What a person reads for a code: what is wrong and the way out.
pub fn say_fault(language: Language, code: Code) -> String {
    match code {
        Code::Unknown(number) => say_with(language, "fault-unknown", &[("number", &number.to_string())]),
        known => say(language, &format!("fault-{}", known.as_str().replace('.', "-"))),
    }
}

/// A language's files of messages, as they are written: those of phone and hub, then those of the apps.
pub const fn sources(language: Language) -> [&'static str; 2] {
    macro_rules! files {
        ($tag:literal) => {
            [
                include_str!(concat!("../../strings/", $tag, ".ftl")),
                include_str!(concat!("../../strings/app/", $tag, ".ftl")),
            ]
        };
    }
    match language {
        Language::Vi => files!("vi"),
        Language::En => files!("en"),
        Language::Fr => files!("fr"),
        Language::Ja => files!("ja"),
        Language::Ko => files!("ko"),
        Language::ZhHans => files!("zh-Hans"),
    }
}

/// The languages in which a message is looked for, in this order.
const fn tried(language: Language) -> [Language; 2] {
    [language, Language::En]
}

type Bundle = FluentBundle<FluentResource>;

/// The argument that is a number.
const COUNT: &str = "count";

fn of(language: Language) -> &'static Bundle {
    macro_rules! read {
        ($language:expr) => {{
            static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle($language.tag(), &sources($language)));
            &BUNDLE
        }};
    }
    match language {
        Language::Vi => read!(Language::Vi),
        Language::En => read!(Language::En),
        Language::Fr => read!(Language::Fr),
        Language::Ja => read!(Language::Ja),
        Language::Ko => read!(Language::Ko),
        Language::ZhHans => read!(Language::ZhHans),
    }
}

fn bundle(tag: &str, sources: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tag.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for source in sources {
        // A broken line loses that message alone; `tests/strings.rs` finds it.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The message of the first bundle that has it.
fn said<'b>(mut bundles: impl Iterator<Item = &'b Bundle>, id: &str, args: &[(&str, &str)]) -> String {
    let found = bundles.find_map(|bundle| Some((bundle, bundle.get_message(id)?.value()?)));
    let Some((bundle, pattern)) = found else { return id.to_owned() };
    let mut values = FluentArgs::new();
    for (name, value) in args {
        let is_number = *name == COUNT && value.bytes().all(|byte| byte.is_ascii_digit());
        let value = if is_number { FluentValue::try_number(value) } else { FluentValue::from(*value) };
        values.set(*name, value);
    }
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_said_in_every_language() {
        for code in Code::ALL {
            let english = say_fault(Language::En, *code);
            for language in Language::ALL {
                let said = say_fault(language, *code);
                assert!(!said.starts_with("fault-"), "{code} has no words in {}", language.tag());
                assert_eq!(said == english, language == Language::En, "{code} in {}", language.tag());
            }
        }
        assert!(say_fault(Language::Ko, Code::Unknown(4_711)).contains("4711"));
    }

    #[test]
    fn what_a_language_lacks_is_said_in_english_then_by_its_id() {
        let bundles = [bundle("fr", &["a = un"]), bundle("en", &["a = one", "b = two { $count }"])];
        let said = |id| said(bundles.iter(), id, &[("count", "2")]);
        assert_eq!([said("a"), said("b"), said("c")], ["un", "two 2", "c"]);
        assert_eq!(tried(Language::Fr), [Language::Fr, Language::En]);
    }

    #[test]
    fn the_count_chooses_the_plural() {
        let source = "a = { $count ->\n    [one] { $count } jour\n   *[other] { $count } jours\n }";
        let bundle = bundle("fr", &[source]);
        let said = |count| said(std::iter::once(&bundle), "a", &[("count", count)]);
        assert_eq!([said("0"), said("1"), said("20000")], ["0 jour", "1 jour", "20000 jours"]);
    }
}
