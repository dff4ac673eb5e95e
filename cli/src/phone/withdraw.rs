//! `paht phone withdraw`.

use paht_phone::Phone;

use super::find::find;
use super::kept;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
}

pub(super) fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    phone.withdraw(&id)?;
    kept(out, &id, "withdraw");
    Ok(())
}
