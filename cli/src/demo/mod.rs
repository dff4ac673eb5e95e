//! `paht demo`: one morning, played through by the real program. The IOC and two phones are processes of their own, each
//! with a folder; between a phone and the IOC lies a link that fails.

mod cast;
mod check;
mod desk_work;
mod handset;
mod link;
mod media;
mod morning;
mod neighbour;
mod process;
mod sending;
mod story;
mod texting;
mod verdict;

use std::path::PathBuf;

use anyhow::bail;

use crate::out::Out;
use crate::parent;
use cast::Cast;
use story::Story;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// End after the rating; 0 if everything is as it should be.
    #[arg(long)]
    once: bool,
    /// Your own photo or video, reported from A Lưới.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    media: Vec<PathBuf>,
    /// Keep the IOC's and the phones' folders here.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Varies when the link is cut.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

pub(crate) async fn run(args: Args, out: Out) -> anyhow::Result<()> {
    tokio::select! {
        played = play(args, out) => played,
        () = parent::asked_to_stop(false) => {
            out.line("stopped");
            Ok(())
        }
    }
}

async fn play(args: Args, out: Out) -> anyhow::Result<()> {
    let story = Story::begin(out);
    let temporary = tempfile::tempdir()?;
    let folder = args.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    story.step("An IOC and two phones start, each a process with a folder of its own");
    let into = folder.clone();
    let files = tokio::task::spawn_blocking(move || media::gather(&into, args.media));
    let mut cast = Cast::gather(&story, &folder, files, args.seed).await?;
    let wrong = morning::play(&story, &mut cast).await?;
    if args.once {
        cast.end().await?;
        return if wrong == 0 { Ok(()) } else { bail!("{wrong} things are not as they should be") };
    }
    let page = cast.page();
    story.tell(&format!("The public page of the case stays up at {page} · Ctrl-C ends it."));
    std::future::pending().await
}
