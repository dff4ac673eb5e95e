//! The Rust part for phones of 64 and 32 bits: checked, since what links a library for them (an NDK) is in no registry.
//! The C parts (SQLite, ring, libwebp) are compiled by whoever has an NDK, through `cargo ndk`.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{run, setup};

/// Checks the bindings, and with them everything on the phone, for each target.
///
/// # Errors
/// When it does not compile; in CI also when there is nothing to check with.
pub(crate) fn run() -> Result<()> {
    let Some(rust) = setup::phone_rust() else {
        if run::in_ci() {
            bail!("{}", setup::PHONE_RUST_MISSING);
        }
        println!("not checked: {}", setup::PHONE_RUST_MISSING);
        return Ok(());
    };
    for target in setup::PHONE_TARGETS {
        run::shown(&mut apart(rust.check("paht-bindings", target)))?;
        println!("checked: {target} (Rust only; the C parts need an NDK)");
    }
    Ok(())
}

/// Another compiler's products must not push out those of this one.
fn apart(mut command: Command) -> Command {
    command.env("CARGO_TARGET_DIR", run::target_dir().join("phone-rust"));
    command
}
