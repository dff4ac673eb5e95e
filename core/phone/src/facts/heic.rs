//! HEIC: size and rotation from the properties of the primary item, EXIF from the item that holds it; the picture is whole
//! if every piece of it that is listed lies in the file.

use std::io::{BufRead, Seek};

use super::bmff::{Name, be_u16, be_u32, boxes, child, find_top, meta_contents};
use super::heic_items::{self, Item, Place};
use super::{BOX_BYTES_MAX, FactsError, Found, Frame, exif, read_stretch};

/// Most items whose properties are listed; a phone's picture has some fifty tiles.
const ITEMS_MAX: u32 = 65_536;

/// Reads a HEIC of `bytes` bytes.
pub(super) fn read<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let meta = find_top(file, bytes, *b"meta")?.ok_or(FactsError::Truncated)?;
    let meta = read_stretch(file, meta.at, meta.len)?;
    let meta = meta_contents(&meta).ok_or(FactsError::Truncated)?;
    let primary = primary_properties(meta);
    let (width, height) = primary
        .iter()
        .find_map(size)
        .or_else(|| largest_size(meta))
        .filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or(FactsError::UnknownFormat)?;
    let rotation =
        primary.iter().find_map(|(name, body)| (name == b"irot").then(|| body.first().copied())?);
    let items = heic_items::list(meta);
    heic_items::must_lie_within(&items, bytes)?;
    let block = heic_items::exif(meta, &items).and_then(|item| item_bytes(file, meta, item));
    let told = block.map(|block| exif::from_block(&block)).unwrap_or_default();
    let rotation_deg = Some(rotation.map_or(0, |turns| u16::from(turns & 3) * 90));
    let frame = Frame { width, height, orientation: told.orientation, rotation_deg };
    Ok(Found::photo(frame, told))
}

/// The bytes of an item, its pieces joined.
fn item_bytes<R: BufRead + Seek>(file: &mut R, meta: &[u8], item: &Item) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    for piece in &item.pieces {
        let read = match item.place {
            Place::File => read_stretch(file, piece.at, piece.len).ok()?,
            Place::Inside => {
                let from = child(meta, *b"idat")?.get(usize::try_from(piece.at).ok()?..)?;
                from.get(..usize::try_from(piece.len).ok()?)?.to_vec()
            }
            Place::Elsewhere => return None,
        };
        whole.extend(read);
        if whole.len() as u64 > BOX_BYTES_MAX {
            return None;
        }
    }
    Some(whole)
}

type Property<'a> = (Name, &'a [u8]);

fn size((name, body): &Property<'_>) -> Option<(u32, u32)> {
    (name == b"ispe").then_some(())?;
    Some((be_u32(body, 4)?, be_u32(body, 8)?))
}

/// The largest size any item has: what remains to be said when the primary item's own is not to be found.
fn largest_size(meta: &[u8]) -> Option<(u32, u32)> {
    let properties = child(child(meta, *b"iprp")?, *b"ipco")?;
    boxes(properties)
        .filter_map(|property| size(&property))
        .max_by_key(|(w, h)| u64::from(*w) * u64::from(*h))
}

/// The properties that `ipma` ties to the item that `pitm` names.
fn primary_properties(meta: &[u8]) -> Vec<Property<'_>> {
    let found = || {
        let primary = primary_item(child(meta, *b"pitm")?)?;
        let iprp = child(meta, *b"iprp")?;
        let all: Vec<Property<'_>> = boxes(child(iprp, *b"ipco")?).collect();
        let indexes = associations(child(iprp, *b"ipma")?, primary)?;
        Some(indexes.into_iter().filter_map(|index| all.get(index.checked_sub(1)?).copied()).collect())
    };
    found().unwrap_or_default()
}

fn primary_item(pitm: &[u8]) -> Option<u32> {
    if *pitm.first()? == 0 { be_u16(pitm, 4).map(u32::from) } else { be_u32(pitm, 4) }
}

/// The one-based indexes of an item's properties.
fn associations(ipma: &[u8], wanted: u32) -> Option<Vec<usize>> {
    let (wide_ids, wide_indexes) = (*ipma.first()? >= 1, ipma.get(3)? & 1 == 1);
    let count = be_u32(ipma, 4)?.min(ITEMS_MAX);
    let mut at: usize = 8;
    for _ in 0..count {
        let (item, id_len) =
            if wide_ids { (be_u32(ipma, at)?, 4) } else { (u32::from(be_u16(ipma, at)?), 2) };
        let tied = usize::from(*ipma.get(at + id_len)?);
        let from = at + id_len + 1;
        let step = if wide_indexes { 2 } else { 1 };
        at = from + tied * step;
        if item == wanted {
            let entries = ipma.get(from..at)?;
            return Some(entries.chunks_exact(step).map(property_index).collect());
        }
    }
    None
}

/// Without the bit that says whether a reader must understand the property.
fn property_index(entry: &[u8]) -> usize {
    match *entry {
        [low] => usize::from(low & 0x7f),
        [high, low] => usize::from(u16::from_be_bytes([high & 0x7f, low])),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn associations_read_in_both_widths() {
        let narrow = [0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 1, 0x81, 0, 7, 2, 0x02, 0x83];
        assert_eq!(associations(&narrow, 7), Some(vec![2, 3]));
        assert_eq!(associations(&narrow, 9), None);
        let wide = [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 7, 1, 0x80, 0x05];
        assert_eq!(associations(&wide, 7), Some(vec![5]));
        assert_eq!(associations(&wide[..14], 7), None);
    }
}
