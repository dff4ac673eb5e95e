//! `paht phone nearby`.

use paht_model::nearby::Nearby;
use paht_model::place::Point;
use paht_phone::Phone;

use super::{has_no_link, point, say_age, wording};
use crate::out::{Out, either};
use crate::wording::{Wording, excerpt};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Around where, in degrees.
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    at: Point,
    /// How far around, in metres.
    #[arg(long, value_name = "M", default_value_t = 2_000)]
    radius: u32,
}

pub(super) async fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let nearby = match phone.nearby(args.at, args.radius).await {
        Ok(nearby) => nearby,
        Err(error) if has_no_link(&error) => {
            let Some(kept) = phone.nearby_kept(args.at)? else { return Err(error.into()) };
            say_age(out, kept.age_ms);
            kept.nearby
        }
        Err(error) => return Err(error.into()),
    };
    out.object(&nearby);
    show(&nearby, &wording(phone, out)?, out);
    Ok(())
}

fn show(nearby: &Nearby, wording: &Wording, out: Out) {
    let language = out.language();
    if nearby.cases.is_empty() {
        out.remark_either("Không có phản ánh công khai nào gần đây.", "No public cases nearby.");
        return;
    }
    let head = [
        "m",
        either(language, "mã", "case"),
        either(language, "tình trạng", "stage"),
        either(language, "lĩnh vực", "category"),
        either(language, "nội dung", "text"),
    ];
    let rows = nearby.cases.iter().map(|case| {
        vec![
            case.distance_m.to_string(),
            case.code.to_string(),
            wording.stage(case.stage),
            case.category.as_ref().map(|code| wording.category(code)).unwrap_or_default(),
            excerpt(case.excerpt.as_str(), 40),
        ]
    });
    out.table(&head, &rows.collect::<Vec<_>>());
}
