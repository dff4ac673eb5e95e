//! `paht phone text`: a kept report as text messages, for where there is no data.

use paht_model::sms::CheckKey;
use paht_phone::Phone;
use serde_json::json;

use super::find::find;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
    /// They were sent: the report is called unconfirmed until data returns.
    #[arg(long)]
    sent: bool,
    /// The key that the IOC gave this number, 64 hex digits.
    #[arg(long, value_name = "KEY", env = "PAHT_CHECK_KEY", hide_env_values = true)]
    check_key: Option<CheckKey>,
}

pub(super) fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    let messages = phone.sms(&id, args.check_key.as_ref())?;
    if args.sent {
        phone.texted(&id)?;
    }
    out.object(&json!({ "messages": messages, "unconfirmed": phone.show(&id)?.unconfirmed }));
    for message in &messages {
        out.line(message);
    }
    Ok(())
}
