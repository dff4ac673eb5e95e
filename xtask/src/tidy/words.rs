//! What no file may say: work put off, tests switched off, and places that exist on one machine only.

use super::{Finding, repo::Repo};

/// What is put off, as it is written in code. In two halves, so that this file does not find itself.
const PUT_OFF: [(&str, &str); 4] = [("TO", "DO"), ("FIX", "ME"), ("todo", "!"), ("unimplemented", "!")];
const SWITCHED_OFF: (&str, &str) = ("#[", "ignore");
const MACHINE_PATH: (&str, &str) = ("/wo", "rk/");
/// Hosts that packages are fetched from: which one is the business of each machine's own configuration.
const HOSTS: [(&str, &str); 9] = [
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("registry.", "npmjs.org"),
    ("registry.", "yarnpkg.com"),
    ("files.", "pythonhosted.org"),
    ("deb.", "debian.org"),
    ("repo1.", "maven.org"),
    ("repo.maven.", "apache.org"),
    ("proxy.", "golang.org"),
];
const CODE: [&str; 11] = ["rs", "kt", "swift", "ts", "mjs", "js", "py", "sql", "html", "css", "toml"];

/// Lines that hold a forbidden word, in every text file.
pub(super) fn forbidden(repo: &Repo) -> Vec<Finding> {
    let code: Vec<&str> = repo.with_extension(&CODE).collect();
    let mut findings = Vec::new();
    for path in &repo.files {
        let Some(text) = repo.text(path) else { continue };
        let is_code = code.contains(&path.as_str());
        for (index, line) in text.lines().enumerate() {
            let mut found = |rule, say: &str| findings.push(Finding::new(path, index + 1, rule, say));
            if is_code && PUT_OFF.iter().any(|word| has_word(line, word)) {
                found("put-off", "finish it, or write an issue");
            }
            if is_code && line.contains(&joined(&SWITCHED_OFF)) {
                found("switched-off", "a test that does not run is no test");
            }
            if has_word(line, &MACHINE_PATH) {
                found("machine-path", "names a folder of one machine");
            }
            if HOSTS.iter().any(|host| line.contains(&joined(host))) {
                found("registry-host", "names a registry's host: leave that to the machine's configuration");
            }
        }
    }
    findings
}

fn joined((start, end): &(&str, &str)) -> String {
    format!("{start}{end}")
}

/// Whether `line` has the word, not as the tail or head of a longer one.
fn has_word(line: &str, word: &(&str, &str)) -> bool {
    let word = joined(word);
    let is_inner = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    line.match_indices(&word).any(|(at, _)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|tail| tail.chars().next());
        let ends_open = !word.ends_with(char::is_alphanumeric);
        !before.is_some_and(|c| is_inner(c) || c == '.') && (ends_open || !after.is_some_and(is_inner))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn found(path: &str, text: &str) -> Vec<&'static str> {
        forbidden(&Fixture::new(&[(path, text)]).repo).iter().map(|f| f.rule).collect()
    }

    #[test]
    fn work_put_off_is_found_in_code() {
        for word in &PUT_OFF {
            assert_eq!(found("a.rs", &format!("// {} later", joined(word))), ["put-off"]);
        }
        assert!(found("a.md", &format!("never {}", joined(&PUT_OFF[0]))).is_empty());
        assert!(found("a.rs", "let mastodon = \"AUTODOC METODOLOGY\";").is_empty());
    }

    #[test]
    fn a_test_switched_off_is_found() {
        assert_eq!(found("a.rs", &format!("{}]", joined(&SWITCHED_OFF))), ["switched-off"]);
        assert_eq!(found("a.rs", &format!("{} = \"slow\"]", joined(&SWITCHED_OFF))), ["switched-off"]);
    }

    #[test]
    fn a_path_of_this_machine_is_found() {
        assert_eq!(found("a.md", &format!("see {}main", joined(&MACHINE_PATH))), ["machine-path"]);
        assert!(found("a.md", "see docs/work/main and ./work/x and frame/work").is_empty());
    }

    #[test]
    fn a_registry_host_is_found() {
        for host in &HOSTS {
            assert_eq!(found("a.json", &format!("\"https://{}/x\"", joined(host))), ["registry-host"]);
        }
        assert!(found("Cargo.lock", "registry+https://github.com/rust-lang/crates.io-index").is_empty());
    }
}
