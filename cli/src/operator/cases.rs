//! `paht operator cases`.

use anyhow::Context as _;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, AreaCode, CaseCode, CategoryCode};
use paht_model::time::UnixMs;
use serde::Deserialize;
use serde_json::Value;

use super::desk::Desk;
use super::{calendar, wording};
use crate::out::{Out, either};
use crate::wording::{Wording, excerpt};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only cases at this stage, e.g. `received`.
    #[arg(long, value_name = "S")]
    stage: Option<String>,
    /// Only this agency's.
    #[arg(long, value_name = "A")]
    agency: Option<AgencyId>,
    /// Only with these words.
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    code: CaseCode,
    received: UnixMs,
    stage: Stage,
    category: Option<CategoryCode>,
    area: Option<AreaCode>,
    agency: Option<AgencyId>,
    due: Option<UnixMs>,
    urgent: bool,
    excerpt: String,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    let mut before = None;
    loop {
        let page = desk.get(&["cases"], &args.query(before.as_deref())).await?;
        let cases = page.get("cases").and_then(Value::as_array).context(Code::LinkGarbled)?;
        for case in cases {
            out.object(case);
            rows.push(Line::deserialize(case).context(Code::LinkGarbled)?);
        }
        before = page.get("next").and_then(Value::as_str).map(str::to_owned);
        if before.is_none() {
            break;
        }
    }
    let language = out.language();
    let head = [
        either(language, "mã", "case"),
        either(language, "nhận lúc", "received"),
        either(language, "tình trạng", "stage"),
        either(language, "lĩnh vực", "category"),
        either(language, "xã", "area"),
        either(language, "cơ quan", "agency"),
        either(language, "hạn", "due"),
        either(language, "nội dung", "text"),
    ];
    let wording = wording(out);
    calendar::remark_unknown_year(desk, out).await;
    out.table(&head, &rows.iter().map(|line| line.row(&wording)).collect::<Vec<_>>());
    Ok(())
}

impl Args {
    fn query(&self, before: Option<&str>) -> Vec<(&'static str, String)> {
        let asked = [
            ("stage", self.stage.clone()),
            ("agency", self.agency.as_ref().map(ToString::to_string)),
            ("q", self.search.clone()),
            ("before", before.map(str::to_owned)),
        ];
        asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl Line {
    fn row(&self, wording: &Wording) -> Vec<String> {
        let mark = if self.urgent { "! " } else { "" };
        vec![
            format!("{mark}{}", self.code),
            wording.time(self.received),
            wording.stage(self.stage),
            self.category.as_ref().map(|code| wording.category(code)).unwrap_or_default(),
            self.area.as_ref().map(|code| wording.area(code)).unwrap_or_default(),
            self.agency.as_ref().map(|id| wording.agency(id)).unwrap_or_default(),
            self.due.map(|due| wording.time(due)).unwrap_or_default(),
            excerpt(&self.excerpt, 40),
        ]
    }
}
