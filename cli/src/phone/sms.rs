//! `paht phone sms`: a report as text messages, and back. Nothing is stored or sent, and no phone is needed.

use std::io::Read as _;

use clap::Subcommand;
use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_model::place::Point;
use paht_model::sms::{CheckKey, Digest, Received, Tag, decode, encode};
use paht_model::time::UnixMs;
use serde_json::json;

use super::{category, point};
use crate::clock;
use crate::out::{Out, either};
use crate::wording::{Wording, shipped_card};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Print a report's essentials as text messages, one a line.
    Encode(EncodeArgs),
    /// Read the text messages of one report, in any order.
    Decode(DecodeArgs),
}

#[derive(Debug, clap::Args)]
struct EncodeArgs {
    /// What there is to say.
    #[arg(long, value_name = "T", default_value = "")]
    text: String,
    /// What it is about, by its code; never a confidential one.
    #[arg(long, value_name = "C")]
    category: String,
    /// Where, in degrees.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
    /// The report's tag, twelve hex digits; otherwise that of a new report.
    #[arg(long, value_name = "TAG")]
    tag: Option<Tag>,
    /// When it was made, in milliseconds since 1970; otherwise now.
    #[arg(long, value_name = "MS", allow_hyphen_values = true)]
    time: Option<i64>,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Debug, clap::Args)]
struct DecodeArgs {
    /// The text messages; otherwise the lines that are put in.
    messages: Vec<String>,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Debug, clap::Args)]
struct KeyArgs {
    /// The secret that a registered phone shares with the hub, 64 hex digits.
    #[arg(long, value_name = "KEY", env = "PAHT_CHECK_KEY", hide_env_values = true)]
    check_key: Option<CheckKey>,
}

pub(super) fn run(args: &Args, out: Out) -> anyhow::Result<()> {
    match &args.verb {
        Verb::Encode(args) => write(args, out),
        Verb::Decode(args) => read(args, out),
    }
}

fn write(args: &EncodeArgs, out: Out) -> anyhow::Result<()> {
    let card = shipped_card()?;
    let category = category(&args.category)?;
    if !card.categories.iter().any(|known| known.code == category) {
        return Err(Code::CategoryUnknown.into());
    }
    let place = args.at.map(Point::checked).transpose().map_err(|_| Code::PlaceUnknown)?;
    let tag = match args.tag {
        Some(tag) => tag,
        None => new_tag()?,
    };
    let at = args.time.map_or_else(clock::now, UnixMs::from_millis);
    let digest = Digest { tenant: card.tenant, tag, category, place, at, text: args.text.clone() };
    let messages = encode(&digest, args.key.check_key.as_ref()).map_err(|_| Code::TextTooLong)?;
    out.object(&json!({
        "messages": messages,
        "septets": messages.iter().map(String::len).collect::<Vec<usize>>(),
        "characters": args.text.chars().count(),
        "tag": tag.to_string(),
    }));
    for message in &messages {
        out.line(message);
    }
    Ok(())
}

fn new_tag() -> anyhow::Result<Tag> {
    let mut bytes = [0; 16];
    for (byte, random) in bytes.iter_mut().zip(clock::random_8()?.into_iter().chain(clock::random_8()?)) {
        *byte = random;
    }
    // Of a phone without a key of its own: what `encode` prints is no report that data will join.
    Ok(Tag::of(&paht_model::ids::KeyThumbprint::of(&[]), &ReportId::from_bytes(bytes)))
}

fn read(args: &DecodeArgs, out: Out) -> anyhow::Result<()> {
    let mut messages = args.messages.clone();
    if messages.is_empty() {
        let mut typed = String::new();
        std::io::stdin().lock().read_to_string(&mut typed)?;
        messages = typed.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    }
    let received = decode(&messages).map_err(|error| anyhow::Error::new(error).context(error.code()))?;
    let check = checked(&received, args.key.check_key.as_ref());
    let Digest { tenant, tag, category, place, at, text } = &received.digest;
    out.say(
        &json!({
            "tenant": tenant,
            "tag": tag.to_string(),
            "category": category,
            "place": place.map(|point| json!({ "lat": point.lat(), "lon": point.lon() })),
            "at": at,
            "check": check,
            "text": text,
        }),
        |language| {
            let wording = Wording::shipped(language);
            let place = place.map_or_else(
                || either(language, "không rõ nơi", "place unknown").to_owned(),
                |point| format!("{:.5}, {:.5}", point.lat(), point.lon()),
            );
            let (category, time) = (wording.category(category), wording.time(*at));
            format!("{tenant} · {tag} · {category} · {place} · {time} · {check}\n{text}")
        },
    );
    Ok(())
}

/// What the check tells, in a word.
fn checked(received: &Received, key: Option<&CheckKey>) -> &'static str {
    match (received.check, key) {
        (None, _) => "none",
        (Some(_), None) => "unread",
        (Some(_), Some(key)) if received.verifies(key) => "good",
        (Some(_), Some(_)) => "bad",
    }
}
