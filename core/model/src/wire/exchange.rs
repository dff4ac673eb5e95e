//! One question and its answer on a stream of the QUIC link: frames of a length and CBOR. What is asked are the hub's
//! own HTTP addresses, with the few header fields that matter as small numbers, so that one intake stands behind both
//! links. See `docs/wire.md`.

use minicbor::{Decode, Encode};

use super::{BadBytes, from_bytes, to_bytes};

/// The application protocol (ALPN) of the link.
pub const ALPN: &[u8] = b"paht/1";
/// Largest frame, in bytes.
pub const FRAME_BYTES_MAX: usize = 8 * 1024;
/// The length before each frame, in bytes.
pub const LENGTH_BYTES: usize = 2;

/// The header fields that travel, by their number. A number of a newer program's is passed over.
const FIELDS: [&str; 11] = [
    "content-type",
    "accept",
    "accept-language",
    "upload-offset",
    "upload-length",
    "paht-receipt",
    "retry-after",
    "location",
    "tus-resumable",
    "paht-held",
    "allow",
];

/// A header field: its number and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Field {
    /// Its number.
    #[n(0)]
    pub number: u8,
    /// What it says.
    #[n(1)]
    pub value: String,
}

impl Field {
    /// A field by its name in lower case; `None` if it does not travel.
    pub fn new(name: &str, value: &str) -> Option<Self> {
        let number = FIELDS.iter().position(|known| *known == name)?;
        Some(Self { number: u8::try_from(number).ok()?, value: value.to_owned() })
    }

    /// Its name; `None` for one of a newer program's.
    pub fn name(&self) -> Option<&'static str> {
        FIELDS.get(usize::from(self.number)).copied()
    }
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Tell.
    Get,
    /// Take.
    Post,
    /// Take the next bytes.
    Patch,
    /// Tell how far it is.
    Head,
    /// Something a newer program asks for.
    Unknown(u8),
}
super::coded_enum!(Verb { 0 => Get, 1 => Post, 2 => Patch, 3 => Head });

impl Verb {
    /// Its name in HTTP; one of a newer program's has none that any address takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
            Self::Unknown(_) => "UNKNOWN",
        }
    }
}

/// What the phone asks; the body follows, `body_bytes` long.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Ask {
    /// What is to be done.
    #[n(0)]
    pub verb: Verb,
    /// Path and query, beginning with `/`.
    #[n(1)]
    pub path: String,
    /// Header fields.
    #[n(2)]
    pub fields: Vec<Field>,
    /// Bytes of the body.
    #[n(3)]
    pub body_bytes: u64,
}

/// What the hub says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Said {
    /// So many bytes of the part lie at the hub by now; said again and again while a body comes, also to show that the
    /// link lives.
    #[n(0)]
    Held(#[n(0)] u64),
    /// The answer; its body follows, to the end of the stream.
    #[n(1)]
    Answer(#[n(0)] Answer),
}

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Answer {
    /// As in HTTP.
    #[n(0)]
    pub status: u16,
    /// Header fields.
    #[n(1)]
    pub fields: Vec<Field>,
}

/// A frame: length and bytes. One that is too large becomes no frame at all, which the other side takes for a fault.
pub fn to_frame<T: Encode<()>>(value: &T) -> Vec<u8> {
    let bytes = to_bytes(value);
    let Some(length) = u16::try_from(bytes.len()).ok().filter(|_| bytes.len() <= FRAME_BYTES_MAX) else {
        return Vec::new();
    };
    let mut frame = length.to_be_bytes().to_vec();
    frame.extend_from_slice(&bytes);
    frame
}

/// How long the frame is whose length was read; an error if it is empty or over [`FRAME_BYTES_MAX`].
pub fn frame_bytes(length: [u8; LENGTH_BYTES]) -> Result<usize, BadBytes> {
    let length = usize::from(u16::from_be_bytes(length));
    if (1..=FRAME_BYTES_MAX).contains(&length) { Ok(length) } else { Err(BadBytes { what: "frame" }) }
}

/// What is in a frame.
pub fn from_frame<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, BadBytes> {
    from_bytes(bytes, "frame")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_question_about_an_upload_is_small() {
        let fields = [("upload-offset", "1048576"), ("content-type", "application/offset+octet-stream")];
        let fields = fields.iter().filter_map(|(name, value)| Field::new(name, value)).collect();
        let ask = Ask { verb: Verb::Patch, path: "/v1/files/abc".into(), fields, body_bytes: 7 };
        let frame = to_frame(&ask);
        assert!(frame.len() < 80, "{} bytes", frame.len());
        let (length, rest) = frame.split_first_chunk().unwrap();
        assert_eq!(frame_bytes(*length).unwrap(), rest.len());
        assert_eq!(from_frame::<Ask>(rest).unwrap(), ask);
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        assert!(frame_bytes([0, 0]).is_err());
        assert!(frame_bytes([0xff, 0xff]).is_err());
        assert!(from_frame::<Said>(&[0x00, 0x01]).is_err());
        let huge =
            Ask { verb: Verb::Get, path: "x".repeat(FRAME_BYTES_MAX), fields: Vec::new(), body_bytes: 0 };
        assert!(to_frame(&huge).is_empty());
    }

    #[test]
    fn a_field_that_does_not_travel_is_none_and_a_newer_one_has_no_name() {
        assert_eq!(Field::new("cookie", "x"), None);
        assert_eq!(Field { number: 200, value: "x".into() }.name(), None);
        assert_eq!(Field::new("retry-after", "3").unwrap().name(), Some("retry-after"));
        let newer = Ask { verb: Verb::Unknown(9), path: "/v1/x".into(), fields: Vec::new(), body_bytes: 0 };
        let frame = to_frame(&newer);
        assert_eq!(from_frame::<Ask>(frame.split_at(LENGTH_BYTES).1).unwrap(), newer, "it can be answered");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(said) = from_frame::<Said>(&bytes) {
                prop_assert_eq!(from_frame::<Said>(&to_frame(&said)[LENGTH_BYTES..]).unwrap(), said);
            }
        }
    }
}
