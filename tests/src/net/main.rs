//! `bench-network`: ours and the peers over the same terrible links. `cargo xtask bench network` starts it.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures given by people")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use paht_tests::net::case::{Case, Cut, Outcome, Profile, Work, photo, run_all};
use paht_tests::net::senders::{Sender, Tools};
use paht_tests::net::weather::Steady;
use paht_tests::net::{link, plot, table};

/// Ours, tuspy, tus-js-client and a form that is posted anew, over the same links.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    tools: Programs,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    own: Own,
    /// Cases side by side.
    #[arg(long, default_value_t = 3)]
    at_once: usize,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Measure nothing: take in what `--json` printed before.
    #[arg(long, value_name = "FILE")]
    read: Vec<PathBuf>,
    /// Write table and plots into docs/bench.
    #[arg(long)]
    write: bool,
    /// Write down every packet of each case: milliseconds, direction, protocol, bytes, when it arrives.
    #[arg(long, value_name = "FOLDER")]
    packets: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Programs {
    /// The program `paht`.
    #[arg(long)]
    paht: PathBuf,
    /// The root of the project.
    #[arg(long)]
    root: PathBuf,
    /// Python with tuspy.
    #[arg(long)]
    python: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Which {
    /// Links by name: edge, rural-3g, weak-4g, and the long thin ones: satellite, gprs, gprs-far.
    #[arg(long = "profile", value_delimiter = ',')]
    profiles: Vec<String>,
    /// Kinds of cuts.
    #[arg(long = "cut", value_delimiter = ',')]
    cuts: Vec<Cut>,
    /// What has to be brought.
    #[arg(long, value_delimiter = ',')]
    work: Vec<Work>,
    /// Who sends.
    #[arg(long = "client", value_delimiter = ',')]
    clients: Vec<Sender>,
    /// How many seeds, from `--seed` on.
    #[arg(long, default_value_t = 3)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Bytes of the one photo.
    #[arg(long, default_value_t = 1_500_000)]
    bytes: usize,
    /// Ours with one seed, over EDGE with silent cuts, judged by the budget.
    #[arg(long)]
    quick: bool,
}

#[derive(Debug, clap::Args)]
struct Own {
    /// A link of your own: bits a second up.
    #[arg(long)]
    up_bps: Option<u64>,
    /// Bits a second down.
    #[arg(long, default_value_t = 200_000)]
    down_bps: u64,
    /// Round trip, in milliseconds.
    #[arg(long, default_value_t = 400)]
    rtt_ms: u64,
    /// Part of the packets that is lost, 0 to 1.
    #[arg(long, default_value_t = 0.02)]
    loss: f64,
    /// Bytes that each queue holds.
    #[arg(long, default_value_t = 24_000)]
    queue_bytes: u64,
    /// Length of cuts, in seconds.
    #[arg(long, default_value_t = 5.0)]
    cut_len: f64,
    /// From one cut to the next, in seconds.
    #[arg(long, default_value_t = 15.0)]
    cut_every: f64,
    /// A link after a trace: lines of `seconds up_bps down_bps one_way_ms`.
    #[arg(long)]
    trace: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    if let Some(missing) = link::missing().filter(|_| args.read.is_empty()) {
        eprintln!("{missing}");
        return ExitCode::from(2);
    }
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether `--quick`'s figures are within the budgets; other runs tell, and judge nothing.
fn run(args: &Args) -> Result<bool> {
    let outcomes = if args.read.is_empty() { measured(args)? } else { read(&args.read)? };
    let text = table::markdown(&outcomes);
    if !args.json {
        println!("\n{text}");
    }
    if args.write {
        write(args, &outcomes, &text)?;
    }
    let believed = outcomes.iter().all(|outcome| outcome.late_ms <= table::LATE_MS_MAX);
    if args.which.quick && !believed {
        println!("not judged: the computer was too busy to keep the link's time");
    }
    Ok(!args.which.quick || !believed || table::rows(&outcomes).iter().all(|row| row.missed().is_empty()))
}

fn read(files: &[PathBuf]) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for file in files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        for line in text.lines().filter(|line| line.starts_with('{')) {
            outcomes
                .push(serde_json::from_str(line).with_context(|| format!("{}: no outcome", file.display()))?);
        }
    }
    Ok(outcomes)
}

fn measured(args: &Args) -> Result<Vec<Outcome>> {
    let tools = Tools {
        paht: args.tools.paht.clone(),
        root: args.tools.root.clone(),
        python: args.tools.python.clone(),
        packets: args.packets.clone(),
    };
    if let Some(folder) = &args.packets {
        std::fs::create_dir_all(folder)?;
    }
    let folder = tempfile::tempdir()?;
    let one = folder.path().join("one.jpg");
    photo(&one, args.which.bytes, args.which.seed)?;
    let mut morning = Vec::new();
    let cases = cases(args)?;
    let reports = if cases.iter().any(|case| case.work == Work::Morning) { 10 } else { 0 };
    for number in 0..reports {
        let path = folder.path().join(format!("{number}.jpg"));
        photo(&path, 150_000 + number * 10_000, number as u64)?;
        morning.push(path);
    }
    let files = |work| match work {
        Work::One => vec![one.clone()],
        Work::Morning => morning.clone(),
    };
    eprintln!("{} cases, {} side by side", cases.len(), args.at_once);
    run_all(cases, args.at_once, &tools, &files, &|outcome| tell(outcome, args.json))
}

fn tell(outcome: &Outcome, json: bool) {
    let mut out = std::io::stdout().lock();
    let line = serde_json::to_string(outcome).unwrap_or_default();
    // Whoever closed the pipe has heard enough.
    let _ = if json {
        writeln!(out, "{line}")
    } else {
        let ratio =
            outcome.ratio().map_or_else(|| "never".to_owned(), |ratio| format!("{ratio:.3} × the floor"));
        let name = outcome.sender.name();
        writeln!(
            out,
            "{:?} {:?} {} seed {}: {name}: {ratio}",
            outcome.cut, outcome.work, outcome.profile, outcome.seed
        )
    };
}

fn cases(args: &Args) -> Result<Vec<Case>> {
    let or = |given: &[Sender], all: &[Sender]| if given.is_empty() { all.to_vec() } else { given.to_vec() };
    let clients = or(
        &args.which.clients,
        &[Sender::Ours, Sender::OursHttp, Sender::Tuspy, Sender::TusJs, Sender::Multipart],
    );
    let cuts = if args.which.cuts.is_empty() {
        vec![Cut::None, Cut::Hard, Cut::Silent]
    } else {
        args.which.cuts.clone()
    };
    let work =
        if args.which.work.is_empty() { vec![Work::One, Work::Morning] } else { args.which.work.clone() };
    let (clients, cuts, work, seeds) = if args.which.quick {
        (vec![Sender::Ours], vec![Cut::Silent], vec![Work::One], 1)
    } else {
        (clients, cuts, work, args.which.seeds)
    };
    let mut cases = Vec::new();
    for profile in profiles(args)? {
        // What is asked of the long thin links is asked of ours, with one photo and without cuts; more only by name.
        let by_default = args.which.profiles.is_empty() && profile.is_long_and_thin();
        for &work in work.iter().filter(|work| !by_default || **work == Work::One) {
            for &cut in cuts.iter().filter(|cut| !by_default || **cut == Cut::None) {
                for &sender in clients.iter().filter(|sender| !by_default || **sender == Sender::Ours) {
                    for seed in args.which.seed..args.which.seed + seeds {
                        cases.push(Case { sender, profile: profile.clone(), cut, work, seed });
                    }
                }
            }
        }
    }
    Ok(cases)
}

fn profiles(args: &Args) -> Result<Vec<Profile>> {
    let cut_us = ((args.own.cut_len * 1e6) as u64, (args.own.cut_every * 1e6) as u64);
    let own = |name: &str, steady, trace| Profile {
        name: name.to_owned(),
        steady,
        trace,
        loss: args.own.loss,
        queue_bytes: args.own.queue_bytes,
        cut_us,
    };
    if let Some(path) = &args.own.trace {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        return Ok(vec![own("trace", None, Some(text))]);
    }
    if let Some(up_bps) = args.own.up_bps {
        let link = Steady { up_bps, down_bps: args.own.down_bps, one_way_us: args.own.rtt_ms * 500 };
        return Ok(vec![own("own", Some(link), None)]);
    }
    let named = |name: &str| {
        let (steady, loss, queue_bytes) = link_called(name)?;
        Ok(Profile { name: name.to_owned(), steady, trace: None, loss, queue_bytes, cut_us })
    };
    if args.which.quick {
        return Ok(vec![named("edge")?]);
    }
    if args.which.profiles.is_empty() {
        return LINKS.iter().map(|name| named(name)).collect();
    }
    args.which.profiles.iter().map(|name| named(name)).collect()
}

/// The links that have names.
const LINKS: [&str; 6] = ["edge", "rural-3g", "weak-4g", "satellite", "gprs", "gprs-far"];

/// A link by its name: what it is like if that never changes, the part of its packets that is lost, bytes of its queues.
fn link_called(name: &str) -> Result<(Option<Steady>, f64, u64)> {
    let steady = |up_bps, down_bps, rtt_ms: u64| Some(Steady { up_bps, down_bps, one_way_us: rtt_ms * 500 });
    Ok(match name {
        "edge" => (steady(120_000, 200_000, 400), 0.02, 24_000),
        "rural-3g" => (steady(768_000, 2_000_000, 180), 0.01, 65_536),
        "weak-4g" => (None, 0.01, 65_536),
        "satellite" => (steady(128_000, 384_000, 700), 0.01, 24_000),
        "gprs" => (steady(40_000, 80_000, 1_200), 0.02, 24_000),
        "gprs-far" => (steady(16_000, 32_000, 2_500), 0.02, 24_000),
        other => bail!("no link is called {other}: {}", LINKS.join(", ")),
    })
}

fn write(args: &Args, outcomes: &[Outcome], text: &str) -> Result<()> {
    let folder = args.tools.root.join("docs/bench");
    std::fs::create_dir_all(&folder)?;
    let mut page = format!(
        "# Terrible networks\n\n\
         Made by `cargo xtask bench network --write` (how: `docs/howto/measure-the-network.md`). A link's floor is the least time its rate allows for the bytes \
         with their headers, over the time it is up, and three round trips. *never*: stopped at four times the floor. Ours brings \
         statement, preview, rendition and original, and is measured by all of their bytes; the others bring the original alone.\n\n{text}"
    );
    for row in table::rows(outcomes) {
        let Some(first) = row.outcomes.first() else { continue };
        let work = match first.work {
            Work::One => "one",
            Work::Morning => "morning",
        };
        let name = format!("{}-{work}.svg", first.profile);
        if page.contains(&name) {
            continue;
        }
        if let Some(svg) = plot::chart(outcomes, &first.profile, first.work) {
            std::fs::write(folder.join(&name), svg)?;
            page.extend(["\n![", first.profile.as_str(), ", ", work, "](", name.as_str(), ")\n"]);
        }
    }
    std::fs::write(folder.join("network.md"), page)?;
    Ok(())
}
