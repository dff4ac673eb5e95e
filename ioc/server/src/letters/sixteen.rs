//! UCS-2 and UTF-16: units of two bytes, which a piece may end within, as it may between the two units of one letter.

use super::Octets;

/// Which byte of a unit comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The high one, as networks send it.
    Big,
    /// The low one.
    Little,
}

impl Order {
    const fn unit(self, pair: [u8; 2]) -> u16 {
        match self {
            Self::Big => u16::from_be_bytes(pair),
            Self::Little => u16::from_le_bytes(pair),
        }
    }

    const fn turned(self) -> Self {
        match self {
            Self::Big => Self::Little,
            Self::Little => Self::Big,
        }
    }
}

/// A byte order mark, as it reads in the right order and in the wrong one.
const MARKS: [u16; 2] = [0xfeff, 0xfffe];

/// What the units say, in the order that is `told`, or that a mark tells; `None` where one is cut or has lost its other half.
pub(super) fn read(octets: &Octets<'_>, told: Option<Order>) -> Option<String> {
    let read = |told| {
        let (units, marked) = units(octets, told)?;
        Some((char::decode_utf16(units).collect::<Result<String, _>>().ok()?, marked))
    };
    let (text, marked) = match told {
        Some(order) => return read(order).map(|(text, _)| text),
        None => read(Order::Big).unzip(),
    };
    let turned = || read(Order::Little).map(|(text, _)| text).filter(|text| is_of_here(text));
    match text {
        // Nobody means a text of which no letter is of the alphabet, and every one is when it is turned.
        Some(text) if marked == Some(false) && !text.chars().any(|c| is_latin(c) && c != '\u{2000}') => {
            Some(turned().unwrap_or(text))
        }
        Some(text) => Some(text),
        None => turned(),
    }
}

/// The units, and whether a mark told their order.
fn units(octets: &Octets<'_>, told: Order) -> Option<(Vec<u16>, bool)> {
    let (mut order, mut marked) = (told, false);
    let (mut units, mut half) = (Vec::new(), None);
    for piece in octets.pieces {
        // Whoever marks one piece may mark each; the mark itself may be in two.
        let mut may_mark = half.is_none() || units.is_empty();
        for &byte in *piece {
            let Some(first) = half.take() else {
                half = Some(byte);
                continue;
            };
            let unit = order.unit([first, byte]);
            if may_mark && MARKS.contains(&unit) {
                order = if MARKS.first() == Some(&unit) { order } else { order.turned() };
                marked = true;
            } else {
                units.push(unit);
            }
            may_mark = false;
        }
    }
    // What is cut where a piece never came belongs to the gap.
    if octets.torn_before && units.first().is_some_and(|unit| (0xdc00..0xe000).contains(unit)) {
        units.remove(0);
    }
    if octets.torn_behind && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
        units.pop();
    }
    (half.is_none() || octets.torn_behind).then_some((units, marked))
}

/// What is legible of them.
pub(super) fn lossy(bytes: &[u8]) -> String {
    let pairs = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied());
    let units: Vec<u16> = pairs.map(u16::from_be_bytes).collect();
    String::from_utf16_lossy(&units)
}

/// Whether all of a text is in the letters of Việt Nam and its neighbours in the alphabet: three at least.
fn is_of_here(text: &str) -> bool {
    text.chars().count() >= 3 && text.chars().all(is_latin)
}

/// Whether at least every second letter of a text is.
pub(crate) fn is_mostly_latin(text: &str) -> bool {
    2 * text.chars().filter(|c| is_latin(*c)).count() >= text.chars().count()
}

const fn is_latin(c: char) -> bool {
    matches!(c, '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}'
        | '\u{2000}'..='\u{203f}' | '₫')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str, order: Order) -> Vec<u8> {
        let bytes = |unit: u16| if order == Order::Big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_mark_is_obeyed_and_dropped_in_every_piece() {
        for order in [Order::Big, Order::Little] {
            let pieces = [bytes("\u{feff}Cây ", order), bytes("\u{feff}đổ 🔥", order)];
            let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
            assert_eq!(read(&Octets::whole(&pieces), None).unwrap(), "Cây đổ 🔥");
        }
        assert_eq!(read(&Octets::whole(&[]), None).unwrap(), "");
    }

    #[test]
    fn an_order_that_nothing_tells_is_seen() {
        for text in ["Cháy nhà ở A Lưới", "CHAY NHA", "火灾地震", "ổ gà", "Пожар"] {
            assert_eq!(read(&Octets::whole(&[&bytes(text, Order::Big)]), None).unwrap(), text);
        }
        assert_eq!(
            read(&Octets::whole(&[&bytes("Cháy nhà ở A Lưới", Order::Little)]), None).unwrap(),
            "Cháy nhà ở A Lưới"
        );
    }

    #[test]
    fn what_is_cut_at_a_gap_belongs_to_it() {
        let whole = bytes("a🔥b", Order::Big);
        let torn = |pieces: &[&[u8]], torn_before, torn_behind| {
            read(&Octets { pieces, torn_before, torn_behind }, None)
        };
        assert_eq!(torn(&[&whole[..4]], false, true).unwrap(), "a");
        assert_eq!(torn(&[&whole[..3]], false, true).unwrap(), "a");
        assert_eq!(torn(&[&whole[4..]], true, false).unwrap(), "b");
        assert_eq!(torn(&[&whole[..4]], false, false), None);
        assert_eq!(torn(&[&whole[..3]], false, false), None);
    }
}
