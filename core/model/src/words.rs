//! What people read, in their language: one Fluent set for phone and hub.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

use crate::fault::Code;

/// A language we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// The best match for a BCP 47 tag or an `Accept-Language` header; Vietnamese where nothing fits.
    pub fn best(tags: &str) -> Self {
        let first =
            tags.split(',').find_map(|tag| match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "vi" => Some(Self::Vi),
                "en" => Some(Self::En),
                _ => None,
            });
        first.unwrap_or_default()
    }

    /// Its tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static VI: LazyLock<Bundle> = LazyLock::new(|| bundle("vi", include_str!("../strings/vi.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", include_str!("../strings/en.ftl")));

fn bundle(tag: &str, source: &str) -> Bundle {
    // A broken line loses that message alone; the test below finds it.
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = Bundle::new_concurrent(tag.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A message by its id, with its arguments; the id itself where there is no such message, so that a gap is seen.
pub fn say_with(language: Language, id: &str, args: &[(&str, &str)]) -> String {
    let bundle: &Bundle = match language {
        Language::Vi => &VI,
        Language::En => &EN,
    };
    let mut values = FluentArgs::new();
    for (name, value) in args {
        values.set((*name).to_owned(), (*value).to_owned());
    }
    let pattern = bundle.get_message(id).and_then(|message| message.value());
    pattern.map_or_else(
        || id.to_owned(),
        |p| bundle.format_pattern(p, Some(&values), &mut Vec::new()).into_owned(),
    )
}

/// A message by its id.
pub fn say(language: Language, id: &str) -> String {
    say_with(language, id, &[])
}

/// What a person reads for a code: what is wrong and the way out.
pub fn say_fault(language: Language, code: Code) -> String {
    match code {
        Code::Unknown(number) => say_with(language, "fault-unknown", &[("number", &number.to_string())]),
        known => say(language, &fault_id(known)),
    }
}

fn fault_id(code: Code) -> String {
    format!("fault-{}", code.as_str().replace('.', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_said_in_both_languages() {
        for code in Code::ALL {
            for language in [Language::Vi, Language::En] {
                let said = say_fault(language, *code);
                assert!(!said.starts_with("fault-"), "{code} has no words in {}", language.tag());
            }
            assert_ne!(say_fault(Language::Vi, *code), say_fault(Language::En, *code), "{code}");
        }
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let ids = |text: &str| -> Vec<String> {
            let heads = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()));
            heads.filter_map(|l| l.split_once(" =").map(|(id, _)| id.to_owned())).collect()
        };
        assert_eq!(ids(include_str!("../strings/vi.ftl")), ids(include_str!("../strings/en.ftl")));
    }

    #[test]
    fn the_language_is_the_first_we_speak() {
        assert_eq!(Language::best("fr-FR,en;q=0.8,vi;q=0.5"), Language::En);
        assert_eq!(Language::best(""), Language::Vi);
    }
}
