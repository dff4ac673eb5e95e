//! What kind of file it is, by its first bytes. Names and endings are not asked: a gallery gives neither.

use std::io::{Read, Seek, SeekFrom};

use paht_model::capture::{MediaKind, MediaType};

use super::FactsError;
use super::bmff::head_at;
use super::voice::AMR_WB;

/// The formats taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Webp,
    Heic,
    Mp4,
    Mov,
    Ogg,
    AmrWb,
    M4a,
}

/// First bytes that are enough to tell.
const HEAD_BYTES: u64 = 256;
/// Boxes that tell nothing and may stand before those that do, in MOV and in files of Android's own recorder.
const FILLERS: [&[u8]; 8] = [b"free", b"skip", b"wide", b"uuid", b"pnot", b"PICT", b"pict", b"junk"];
/// Most boxes that are passed over to find one that tells the format.
const FILLERS_MAX: u32 = 64;
/// Largest first box of fillers, in bytes, that is believed of a file which ends before it does: text may look like one.
const FILLER_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Brands of HEVC-coded stills (ISO 23008-12, annex B).
const HEIC_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];
/// Brands of files that share the container and are none of ours: AVIF, JPEG XL, Canon raw, audio books.
const OTHER_BRANDS: [&[u8]; 5] = [b"avif", b"avis", b"jxl ", b"crx ", b"M4B "];

impl Format {
    /// Tells the format from the beginning of a file.
    pub(super) fn detect<R: Read + Seek>(file: &mut R, bytes: u64) -> Result<Self, FactsError> {
        let head = head_bytes(file, 0)?;
        if head.get(4..8).is_some_and(|name| FILLERS.contains(&name)) {
            return Self::behind_fillers(file, bytes)?.ok_or(FactsError::UnknownFormat);
        }
        Self::of_head(&head).ok_or(FactsError::UnknownFormat)
    }

    /// Of a file that begins with boxes that tell nothing: `ftyp` behind them tells, and QuickTime needs none.
    fn behind_fillers<R: Read + Seek>(file: &mut R, bytes: u64) -> Result<Option<Self>, FactsError> {
        let mut at = 0;
        for _ in 0..FILLERS_MAX {
            let Some(head) = head_at(file, at, bytes)? else { break };
            match head.name {
                name if &name == b"ftyp" => return Ok(Self::of_brands(&head_bytes(file, at)?)),
                name if !FILLERS.contains(&name.as_slice()) => break,
                _ => at = head.end,
            }
            if at > bytes.saturating_add(FILLER_BYTES_MAX) {
                return Ok(None);
            }
        }
        Ok((at > 0).then_some(Self::Mov))
    }

    fn of_head(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xff, 0xd8, 0xff]) {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            return Some(Self::Webp);
        }
        if head.starts_with(b"OggS") {
            return Some(Self::Ogg);
        }
        if head.starts_with(AMR_WB) {
            return Some(Self::AmrWb);
        }
        match head.get(4..8)? {
            b"ftyp" => Self::of_brands(head),
            // QuickTime before there were brands.
            b"moov" | b"mdat" => Some(Self::Mov),
            _ => None,
        }
    }

    /// From the `ftyp` box: the major brand, then the compatible ones.
    fn of_brands(head: &[u8]) -> Option<Self> {
        let size = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
        let size = usize::try_from(size).ok()?.min(head.len());
        let major = head.get(8..12)?;
        let compatible = head.get(16..size).unwrap_or_default();
        if major == b"qt  " {
            return Some(Self::Mov);
        }
        if major == b"M4A " {
            return Some(Self::M4a);
        }
        if OTHER_BRANDS.contains(&major) {
            return None;
        }
        if HEIC_BRANDS.contains(&major) {
            return Some(Self::Heic);
        }
        if major == b"mif1" || major == b"msf1" {
            return compatible.chunks(4).any(|brand| HEIC_BRANDS.contains(&brand)).then_some(Self::Heic);
        }
        Some(Self::Mp4)
    }

    pub(super) const fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov)
    }

    pub(super) const fn kind(self) -> MediaKind {
        match self {
            Self::Mp4 | Self::Mov => MediaKind::Video,
            Self::Ogg | Self::AmrWb | Self::M4a => MediaKind::Voice,
            Self::Jpeg | Self::Png | Self::Webp | Self::Heic => MediaKind::Photo,
        }
    }

    pub(super) const fn media_type(self) -> MediaType {
        match self {
            Self::Jpeg => MediaType::Jpeg,
            Self::Png => MediaType::Png,
            Self::Webp => MediaType::Webp,
            Self::Heic => MediaType::Heic,
            Self::Mp4 => MediaType::Mp4,
            Self::Mov => MediaType::QuickTime,
            Self::Ogg => MediaType::Ogg,
            Self::AmrWb => MediaType::AmrWb,
            Self::M4a => MediaType::M4a,
        }
    }
}

fn head_bytes<R: Read + Seek>(file: &mut R, at: u64) -> Result<Vec<u8>, FactsError> {
    file.seek(SeekFrom::Start(at))?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn ftyp(major: [u8; 4], compatible: &[u8]) -> Vec<u8> {
        let size = u8::try_from(16 + compatible.len()).unwrap();
        [&[0, 0, 0, size], b"ftyp".as_slice(), &major, &[0; 4], compatible].concat()
    }

    #[test]
    fn the_first_bytes_tell_the_format() {
        assert_eq!(Format::of_head(&[0xff, 0xd8, 0xff, 0xe1]), Some(Format::Jpeg));
        assert_eq!(Format::of_head(b"\x89PNG\r\n\x1a\n...."), Some(Format::Png));
        assert_eq!(Format::of_head(b"RIFF\0\0\0\0WEBPVP8 "), Some(Format::Webp));
        assert_eq!(Format::of_head(&ftyp(*b"mif1", b"mif1heic")), Some(Format::Heic));
        assert_eq!(Format::of_head(&ftyp(*b"isom", b"isommp42")), Some(Format::Mp4));
        assert_eq!(Format::of_head(&ftyp(*b"qt  ", b"qt  ")), Some(Format::Mov));
        assert_eq!(Format::of_head(&ftyp(*b"M4A ", b"isom")), Some(Format::M4a));
        assert_eq!(Format::of_head(b"OggS\0\x02"), Some(Format::Ogg));
        assert_eq!(Format::of_head(b"#!AMR-WB\n\x0c"), Some(Format::AmrWb));
    }

    fn detected(bytes: &[u8]) -> Option<Format> {
        Format::detect(&mut Cursor::new(bytes), bytes.len() as u64).ok()
    }

    #[test]
    fn boxes_that_tell_nothing_are_passed_over() {
        for filler in FILLERS {
            let first = [&[0, 0, 0, 12], filler, b"\0\0\0\0"].concat();
            let plain = [first.clone(), first.clone(), b"\0\0\0\x08mdat".to_vec()].concat();
            assert_eq!(detected(&plain), Some(Format::Mov));
            let branded = [first.clone(), ftyp(*b"isom", b"isommp42")].concat();
            assert_eq!(detected(&branded), Some(Format::Mp4));
            let still = [first.clone(), ftyp(*b"heic", b"mif1heic")].concat();
            assert_eq!(detected(&still), Some(Format::Heic));
            let other = [first, ftyp(*b"avif", b"mif1")].concat();
            assert_eq!(detected(&other), None);
        }
        assert_eq!(detected(b"\0\0\0\x08wide\x7f\xff\xff\xffmdat"), Some(Format::Mov));
        assert_eq!(detected(b"Sug free tu nay la het han"), None);
    }

    #[test]
    fn look_alikes_are_unknown() {
        assert_eq!(Format::of_head(&ftyp(*b"avif", b"mif1")), None);
        assert_eq!(Format::of_head(&ftyp(*b"mif1", b"avif")), None);
        assert_eq!(Format::of_head(b"RIFF\0\0\0\0WAVEfmt "), None);
        assert_eq!(Format::of_head(b"Kinh gui to dan pho"), None);
        assert_eq!(Format::of_head(&[0xff, 0xd8]), None);
    }
}
