//! `paht phone reopen`.

use paht_model::command::Reopening;
use paht_model::fault::Code;
use paht_phone::Phone;

use super::find::find;
use super::kept;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
    /// Why it is not settled.
    #[arg(long, value_name = "T")]
    reason: String,
    /// Which agency's share; otherwise that of the last answer.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
}

pub(super) fn run(phone: &Phone, args: Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    let last = phone.show(&id)?.answers.last().map(|answer| answer.assignment);
    let assignment = args.assignment.or(last).ok_or(Code::ReportState)?;
    phone.reopen(&id, Reopening { assignment, reason: args.reason })?;
    kept(out, &id, "reopen");
    Ok(())
}
