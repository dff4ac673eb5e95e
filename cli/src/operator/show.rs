//! `paht operator show`.

use anyhow::Context as _;
use paht_model::case::Case;
use paht_model::fault::Code;
use paht_model::ids::CaseCode;
use paht_model::timeline::Entry;
use serde::Deserialize;
use serde_json::Value;

use super::desk::{Desk, case_in};
use super::wording;
use crate::out::{Out, either};
use crate::shown::people;
use crate::wording::Wording;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The case code.
    case: CaseCode,
}

#[derive(Deserialize)]
struct View {
    text: String,
    advice: Advice,
    timeline: Vec<Entry>,
    /// Assignments whose deadline was counted with days off that nobody has announced; older hubs do not tell.
    #[serde(default)]
    provisional: Vec<u16>,
}

/// What triage advised.
#[derive(Deserialize)]
struct Advice {
    agency: Option<String>,
    rule: String,
    instead_of: Option<(String, String)>,
    urgent: bool,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let view = desk.case(&args.case).await?;
    print(&view, out)
}

/// A case as the desk sees it.
pub(super) fn print(view: &Value, out: Out) -> anyhow::Result<()> {
    if out.json() {
        out.object(view);
        return Ok(());
    }
    let (case, view) = (case_in(view)?, View::deserialize(view).context(Code::LinkGarbled)?);
    let wording = wording(out);
    out.line(&format!("{}  {}", console::style(&case.code).bold(), wording.stage(case.stage())));
    out.line(&people(&view.text));
    advice(&wording, &view.advice, out);
    shares(&wording, &case, &view.provisional, out);
    out.line("");
    let agency_of = |number: u16| case.assignment(number).map(|share| share.agency.clone());
    for entry in &view.timeline {
        out.line(&format!("{}  {}", wording.time(entry.at), wording.entry(entry, agency_of)));
    }
    Ok(())
}

fn advice(wording: &Wording, advice: &Advice, out: Out) {
    let name = |id: &str| id.parse().map_or_else(|_| id.to_owned(), |id| wording.agency(&id));
    let agency = advice.agency.as_deref().map(name).unwrap_or_default();
    let urgent = if advice.urgent { either(out.language(), " · khẩn", " · urgent") } else { "" };
    let by = either(out.language(), "theo quy tắc", "by rule");
    out.line(&format!("{agency} · {by} {}{urgent}", advice.rule));
    if let Some((instead_of, duty_phone)) = &advice.instead_of {
        let competent = name(instead_of);
        out.either(
            &format!("{competent} chưa tham gia hệ thống; gọi trực ban {duty_phone}"),
            &format!("{competent} is not on board yet; call the duty phone {duty_phone}"),
        );
    }
}

fn shares(wording: &Wording, case: &Case, provisional: &[u16], out: Out) {
    for share in &case.assignments {
        let due = either(out.language(), "hạn", "due");
        let first = either(out.language(), "hạn đầu", "first");
        let number = share.number;
        let (now, was) = (wording.time(share.due), wording.time(share.first_due));
        let agency = wording.agency(&share.agency);
        let (vi, en) =
            (", tạm tính: lịch nghỉ chưa công bố", ", provisional: the days off are not announced yet");
        let unsure = if provisional.contains(&number) { either(out.language(), vi, en) } else { "" };
        out.line(&format!("{number} → {agency}: {due} {now}{unsure} ({first} {was})"));
        if let Some(asked) = share.asked {
            let wish = either(out.language(), "xin gia hạn đến", "asks for time until");
            out.line(&format!("  {wish} {}", wording.time(asked)));
        }
    }
}
