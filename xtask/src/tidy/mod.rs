//! `cargo xtask tidy`: the house rules that no other tool checks.
//!
//! A check is a function from the repository to its findings. To add a rule, write one beside the others, with a
//! test in which it finds something, and put it in [`CHECKS`].

mod arrows;
mod links;
mod migrations;
mod names;
mod pure;
mod readme;
mod repo;
mod shape;
mod size;
mod strings;
mod words;

use std::fmt;

use anyhow::{Result, bail};

use crate::run;
use repo::Repo;

/// One breach of a rule, at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// From the root, with `/`.
    path: String,
    /// From 1; 0 where the whole file is meant.
    line: usize,
    rule: &'static str,
    say: String,
}

impl Finding {
    fn new(path: &str, line: usize, rule: &'static str, say: impl Into<String>) -> Self {
        Finding { path: path.into(), line, rule, say: say.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: [{}] {}", self.path, self.rule, self.say)
        } else {
            write!(f, "{}:{}: [{}] {}", self.path, self.line, self.rule, self.say)
        }
    }
}

type Check = fn(&Repo) -> Vec<Finding>;

const CHECKS: [Check; 12] = [
    size::files,
    shape::rust,
    names::modules,
    pure::manifests,
    pure::sources,
    arrows::dependencies,
    arrows::members,
    migrations::numbers,
    readme::tree,
    links::pages,
    words::forbidden,
    strings::used,
];

/// Runs every check over what git tracks or would track.
///
/// # Errors
/// When anything is found; each finding is printed with its place.
pub(crate) fn run() -> Result<()> {
    let repo = Repo::open(&run::root())?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&repo)).collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("tidy: {} files, {} checks, nothing found", repo.files.len(), CHECKS.len());
        return Ok(());
    }
    bail!("tidy found {}", findings.len())
}
