//! The tree that README.md draws is the tree that is there: every folder of the top two levels.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, repo::Repo};

const README: &str = "README.md";
const RULE: &str = "readme-tree";
const FENCE: &str = "```tree";
const INDENT: &str = "  ";

/// Folders that are drawn but not there, and there but not drawn. `src` goes without saying.
pub(super) fn tree(repo: &Repo) -> Vec<Finding> {
    let text = repo.text(README).unwrap_or_default();
    let Some(drawn) = drawn(&text) else {
        return vec![Finding::new(README, 0, RULE, format!("has no {FENCE} block"))];
    };
    let real = real(&repo.files);
    let gone = drawn.iter().filter(|(folder, _)| !real.contains(*folder));
    let gone = gone.map(|(folder, line)| {
        Finding::new(README, *line, RULE, format!("draws `{folder}/`, which is not there"))
    });
    let new = real.iter().filter(|folder| !drawn.contains_key(*folder));
    gone.chain(new.map(|folder| Finding::new(README, 0, RULE, format!("does not draw `{folder}/`"))))
        .collect()
}

/// The folders of the block, with their lines. Below a folder, its children are indented by two.
fn drawn(text: &str) -> Option<BTreeMap<String, usize>> {
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim() != FENCE);
    lines.next()?;
    let (mut folders, mut parent) = (BTreeMap::new(), String::new());
    for (index, line) in lines.take_while(|(_, line)| !line.starts_with("```")) {
        let Some(name) = line.split_whitespace().next().and_then(|word| word.strip_suffix('/')) else {
            continue;
        };
        let folder = if line.starts_with(INDENT) { format!("{parent}/{name}") } else { name.to_owned() };
        if !line.starts_with(INDENT) {
            parent.clone_from(&folder);
        }
        folders.insert(folder, index + 1);
    }
    Some(folders)
}

fn real(files: &[String]) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in files {
        let mut parts = path.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev();
        let Some(first) = parts.next() else { continue };
        folders.insert(first.to_owned());
        if let Some(second) = parts.next().filter(|second| *second != "src") {
            folders.insert(format!("{first}/{second}"));
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    const FILES: [&str; 4] = ["core/model/src/a.rs", "cli/src/main.rs", ".ci/run", "Cargo.toml"];

    fn found(readme: &str) -> Vec<String> {
        let mut files: Vec<(&str, &str)> = FILES.iter().map(|path| (*path, "")).collect();
        files.push((README, readme));
        tree(&Fixture::new(&files).repo).into_iter().map(|f| f.say).collect()
    }

    #[test]
    fn a_true_tree_is_clean() {
        assert!(found("# x\n```tree\n.ci/      checks\ncore/\n  model/  words\ncli/\n```\n").is_empty());
    }

    #[test]
    fn a_folder_that_is_gone_is_found() {
        let say = found("```tree\n.ci/\ncore/\n  model/\n  old/\ncli/\n```\n");
        assert_eq!(say, ["draws `core/old/`, which is not there"]);
    }

    #[test]
    fn a_folder_that_is_new_is_found() {
        assert_eq!(found("```tree\ncore/\n  model/\ncli/\n```\n"), ["does not draw `.ci/`"]);
    }

    #[test]
    fn a_missing_block_is_found() {
        assert_eq!(found("# x\n"), ["has no ```tree block"]);
    }
}
