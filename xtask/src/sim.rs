//! Runs the simulated world of `tests/`.

use std::process::Command;

use anyhow::Result;

use crate::{build, run};

/// Runs `worlds` worlds, from `seed` when one is given.
pub(crate) fn run(worlds: u32, seed: Option<u64>) -> Result<()> {
    build::everything()?;
    run::shown(&mut command(worlds, seed))
}

/// The command that runs the worlds, to be run or shown.
pub(crate) fn command(worlds: u32, seed: Option<u64>) -> Command {
    let mut command = Command::new(build::program("sim"));
    command.args(["--worlds", &worlds.to_string()]);
    if let Some(seed) = seed {
        command.args(["--seed", &seed.to_string()]);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_passed_on_only_when_given() {
        let without = run::spoken(&command(7, None));
        assert!(without.ends_with("sim --worlds 7"), "{without}");
        assert!(run::spoken(&command(7, Some(42))).ends_with("--worlds 7 --seed 42"));
    }
}
