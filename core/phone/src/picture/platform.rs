//! What the platform decodes for us: HEIC, and one frame of a video. Both need decoders that come with the phone's
//! hardware and licences, not with a library.

use std::path::Path;

use paht_model::capture::MediaKind;

use super::pixels::Pixels;
use super::{PictureError, RENDITION_SIDE_PX};

/// The platform's decoder. Owes: a picture as a person sees it (turned, in sRGB, a video's early frame), no side much longer
/// than asked, or `None` where it cannot; never a panic. Called from a thread of its own, may take seconds.
pub trait Decoder: Send + Sync {
    /// Decodes a file to a picture whose longer side is about `side_px` pixels.
    fn decode(&self, original: &Path, kind: MediaKind, side_px: u32) -> Option<Decoded>;
}

/// A picture that the platform decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Width in pixels, above 0.
    pub width: u32,
    /// Height in pixels, above 0.
    pub height: u32,
    /// Red, green, blue, alpha: four bytes a pixel, row by row, in sRGB. Alpha is not looked at.
    pub rgba: Vec<u8>,
}

pub(super) fn decode(
    platform: &dyn Decoder,
    original: &Path,
    kind: MediaKind,
) -> Result<Pixels, PictureError> {
    let decoded = platform.decode(original, kind, RENDITION_SIDE_PX).ok_or(PictureError::Undecodable)?;
    let mut rgbx = decoded.rgba;
    rgbx.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = u8::MAX);
    Pixels::new(decoded.width, decoded.height, rgbx)
}
