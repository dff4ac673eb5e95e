//! `paht ioc token`.

use std::path::PathBuf;

use paht_model::ids::AgencyId;
use paht_server::{Role, issue_token};
use serde_json::json;

use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The IOC's data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// What its bearer may do: operator, agency, read-only or gateway (of text messages).
    #[arg(long, value_name = "ROLE")]
    role: Role,
    /// Whose desk, for the role agency.
    #[arg(long, value_name = "ID")]
    agency: Option<AgencyId>,
}

pub(crate) fn run(args: &Args, out: Out) -> anyhow::Result<()> {
    let token = issue_token(&args.data, args.role, args.agency.clone())?;
    let said = json!({ "token": token, "role": args.role, "agency": args.agency });
    out.gives(&said, &token, |language| {
        either(language, "Mã này chỉ hiện một lần, hãy cất kỹ.", "It is shown only now; keep it well.")
            .to_owned()
    });
    Ok(())
}
