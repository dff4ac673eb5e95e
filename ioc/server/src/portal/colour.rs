//! Pictures whose numbers mean other colours than the web's. Our phones send sRGB without a profile; another's preview may
//! carry one (Display P3), and a profile may tell who made the picture, so it is not let through. Without it the numbers
//! would mean something else: such a picture is made anew in sRGB. The phone does the same before it sends
//! (`core/phone/src/picture/colour.rs`); there every byte of a library counts, here moxcms does it all.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder as _, Limits};
use img_parts::png::Png;
use moxcms::{
    CicpColorPrimaries, CicpProfile, ColorProfile, DataColorSpace, Layout, MatrixCoefficients,
    TransferCharacteristics, TransformOptions,
};
use paht_model::capture::MediaType;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// Most pixels of a picture that is made anew; a rendition has two and a half million.
const PIXELS_MAX: u64 = 4_000_000;
/// Most memory that a decoder may take, in bytes.
const DECODER_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// How far a colour may be from sRGB's, in levels, and still count as it.
const SAME_LEVELS: u8 = 2;
/// Quality of what is made anew, of 100: it was compressed once already.
const QUALITY: u8 = 90;
/// Transfer characteristics of ordinary pictures (ITU-T H.273), not of high dynamic range.
const ORDINARY_TRANSFERS: [u8; 8] = [1, 4, 5, 6, 8, 13, 14, 15];

/// The picture in sRGB: as it is, where it has no profile or one that makes no difference, else made anew. `None` where it
/// means other colours and cannot be decoded.
pub(super) fn in_srgb(media_type: MediaType, bytes: Bytes) -> Option<Bytes> {
    // Strangers' bytes: a profile on which its reader panics says nothing.
    let profile = catch_unwind(AssertUnwindSafe(|| other_colours(media_type, &bytes))).ok().flatten();
    match profile {
        None => Some(bytes),
        Some(profile) => {
            catch_unwind(AssertUnwindSafe(|| made_anew(media_type, &bytes, &profile))).ok().flatten()
        }
    }
}

/// The picture's profile, if what it means is not sRGB.
fn other_colours(media_type: MediaType, bytes: &[u8]) -> Option<ColorProfile> {
    let profile = match media_type {
        MediaType::Jpeg => {
            let mut decoder = jpeg_decoder(bytes, ColorSpace::RGB);
            decoder.decode_headers().ok()?;
            decoder.icc_profile()
        }
        MediaType::Png => {
            if let Some(profile) = coded(bytes) {
                return Some(profile).filter(differs);
            }
            PngDecoder::new(Cursor::new(bytes)).ok().and_then(icc)
        }
        MediaType::Webp => WebPDecoder::new(Cursor::new(bytes)).ok().and_then(icc),
        _ => None,
    };
    ColorProfile::new_from_slice(&profile?).ok().filter(differs)
}

fn icc(mut decoder: impl ImageDecoder) -> Option<Vec<u8>> {
    decoder.icc_profile().ok().flatten()
}

/// PNG's own word for its colours, which goes before a profile.
fn coded(bytes: &[u8]) -> Option<ColorProfile> {
    let png = Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let contents: &[u8] = png.chunk_by_type(*b"cICP")?.contents();
    let &[primaries, transfer, 0, 1] = contents else { return None };
    ORDINARY_TRANSFERS.contains(&transfer).then_some(())?;
    Some(ColorProfile::new_from_cicp(CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(primaries).ok()?,
        transfer_characteristics: TransferCharacteristics::try_from(transfer).ok()?,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    }))
}

/// Whether colours from all over mean something that can be seen to differ.
fn differs(profile: &ColorProfile) -> bool {
    let levels = [0, 32, 64, 96, 128, 160, 192, 224, 255_u8];
    let every = levels.iter().flat_map(|red| levels.iter().map(move |green| [*red, *green]));
    let all: Vec<[u8; 3]> =
        every.flat_map(|[red, green]| levels.iter().map(move |blue| [red, green, *blue])).collect();
    let (layout, given): (_, Vec<u8>) = match profile.color_space {
        DataColorSpace::Gray => (Layout::Gray, all.iter().map(|[level, ..]| *level).collect()),
        DataColorSpace::Rgb => (Layout::Rgb, all.concat()),
        _ => return false,
    };
    let meant: Vec<u8> = match profile.color_space {
        DataColorSpace::Gray => given.iter().flat_map(|level| [*level; 3]).collect(),
        _ => given.clone(),
    };
    shown(profile, &given, layout, Layout::Rgb)
        .is_some_and(|found| found.iter().zip(meant).any(|(one, other)| one.abs_diff(other) > SAME_LEVELS))
}

/// The numbers that show in sRGB what these show by the profile.
fn shown(profile: &ColorProfile, given: &[u8], from: Layout, to: Layout) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(from, &srgb, to, TransformOptions::default()).ok()?;
    let mut found = vec![0; given.len() / from.channels() * to.channels()];
    transform.transform(given, &mut found).ok()?;
    Some(found)
}

fn made_anew(media_type: MediaType, bytes: &[u8], profile: &ColorProfile) -> Option<Bytes> {
    let picture = match media_type {
        MediaType::Jpeg => jpeg(bytes)?,
        MediaType::Png => decoded(PngDecoder::new(Cursor::new(bytes)).ok()?)?,
        MediaType::Webp => decoded(WebPDecoder::new(Cursor::new(bytes)).ok()?)?,
        _ => return None,
    };
    let (width, height) = (picture.width(), picture.height());
    let is_grey = profile.color_space == DataColorSpace::Gray;
    // A grey profile on a picture of colours says nothing of it.
    if is_grey && picture.color().has_color() {
        return Some(Bytes::copy_from_slice(bytes));
    }
    let has_alpha = picture.color().has_alpha();
    let (given, from) = match (is_grey, has_alpha) {
        (true, true) => (picture.into_luma_alpha8().into_raw(), Layout::GrayAlpha),
        (true, false) => (picture.into_luma8().into_raw(), Layout::Gray),
        (false, true) => (picture.into_rgba8().into_raw(), Layout::Rgba),
        (false, false) => (picture.into_rgb8().into_raw(), Layout::Rgb),
    };
    let to = if has_alpha { Layout::Rgba } else { Layout::Rgb };
    encoded(media_type, &shown(profile, &given, from, to)?, (width, height), has_alpha)
}

fn jpeg_decoder(bytes: &[u8], colours: ColorSpace) -> JpegDecoder<ZCursor<&[u8]>> {
    JpegDecoder::new_with_options(
        ZCursor::new(bytes),
        DecoderOptions::default().jpeg_set_out_colorspace(colours),
    )
}

fn jpeg(bytes: &[u8]) -> Option<DynamicImage> {
    let mut decoder = jpeg_decoder(bytes, ColorSpace::RGB);
    decoder.decode_headers().ok()?;
    let is_grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    if is_grey {
        decoder = jpeg_decoder(bytes, ColorSpace::Luma);
        decoder.decode_headers().ok()?;
    }
    let (width, height) = decoder.dimensions()?;
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    (u64::from(width) * u64::from(height) <= PIXELS_MAX).then_some(())?;
    let samples = decoder.decode().ok()?;
    if is_grey {
        return image::GrayImage::from_raw(width, height, samples).map(DynamicImage::ImageLuma8);
    }
    image::RgbImage::from_raw(width, height, samples).map(DynamicImage::ImageRgb8)
}

fn decoded(mut decoder: impl ImageDecoder) -> Option<DynamicImage> {
    let (width, height) = decoder.dimensions();
    (u64::from(width) * u64::from(height) <= PIXELS_MAX).then_some(())?;
    let mut bounds = Limits::default();
    bounds.max_alloc = Some(DECODER_BYTES_MAX);
    decoder.set_limits(bounds).ok()?;
    DynamicImage::from_decoder(decoder).ok()
}

fn encoded(
    media_type: MediaType,
    samples: &[u8],
    (width, height): (u32, u32),
    has_alpha: bool,
) -> Option<Bytes> {
    let mut made = Vec::new();
    match media_type {
        MediaType::Jpeg => {
            let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
            let encoder = jpeg_encoder::Encoder::new(&mut made, QUALITY);
            encoder.encode(samples, width, height, jpeg_encoder::ColorType::Rgb).ok()?;
        }
        MediaType::Png => {
            let kind = if has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
            PngEncoder::new(&mut made).write_image(samples, width, height, kind).ok()?;
        }
        _ => {
            let encoder = if has_alpha {
                webp::Encoder::from_rgba(samples, width, height)
            } else {
                webp::Encoder::from_rgb(samples, width, height)
            };
            made.extend_from_slice(&encoder.encode_simple(false, f32::from(QUALITY)).ok()?);
        }
    }
    Some(made.into())
}

#[cfg(test)]
mod tests {
    use image::codecs::webp::WebPEncoder;

    use super::*;

    /// What these numbers of Display P3 are in sRGB, by the definitions of both.
    const GIVEN: [u8; 3] = [200, 100, 50];
    const MEANT: [u8; 3] = [215, 93, 31];

    fn p3() -> Vec<u8> {
        ColorProfile::new_display_p3().encode().unwrap()
    }

    /// A picture of one colour with this profile.
    fn picture(media_type: MediaType, profile: &[u8]) -> Bytes {
        let samples = GIVEN.repeat(32 * 32);
        let mut made = Vec::new();
        match media_type {
            MediaType::Jpeg => {
                let mut encoder = jpeg_encoder::Encoder::new(&mut made, 95);
                encoder.add_icc_profile(profile).unwrap();
                encoder.encode(&samples, 32, 32, jpeg_encoder::ColorType::Rgb).unwrap();
            }
            MediaType::Png => {
                let mut encoder = PngEncoder::new(&mut made);
                encoder.set_icc_profile(profile.to_vec()).unwrap();
                encoder.write_image(&samples, 32, 32, ExtendedColorType::Rgb8).unwrap();
            }
            _ => {
                let mut encoder = WebPEncoder::new_lossless(&mut made);
                encoder.set_icc_profile(profile.to_vec()).unwrap();
                encoder.write_image(&samples, 32, 32, ExtendedColorType::Rgb8).unwrap();
            }
        }
        made.into()
    }

    /// The colour in the middle of what is shown, by the decoders alone.
    fn seen(media_type: MediaType, bytes: &[u8]) -> [u8; 3] {
        let shown = match media_type {
            MediaType::Jpeg => jpeg(bytes),
            MediaType::Png => decoded(PngDecoder::new(Cursor::new(bytes)).unwrap()),
            _ => decoded(WebPDecoder::new(Cursor::new(bytes)).unwrap()),
        };
        shown.unwrap().to_rgb8().get_pixel(16, 16).0
    }

    fn near(found: [u8; 3], expected: [u8; 3]) -> bool {
        found.iter().zip(expected).all(|(one, other)| one.abs_diff(other) <= 4)
    }

    const SHOWN: [MediaType; 3] = [MediaType::Jpeg, MediaType::Png, MediaType::Webp];

    #[test]
    fn a_picture_of_other_colours_is_shown_in_srgb_and_without_its_profile() {
        for media_type in SHOWN {
            let clean = in_srgb(media_type, picture(media_type, &p3())).unwrap();
            assert!(near(seen(media_type, &clean), MEANT), "{media_type:?}: {:?}", seen(media_type, &clean));
            for trace in [b"ICC_PROFILE".as_slice(), b"iCCP", b"ICCP", b"acsp", b"Display P3"] {
                assert!(!clean.windows(trace.len()).any(|window| window == trace), "{media_type:?}");
            }
        }
    }

    #[test]
    fn a_profile_that_changes_nothing_leaves_the_picture_as_it_is() {
        let srgb = ColorProfile::new_srgb().encode().unwrap();
        for media_type in SHOWN {
            for profile in [srgb.clone(), b"Nguyen Van A 0905123456".repeat(9), p3()[..150].to_vec()] {
                let given = picture(media_type, &profile);
                assert_eq!(in_srgb(media_type, given.clone()), Some(given.clone()), "{media_type:?}");
                assert!(near(seen(media_type, &given), GIVEN), "{media_type:?}");
            }
        }
    }

    #[test]
    fn a_cut_picture_of_other_colours_is_shown_as_little_as_any_cut_picture() {
        for media_type in [MediaType::Png, MediaType::Webp] {
            let whole = picture(media_type, &p3());
            let cut = whole.slice(..whole.len() - 20);
            assert_eq!(in_srgb(media_type, cut), None, "{media_type:?}");
        }
    }

    #[test]
    fn code_points_of_a_png_and_curves_of_grey_count_too() {
        let plain = picture(MediaType::Png, &ColorProfile::new_srgb().encode().unwrap());
        let chunk = img_parts::png::PngChunk::new(*b"cICP", Bytes::from_static(&[12, 13, 0, 1]));
        let coded = [&plain[..33], &chunk.encoder().bytes()[..], &plain[33..]].concat();
        let clean = in_srgb(MediaType::Png, coded.into()).unwrap();
        assert!(near(seen(MediaType::Png, &clean), MEANT));
        let mut grey = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut grey, 95);
        encoder.add_icc_profile(&ColorProfile::new_gray_with_gamma(1.0).encode().unwrap()).unwrap();
        encoder.encode(&[55; 32 * 32], 32, 32, jpeg_encoder::ColorType::Luma).unwrap();
        let clean = in_srgb(MediaType::Jpeg, grey.into()).unwrap();
        assert!(near(seen(MediaType::Jpeg, &clean), [128; 3]));
    }
}
