//! `paht operator dispatch`.

use paht_model::ids::{AgencyId, CaseCode};
use serde_json::json;

use super::desk::Desk;
use super::show;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The case code.
    case: CaseCode,
    /// To whom; otherwise to whom the rules say.
    #[arg(long, value_name = "A")]
    agency: Option<AgencyId>,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let action = json!({ "action": "dispatch", "agency": args.agency });
    show::print(&desk.act(&args.case, &action).await?, out)
}
