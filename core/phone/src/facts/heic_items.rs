//! Where the items of a HEIC lie: `iinf` says what each is, `iloc` where its pieces are.

use super::FactsError;
use super::bmff::{Extent, boxes, child};

/// Most items that are listed, and most pieces of them; a phone's picture has some fifty tiles, each of one piece.
const ITEMS_MAX: u64 = 65_536;

/// The pieces of one item.
pub(super) struct Item {
    id: u64,
    pub(super) place: Place,
    pub(super) pieces: Vec<Extent>,
}

/// What an item's offsets count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    File,
    /// The `idat` box inside `meta`.
    Inside,
    /// Another item, or another file.
    Elsewhere,
}

/// The items of a `meta` box's contents. None if their list is missing or broken: then nothing is known of them.
pub(super) fn list(meta: &[u8]) -> Vec<Item> {
    child(meta, *b"iloc").and_then(locations).unwrap_or_default()
}

/// A piece of the picture that lies past the end of the file means a truncated file.
pub(super) fn must_lie_within(items: &[Item], bytes: u64) -> Result<(), FactsError> {
    let mut in_file = items.iter().filter(|item| item.place == Place::File).flat_map(|item| &item.pieces);
    if in_file.any(|piece| piece.at.saturating_add(piece.len) > bytes) {
        return Err(FactsError::Truncated);
    }
    Ok(())
}

/// The item that holds EXIF.
pub(super) fn exif<'a>(meta: &[u8], items: &'a [Item]) -> Option<&'a Item> {
    let infos = child(meta, *b"iinf")?;
    let first = if *infos.first()? == 0 { 6 } else { 8 };
    let id = boxes(infos.get(first..)?).find_map(|(name, info)| {
        let mut fields = Fields(info);
        let version = fields.uint(1).filter(|version| name == *b"infe" && (2..=3).contains(version))?;
        fields.uint(3)?;
        let id = fields.uint(if version == 2 { 2 } else { 4 })?;
        fields.uint(2)?;
        (fields.0.get(..4)? == b"Exif").then_some(id)
    })?;
    items.iter().find(|item| item.id == id)
}

fn locations(iloc: &[u8]) -> Option<Vec<Item>> {
    let mut fields = Fields(iloc);
    let version = fields.uint(1).filter(|version| *version <= 2)?;
    fields.uint(3)?;
    let widths = usize::try_from(fields.uint(2)?).ok()?;
    let (of_offset, of_length, of_base) = (widths >> 12, widths >> 8 & 15, widths >> 4 & 15);
    let of_index = if version == 0 { 0 } else { widths & 15 };
    let id_width = if version == 2 { 4 } else { 2 };
    let count = fields.uint(id_width)?;
    let (mut items, mut pieces_left) = (Vec::new(), ITEMS_MAX);
    for _ in 0..count.min(ITEMS_MAX) {
        let id = fields.uint(id_width)?;
        let method = if version == 0 { 0 } else { fields.uint(2)? & 15 };
        let source = fields.uint(2)?;
        let base = fields.uint(of_base)?;
        let pieces = fields.uint(2)?;
        pieces_left = pieces_left.checked_sub(pieces)?;
        let pieces = (0..pieces).map(|_| {
            fields.uint(of_index)?;
            let at = base.checked_add(fields.uint(of_offset)?)?;
            Some(Extent { at, len: fields.uint(of_length)? })
        });
        let pieces = pieces.collect::<Option<Vec<Extent>>>()?;
        let place = match (method, source) {
            (0, 0) => Place::File,
            (1, _) => Place::Inside,
            _ => Place::Elsewhere,
        };
        items.push(Item { id, place, pieces });
    }
    Some(items)
}

/// Numbers of a box, one after the other.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    /// The next number, of this many bytes (none is zero), big-endian.
    fn uint(&mut self, width: usize) -> Option<u64> {
        let (number, rest) = self.0.split_at_checked(width).filter(|_| width <= 8)?;
        self.0 = rest;
        Some(number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Version 1, offsets and lengths of four bytes, no base, two items: one in the file, one inside `meta`.
    const TWO: &[u8] = &[
        1, 0, 0, 0, 0x44, 0x00, 0, 2, // head
        0, 7, 0, 0, 0, 0, 0, 1, 0, 0, 0, 100, 0, 0, 0, 20, // item 7
        0, 9, 0, 1, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 1, 0, // item 9
    ];

    #[test]
    fn items_are_listed_and_must_lie_in_the_file() {
        let items = locations(TWO).unwrap();
        assert_eq!(items.iter().map(|item| item.place).collect::<Vec<_>>(), [Place::File, Place::Inside]);
        assert_eq!(items[0].pieces, [Extent { at: 100, len: 20 }]);
        assert!(must_lie_within(&items, 120).is_ok());
        assert!(matches!(must_lie_within(&items, 119), Err(FactsError::Truncated)));
    }

    #[test]
    fn broken_lists_say_nothing() {
        assert!(locations(&TWO[..TWO.len() - 1]).is_none());
        assert!(locations(&[3, 0, 0, 0]).is_none());
        // Pieces of no bytes each, a great many of them.
        let endless = [&[0, 0, 0, 0, 0, 0, 0xff, 0xff][..], &[0, 1, 0, 0, 0xff, 0xff].repeat(9)].concat();
        assert!(locations(&endless).is_none());
    }
}
