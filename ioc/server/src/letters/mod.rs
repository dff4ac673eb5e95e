//! The letters of a text message: which alphabet its bytes are in, as SMPP, 3GPP TS 23.038 or a gateway names it ([`alphabet`]),
//! and what they say. What is no words in its alphabet is not guessed at: it is [`shown`] to a person, bytes and all.

mod alphabet;
mod gsm;
mod sixteen;

use std::fmt::Write as _;

pub(crate) use alphabet::Alphabet;
pub(crate) use gsm::to_gsm;
pub(crate) use sixteen::is_mostly_latin;

/// From this length on, in bytes, no text of 16 bit units has the form of UTF-8 by chance.
const MISTAKEN_BYTES_MIN: usize = 7;

/// What is to be read: the bytes of one message, in as many pieces as they came.
pub(crate) struct Octets<'a> {
    /// The pieces, in their order, none missing between them.
    pub pieces: &'a [&'a [u8]],
    /// Whether a piece before the first of these never came.
    pub torn_before: bool,
    /// Whether one behind the last never came.
    pub torn_behind: bool,
}

impl<'a> Octets<'a> {
    /// All of a message.
    pub(crate) fn whole(pieces: &'a [&'a [u8]]) -> Self {
        Self { pieces, torn_before: false, torn_behind: false }
    }
}

/// What the bytes say; `None` where they are no words in this alphabet, or nobody here knows it.
pub(crate) fn read(alphabet: Alphabet, octets: &Octets<'_>) -> Option<String> {
    let bytes = octets.pieces.concat();
    let is_seven_bits = bytes.is_ascii();
    let by_byte = |letter: fn(u8) -> char| bytes.iter().copied().map(letter).collect::<String>();
    // Many a centre hands UTF-8 through under another name; by chance nothing else has its form.
    let utf8 = || str::from_utf8(&bytes).ok().map(|text| text.trim_start_matches('\u{feff}').to_owned());
    let mistaken = || utf8().filter(|text| !is_seven_bits && is_clean(text));
    let text = match alphabet {
        Alphabet::Gsm => mistaken().or_else(|| gsm::read(&bytes)),
        // Some centres and libraries give the letters of GSM these names. In other words none is a control character.
        Alphabet::Ascii | Alphabet::Latin1 if is_seven_bits && bytes.iter().any(|byte| is_control(*byte)) => {
            gsm::read(&bytes)
        }
        Alphabet::Ascii | Alphabet::Utf8 => utf8(),
        Alphabet::Latin1 => mistaken().or_else(|| Some(by_byte(char::from))),
        Alphabet::Cyrillic => Some(by_byte(alphabet::cyrillic)),
        Alphabet::Hebrew => Some(by_byte(alphabet::hebrew)),
        Alphabet::Sixteen => mistaken()
            .filter(|_| bytes.len() >= MISTAKEN_BYTES_MIN)
            .or_else(|| sixteen::read(octets, None).filter(|text| is_clean(text)))
            .or_else(mistaken),
        Alphabet::SixteenLittle => sixteen::read(octets, Some(sixteen::Order::Little)),
        Alphabet::Unknown => None,
    };
    text.filter(|text| is_clean(text))
}

/// Whether a text has nothing in it that nobody writes: no control characters but those of white space, no letters that stand
/// for lost ones.
pub(crate) fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| match c {
        '\t' | '\n' | '\r' | '\u{c}' => false,
        char::REPLACEMENT_CHARACTER | '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    })
}

const fn is_control(byte: u8) -> bool {
    byte == 0x7f || (byte < b' ' && !byte.is_ascii_whitespace())
}

/// What a person sees of a message that cannot be read: what is legible of it, then its bytes under the name of their
/// alphabet. `pieces` as they came.
pub(crate) fn shown(name: &str, is_sixteen: bool, pieces: &[&[u8]]) -> String {
    let bytes = pieces.concat();
    let legible =
        if is_sixteen { sixteen::lossy(&bytes) } else { String::from_utf8_lossy(&bytes).into_owned() };
    let mut shown: String =
        legible.chars().map(|c| if is_clean(c.encode_utf8(&mut [0; 4])) { c } else { '\u{fffd}' }).collect();
    let _ = write!(shown, "\n[{name}:");
    for piece in pieces {
        shown.push(' ');
        for byte in *piece {
            let _ = write!(shown, "{byte:02x}");
        }
    }
    shown.push(']');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_coding(coding: u8, bytes: &[u8]) -> Option<String> {
        read(Alphabet::of_coding(coding), &Octets::whole(&[bytes]))
    }

    #[test]
    fn every_data_coding_of_smpp_and_23_038_is_read_or_left_to_a_person() {
        let utf16 = [0x1e, 0xa1, 0x00, 0x20, 0xd8, 0x3d, 0xde, 0x97];
        for coding in 0..=u8::MAX {
            let (gsm, sixteen) = (by_coding(coding, b"\x7f \x04 P*1\x00\x1b\x65"), by_coding(coding, &utf16));
            let is_gsm = matches!(coding,
                0 | 1 | 3 | 0x0c | 0x0f..=0x13 | 0x1c..=0x1f | 0x40..=0x43 | 0x4c..=0x53 | 0x5c..=0x5f
                | 0x80..=0xdf | 0xf0..=0xf3 | 0xf8..=0xfb);
            let is_sixteen =
                matches!(coding, 8 | 0x0b | 0x18..=0x1b | 0x48..=0x4b | 0x58..=0x5b | 0xe0..=0xef);
            assert_eq!(gsm.as_deref() == Some("à è P*1@€"), is_gsm, "{coding:#04x}: {gsm:?}");
            assert_eq!(sixteen.as_deref() == Some("ạ 🚗"), is_sixteen, "{coding:#04x}: {sixteen:?}");
            let words = [gsm, sixteen];
            assert!(is_gsm || is_sixteen || words == [None, None], "{coding:#04x}: {words:?}");
        }
    }

    #[test]
    fn each_alphabet_is_read() {
        assert_eq!(by_coding(0, b"a\x1b\x3c\x11\x1b\x1b\x1b").unwrap(), "a[_  ");
        assert_eq!(by_coding(1, b"[a@b.vn]\n~").unwrap(), "[a@b.vn]\n~");
        assert_eq!(by_coding(1, b"\x1b<a\x00b\x1b>").unwrap(), "[a@b]");
        assert_eq!(by_coding(1, b"Ch\x7fo nh\x7f").unwrap(), "Chào nhà", "as npm smpp writes");
        assert_eq!(by_coding(3, b"caf\xe9").unwrap(), "café");
        assert_eq!(by_coding(6, &[0xbf, 0xde, 0xd6, 0xd0, 0xe0, b' ', 0xf1]).unwrap(), "Пожар ё");
        assert_eq!(by_coding(7, &[0xf9, 0xec, 0xe5, 0xed]).unwrap(), "שלום");
        for coding in [0, 1, 3, 8] {
            assert_eq!(by_coding(coding, "Cháy nhà!".as_bytes()).unwrap(), "Cháy nhà!", "{coding}: UTF-8");
        }
    }

    #[test]
    fn what_is_no_words_is_never_read() {
        let half = [0xd8, 0x3d, 0x00, 0x41];
        let odd: [(u8, &[u8]); 12] = [
            (0, b"Ch\xe1y"),
            (1, b"Ch\xe1y"),
            (3, b"a\x80\x9f\x00"),
            (2, b"Chay nha"),
            (4, b"Chay nha"),
            (0x14, b"Chay nha"),
            (0xf5, b"Chay nha"),
            (0x20, b"Chay nha"),
            (14, &[0xb0, 0xa1]),
            (8, &half),
            (8, &[0x00, 0x41, 0x00]),
            (8, &[0x00, 0x00, 0x00, 0x41]),
        ];
        for (coding, bytes) in odd {
            assert_eq!(by_coding(coding, bytes), None, "{coding:#04x}");
        }
        assert_eq!(shown("data_coding 0x08", true, &[&half]), "\u{fffd}A\n[data_coding 0x08: d83d0041]");
        assert_eq!(
            shown("data_coding 0x04", false, &[b"Chay \x01", b"\xff"]),
            "Chay \u{fffd}\u{fffd}\n[data_coding 0x04: 4368617920 01 ff]".replace("20 01", "2001")
        );
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(
            bytes in proptest::collection::vec(any::<u8>(), 0..200), coding in any::<u8>(), at in any::<usize>(),
        ) {
            let (first, second) = bytes.split_at(at.checked_rem(bytes.len()).unwrap_or(0));
            let alphabet = Alphabet::of_coding(coding);
            let joined = read(alphabet, &Octets::whole(&[first, second]));
            prop_assert!(joined.as_deref().is_none_or(is_clean));
            let torn = Octets { pieces: &[second], torn_before: true, torn_behind: true };
            prop_assert!(read(alphabet, &torn).as_deref().is_none_or(is_clean));
        }

        #[test]
        fn sixteen_bits_read_back_wherever_they_are_cut(text in "[ -~ạđƠ🔥中]{1,60}", at in any::<usize>()) {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let (first, second) = bytes.split_at(at % bytes.len());
            prop_assert_eq!(read(Alphabet::Sixteen, &Octets::whole(&[first, second])), Some(text));
        }
    }
}
