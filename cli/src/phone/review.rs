//! `paht phone review`.

use std::path::PathBuf;

use paht_model::ids::ServiceCode;
use paht_model::place::Point;
use paht_model::review::{Review, ReviewPhrase, Service};
use paht_phone::{NewReport, Phone};
use serde_json::json;

use super::point;
use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The service, by its code.
    #[arg(long, value_name = "CODE", required_unless_present = "name")]
    service: Option<ServiceCode>,
    /// What it is called, if it has no code.
    #[arg(long, value_name = "NAME", conflicts_with = "service")]
    name: Option<String>,
    /// From 1 (bad) to 5 (very good).
    #[arg(long, value_name = "1..5")]
    stars: Option<u8>,
    /// What fits, e.g. clean or overcharged.
    #[arg(long, value_name = "PHRASE", value_parser = phrase, num_args = 1..)]
    phrase: Vec<ReviewPhrase>,
    /// Photos and videos.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    media: Vec<PathBuf>,
    /// What else there is to say, in any language.
    #[arg(long, value_name = "T", default_value = "")]
    text: String,
    /// Where, in degrees; otherwise the service's own place counts.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
}

pub(super) fn run(phone: &Phone, args: Args, out: Out) -> anyhow::Result<()> {
    let service = match (args.service, args.name) {
        (Some(code), _) => Service::Listed(code),
        (None, name) => Service::Named(name.unwrap_or_default()),
    };
    let id = phone.report(NewReport {
        files: args.media,
        text: args.text,
        review: Some(Review { service, stars: args.stars, phrases: args.phrase }),
        at: args.at,
        language: Some(out.language().tag().to_owned()),
        ..NewReport::default()
    })?;
    out.gives(&json!({ "report": id }), &id, |language| {
        format!("✓ {}", either(language, "Đã lưu đánh giá:", "Kept, review:"))
    });
    Ok(())
}

/// A phrase by its name; the refusal names those there are.
fn phrase(name: &str) -> Result<ReviewPhrase, String> {
    let names = || ReviewPhrase::ALL.map(ReviewPhrase::as_str).join(", ");
    ReviewPhrase::parse(name).ok_or_else(|| format!("one of {}", names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_typed_by_its_name() {
        assert_eq!(phrase("overcharged"), Ok(ReviewPhrase::Overcharged));
        assert!(phrase("lovely").unwrap_err().contains("fair-price"));
    }
}
