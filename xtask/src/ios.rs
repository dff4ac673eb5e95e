//! `cargo xtask ios`: builds and tests the iOS kit against the real core and a real hub, type-checks the app's views, and
//! holds their format.
//!
//! On Linux there is no `SwiftUI`, so the views are checked against a small stand-in of it: that proves names, arguments
//! and bindings to the models, not looks. What only Apple's systems have is parsed, no more.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::setup::{SWIFT_MISSING, Swift, swift_toolchain};
use crate::{bindings, run};

/// Swift 6 throughout: what is hand-written has no data races.
const LANGUAGE: [&str; 2] = ["-swift-version", "6"];
/// The C module of the core.
const MODULE: &str = "PahtCoreFFI";

/// Every check of `ios/`.
///
/// # Errors
/// With the first that fails; in CI also where Swift is missing, which elsewhere is only said.
pub(crate) fn run() -> Result<()> {
    let Some(swift) = swift_toolchain() else {
        if run::in_ci() {
            bail!("{SWIFT_MISSING}");
        }
        println!("not checked: {SWIFT_MISSING}");
        return Ok(());
    };
    bindings::run()?;
    place_core()?;
    run::shown(kit_command(&swift, "build").arg("--build-tests"))?;
    run::shown(kit_command(&swift, "test").arg("--skip-build").env("PAHT_PROGRAM", program()))?;
    views(&swift)?;
    run::shown(&mut format(&swift))
}

/// Puts what was generated where the package looks for it, and has the tests linked anew when the library changed, which
/// the package manager does not see by itself.
fn place_core() -> Result<()> {
    let (from, to) = (run::target_dir().join(bindings::SWIFT), kit().join("Generated"));
    for path in files(&from, &["swift", "h", "modulemap"])? {
        let name = path.file_name().context("a file has a name")?;
        let is_source = path.extension().is_some_and(|extension| extension == "swift");
        put(&path, &to.join(if is_source { "PahtCore" } else { MODULE }).join(name))?;
    }
    let about = fs::metadata(library()).context("the core's static library is not built")?;
    let now = format!("{} {:?}", about.len(), about.modified()?);
    let stamp = to.join("library.txt");
    if fs::read_to_string(&stamp).ok().as_ref() != Some(&now) {
        let _ = fs::remove_file(kit().join(".build/debug/PahtKitPackageTests.xctest"));
        fs::write(stamp, now)?;
    }
    Ok(())
}

/// Copies a file unless the copy says the same: its time decides what is compiled again.
fn put(from: &Path, to: &Path) -> Result<()> {
    let wanted = fs::read(from)?;
    if fs::read(to).ok().as_ref() != Some(&wanted) {
        fs::create_dir_all(to.parent().context("a file has a folder")?)?;
        fs::write(to, wanted)?;
    }
    Ok(())
}

fn kit_command(swift: &Swift, verb: &str) -> Command {
    let mut command = swift.command(&kit(), "swift");
    command.arg(verb).arg("-Xlinker").arg(library());
    if cfg!(target_os = "linux") {
        // Debian's Observation library names a symbol that none of its libraries has; nothing calls it.
        command.args(["-Xlinker", "--allow-shlib-undefined"]);
    }
    command
}

/// Type-checks the app against the stand-in and the kit just built; then parses what only Apple's systems compile.
fn views(swift: &Swift) -> Result<()> {
    let out = run::target_dir().join("ios");
    fs::create_dir_all(&out)?;
    let mut module = swift.command(&ios(), "swiftc");
    module.args(LANGUAGE).args(["-parse-as-library", "-emit-module", "-module-name", "SwiftUI", "-o"]);
    module.arg(out.join("SwiftUI.swiftmodule")).args(files(&ios().join("App/StandIn"), &["swift"])?);
    run::shown(&mut module)?;
    let sources = files(&ios().join("App/Sources"), &["swift"])?;
    let map = kit().join("Generated").join(MODULE).join("module.modulemap");
    let mut check = swift.command(&ios(), "swiftc");
    check.args(LANGUAGE).args(["-parse-as-library", "-typecheck", "-I"]).arg(&out);
    check.arg("-I").arg(kit().join(".build/debug/Modules"));
    check.arg("-Xcc").arg(format!("-fmodule-map-file={}", map.display())).args(&sources);
    run::shown(&mut check)?;
    let mut parse = swift.command(&ios(), "swiftc");
    parse.args(["-frontend", "-parse"]).args(LANGUAGE).args(sources);
    run::shown(parse.args(files(&kit().join("Sources/PahtKitApple"), &["swift"])?))
}

fn format(swift: &Swift) -> Command {
    let mut command = swift.command(&ios(), "swift");
    command.args(["format", "lint", "--strict", "--recursive", "--configuration", "swift-format.json"]);
    command.args(["PahtKit/Package.swift", "PahtKit/Sources", "PahtKit/Tests", "App"]);
    command
}

/// Every file below `dir` with one of these endings, sorted.
fn files(dir: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, endings)?);
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|it| endings.contains(&it))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn ios() -> PathBuf {
    run::root().join("ios")
}

fn kit() -> PathBuf {
    ios().join("PahtKit")
}

/// The whole path: beside it lies the shared one, which a linker would take first.
fn library() -> PathBuf {
    run::target_dir().join("debug/libpaht_bindings.a")
}

fn program() -> PathBuf {
    run::target_dir().join("debug/paht")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_in_every_folder_and_in_order() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a")).unwrap();
        for name in ["b.swift", "a/c.swift", "a/notes.md"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let found = files(dir.path(), &["swift"]).unwrap();
        assert_eq!(found, [dir.path().join("a/c.swift"), dir.path().join("b.swift")]);
    }

    #[test]
    fn a_copy_that_says_the_same_keeps_its_time() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("x/to"));
        fs::write(&from, "1").unwrap();
        put(&from, &to).unwrap();
        let first = fs::metadata(&to).unwrap().modified().unwrap();
        put(&from, &to).unwrap();
        assert_eq!(fs::metadata(&to).unwrap().modified().unwrap(), first);
        fs::write(&from, "2").unwrap();
        put(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"2");
    }
}
