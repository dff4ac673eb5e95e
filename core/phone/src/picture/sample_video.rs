//! A sample video: a slow pan over a painted scene, as motion JPEG that players play.

use paht_model::limits;
use paht_model::place::Point;
use paht_model::time::UnixMs;

use super::canvas::lattice;
use super::mp4::Movie;
use super::pixels::Pixels;
use super::sample::{GRAIN, Scene, fold, painted};
use super::{PictureError, encode};

/// Pictures a second.
const FRAMES_PER_S: u32 = 10;
/// How long each is shown, in milliseconds.
const FRAME_MS: u32 = 100;
/// Longest sample, in seconds (an hour).
const SECONDS_MAX: u32 = 3_600;
/// Different pictures in the pan; it goes to and fro over them.
const DIFFERENT: u32 = 24;
/// Size of a picture, in pixels.
const FRAME_PX: (u16, u16) = (640, 360);
/// Size of the painting that the picture pans over, in pixels.
const PAINTED_PX: (u32, u32) = (720, 405);
/// From 1904 to 1970, in seconds.
const QUICKTIME_TO_UNIX_S: i64 = 2_082_844_800;
/// Qualities tried, best first, of 100.
const QUALITIES: [u8; 7] = [92, 85, 75, 60, 45, 30, 15];

/// A video to make. The same values always give the same bytes.
#[derive(Debug, Clone, Copy)]
pub struct SampleVideo {
    /// Where it says it was taken.
    pub point: Point,
    /// When it says it was made, 1904 to 2040; other times are left out of the file.
    pub created: UnixMs,
    /// How long it is, in seconds, 1 to 3,600.
    pub seconds: u32,
    /// How large it should be, in bytes: met to a few per cent, and missed upwards where the pictures at their poorest
    /// need more (about 5 kB for each tenth of a second).
    pub bytes: usize,
    /// Varies what it shows.
    pub seed: u64,
}

/// Makes a sample video as MP4. A length or size out of range is [`PictureError::Unencodable`].
pub fn sample_video(sample: &SampleVideo) -> Result<Vec<u8>, PictureError> {
    let wanted = u64::try_from(sample.bytes).unwrap_or(u64::MAX);
    if !(1..=SECONDS_MAX).contains(&sample.seconds) || wanted > limits::VIDEO_BYTES_MAX {
        return Err(PictureError::Unencodable);
    }
    let count = sample.seconds as usize * FRAMES_PER_S as usize;
    let pan = pictures(sample.seed, sample.bytes / count)?;
    // To the right, back to the left, and again.
    let there_and_back = pan.iter().chain(pan.iter().rev());
    let frames: Vec<Vec<u8>> = there_and_back.cycle().take(count).cloned().collect();
    let used: usize = frames.iter().map(Vec::len).sum();
    let seed = fold(sample.seed);
    let filler: Vec<u8> =
        (0..sample.bytes.saturating_sub(used + 2_000)).map(|at| filler_byte(at, seed)).collect();
    let created = sample.created.millis().div_euclid(1_000).saturating_add(QUICKTIME_TO_UNIX_S);
    let movie = Movie {
        width: FRAME_PX.0,
        height: FRAME_PX.1,
        frames: &frames,
        frame_ticks: FRAME_MS,
        created: u32::try_from(created).unwrap_or(0),
        place: &format!("{:+09.5}{:+010.5}/", sample.point.lat(), sample.point.lon()),
        filler: &filler,
    };
    movie.write()
}

/// The pan's pictures, at the best quality whose mean size stays within `budget` bytes.
fn pictures(seed: u64, budget: usize) -> Result<Vec<Vec<u8>>, PictureError> {
    let canvas = painted(Scene::Landslide, PAINTED_PX.0, PAINTED_PX.1, seed);
    let mut views = Vec::new();
    for index in 0..DIFFERENT {
        // Another grain each time: a camera's picture is never twice the same.
        let whole = canvas.develop(GRAIN, fold(seed ^ u64::from(index)))?;
        let left = (PAINTED_PX.0 - u32::from(FRAME_PX.0)) * index / (DIFFERENT - 1);
        let top = (PAINTED_PX.1 - u32::from(FRAME_PX.1)) * index / (DIFFERENT - 1);
        views.push(cut(&whole, left as usize, top as usize)?);
    }
    let mut made = Vec::new();
    for quality in QUALITIES {
        made = views.iter().map(|view| encode::jpeg(view, quality, None)).collect::<Result<Vec<_>, _>>()?;
        let mean = made.iter().map(Vec::len).sum::<usize>() / made.len().max(1);
        if mean <= budget {
            break;
        }
    }
    Ok(made)
}

/// One picture out of the painting.
fn cut(whole: &Pixels, left: usize, top: usize) -> Result<Pixels, PictureError> {
    let (width, height) = (usize::from(FRAME_PX.0), usize::from(FRAME_PX.1));
    let rows = whole.rgbx.chunks_exact(whole.width as usize * 4).skip(top).take(height);
    let rgbx = rows.filter_map(|row| row.get(left * 4..(left + width) * 4)).flatten().copied().collect();
    Pixels::new(FRAME_PX.0.into(), FRAME_PX.1.into(), rgbx)
}

/// A byte that no compression shortens.
fn filler_byte(at: usize, seed: u32) -> u8 {
    // Positions above four thousand million repeat; the value is below 256.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let byte = (lattice(at as u32, 0x5a, seed) * 256.0) as u8;
    byte
}
