//! `paht phone edit`.

use paht_model::place::{Place, PlaceSource, Point};
use paht_model::statement::Edit;
use paht_phone::Phone;

use super::find::find;
use super::{category, kept, point};
use crate::out::Out;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true).args(["category", "text", "at"]))]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
    /// What it is about instead.
    #[arg(long, value_name = "C")]
    category: Option<String>,
    /// What there is to say instead.
    #[arg(long, value_name = "T")]
    text: Option<String>,
    /// Where instead, in degrees.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
}

pub(super) fn run(phone: &Phone, args: Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    let place = args.at.map(|point| Place { point, accuracy_m: None, source: PlaceSource::Pin });
    let category = args.category.as_deref().map(category).transpose()?;
    phone.edit(&id, Edit { category, text: args.text, place })?;
    kept(out, &id, "edit");
    Ok(())
}
