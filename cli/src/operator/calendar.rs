//! `paht operator calendar`: the working time that deadlines are counted by, entry by entry with its source.

use anyhow::Context as _;
use paht_model::fault::Code;
use serde::Deserialize;
use serde_json::Value;

use super::desk::Desk;
use crate::out::{Out, either};

#[derive(Deserialize)]
struct Calendar {
    unknown_year: Option<i16>,
    years: Vec<Year>,
    seasons: Vec<Season>,
    holidays: Vec<Holiday>,
    worked: Vec<Worked>,
    swaps: Vec<Swap>,
}

#[derive(Deserialize)]
struct Year {
    year: i16,
    source: String,
}

#[derive(Deserialize)]
struct Name {
    vi: String,
    en: String,
}

#[derive(Deserialize)]
struct Season {
    name: Name,
    since: String,
    from: String,
    until: String,
    hours: Vec<[String; 2]>,
    source: String,
}

#[derive(Deserialize)]
struct Holiday {
    name: Name,
    from: String,
    until: String,
    provisional: bool,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Worked {
    name: Name,
    date: String,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Swap {
    name: Name,
    off: String,
    worked: String,
    source: String,
}

pub(super) async fn run(desk: &Desk, out: Out) -> anyhow::Result<()> {
    let answer = desk.get(&["calendar"], &[]).await?;
    if out.json() {
        out.object(&answer);
        return Ok(());
    }
    let calendar = Calendar::deserialize(&answer).context(Code::LinkGarbled)?;
    let language = out.language();
    let head = [
        either(language, "ngày", "days"),
        either(language, "là gì", "what"),
        either(language, "căn cứ", "source"),
    ];
    out.table(&head, &calendar.rows(out));
    remark(calendar.unknown_year, out);
    Ok(())
}

/// Says beside a list which year's days off are missing. Where the IOC cannot tell, nothing is said: the list was asked for.
pub(super) async fn remark_unknown_year(desk: &Desk, out: Out) {
    if let Ok(answer) = desk.get(&["calendar"], &[]).await {
        let year = answer.get("unknown_year").and_then(Value::as_i64);
        remark(year.and_then(|year| i16::try_from(year).ok()), out);
    }
}

fn remark(unknown_year: Option<i16>, out: Out) {
    if let Some(year) = unknown_year {
        out.remark_either(
            &format!(
                "Lịch nghỉ năm {year} chưa có trong calendar.toml: hạn trả lời trong năm ấy chỉ là tạm tính."
            ),
            &format!("calendar.toml lacks the days off of {year}: deadlines in that year are provisional."),
        );
    }
}

impl Calendar {
    fn rows(&self, out: Out) -> Vec<Vec<String>> {
        let language = out.language();
        let name = |name: &Name| either(language, &name.vi, &name.en).to_owned();
        let source = |source: &Option<String>| source.clone().unwrap_or_default();
        let swapped = either(language, "nghỉ, làm bù", "off, worked for it:");
        let provisional = either(language, " (tạm tính)", " (provisional)");
        let known = either(language, "đã có lịch nghỉ", "its days off are known");
        let since = either(language, "từ", "since");
        let mut rows = Vec::new();
        for one in &self.years {
            rows.push(vec![one.year.to_string(), known.to_owned(), one.source.clone()]);
        }
        for one in &self.seasons {
            let hours: Vec<String> =
                one.hours.iter().map(|[from, until]| format!("{from}–{until}")).collect();
            let what = format!("{}: {} ({since} {})", name(&one.name), hours.join(", "), one.since);
            rows.push(vec![format!("{} – {}", one.from, one.until), what, one.source.clone()]);
        }
        for one in &self.holidays {
            let days = if one.from == one.until {
                one.from.clone()
            } else {
                format!("{} – {}", one.from, one.until)
            };
            let unsure = if one.provisional { provisional } else { "" };
            rows.push(vec![days, format!("{}{unsure}", name(&one.name)), source(&one.source)]);
        }
        for one in &self.worked {
            rows.push(vec![one.date.clone(), name(&one.name), source(&one.source)]);
        }
        for one in &self.swaps {
            let days = format!("{} {swapped} {}", one.off, one.worked);
            rows.push(vec![days, name(&one.name), one.source.clone()]);
        }
        rows
    }
}
