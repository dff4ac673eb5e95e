//! Derivations of a photo: what travels before the original does, made after `submit` has returned.
//!
//! [`derive`] decodes the original once, shrinks it to a *rendition* (1,600 px), turns that upright, and makes of it the
//! *preview* (320 px) and the thumbhash. What comes out is upright, in sRGB whatever the original's profile says,
//! and carries no metadata at all (law 7); the original keeps all of it. HEIC and video are decoded by the platform ([`Decoder`]), a video to one frame.
//!
//! Memory: JPEGs up to [`WHOLE_PIXELS_MAX`] are decoded whole, four bytes a pixel; larger ones are decoded at a half, a
//! quarter or an eighth of their size, which is still above the rendition's. The whole program `paht` peaked at 97 MB with a
//! JPEG of 12 MP. A progressive JPEG holds its coefficients besides, three bytes a pixel and more, so one of 48 MP passes
//! 96 MB.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use paht_model::capture::{MediaKind, MediaType};
use paht_model::ids::Sha256;
use paht_model::limits;

use crate::facts::Facts;

mod canvas;
mod colour;
mod decode;
mod encode;
mod mp4;
mod pixels;
mod platform;
mod sample;
mod sample_video;
mod scene;

pub use decode::WHOLE_PIXELS_MAX;
use pixels::Pixels;
pub use platform::{Decoded, Decoder};
pub use sample::{SamplePhoto, Scene, sample_photo};
pub use sample_video::{SampleVideo, sample_video};

/// Longest side of a preview, in pixels.
pub const PREVIEW_SIDE_PX: u32 = 320;
/// Longest side of a rendition, in pixels.
pub const RENDITION_SIDE_PX: u32 = 1_600;
/// What a preview should not exceed, in bytes (12 kB: six seconds of EDGE with its statement). Quality gives way first.
pub const PREVIEW_BYTES_WANTED: usize = 12_000;

/// Best quality of a preview, of WebP's 100, and the least it is lowered to.
const PREVIEW_QUALITY: (u8, u8) = (40, 12);
/// Best quality of a rendition, of WebP's 100, and the least it is lowered to. Looks like libjpeg-turbo's 80.
const RENDITION_QUALITY: (u8, u8) = (80, 40);
/// Longest side of the picture that the thumbhash is made of, in pixels; its format allows 100.
const THUMBHASH_SIDE_PX: u32 = 96;

/// What is made of one photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// At most [`PREVIEW_SIDE_PX`] on its longer side, at most `limits::PREVIEW_BYTES_MAX` bytes.
    pub preview: Encoded,
    /// At most [`RENDITION_SIDE_PX`] on its longer side, at most `limits::RENDITION_BYTES_MAX` bytes.
    pub rendition: Encoded,
    /// The picture as some 25 bytes, to show where nothing else has arrived.
    pub thumbhash: Vec<u8>,
}

/// An encoded picture without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub mime: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why no picture came of it.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Video and HEIC: the platform decodes them.
    #[error("the platform has to decode this")]
    NeedsPlatform,
    /// The picture data are damaged beyond showing.
    #[error("the picture cannot be decoded")]
    Undecodable,
    /// The file system refused.
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
    /// A picture came out that the encoder does not take, or that no quality brings under its limit.
    #[error("the picture cannot be encoded")]
    Unencodable,
}

/// Makes preview, rendition and thumbhash. `facts` are [`crate::facts::inspect`]'s of the same file; what is not decoded
/// here is asked of the `platform`.
pub fn derive(
    original: &Path,
    facts: &Facts,
    platform: Option<&dyn Decoder>,
) -> Result<Derived, PictureError> {
    derive_unlike(original, facts, platform, &[])
}

/// The same, of which no file is byte for byte the original or one of those `sealed`: a tiny picture that was made here once
/// comes out as it went in, and what is shown must never have an original's name (law 7).
pub fn derive_unlike(
    original: &Path,
    facts: &Facts,
    platform: Option<&dyn Decoder>,
    sealed: &[Sha256],
) -> Result<Derived, PictureError> {
    let is_sealed = |bytes: &[u8]| {
        let hash = Sha256::of(bytes);
        hash == facts.sha256 || sealed.contains(&hash)
    };
    let frame = facts.frame.ok_or(PictureError::Undecodable)?;
    let upright = if facts.kind == MediaKind::Photo && facts.mime != MediaType::Heic {
        // Decoders meet strangers' bytes: one that panics has failed to decode, no more.
        let decoded = catch_unwind(AssertUnwindSafe(|| decode::decode(original, facts)));
        let full = decoded.unwrap_or(Err(PictureError::Undecodable))?;
        let mut shrunk = full.pixels.shrunk_to(RENDITION_SIDE_PX)?;
        if let Some(profile) = &full.profile {
            colour::to_srgb(&mut shrunk, profile);
        }
        shrunk.upright(frame.orientation.unwrap_or(1))
    } else {
        let platform = platform.ok_or(PictureError::NeedsPlatform)?;
        platform::decode(platform, original, facts.kind)?.shrunk_to(RENDITION_SIDE_PX)?
    };
    let small = upright.clone().shrunk_to(PREVIEW_SIDE_PX)?;
    Ok(Derived {
        rendition: encode::within(
            &upright,
            RENDITION_QUALITY,
            (usize::MAX, limits::RENDITION_BYTES_MAX),
            &is_sealed,
        )?,
        preview: encode::within(
            &small,
            PREVIEW_QUALITY,
            (PREVIEW_BYTES_WANTED, limits::PREVIEW_BYTES_MAX),
            &is_sealed,
        )?,
        thumbhash: thumbhash_of(small)?,
    })
}

fn thumbhash_of(preview: Pixels) -> Result<Vec<u8>, PictureError> {
    let tiny = preview.shrunk_to(THUMBHASH_SIDE_PX)?;
    Ok(thumbhash::rgba_to_thumb_hash(tiny.width as usize, tiny.height as usize, &tiny.rgbx))
}
