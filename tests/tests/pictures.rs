//! Goal: the pictures that travel first take fewer bytes than the usual ones and look the same. Method: real photos of
//! `../shared/media`, shrunk without loss, become what the phone makes of them and what libjpeg-turbo makes in many
//! qualities; likeness to the shrunk photo is SSIM, and sizes are compared where it is equal.
//! `cargo test -p paht-tests --test pictures -- --nocapture` prints the table.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::Command;

use paht_phone::facts::inspect;
use paht_phone::picture::{Derived, Encoded, derive};
use paht_tests::needs;
use serde::Deserialize;

/// Qualities of libjpeg-turbo between which sizes are read off.
const QUALITIES: [u8; 10] = [24, 32, 40, 48, 54, 60, 70, 76, 80, 88];
/// Bytes of all renditions to those of libjpeg-turbo where they look the same (section 9 of the design).
const RATIO_MAX: f64 = 0.70;
/// How much less alike than libjpeg-turbo's usual quality one picture may be: a third of what can be seen side by side.
const GIVEN_UP_MAX: f64 = 0.01;

/// What was measured of one photo.
#[derive(Deserialize)]
struct Measured {
    name: String,
    alike: f64,
    /// Bytes and likeness by quality.
    theirs: Vec<(f64, f64)>,
}

impl Measured {
    /// How many bytes libjpeg-turbo needs for our likeness; none beyond its least and best quality.
    fn bytes_as_alike(&self) -> Option<f64> {
        let between = |pair: &[(f64, f64)]| {
            let [(less, least), (more, most)] = pair else { return None };
            let way = (self.alike - least) / (most - least);
            (0.0..=1.0).contains(&way).then(|| less + (more - less) * way)
        };
        self.theirs.windows(2).find_map(between)
    }

    fn given_up(&self, quality: u8) -> f64 {
        self.theirs[QUALITIES.iter().position(|one| *one == quality).unwrap()].1 - self.alike
    }
}

#[allow(clippy::cast_precision_loss)]
fn size(bytes: usize) -> f64 {
    bytes as f64
}

fn script(arguments: &mut Command) -> Vec<String> {
    let made = arguments.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn python() -> Option<Command> {
    let python = if cfg!(windows) { "venv/Scripts/python.exe" } else { "venv/bin/python3" };
    let mut command = Command::new(needs::file(needs::target().join(python), "Python with Pillow")?);
    command.arg(needs::root().join("tests/python/pictures.py"));
    Some(command)
}

/// All photos, each once, that are not there to be broken.
fn photos(media: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(media).unwrap().map(|entry| entry.unwrap().path());
    let is_photo = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jpg");
    // The last two are photos that lie there under other names too, with a position of their own.
    let passed_over = ["broken", "field-a-luoi", "field-nam-dong"];
    let is_whole = |path: &PathBuf| !passed_over.iter().any(|name| path.ends_with(format!("{name}.jpg")));
    let mut photos: Vec<PathBuf> = files.filter(is_photo).filter(is_whole).collect();
    photos.sort();
    photos
}

/// Of each photo at least `side` pixels long, what was `chosen` of its derivations, and how it compares.
fn measured(side: u32, chosen: fn(Derived) -> Encoded) -> Option<Vec<(Encoded, Measured)>> {
    let media = needs::file(needs::root().join("../shared/media"), "../shared/media")?;
    let folder = tempfile::tempdir().unwrap();
    let mut shrinking = python()?;
    shrinking.args(["shrink", "--side", &side.to_string(), "--out"]).arg(folder.path());
    let names = script(shrinking.args(photos(&media)));
    let ours = names.iter().map(|name| {
        let shrunk = folder.path().join(format!("{name}.png"));
        let made = chosen(derive(&shrunk, &inspect(&shrunk).unwrap(), None).unwrap());
        std::fs::write(shrunk.with_extension("ours"), &made.bytes).unwrap();
        made
    });
    let ours: Vec<Encoded> = ours.collect();
    let qualities = QUALITIES.map(|quality| quality.to_string()).join(",");
    let mut compare = python()?;
    let compare = compare.args(["compare", "--quality", &qualities]).arg(folder.path()).args(&names);
    let lines = script(compare).into_iter().map(|line| serde_json::from_str::<Measured>(&line).unwrap());
    Some(ours.into_iter().zip(lines).collect())
}

/// Prints the table; gives the mean of the ratios.
fn table(title: &str, quality: u8, rows: &[(Encoded, Measured)]) -> f64 {
    println!(
        "\n{title:<20} {:>10} {:>8} {:>8} {:>14} {:>6}   less alike than",
        "type", "bytes", "SSIM", "libjpeg-turbo", "ratio"
    );
    let mut ratios = Vec::new();
    for (ours, row) in rows {
        let theirs = row.bytes_as_alike().unwrap();
        let ratio = size(ours.bytes.len()) / theirs;
        println!(
            "{:<20} {:>10} {:>8} {:>8.4} {theirs:>14.0} {ratio:>6.3}   its quality {quality} by {:+.4}",
            row.name,
            ours.mime,
            ours.bytes.len(),
            row.alike,
            row.given_up(quality),
        );
        ratios.push(ratio);
    }
    let mean = ratios.iter().sum::<f64>() / size(ratios.len());
    println!("mean ratio {mean:.3}");
    mean
}

#[test]
fn a_rendition_takes_seven_tenths_of_the_bytes_and_looks_the_same() {
    let Some(rows) = measured(1_600, |made| made.rendition) else { return };
    assert!(rows.len() >= 5, "only {} photos", rows.len());
    let mean = table("rendition", 80, &rows);
    assert!(mean <= RATIO_MAX, "{mean:.3}");
    for (_, row) in &rows {
        assert!(row.given_up(80) < GIVEN_UP_MAX, "{} by {:.4}", row.name, row.given_up(80));
    }
}

#[test]
fn a_preview_takes_fewer_bytes_too() {
    let Some(rows) = measured(320, |made| made.preview) else { return };
    assert!(rows.len() >= 15, "only {} photos", rows.len());
    let mean = table("preview", 60, &rows);
    assert!(mean <= RATIO_MAX + 0.05, "{mean:.3}");
}
