//! `cargo xtask setup`: what the tests need beyond Rust and Node is installed, or named in one line.
//!
//! Each need knows how to tell that it is met (fast), how to meet it, and the line that names the way by hand.
//! Nothing here ever asks for a password.

mod android;
mod browser;
mod deny;
mod go;
mod java;
mod nginx;
mod node;
mod phone_rust;
mod python;
mod swift;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run;
pub(crate) use android::{ANDROID_MISSING, android_is_there};
pub(crate) use deny::{DENY_MISSING, program as deny_program};
pub(crate) use phone_rust::{PHONE_RUST_MISSING, PHONE_TARGETS, phone_rust};
pub(crate) use swift::{SWIFT_MISSING, Swift, toolchain as swift_toolchain};

struct Need {
    name: &'static str,
    /// The way to get it by hand.
    by_hand: &'static str,
    is_met: fn() -> bool,
    meet: fn() -> Result<()>,
}

/// Meets every need that is not met yet. With `fast`, cargo-deny, Swift and Rust for phones are left out.
///
/// # Errors
/// With `CI=true`, when a need stays unmet; otherwise it is named and the rest goes on.
pub(crate) fn run(fast: bool) -> Result<()> {
    // Java's packages are fetched by the Maven that Android brings.
    let mut needs = vec![browser::need(), node::need(), python::need(), go::need(), nginx::need()];
    needs.extend([android::need(), java::need()]);
    if !fast {
        needs.push(deny::need());
        needs.push(swift::need());
        needs.push(phone_rust::need());
    }
    let missing = meet_all(&needs);
    if run::in_ci() && !missing.is_empty() {
        bail!("missing: {}", missing.join(", "));
    }
    Ok(())
}

fn meet_all(needs: &[Need]) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for need in needs {
        if (need.is_met)() {
            println!("setup: {}: there", need.name);
            continue;
        }
        println!("setup: {}: installing", need.name);
        let outcome = (need.meet)();
        if outcome.is_ok() && (need.is_met)() {
            println!("setup: {}: installed", need.name);
            continue;
        }
        let reason =
            outcome.err().map_or_else(|| "installed, yet not found".into(), |error| format!("{error:#}"));
        println!("setup: {}: MISSING ({reason}); {}", need.name, need.by_hand);
        missing.push(need.name);
    }
    missing
}

/// Our folder below the user's cache.
fn cache() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))?;
    Some(cache.join("paht"))
}

/// Whether `stamp` holds what `source` holds: the mark that the pinned list was installed as it now reads.
fn is_stamped(source: &Path, stamp: &Path) -> bool {
    match (std::fs::read(source), std::fs::read(stamp)) {
        (Ok(pinned), Ok(installed)) => pinned == installed,
        _ => false,
    }
}

fn put_stamp(source: &Path, stamp: &Path) -> Result<()> {
    std::fs::copy(source, stamp).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(is_met: fn() -> bool, meet: fn() -> Result<()>) -> Need {
        Need { name: "thing", by_hand: "get it there", is_met, meet }
    }

    #[test]
    fn a_need_that_is_met_is_not_met_again() {
        assert!(meet_all(&[need(|| true, || panic!("must not run"))]).is_empty());
    }

    #[test]
    fn a_need_that_cannot_be_met_is_named() {
        assert_eq!(meet_all(&[need(|| false, || bail!("no way"))]), ["thing"]);
    }

    #[test]
    fn an_installer_that_reports_success_but_installs_nothing_is_not_believed() {
        assert_eq!(meet_all(&[need(|| false, || Ok(()))]), ["thing"]);
    }

    #[test]
    fn a_stamp_holds_until_the_pinned_list_changes() {
        let dir = tempfile::tempdir().unwrap();
        let (source, stamp) = (dir.path().join("list"), dir.path().join("stamp"));
        std::fs::write(&source, "a==1").unwrap();
        assert!(!is_stamped(&source, &stamp));
        put_stamp(&source, &stamp).unwrap();
        assert!(is_stamped(&source, &stamp));
        std::fs::write(&source, "a==2").unwrap();
        assert!(!is_stamped(&source, &stamp));
    }
}
