//! `paht operator return`.

use paht_model::case::AssignmentState;
use paht_model::ids::CaseCode;
use serde_json::json;

use super::desk::{Desk, case_in, share};
use super::show;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The case code.
    case: CaseCode,
    /// Why, and who would be competent.
    #[arg(long, value_name = "R")]
    reason: String,
    /// Which share; otherwise the first that is open.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let case = case_in(&desk.case(&args.case).await?)?;
    let open = [AssignmentState::Dispatched, AssignmentState::InProgress];
    let assignment = share(&case, args.assignment, &open)?;
    let action = json!({ "action": "return", "assignment": assignment, "reason": args.reason });
    show::print(&desk.act(&args.case, &action).await?, out)
}
