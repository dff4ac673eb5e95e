//! Everything CI does, as one program: `cargo xtask setup | test | soak | tidy | bindings | bench | words | sim | android | ios | size | demo`.

mod android;
mod bench;
mod bindings;
mod build;
mod demo;
mod ios;
mod programs;
mod run;
mod setup;
mod sim;
mod size;
mod soak;
mod test;
mod tidy;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, tests, house rules and the demo of PAHT")]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

/// What can be measured.
#[derive(Subcommand)]
enum Bench {
    /// What a build, the demo and a run of CI cost from nothing, beside an earlier commit (Linux)
    Build(bench::build::Asked),
    /// Senders over links with a rate, losses and cuts
    #[command(disable_help_flag = true)]
    Network {
        /// Passed on
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

#[derive(Subcommand)]
enum Task {
    /// Install, or name in one line, what the tests need beyond Rust and Node
    Setup {
        /// Leave out cargo-deny and Swift, which take minutes
        #[arg(long)]
        fast: bool,
    },
    /// Every test
    Test {
        /// Rust only: under five minutes, on any system
        #[arg(long)]
        fast: bool,
        /// One step alone, by its title
        #[arg(long, conflicts_with = "fast")]
        step: Option<String>,
    },
    /// The house rules that no other tool checks
    Tidy,
    /// The phone for Kotlin and Swift: the library, and what is generated from it
    Bindings,
    /// The table by which the text of an SMS is squeezed, from pinned packages of words
    Words {
        /// Only tell whether the one in the tree is what would be made
        #[arg(long)]
        check: bool,
    },
    /// Phones and hub together in a seeded world
    Sim {
        /// How many worlds to run
        #[arg(long, default_value_t = 2_000)]
        worlds: u32,
        /// The seed of the first world; the others follow from it
        #[arg(long)]
        seed: Option<u64>,
    },
    /// The suite again and again on busy processors, to find tests that race
    Soak(soak::Asked),
    /// What is measured: `bench build`, `bench network` (Linux, root)
    #[command(subcommand)]
    Bench(Bench),
    /// The Android kit and app: resources, tests, a signed APK
    Android,
    /// The iOS kit and app: build, tests, views and format
    Ios,
    /// How large the phone's library is, against its budget
    Size,
    /// One morning at the IOC, played through; further arguments go to `paht demo`
    Demo {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Xtask::parse().task {
        Task::Setup { fast } => setup::run(fast),
        Task::Test { step: Some(title), .. } => test::one(&title),
        Task::Test { fast, step: None } => test::run(fast),
        Task::Tidy => tidy::run(),
        Task::Bindings => bindings::run(),
        Task::Words { check } => words::run(check),
        Task::Sim { worlds, seed } => sim::run(worlds, seed),
        Task::Soak(asked) => soak::run(&asked),
        Task::Bench(Bench::Build(asked)) => bench::build::run(&asked),
        Task::Bench(Bench::Network { arguments }) => bench::network::network(&arguments),
        Task::Android => android::check_rust().and_then(|()| android::run()),
        Task::Ios => ios::run(),
        Task::Size => size::run(),
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
