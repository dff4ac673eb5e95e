//! What people read is the same in every language but for the words: the same messages in the same order, with the same
//! variables, none left out or untranslated, none too long for the button it stands on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use paht_model::alert::Level;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, CategoryCode, Sha256};
use paht_model::part::PartKind;
use paht_model::time::UnixMs;
use paht_model::timeline::{Carrier, Publication, Speaker, What};
use paht_model::words::{Language, sources};

/// Messages that two languages may say alike: the name, signs, units, and words that both took from a third.
const ALIKE: [&str; 10] = [
    "app-button-ok",
    "app-button-save",
    "app-duration-minutes",
    "app-name",
    "app-nearby-kilometres",
    "app-nearby-metres",
    "app-size-gigabytes",
    "app-size-kilobytes",
    "app-size-megabytes",
    "portal-urgent",
];
/// What stands for a variable where a message is measured.
const VALUE: &str = "000";

/// One entry of a file.
struct Line {
    /// The message's id; empty for a comment.
    id: String,
    /// Its words in every form, with a value in each variable's place.
    forms: Vec<(String, String)>,
    variables: BTreeSet<String>,
}

fn read(source: &str, name: &str) -> Vec<Line> {
    let resource = parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
    let line = |entry: &Entry<&str>| match entry {
        Entry::Message(message) => {
            let mut line = Line { id: message.id.name.into(), forms: Vec::new(), variables: BTreeSet::new() };
            let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{name}: {} is empty", line.id));
            line.take(pattern, "");
            line
        }
        Entry::Comment(_) => Line { id: String::new(), forms: Vec::new(), variables: BTreeSet::new() },
        other => panic!("{name}: this has no place here: {other:?}"),
    };
    resource.body.iter().map(line).collect()
}

impl Line {
    fn take(&mut self, pattern: &Pattern<&str>, form: &str) {
        let mut words = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => words.push_str(value),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    self.variables.insert(variable(inline));
                    words.push_str(VALUE);
                }
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    self.variables.insert(variable(selector));
                    for variant in variants {
                        self.take(&variant.value, &format!("{:?}", variant.key));
                    }
                }
            }
        }
        if !words.trim().is_empty() {
            self.forms.push((form.to_owned(), words));
        }
    }

    fn counts(&self) -> bool {
        self.forms.iter().any(|(form, _)| !form.is_empty())
    }
}

fn variable(expression: &InlineExpression<&str>) -> String {
    match expression {
        InlineExpression::VariableReference { id } => id.name.to_owned(),
        other => panic!("only variables are put into words: {other:?}"),
    }
}

/// Both files of a language.
fn files(language: Language) -> [Vec<Line>; 2] {
    sources(language).map(|source| read(source, language.tag()))
}

/// The messages of a language, comments left out.
fn messages(language: Language) -> Vec<Line> {
    files(language).into_iter().flatten().filter(|line| !line.id.is_empty()).collect()
}

#[test]
fn every_language_has_the_same_messages_and_comments_in_the_same_order() {
    let ids = |language| files(language).map(|file| file.into_iter().map(|line| line.id).collect::<Vec<_>>());
    let english = ids(Language::En);
    for language in Language::ALL {
        assert_eq!(ids(language), english, "{}", language.tag());
    }
    let mut seen = BTreeSet::new();
    assert!(english.iter().flatten().filter(|id| !id.is_empty()).all(|id| seen.insert(id)), "an id twice");
    let [said, app] = english;
    assert!(said.iter().all(|id| !id.starts_with("app-")));
    assert!(app.iter().all(|id| id.is_empty() || id.starts_with("app-")));
}

#[test]
fn a_message_has_the_same_variables_in_every_language() {
    let english = messages(Language::En);
    let is_camel = |name: &String| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    for language in Language::ALL {
        for (line, other) in messages(language).iter().zip(&english) {
            assert_eq!(line.variables, other.variables, "{} in {}", line.id, language.tag());
            assert!(line.variables.iter().all(is_camel), "{}", line.id);
        }
    }
}

#[test]
fn what_counts_in_one_language_counts_in_all_and_has_the_forms_its_language_needs() {
    let english = messages(Language::En);
    for language in Language::ALL {
        let forms = if matches!(language, Language::En | Language::Fr) { 2 } else { 1 };
        for (line, other) in messages(language).iter().zip(&english) {
            assert_eq!(line.counts(), other.counts(), "{} in {}", line.id, language.tag());
            if line.counts() {
                assert!(line.variables.contains("count"), "{}", line.id);
                assert_eq!(line.forms.len(), forms, "{} in {}", line.id, language.tag());
            }
        }
    }
}

#[test]
fn nothing_is_empty_or_left_in_another_language() {
    let all = Language::ALL.map(messages);
    let mut alike = BTreeSet::new();
    for at in 0..all[0].len() {
        for (number, language) in Language::ALL.iter().enumerate() {
            let line = &all[number][at];
            assert!(!line.forms.is_empty(), "{} is empty in {}", line.id, language.tag());
            if all[..number].iter().any(|before| before[at].forms == line.forms) {
                alike.insert(line.id.as_str());
            }
        }
    }
    assert_eq!(alike, BTreeSet::from(ALIKE));
}

#[test]
fn a_button_and_a_tab_hold_their_words() {
    for language in Language::ALL {
        let wide = matches!(language, Language::Ja | Language::Ko | Language::ZhHans);
        for line in messages(language) {
            let chars_max = match line.id.as_str() {
                id if id.starts_with("app-button-") => {
                    if wide {
                        12
                    } else {
                        22
                    }
                }
                id if id.starts_with("app-tab-") => 14,
                _ => continue,
            };
            for (_, words) in &line.forms {
                assert!(words.chars().count() <= chars_max, "{} in {}: {words}", line.id, language.tag());
            }
        }
    }
}

#[test]
fn every_code_and_no_other_has_words() {
    let said: BTreeSet<String> = messages(Language::En)
        .into_iter()
        .map(|line| line.id)
        .filter(|id| id.starts_with("fault-"))
        .collect();
    let known = Code::ALL.iter().map(|code| code.as_str()).chain(["unknown"]);
    assert_eq!(said, known.map(|code| format!("fault-{}", code.replace('.', "-"))).collect());
}

#[test]
fn every_stage_and_no_other_has_words() {
    let ids: Vec<String> = messages(Language::En).into_iter().map(|line| line.id).collect();
    for prefix in ["portal-stage-", "app-stage-"] {
        let said: Vec<&str> = ids.iter().filter_map(|id| id.strip_prefix(prefix)).collect();
        assert_eq!(said, Stage::ALL.map(Stage::as_str), "{prefix}");
    }
}

#[test]
fn every_level_of_an_alert_has_words() {
    let ids: Vec<String> = messages(Language::En).into_iter().map(|line| line.id).collect();
    for level in [Level::Notice, Level::Warning, Level::Emergency, Level::Unknown(9)] {
        assert!(ids.contains(&format!("portal-alert-{}", level.as_str())), "{level:?}");
    }
}

/// What the apps say of an entry. A new one does not compile until it is here, and then needs its words.
fn of_entry(what: &What) -> &'static str {
    match what {
        What::Received { .. } => "received",
        What::Classified { area: None, .. } => "classified",
        What::Classified { area: Some(_), .. } => "classified-area",
        What::Refused => "refused",
        What::Duplicate { .. } => "duplicate",
        What::Dispatched { .. } => "dispatched",
        What::InProgress { .. } => "in-progress",
        What::Returned { .. } => "returned",
        What::Answered { .. } => "answered",
        What::Closed { .. } => "closed",
        What::Rated { .. } => "rated",
        What::Reopened { .. } => "reopened",
        What::TimeAsked { .. } => "time-asked",
        What::TimeGiven { .. } => "time-given",
        What::Commented { by: Speaker::Citizen } => "commented-citizen",
        What::Commented { by: Speaker::Agency } => "commented-agency",
        What::Commented { by: Speaker::Operator } => "commented-operator",
        What::Commented { by: Speaker::Unknown(_) } => "commented",
        What::Edited => "edited",
        What::Withdrawn => "withdrawn",
        What::Arrived { part: PartKind::Original, .. } => "arrived",
        What::Arrived { part: PartKind::Rendition, .. } => "arrived-clear",
        What::Arrived { part: PartKind::VoiceNote, .. } => "arrived-voice",
        What::Arrived { .. } => "arrived-small",
        What::Published { to: Publication::Public } => "published",
        What::Published { to: Publication::Held } => "held",
        What::Published { to: Publication::TakenDown } => "taken-down",
        What::Carried { by: Carrier::Http } => "carried-http",
        What::Carried { by: Carrier::Sms } => "carried-sms",
        What::Carried { by: Carrier::Text } => "carried-text",
        What::Carried { by: Carrier::Courier } => "carried-courier",
        What::Published { to: Publication::Unknown(_) }
        | What::Carried { by: Carrier::Unknown(_) }
        | What::Unknown { .. } => "unknown",
    }
}

#[test]
fn every_entry_of_a_timeline_has_words_in_the_apps() {
    let case = CaseCode::parse("HUE-0000-000").unwrap();
    let category = CategoryCode::parse("traffic").unwrap();
    let agency = AgencyId::parse("so-xay-dung").unwrap();
    let (due, hash) = (UnixMs::from_millis(0), Sha256::of(b""));
    let speakers = [Speaker::Citizen, Speaker::Agency, Speaker::Operator, Speaker::Unknown(9)];
    let audiences = [Publication::Public, Publication::Held, Publication::TakenDown, Publication::Unknown(9)];
    let mut entries = vec![
        What::Received { case: case.clone() },
        What::Classified { category: category.clone(), area: None },
        What::Classified { category, area: Some("19753".parse().unwrap()) },
        What::Refused,
        What::Duplicate { of: case },
        What::Dispatched { assignment: 1, agency, due },
        What::InProgress { assignment: 1 },
        What::Returned { assignment: 1 },
        What::Answered { assignment: 1, answer: 1, evidence: Vec::new() },
        What::Closed { assignment: 1 },
        What::Rated { assignment: 1, answer: 1, grade: 5 },
        What::Reopened { assignment: 1, due },
        What::TimeAsked { assignment: 1, until: due },
        What::TimeGiven { assignment: 1, due },
        What::Edited,
        What::Withdrawn,
        What::Arrived { part: PartKind::Original, hash },
        What::Arrived { part: PartKind::Preview, hash },
        What::Arrived { part: PartKind::Rendition, hash },
        What::Arrived { part: PartKind::VoiceNote, hash },
    ];
    entries.extend(speakers.map(|by| What::Commented { by }));
    entries.extend(audiences.map(|to| What::Published { to }));
    let carriers = [Carrier::Http, Carrier::Sms, Carrier::Text, Carrier::Courier, Carrier::Unknown(9)];
    entries.extend(carriers.map(|by| What::Carried { by }));
    // A question is a comment of a newer hub; its words are here before it.
    let expected: BTreeSet<&str> = entries.iter().map(of_entry).chain(["asked"]).collect();
    let lines = messages(Language::En);
    let said: BTreeSet<&str> =
        lines.iter().filter_map(|line| line.id.strip_prefix("app-timeline-")).collect();
    assert_eq!(said, expected);
}
