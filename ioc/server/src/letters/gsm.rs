//! GSM 7 bit default alphabet and its extension (3GPP TS 23.038, 6.2.1), a letter a byte.

/// By code; the one that leads to the second table stands for itself.
const LETTERS: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The second table.
const MORE: [(u8, char); 10] = [
    (0x0a, '\u{c}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2f, '\\'),
    (0x3c, '['),
    (0x3d, '~'),
    (0x3e, ']'),
    (0x40, '|'),
    (0x65, '€'),
];
const ESCAPE: u8 = 0x1b;

/// `None` where a byte has an eighth bit.
pub(super) fn read(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut bytes = bytes.iter();
    while let Some(&byte) = bytes.next() {
        if byte == ESCAPE {
            let next = bytes.next().copied().unwrap_or(b' ');
            let more = MORE.iter().find(|(code, _)| *code == next).map(|(_, letter)| *letter);
            // What the second table lacks is read by the first; a third table is a space.
            let first = || letter(next).map(|letter| if letter == '\u{1b}' { ' ' } else { letter });
            text.push(more.or_else(first)?);
        } else {
            text.push(letter(byte)?);
        }
    }
    Some(text)
}

fn letter(code: u8) -> Option<char> {
    LETTERS.chars().nth(usize::from(code))
}

/// A text in these letters; what they lack is a question mark.
pub(crate) fn to_gsm(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.chars() {
        let plain = LETTERS.chars().position(|known| known == letter && known != '\u{1b}');
        match plain.and_then(|code| u8::try_from(code).ok()) {
            Some(code) => bytes.push(code),
            None => match MORE.iter().find(|(_, known)| *known == letter) {
                Some((code, _)) => bytes.extend([ESCAPE, *code]),
                None => bytes.push(b'?'),
            },
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_has_a_letter_for_every_septet() {
        assert_eq!(LETTERS.chars().count(), 128);
        assert_eq!(read(&[0x80]), None);
    }

    proptest! {
        #[test]
        fn what_is_written_in_the_letters_reads_back(text in "[ -~€£Δà\n]{0,80}") {
            let text = text.replace('`', "'");
            prop_assert_eq!(read(&to_gsm(&text)), Some(text));
        }
    }
}
