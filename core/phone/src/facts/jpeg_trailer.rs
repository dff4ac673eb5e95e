//! JPEGs that lack their end marker and are whole all the same: a maker's trailer stands right behind the picture data
//! (Samsung's gallery writes such files). That the picture data are all there is known only by decoding them.

use std::io::{Read, Seek};

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::{FactsError, careful, read_whole};

/// What Samsung's trailers end with, and what their directory begins with.
const SAMSUNG_END: &[u8] = b"SEFT";
const SAMSUNG_DIRECTORY: &[u8] = b"SEFH";
/// Bytes of the directory's head, and of each of its entries.
const DIRECTORY_HEAD_BYTES: usize = 12;
const ENTRY_BYTES: usize = 12;
/// What is taken for a trailer at least, in bytes, where its maker is not known.
const TRAILER_BYTES_MIN: usize = 16;
/// How far a decoder reads ahead, in bytes: so much of the trailer stays with the picture, or its last row seems short.
const AHEAD_BYTES: usize = 8;

/// Whether a JPEG without an end marker is whole: something stands behind its picture, and without that it decodes to
/// its last block.
pub(super) fn stands_behind_whole_picture<R: Read + Seek>(
    file: &mut R,
    bytes: u64,
) -> Result<bool, FactsError> {
    let whole = read_whole(file, bytes)?;
    let Some(picture) = before_trailer(&whole) else { return Ok(false) };
    Ok(careful(|| decodes_whole(picture)).is_some())
}

/// The file up to its trailer, or a little further; `None` where nothing stands behind the picture data. Zero bytes are
/// no trailer: a camera whose battery failed leaves them where the picture should go on.
fn before_trailer(whole: &[u8]) -> Option<&[u8]> {
    let padding = whole.iter().rev().take_while(|byte| **byte == 0).count();
    let whole = whole.get(..whole.len().checked_sub(padding)?)?;
    let start = match samsung_start(whole) {
        Some(start) => start.checked_add(AHEAD_BYTES)?,
        None => whole.len().checked_sub(TRAILER_BYTES_MIN)?,
    };
    whole.get(..start)
}

/// Where Samsung's trailer begins: its last bytes tell how long its directory is, and the directory how far before it
/// each of its blocks begins.
fn samsung_start(whole: &[u8]) -> Option<usize> {
    let (rest, length) = whole.strip_suffix(SAMSUNG_END)?.split_last_chunk::<4>()?;
    let at = rest.len().checked_sub(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let entries = rest.get(at..)?.strip_prefix(SAMSUNG_DIRECTORY)?;
    let entries = entries.get(DIRECTORY_HEAD_BYTES.checked_sub(SAMSUNG_DIRECTORY.len())?..)?;
    let back = entries.chunks_exact(ENTRY_BYTES).filter_map(|entry| entry.get(4..)?.first_chunk::<4>());
    let back = back.map(|offset| u32::from_le_bytes(*offset)).max().unwrap_or(0);
    at.checked_sub(usize::try_from(back).ok()?)
}

/// Decodes strictly, to grey, since nobody looks at it: running out of data is an error then. In a progressive picture it
/// is none, and nothing else would tell that the last scans are missing.
fn decodes_whole(picture: &[u8]) -> Option<()> {
    let side = usize::from(u16::MAX);
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
    let options = options.jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(picture), options);
    decoder.decode().ok().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trailer(blocks: &[&[u8]]) -> Vec<u8> {
        let data = blocks.concat();
        let mut directory = [SAMSUNG_DIRECTORY, &[106, 0, 0, 0]].concat();
        directory.extend(u32::try_from(blocks.len()).unwrap().to_le_bytes());
        let mut back = u32::try_from(data.len()).unwrap();
        for block in blocks {
            let size = u32::try_from(block.len()).unwrap();
            directory.extend([&[0, 0, 1, 10][..], &back.to_le_bytes(), &size.to_le_bytes()].concat());
            back -= size;
        }
        let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
        [&data[..], &directory, &length, SAMSUNG_END].concat()
    }

    #[test]
    fn samsungs_trailer_is_measured() {
        for blocks in [&[b"Image_UTC_Data".as_slice()][..], &[b"one", b"MotionPhoto_Data\xff\xd8\xff"], &[]] {
            let whole = [vec![5; 40], trailer(blocks)].concat();
            assert_eq!(samsung_start(&whole), Some(40), "{blocks:?}");
        }
        assert_eq!(samsung_start(b"\xff\xff\xff\xffSEFT"), None);
        assert_eq!(samsung_start(b"SEFT"), None);
        let padded = [vec![5; 40], trailer(&[b"Image_UTC_Data"]), vec![0; 9]].concat();
        assert_eq!(before_trailer(&padded).map(<[u8]>::len), Some(48));
    }

    #[test]
    fn an_unknown_makers_trailer_is_left_out_and_zero_bytes_are_none() {
        assert_eq!(before_trailer(&[5; 40]).map(<[u8]>::len), Some(24));
        assert_eq!(before_trailer(&[[5; 10], [0; 10]].concat()), None);
    }
}
