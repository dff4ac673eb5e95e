//! `paht phone hold` and its opposite, `paht phone release`.

use paht_phone::Phone;

use super::find::find;
use super::kept;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
}

pub(super) fn hold(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    phone.hold(&id)?;
    kept(out, &id, "hold");
    Ok(())
}

pub(super) fn release(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    phone.release(&id)?;
    kept(out, &id, "release");
    Ok(())
}
