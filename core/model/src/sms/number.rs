//! Whose telephone number it is: one form for one number, however a network, a gateway or a person writes it. Short numbers,
//! hotlines and names are nobody's: they are never taken for the number of another country that begins alike.
//!
//! Sources: ITU-T E.164; the numbering plan of Việt Nam (circular 22/2014/TT-BTTTT as amended): mobile numbers are nine digits
//! behind the 0, landlines ten that begin with 2; 1800 and 1900 are hotlines.

/// What whoever hands a number over tells of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// Nothing.
    Unmarked,
    /// The country stands before it, with or without `+`.
    International,
    /// As it is dialled within Việt Nam.
    National,
    /// It is a name, a short number, or an address that is no telephone's.
    Other,
}

/// Longest number with its country, in digits (E.164).
const DIGITS_MAX: usize = 15;
/// Shortest one that is marked as such.
const MARKED_DIGITS_MIN: usize = 8;
/// Shortest one that nothing marks: what is shorter is rather a hotline.
const UNMARKED_DIGITS_MIN: usize = 10;
/// Digits of a number of North America, its 1 included.
const NORTH_AMERICA_DIGITS: usize = 11;
const HOME: &str = "84";
const HOTLINES: [&str; 2] = ["1800", "1900"];

/// A number as +84…: `0905 123 456`, `84905123456` and `+84 905-123-456` are one. `None` for what is no person's.
pub fn number(written: &str, kind: NumberKind) -> Option<String> {
    let written = written.trim();
    let written = written.strip_prefix("tel:").unwrap_or(written);
    let bare = written.strip_prefix('+').unwrap_or(written);
    let digits = digits(bare)?;
    let (digits, abroad) = match digits.strip_prefix("00") {
        Some(rest) => (rest, true),
        None => (digits.as_str(), bare.len() < written.len() || kind == NumberKind::International),
    };
    if kind == NumberKind::Other {
        return None;
    }
    let own = at_home(digits).or_else(|| Some(digits).filter(|digits| !abroad && is_own(digits)));
    match own {
        Some(own) => Some(format!("+{HOME}{own}")),
        None if !abroad && kind == NumberKind::National => None,
        None => is_foreign(digits, abroad).then(|| format!("+{digits}")),
    }
}

/// Its digits; `None` for what nobody writes in a number.
fn digits(written: &str) -> Option<String> {
    let mut digits = String::new();
    for c in written.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/' => {}
            _ => return None,
        }
    }
    Some(digits)
}

/// What stands behind 0, 84 or 840 of a number of Việt Nam. No country begins with 0.
fn at_home(digits: &str) -> Option<&str> {
    let behind = digits.strip_prefix(HOME).map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    [behind, digits.strip_prefix('0')].into_iter().flatten().find(|own| is_own(own))
}

/// Whether these digits are somebody's in Việt Nam.
fn is_own(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'3' | b'5' | b'7' | b'8' | b'9', ..] => digits.len() == 9,
        [b'2', ..] => digits.len() == 10,
        _ => false,
    }
}

/// Whether these digits may be somebody's in another country.
fn is_foreign(digits: &str, marked: bool) -> bool {
    let least = if marked { MARKED_DIGITS_MIN } else { UNMARKED_DIGITS_MIN };
    let hotline = HOTLINES.iter().any(|hotline| digits.starts_with(hotline));
    if hotline || digits.starts_with(HOME) || !(least..=DIGITS_MAX).contains(&digits.len()) {
        return false;
    }
    match digits.as_bytes() {
        [b'0', ..] => false,
        [b'1', area, ..] => digits.len() == NORTH_AMERICA_DIGITS && (b'2'..=b'9').contains(area),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::NumberKind::{International, National, Other, Unmarked};
    use super::*;

    #[test]
    fn one_number_of_viet_nam_is_one_however_it_is_written() {
        for written in [
            "0905123456",
            "84905123456",
            "+84 905 123 456",
            "+84-905.123.456",
            " (0905) 123456 ",
            "0084905123456",
            "+84 (0)905 123 456",
            "840905123456",
            "tel:+84905123456",
        ] {
            for kind in [Unmarked, International, National] {
                assert_eq!(number(written, kind).as_deref(), Some("+84905123456"), "{written} {kind:?}");
            }
            assert_eq!(number(written, Other), None);
        }
        for kind in [Unmarked, National] {
            assert_eq!(number("905123456", kind).as_deref(), Some("+84905123456"));
            assert_eq!(number("841234567", kind).as_deref(), Some("+84841234567"), "0841, not the country");
            assert_eq!(number("02343822345", kind).as_deref(), Some("+842343822345"));
        }
    }

    #[test]
    fn short_numbers_hotlines_and_names_are_nobodys_by_whatever_mark() {
        let hotlines =
            ["19001075", "1900 6600", "1900545454", "18001091", "1800588888", "+19001075", "+1900545454"];
        let short = ["", "+", "113", "1022", "8175", "9029", "9123", "+9029", "84113", "+841900", "841022"];
        let marked = ["+8419001075", "8418001091", "0019001075", "019001075", "01900545454", "+84113"];
        let odd =
            ["Viettel", "12345678901234567", "0905123456;DROP", "0905", "+0905", "1234567890", "090512345"];
        for written in hotlines.iter().chain(&short).chain(&marked).chain(&odd) {
            for kind in [Unmarked, International, National, Other] {
                assert_eq!(number(written, kind), None, "{written} {kind:?}");
            }
        }
    }

    #[test]
    fn who_writes_from_abroad_keeps_their_country() {
        for written in ["+6591234567", "6591234567", "006591234567", "+65 9123 4567"] {
            assert_eq!(number(written, Unmarked).as_deref(), Some("+6591234567"), "{written}");
        }
        assert_eq!(number("6591234567", International).as_deref(), Some("+6591234567"));
        assert_eq!(number("6591234567", National), None, "told as national");
        assert_eq!(number("+12025550123", Unmarked).as_deref(), Some("+12025550123"));
        assert_eq!(number("+8562055123456", Unmarked).as_deref(), Some("+8562055123456"));
        assert_eq!(number("85512345678", Unmarked).as_deref(), Some("+85512345678"));
    }
}
