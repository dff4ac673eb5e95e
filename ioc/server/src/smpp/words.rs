//! One message as a message centre delivers it: from whom, in which letters, and which piece of a longer one. Nothing is read
//! yet: a letter may end in the next piece.

use rusmpp::pdus::{DataSm, DeliverSm};
use rusmpp::tlvs::{Tlv, TlvValue};
use rusmpp::values::{DataCoding, EsmClass, GsmFeatures, Npi, Ton};
use serde::{Deserialize, Serialize};

use crate::gateway::{Caller, Said};
use crate::letters::{Alphabet, Octets, read, shown};
use paht_model::sms::NumberKind;

/// Most pieces of one message that are waited for: some 2,000 accented letters.
const PIECES_MAX: u8 = 30;
/// The bits of `esm_class` that say what a message is (SMPP 3.4, 5.2.12).
const KIND_BITS: u8 = 0b0011_1100;
/// A receipt of delivery, and word that a message is still under way: the network's own, about what the IOC sent.
const RECEIPTS: [u8; 2] = [0b0000_0100, 0b0010_0000];
/// Elements of a header (3GPP TS 23.040, 9.2.3.24): pieces, by a short reference and a long one.
const PIECES: [u8; 2] = [0x00, 0x08];
/// Elements that name another table of letters, beside the first one and instead of it.
const TABLES: [u8; 2] = [0x24, 0x25];

/// What was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// Who sent it.
    pub caller: Caller,
    /// What was sent.
    pub part: Part,
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

/// The bytes of a message or a piece, as they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    /// The network's name for its alphabet.
    pub coding: u8,
    /// Whether its header is broken, or names a table that this program lacks.
    pub foreign: bool,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What both commands that deliver have in common.
pub(super) struct Delivered<'a> {
    from: (Ton, Npi, &'a str),
    esm_class: EsmClass,
    coding: DataCoding,
    short: &'a [u8],
    tlvs: &'a [Tlv],
}

impl<'a> From<&'a DeliverSm> for Delivered<'a> {
    fn from(message: &'a DeliverSm) -> Self {
        Self {
            from: (message.source_addr_ton, message.source_addr_npi, message.source_addr.as_str()),
            esm_class: message.esm_class,
            coding: message.data_coding,
            short: message.short_message().as_ref(),
            tlvs: message.tlvs(),
        }
    }
}

impl<'a> From<&'a DataSm> for Delivered<'a> {
    fn from(message: &'a DataSm) -> Self {
        Self {
            from: (message.source_addr_ton, message.source_addr_npi, message.source_addr.as_str()),
            esm_class: message.esm_class,
            coding: message.data_coding,
            short: &[],
            tlvs: message.tlvs(),
        }
    }
}

impl Part {
    /// What it says for itself, if anything.
    pub(super) fn read(&self) -> Option<String> {
        self.read_as(&Octets::whole(&[&self.bytes]))
    }

    /// What bytes of its alphabet say.
    pub(super) fn read_as(&self, octets: &Octets<'_>) -> Option<String> {
        if self.foreign { None } else { read(Alphabet::of_coding(self.coding), octets) }
    }

    /// What a person sees of bytes in its alphabet that cannot be read.
    pub(super) fn shown(&self, pieces: &[&[u8]]) -> String {
        let is_sixteen = Alphabet::of_coding(self.coding).is_sixteen();
        shown(&format!("data_coding {:#04x}", self.coding), is_sixteen, pieces)
    }

    /// A message that is whole.
    pub(super) fn said(&self) -> Said {
        self.read().map_or_else(|| Said::Unreadable(self.shown(&[&self.bytes])), Said::Words)
    }
}

/// `None` for what nobody wrote: the network's receipts for what the IOC sent.
pub(super) fn heard(message: &Delivered<'_>) -> Option<Heard> {
    let is_told = RECEIPTS.contains(&(u8::from(message.esm_class) & KIND_BITS));
    let names_ours =
        message.tlvs.iter().any(|tlv| matches!(tlv.value(), Some(TlvValue::ReceiptedMessageId(_))));
    if is_told || names_ours {
        return None;
    }
    let payload = message.tlvs.iter().find_map(|tlv| match tlv.value() {
        Some(TlvValue::MessagePayload(payload)) => Some(payload.value.as_ref()),
        _ => None,
    });
    let bytes = payload.filter(|payload| !payload.is_empty()).unwrap_or(message.short);
    let features = message.esm_class.gsm_features;
    let has_header = matches!(features, GsmFeatures::UdhiIndicator | GsmFeatures::SetUdhiAndReplyPath);
    let (header, body) = if has_header { split(bytes).unwrap_or((&[], bytes)) } else { (&[][..], bytes) };
    let is_broken = has_header && split(bytes).is_none();
    let piece = piece_of(header)
        .or_else(|| announced(message.tlvs))
        .filter(|piece| (2..=PIECES_MAX).contains(&piece.count) && (1..=piece.count).contains(&piece.place));
    let (ton, npi, from) = message.from;
    let part = Part {
        coding: u8::from(message.coding),
        foreign: is_broken || elements(header).any(|(name, value)| TABLES.contains(&name) && value != [0]),
        bytes: body.to_vec(),
    };
    Some(Heard { caller: Caller::of(from, kind(ton, npi)), part, piece })
}

/// What the network tells of a number (SMPP 3.4, 5.2.5 and 5.2.6). Numbers of the network's own and subscribers' are dialled as
/// at home, if they are any; names, short numbers and addresses of other plans are nobody's.
const fn kind(ton: Ton, npi: Npi) -> NumberKind {
    match (ton, npi) {
        (Ton::Alphanumeric | Ton::Abbreviated, _) => NumberKind::Other,
        (_, Npi::Data | Npi::Telex | Npi::Private | Npi::Ermes | Npi::Internet | Npi::WapClientId) => {
            NumberKind::Other
        }
        (Ton::International, _) => NumberKind::International,
        (Ton::National | Ton::NetworkSpecific | Ton::SubscriberNumber, _) | (_, Npi::National) => {
            NumberKind::National
        }
        _ => NumberKind::Unmarked,
    }
}

/// The header before the words, without its length.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

/// The elements of a header, up to one that is cut.
fn elements(mut header: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    std::iter::from_fn(move || {
        let [name, length, rest @ ..] = header else { return None };
        let (value, next) = rest.split_at_checked(usize::from(*length))?;
        header = next;
        Some((*name, value))
    })
}

/// What the header says of pieces.
fn piece_of(header: &[u8]) -> Option<Piece> {
    elements(header).filter(|(name, _)| PIECES.contains(name)).find_map(|(_, value)| match *value {
        [reference, count, place] => Some(Piece { reference: u16::from(reference), count, place }),
        [high, low, count, place] => Some(Piece { reference: u16::from_be_bytes([high, low]), count, place }),
        _ => None,
    })
}

/// The same, said beside the message.
fn announced(tlvs: &[Tlv]) -> Option<Piece> {
    let (mut reference, mut count, mut place) = (None, None, None);
    for tlv in tlvs {
        match tlv.value() {
            Some(TlvValue::SarMsgRefNum(value)) => reference = Some(*value),
            Some(TlvValue::SarTotalSegments(value)) => count = Some(*value),
            Some(TlvValue::SarSegmentSeqnum(value)) => place = Some(*value),
            _ => {}
        }
    }
    Some(Piece { reference: reference?, count: count?, place: place? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusmpp::tlvs::{MessageDeliveryRequestTlvValue as Beside, MessageSubmissionRequestTlvValue};
    use rusmpp::types::{AnyOctetString, COctetString, OctetString};
    use rusmpp::values::MessagePayload;

    fn message(coding: u8, bytes: &[u8]) -> DeliverSm {
        DeliverSm::builder()
            .source_addr_ton(Ton::International)
            .source_addr(COctetString::from_slice(b"84905123456\0").unwrap())
            .data_coding(DataCoding::from(coding))
            .esm_class(EsmClass::from(0))
            .short_message(OctetString::from_slice(bytes).unwrap())
            .build()
    }

    fn with_header(mut message: DeliverSm) -> DeliverSm {
        message.esm_class = EsmClass::from(0x40);
        message
    }

    fn of(message: &DeliverSm) -> Option<Heard> {
        heard(&message.into())
    }

    #[test]
    fn a_message_is_read_by_what_its_network_says_of_it() {
        let heard = of(&message(0x18, &[0x1e, 0xa1])).unwrap();
        assert_eq!(heard.caller, Caller::Person("+84905123456".into()));
        assert_eq!(heard.part.said(), Said::Words("ạ".into()));
        let octets = of(&message(0x04, b"\x01\x02")).unwrap().part.said();
        assert_eq!(octets, Said::Unreadable("\u{fffd}\u{fffd}\n[data_coding 0x04: 0102]".into()));
        let payload = MessagePayload::new(AnyOctetString::from_slice(b"abc"));
        let mut beside = message(0, b"");
        beside.set_tlvs(vec![Beside::MessagePayload(payload.clone())]);
        assert_eq!(of(&beside).unwrap().part.read().unwrap(), "abc");
        let data = DataSm::builder()
            .source_addr(COctetString::from_slice(b"0905123456\0").unwrap())
            .esm_class(EsmClass::from(0))
            .tlvs(vec![MessageSubmissionRequestTlvValue::MessagePayload(payload)])
            .build();
        let data = heard_of_data(&data);
        assert_eq!(
            (data.caller, data.part.read().unwrap().as_str()),
            (Caller::Person("+84905123456".into()), "abc")
        );
    }

    fn heard_of_data(message: &DataSm) -> Heard {
        heard(&message.into()).unwrap()
    }

    #[test]
    fn pieces_are_known_by_either_header_and_a_broken_one_is_left_to_a_person() {
        let read = |bytes: &[u8]| of(&with_header(message(0, bytes))).unwrap();
        let short = read(b"\x05\x00\x03\x07\x02\x01ab");
        assert_eq!(short.piece, Some(Piece { reference: 7, count: 2, place: 1 }));
        assert_eq!(short.part.read().unwrap(), "ab");
        let long = read(b"\x09\x24\x01\x00\x08\x04\x01\x02\x03\x02ab");
        assert_eq!(long.piece, Some(Piece { reference: 258, count: 3, place: 2 }));
        assert_eq!(long.part.read().unwrap(), "ab");
        for no_piece in
            [&b"\x05\x00\x03\x07\x01\x01a"[..], b"\x05\x00\x03\x07\x02\x03a", b"\x05\x00\x03\x07\xff\x01a"]
        {
            assert_eq!(read(no_piece).piece, None);
        }
        assert_eq!(read(b"\x20ab").part.said(), Said::Unreadable(" ab\n[data_coding 0x00: 206162]".into()));
        assert_eq!(read(b"\x03\x25\x01\x01ab").part.read(), None, "Turkish letters");
    }

    #[test]
    fn a_receipt_of_delivery_is_nobodys_words_and_every_other_class_is_somebodys() {
        for class in 0..=u8::MAX {
            let mut message = message(0, b"\x00id:1 stat:DELIVRD");
            message.esm_class = EsmClass::from(class);
            let is_receipt = matches!(class & 0x3c, 0x04 | 0x20);
            assert_eq!(of(&message).is_none(), is_receipt, "{class:#04x}");
        }
        let mut named = message(0, b"id:1 stat:DELIVRD");
        named.set_tlvs(vec![Beside::ReceiptedMessageId(COctetString::from_slice(b"1\0").unwrap())]);
        assert_eq!(of(&named), None);
    }

    #[test]
    fn a_number_is_what_its_network_says_it_is() {
        let from = |ton: u8, npi: u8, from: &str| {
            let mut message = message(0, b"a");
            message.source_addr_ton = Ton::from(ton);
            message.source_addr_npi = Npi::from(npi);
            message.source_addr = COctetString::from_string(from.to_owned()).unwrap();
            of(&message).unwrap().caller
        };
        let person = |number: &str| Caller::Person(number.into());
        for (ton, npi, written) in [
            (1, 1, "84905123456"),
            (2, 1, "905123456"),
            (2, 8, "0905123456"),
            (0, 0, "0905123456"),
            (1, 1, "0905123456"),
            (0, 8, "905123456"),
            (3, 1, "84905123456"),
            (4, 1, "905123456"),
            (9, 1, "+84905123456"),
        ] {
            assert_eq!(from(ton, npi, written), person("+84905123456"), "{ton} {npi} {written}");
        }
        assert_eq!(from(1, 1, "6591234567"), person("+6591234567"));
        for (ton, npi, written) in [
            (1, 1, "19001075"),
            (0, 0, "19001075"),
            (2, 1, "19001075"),
            (2, 1, "6591234567"),
            (5, 0, "Viettel"),
            (5, 0, "84905123456"),
            (6, 1, "9029"),
            (3, 9, "0905123456"),
            (0, 14, "84905123456"),
            (1, 1, "18001091"),
        ] {
            assert_eq!(from(ton, npi, written), Caller::Nobody(written.into()), "{ton} {npi} {written}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200), coding in any::<u8>()) {
            let heard = of(&with_header(message(coding, &bytes))).unwrap();
            let _ = heard.part.said();
        }
    }
}
