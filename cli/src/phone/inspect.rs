//! `paht phone inspect`: the facts of a photo or video, nothing stored.

use std::path::PathBuf;

use paht_model::fault::Code;
use paht_phone::facts::{Facts, Moment, inspect};

use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The photo or video.
    file: PathBuf,
}

pub(super) fn run(args: &Args, out: Out) -> anyhow::Result<()> {
    let facts = inspect(&args.file).map_err(|error| {
        let code = Code::parse(error.code()).unwrap_or(Code::MediaUnreadable);
        anyhow::Error::new(error).context(code)
    })?;
    out.say(&facts, |language| told(&facts, |vi, en| either(language, vi, en)).join("\n"));
    Ok(())
}

fn told<'w>(facts: &Facts, either: impl Fn(&'w str, &'w str) -> &'w str) -> Vec<String> {
    let line = |name: &str, value: String| format!("{name}: {value}");
    let frame = facts.frame;
    let measures = frame.map(|frame| format!("{} × {} px, ", frame.width, frame.height)).unwrap_or_default();
    let mut lines = vec![
        line(either("loại", "kind"), facts.mime.as_str().to_owned()),
        line(either("cỡ", "size"), format!("{measures}{} byte", facts.bytes)),
        line("SHA-256", facts.sha256.to_string()),
    ];
    if let Some(orientation) = frame.and_then(|frame| frame.orientation) {
        lines.push(line(either("hướng (EXIF)", "orientation (EXIF)"), orientation.to_string()));
    }
    if let Some(degrees) = frame.and_then(|frame| frame.rotation_deg) {
        lines.push(line(either("góc xoay", "rotation"), format!("{degrees}°")));
    }
    if let Some(ms) = facts.duration_ms {
        lines.push(line(either("thời lượng", "length"), format!("{}.{:01} s", ms / 1_000, ms % 1_000 / 100)));
    }
    if let Some(position) = &facts.position {
        lines.push(line(either("vị trí", "position"), format!("{:.5}, {:.5}", position.lat, position.lon)));
    }
    if let Some(moment) = &facts.taken_at {
        lines.push(line(either("chụp lúc", "taken"), when(moment)));
    }
    let camera = [&facts.camera.make, &facts.camera.model];
    let camera: Vec<&str> = camera.into_iter().flatten().map(String::as_str).collect();
    if !camera.is_empty() {
        lines.push(line(either("máy", "camera"), camera.join(" ")));
    }
    lines
}

fn when(moment: &Moment) -> String {
    let local = moment.local.replace('T', " ");
    let Some(offset) = moment.offset_min else { return local };
    let sign = if offset < 0 { '-' } else { '+' };
    format!("{local} {sign}{:02}:{:02}", offset.unsigned_abs() / 60, offset.unsigned_abs() % 60)
}
