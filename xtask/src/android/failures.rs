//! Which tests failed, said once more at the end: Maven names them far above, where a log cut short has lost them.

use std::path::Path;

/// The failed tests under `android`, one a line with the first line of what they said, as Surefire's reports have them.
pub(crate) fn told(android: &Path) -> Vec<String> {
    let modules = ["kit", "app"].map(|module| android.join(module).join("target/surefire-reports"));
    let files = modules.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .flat_map(|report| failed(&report))
        .collect()
}

/// A failed test's line ends with `<<< FAILURE!` or `<<< ERROR!`; what it said stands on the next one.
fn failed(report: &str) -> Vec<String> {
    let mut lines = report.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some((test, _)) = line.split_once(" -- Time elapsed") else { continue };
        if line.contains("<<< FAILURE!") || line.contains("<<< ERROR!") {
            found.push(format!("{test}: {}", lines.next().unwrap_or_default().trim()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_told_with_what_it_said() {
        let report = "Tests run: 2, Failures: 1\n\
            vn.paht.app.EverybodyTest.all is large -- Time elapsed: 0.650 s <<< FAILURE!\n\
            java.lang.AssertionError: Button is 624 x 0\n\tat org.junit.Assert.fail(Assert.java:89)\n";
        let told = failed(report);
        assert_eq!(
            told,
            ["vn.paht.app.EverybodyTest.all is large: java.lang.AssertionError: Button is 624 x 0"]
        );
    }

    #[test]
    fn a_good_report_tells_nothing() {
        assert!(
            failed("Tests run: 2, Failures: 0, Time elapsed: 1 s -- in vn.paht.kit.KeysTest\n").is_empty()
        );
    }
}
