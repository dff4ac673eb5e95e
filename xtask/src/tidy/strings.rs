//! Every message that the strings hold is said somewhere, and every message that is said is there. That the languages
//! have the same messages is tested in `core/model/tests/strings.rs`; what the apps say is theirs to use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{Finding, repo::Repo};

const STRINGS: &str = "core/model/strings/en.ftl";
const APP_STRINGS: &str = "core/model/strings/app/en.ftl";
/// How ids begin: a literal of this shape in Rust is one.
const FAMILIES: [&str; 3] = ["fault-", "portal-", "app-"];
/// Below which path which function or method takes the rest of an id, behind which beginning.
const SAYERS: [(&str, &str, &str); 4] = [
    ("ioc/server/", "say", "portal-"),
    ("ioc/server/", "say_with", "portal-"),
    ("ioc/server/src/portal/timeline.rs", "by", "portal-"),
    ("cli/src/wording.rs", "with", "portal-entry-"),
];
/// Ids, or how they begin, that are put together from a value; the model's tests hold them against the values.
const PUT_TOGETHER: [&str; 7] = [
    "fault-",
    "portal-stage-",
    "portal-grade-",
    "portal-alert-notice",
    "portal-alert-warning",
    "portal-alert-emergency",
    "portal-alert-unknown",
];
const RULE: &str = "strings";

/// Messages that nothing says, and ids said that no message has.
pub(super) fn used(repo: &Repo) -> Vec<Finding> {
    let Some(strings) = repo.text(STRINGS) else { return Vec::new() };
    let kept = ids(&strings);
    let app = ids(&repo.text(APP_STRINGS).unwrap_or_default());
    let mut findings = Vec::new();
    let mut said = BTreeSet::new();
    let pages: BTreeSet<&str> = repo.with_extension(&["html"]).collect();
    // A test says what it likes: that keeps no message alive, and breaks by itself.
    let is_ours = |path: &&str| !path.starts_with("xtask/") && !path.contains("/tests/");
    for path in repo.with_extension(&["rs", "html"]).filter(is_ours) {
        let text = repo.text(path).unwrap_or_default();
        let sayers = sayers(path);
        let found = if pages.contains(path) { in_page(&text, &sayers) } else { in_rust(&text, &sayers) };
        for (line, id) in found {
            if !kept.contains_key(&id) && !app.contains_key(&id) {
                findings.push(Finding::new(path, line, RULE, format!("says `{id}`, which is no message")));
            }
            said.insert(id);
        }
    }
    let is_idle = |id: &str| !said.contains(id) && !PUT_TOGETHER.iter().any(|start| id.starts_with(start));
    let idle = kept.iter().filter(|(id, _)| is_idle(id));
    findings
        .extend(idle.map(|(id, line)| Finding::new(STRINGS, *line, RULE, format!("nothing says `{id}`"))));
    findings
}

/// The ids of a file of messages, with their lines.
fn ids(strings: &str) -> BTreeMap<String, usize> {
    let lines = strings.lines().enumerate();
    let heads = lines.filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_lowercase()));
    heads.filter_map(|(index, line)| Some((line.split_once(" =")?.0.to_owned(), index + 1))).collect()
}

/// The sayers that a file can call, each with the beginning it puts before an id.
fn sayers(path: &str) -> Vec<(&'static str, &'static str)> {
    let here = SAYERS.iter().filter(|(below, ..)| path.starts_with(below));
    here.map(|(_, name, start)| (*name, *start)).collect()
}

/// The ids that a template says, with their lines.
fn in_page(text: &str, sayers: &[(&str, &str)]) -> Vec<(usize, String)> {
    let mut said = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (name, start) in sayers {
            let call = format!(".{name}(\"");
            let calls = line.split(&call).skip(1);
            let rests = calls.filter_map(|call| call.split('"').next());
            said.extend(rests.map(|rest| (index + 1, format!("{start}{rest}"))));
        }
    }
    said
}

/// The ids that a file of Rust says, with their lines.
fn in_rust(text: &str, sayers: &[(&str, &str)]) -> Vec<(usize, String)> {
    let mut said = Vec::new();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        walk(tokens, sayers, &mut said);
    }
    said
}

/// Takes whole ids wherever they stand, and the first argument of the sayers.
fn walk(tokens: TokenStream, sayers: &[(&str, &str)], said: &mut Vec<(usize, String)>) {
    let mut sayer = None;
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) => {
                sayer = sayers.iter().find(|(name, _)| ident == name);
                continue;
            }
            TokenTree::Literal(_) => {
                let whole = literal(&token).filter(|(_, id)| FAMILIES.iter().any(|one| id.starts_with(one)));
                said.extend(whole);
            }
            TokenTree::Group(group) => {
                if let Some((_, start)) = sayer.filter(|_| group.delimiter() == Delimiter::Parenthesis) {
                    let first = group.stream().into_iter().take_while(|token| !is_comma(token));
                    let mut rests = Vec::new();
                    literals(first.collect(), &mut rests);
                    rests.retain(|(_, rest)| !FAMILIES.iter().any(|one| rest.starts_with(one)));
                    said.extend(rests.into_iter().map(|(line, rest)| (line, format!("{start}{rest}"))));
                }
                walk(group.stream(), sayers, said);
            }
            TokenTree::Punct(_) => {}
        }
        sayer = None;
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

fn literals(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    for token in tokens {
        match &token {
            TokenTree::Group(group) => literals(group.stream(), found),
            _ => found.extend(literal(&token)),
        }
    }
}

/// A string that has the letters of an id and its end: a pattern of `format!` has others.
fn literal(token: &TokenTree) -> Option<(usize, String)> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string();
    let id = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_id = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (is_id && !id.is_empty() && !id.ends_with('-')).then(|| (literal.span().start().line, id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn found(strings: &str, files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![(STRINGS, strings), (APP_STRINGS, "app-name = PAHT\n")];
        all.extend(files);
        let found = used(&Fixture::new(&all).repo);
        found.iter().map(|f| format!("{}:{} {}", f.path, f.line, f.say)).collect()
    }

    const RUST: &str = "ioc/server/src/portal/a.rs";

    #[test]
    fn every_way_to_say_a_message_counts() {
        let strings = "# words\n\nportal-a = A\nportal-b = { $x }\nportal-entry-c = C\nportal-d = D\nfault-e-f = E\n\
                       portal-stage-g = G\nportal-h = H\n";
        let source = "fn f() { words.say(\"a\"); w.say_with(if x { \"b\" } else { \"a\" }, &[(\"x\", y)]); \
                      say(language, \"portal-d\"); words.say(&format!(\"stage-{}\", z)); say(l, \"app-name\") }";
        let cli = "fn f() { with(\"c\", &[(\"agency\", &a)]); }";
        let files = [
            (RUST, source),
            ("cli/src/wording.rs", cli),
            ("ioc/server/templates/a.html", "{{ frame.say(\"h\") }}"),
        ];
        assert!(found(strings, &files).is_empty(), "{:?}", found(strings, &files));
    }

    #[test]
    fn a_message_that_nothing_says_is_found() {
        let say = format!("{STRINGS}:2 nothing says `portal-b`");
        let source = "fn f() { words.say(\"a\"); }";
        let tests = ("ioc/server/tests/a.rs", "fn f() { words.say(\"b\"); }");
        for files in [vec![(RUST, source)], vec![(RUST, source), tests]] {
            assert_eq!(found("portal-a = A\nportal-b = B\n", &files).join("\n"), say);
        }
    }

    #[test]
    fn a_message_that_is_said_but_not_there_is_found() {
        let source = "fn f() {\n words.say(\"b\");\n let id = \"fault-c\"; }";
        let says = |line, id| format!("{RUST}:{line} says `{id}`, which is no message");
        assert_eq!(found("", &[(RUST, source)]), [says(2, "portal-b"), says(3, "fault-c")]);
        let page = ("ioc/server/templates/a.html", "<p>{{ frame.say(\"d\") }}");
        assert_eq!(found("", &[page]).len(), 1);
    }

    #[test]
    fn what_only_looks_alike_is_left_alone() {
        let source =
            "fn f() { out.say(\"b\"); x.starts_with(\"portal-\"); \"Portal-x\"; y.say(count, \"c\") }";
        assert!(found("", &[("cli/src/out.rs", source)]).is_empty());
    }
}
