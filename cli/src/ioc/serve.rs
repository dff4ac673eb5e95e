//! `paht ioc serve`.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use paht_server::{ServeOptions, panics_without_words, serve};
use serde_json::json;
use tracing_subscriber::EnvFilter;

use crate::out::{Out, either};
use crate::parent;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that holds everything; made if there is none.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8460")]
    listen: SocketAddr,
    /// A file of settings (TOML): `tenant`, `tls_cert`, `tls_key`, `smpp`, and bounds.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Stop when standard input closes.
    #[arg(long, hide = true)]
    with_parent: bool,
}

pub(crate) async fn run(args: Args, out: Out) -> anyhow::Result<()> {
    log(out.json());
    panics_without_words();
    let mut options = ServeOptions::new(args.data, args.listen);
    options.config = args.config;
    let served = serve(options).await?;
    let url = served.url();
    out.gives(&json!({ "listening": url }), &url, |language| {
        either(language, "Đang nghe tại:", "Listening at:").to_owned()
    });
    parent::asked_to_stop(args.with_parent).await;
    out.remark_either("Đang dừng…", "Stopping…");
    served.stop().await?;
    Ok(())
}

/// The log goes to the error stream: lines for people on a terminal, JSON where programs read. `RUST_LOG` says how much.
fn log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let set = if json { log.json().try_init() } else { log.with_ansi(colours).try_init() };
    // Somebody else's log is as good as ours.
    let _ = set;
}
