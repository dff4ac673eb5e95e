//! Goal: one behaviour in every shell. Method: the table `tests/scenarios/one-behaviour.json` is played here on the object
//! that Kotlin and Swift see, against a real hub process; the transcript must be `one-behaviour.txt`, which the shells' own
//! runners must write too. `PAHT_RENEW=1` writes it anew, for a person to read before it is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod play;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

#[test]
fn every_scenario_reads_as_it_should() {
    let table: Value =
        serde_json::from_slice(&fs::read(folder().join("one-behaviour.json")).unwrap()).unwrap();
    let mut lines = Vec::new();
    for scenario in table["scenarios"].as_array().unwrap() {
        lines.push(format!("# {}", scenario["name"].as_str().unwrap()));
        lines.extend(play::scenario(scenario["steps"].as_array().unwrap()));
        lines.push(String::new());
    }
    let told = lines.join("\n") + "\n";
    let golden = folder().join("one-behaviour.txt");
    if std::env::var_os("PAHT_RENEW").is_some() {
        fs::write(&golden, &told).unwrap();
    }
    let wanted = fs::read_to_string(&golden).unwrap_or_default();
    for (at, (ours, theirs)) in told.lines().zip(wanted.lines()).enumerate() {
        assert_eq!(ours, theirs, "line {} of {}", at + 1, golden.display());
    }
    assert_eq!(told.lines().count(), wanted.lines().count());
}
