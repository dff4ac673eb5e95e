//! Goal: `facts::inspect` tells what a well-known metadata reader tells of real files, gives a clear error for bad ones,
//! and never panics. Method: the table in `../shared/media/expected.json`, bad files made here, and random damage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use paht_model::capture::MediaKind;
use paht_model::limits;
use paht_phone::facts::{Facts, FactsError, inspect};
use proptest::prelude::*;
use serde_json::Value;

/// The shared files, or `None` (with a message) where they are missing; in CI they must be there.
fn media() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/media"));
    if folder.join("expected.json").is_file() {
        return Some(folder.to_owned());
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "../shared/media is missing in CI");
    println!("skipped: ../shared/media is not here");
    None
}

/// Every field that the table lists, as (name, expected, found), where they differ.
fn differences(expected: &Value, facts: &Facts) -> Vec<String> {
    let at = facts.position;
    let time = |moment: &Option<paht_phone::facts::Moment>| moment.as_ref().map(|m| m.local.clone());
    let mut wrong = Vec::new();
    for (name, value) in expected.as_object().unwrap() {
        let number = |found: Option<f64>, tolerance: f64| {
            found.is_some_and(|found| (found - value.as_f64().unwrap()).abs() <= tolerance)
        };
        // Dates with an offset behind them are compared whole, others by their wall time.
        let date = |moment: &Option<paht_phone::facts::Moment>| {
            let text = value.as_str().unwrap();
            let (wall, offset) = text.split_at(19);
            time(moment) == Some(wall.replacen(':', "-", 2).replace(' ', "T"))
                && (offset.is_empty() || moment.as_ref().unwrap().offset_min == minutes(offset))
        };
        let same = match name.as_str() {
            "FileName" => true,
            "Make" => facts.camera.make.as_deref() == value.as_str(),
            "Model" => facts.camera.model.as_deref() == value.as_str(),
            "GPSLatitude" => number(at.map(|p| p.lat), 1e-6),
            "GPSLongitude" => number(at.map(|p| p.lon), 1e-6),
            "GPSAltitude" => number(at.and_then(|p| p.altitude_m), 1e-6),
            "GPSHPositioningError" => number(at.and_then(|p| p.accuracy_m), 1e-6),
            "DateTimeOriginal" => date(&facts.taken_at),
            "OffsetTimeOriginal" => {
                facts.taken_at.as_ref().unwrap().offset_min == minutes(value.as_str().unwrap())
            }
            "CreateDate" => date(&facts.created),
            "Orientation" => facts.frame.unwrap().orientation.map(u64::from) == value.as_u64(),
            "ImageWidth" => Some(u64::from(facts.frame.unwrap().width)) == value.as_u64(),
            "ImageHeight" => Some(u64::from(facts.frame.unwrap().height)) == value.as_u64(),
            "Rotation" => facts.frame.unwrap().rotation_deg.map(u64::from) == value.as_u64(),
            // The table has seconds to four places, facts have whole milliseconds.
            "Duration" => number(
                facts.duration_ms.and_then(|ms| u32::try_from(ms).ok()).map(|ms| f64::from(ms) / 1000.0),
                0.0005,
            ),
            other => panic!("the table has a new column, {other}"),
        };
        if !same {
            wrong.push(format!("{name}: expected {value}, found {facts:?}"));
        }
    }
    if expected.get("GPSLatitude").is_none() && at.is_some() {
        wrong.push(format!("a position out of nowhere: {at:?}"));
    }
    wrong
}

fn minutes(offset: &str) -> Option<i16> {
    let (hours, minutes) = offset.split_at(1).1.split_once(':')?;
    let size = hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?;
    Some(if offset.starts_with('-') { -size } else { size })
}

#[test]
fn agrees_with_the_table_on_every_file() {
    let Some(folder) = media() else { return };
    let table: Value = serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for expected in table.as_array().unwrap() {
        let name = expected["FileName"].as_str().unwrap();
        match inspect(&folder.join(name)) {
            Err(error) => wrong.push(format!("{name}: {error:?}")),
            Ok(facts) => {
                let bytes = fs::read(folder.join(name)).unwrap();
                assert_eq!(facts.sha256, paht_model::ids::Sha256::of(&bytes), "{name}");
                assert_eq!(facts.bytes, bytes.len() as u64, "{name}");
                wrong.extend(differences(expected, &facts).into_iter().map(|line| format!("{name}: {line}")));
            }
        }
    }
    assert!(table.as_array().unwrap().len() > 20, "the table is nearly empty");
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn hostile_files_give_facts_or_a_clean_error() {
    let Some(folder) = media() else { return };
    // Its one picture track has lost its handler: nothing in it can be shown.
    assert_eq!(inspect(&folder.join("crash_moov-trak")).unwrap_err().code(), "media.unknown-format");
    assert_eq!(inspect(&folder.join("invalid-gps")).unwrap_err().code(), "media.truncated");
}

#[test]
fn media_types_come_from_the_bytes() {
    let Some(folder) = media() else { return };
    for (name, mime, kind) in [
        ("DSCN0010.jpg", "image/jpeg", MediaKind::Photo),
        ("iphone_13_pro_max.HEIC", "image/heic", MediaKind::Photo),
        ("meta.mp4", "video/mp4", MediaKind::Video),
        ("meta.mov", "video/quicktime", MediaKind::Video),
    ] {
        let facts = inspect(&folder.join(name)).unwrap();
        assert_eq!((facts.mime.as_str(), facts.kind), (mime, kind), "{name}");
    }
}

#[test]
fn facts_are_flat_as_json() {
    let Some(folder) = media() else { return };
    let facts = serde_json::to_value(inspect(&folder.join("field-a-luoi.jpg")).unwrap()).unwrap();
    assert_eq!(facts["kind"], "photo");
    assert_eq!(facts["width"], 4608);
    assert_eq!(facts["make"], "HMD Global");
    assert_eq!(facts["position"]["lat"], 16.2775);
    assert_eq!(facts["taken_at"]["local"], "2026-11-02T07:41:09");
    assert_eq!(facts["taken_at"]["offset_min"], 420);
}

fn code_of(name: &str, bytes: &[u8]) -> &'static str {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    inspect(&path).map_or_else(|error| error.code(), |_| "ok")
}

/// A JPEG of one grey component that claims this size.
fn tiny_jpeg(width: u16, height: u16) -> Vec<u8> {
    let [w1, w2] = width.to_be_bytes();
    let [h1, h2] = height.to_be_bytes();
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, h1, h2, w1, w2, 1, 1, 0x11, 0];
    bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xff, 0xd9]);
    bytes
}

#[test]
fn what_is_no_photo_or_video_is_refused() {
    assert_eq!(code_of("empty.jpg", b""), "media.empty");
    assert_eq!(code_of("letter.jpg", "Kính gửi tổ dân phố".as_bytes()), "media.unknown-format");
    assert_eq!(code_of("one.jpg", b"x"), "media.unknown-format");
    assert_eq!(code_of("page.mp4", b"<html><body>log in to the hotel</body></html>"), "media.unknown-format");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(inspect(folder.path()).unwrap_err().code(), "media.unreadable");
    assert_eq!(inspect(&folder.path().join("missing.jpg")).unwrap_err().code(), "media.unreadable");
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    assert_eq!(code_of("good.jpg", &tiny_jpeg(640, 480)), "ok");
    assert_eq!(code_of("bomb.jpg", &tiny_jpeg(65_500, 65_500)), "media.bomb");
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\x02\0\0\0....".to_vec();
    png.extend(b"\0\0\0\0IEND....");
    assert_eq!(code_of("bomb.png", &png), "media.bomb");
}

#[test]
fn a_file_over_its_limit_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    for (name, head, max) in [
        ("big.jpg", tiny_jpeg(640, 480), limits::PHOTO_BYTES_MAX),
        ("big.mp4", b"\0\0\0\x10ftypisom\0\0\0\0".to_vec(), limits::VIDEO_BYTES_MAX),
    ] {
        let path = folder.path().join(name);
        let mut file = File::create(&path).unwrap();
        file.write_all(&head).unwrap();
        file.set_len(max + 1).unwrap();
        let error = inspect(&path).unwrap_err();
        assert!(
            matches!(error, FactsError::TooLarge { bytes, max: limit } if bytes == max + 1 && limit == max)
        );
        assert_eq!(error.code(), "media.too-large");
    }
}

#[test]
fn a_file_that_ends_too_early_is_truncated() {
    let jpeg = tiny_jpeg(640, 480);
    for len in 3..jpeg.len() {
        assert_eq!(code_of("cut.jpg", &jpeg[..len]), "media.truncated", "{len} bytes");
    }
    let Some(folder) = media() else { return };
    for name in
        ["DSCN0010.jpg", "broken.jpg", "field-12mp.jpg", "meta.mp4", "meta.mov", "iphone_13_pro_max.HEIC"]
    {
        let bytes = fs::read(folder.join(name)).unwrap();
        for len in [bytes.len() / 3, bytes.len() * 9 / 10, bytes.len() - 1] {
            assert_eq!(code_of(name, &bytes[..len]), "media.truncated", "{name} cut to {len} bytes");
        }
    }
}

#[test]
fn damaged_metadata_do_not_stop_a_good_picture() {
    let Some(folder) = media() else { return };
    let mut bytes = fs::read(folder.join("DSCN0010.jpg")).unwrap();
    bytes[24..600].fill(0xee);
    let path = tempfile::NamedTempFile::new().unwrap();
    fs::write(path.path(), &bytes).unwrap();
    let facts = inspect(path.path()).unwrap();
    assert_eq!((facts.frame.unwrap().width, facts.frame.unwrap().height, facts.position), (640, 480, None));
}

/// A few small real files, their heads kept and their picture data left out, to damage quickly.
fn seeds() -> Vec<Vec<u8>> {
    let amr = [&b"#!AMR-WB\n"[..], &[[&[0x0c_u8][..], &[0; 23]].concat().repeat(40)].concat()].concat();
    let ogg = [&b"OggS\0\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01\x01"[..], &[0; 9]]
        .concat();
    let mut seeds = vec![tiny_jpeg(640, 480), amr, ogg];
    let Some(folder) = media() else { return seeds };
    for (name, keep) in [("DSCN0010.jpg", 16_000), ("crash_moov-trak", 3_753), ("invalid-gps", 17_886)] {
        let mut bytes = fs::read(folder.join(name)).unwrap();
        bytes.truncate(keep);
        seeds.push(bytes);
    }
    // A video whose picture data are cut out: head, then `moov`.
    let mov = fs::read(folder.join("meta.mov")).unwrap();
    seeds.push([&mov[..20], &mov[765_703..]].concat());
    // A HEIC with its boxes whole and most of its data cut.
    let mut heic = fs::read(folder.join("iphone_13_pro_max.HEIC")).unwrap();
    heic.truncate(30_000);
    heic[3_749..3_753].copy_from_slice(&26_251_u32.to_be_bytes());
    seeds.push(heic);
    seeds
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_never_panics(
        which in 0_usize..8,
        cut in prop::option::of(0.0..1.0_f64),
        // Most damage falls on the first kilobytes, where the structure is.
        blows in prop::collection::vec((0_usize..4_500, prop::sample::select(vec![0_u8, 1, 0x7f, 0x80, 0xff, 0xd8, 0x2a])), 0..12),
    ) {
        let seeds = seeds();
        let mut bytes = seeds[which % seeds.len()].clone();
        for (at, value) in blows {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        if let Some(cut) = cut {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), &bytes).unwrap();
        if let Ok(facts) = inspect(file.path()) {
            prop_assert!(facts.frame.is_none_or(|frame| frame.width > 0 && frame.height > 0));
            if let Some(at) = facts.position {
                prop_assert!(at.lat.abs() <= 90.0 && at.lon.abs() <= 180.0);
                prop_assert!((at.lat, at.lon) != (0.0, 0.0));
            }
        }
    }
}

#[test]
fn a_file_of_nothing_but_tiny_boxes_is_given_up() {
    let mut boxes = b"\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    boxes.extend(b"\0\0\0\x08free".repeat(300_000));
    assert_eq!(code_of("boxes.mp4", &boxes), "media.unknown-format");
}
