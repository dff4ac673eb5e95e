//! Pictures as files. What travels is WebP: where it looks the same as JPEG it took fewer bytes for every real photo
//! (`tests/tests/pictures.rs`, docs/adr/0020). It has no metadata, since nothing writes any. JPEG is for samples alone.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use webp::WebPConfig;

use super::pixels::Pixels;
use super::{Encoded, PictureError};

/// How much quality is given up between two tries, of 100.
const QUALITY_STEP: u8 = 7;

/// At the best quality that stays within `wanted` bytes; at the least quality, anything up to `max` will do. What comes out
/// just so as is not wanted gets a little less quality.
pub(super) fn within(
    picture: &Pixels,
    (best, least): (u8, u8),
    (wanted, max): (usize, u64),
    is_unwanted: &dyn Fn(&[u8]) -> bool,
) -> Result<Encoded, PictureError> {
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    // The fourth byte says nothing here, and would be transparency there.
    let rgb: Vec<u8> = picture.rgbx.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
    let mut quality = best;
    loop {
        let bytes = webp(&rgb, picture.width, picture.height, quality)?;
        if quality > 0 && is_unwanted(&bytes) {
            quality = quality.saturating_sub(1);
            continue;
        }
        if bytes.len() <= wanted.min(max) || (quality <= least && bytes.len() <= max) {
            return Ok(Encoded { bytes, mime: "image/webp", width: picture.width, height: picture.height });
        }
        if quality <= least {
            return Err(PictureError::Unencodable);
        }
        quality = quality.saturating_sub(QUALITY_STEP).max(least);
    }
}

/// As WebP of this quality (0 to 100).
fn webp(rgb: &[u8], width: u32, height: u32, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut config = WebPConfig::new().map_err(|()| PictureError::Unencodable)?;
    config.quality = f32::from(quality);
    let made = webp::Encoder::from_rgb(rgb, width, height).encode_advanced(&config);
    Ok(made.map_err(|_| PictureError::Unencodable)?.to_vec())
}

/// As JPEG of this quality (1 to 100), with an EXIF block where one is given. Huffman tables made to measure would save a
/// few per cent, but jpeg-encoder then writes a scan for each colour, which some decoders show in wrong colours.
pub(super) fn jpeg(picture: &Pixels, quality: u8, exif: Option<&[u8]>) -> Result<Vec<u8>, PictureError> {
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| PictureError::Unencodable);
    let (width, height) = (side(picture.width)?, side(picture.height)?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(block) = exif {
        encoder.add_exif_metadata(block).map_err(|_| PictureError::Unencodable)?;
    }
    encoder.encode(&picture.rgbx, width, height, ColorType::Rgba).map_err(|_| PictureError::Unencodable)?;
    Ok(bytes)
}
