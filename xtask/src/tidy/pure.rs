//! The crates that decide have no input or output: not in their manifests, and not in their sources.

use proc_macro2::{TokenStream, TokenTree};
use syn::UseTree;
use syn::visit::{self, Visit};

use super::{Finding, arrows, repo::Repo};

const PURE: [&str; 3] = ["paht-model", "paht-engine", "paht-hub"];
const BANNED_CRATES: [&str; 7] = ["tokio", "rusqlite", "reqwest", "axum", "hyper", "rustix", "getrandom"];
const BANNED_PREFIX: &str = "fs-";
const BANNED_PATHS: [&str; 6] =
    ["std::fs", "std::net", "std::process", "std::thread", "SystemTime", "Instant::now"];
const RULE: &str = "pure";

/// Dependencies by which a pure crate could reach a disk, a link, a clock or a die.
pub(super) fn manifests(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, manifest) in pure(repo) {
        for name in arrows::listed(&manifest, &["dependencies", "build-dependencies"]) {
            if BANNED_CRATES.contains(&name.as_str()) || name.starts_with(BANNED_PREFIX) {
                findings.push(Finding::new(
                    &path,
                    0,
                    RULE,
                    format!("`{name}` does input or output: take a port"),
                ));
            }
        }
    }
    findings
}

/// Mentions of the parts of `std` that do the same. Comments and strings may name them.
pub(super) fn sources(repo: &Repo) -> Vec<Finding> {
    let folders: Vec<String> =
        pure(repo).into_iter().map(|(path, _)| path.replace("Cargo.toml", "src/")).collect();
    let files =
        repo.with_extension(&["rs"]).filter(|path| folders.iter().any(|folder| path.starts_with(folder)));
    files.flat_map(|path| of_file(path, &repo.text(path).unwrap_or_default())).collect()
}

fn pure(repo: &Repo) -> Vec<(String, toml::Table)> {
    let mut manifests = arrows::manifests(repo);
    manifests.retain(|(_, manifest)| PURE.contains(&arrows::package(manifest)));
    manifests
}

fn of_file(path: &str, text: &str) -> Vec<Finding> {
    let mut mentions = Vec::new();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        let mut words = Vec::new();
        flatten(tokens, &mut words);
        mentions.extend(paths(&words));
    }
    if let Ok(file) = syn::parse_file(text) {
        let mut uses = Uses(Vec::new());
        uses.visit_file(&file);
        mentions.extend(uses.0);
    }
    let mut findings: Vec<Finding> = mentions
        .iter()
        .filter_map(|(line, mention)| {
            let banned = BANNED_PATHS.iter().find(|banned| contains(mention, banned))?;
            Some(Finding::new(
                path,
                *line,
                RULE,
                format!("`{banned}` in a crate that only decides: take a port"),
            ))
        })
        .collect();
    findings.sort();
    findings.dedup();
    findings
}

/// Whether `mention` has all segments of `banned` in a row, whole.
fn contains(mention: &str, banned: &str) -> bool {
    format!("::{mention}::").contains(&format!("::{banned}::"))
}

/// Identifiers and punctuation with their lines, groups laid open. Literals, and so docs, are left out.
fn flatten(tokens: TokenStream, words: &mut Vec<(usize, String)>) {
    for token in tokens {
        let line = token.span().start().line;
        match token {
            TokenTree::Group(group) => {
                words.push((line, "(".into()));
                flatten(group.stream(), words);
                words.push((line, ")".into()));
            }
            TokenTree::Ident(ident) => words.push((line, ident.to_string())),
            TokenTree::Punct(punct) => words.push((line, punct.to_string())),
            TokenTree::Literal(_) => words.push((line, "\"".into())),
        }
    }
}

/// The runs of `a::b::c` among the words, macros' bodies included.
fn paths(words: &[(usize, String)]) -> Vec<(usize, String)> {
    let mut paths: Vec<(usize, String)> = Vec::new();
    let (mut colons, mut after_word) = (0, false);
    for (line, word) in words {
        let is_word = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        match paths.last_mut() {
            Some((_, path)) if is_word && after_word && colons == 2 => {
                path.push_str("::");
                path.push_str(word);
            }
            _ if is_word => paths.push((*line, word.clone())),
            _ => {}
        }
        colons = if word == ":" { colons + 1 } else { 0 };
        after_word = is_word || (after_word && word == ":");
    }
    paths
}

/// Every path that a `use` brings in, groups written out.
struct Uses(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree("", &item.tree);
        visit::visit_item_use(self, item);
    }
}

impl Uses {
    fn tree(&mut self, before: &str, tree: &UseTree) {
        let mut leaf = |ident: &syn::Ident| {
            self.0.push((ident.span().start().line, format!("{before}{ident}")));
        };
        match tree {
            UseTree::Path(path) => self.tree(&format!("{before}{}::", path.ident), &path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(before, tree)),
            UseTree::Name(name) => leaf(&name.ident),
            UseTree::Rename(rename) => leaf(&rename.ident),
            UseTree::Glob(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn hub(manifest: &str, source: &str) -> Fixture {
        let manifest = format!("[package]\nname = \"paht-hub\"\n{manifest}");
        Fixture::new(&[
            ("Cargo.toml", "[workspace]\nmembers = [\"hub\"]"),
            ("hub/Cargo.toml", &manifest),
            ("hub/src/a.rs", source),
        ])
    }

    fn mentions(source: &str) -> Vec<usize> {
        sources(&hub("", source).repo).iter().map(|f| f.line).collect()
    }

    #[test]
    fn a_dependency_that_does_io_is_found() {
        assert!(manifests(&hub("[dependencies]\nserde = \"1\"", "").repo).is_empty());
        assert_eq!(manifests(&hub("[dependencies]\ntokio = \"1\"", "").repo).len(), 1);
        assert_eq!(manifests(&hub("[dependencies]\nfs-extra = \"1\"", "").repo).len(), 1);
        assert!(manifests(&hub("[dev-dependencies]\ntokio = \"1\"", "").repo).is_empty());
    }

    #[test]
    fn every_way_to_mention_io_is_found() {
        assert_eq!(mentions("\nfn f() { std::fs::read(\"x\"); }"), [2]);
        assert_eq!(mentions("use std::{fs, io};"), [1]);
        assert_eq!(mentions("use std::{\n    net as n,\n    time::SystemTime,\n};"), [2, 3]);
        assert_eq!(mentions("fn f() { vec![std::thread::spawn(g)]; }"), [1]);
        assert_eq!(mentions("fn f() { Instant::now(); }"), [1]);
    }

    #[test]
    fn words_and_look_alikes_are_left_alone() {
        assert!(
            mentions("//! Not std::fs.\n/// Nor SystemTime.\nfn f() { g(\"std::net\"); std::fmt::x(); }")
                .is_empty()
        );
        assert!(mentions("fn f(fs: Instant) { a::process::b(); MySystemTime::x(); }").is_empty());
    }
}
