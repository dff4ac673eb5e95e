//! `paht phone report`.

use std::path::PathBuf;

use paht_model::fault::Code;
use paht_model::place::Point;
use paht_phone::{NewReport, Phone};
use serde_json::json;

use super::{category, point};
use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Photos and videos.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    media: Vec<PathBuf>,
    /// What there is to say.
    #[arg(long, value_name = "T", default_value = "")]
    text: String,
    /// What it is about, by its code.
    #[arg(long, value_name = "C")]
    category: Option<String>,
    /// Where, in degrees; otherwise the first photo that knows tells it.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
    /// Your number, for the IOC alone.
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// Your name, for the IOC alone.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Keep it, but do not send it yet.
    #[arg(long)]
    hold: bool,
}

pub(super) fn run(phone: &Phone, args: Args, out: Out) -> anyhow::Result<()> {
    let category = args.category.as_deref().map(category).transpose()?.ok_or(Code::CategoryMissing)?;
    let id = phone.report(NewReport {
        files: args.media,
        text: args.text,
        category: Some(category),
        review: None,
        at: args.at,
        fix: None,
        phone_number: args.phone,
        name: args.name,
        language: Some(out.language().tag().to_owned()),
        hold: args.hold,
    })?;
    out.gives(&json!({ "report": id }), &id, |language| {
        format!("✓ {}", either(language, "Đã lưu tin:", "Kept, report:"))
    });
    Ok(())
}
