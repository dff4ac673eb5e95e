//! `paht ioc restore`.

use std::path::PathBuf;

use paht_store::backup::restore;
use serde_json::json;

use crate::clock::random_8;
use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The copy.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// A new or empty data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

pub(crate) fn run(args: &Args, out: Out) -> anyhow::Result<()> {
    let epoch = restore(&args.from, &args.data, random_8()?)?;
    out.gives(&json!({ "data": args.data, "epoch": epoch }), &epoch, |language| {
        either(language, "Đã khôi phục; kỷ nguyên mới:", "Restored; the new epoch:").to_owned()
    });
    Ok(())
}
