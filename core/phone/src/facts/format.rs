//! What kind of file it is, by its first bytes. Names and endings are not asked: a gallery gives neither.

use std::io::{Read, Seek, SeekFrom};

use paht_model::capture::{MediaKind, MediaType};

use super::FactsError;
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
const HEAD_BYTES: u64 = 64;
/// Brands of HEVC-coded stills (ISO 23008-12, annex B).
const HEIC_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];
/// Brands of files that share the container and are none of ours: AVIF, JPEG XL, Canon raw, audio books.
const OTHER_BRANDS: [&[u8]; 5] = [b"avif", b"avis", b"jxl ", b"crx ", b"M4B "];

impl Format {
    /// Tells the format from the beginning of a file.
    pub(super) fn detect<R: Read + Seek>(file: &mut R) -> Result<Self, FactsError> {
        file.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
        Self::of_head(&head).ok_or(FactsError::UnknownFormat)
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
            // QuickTime before there were brands begins with any of its boxes.
            b"moov" | b"mdat" | b"wide" | b"skip" | b"pnot" => Some(Self::Mov),
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

#[cfg(test)]
mod tests {
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

    #[test]
    fn look_alikes_are_unknown() {
        assert_eq!(Format::of_head(&ftyp(*b"avif", b"mif1")), None);
        assert_eq!(Format::of_head(&ftyp(*b"mif1", b"avif")), None);
        assert_eq!(Format::of_head(b"RIFF\0\0\0\0WAVEfmt "), None);
        assert_eq!(Format::of_head(b"Kinh gui to dan pho"), None);
        assert_eq!(Format::of_head(&[0xff, 0xd8]), None);
    }
}
