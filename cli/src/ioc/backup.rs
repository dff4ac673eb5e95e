//! `paht ioc backup`.

use std::path::PathBuf;

use paht_store::backup::backup;
use serde_json::json;

use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The IOC's data folder; the IOC may be running.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A new or empty folder for the copy.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(crate) fn run(args: &Args, out: Out) -> anyhow::Result<()> {
    backup(&args.data, &args.to)?;
    out.gives(&json!({ "backup": args.to }), &args.to.display(), |language| {
        either(language, "Đã sao lưu vào:", "Copied to:").to_owned()
    });
    Ok(())
}
