//! Motion JPEG in an MP4, as ISO 14496-12 and -14 lay it out: head, pictures, then the index, like a phone writes it.

use super::PictureError;

/// Ticks a second of every clock in the file.
const TICKS_PER_S: u32 = 1_000;
/// The identity matrix of `mvhd` and `tkhd`.
const UPRIGHT: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
/// Object type of JPEG pictures (ISO 14496-1, table 5).
const OBJECT_JPEG: u8 = 0x6c;

/// What goes into the file.
pub(super) struct Movie<'a> {
    pub(super) width: u16,
    pub(super) height: u16,
    /// The pictures, in order.
    pub(super) frames: &'a [Vec<u8>],
    /// How long each is shown, in ticks.
    pub(super) frame_ticks: u32,
    /// Seconds since 1904.
    pub(super) created: u32,
    /// ISO 6709.
    pub(super) place: &'a str,
    /// Bytes without meaning behind the pictures.
    pub(super) filler: &'a [u8],
}

impl Movie<'_> {
    /// The file.
    pub(super) fn write(&self) -> Result<Vec<u8>, PictureError> {
        let head = boxed(*b"ftyp", &[b"isom\0\0\x02\0isomiso2mp41"])?;
        // The pictures' offset in the file: behind the head and their own box's eight bytes.
        let first = u32::try_from(head.len() + 8).map_err(|_| PictureError::Unencodable)?;
        let pictures: Vec<&[u8]> = self.frames.iter().map(Vec::as_slice).collect();
        let pictures = boxed(*b"mdat", &pictures)?;
        let filler = if self.filler.is_empty() { Vec::new() } else { boxed(*b"free", &[self.filler])? };
        Ok([head, pictures, filler, self.index(first)?].concat())
    }

    fn ticks(&self) -> Result<u32, PictureError> {
        self.count()?.checked_mul(self.frame_ticks).ok_or(PictureError::Unencodable)
    }

    fn count(&self) -> Result<u32, PictureError> {
        u32::try_from(self.frames.len()).map_err(|_| PictureError::Unencodable)
    }

    fn index(&self, first: u32) -> Result<Vec<u8>, PictureError> {
        let movie = boxed(
            *b"mvhd",
            &[
                &words(&[0, self.created, self.created, TICKS_PER_S, self.ticks()?]),
                &words(&[0x1_0000, 0x0100_0000, 0, 0]),
                &words(&UPRIGHT),
                &words(&[0; 6]),
                &words(&[2]),
            ],
        )?;
        let track = boxed(*b"trak", &[&self.track_head()?, &self.media(first)?])?;
        let length = u16::try_from(self.place.len()).map_err(|_| PictureError::Unencodable)?;
        let place = boxed(*b"\xa9xyz", &[&length.to_be_bytes(), &[0x15, 0xc7], self.place.as_bytes()])?;
        boxed(*b"moov", &[&movie, &track, &boxed(*b"udta", &[&place])?])
    }

    fn track_head(&self) -> Result<Vec<u8>, PictureError> {
        let size = [u32::from(self.width) << 16, u32::from(self.height) << 16];
        // Flags: in use, in the movie.
        let times = words(&[3, self.created, self.created, 1, 0, self.ticks()?, 0, 0, 0, 0]);
        boxed(*b"tkhd", &[&times, &words(&UPRIGHT), &words(&size)])
    }

    fn media(&self, first: u32) -> Result<Vec<u8>, PictureError> {
        let undetermined = 0x55c4_0000;
        let head = boxed(
            *b"mdhd",
            &[&words(&[0, self.created, self.created, TICKS_PER_S, self.ticks()?, undetermined])],
        )?;
        let handler = boxed(*b"hdlr", &[&words(&[0, 0]), b"vide", &words(&[0; 3]), b"PAHT sample\0"])?;
        let here = boxed(*b"url ", &[&words(&[1])])?;
        let source = boxed(*b"dinf", &[&boxed(*b"dref", &[&words(&[0, 1]), &here])?])?;
        let video = boxed(*b"vmhd", &[&words(&[1, 0, 0])])?;
        let inner = boxed(*b"minf", &[&video, &source, &self.table(first)?])?;
        boxed(*b"mdia", &[&head, &handler, &inner])
    }

    fn table(&self, first: u32) -> Result<Vec<u8>, PictureError> {
        let count = self.count()?;
        let mut sizes = words(&[0, 0, count]);
        for frame in self.frames {
            let size = u32::try_from(frame.len()).map_err(|_| PictureError::Unencodable)?;
            sizes.extend(size.to_be_bytes());
        }
        let kinds = boxed(*b"stsd", &[&words(&[0, 1]), &self.sample_kind()?])?;
        let times = boxed(*b"stts", &[&words(&[0, 1, count, self.frame_ticks])])?;
        let chunks = boxed(*b"stsc", &[&words(&[0, 1, 1, count, 1])])?;
        let offsets = boxed(*b"stco", &[&words(&[0, 1, first])])?;
        boxed(*b"stbl", &[&kinds, &times, &chunks, &boxed(*b"stsz", &[&sizes])?, &offsets])
    }

    fn sample_kind(&self) -> Result<Vec<u8>, PictureError> {
        let mut entry = vec![0, 0, 0, 0, 0, 0, 0, 1];
        entry.extend([0; 16]);
        entry.extend(self.width.to_be_bytes());
        entry.extend(self.height.to_be_bytes());
        // 72 dots an inch both ways, one picture a sample, no name, 24 bits, no colour table.
        entry.extend(words(&[0x48_0000, 0x48_0000, 0]));
        entry.extend([0, 1]);
        entry.extend([0; 32]);
        entry.extend([0, 24, 0xff, 0xff]);
        let mut stream = vec![0x03, 21, 0, 1, 0, 0x04, 13, OBJECT_JPEG, 0x11];
        stream.extend([0; 11]);
        stream.extend([0x06, 1, 2]);
        boxed(*b"mp4v", &[&entry, &boxed(*b"esds", &[&words(&[0]), &stream])?])
    }
}

fn boxed(name: [u8; 4], contents: &[&[u8]]) -> Result<Vec<u8>, PictureError> {
    let size: usize = 8 + contents.iter().map(|part| part.len()).sum::<usize>();
    let stated = u32::try_from(size).map_err(|_| PictureError::Unencodable)?;
    let mut whole = Vec::with_capacity(size);
    whole.extend(stated.to_be_bytes());
    whole.extend(name);
    for part in contents {
        whole.extend(*part);
    }
    Ok(whole)
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}
