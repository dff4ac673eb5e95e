//! `cargo xtask size`: how large the phone's library is, stripped, against its budget. It is built for this computer: what
//! links one for a phone is in no registry, and the sizes of one program on two 64-bit processors are near each other.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run;

/// The budget: largest stripped library of one processor, in bytes.
const LIBRARY_BYTES_BUDGET: u64 = 5_000_000;
/// What is let through until the budget is met, in bytes: what it weighs today with a little room. It grows only for what
/// people get for it: an SMS' table of words is 0.3 MB, a neighbour's phone, which opens what was sealed to it, 0.4 MB, and colours as
/// they were taken, letters in one form and photos as phones really write them another 0.4 MB.
const LIBRARY_BYTES_MAX: u64 = 11_700_000;

/// Addresses to be set right at loading are packed, as `.cargo/config.toml` asks for Android.
const PACKED: &str =
    r#"target.'cfg(target_os = "linux")'.rustflags = ["-Clink-arg=-Wl,-z,pack-relative-relocs"]"#;

/// Builds the library as phones get it and prints its size.
///
/// # Errors
/// When it does not build, or has grown beyond what is let through.
pub(crate) fn run() -> Result<()> {
    let mut build = Command::new(run::cargo());
    build.args(["build", "--locked", "--package", "paht-bindings", "--lib", "--profile", "phone"]);
    build.args(["--config", PACKED]);
    run::shown(&mut build)?;
    let library = run::target_dir().join("phone").join(library_name());
    let bytes =
        std::fs::metadata(&library).with_context(|| format!("{} is missing", library.display()))?.len();
    println!("{}", told(&library, bytes));
    if bytes > LIBRARY_BYTES_MAX {
        bail!("the phone's library has {bytes} bytes, at most {LIBRARY_BYTES_MAX} are allowed");
    }
    Ok(())
}

fn library_name() -> String {
    format!("{}paht_bindings{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

fn told(library: &Path, bytes: u64) -> String {
    let name = library.file_name().unwrap_or_default().to_string_lossy();
    let (millions, percent) = (bytes / 10_000, bytes * 100 / LIBRARY_BYTES_BUDGET);
    format!(
        "{name} ({}): {}.{:02} MB, {percent} % of the budget",
        std::env::consts::ARCH,
        millions / 100,
        millions % 100
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_against_its_budget() {
        let told = told(Path::new("target/phone/libpaht_bindings.so"), 4_256_789);
        assert!(
            told.starts_with("libpaht_bindings.so (") && told.ends_with("): 4.25 MB, 85 % of the budget"),
            "{told}"
        );
    }
}
