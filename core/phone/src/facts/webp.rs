//! WebP: the size from the first chunk of its three kinds, wholeness from the length in its head, EXIF from its chunk.

use std::io::{BufRead, Seek};

use super::{FactsError, Found, Frame, exif, read_at, read_stretch};

/// Most chunks that are walked to find EXIF; each picture of an animation has one.
const CHUNKS_MAX: u32 = 100_000;

/// Reads a WebP of `bytes` bytes.
pub(super) fn read<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let stated = u64::from(u32::from_le_bytes(read_at(file, 4)?));
    if stated.saturating_add(8) > bytes {
        return Err(FactsError::Truncated);
    }
    let kind: [u8; 4] = read_at(file, 12)?;
    let (width, height) = size(kind, read_at(file, 20)?).ok_or(FactsError::UnknownFormat)?;
    let told = exif_block(file, bytes).map(|block| exif::from_block(&block)).unwrap_or_default();
    let frame = Frame { width, height, orientation: told.orientation, rotation_deg: None };
    Ok(Found::photo(frame, told))
}

/// The contents of the EXIF chunk. kamadak-exif would find it, but refuses what begins with `Exif\0\0` (libvips, and so
/// sharp, writes it so).
fn exif_block<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Option<Vec<u8>> {
    let mut at: u64 = 12;
    for _ in 0..CHUNKS_MAX {
        let [n1, n2, n3, n4, l1, l2, l3, l4]: [u8; 8] = read_at(file, at).ok()?;
        let length = u64::from(u32::from_le_bytes([l1, l2, l3, l4]));
        let data = at.checked_add(8)?;
        if &[n1, n2, n3, n4] == b"EXIF" {
            return read_stretch(file, data, length.min(bytes.saturating_sub(data))).ok();
        }
        // Data of odd length have a byte behind them that says nothing.
        at = data.checked_add(length)?.checked_add(length & 1)?;
    }
    None
}

/// Width and height from the first bytes of the first chunk's data.
fn size(kind: [u8; 4], data: [u8; 10]) -> Option<(u32, u32)> {
    let (width, height) = match (&kind, data) {
        // Flags and three bytes of reserve, then two fields of 24 bits, each less one.
        (b"VP8X", [_, _, _, _, w1, w2, w3, h1, h2, h3]) => {
            (u32::from_le_bytes([w1, w2, w3, 0]) + 1, u32::from_le_bytes([h1, h2, h3, 0]) + 1)
        }
        // A signature, then two fields of 14 bits, each less one.
        (b"VP8L", [0x2f, b1, b2, b3, b4, ..]) => {
            let bits = u32::from_le_bytes([b1, b2, b3, b4]);
            ((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
        }
        // Three bytes of frame tag, then the start code, then two fields of 14 bits.
        (b"VP8 ", [_, _, _, 0x9d, 0x01, 0x2a, w1, w2, h1, h2]) => (
            u32::from(u16::from_le_bytes([w1, w2]) & 0x3fff),
            u32::from(u16::from_le_bytes([h1, h2]) & 0x3fff),
        ),
        _ => return None,
    };
    (width > 0 && height > 0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_first_chunk_tells_the_size() {
        assert_eq!(size(*b"VP8X", [0, 0, 0, 0, 0x3f, 6, 0, 0xaf, 4, 0]), Some((1600, 1200)));
        assert_eq!(size(*b"VP8L", [0x2f, 0x3f, 0xc6, 0x2b, 0x01, 0, 0, 0, 0, 0]), Some((1600, 1200)));
        assert_eq!(size(*b"VP8 ", [0, 0, 0, 0x9d, 1, 0x2a, 0x40, 6, 0xb0, 4]), Some((1600, 1200)));
        assert_eq!(size(*b"ALPH", [0; 10]), None);
    }
}
