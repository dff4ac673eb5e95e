//! One message as a message centre delivers it: from whom, in which letters, and which piece of a longer one.

use rusmpp::pdus::DeliverSm;
use rusmpp::tlvs::TlvValue;
use rusmpp::values::{DataCoding, GsmFeatures, MessageType, Ton};

/// GSM 03.38 by code; the one that leads to the second table stands for itself.
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
/// Most pieces of one message that are waited for: some 2,000 accented letters.
const PIECES_MAX: u8 = 30;

/// What was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// The sender's number, as the network writes it.
    pub from: String,
    /// The words.
    pub text: String,
    /// Which piece of a longer message this is; `None` for a whole one.
    pub piece: Option<Piece>,
}

/// A piece of a longer message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// What the pieces of one message share.
    pub reference: u16,
    /// How many there are.
    pub count: u8,
    /// Which this is, from 1.
    pub place: u8,
}

/// `None` for what nobody wrote: receipts of delivery, and bytes that are no letters.
pub(super) fn heard(message: &DeliverSm) -> Option<Heard> {
    if message.esm_class.message_type != MessageType::Default {
        return None;
    }
    let payload = message.tlvs().iter().find_map(|tlv| match tlv.value() {
        Some(TlvValue::MessagePayload(payload)) => Some(payload.value.as_ref()),
        _ => None,
    });
    let bytes = payload.unwrap_or_else(|| message.short_message().as_ref());
    let has_header = matches!(
        message.esm_class.gsm_features,
        GsmFeatures::UdhiIndicator | GsmFeatures::SetUdhiAndReplyPath
    );
    let (header, body) = if has_header { split(bytes)? } else { (&[][..], bytes) };
    let piece = piece_of(header)
        .or_else(|| announced(message))
        .filter(|piece| (2..=PIECES_MAX).contains(&piece.count) && (1..=piece.count).contains(&piece.place));
    let plus = if message.source_addr_ton == Ton::International { "+" } else { "" };
    let from = message.source_addr.as_str();
    let from = if from.starts_with('+') { from.to_owned() } else { format!("{plus}{from}") };
    Some(Heard { from, text: letters(message.data_coding, body)?, piece })
}

/// The header before the words, without its length.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

/// What the header says of pieces (3GPP TS 23.040, 9.2.3.24).
fn piece_of(mut header: &[u8]) -> Option<Piece> {
    while let [element, length, rest @ ..] = header {
        let (value, next) = rest.split_at_checked(usize::from(*length))?;
        match (element, value) {
            (0x00, [reference, count, place]) => {
                return Some(Piece { reference: u16::from(*reference), count: *count, place: *place });
            }
            (0x08, [high, low, count, place]) => {
                let reference = u16::from_be_bytes([*high, *low]);
                return Some(Piece { reference, count: *count, place: *place });
            }
            _ => header = next,
        }
    }
    None
}

/// The same, said beside the message.
fn announced(message: &DeliverSm) -> Option<Piece> {
    let (mut reference, mut count, mut place) = (None, None, None);
    for tlv in message.tlvs() {
        match tlv.value() {
            Some(TlvValue::SarMsgRefNum(value)) => reference = Some(*value),
            Some(TlvValue::SarTotalSegments(value)) => count = Some(*value),
            Some(TlvValue::SarSegmentSeqnum(value)) => place = Some(*value),
            _ => {}
        }
    }
    Some(Piece { reference: reference?, count: count?, place: place? })
}

fn letters(coding: DataCoding, bytes: &[u8]) -> Option<String> {
    match coding {
        DataCoding::McSpecific | DataCoding::GsmMessageClassControl => Some(gsm(bytes)),
        // Some centres give the letters of GSM this name. In a text of ASCII no other sign is a control character.
        DataCoding::Ia5 if bytes.iter().any(|byte| *byte < b' ' && !byte.is_ascii_whitespace()) => {
            Some(gsm(bytes))
        }
        DataCoding::Ia5 | DataCoding::Latin1 => Some(bytes.iter().copied().map(char::from).collect()),
        DataCoding::Ucs2 => {
            let units =
                bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied().map(u16::from_be_bytes));
            Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        _ => None,
    }
}

/// The letters of GSM 03.38, one in each byte.
fn gsm(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut bytes = bytes.iter();
    while let Some(&byte) = bytes.next() {
        if byte == ESCAPE {
            let next = bytes.next().copied().unwrap_or(b' ');
            let more = MORE.iter().find(|(code, _)| *code == next).map(|(_, letter)| *letter);
            // What the second table lacks is read by the first.
            text.push(more.or_else(|| letter(next)).unwrap_or(' '));
        } else {
            text.push(letter(byte).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
    text
}

fn letter(code: u8) -> Option<char> {
    LETTERS.chars().nth(usize::from(code))
}

/// A text in the letters of GSM 03.38; what they lack is a question mark.
pub(super) fn to_gsm(text: &str) -> Vec<u8> {
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
    use rusmpp::types::{COctetString, OctetString};
    use rusmpp::values::EsmClass;

    fn message(coding: DataCoding, bytes: &[u8]) -> DeliverSm {
        DeliverSm::builder()
            .source_addr_ton(Ton::International)
            .source_addr(COctetString::from_slice(b"84905123456\0").unwrap())
            .data_coding(coding)
            .short_message(OctetString::from_slice(bytes).unwrap())
            .build()
    }

    fn with_header(mut message: DeliverSm) -> DeliverSm {
        message.esm_class = EsmClass { gsm_features: GsmFeatures::UdhiIndicator, ..EsmClass::default() };
        message
    }

    #[test]
    fn each_alphabet_is_read() {
        assert_eq!(LETTERS.chars().count(), 128);
        let read = |coding, bytes: &[u8]| heard(&message(coding, bytes)).map(|heard| heard.text);
        assert_eq!(read(DataCoding::McSpecific, b"P*1\x00\x1b\x65\x1b\x3c\x11\x1b").unwrap(), "P*1@€[_ ");
        assert_eq!(read(DataCoding::Ia5, b"[a@b.vn]\n~").unwrap(), "[a@b.vn]\n~");
        assert_eq!(read(DataCoding::Ia5, b"\x1b<a\x00b\x1b>").unwrap(), "[a@b]");
        assert_eq!(read(DataCoding::Latin1, b"\xe9").unwrap(), "é");
        assert_eq!(read(DataCoding::Ucs2, &[0x1e, 0xa1, 0xd8, 0x3d, 0xde, 0x97]).unwrap(), "ạ🚗");
        assert_eq!(read(DataCoding::Ucs2, &[0xd8, 0x3d, 0x00]).unwrap(), "\u{fffd}");
        assert_eq!(read(DataCoding::OctetUnspecified, b"\x01\x02"), None);
        assert_eq!(heard(&message(DataCoding::McSpecific, b"a")).unwrap().from, "+84905123456");
    }

    #[test]
    fn pieces_are_known_by_either_header_and_a_broken_one_is_nobodys_words() {
        let read = |bytes: &[u8]| heard(&with_header(message(DataCoding::McSpecific, bytes)));
        let short = read(b"\x05\x00\x03\x07\x02\x01ab").unwrap();
        assert_eq!(
            (short.text.as_str(), short.piece),
            ("ab", Some(Piece { reference: 7, count: 2, place: 1 }))
        );
        let long = read(b"\x09\x24\x01\x00\x08\x04\x01\x02\x03\x02ab").unwrap();
        assert_eq!(long.piece, Some(Piece { reference: 258, count: 3, place: 2 }));
        for no_piece in
            [&b"\x05\x00\x03\x07\x01\x01a"[..], b"\x05\x00\x03\x07\x02\x03a", b"\x05\x00\x03\x07\xff\x01a"]
        {
            assert_eq!(read(no_piece).unwrap().piece, None);
        }
        assert_eq!(read(b"\x20ab"), None);
    }

    #[test]
    fn a_receipt_of_delivery_is_nobodys_words() {
        let mut receipt = message(DataCoding::McSpecific, b"id:1 stat:DELIVRD");
        receipt.esm_class.message_type = MessageType::ShortMessageContainsMCDeliveryReceipt;
        assert_eq!(heard(&receipt), None);
    }

    proptest! {
        #[test]
        fn what_is_written_in_the_letters_reads_back(text in "[ -~€£Δ\n]{0,80}") {
            let text = text.replace('`', "'");
            prop_assert_eq!(gsm(&to_gsm(&text)), text);
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200), coding in any::<u8>()) {
            let _ = heard(&with_header(message(DataCoding::from(coding), &bytes)));
        }
    }
}
