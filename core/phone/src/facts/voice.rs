//! Spoken notes: Opus in Ogg (Android from 10 on), AMR-WB (Android before), AAC in MP4 (iPhones). They have no picture, no
//! place and no time of their own; what is read is whether the file is whole, and how long it is.

use std::io::{BufRead, Read, Seek, SeekFrom};

use super::bmff::{child, find_top};
use super::video::MovieClock;
use super::{FactsError, Found, Told, read_stretch};

/// Opus counts in ticks of 48 kHz, whatever it was recorded at (RFC 7845).
const OPUS_TICKS_PER_MS: u64 = 48;
/// What an Ogg page begins with, and how long its head is at least.
const OGG_PAGE: &[u8; 4] = b"OggS";
const OGG_HEAD_BYTES: usize = 27;
/// What an AMR-WB file begins with.
pub(super) const AMR_WB: &[u8] = b"#!AMR-WB\n";
/// Bytes of an AMR-WB frame by its type, with its first byte (3GPP TS 26.201); types that hold no sound have one.
const AMR_WB_FRAME_BYTES: [u64; 16] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1];
/// Length of a frame, in milliseconds.
const AMR_FRAME_MS: u64 = 20;

/// Opus in Ogg: pages from the first byte to the last, the last one marked as such.
pub(super) fn ogg<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let (mut at, mut ticks, mut ended) = (0, 0, false);
    let mut skipped = None;
    file.seek(SeekFrom::Start(0))?;
    while at < bytes && !ended {
        let page = Page::read(file)?;
        if skipped.is_none() {
            skipped = Some(pre_skip(&page.body).ok_or(FactsError::UnknownFormat)?);
        }
        // A page that ends no packet counts all bits set.
        ticks = if page.granule == u64::MAX { ticks } else { page.granule.max(ticks) };
        ended = page.is_last;
        at += page.bytes;
    }
    if !ended {
        return Err(FactsError::Truncated);
    }
    Ok(Found::voice(ticks.saturating_sub(skipped.unwrap_or(0)) / OPUS_TICKS_PER_MS))
}

struct Page {
    granule: u64,
    is_last: bool,
    body: Vec<u8>,
    bytes: u64,
}

impl Page {
    fn read<R: Read>(file: &mut R) -> Result<Self, FactsError> {
        let mut head = [0_u8; OGG_HEAD_BYTES];
        file.read_exact(&mut head)?;
        let Some((OGG_PAGE, rest)) = head.split_first_chunk::<4>() else { return Err(FactsError::Truncated) };
        let (flags, granule) =
            (rest.get(1).copied(), rest.get(2..10).and_then(|field| field.try_into().ok()));
        let segments = rest.last().copied().unwrap_or(0);
        let mut lengths = vec![0_u8; usize::from(segments)];
        file.read_exact(&mut lengths)?;
        let length: usize = lengths.iter().map(|length| usize::from(*length)).sum();
        let mut body = vec![0_u8; length];
        file.read_exact(&mut body)?;
        Ok(Self {
            granule: granule.map_or(0, u64::from_le_bytes),
            is_last: flags.is_some_and(|flags| flags & 4 != 0),
            body,
            bytes: (OGG_HEAD_BYTES + lengths.len() + length) as u64,
        })
    }
}

/// Ticks at the beginning that are not heard; absent if this is no Opus.
fn pre_skip(first: &[u8]) -> Option<u64> {
    let head = first.strip_prefix(b"OpusHead")?;
    Some(u16::from_le_bytes(head.get(2..4)?.try_into().ok()?).into())
}

/// AMR-WB: frames of 20 ms, each telling its own length.
pub(super) fn amr_wb<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let mut at = AMR_WB.len() as u64;
    let mut frames: u64 = 0;
    while at < bytes {
        let [head] = super::read_at(file, at)?;
        let kind = usize::from(head >> 3 & 15);
        at += AMR_WB_FRAME_BYTES.get(kind).copied().unwrap_or(1);
        frames += 1;
    }
    if at != bytes || frames == 0 {
        return Err(FactsError::Truncated);
    }
    Ok(Found::voice(frames * AMR_FRAME_MS))
}

/// AAC in MP4: as long as its `moov` box says.
pub(super) fn m4a<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let moov = find_top(file, bytes, *b"moov")?.ok_or(FactsError::Truncated)?;
    find_top(file, bytes, *b"mdat")?.ok_or(FactsError::Truncated)?;
    let moov = read_stretch(file, moov.at, moov.len)?;
    let clock = child(&moov, *b"mvhd").and_then(MovieClock::read).ok_or(FactsError::UnknownFormat)?;
    Ok(Found { duration_ms: clock.duration_ms(&moov), ..Found::voice(0) })
}

impl Found {
    fn voice(duration_ms: u64) -> Self {
        Self { frame: None, told: Told::default(), duration_ms: Some(duration_ms), scan_from: None }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Cursor;

    use super::*;

    /// One page with this body.
    fn page(flags: u8, granule: u64, body: &[u8]) -> Vec<u8> {
        let mut page = [&OGG_PAGE[..], &[0, flags], &granule.to_le_bytes(), &[0; 12], &[1]].concat();
        page.push(u8::try_from(body.len()).unwrap());
        page.extend_from_slice(body);
        page
    }

    /// Two seconds of Opus, as far as its pages tell.
    pub(crate) fn opus() -> Vec<u8> {
        let head = [&b"OpusHead"[..], &[1, 1], &312_u16.to_le_bytes(), &[0; 7]].concat();
        [page(2, 0, &head), page(0, 0, b"OpusTags"), page(0, u64::MAX, &[7; 200]), page(4, 96_312, &[8; 90])]
            .concat()
    }

    fn duration(found: Result<Found, FactsError>) -> Option<u64> {
        found.unwrap().duration_ms
    }

    #[test]
    fn opus_is_as_long_as_its_last_page_says_and_must_have_one() {
        let whole = opus();
        let read = |bytes: &[u8]| ogg(&mut Cursor::new(bytes), bytes.len() as u64);
        assert_eq!(duration(read(&whole)), Some(2_000));
        for cut in [1, 30, 100, whole.len() - 1] {
            assert!(read(&whole[..cut]).is_err(), "{cut}");
        }
        assert!(matches!(read(&page(2, 0, b"\x01vorbis")), Err(FactsError::UnknownFormat)));
    }

    #[test]
    fn amr_counts_its_frames() {
        // Three frames of speech at 8.85 kbit/s (type 1), and one of silence (type 9).
        let frame = |kind: u8, bytes: usize| [vec![kind << 3 | 4], vec![0; bytes - 1]].concat();
        let whole = [AMR_WB.to_vec(), frame(1, 24), frame(1, 24), frame(1, 24), frame(9, 6)].concat();
        let read = |bytes: &[u8]| amr_wb(&mut Cursor::new(bytes), bytes.len() as u64);
        assert_eq!(duration(read(&whole)), Some(80));
        assert!(matches!(read(&whole[..whole.len() - 1]), Err(FactsError::Truncated)));
        assert!(matches!(read(AMR_WB), Err(FactsError::Truncated)));
    }
}
