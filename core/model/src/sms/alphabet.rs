//! The 45 characters a message is made of, and what people and gateways do to them on the way.
//!
//! Letters, digits and `-.*()!/,?` stand at their ASCII places in the GSM alphabet and in every national variant of it, one
//! septet each, and mean nothing to web forms, XML, JSON or CSV. Left out are: lower case (gateways fold it, people forget it);
//! `@ $ _` and Greek (lost by gateways that take septets for ASCII); everything behind ESC (two septets); spaces and line
//! ends (trimmed, doubled, wrapped); `& % + = # < > ; " '` (special to somebody's parser); and `:`, of which phones make faces.

use crate::text::is_invisible;

/// How many characters there are.
pub(super) const RADIX: u64 = 45;

const CHARACTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.*()!/,?";

/// The character of a digit below [`RADIX`].
pub(super) fn character(digit: u8) -> char {
    CHARACTERS.get(usize::from(digit)).copied().map_or('0', char::from)
}

/// The digits of a text as it came. White space and what nobody sees is skipped, small letters are taken for capitals, and what a phone's keyboard
/// makes of `--` and `...` is taken back. `None` if it has any other character.
pub(super) fn digits(text: &str) -> Option<Vec<u8>> {
    let mut found = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '–' => found.push(digit('-')?),
            '—' => found.extend([digit('-')?; 2]),
            '…' => found.extend([digit('.')?; 3]),
            c if c.is_whitespace() || is_invisible(c) => {}
            c => found.push(digit(c)?),
        }
    }
    Some(found)
}

fn digit(c: char) -> Option<u8> {
    let wanted = u8::try_from(c.to_ascii_uppercase()).ok()?;
    CHARACTERS.iter().position(|known| *known == wanted).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_has_its_character_and_back() {
        for at in 0..45 {
            assert_eq!(digits(&character(at).to_string()), Some(vec![at]));
        }
    }

    #[test]
    fn a_message_survives_what_keyboards_and_gateways_do() {
        assert_eq!(digits(" p*a b\r\n"), digits("P*AB"));
        assert_eq!(digits("A—B…"), digits("A--B..."));
        assert_eq!(digits("\u{feff}P\u{200b}*\u{ad}A\u{2060}B\u{200f}\u{202c}"), digits("P*AB"));
        assert_eq!(digits("A@"), None);
        assert_eq!(digits("Đ"), None);
    }
}
