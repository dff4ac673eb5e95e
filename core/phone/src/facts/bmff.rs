//! The boxes that MP4, MOV and HEIC are made of. Every length is a claim: none is believed past what is there.

use std::io::{Read, Seek};

use super::{FactsError, read_at};

/// A box's four-letter name.
pub(super) type Name = [u8; 4];
/// Most top-level boxes that are walked: a two-hour video in fragments of a second has 15,000.
const TOP_BOXES_MAX: u32 = 200_000;
/// Top-level boxes without whose last byte a file is cut: media, and what tells where they are.
const NEEDED_WHOLE: [Name; 5] = [*b"moov", *b"moof", *b"meta", *b"mdat", *b"mpvd"];

/// Where a top-level box's contents lie in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) at: u64,
    pub(super) len: u64,
}

/// A box's head, as it stands in the file.
pub(super) struct Head {
    pub(super) name: Name,
    /// Where its contents begin.
    pub(super) contents: u64,
    /// Where it ends by its own word, which may be past the end of the file.
    pub(super) end: u64,
}

/// The head of the box that begins at an offset. `None` if none does: fewer bytes are left than a head has, or what
/// stands there (zero bytes, a maker's trailer) is no head.
pub(super) fn head_at<R: Read + Seek>(file: &mut R, at: u64, bytes: u64) -> Result<Option<Head>, FactsError> {
    let left = bytes.saturating_sub(at);
    if left < 8 {
        return Ok(None);
    }
    let [s1, s2, s3, s4, n1, n2, n3, n4]: [u8; 8] = read_at(file, at)?;
    let name = [n1, n2, n3, n4];
    let (head, size) = match u32::from_be_bytes([s1, s2, s3, s4]) {
        0 => (8, left),
        1 if left < 16 => return Ok(None),
        1 => (16, u64::from_be_bytes(read_at(file, at.saturating_add(8))?)),
        size => (8, u64::from(size)),
    };
    if size < head || !name.iter().all(|byte| matches!(byte, b' '..=b'~' | 0xa9)) {
        return Ok(None);
    }
    let (contents, end) = (at.saturating_add(head), at.saturating_add(size));
    Ok(Some(Head { name, contents, end }))
}

/// Walks a file's top-level boxes and gives the first of the wanted name. Whatever stands behind the last box ends the
/// walk: makers write trailers there (Samsung's galleries), others a few zero bytes. A box of media, or of what tells
/// where they are, that runs past the end of the file means a truncated file.
pub(super) fn find_top<R: Read + Seek>(
    file: &mut R,
    bytes: u64,
    wanted: Name,
) -> Result<Option<Extent>, FactsError> {
    let (mut at, mut found): (u64, Option<Extent>) = (0, None);
    for _ in 0..TOP_BOXES_MAX {
        let Some(Head { name, contents, end }) = head_at(file, at, bytes)? else { return Ok(found) };
        if end > bytes {
            return if NEEDED_WHOLE.contains(&name) { Err(FactsError::Truncated) } else { Ok(found) };
        }
        if name == wanted && found.is_none() {
            found = Some(Extent { at: contents, len: end.saturating_sub(contents) });
        }
        at = end;
    }
    Err(FactsError::UnknownFormat)
}

/// The boxes in a stretch of memory, in order. Ends at the first whose length cannot be true.
pub(super) struct Boxes<'a> {
    rest: &'a [u8],
}

/// The boxes of a container's contents.
pub(super) const fn boxes(contents: &[u8]) -> Boxes<'_> {
    Boxes { rest: contents }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = (Name, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (&[s1, s2, s3, s4, n1, n2, n3, n4], _) = self.rest.split_first_chunk::<8>()?;
        let (head, size) = match u32::from_be_bytes([s1, s2, s3, s4]) {
            0 => (8, self.rest.len()),
            1 => (16, usize::try_from(be_u64(self.rest, 8)?).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        let contents = self.rest.get(head..size);
        self.rest = self.rest.get(size..).filter(|_| contents.is_some()).unwrap_or_default();
        Some(([n1, n2, n3, n4], contents?))
    }
}

/// The contents of the first box of this name.
pub(super) fn child(contents: &[u8], name: Name) -> Option<&[u8]> {
    boxes(contents).find(|(found, _)| *found == name).map(|(_, contents)| contents)
}

/// The contents of the box at the end of a path of names.
pub(super) fn descend<'a>(contents: &'a [u8], path: &[Name]) -> Option<&'a [u8]> {
    path.iter().try_fold(contents, |inside, name| child(inside, *name))
}

/// The contents of every track of a `moov` box.
pub(super) fn tracks(moov: &[u8]) -> impl Iterator<Item = &[u8]> {
    all(moov, *b"trak")
}

/// The contents of all boxes of this name.
pub(super) fn all(contents: &[u8], name: Name) -> impl Iterator<Item = &[u8]> {
    boxes(contents).filter(move |(found, _)| *found == name).map(|(_, contents)| contents)
}

/// A `meta` box's contents: in MP4 and HEIC after a version, in MOV right away.
pub(super) fn meta_contents(meta: &[u8]) -> Option<&[u8]> {
    if be_u32(meta, 0)? == 0 { meta.get(4..) } else { Some(meta) }
}

/// Two bytes at an offset, big-endian.
pub(super) fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_be_bytes(*chunk))
}

/// Four bytes at an offset, big-endian.
pub(super) fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_be_bytes(*chunk))
}

/// Eight bytes at an offset, big-endian.
pub(super) fn be_u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_be_bytes(*chunk))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn boxed(name: Name, contents: &[u8]) -> Vec<u8> {
        let size = u32::try_from(8 + contents.len()).unwrap();
        [&size.to_be_bytes(), name.as_slice(), contents].concat()
    }

    #[test]
    fn boxes_inside_boxes_are_found() {
        let file = [boxed(*b"free", &[]), boxed(*b"moov", &boxed(*b"trak", &boxed(*b"tkhd", b"x")))].concat();
        assert_eq!(descend(&file, &[*b"moov", *b"trak", *b"tkhd"]), Some(b"x".as_slice()));
        assert_eq!(descend(&file, &[*b"moov", *b"udta"]), None);
        let found = find_top(&mut Cursor::new(&file), file.len() as u64, *b"moov").unwrap();
        assert_eq!(found, Some(Extent { at: 16, len: 17 }));
    }

    #[test]
    fn lengths_that_cannot_be_true_end_the_walk() {
        let inner = [boxed(*b"good", b"1"), vec![0xff, 0xff, 0xff, 0xff, b'e', b'v', b'i', b'l', 0]].concat();
        assert_eq!(boxes(&inner).count(), 1);
        assert_eq!(boxes(&[0, 0, 0, 3, b'e', b'v', b'i', b'l']).count(), 0);
        let cut = boxed(*b"mdat", &[0; 20]);
        let result = find_top(&mut Cursor::new(&cut[..20]), 20, *b"moov");
        assert!(matches!(result, Err(FactsError::Truncated)));
    }

    /// A file of `moov` and media, with these bytes behind it.
    fn with_trailer(behind: &[u8]) -> Result<Option<Extent>, FactsError> {
        let file = [boxed(*b"moov", b"index"), boxed(*b"mdat", &[7; 20]), behind.to_vec()].concat();
        find_top(&mut Cursor::new(&file), file.len() as u64, *b"moov")
    }

    #[test]
    fn whatever_stands_behind_the_last_box_is_passed_over() {
        let found = Some(Extent { at: 8, len: 5 });
        let large = [&1_u32.to_be_bytes()[..], b"free"].concat();
        let short = [&1_u32.to_be_bytes()[..], b"free", &9_u64.to_be_bytes()].concat();
        let endless = [&u32::MAX.to_be_bytes()[..], b"sefd", b"...."].concat();
        for behind in [
            b"\0\0\0\0".as_slice(),
            &[0; 7],
            &[0; 200],
            b"SEFT",
            b"\0\0\x01\x0a\x23\0\0\0Image_UTC_Data17950000SEFT",
        ] {
            assert_eq!(with_trailer(behind).unwrap(), found, "{behind:?}");
        }
        for behind in
            [large, short, endless, boxed(*b"free", &[0; 9]), vec![0xff; 60], vec![0, 0, 0, 4, b'j']]
        {
            assert_eq!(with_trailer(&behind).unwrap(), found, "{behind:?}");
        }
        let more_media = [&900_u32.to_be_bytes()[..], b"mdat", &[1; 30]].concat();
        assert!(matches!(with_trailer(&more_media), Err(FactsError::Truncated)));
    }

    #[test]
    fn sizes_of_eight_bytes_and_sizes_to_the_end_are_followed() {
        let wide = [&1_u32.to_be_bytes()[..], b"mdat", &24_u64.to_be_bytes(), &[3; 8]].concat();
        let rest = [&0_u32.to_be_bytes()[..], b"moov", b"index"].concat();
        let file = [boxed(*b"wide", b""), wide, boxed(*b"uuid", &[1; 16]), rest].concat();
        let found = find_top(&mut Cursor::new(&file), file.len() as u64, *b"moov").unwrap();
        assert_eq!(found, Some(Extent { at: 64, len: 5 }));
    }
}
