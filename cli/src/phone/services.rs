//! `paht phone services`.

use paht_model::place::Point;
use paht_model::services::Services;
use paht_phone::Phone;

use super::{has_no_link, point, say_age};
use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Words of their name, kind or address; all if absent.
    #[arg(default_value = "")]
    words: String,
    /// Nearest to where, in degrees.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
}

pub(super) async fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let found = match phone.services(&args.words, args.at).await {
        Ok(found) => found,
        Err(error) if has_no_link(&error) => {
            let Some(kept) = phone.services_kept(args.at)? else { return Err(error.into()) };
            say_age(out, kept.age_ms);
            kept.services
        }
        Err(error) => return Err(error.into()),
    };
    out.object(&found);
    show(&found, out);
    Ok(())
}

fn show(found: &Services, out: Out) {
    let language = out.language();
    if found.services.is_empty() {
        out.remark_either("Không có dịch vụ nào phù hợp.", "No service fits.");
        return;
    }
    let head = [
        either(language, "mã", "code"),
        either(language, "tên", "name"),
        either(language, "sao", "stars"),
        either(language, "lượt", "ratings"),
        "m",
    ];
    let rows = found.services.iter().map(|line| {
        let mean = line.figures.mean_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
        vec![
            line.code.to_string(),
            line.name.said_in(language.tag()).to_owned(),
            mean.unwrap_or_default(),
            line.figures.count.to_string(),
            line.distance_m.map(|metres| metres.to_string()).unwrap_or_default(),
        ]
    });
    out.table(&head, &rows.collect::<Vec<_>>());
}
