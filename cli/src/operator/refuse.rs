//! `paht operator refuse`.

use paht_model::ids::CaseCode;
use serde_json::json;

use super::desk::Desk;
use super::show;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The case code.
    case: CaseCode,
    /// Why; the citizen reads it.
    #[arg(long, value_name = "R")]
    reason: String,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let action = json!({ "action": "refuse", "reason": args.reason });
    show::print(&desk.act(&args.case, &action).await?, out)
}
