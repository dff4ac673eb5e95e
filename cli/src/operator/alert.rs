//! `paht operator alert`, `alerts` and `end-alert`.

use std::collections::BTreeMap;

use anyhow::Context as _;
use clap::ValueEnum;
use paht_model::alert::{Alert, Texts};
use paht_model::fault::Code;
use paht_model::ids::{AlertId, AreaCode};
use serde::{Deserialize as _, Serialize};
use serde_json::{Value, json};

use super::desk::Desk;
use super::wording;
use crate::out::{Out, either};
use crate::wording::Wording;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How much it matters.
    #[arg(long, value_name = "L")]
    level: Level,
    /// In a few words, in Vietnamese.
    #[arg(long, value_name = "T")]
    title: String,
    /// What is the matter and what to do, in Vietnamese.
    #[arg(long, value_name = "T")]
    text: String,
    /// Title in another language, e.g. `en=Heavy rain`.
    #[arg(long, value_name = "LANG=T", value_parser = pair)]
    title_in: Vec<(String, String)>,
    /// Text in another language.
    #[arg(long, value_name = "LANG=T", value_parser = pair)]
    text_in: Vec<(String, String)>,
    /// A commune it is for, by its code; without any it is for the whole province.
    #[arg(long, value_name = "CODE")]
    area: Vec<AreaCode>,
    /// How long it holds, from now.
    #[arg(long, value_name = "N")]
    hours: u32,
    /// A number to call, and who answers, e.g. `1022=Tổng đài`.
    #[arg(long, value_name = "NUMBER=NAME", value_parser = pair)]
    call: Vec<(String, String)>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct EndArgs {
    /// The alert's id.
    id: AlertId,
}

#[derive(Debug, Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    /// Good to know.
    Notice,
    /// Be careful, prepare.
    Warning,
    /// Danger to life.
    Emergency,
}

pub(super) async fn publish(desk: &Desk, args: Args, out: Out) -> anyhow::Result<()> {
    let call =
        |(number, name): (String, String)| json!({ "number": number, "name": texts(name, Vec::new()) });
    let new = json!({
        "level": args.level,
        "title": texts(args.title, args.title_in),
        "text": texts(args.text, args.text_in),
        "areas": args.area,
        "lasts": { "hours": args.hours },
        "numbers": args.call.into_iter().map(call).collect::<Vec<Value>>(),
    });
    let alert = desk.post(&["alerts"], &new).await?;
    let id = Alert::deserialize(&alert).context(Code::LinkGarbled)?.id;
    out.gives(&alert, &id, |language| {
        format!("✓ {}", either(language, "Đã phát cảnh báo:", "Published, alert:"))
    });
    Ok(())
}

pub(super) async fn end(desk: &Desk, args: &EndArgs, out: Out) -> anyhow::Result<()> {
    desk.delete(&["alerts", &args.id.to_string()]).await?;
    out.done(&json!({ "alert": args.id, "ended": true }), |language| {
        format!("✓ {}", either(language, "Cảnh báo đã kết thúc.", "The alert has ended."))
    });
    Ok(())
}

pub(super) async fn list(desk: &Desk, out: Out) -> anyhow::Result<()> {
    let answer = desk.get(&["alerts"], &[]).await?;
    let alerts = answer.get("alerts").and_then(Value::as_array).context(Code::LinkGarbled)?;
    let read = |alert: &Value| Alert::deserialize(alert).context(Code::LinkGarbled);
    let rows = alerts.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    for alert in alerts {
        out.object(alert);
    }
    if rows.is_empty() {
        out.remark_either("Không có cảnh báo nào.", "No alerts.");
        return Ok(());
    }
    table(&rows, &wording(out), out);
    Ok(())
}

/// Alerts as lines.
pub(crate) fn table(alerts: &[Alert], wording: &Wording, out: Out) {
    let language = out.language();
    let head = [
        "id",
        either(language, "mức", "level"),
        either(language, "từ", "from"),
        either(language, "đến", "until"),
        either(language, "nơi", "where"),
        either(language, "nội dung", "title"),
    ];
    let row = |alert: &Alert| {
        let areas: Vec<String> = alert.areas.iter().map(|code| wording.area(code)).collect();
        let everywhere = either(language, "toàn địa bàn", "everywhere").to_owned();
        vec![
            alert.id.to_string(),
            paht_model::words::say(language, &format!("portal-alert-{}", alert.level.as_str())),
            wording.time(alert.from),
            wording.time(alert.until),
            if areas.is_empty() { everywhere } else { areas.join(", ") },
            alert.title.said_in(language.tag()).to_owned(),
        ]
    };
    out.table(&head, &alerts.iter().map(row).collect::<Vec<_>>());
}

/// `LEFT=RIGHT`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.split_once('=').ok_or("two parts with = between, e.g. en=Heavy rain")?;
    Ok((left.trim().to_owned(), right.trim().to_owned()))
}

fn texts(vi: String, others: Vec<(String, String)>) -> Texts {
    Texts::from(others.into_iter().chain([("vi".to_owned(), vi)]).collect::<BTreeMap<_, _>>())
}
