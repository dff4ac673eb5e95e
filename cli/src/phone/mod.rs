//! A phone in a folder: report, send, follow. Everything but `sync` works without a link.

mod alerts;
mod bars;
mod comment;
mod courier;
mod data;
mod edit;
mod find;
mod hold;
mod inspect;
mod knock;
mod list;
mod nearby;
mod officer;
mod outbox;
mod rate;
mod reopen;
mod report;
mod review;
mod services;
mod show;
mod sms;
mod sync;
mod text;
mod withdraw;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Subcommand};
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::place::{BadPoint, Point};
use paht_model::words::Language;
use paht_phone::{Options, Phone, PhoneError};
use serde_json::json;

use crate::args::Cli;
use crate::out::{Out, either};
use crate::wording::{Wording, shipped_card};

/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60_000;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The phone's folder; made if there is none.
    #[arg(long, global = true, value_name = "DIR", env = "PAHT_HOME")]
    home: Option<PathBuf>,
    /// The IOC's address; told once, then remembered.
    #[arg(long, global = true, value_name = "URL")]
    ioc: Option<String>,
    /// The certificate of a private authority that the IOC's is signed by (PEM).
    #[arg(long, global = true, value_name = "FILE")]
    root: Vec<PathBuf>,
    /// Send over HTTP alone, never over QUIC.
    #[arg(long, global = true)]
    no_quic: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a report; kept when it returns, sent when it can be.
    Report(report::Args),
    /// Send what waits and hear what is new.
    Sync(sync::Args),
    /// Show every report, newest first.
    List(list::Args),
    /// Show one report with its parts and its timeline.
    Show(show::Args),
    /// Show what is not delivered yet, in the order of sending.
    Outbox,
    /// Choose what goes over which network, and show what was sent so far.
    Data(data::Args),
    /// Show the alerts that hold, as last heard.
    Alerts(alerts::Args),
    /// Show public cases around a place; without a link, as last heard there.
    Nearby(nearby::Args),
    /// Show services that can be reviewed; without a link, as last heard.
    Services(services::Args),
    /// Say how a service was: stars and phrases, without an account.
    Review(review::Args),
    /// Work on an agency's cases, as its officer.
    Officer(officer::Args),
    /// Judge an answer.
    Rate(rate::Args),
    /// Add words to a case.
    Comment(comment::Args),
    /// Say that an answer did not settle it.
    Reopen(reopen::Args),
    /// Change what was said, until an agency works on it.
    Edit(edit::Args),
    /// Write a report as text messages, for where there is no data.
    Text(text::Args),
    /// Seal reports in a file that a neighbour's phone can carry.
    Bundle(courier::BundleArgs),
    /// Take a neighbour's file along; it is sent after this phone's own reports.
    Carry(courier::CarryArgs),
    /// Show what is carried for others, and the receipts to give back.
    Carried(courier::CarriedArgs),
    /// Take in the receipts that a neighbour brought back.
    Accept(courier::AcceptArgs),
    /// Take a report back.
    Withdraw(withdraw::Args),
    /// Keep back what is not sent yet.
    Hold(hold::Args),
    /// Let a held report go, or send again what was parked.
    Release(hold::Args),
    /// Read the facts of a photo or video; nothing is stored.
    Inspect(inspect::Args),
    /// Write a report as text messages, and read them; nothing is stored or sent.
    Sms(sms::Args),
}

pub(crate) async fn run(args: Args, out: Out) -> anyhow::Result<()> {
    if let Verb::Inspect(inspect) = &args.verb {
        return inspect::run(inspect, out);
    }
    if let Verb::Sms(sms) = &args.verb {
        return sms::run(sms, out);
    }
    let phone = open(&args, out)?;
    match args.verb {
        Verb::Report(args) => with_pictures(&phone, report::run(&phone, args, out)).await,
        Verb::Sync(args) => sync::run(&phone, &args, out).await,
        Verb::List(args) => list::run(&phone, &args, out),
        Verb::Show(args) => show::run(&phone, &args, out),
        Verb::Outbox => outbox::run(&phone, out),
        Verb::Data(args) => data::run(&phone, &args, out),
        Verb::Alerts(args) => alerts::run(&phone, &args, out),
        Verb::Nearby(args) => nearby::run(&phone, &args, out).await,
        Verb::Services(args) => services::run(&phone, &args, out).await,
        Verb::Review(args) => with_pictures(&phone, review::run(&phone, args, out)).await,
        Verb::Officer(args) => officer::run(&phone, args, out).await,
        Verb::Rate(args) => rate::run(&phone, args, out),
        Verb::Comment(args) => comment::run(&phone, &args, out),
        Verb::Reopen(args) => reopen::run(&phone, args, out),
        Verb::Edit(args) => edit::run(&phone, args, out),
        Verb::Withdraw(args) => withdraw::run(&phone, &args, out),
        Verb::Text(args) => text::run(&phone, &args, out),
        Verb::Bundle(args) => courier::bundle(&phone, &args, out).await,
        Verb::Carry(args) => courier::carry(&phone, &args, out),
        Verb::Carried(args) => courier::carried(&phone, &args, out),
        Verb::Accept(args) => courier::accept(&phone, &args, out),
        Verb::Hold(args) => hold::hold(&phone, &args, out),
        Verb::Release(args) => hold::release(&phone, &args, out),
        Verb::Inspect(_) | Verb::Sms(_) => Ok(()),
    }
}

/// Makes the pictures of what was just kept, so that the next sync has them. It is kept also where they cannot be made.
async fn with_pictures(phone: &Phone, kept: anyhow::Result<()>) -> anyhow::Result<()> {
    kept?;
    if let Err(error) = phone.make_pictures().await {
        tracing::warn!(%error, "pictures are left to the next sync");
    }
    Ok(())
}

fn open(args: &Args, out: Out) -> anyhow::Result<Phone> {
    let Some(home) = &args.home else {
        let missing = "name the phone's folder: paht phone --home DIR …";
        Cli::command().error(ErrorKind::MissingRequiredArgument, missing).exit();
    };
    let card = shipped_card()?;
    let mut options = Options::new(card.tenant.clone());
    options.quic = !args.no_quic;
    options.ioc.clone_from(&args.ioc);
    options.shipped_card = Some(card);
    for file in &args.root {
        let pem = std::fs::read_to_string(file);
        options.roots.push(pem.with_context(|| format!("{} cannot be read", file.display()))?);
    }
    let (phone, opened) = Phone::open(home, options)?;
    if let Some(salvage) = opened.salvaged {
        out.remark_either(
            "Kho tin bị hỏng; đã cứu được những gì còn đọc được.",
            "The store was damaged; what could still be read was saved.",
        );
        tracing::warn!(?salvage, "salvaged");
    }
    Ok(phone)
}

/// What the phone's province calls things.
fn wording(phone: &Phone, out: Out) -> anyhow::Result<Wording> {
    Ok(Wording::new(out.language(), phone.card()?))
}

/// Whether what was last heard is to be shown instead: there is no link, or none to the IOC.
fn has_no_link(error: &PhoneError) -> bool {
    matches!(error.code(), Code::LinkDown | Code::LinkForeign | Code::LinkGarbled | Code::LinkBlocked)
}

/// Says how old is what was last heard.
fn say_age(out: Out, age_ms: i64) {
    let said = either(out.language(), "Không có mạng; tuổi (phút):", "No link; age in minutes:");
    out.remark(&format!("{said} {}", age_ms / MINUTE_MS));
}

/// What is said of something that was kept.
fn kept_words(language: Language) -> String {
    format!("✓ {}", either(language, "Đã lưu; sẽ gửi khi có mạng.", "Kept; sent when there is a network."))
}

/// A verb of the person's that was kept.
fn kept(out: Out, id: &ReportId, verb: &str) {
    out.done(&json!({ "report": id, "kept": verb }), kept_words);
}

/// `LAT,LON` in degrees, as it is typed.
fn point(text: &str) -> Result<Point, String> {
    let read = || -> Option<(f64, f64)> {
        let (lat, lon) = text.split_once(',')?;
        Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
    };
    let (lat, lon) = read().ok_or("latitude and longitude in degrees, e.g. 16.2775,107.2297")?;
    match Point::from_degrees(lat, lon) {
        Ok(point) => Ok(point),
        // What is typed like a place is refused like one, with its code, not like a slip of the keyboard.
        Err(BadPoint::Unknown | BadPoint::OffEarth) => Ok(Point { lat_e7: 0, lon_e7: 0 }),
    }
}

/// A category's code, or the same refusal as for one that the tenant does not have.
fn category(text: &str) -> Result<paht_model::ids::CategoryCode, Code> {
    if text.is_empty() { Err(Code::CategoryMissing) } else { text.parse().map_err(|_| Code::CategoryUnknown) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_typed_in_degrees() {
        assert_eq!(point("16.2775, 107.2297").unwrap().lat_e7, 162_775_000);
        assert!(point("here").is_err() && point("16.2").is_err());
        // The phone refuses it with its code.
        assert!(point("0,0").unwrap().checked().is_err() && point("95,107").unwrap().checked().is_err());
    }
}
