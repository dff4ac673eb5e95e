//! The demo's photos and video: the person's own, else painted ones, so that the page shows what its words say.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use paht_model::place::Point;
use paht_model::time::UnixMs;
use paht_phone::picture::{SamplePhoto, SampleVideo, Scene, sample_photo, sample_video};

/// A Lưới 2, where the landslide is.
pub(crate) const A_LUOI: (f64, f64) = (16.2775, 107.2297);
/// Nam Đông, where the drain is blocked.
pub(crate) const NAM_DONG: (f64, f64) = (16.1019, 107.6850);

/// The same hillside before and after.
const SEED: u64 = 7;
/// How long the video is, in seconds.
const VIDEO_S: u32 = 20;
/// How large the video is, in bytes.
const VIDEO_BYTES: usize = 2_000_000;
/// 22 November 2026, 06:40 in Việt Nam.
const MORNING: UnixMs = UnixMs::from_millis(1_795_304_400_000);

/// What is photographed and filmed this morning.
pub(crate) struct Files {
    /// The landslide.
    pub(crate) landslide: Vec<PathBuf>,
    /// The blocked drain, filmed.
    pub(crate) video: PathBuf,
    /// The road after a first, poor repair.
    pub(crate) first_repair: PathBuf,
    /// The road after a good one.
    pub(crate) second_repair: PathBuf,
    /// Where the landslide's picture comes from, to be said.
    pub(crate) source: String,
}

/// Finds or paints everything, into `folder` where it is painted.
pub(crate) fn gather(folder: &Path, own: Vec<PathBuf>) -> anyhow::Result<Files> {
    let (landslide, source) =
        if own.is_empty() { landslide(folder)? } else { (own, "your own files".to_owned()) };
    let video = folder.join("drain.mp4");
    let filmed = SampleVideo {
        point: point(NAM_DONG)?,
        created: MORNING,
        seconds: VIDEO_S,
        bytes: VIDEO_BYTES,
        seed: SEED,
    };
    std::fs::write(&video, sample_video(&filmed)?)?;
    let first_repair = paint(folder, "repair-1.jpg", Scene::Repaired, SEED + 1)?;
    let second_repair = paint(folder, "repair-2.jpg", Scene::Repaired, SEED)?;
    Ok(Files { landslide, video, first_repair, second_repair, source })
}

fn landslide(folder: &Path) -> anyhow::Result<(Vec<PathBuf>, String)> {
    let file = paint(folder, "landslide.jpg", Scene::Landslide, SEED)?;
    Ok((vec![file], "painted for this demo".to_owned()))
}

fn paint(folder: &Path, name: &str, scene: Scene, seed: u64) -> anyhow::Result<PathBuf> {
    let photo = SamplePhoto {
        scene,
        point: point(A_LUOI)?,
        taken_local: "2026-11-22T06:40:00",
        offset_min: 420,
        width: 2_400,
        height: 1_800,
        seed,
    };
    let file = folder.join(name);
    std::fs::write(&file, sample_photo(&photo)?)?;
    Ok(file)
}

fn point((lat, lon): (f64, f64)) -> anyhow::Result<Point> {
    Point::from_degrees(lat, lon).context("a place of the demo's")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_landslide_is_painted_whatever_photos_lie_beside_the_project() {
        let folder = tempfile::tempdir().unwrap();
        let (files, source) = landslide(folder.path()).unwrap();
        assert_eq!(files, [folder.path().join("landslide.jpg")]);
        assert_eq!(source, "painted for this demo");
    }
}
