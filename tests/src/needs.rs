//! What a test needs beyond Rust.

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").to_owned()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The file, if it is there. Where it is missing the test says how to get it and may leave, but never in CI.
///
/// # Panics
/// With `CI=true`, where it is missing.
pub fn file(path: PathBuf, what: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    let missing = format!("{what} is missing ({}); get it by: cargo xtask setup", path.display());
    assert!(std::env::var_os("CI").is_none_or(|value| value != "true"), "{missing}");
    println!("not tested: {missing}");
    None
}
