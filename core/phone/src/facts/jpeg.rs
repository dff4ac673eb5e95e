//! JPEG: the header tells the size and carries EXIF and XMP; the picture data are only followed to their end marker.
//!
//! Real cameras write wrong segment lengths, so between segments the reader looks for the next marker instead of
//! trusting that it has arrived at one.

use std::io::{BufRead, Seek, SeekFrom};

use super::{FactsError, Found, Frame, exif, xmp};

/// What an APP1 with EXIF begins with; the sixth byte is not everywhere a zero.
const EXIF_HEAD: &[u8] = b"Exif\0";
const SOS: u8 = 0xda;
const EOI: u8 = 0xd9;

/// Reads a JPEG's header up to its picture data.
pub(super) fn read<R: BufRead + Seek>(file: &mut R) -> Result<Found, FactsError> {
    file.seek(SeekFrom::Start(2))?;
    let mut header = Header::default();
    let scan_from = loop {
        match next_marker(file)? {
            SOS => break file.stream_position()?,
            EOI => return Err(FactsError::Truncated),
            marker => header.take_segment(file, marker)?,
        }
    };
    let (width, height) = header.size.ok_or(FactsError::Truncated)?;
    if width == 0 || height == 0 {
        return Err(FactsError::UnknownFormat);
    }
    let mut told = header.exif.as_deref().map(exif::from_block).unwrap_or_default();
    if let Some(packet) = header.xmp {
        xmp::complete(&mut told, &packet);
    }
    let frame = Frame { width, height, orientation: told.orientation, rotation_deg: None };
    Ok(Found { scan_from: Some(scan_from), ..Found::photo(frame, told) })
}

#[derive(Default)]
struct Header {
    size: Option<(u32, u32)>,
    exif: Option<Vec<u8>>,
    xmp: Option<Vec<u8>>,
}

impl Header {
    /// Takes one segment; its length is two bytes, so it is never above 64 KiB.
    fn take_segment<R: BufRead + Seek>(&mut self, file: &mut R, marker: u8) -> Result<(), FactsError> {
        // These stand alone: restarts, a second start, and what is no marker at all.
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            return Ok(());
        }
        let mut length = [0_u8; 2];
        file.read_exact(&mut length)?;
        let Some(length) = u16::from_be_bytes(length).checked_sub(2) else { return Ok(()) };
        let wanted = match marker {
            0xe1 => self.exif.is_none() || self.xmp.is_none(),
            0xc0..=0xcf => !matches!(marker, 0xc4 | 0xc8 | 0xcc) && self.size.is_none(),
            _ => false,
        };
        if !wanted {
            file.seek_relative(i64::from(length))?;
            return Ok(());
        }
        let mut body = vec![0_u8; usize::from(length)];
        file.read_exact(&mut body)?;
        if marker == 0xe1 {
            self.take_app1(&body);
        } else if let Some(&[_, h1, h2, w1, w2]) = body.first_chunk::<5>() {
            self.size = Some((u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into()));
        }
        Ok(())
    }

    fn take_app1(&mut self, body: &[u8]) {
        if let Some(block) = body.strip_prefix(EXIF_HEAD) {
            self.exif.get_or_insert_with(|| block.to_vec());
        } else if let Some(packet) = body.strip_prefix(xmp::HEAD) {
            self.xmp.get_or_insert_with(|| packet.to_vec());
        }
    }
}

/// The code of the next marker, whatever lies before it.
fn next_marker<R: BufRead>(file: &mut R) -> Result<u8, FactsError> {
    let mut after_ff = false;
    loop {
        let mut byte = [0_u8; 1];
        file.read_exact(&mut byte)?;
        match (after_ff, byte) {
            (true, [code]) if code != 0x00 && code != 0xff => return Ok(code),
            (_, [code]) => after_ff = code == 0xff,
        }
    }
}

/// Follows a JPEG's bytes, handed in pieces, from the start of its picture data to its end marker. A thumbnail inside a
/// segment has an end marker too, which is why segments are stepped over.
pub(super) struct EndScan {
    state: Scan,
    /// The last two bytes that were not padding, for files whose inner structure is damaged and whose end is there.
    tail: [u8; 2],
}

#[derive(Clone, Copy)]
enum Scan {
    /// Bytes to step over, and what comes after them.
    Skip {
        left: u64,
        into_segment: bool,
    },
    Data,
    AfterFf,
    LengthHigh,
    LengthLow(u8),
    Done,
}

impl EndScan {
    /// From the beginning of the file, with the offset after the first SOS marker.
    pub(super) const fn from_offset(scan_from: u64) -> Self {
        Self { state: Scan::Skip { left: scan_from, into_segment: true }, tail: [0; 2] }
    }

    /// Whether the picture's end has come.
    pub(super) const fn reached(&self) -> bool {
        matches!(self.state, Scan::Done) || matches!(self.tail, [0xff, EOI])
    }

    /// Takes the next piece of the file.
    pub(super) fn take(&mut self, mut piece: &[u8]) {
        self.remember_tail(piece);
        while let Some((&byte, rest)) = piece.split_first() {
            if let Scan::Skip { left, into_segment } = self.state {
                let step = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
                piece = piece.get(step..).unwrap_or_default();
                self.state = match left.saturating_sub(step as u64) {
                    0 if into_segment => Scan::LengthHigh,
                    0 => Scan::Data,
                    left => Scan::Skip { left, into_segment },
                };
                continue;
            }
            self.state = self.state.after(byte);
            piece = rest;
            if matches!(self.state, Scan::Done) {
                return;
            }
        }
    }

    fn remember_tail(&mut self, piece: &[u8]) {
        for &byte in
            piece.iter().rev().skip_while(|byte| **byte == 0).take(2).collect::<Vec<_>>().iter().rev()
        {
            self.tail = [self.tail[1], *byte];
        }
    }
}

impl Scan {
    const fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Data | Self::AfterFf, 0xff) => Self::AfterFf,
            (Self::Data, _) | (Self::AfterFf, 0x00 | 0x01 | 0xd0..=0xd8) => Self::Data,
            (Self::AfterFf, EOI) | (Self::Done, _) => Self::Done,
            (Self::AfterFf, _) => Self::LengthHigh,
            (Self::LengthHigh, high) => Self::LengthLow(high),
            (Self::LengthLow(high), low) => {
                let left = u16::from_be_bytes([high, low]).saturating_sub(2);
                // `as` since `From` is not const; widening.
                if left == 0 { Self::Data } else { Self::Skip { left: left as u64, into_segment: false } }
            }
            (skip @ Self::Skip { .. }, _) => skip,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    /// SOF0 of 8 × 6 pixels, then SOS with three bytes of data.
    const TINY: &[u8] = &[
        0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 6, 0, 8, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0,
        0x12, 0xff, 0x00, 0xff, 0xd9,
    ];

    fn whole(bytes: &[u8], step: usize) -> bool {
        let found = read(&mut BufReader::new(Cursor::new(bytes))).unwrap();
        let mut end = EndScan::from_offset(found.scan_from.unwrap());
        bytes.chunks(step).for_each(|piece| end.take(piece));
        end.reached()
    }

    #[test]
    fn the_end_is_found_however_the_pieces_fall() {
        for step in 1..=TINY.len() {
            assert!(whole(TINY, step), "pieces of {step}");
            assert!(!whole(&TINY[..TINY.len() - 1], step), "cut, pieces of {step}");
        }
    }

    #[test]
    fn an_end_marker_inside_a_segment_is_not_the_end() {
        let (head, data) = TINY.split_at(25);
        let mut with_comment = head.to_vec();
        with_comment.extend([0xff, 0xfe, 0, 4, 0xff, 0xd9]);
        with_comment.extend(&data[..3]);
        assert!(!whole(&with_comment, 5));
    }

    #[test]
    fn rubbish_between_segments_is_stepped_over() {
        let mut bytes = TINY.to_vec();
        bytes.splice(2..2, [0xe0, 0, 0x10, b'J', 0xff, 0x00, 0xff, 0xff]);
        let found = read(&mut BufReader::new(Cursor::new(bytes))).unwrap();
        assert_eq!(found.frame.map(|frame| (frame.width, frame.height)).unwrap(), (8, 6));
    }
}
