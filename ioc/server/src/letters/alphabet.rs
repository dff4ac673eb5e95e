//! Which alphabet a message is in: a number of SMPP 3.4 (5.2.19) or 3GPP TS 23.038 (4), or the name that a gateway gives.

/// How bytes are letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    /// GSM 7 bit default alphabet, a letter a byte.
    Gsm,
    /// ASCII (IA5).
    Ascii,
    /// ISO 8859-1.
    Latin1,
    /// ISO 8859-5.
    Cyrillic,
    /// ISO 8859-8, as it is read aloud.
    Hebrew,
    /// UTF-8.
    Utf8,
    /// UCS-2 or UTF-16, big end first unless its byte order mark says otherwise.
    Sixteen,
    /// UTF-16, little end first.
    SixteenLittle,
    /// Octets of somebody's program, compressed text, or letters that this program does not know.
    Unknown,
}

impl Alphabet {
    /// By `data_coding`: SMPP's own values first, then the groups of 23.038. What is reserved there is to be taken for GSM.
    #[allow(clippy::match_same_arms, reason = "in the order of the standards")]
    pub(crate) const fn of_coding(coding: u8) -> Self {
        match coding {
            0x00 => Self::Gsm,
            0x01 => Self::Ascii,
            0x03 => Self::Latin1,
            0x06 => Self::Cyrillic,
            0x07 => Self::Hebrew,
            // Octets; JIS, pictograms, ISO 2022-JP, JIS X 0212, KS C 5601.
            0x02 | 0x04 | 0x05 | 0x09 | 0x0a | 0x0d | 0x0e => Self::Unknown,
            // General, and marked for deletion: compressed ones, then by the bits of the alphabet, with a class or without.
            0x20..=0x3f | 0x60..=0x7f => Self::Unknown,
            0x08..=0x1f | 0x40..=0x5f => match coding >> 2 & 0b11 {
                0b01 => Self::Unknown,
                0b10 => Self::Sixteen,
                _ => Self::Gsm,
            },
            // Message waiting, in UCS-2.
            0xe0..=0xef => Self::Sixteen,
            // With a class: octets where bit 2 says so.
            0xf0..=0xff if coding & 0b100 != 0 => Self::Unknown,
            // Reserved groups; message waiting.
            0x80..=0xdf | 0xf0..=0xff => Self::Gsm,
        }
    }

    /// By the name that a gateway gives, as IANA or Kannel spell it; `None` for none that is known.
    pub(crate) fn of_charset(name: &str) -> Option<Self> {
        let plain = |c: &char| c.is_ascii_alphanumeric();
        let name: String = name.chars().filter(plain).map(|c| c.to_ascii_lowercase()).collect();
        Some(match name.as_str() {
            "utf8" => Self::Utf8,
            "usascii" | "ascii" | "ia5" => Self::Ascii,
            "iso88591" | "latin1" | "windows1252" => Self::Latin1,
            "iso88595" => Self::Cyrillic,
            "iso88598" | "iso88598i" => Self::Hebrew,
            "utf16" | "utf16be" | "ucs2" | "ucs2be" | "iso10646ucs2" => Self::Sixteen,
            "utf16le" | "ucs2le" => Self::SixteenLittle,
            "gsm" | "gsm7" | "gsm7bit" | "gsm0338" => Self::Gsm,
            "8bit" | "binary" => Self::Unknown,
            _ => return None,
        })
    }

    /// Whether its letters are units of 16 bits.
    pub(crate) const fn is_sixteen(self) -> bool {
        matches!(self, Self::Sixteen | Self::SixteenLittle)
    }
}

/// A letter of ISO 8859-5.
pub(super) fn cyrillic(byte: u8) -> char {
    match byte {
        0xf0 => '№',
        0xfd => '§',
        0xa1..=0xff if byte != 0xad => char::from_u32(u32::from(byte) + 0x360).unwrap_or('\u{fffd}'),
        other => char::from(other),
    }
}

/// A letter of ISO 8859-8; what it lacks is no letter.
pub(super) fn hebrew(byte: u8) -> char {
    match byte {
        0xe0..=0xfa => char::from_u32(u32::from(byte) + 0x4f0).unwrap_or('\u{fffd}'),
        0xaa => '×',
        0xba => '÷',
        0xdf => '‗',
        0xfd => '\u{200e}',
        0xfe => '\u{200f}',
        0xa1 | 0xbf..=0xde | 0xfb..=0xff => '\u{fffd}',
        other => char::from(other),
    }
}
