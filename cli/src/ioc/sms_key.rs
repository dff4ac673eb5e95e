//! `paht ioc sms-key`.

use std::path::PathBuf;

use anyhow::Context as _;
use paht_server::sms_key;
use serde_json::json;

use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The IOC's data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The number of the phone that the key is for.
    #[arg(long, value_name = "NUMBER")]
    number: String,
}

pub(crate) fn run(args: &Args, out: Out) -> anyhow::Result<()> {
    let key = sms_key(&args.data, &args.number)?;
    let key = key.with_context(|| format!("{} is no telephone number", args.number))?;
    out.gives(&json!({ "key": key }), &key, |language| {
        let whose = either(
            language,
            "Ai có khóa này được tin là máy của số ấy.",
            "Whoever has it is believed to be the phone of that number.",
        );
        whose.to_owned()
    });
    Ok(())
}
