//! `paht operator officers`, `end-officer` and `give-time`.

use anyhow::Context as _;
use paht_model::case::AssignmentState;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, KeyThumbprint};
use paht_model::time::UnixMs;
use paht_model::wire::officer::Officer;
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::desk::{Desk, case_in, share};
use super::{show, wording};
use crate::moment::moment;
use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct EndArgs {
    /// The officer's key, as `officers` lists it.
    key: KeyThumbprint,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TimeArgs {
    /// The case code.
    case: CaseCode,
    /// Which share; otherwise the first that is open.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
    /// The new deadline, e.g. 2026-12-01 or 2026-12-01T09:30.
    #[arg(long, value_name = "T", value_parser = moment)]
    until: UnixMs,
}

pub(super) async fn list(desk: &Desk, out: Out) -> anyhow::Result<()> {
    let answer = desk.get(&["officers"], &[]).await?;
    let officers = answer.get("officers").and_then(Value::as_array).context(Code::LinkGarbled)?;
    let read = |officer: &Value| Officer::deserialize(officer).context(Code::LinkGarbled);
    let rows = officers.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    for officer in officers {
        out.object(officer);
    }
    if rows.is_empty() {
        out.remark_either("Chưa có cán bộ nào.", "No officers.");
        return Ok(());
    }
    let language = out.language();
    let head = [
        either(language, "khóa", "key"),
        either(language, "cơ quan", "agency"),
        either(language, "từ", "since"),
        either(language, "đến", "ended"),
    ];
    let wording = wording(out);
    let row = |officer: &Officer| {
        vec![
            officer.key.to_string(),
            wording.agency(&officer.agency),
            wording.time(officer.since),
            officer.ended.map(|at| wording.time(at)).unwrap_or_default(),
        ]
    };
    out.table(&head, &rows.iter().map(row).collect::<Vec<_>>());
    Ok(())
}

pub(super) async fn end(desk: &Desk, args: &EndArgs, out: Out) -> anyhow::Result<()> {
    desk.delete(&["officers", &args.key.to_string()]).await?;
    out.done(&json!({ "officer": args.key, "ended": true }), |language| {
        let ended = either(
            language,
            "Điện thoại này không còn làm việc thay cơ quan.",
            "This phone no longer acts for its agency.",
        );
        format!("✓ {ended}")
    });
    Ok(())
}

pub(super) async fn give_time(desk: &Desk, args: &TimeArgs, out: Out) -> anyhow::Result<()> {
    let case = case_in(&desk.case(&args.case).await?)?;
    let open = [AssignmentState::Dispatched, AssignmentState::InProgress];
    let assignment = share(&case, args.assignment, &open)?;
    let action = json!({ "action": "give-time", "assignment": assignment, "due": args.until });
    show::print(&desk.act(&args.case, &action).await?, out)
}
