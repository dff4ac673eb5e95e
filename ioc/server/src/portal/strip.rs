//! Published pictures carry no metadata (law 7). Phones make renditions without any; this is for the phone that lies.
//! Only what a decoder needs is let through, and what cannot be read as its declared format is not shown at all. A colour
//! profile goes as well, and its picture's numbers are those of sRGB then.

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use img_parts::png::Png;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{CHUNK_ALPH, CHUNK_VP8, CHUNK_VP8L, CHUNK_VP8X, WebP};
use paht_model::capture::MediaType;

use super::colour::in_srgb;

/// The picture without metadata; `None` if it is not what it is declared to be, or of a format we cannot clean.
pub(super) fn strip(media_type: MediaType, bytes: Bytes) -> Option<Bytes> {
    let bytes = in_srgb(media_type, bytes)?;
    match media_type {
        MediaType::Jpeg => jpeg(bytes),
        MediaType::Png => png(bytes),
        MediaType::Webp => webp(bytes),
        _ => None,
    }
}

const SOI: [u8; 2] = [0xFF, 0xD8];
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
/// Adobe's segment tells how colours are coded; its first 12 bytes are all there is to it.
const APP14: u8 = 0xEE;
const ADOBE_BYTES: usize = 12;

/// Walks segment by segment, to the end of the image and no further: what hides between scans or behind the end goes
/// too, which img-parts would keep.
fn jpeg(mut bytes: Bytes) -> Option<Bytes> {
    let mut out = BytesMut::with_capacity(bytes.len());
    if bytes.get(..2)? != SOI {
        return None;
    }
    out.put(bytes.split_to(2));
    let mut scanned = false;
    loop {
        let marker = next_marker(&mut bytes)?;
        if marker == EOI {
            out.put_slice(&[0xFF, EOI]);
            return scanned.then(|| out.freeze());
        }
        let length =
            usize::from(bytes.try_get_u16().ok()?).checked_sub(2).filter(|len| *len <= bytes.len())?;
        let contents = bytes.split_to(length);
        if needed(marker, &contents) {
            out.put_slice(&[0xFF, marker]);
            out.put_u16(u16::try_from(length + 2).ok()?);
            out.put(contents);
        }
        if marker == SOS {
            scanned = true;
            let scan = scan_bytes(&bytes);
            out.put(bytes.split_to(scan));
        }
    }
}

/// The next marker, past fill bytes; `None` at anything that is none.
fn next_marker(bytes: &mut Bytes) -> Option<u8> {
    if bytes.try_get_u8().ok()? != 0xFF {
        return None;
    }
    loop {
        match bytes.try_get_u8().ok()? {
            0xFF => {}
            // Stuffing, restarts and a second start belong nowhere between segments.
            0x00 | 0x01 | 0xD0..=0xD8 => return None,
            marker => return Some(marker),
        }
    }
}

/// Frames (but for DHP and EXP), tables, scans and, of all the application's segments, Adobe's.
fn needed(marker: u8, contents: &[u8]) -> bool {
    match marker {
        0xC0..=0xCF | 0xDA..=0xDD => marker != 0xC8,
        APP14 => contents.starts_with(b"Adobe") && contents.len() == ADOBE_BYTES,
        _ => false,
    }
}

/// How many bytes of coded picture follow: up to the next marker that is neither stuffing nor a restart.
fn scan_bytes(bytes: &[u8]) -> usize {
    let ends = |pair: &[u8]| matches!(pair, [0xFF, next] if !matches!(next, 0x00 | 0xD0..=0xD7 | 0xFF));
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

fn png(bytes: Bytes) -> Option<Bytes> {
    let mut png = Png::from_bytes(bytes).ok()?;
    let needed = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA"];
    png.chunks_mut().retain(|chunk| needed.contains(&&chunk.kind()));
    Some(png.encoder().bytes())
}

fn webp(bytes: Bytes) -> Option<Bytes> {
    let mut webp = WebP::from_bytes(bytes).ok()?;
    for chunk in webp.chunks_mut() {
        if chunk.id() == CHUNK_VP8X {
            let RiffContent::Data(data) = chunk.content() else { return None };
            *chunk = RiffChunk::new(CHUNK_VP8X, RiffContent::Data(without_flags(data)?));
        }
    }
    webp.chunks_mut().retain(|chunk| [CHUNK_VP8X, CHUNK_ALPH, CHUNK_VP8, CHUNK_VP8L].contains(&chunk.id()));
    Some(webp.encoder().bytes())
}

/// Of the announced features only transparency stays; 10 bytes are all there is to the header.
fn without_flags(header: &Bytes) -> Option<Bytes> {
    const ALPHA: u8 = 0x10;
    let mut clean = BytesMut::from(header.get(..10)?);
    let (flags, reserved) = clean.split_first_mut()?;
    *flags &= ALPHA;
    if let Some(reserved) = reserved.get_mut(..3) {
        reserved.fill(0);
    }
    Some(clean.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"16.2776,107.2298 Nguyen Van A 0905123456";

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker][..], &length, contents].concat()
    }

    fn hidden(bytes: &[u8]) -> bool {
        !bytes.windows(SECRET.len()).any(|window| window == SECRET)
    }

    #[test]
    fn a_jpeg_keeps_its_picture_and_loses_every_hiding_place() {
        let scan = [1, 0xFF, 0x00, 2, 0xFF, 0xD0, 3];
        let mut parts = vec![SOI.to_vec()];
        for app in 0xE0..=0xEF {
            parts.push(segment(app, SECRET));
        }
        parts.push(segment(0xFE, SECRET));
        parts.push(segment(0xDB, b"table"));
        parts.push(segment(0xC2, b"frame"));
        parts.push([segment(SOS, b"head"), scan.to_vec()].concat());
        parts.push(segment(0xE1, SECRET));
        parts.push([segment(SOS, b"head"), scan.to_vec()].concat());
        parts.push([&[0xFF, EOI], SECRET].concat());
        let clean = strip(MediaType::Jpeg, parts.concat().into()).unwrap();
        assert!(hidden(&clean));
        let scans = [segment(SOS, b"head"), scan.to_vec()].concat().repeat(2);
        let expected =
            [&SOI[..], &segment(0xDB, b"table"), &segment(0xC2, b"frame"), &scans, &[0xFF, EOI]].concat();
        assert_eq!(clean, expected);
        assert_eq!(strip(MediaType::Jpeg, clean.clone()), Some(clean), "a clean picture stays as it is");
    }

    #[test]
    fn what_is_no_picture_is_not_shown() {
        for bytes in
            [&b""[..], b"<html>", &SOI, &[0xFF, 0xD8, 0xFF, 0xD9], &[0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1]]
        {
            for media_type in
                [MediaType::Jpeg, MediaType::Png, MediaType::Webp, MediaType::Mp4, MediaType::Heic]
            {
                assert_eq!(strip(media_type, Bytes::copy_from_slice(bytes)), None);
            }
        }
    }

    #[test]
    fn a_png_loses_its_texts() {
        let chunk = |kind: [u8; 4], contents: &'static [u8]| {
            img_parts::png::PngChunk::new(kind, Bytes::from_static(contents)).encoder().bytes()
        };
        let header = chunk(*b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
        let mut bytes = BytesMut::from(&b"\x89PNG\r\n\x1a\n"[..]);
        bytes.put(header);
        for kind in [*b"tEXt", *b"iTXt", *b"zTXt", *b"eXIf", *b"iCCP", *b"prVt"] {
            bytes.put(chunk(kind, SECRET));
        }
        bytes.put(chunk(*b"IDAT", b"picture"));
        bytes.put(chunk(*b"IEND", b""));
        bytes.put(SECRET);
        let clean = strip(MediaType::Png, bytes.freeze()).unwrap();
        assert!(hidden(&clean));
        assert!(clean.windows(7).any(|window| window == b"picture"));
    }

    #[test]
    fn a_webp_loses_its_metadata_and_no_longer_announces_it() {
        let chunk = |id: [u8; 4], data: &'static [u8]| {
            RiffChunk::new(id, RiffContent::Data(Bytes::from_static(data)))
        };
        let chunks = vec![
            chunk(CHUNK_VP8X, b"\x3C\0\0\0\0\0\0\0\0\0"),
            chunk(*b"ICCP", SECRET),
            chunk(CHUNK_VP8, b"picture!"),
            chunk(*b"EXIF", SECRET),
            chunk(*b"XMP ", SECRET),
            chunk(*b"JUNK", SECRET),
        ];
        let content = RiffContent::List { kind: Some(*b"WEBP"), subchunks: chunks };
        let riff = RiffChunk::new(*b"RIFF", content).encoder().bytes();
        let clean = strip(MediaType::Webp, riff).unwrap();
        assert!(hidden(&clean));
        let read = WebP::from_bytes(clean).unwrap();
        assert_eq!(read.chunks().len(), 2);
        assert_eq!(read.chunk_by_id(CHUNK_VP8X).unwrap().content().data().unwrap()[0], 0x10);
    }
}
