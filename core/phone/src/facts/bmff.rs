//! The boxes that MP4, MOV and HEIC are made of. Every length is a claim: none is believed past what is there.

use std::io::{Read, Seek};

use super::{FactsError, read_at};

/// A box's four-letter name.
pub(super) type Name = [u8; 4];
/// Most top-level boxes that are walked: a two-hour video in fragments of a second has 15,000.
const TOP_BOXES_MAX: u32 = 200_000;

/// Where a top-level box's contents lie in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) at: u64,
    pub(super) len: u64,
}

/// Walks a file's top-level boxes to its end and gives the first of the wanted name. A box that runs past the end of
/// the file means a truncated file.
pub(super) fn find_top<R: Read + Seek>(
    file: &mut R,
    bytes: u64,
    wanted: Name,
) -> Result<Option<Extent>, FactsError> {
    let (mut at, mut found): (u64, Option<Extent>) = (0, None);
    for _ in 0..TOP_BOXES_MAX {
        if at >= bytes {
            return Ok(found);
        }
        let [s1, s2, s3, s4, n1, n2, n3, n4]: [u8; 8] = read_at(file, at)?;
        let (head, size) = match u32::from_be_bytes([s1, s2, s3, s4]) {
            0 => (8, bytes.saturating_sub(at)),
            1 => (16, u64::from_be_bytes(read_at(file, at.saturating_add(8))?)),
            size => (8, u64::from(size)),
        };
        let end = at.checked_add(size).filter(|end| *end <= bytes && size >= head);
        let Some(end) = end else { return Err(FactsError::Truncated) };
        if [n1, n2, n3, n4] == wanted && found.is_none() {
            found = Some(Extent { at: at.saturating_add(head), len: size.saturating_sub(head) });
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
}
