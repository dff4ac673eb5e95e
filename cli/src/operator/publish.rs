//! `paht operator publish`.

use clap::ValueEnum;
use paht_model::ids::CaseCode;
use serde::Serialize;
use serde_json::json;

use super::desk::Desk;
use super::show;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The case code.
    case: CaseCode,
    /// Who may see it.
    #[arg(long, value_name = "TO", default_value = "public")]
    to: To,
}

#[derive(Debug, Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum To {
    /// Operators alone.
    Held,
    /// Everybody.
    Public,
    /// Nobody any more.
    TakenDown,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    let action = json!({ "action": "publish", "to": args.to });
    show::print(&desk.act(&args.case, &action).await?, out)
}
