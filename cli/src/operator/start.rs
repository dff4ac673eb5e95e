//! `paht operator start`.

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
    /// Which share; otherwise the first that is not taken up.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let case = case_in(&desk.case(&args.case).await?)?;
    let assignment = share(&case, args.assignment, &[AssignmentState::Dispatched])?;
    let action = json!({ "action": "start", "assignment": assignment });
    show::print(&desk.act(&args.case, &action).await?, out)
}
