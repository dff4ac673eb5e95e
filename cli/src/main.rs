//! `paht`: phone, operator and IOC in one program.
//!
//! [`args`] reads what was asked, one verb a file does it ([`phone`], [`operator`], [`ioc`]), and [`out`] says what came
//! of it: for people in their language, or one JSON object a line. [`demo`] plays all of it together.
//!
//! It ends with 0, with 1 when something was refused or failed, or with 2 when it was not understood.

mod args;
mod clock;
mod demo;
mod ioc;
mod moment;
mod operator;
mod out;
mod parent;
mod phone;
mod shown;
mod trouble;
mod wording;

use std::process::ExitCode;

use clap::Parser as _;
use tokio::runtime::Builder;

use args::{Area, Cli};
use out::Out;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let out = Out::new(cli.json, cli.language());
    match run(cli.area, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            out.trouble(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(area: Area, out: Out) -> anyhow::Result<()> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    // The one place where rustls is told whose cryptography to use; a second telling would be the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ended = runtime.block_on(async {
        match area {
            Area::Ioc(args) => ioc::run(args, out).await,
            Area::Phone(args) => phone::run(args, out).await,
            Area::Operator(args) => operator::run(args, out).await,
            Area::Demo(args) => demo::run(args, out).await,
        }
    });
    // A thread that still reads standard input would be waited for, for ever. Everything durable was awaited above.
    runtime.shutdown_background();
    ended
}
