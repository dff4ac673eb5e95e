//! Goal: what is made of a photo is upright, small, true to the original and without metadata. Method: samples painted
//! here and the real photos of `../shared/media`, their derivations decoded again and compared.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::ImageEncoder as _;
use jpeg_encoder::{ColorType, Encoder};
use moxcms::ColorProfile;
use paht_model::capture::MediaKind;
use paht_model::limits;
use paht_model::place::Point;
use paht_model::time::UnixMs;
use paht_phone::facts::{Facts, inspect};
use paht_phone::picture::{
    Decoded, Decoder, Derived, Encoded, PREVIEW_BYTES_WANTED, PictureError, SamplePhoto, SampleVideo, Scene,
    derive, sample_photo, sample_video,
};

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

fn a_luoi() -> Point {
    Point::from_degrees(16.2775, 107.2297).unwrap()
}

fn sample(scene: Scene, width: u32, height: u32) -> Vec<u8> {
    let point = a_luoi();
    let taken_local = "2026-11-02T07:41:09";
    sample_photo(&SamplePhoto { scene, point, taken_local, offset_min: 420, width, height, seed: 7 }).unwrap()
}

fn facts_of(bytes: &[u8]) -> Facts {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    inspect(file.path()).unwrap()
}

fn derived(bytes: &[u8]) -> Result<Derived, PictureError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    derive(file.path(), &inspect(file.path()).unwrap(), None)
}

/// RGB of a derivation, by another decoder than the encoder's own.
fn pixels(encoded: &Encoded) -> Vec<u8> {
    let made = image::load_from_memory_with_format(&encoded.bytes, image::ImageFormat::WebP).unwrap();
    assert_eq!((made.width(), made.height()), (encoded.width, encoded.height));
    assert!(!made.color().has_alpha());
    made.to_rgb8().into_raw()
}

/// Mean difference of two pictures' levels, 0 to 255.
fn distance(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let sum: u64 = one.iter().zip(other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    #[allow(clippy::cast_precision_loss)]
    let mean = sum as f64 / one.len() as f64;
    mean
}

/// Law 7: no EXIF, no XMP, no profile: one chunk, that of the picture.
fn assert_bare(encoded: &Encoded) {
    let bytes = &encoded.bytes;
    assert_eq!(encoded.mime, "image/webp");
    assert_eq!((&bytes[..4], &bytes[8..16]), (b"RIFF".as_slice(), b"WEBPVP8 ".as_slice()));
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!((word(4), word(16).next_multiple_of(2)), (bytes.len() - 8, bytes.len() - 20));
    assert!(exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).is_err());
    for trace in [b"Exif".as_slice(), b"http://ns.adobe.com", b"Photoshop", b"PAHT"] {
        assert!(!bytes.windows(trace.len()).any(|window| window == trace));
    }
}

fn assert_within_budgets(made: &Derived) {
    assert!(made.preview.bytes.len() as u64 <= limits::PREVIEW_BYTES_MAX);
    assert!(made.rendition.bytes.len() as u64 <= limits::RENDITION_BYTES_MAX);
    assert!(made.preview.width.max(made.preview.height) <= 320);
    assert!(made.rendition.width.max(made.rendition.height) <= 1600);
    assert!((5..=40).contains(&made.thumbhash.len()), "{}", made.thumbhash.len());
}

#[test]
fn a_sample_becomes_a_small_preview_and_a_rendition_without_metadata() {
    let original = sample(Scene::Landslide, 4000, 3000);
    let made = derived(&original).unwrap();
    assert_eq!((made.rendition.width, made.rendition.height), (1600, 1200));
    assert_eq!((made.preview.width, made.preview.height), (320, 240));
    assert!(made.preview.bytes.len() <= PREVIEW_BYTES_WANTED, "{}", made.preview.bytes.len());
    assert_within_budgets(&made);
    assert_bare(&made.preview);
    assert_bare(&made.rendition);
}

#[test]
fn every_real_jpeg_is_derived() {
    let Some(folder) = media() else { return };
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "jpg") {
            continue;
        }
        let made =
            derive(&path, &inspect(&path).unwrap(), None).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_within_budgets(&made);
        assert_bare(&made.preview);
        assert_bare(&made.rendition);
        count += 1;
    }
    assert!(count > 15, "only {count} photos");
}

#[test]
fn all_eight_orientations_come_out_upright() {
    let Some(folder) = media() else { return };
    let made = |n: u8| {
        let path = folder.join(format!("landscape_{n}.jpg"));
        derive(&path, &inspect(&path).unwrap(), None).unwrap().preview
    };
    let upright = made(1);
    assert_eq!((upright.width, upright.height), (320, 240));
    for n in 2..=8 {
        let turned = made(n);
        assert_eq!((turned.width, turned.height), (320, 240), "orientation {n}");
        let far = distance(&pixels(&upright), &pixels(&turned));
        println!("orientation {n} is {far} away");
        assert!(far < 20.0, "orientation {n} is {far} away");
        let far = distance(&pixels(&made(2)), &pixels(&turned));
        assert!(far < 6.0, "orientation {n} is {far} away from its sibling");
    }
}

fn encoded(data: &[u8], width: u16, height: u16, kind: ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 90).encode(data, width, height, kind).unwrap();
    bytes
}

#[test]
fn grey_and_four_colour_jpegs_keep_their_colours() {
    let grey = derived(&encoded(&[180; 64 * 48], 64, 48, ColorType::Luma)).unwrap();
    assert!(distance(&pixels(&grey.rendition), &[180; 64 * 48 * 3]) < 3.0);
    // No cyan, full magenta, full yellow, no black: red. Both ways of writing it.
    for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let inks = [0_u8, 255, 255, 0].repeat(64 * 48);
        let red = derived(&encoded(&inks, 64, 48, kind)).unwrap();
        let far = distance(&pixels(&red.rendition), &[255_u8, 0, 0].repeat(64 * 48));
        assert!(far < 8.0, "{kind:?} is {far} away");
    }
}

fn png(picture: &image::RgbaImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn png_and_webp_are_derived_what_is_transparent_on_white() {
    let picture =
        image::RgbaImage::from_fn(400, 100, |x, _| image::Rgba([0, 0, 200, if x < 200 { 255 } else { 0 }]));
    let mut webp = Cursor::new(Vec::new());
    picture.write_to(&mut webp, image::ImageFormat::WebP).unwrap();
    for (mime, bytes) in [("image/png", png(&picture)), ("image/webp", webp.into_inner())] {
        assert_eq!(facts_of(&bytes).mime.as_str(), mime);
        assert_eq!(
            (facts_of(&bytes).frame.unwrap().width, facts_of(&bytes).frame.unwrap().height),
            (400, 100)
        );
        let made = derived(&bytes).unwrap();
        assert_eq!((made.preview.width, made.preview.height), (320, 80));
        let rgb = pixels(&made.preview);
        assert!(rgb[2] > 150 && rgb[0] < 60, "{mime}: blue at the left");
        assert!(rgb[320 * 3 - 3..320 * 3].iter().all(|level| *level > 240), "{mime}: white at the right");
        assert_bare(&made.preview);
    }
}

/// A picture of one colour, 64 × 48, in each format that is decoded here, with this profile.
fn profiled(colour: [u8; 3], profile: &[u8]) -> [(&'static str, Vec<u8>); 4] {
    let samples = colour.repeat(64 * 48);
    let jpeg = |progressive: bool| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        encoder.set_progressive(progressive);
        encoder.add_icc_profile(profile).unwrap();
        encoder.encode(&samples, 64, 48, ColorType::Rgb).unwrap();
        bytes
    };
    let (mut png, mut webp) = (Vec::new(), Vec::new());
    let kind = image::ExtendedColorType::Rgb8;
    let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    encoder.write_image(&samples, 64, 48, kind).unwrap();
    let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut webp);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    encoder.write_image(&samples, 64, 48, kind).unwrap();
    [("jpeg", jpeg(false)), ("progressive jpeg", jpeg(true)), ("png", png), ("webp", webp)]
}

/// Method: colours whose values in both spaces follow from the definitions of the spaces, worked out apart from the code.
#[test]
fn a_picture_of_other_colours_is_derived_in_srgb_and_bare() {
    let (p3, adobe) = (ColorProfile::new_display_p3(), ColorProfile::new_adobe_rgb());
    for (space, profile, given, meant) in [
        ("Display P3", &p3, [200, 100, 50], [215, 93, 31]),
        ("Display P3", &p3, [100, 200, 150], [45, 203, 146]),
        ("Display P3", &p3, [0, 255, 0], [0, 255, 0]),
        ("Adobe RGB", &adobe, [200, 100, 50], [227, 100, 42]),
        ("sRGB", &ColorProfile::new_srgb(), [200, 100, 50], [200, 100, 50]),
    ] {
        for (format, bytes) in profiled(given, &profile.encode().unwrap()) {
            let made = derived(&bytes).unwrap();
            for encoded in [&made.preview, &made.rendition] {
                let far = distance(&pixels(encoded), &meant.repeat(64 * 48));
                assert!(far < 4.0, "{space} in {format}: {given:?} is {far} from {meant:?}");
                assert_bare(encoded);
            }
        }
    }
    for (format, bytes) in profiled([200, 100, 50], b"16.2776,107.2298 Nguyen Van A") {
        let far = distance(&pixels(&derived(&bytes).unwrap().rendition), &[200, 100, 50].repeat(64 * 48));
        assert!(far < 4.0, "no profile in {format}: {far}");
    }
}

#[test]
fn grey_with_a_curve_and_a_png_with_code_points_are_derived_in_srgb() {
    let mut grey = Vec::new();
    let mut encoder = Encoder::new(&mut grey, 95);
    encoder.add_icc_profile(&ColorProfile::new_gray_with_gamma(1.0).encode().unwrap()).unwrap();
    encoder.encode(&[55; 64 * 48], 64, 48, ColorType::Luma).unwrap();
    assert!(distance(&pixels(&derived(&grey).unwrap().rendition), &[128; 64 * 48 * 3]) < 4.0);
    let plain = png(&image::RgbaImage::from_pixel(64, 48, image::Rgba([200, 100, 50, 255])));
    // Its checksum is that of the name and these four bytes.
    let chunk = [&[0, 0, 0, 4][..], b"cICP", &[12, 13, 0, 1], &crc32(b"cICP\x0c\x0d\0\x01")].concat();
    let coded = [&plain[..33], &chunk, &plain[33..]].concat();
    let far = distance(&pixels(&derived(&coded).unwrap().rendition), &[215, 93, 31].repeat(64 * 48));
    assert!(far < 4.0, "{far} away");
}

/// PNG's checksum, bit by bit.
fn crc32(bytes: &[u8]) -> [u8; 4] {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1));
        }
    }
    (!sum).to_be_bytes()
}

#[test]
fn a_jpeg_with_a_scan_for_each_colour_keeps_its_colours() {
    let orange = [230_u8, 140, 30].repeat(640 * 480);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&orange, 640, 480, ColorType::Rgb).unwrap();
    assert_eq!(bytes.windows(2).filter(|pair| *pair == [0xff, 0xda]).count(), 3, "three scans");
    let far = distance(&pixels(&derived(&bytes).unwrap().rendition), &orange);
    assert!(far < 4.0, "{far} away");
}

#[test]
fn a_very_large_photo_looks_like_the_same_photo_small() {
    let (large, small) = (sample(Scene::Repaired, 6000, 4500), sample(Scene::Repaired, 2000, 1500));
    let (large, small) = (derived(&large).unwrap(), derived(&small).unwrap());
    assert_eq!((large.rendition.width, large.rendition.height), (1600, 1200));
    let far = distance(&pixels(&large.preview), &pixels(&small.preview));
    assert!(far < 6.0, "{far} away");
}

#[test]
fn video_and_heic_are_left_to_the_platform() {
    let Some(folder) = media() else { return };
    for name in ["iphone_13_pro_max.HEIC", "meta.mp4", "meta.mov"] {
        let path = folder.join(name);
        let result = derive(&path, &inspect(&path).unwrap(), None);
        assert!(matches!(result, Err(PictureError::NeedsPlatform)), "{name}: {result:?}");
    }
}

/// Method: a platform that answers with a red picture, with one of no size, and with bytes that do not fit its measures.
#[test]
fn what_the_platform_decodes_becomes_small_pictures_and_its_nonsense_none() {
    struct Platform(Option<Decoded>);
    impl Decoder for Platform {
        fn decode(&self, original: &Path, kind: MediaKind, side_px: u32) -> Option<Decoded> {
            assert!(original.is_file() && kind == MediaKind::Video && side_px == 1_600);
            self.0.clone()
        }
    }
    let film = tempfile::NamedTempFile::new().unwrap();
    let created = UnixMs::from_millis(1_793_580_069_000);
    let asked = SampleVideo { point: a_luoi(), created, seconds: 1, bytes: 100_000, seed: 3 };
    fs::write(film.path(), sample_video(&asked).unwrap()).unwrap();
    let facts = inspect(film.path()).unwrap();
    let made = |decoded| derive(film.path(), &facts, Some(&Platform(decoded)));
    let red = Decoded { width: 1_920, height: 1_080, rgba: [200, 10, 10, 0].repeat(1_920 * 1_080) };
    let whole = made(Some(red.clone())).unwrap();
    assert_within_budgets(&whole);
    assert_eq!((whole.rendition.width, whole.rendition.height), (1_600, 900));
    let shown = pixels(&whole.preview);
    let first: Vec<u8> = shown.iter().take(3).copied().collect();
    assert!(first[0] > 180 && first[1] < 40 && first[2] < 40, "{first:?}");
    for nonsense in [None, Some(Decoded { width: 0, ..red.clone() }), Some(Decoded { height: 1_081, ..red })]
    {
        assert!(matches!(made(nonsense), Err(PictureError::Undecodable)));
    }
}

#[test]
fn damaged_picture_data_are_an_error_or_a_picture_never_a_panic() {
    let original = sample(Scene::Rubbish, 320, 240);
    let mut undecodable = 0;
    for round in 0_usize..150 {
        let mut bytes = original.clone();
        let step = 211 + round * 7;
        for at in (620 + round * 13..bytes.len() - 2).step_by(step) {
            bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(u8::try_from(round).unwrap());
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), &bytes).unwrap();
        // Facts of the undamaged file: what was inspected may have been changed since.
        match derive(file.path(), &facts_of(&original), None) {
            Ok(made) => assert_within_budgets(&made),
            Err(error) => {
                assert!(matches!(error, PictureError::Undecodable), "{error:?}");
                undecodable += 1;
            }
        }
    }
    assert!(undecodable < 150, "no damage was survived");
    let nothing = tempfile::NamedTempFile::new().unwrap();
    assert!(matches!(derive(nothing.path(), &facts_of(&original), None), Err(PictureError::Undecodable)));
    let missing = derive(Path::new("/nowhere/at/all.jpg"), &facts_of(&original), None);
    assert!(matches!(missing, Err(PictureError::Unreadable(_))));
}

#[test]
fn a_sample_photo_tells_what_it_was_asked_to() {
    for scene in [Scene::Landslide, Scene::Repaired, Scene::Rubbish, Scene::Lamp] {
        let facts = facts_of(&sample(scene, 800, 600));
        let at = facts.position.unwrap();
        assert_eq!((at.lat, at.lon), (16.2775, 107.2297));
        let taken = facts.taken_at.unwrap();
        assert_eq!((taken.local.as_str(), taken.offset_min), ("2026-11-02T07:41:09", Some(420)));
        assert_eq!(facts.camera.make.as_deref(), Some("PAHT"));
        assert_eq!(facts.camera.model.as_deref(), Some("Sample"));
        assert_eq!(
            (facts.frame.unwrap().width, facts.frame.unwrap().height, facts.frame.unwrap().orientation),
            (800, 600, Some(1))
        );
    }
    assert_eq!(
        sample(Scene::Lamp, 320, 240),
        sample(Scene::Lamp, 320, 240),
        "the same values, the same bytes"
    );
}

#[test]
fn a_sample_photo_keeps_any_point_and_refuses_what_no_camera_writes() {
    for (lat, lon) in
        [(-33.856_784_4, 151.215_296_7), (40.446_972_2, -3.724_752_8), (-0.000_000_1, -179.999_999_9)]
    {
        let point = Point::from_degrees(lat, lon).unwrap();
        let asked = SamplePhoto {
            scene: Scene::Lamp,
            point,
            taken_local: "2026-11-02T07:41:09",
            offset_min: -210,
            width: 64,
            height: 48,
            seed: 1,
        };
        let facts = facts_of(&sample_photo(&asked).unwrap());
        let at = facts.position.unwrap();
        assert_eq!(Point::from_degrees(at.lat, at.lon), Ok(point));
        assert_eq!(facts.taken_at.unwrap().offset_min, Some(-210));
        assert!(sample_photo(&SamplePhoto { taken_local: "hôm qua", ..asked }).is_err());
        assert!(sample_photo(&SamplePhoto { width: 0, ..asked }).is_err());
        assert!(sample_photo(&SamplePhoto { width: 65_500, height: 65_500, ..asked }).is_err());
    }
}

#[test]
fn a_sample_video_is_a_video_of_that_length_place_and_size() {
    for (seconds, bytes) in [(1, 300_000), (20, 3_000_000)] {
        let created = UnixMs::from_millis(1_793_580_069_000);
        let made = sample_video(&SampleVideo { point: a_luoi(), created, seconds, bytes, seed: 3 }).unwrap();
        assert!(made.len().abs_diff(bytes) < bytes / 20, "{} bytes for {bytes}", made.len());
        let facts = facts_of(&made);
        assert_eq!((facts.kind, facts.mime.as_str()), (MediaKind::Video, "video/mp4"));
        assert_eq!(facts.duration_ms, Some(u64::from(seconds) * 1000));
        assert_eq!(
            (facts.frame.unwrap().width, facts.frame.unwrap().height, facts.frame.unwrap().rotation_deg),
            (640, 360, Some(0))
        );
        assert_eq!(facts.position.map(|at| (at.lat, at.lon)), Some((16.2775, 107.2297)));
        assert_eq!(facts.created.unwrap().unix_ms(), Some(created.millis()));
    }
}

#[test]
fn a_sample_videos_index_points_at_its_pictures() {
    let video =
        SampleVideo { point: a_luoi(), created: UnixMs::from_millis(0), seconds: 2, bytes: 200_000, seed: 3 };
    let bytes = sample_video(&video).unwrap();
    let find = |name: &[u8]| bytes.windows(4).rposition(|window| window == name).unwrap() + 4;
    let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (sizes, mut at) = (find(b"stsz"), word(find(b"stco") + 8));
    assert_eq!(word(sizes + 8), 20);
    for frame in 0..20 {
        let picture = &bytes[at..at + word(sizes + 12 + frame * 4)];
        assert!(picture.starts_with(&[0xff, 0xd8]) && picture.ends_with(&[0xff, 0xd9]), "frame {frame}");
        at += picture.len();
    }
}
