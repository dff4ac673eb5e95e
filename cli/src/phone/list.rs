//! `paht phone list`.

use paht_phone::{Listed, Phone};

use super::wording;
use crate::out::{Out, either};
use crate::wording::{Wording, excerpt};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub(super) fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let wording = wording(phone, out)?;
    let listed = phone.list(None, args.limit)?;
    for report in &listed {
        out.object(report);
    }
    if listed.is_empty() {
        out.remark_either("Chưa có tin nào.", "No reports yet.");
        return Ok(());
    }
    let language = out.language();
    let head = [
        "id",
        either(language, "mã", "case"),
        either(language, "lúc", "made"),
        either(language, "đường đi", "way"),
        either(language, "xử lý", "stage"),
        either(language, "nội dung", "text"),
    ];
    out.table(&head, &listed.iter().map(|listed| row(&wording, listed)).collect::<Vec<_>>());
    Ok(())
}

fn row(wording: &Wording, listed: &Listed) -> Vec<String> {
    let report = &listed.report;
    vec![
        report.id.to_string(),
        report.case.as_ref().map(ToString::to_string).unwrap_or_default(),
        wording.time(report.made.wall),
        wording.way(&listed.way),
        listed.stage.map(|stage| wording.stage(stage)).unwrap_or_default(),
        excerpt(&report.text, 40),
    ]
}
