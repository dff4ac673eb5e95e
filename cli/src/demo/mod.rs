//! stub
#[derive(Debug, clap::Args)]
pub(crate) struct Args { #[arg(long)] once: bool, #[arg(long, num_args = 1..)] media: Vec<std::path::PathBuf>, #[arg(long)] keep: Option<std::path::PathBuf> }
pub(crate) async fn run(_args: Args, _out: &crate::out::Out) -> anyhow::Result<()> { Ok(()) }
