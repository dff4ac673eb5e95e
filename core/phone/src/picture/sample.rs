//! Sample photos, painted: for demonstrations and tests where no camera's file is at hand. They look like what people
//! report, and carry the EXIF that a phone writes.

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use paht_model::place::Point;

use super::canvas::Canvas;
use super::pixels::fitted;
use super::{PictureError, encode, scene};
use crate::facts::Moment;

/// Longest side that is painted point by point; larger samples are enlarged from it.
const PAINTED_SIDE_PX: u32 = 1_600;
/// Quality of a sample, of 100: about a phone's.
const SAMPLE_QUALITY: u8 = 90;
/// Strength of the grain, of 1.
pub(super) const GRAIN: f32 = 0.05;

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scene {
    /// Earth and boulders across a mountain road.
    Landslide,
    /// The same road cleared, its slope held by a wall: paint it with the landslide's seed for before and after.
    Repaired,
    /// A heap of rubbish at the roadside.
    Rubbish,
    /// A street lamp that is out, at dusk.
    Lamp,
}

/// A photo to paint. The same values always give the same bytes.
#[derive(Debug, Clone, Copy)]
pub struct SamplePhoto<'a> {
    /// What it shows.
    pub scene: Scene,
    /// Where it says it was taken.
    pub point: Point,
    /// When it says it was taken: wall time, `YYYY-MM-DDTHH:MM:SS`.
    pub taken_local: &'a str,
    /// Offset of that time from UTC, in minutes (Việt Nam: 420).
    pub offset_min: i16,
    /// Width in pixels, 16 to 65,535.
    pub width: u32,
    /// Height in pixels, 16 to 65,535.
    pub height: u32,
    /// Varies clouds, stones and leaves.
    pub seed: u64,
}

/// Paints a sample photo as JPEG. A measure or a date that no camera writes is [`PictureError::Unencodable`].
pub fn sample_photo(sample: &SamplePhoto<'_>) -> Result<Vec<u8>, PictureError> {
    let sides = 16..=u32::from(u16::MAX);
    let area = u64::from(sample.width) * u64::from(sample.height);
    if !sides.contains(&sample.width)
        || !sides.contains(&sample.height)
        || area > paht_model::limits::PHOTO_PIXELS_MAX
    {
        return Err(PictureError::Unencodable);
    }
    let exif = exif_block(sample)?;
    let (width, height) = fitted(sample.width, sample.height, PAINTED_SIDE_PX);
    let painted = painted(sample.scene, width, height, sample.seed).develop(GRAIN, fold(sample.seed))?;
    let full = if (width, height) == (sample.width, sample.height) {
        painted
    } else {
        painted.resized(sample.width, sample.height)?
    };
    encode::jpeg(&full, SAMPLE_QUALITY, Some(&exif))
}

/// The scene on a canvas of this size.
pub(super) fn painted(shown: Scene, width: u32, height: u32, seed: u64) -> Canvas {
    let mut canvas = Canvas::new(width as usize, height as usize);
    scene::paint(&mut canvas, shown, fold(seed));
    canvas
}

/// All of a seed's bits in half as many.
pub(super) const fn fold(seed: u64) -> u32 {
    let mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // Keeps the upper half, so the cast loses nothing.
    #[allow(clippy::cast_possible_truncation)]
    let upper = (mixed >> 32) as u32;
    upper
}

fn exif_block(sample: &SamplePhoto<'_>) -> Result<Vec<u8>, PictureError> {
    let moment = Moment::parse(sample.taken_local).ok_or(PictureError::Unencodable)?;
    let time = moment.local.replace('-', ":").replace('T', " ");
    let sign = if sample.offset_min < 0 { '-' } else { '+' };
    let offset_min = sample.offset_min.unsigned_abs();
    let offset = format!("{sign}{:02}:{:02}", offset_min / 60, offset_min % 60);
    let north = if sample.point.lat_e7 < 0 { "S" } else { "N" };
    let east = if sample.point.lon_e7 < 0 { "W" } else { "E" };
    let fields = [
        (Tag::Make, text("PAHT")),
        (Tag::Model, text("Sample")),
        (Tag::Orientation, Value::Short(vec![1])),
        (Tag::DateTimeOriginal, text(&time)),
        (Tag::DateTimeDigitized, text(&time)),
        (Tag::OffsetTimeOriginal, text(&offset)),
        (Tag::OffsetTimeDigitized, text(&offset)),
        (Tag::GPSLatitudeRef, text(north)),
        (Tag::GPSLatitude, angle(sample.point.lat_e7)),
        (Tag::GPSLongitudeRef, text(east)),
        (Tag::GPSLongitude, angle(sample.point.lon_e7)),
    ]
    .map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value });
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut block = std::io::Cursor::new(Vec::new());
    writer.write(&mut block, false).map_err(|_| PictureError::Unencodable)?;
    Ok(block.into_inner())
}

fn text(text: &str) -> Value {
    Value::Ascii(vec![text.as_bytes().to_vec()])
}

/// Ten-millionths of a degree as whole degrees, whole minutes and seconds, exact to the unit.
fn angle(e7: i32) -> Value {
    const DEGREE: u32 = 10_000_000;
    let size = e7.unsigned_abs();
    let minutes = (size % DEGREE) * 60;
    // Below 600,000,000, so times 60 still fits: 60 × (60 × rest mod 10⁷) < 6 × 10⁸.
    let seconds = (minutes % DEGREE) * 60;
    let parts = [(size / DEGREE, 1), (minutes / DEGREE, 1), (seconds, DEGREE)];
    Value::Rational(parts.map(|(num, denom)| Rational { num, denom }).to_vec())
}
