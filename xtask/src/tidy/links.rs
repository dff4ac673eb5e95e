//! Links between our own pages lead somewhere.

use super::{Finding, repo::Repo};

/// Links in Markdown to files that are not there. Links to other hosts and to headings are left alone.
pub(super) fn pages(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in repo.with_extension(&["md"]) {
        let text = repo.text(page).unwrap_or_default();
        for (index, line) in text.lines().enumerate() {
            for link in links(line) {
                let target = resolve(page, link);
                if !repo.has(&target) {
                    let say = format!("links to `{target}`, which is not there");
                    findings.push(Finding::new(page, index + 1, "link", say));
                }
            }
        }
    }
    findings
}

/// The paths of a line's `[words](path)`, without their `#heading`.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let paths = targets.map(|(target, _)| target.split('#').next().unwrap_or_default());
    paths.filter(|path| !path.is_empty() && !path.contains("://") && !path.starts_with("mailto:"))
}

/// `link` as seen from the page's folder, written from the root.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn found(link: &str) -> usize {
        let page = format!("see [it]({link}), and [that](https://example.org/x)");
        pages(&Fixture::new(&[("docs/adr/a.md", &page), ("docs/b.md", ""), ("README.md", "")]).repo).len()
    }

    #[test]
    fn links_that_lead_somewhere_are_clean() {
        let there = ["../b.md", "../b.md#part", "../../README.md", "./a.md", "../", "#part"];
        assert!(there.into_iter().all(|link| found(link) == 0));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        assert_eq!(found("../gone.md"), 1);
        assert_eq!(found("b.md"), 1);
    }
}
