//! The phone for Kotlin and Swift: the library, and what is generated from it. Build products all, never committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{build, run};

/// Where the generated sources go, below the folder of build products.
pub(crate) const KOTLIN: &str = "bindings/kotlin";
/// The same for Swift.
pub(crate) const SWIFT: &str = "bindings/swift";

/// Builds the library, then writes both languages beside it. A file whose text is as before keeps its time, so that
/// nothing is compiled again without need.
pub(crate) fn run() -> Result<()> {
    let target = run::target_dir();
    build::everything()?;
    let library = target.join("debug/libpaht_bindings.so");
    let library = if library.exists() { library } else { target.join("debug/libpaht_bindings.dylib") };
    let fresh = target.join("bindings/fresh");
    let _ = fs::remove_dir_all(&fresh);
    let (kotlin, swift) = (fresh.join("kotlin"), fresh.join("swift"));
    let mut generate = Command::new(build::program("uniffi-bindgen"));
    generate.args(["generate", "--no-format", "--language", "kotlin", "--out-dir"]);
    run::shown(generate.arg(&kotlin).arg(&library))?;
    let mut generate = Command::new(build::program("uniffi-bindgen-swift"));
    generate.args(["--swift-sources", "--headers", "--modulemap", "--module-name", "PahtCoreFFI"]);
    run::shown(generate.args(["--modulemap-filename", "module.modulemap"]).arg(&library).arg(&swift))?;
    let by_hand = run::root().join("bindings");
    fs::create_dir_all(kotlin.join("vn/paht/ids"))?;
    fs::copy(by_hand.join("kotlin/Ids.kt"), kotlin.join("vn/paht/ids/Ids.kt"))?;
    fs::copy(by_hand.join("swift/Ids.swift"), swift.join("Ids.swift"))?;
    for (from, to) in [(kotlin, KOTLIN), (swift, SWIFT)] {
        renew(&from, &target.join(to)).with_context(|| format!("writing {to}"))?;
    }
    println!("bindings: {KOTLIN} and {SWIFT} in the folder of build products");
    Ok(())
}

/// Makes `to` hold the files of `from`, and touches only what differs.
fn renew(from: &Path, to: &Path) -> Result<()> {
    let wanted = files(from)?;
    if to.exists() {
        for old in files(to)? {
            if !wanted.contains(&old) {
                fs::remove_file(to.join(old))?;
            }
        }
    }
    for name in wanted {
        let text = fs::read(from.join(&name))?;
        let target = to.join(&name);
        if fs::read(&target).ok().as_deref() != Some(&text) {
            fs::create_dir_all(target.parent().context("a file has a folder")?)?;
            fs::write(&target, text)?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path.strip_prefix(folder)?.to_owned()) }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_written_and_what_is_gone_goes() {
        let folder = std::env::temp_dir().join(format!("paht-renew-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(from.join("a")).unwrap();
        fs::create_dir_all(to.join("a")).unwrap();
        for (path, text) in [(from.join("a/same"), "1"), (to.join("a/same"), "1"), (to.join("old"), "2")] {
            fs::write(path, text).unwrap();
        }
        fs::write(from.join("new"), "3").unwrap();
        let before = fs::metadata(to.join("a/same")).unwrap().modified().unwrap();
        renew(&from, &to).unwrap();
        assert_eq!(files(&to).unwrap(), [PathBuf::from("a/same"), PathBuf::from("new")]);
        assert_eq!(fs::metadata(to.join("a/same")).unwrap().modified().unwrap(), before);
        fs::remove_dir_all(folder).unwrap();
    }
}
