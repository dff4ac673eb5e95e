//! `sim --worlds N [--seed S]`: lives N worlds through, from seed S on. A failure prints seed, law, the shrunk actions
//! and the diagram of who said what, and ends with 1.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Parser;
use paht_sim::laws::Breach;
use paht_sim::shrink::shrink;
use paht_sim::world::{Ground, live, plan};

/// Runs simulated worlds.
#[derive(Parser)]
struct Args {
    /// How many worlds.
    #[arg(long, default_value_t = 200)]
    worlds: u64,
    /// The first seed; the others follow it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Draw the world even if it is sound (with `--worlds 1`).
    #[arg(long)]
    draw: bool,
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let ground = Ground::hue()?;
    if args.draw {
        let (phones, actions) = plan(args.seed);
        let trace = live(&ground, phones, &actions, true).unwrap_or_else(|(_, trace)| trace);
        println!("{}", trace.draw(phones));
    }
    let Some((seed, breach)) = first_breach(args.seed, args.worlds)? else {
        println!("{} worlds from seed {}: every law held", args.worlds, args.seed);
        println!("{} passed, 0 failed", args.worlds);
        return Ok(ExitCode::SUCCESS);
    };
    tell(&ground, seed, &breach);
    Ok(ExitCode::FAILURE)
}

/// The lowest seed of those tried that breaks a law; all cores at work.
fn first_breach(first: u64, worlds: u64) -> anyhow::Result<Option<(u64, Breach)>> {
    let next = AtomicU64::new(first);
    let end = first.saturating_add(worlds);
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let found: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(|| work(&next, end))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().map_err(|_| anyhow::anyhow!("a world panicked")))
            .collect()
    });
    let mut breaches = Vec::new();
    for one in found {
        breaches.extend(one??);
    }
    Ok(breaches.into_iter().min_by_key(|(seed, _)| *seed))
}

fn work(next: &AtomicU64, end: u64) -> anyhow::Result<Option<(u64, Breach)>> {
    let ground = Ground::hue()?;
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return Ok(None);
        }
        let (phones, actions) = plan(seed);
        if let Err((breach, _)) = live(&ground, phones, &actions, false) {
            next.store(end, Ordering::Relaxed);
            return Ok(Some((seed, breach)));
        }
    }
}

fn tell(ground: &Ground, seed: u64, breach: &Breach) {
    let (phones, actions) = plan(seed);
    println!("seed {seed} breaks {}: {}", breach.law, breach.what);
    let small = shrink(ground, phones, &actions, breach.law);
    println!("{} of its {} actions are enough:", small.len(), actions.len());
    for action in &small {
        println!("  phone {} {:?} (seed {})", action.phone + 1, action.kind, action.seed);
    }
    if let Err((breach, trace)) = live(ground, phones, &small, true) {
        println!("{}", trace.draw(phones));
        println!("{}: {}", breach.law, breach.what);
    }
    println!("again: cargo xtask sim --worlds 1 --seed {seed}");
    println!("0 passed, 1 failed");
}
