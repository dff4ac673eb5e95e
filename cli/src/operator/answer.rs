//! `paht operator answer`: the evidence first (the original sealed, a rendition without metadata to be shown), then the
//! answer that speaks of it.

use std::path::{Path, PathBuf};

use paht_model::fault::Code;
use paht_model::ids::{CaseCode, Sha256};
use paht_phone::facts::{Facts, inspect};
use paht_phone::picture::{Derived, PictureError, derive};
use serde_json::json;

use super::desk::{Desk, Evidence, read};
use super::show;
use crate::out::Out;
use crate::trouble::Trouble;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The case code.
    case: CaseCode,
    /// The result, in words that everybody reads.
    #[arg(long, value_name = "T")]
    text: String,
    /// Photos of the result, or of a paper.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    media: Vec<PathBuf>,
    /// Which share; otherwise the first that is open.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
}

pub(super) async fn run(desk: &Desk, args: &Args, out: Out) -> anyhow::Result<()> {
    // Every picture is made before the first byte goes: a file that will not do stops the answer, not half of it.
    let prepared = args.media.iter().map(|file| prepare(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut evidence = Vec::new();
    for (file, (facts, derived)) in args.media.iter().zip(prepared) {
        evidence.push(attach(desk, &args.case, file, &facts, derived).await?);
    }
    let action =
        json!({ "action": "answer", "assignment": args.assignment, "text": args.text, "evidence": evidence });
    show::print(&desk.act(&args.case, &action).await?, out)
}

fn prepare(file: &Path) -> anyhow::Result<(Facts, Derived)> {
    let facts = inspect(file).map_err(|error| {
        let code = Code::parse(error.code()).unwrap_or(Code::MediaUnreadable);
        anyhow::Error::new(error).context(code)
    })?;
    let derived = derive(file, &facts, None).map_err(|error| match error {
        PictureError::NeedsPlatform => Trouble::new(
            Code::MediaUnknownFormat.as_str(),
            "Ảnh HEIC và video không công bố được từ đây; hãy dùng JPEG, PNG hoặc WebP.",
            "HEIC and video cannot be made public from here; use a JPEG, PNG or WebP.",
        )
        .into(),
        error => anyhow::Error::new(error).context(Code::MediaUnreadable),
    })?;
    Ok((facts, derived))
}

/// Gives the rendition's hash: it is what the public sees, and what the answer speaks of.
async fn attach(
    desk: &Desk,
    case: &CaseCode,
    file: &Path,
    facts: &Facts,
    derived: Derived,
) -> anyhow::Result<Sha256> {
    let original = Evidence {
        bytes: read(file)?,
        kind: "original",
        media_type: facts.mime.as_str(),
        of: None,
        size: facts.frame.map_or((0, 0), |frame| (frame.width, frame.height)),
    };
    let of = desk.attach(case, original).await?;
    let shown = derived.rendition;
    let rendition = Evidence {
        kind: "rendition",
        media_type: shown.mime,
        of: Some(of),
        size: (shown.width, shown.height),
        bytes: shown.bytes,
    };
    desk.attach(case, rendition).await
}
