//! A decoded picture: red, green, blue and a byte that says nothing, row by row. The fourth byte costs memory and saves
//! more than 2 MB of the library: the resizer is built for this one kind of pixel.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::PictureError;

/// Width and height in pixels, above 0, and `width × height × 4` bytes.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgbx: Vec<u8>,
}

impl Pixels {
    /// From bytes whose count must fit the measures.
    pub(super) fn new(width: u32, height: u32, rgbx: Vec<u8>) -> Result<Self, PictureError> {
        let wanted = u64::from(width) * u64::from(height) * 4;
        if wanted == 0 || wanted != rgbx.len() as u64 {
            return Err(PictureError::Undecodable);
        }
        Ok(Self { width, height, rgbx })
    }

    /// Of three bytes a pixel.
    pub(super) fn from_rgb(width: u32, height: u32, rgb: &[u8]) -> Result<Self, PictureError> {
        let mut rgbx = Vec::with_capacity(rgb.len() / 3 * 4);
        for pixel in rgb.chunks_exact(3) {
            rgbx.extend_from_slice(pixel);
            rgbx.push(u8::MAX);
        }
        Self::new(width, height, rgbx)
    }

    /// Of one byte a pixel.
    pub(super) fn from_grey(width: u32, height: u32, grey: &[u8]) -> Result<Self, PictureError> {
        Self::new(width, height, grey.iter().flat_map(|&level| [level, level, level, u8::MAX]).collect())
    }

    /// With no side longer than `side`; a smaller picture stays as it is, none is ever enlarged.
    pub(super) fn shrunk_to(self, side: u32) -> Result<Self, PictureError> {
        let (width, height) = fitted(self.width, self.height, side);
        if (width, height) == (self.width, self.height) { Ok(self) } else { self.resized(width, height) }
    }

    /// To exactly this size, by Lanczos.
    pub(super) fn resized(self, width: u32, height: u32) -> Result<Self, PictureError> {
        let source = ImageRef::new(self.width, self.height, &self.rgbx, PixelType::U8x4)
            .map_err(|_| PictureError::Undecodable)?;
        let mut target = Image::new(width, height, PixelType::U8x4);
        let options =
            ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(false);
        Resizer::new().resize(&source, &mut target, &options).map_err(|_| PictureError::Undecodable)?;
        Self::new(width, height, target.into_vec())
    }

    /// Turned so that it is seen as EXIF's `orientation` (1 to 8) means it; other values turn nothing.
    pub(super) fn upright(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (width, height) = (self.width as usize, self.height as usize);
        let (right, bottom) = (width.saturating_sub(1), height.saturating_sub(1));
        let (new_width, new_height) = if orientation >= 5 { (height, width) } else { (width, height) };
        let mut rgbx = Vec::with_capacity(self.rgbx.len());
        for y in 0..new_height {
            for x in 0..new_width {
                let (from_x, from_y) = match orientation {
                    2 => (right - x, y),
                    3 => (right - x, bottom - y),
                    4 => (x, bottom - y),
                    5 => (y, x),
                    6 => (y, bottom - x),
                    7 => (right - y, bottom - x),
                    _ => (right - y, x),
                };
                let at = (from_y * width + from_x) * 4;
                rgbx.extend_from_slice(self.rgbx.get(at..at + 4).unwrap_or(&[0; 4]));
            }
        }
        if orientation >= 5 {
            Self { width: self.height, height: self.width, rgbx }
        } else {
            Self { rgbx, ..self }
        }
    }
}

/// The size that fits into a square of `side`, in proportion, no side below one pixel.
pub(super) fn fitted(width: u32, height: u32, side: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= side {
        return (width, height);
    }
    let scaled = |part: u32| {
        let pixels = (u64::from(part) * u64::from(side) + u64::from(long) / 2) / u64::from(long.max(1));
        u32::try_from(pixels).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two wide, three high; the red of each pixel is its letter: `ab`, `cd`, `ef`.
    fn letters() -> Pixels {
        Pixels::new(2, 3, b"abcdef".iter().flat_map(|&red| [red, 0, 0, 255]).collect()).unwrap()
    }

    fn read(pixels: &Pixels) -> String {
        pixels
            .rgbx
            .chunks_exact(pixels.width as usize * 4)
            .map(|row| row.chunks_exact(4).map(|rgbx| char::from(rgbx[0])).collect::<String>())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn all_eight_orientations_turn_as_exif_means_them() {
        let turned: Vec<String> = (1..=8).map(|orientation| read(&letters().upright(orientation))).collect();
        assert_eq!(
            turned,
            ["ab cd ef", "ba dc fe", "fe dc ba", "ef cd ab", "ace bdf", "eca fdb", "fdb eca", "bdf ace"]
        );
        assert_eq!(read(&letters().upright(0)), "ab cd ef");
        assert_eq!(read(&letters().upright(9)), "ab cd ef");
    }

    #[test]
    fn sizes_keep_proportion_and_never_grow_or_vanish() {
        assert_eq!(fitted(4000, 3000, 1600), (1600, 1200));
        assert_eq!(fitted(3000, 4000, 320), (240, 320));
        assert_eq!(fitted(88, 64, 320), (88, 64));
        assert_eq!(fitted(65_535, 1, 320), (320, 1));
        assert_eq!(fitted(1, 65_535, 320), (1, 320));
    }
}
