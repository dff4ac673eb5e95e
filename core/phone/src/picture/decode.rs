//! Bytes to pixels: JPEG by zune-jpeg, very large ones by jpeg-decoder at part of their size, PNG and WebP by `image`.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use image::{DynamicImage, ImageDecoder, Limits};
use paht_model::capture::MediaType;
use paht_model::limits;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::colour::Profile;
use super::pixels::{Pixels, fitted};
use super::{PictureError, RENDITION_SIDE_PX};
use crate::facts::{Facts, Frame};

/// Most pixels of a JPEG that is decoded whole (16 MP: 64 MB).
pub const WHOLE_PIXELS_MAX: u64 = 16_000_000;
/// Most memory that a PNG or WebP decoder may take, in bytes.
const DECODER_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// A photo as stored: not turned yet, and its numbers as its own profile means them.
pub(super) struct Stored {
    pub(super) pixels: Pixels,
    pub(super) profile: Option<Profile>,
}

/// Decodes a photo as stored.
pub(super) fn decode(original: &Path, facts: &Facts) -> Result<Stored, PictureError> {
    let frame = facts.frame.ok_or(PictureError::Undecodable)?;
    let pixels = u64::from(frame.width) * u64::from(frame.height);
    if pixels > limits::PHOTO_PIXELS_MAX {
        return Err(PictureError::Undecodable);
    }
    match facts.mime {
        MediaType::Jpeg if pixels > WHOLE_PIXELS_MAX => {
            scaled_jpeg(original, frame).or_else(|_| whole_jpeg(original, frame))
        }
        MediaType::Jpeg => whole_jpeg(original, frame),
        MediaType::Png => {
            // PNG's own word for its colours goes before a profile.
            let coded = coded_colours(open(original)?);
            let picture =
                flattened(image::codecs::png::PngDecoder::new(open(original)?).map_err(undecodable)?)?;
            Ok(Stored { profile: coded.or(picture.profile), pixels: picture.pixels })
        }
        MediaType::Webp => {
            let file = open(original)?;
            flattened(image::codecs::webp::WebPDecoder::new(file).map_err(undecodable)?)
        }
        _ => Err(PictureError::NeedsPlatform),
    }
}

fn open(original: &Path) -> Result<BufReader<File>, PictureError> {
    File::open(original).map(BufReader::new).map_err(PictureError::Unreadable)
}

fn undecodable<E>(_: E) -> PictureError {
    PictureError::Undecodable
}

/// The file's bytes are freed on return, before anything else is allocated.
fn whole_jpeg(original: &Path, frame: Frame) -> Result<Stored, PictureError> {
    let mut bytes = Vec::new();
    open(original)?
        .take(limits::PHOTO_BYTES_MAX)
        .read_to_end(&mut bytes)
        .map_err(PictureError::Unreadable)?;
    if has_plain_scan_per_colour(&bytes) {
        return scaled_jpeg(original, frame);
    }
    let decoder_to = |colours| {
        let side = usize::from(u16::MAX);
        let options = DecoderOptions::default().set_max_width(side).set_max_height(side);
        JpegDecoder::new_with_options(
            ZCursor::new(bytes.as_slice()),
            options.jpeg_set_out_colorspace(colours),
        )
    };
    let mut decoder = decoder_to(ColorSpace::RGBA);
    decoder.decode_headers().map_err(undecodable)?;
    // Four printing colours become three, and never four, in zune-jpeg 0.5.15.
    let prints = matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK));
    if prints {
        decoder = decoder_to(ColorSpace::RGB);
    }
    let bytes = decoder.decode().map_err(undecodable)?;
    let profile = decoder.icc_profile().map(Profile::Icc);
    let (width, height) = decoder.dimensions().ok_or(PictureError::Undecodable)?;
    let (width, height) =
        (u32::try_from(width).map_err(undecodable)?, u32::try_from(height).map_err(undecodable)?);
    let pixels = match decoder.output_colorspace() {
        Some(ColorSpace::Luma) => Pixels::from_grey(width, height, &bytes),
        _ if prints => Pixels::from_rgb(width, height, &bytes),
        _ => Pixels::new(width, height, bytes),
    };
    Ok(Stored { pixels: pixels?, profile })
}

/// Whether a JPEG is not progressive and yet has a scan for each colour. Such files are rare and in order, but zune-jpeg
/// 0.5.15 gives their colours wrong, without an error.
fn has_plain_scan_per_colour(bytes: &[u8]) -> bool {
    let (mut rest, mut colours) = (bytes, None);
    while let Some(at) = rest.windows(2).position(|pair| matches!(pair, [0xff, 0x01..=0xfe])) {
        let Some(&[_, marker, high, low, ref body @ ..]) = rest.get(at..) else { return false };
        match marker {
            0xc0 | 0xc1 => colours = body.get(5).copied(),
            0xc2 => return false,
            0xda => return colours > body.first().copied(),
            _ => {}
        }
        let stands_alone = matches!(marker, 0x01 | 0xd0..=0xd8);
        let length = if stands_alone { 0 } else { usize::from(u16::from_be_bytes([high, low])) };
        rest = rest.get(at + 2 + length..).unwrap_or_default();
    }
    false
}

/// At the smallest of 1/8, 1/4, 1/2 that is not below the rendition's size; the file is streamed.
fn scaled_jpeg(original: &Path, frame: Frame) -> Result<Stored, PictureError> {
    let (width, height) = fitted(frame.width, frame.height, RENDITION_SIDE_PX);
    let (width, height) =
        (u16::try_from(width).map_err(undecodable)?, u16::try_from(height).map_err(undecodable)?);
    let mut decoder = jpeg_decoder::Decoder::new(open(original)?);
    let (width, height) = decoder.scale(width, height).map_err(undecodable)?;
    let rgb = decoder.decode().map_err(undecodable)?;
    let format = decoder.info().map(|info| info.pixel_format);
    let profile = decoder.icc_profile().map(Profile::Icc);
    // It holds a progressive picture's coefficients.
    drop(decoder);
    let pixels = match format {
        Some(jpeg_decoder::PixelFormat::RGB24) => Pixels::from_rgb(width.into(), height.into(), &rgb),
        Some(jpeg_decoder::PixelFormat::L8) => Pixels::from_grey(width.into(), height.into(), &rgb),
        _ => Err(PictureError::Undecodable),
    };
    Ok(Stored { pixels: pixels?, profile })
}

/// What a PNG's `cICP` says, for the whole range of numbers.
fn coded_colours(mut file: BufReader<File>) -> Option<Profile> {
    file.seek_relative(8).ok()?;
    loop {
        let mut head = [0_u8; 8];
        file.read_exact(&mut head).ok()?;
        match head {
            [.., b'I', b'D', b'A', b'T'] => return None,
            [0, 0, 0, 4, b'c', b'I', b'C', b'P'] => break,
            // Data, and the checksum behind them.
            [a, b, c, d, ..] => file.seek_relative(i64::from(u32::from_be_bytes([a, b, c, d])) + 4).ok()?,
        }
    }
    let mut points = [0_u8; 4];
    file.read_exact(&mut points).ok()?;
    match points {
        [primaries, transfer, 0, 1] => Some(Profile::Coded(primaries, transfer)),
        _ => None,
    }
}

/// PNG and WebP, what is transparent laid on white.
fn flattened(mut decoder: impl ImageDecoder) -> Result<Stored, PictureError> {
    let mut bounds = Limits::default();
    bounds.max_alloc = Some(DECODER_BYTES_MAX);
    decoder.set_limits(bounds).map_err(undecodable)?;
    let profile = decoder.icc_profile().ok().flatten().map(Profile::Icc);
    let picture = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
    let (width, height) = (picture.width(), picture.height());
    if !picture.color().has_alpha() {
        return Ok(Stored { pixels: Pixels::new(width, height, picture.into_rgba8().into_raw())?, profile });
    }
    let mut picture = picture.into_rgba8();
    for pixel in picture.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let [red, green, blue] = [red, green, blue].map(|level| over_white(level, alpha));
        pixel.0 = [red, green, blue, u8::MAX];
    }
    Ok(Stored { pixels: Pixels::new(width, height, picture.into_raw())?, profile })
}

fn over_white(level: u8, alpha: u8) -> u8 {
    let (level, alpha) = (u16::from(level), u16::from(alpha));
    // Rounded; at most 255, so the cast back cannot fail.
    u8::try_from((level * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_lies_on_white() {
        assert_eq!(over_white(0, 0), 255);
        assert_eq!(over_white(0, 255), 0);
        assert_eq!(over_white(255, 128), 255);
        assert_eq!(over_white(0, 128), 127);
    }
}
