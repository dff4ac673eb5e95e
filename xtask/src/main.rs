//! Everything CI does, as one program: `cargo xtask setup | test | tidy | sim | demo`.

mod demo;
mod run;
mod setup;
mod sim;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, tests, house rules and the demo of PAHT")]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install, or name in one line, what the tests need beyond Rust and Node
    Setup {
        /// Leave out cargo-deny, which takes minutes to build
        #[arg(long)]
        fast: bool,
    },
    /// Every test
    Test {
        /// Rust only: under five minutes, on any system
        #[arg(long)]
        fast: bool,
    },
    /// The house rules that no other tool checks
    Tidy,
    /// Phones and hub together in a seeded world
    Sim {
        /// How many worlds to run
        #[arg(long, default_value_t = 2_000)]
        worlds: u32,
        /// The seed of the first world; the others follow from it
        #[arg(long)]
        seed: Option<u64>,
    },
    /// One morning at the IOC, played through; further arguments go to `paht demo`
    Demo {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Xtask::parse().task {
        Task::Setup { fast } => setup::run(fast),
        Task::Test { fast } => test::run(fast),
        Task::Tidy => tidy::run(),
        Task::Sim { worlds, seed } => sim::run(worlds, seed),
        Task::Demo { args } => demo::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo_args(line: &str) -> Vec<String> {
        match Xtask::parse_from(line.split(' ')).task {
            Task::Demo { args } => args,
            _ => panic!("not the demo"),
        }
    }

    #[test]
    fn the_demo_gets_its_arguments_with_and_without_the_dashes() {
        assert_eq!(demo_args("xtask demo --once --media a.jpg"), ["--once", "--media", "a.jpg"]);
        assert_eq!(demo_args("xtask demo -- --once"), ["--once"]);
        assert!(demo_args("xtask demo").is_empty());
    }
}
