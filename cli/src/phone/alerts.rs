//! `paht phone alerts`.

use paht_engine::alerts::Spot;
use paht_model::place::Point;
use paht_phone::Phone;

use super::{point, wording};
use crate::operator::alerts_table;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only those that are for about here, in degrees.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
}

pub(super) fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let mut heard = phone.alerts(args.at.map(Spot::Point).as_ref())?;
    heard.retain(|heard| heard.touches != Some(false));
    for heard in &heard {
        out.object(heard);
    }
    if heard.is_empty() {
        out.remark_either("Không có cảnh báo nào.", "No alerts.");
        return Ok(());
    }
    let alerts: Vec<_> = heard.into_iter().map(|heard| heard.alert).collect();
    alerts_table(&alerts, &wording(phone, out)?, out);
    Ok(())
}
