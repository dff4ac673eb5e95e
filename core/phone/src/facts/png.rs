//! PNG: the size from its first chunk, wholeness from its last, EXIF from its `eXIf` chunk.

use std::io::{BufRead, Seek};

use super::bmff::Extent;
use super::{FactsError, Found, Frame, exif, read_at, read_stretch};

/// Most chunks that are walked; a 64 MB photo in chunks of 8 KiB has 8,000.
const CHUNKS_MAX: u32 = 200_000;

/// Reads a PNG of `bytes` bytes.
pub(super) fn read<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let head: [u8; 16] = read_at(file, 8)?;
    let [_, _, _, _, k1, k2, k3, k4, w1, w2, w3, w4, h1, h2, h3, h4] = head;
    let width = u32::from_be_bytes([w1, w2, w3, w4]);
    let height = u32::from_be_bytes([h1, h2, h3, h4]);
    if &[k1, k2, k3, k4] != b"IHDR" || width == 0 || height == 0 {
        return Err(FactsError::UnknownFormat);
    }
    let exif = walk_to_end(file, bytes)?;
    let block = exif.and_then(|exif| read_stretch(file, exif.at, exif.len).ok());
    let told = block.map(|block| exif::from_block(&block)).unwrap_or_default();
    let frame = Frame { width, height, orientation: told.orientation, rotation_deg: None };
    Ok(Found::photo(frame, told))
}

/// Steps from chunk to chunk until `IEND`, and tells where the first `eXIf` lies.
fn walk_to_end<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Option<Extent>, FactsError> {
    let (mut at, mut exif): (u64, Option<Extent>) = (8, None);
    for _ in 0..CHUNKS_MAX {
        let [l1, l2, l3, l4, k1, k2, k3, k4]: [u8; 8] = read_at(file, at)?;
        let length = u64::from(u32::from_be_bytes([l1, l2, l3, l4]));
        let data = at.saturating_add(8);
        // Length, name and checksum frame the data of each chunk: twelve bytes.
        at = at.saturating_add(length).saturating_add(12);
        if at > bytes {
            return Err(FactsError::Truncated);
        }
        match &[k1, k2, k3, k4] {
            b"IEND" => return Ok(exif),
            b"eXIf" if exif.is_none() => exif = Some(Extent { at: data, len: length }),
            _ => {}
        }
    }
    Err(FactsError::UnknownFormat)
}
