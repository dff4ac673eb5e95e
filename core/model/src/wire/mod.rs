//! The bytes everything travels in: deterministic CBOR with integer keys (definite lengths, shortest integers, keys
//! ascending), signed as `COSE_Sign1` where somebody must stand for it. What is verified is the bytes as they came, and
//! those bytes are what is stored; unknown fields are skipped when reading and survive in the stored bytes.

mod card;
pub mod envelope;
pub mod exchange;
pub mod officer;
pub mod sync;

use minicbor::{Decode, Encode};

/// Bytes that are not what they were taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not a valid {what}")]
pub struct BadBytes {
    /// What was expected.
    pub what: &'static str,
}

/// Encodes a value. Encoding into memory cannot fail.
pub fn to_bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = minicbor::Encoder::new(&mut out);
    match encoder.encode(value) {
        Ok(_) => out,
        // The only error a Vec sink can give is the type's own; none of ours has one.
        Err(_) => Vec::new(),
    }
}

/// Decodes a value; bytes left over are an error, since they would be signed but not read.
pub fn from_bytes<'b, T: Decode<'b, ()>>(bytes: &'b [u8], what: &'static str) -> Result<T, BadBytes> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().map_err(|_| BadBytes { what })?;
    if decoder.position() == bytes.len() { Ok(value) } else { Err(BadBytes { what }) }
}

/// Implements CBOR for an enum as one small code, keeping codes of newer programs as `Unknown(code)`.
macro_rules! coded_enum {
    ($name:ident { $($code:literal => $variant:ident),+ $(,)? }) => {
        impl $name {
            /// The code it travels as.
            pub const fn code(self) -> u8 {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Unknown(code) => code,
                }
            }
            /// From the code it travels as.
            pub const fn from_code(code: u8) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    other => Self::Unknown(other),
                }
            }
        }
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.u8(self.code())?.ok()
            }
        }
        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Ok(Self::from_code(d.u8()?))
            }
        }
    };
}
pub(crate) use coded_enum;

/// Bytes inside CBOR that read as base64 in JSON, for people and tests.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Blob(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl serde::Serialize for Blob {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use base64::Engine as _;
        s.serialize_str(&base64::engine::general_purpose::STANDARD.encode(&self.0))
    }
}

impl<'de> serde::Deserialize<'de> for Blob {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use base64::Engine as _;
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(text.as_bytes());
        bytes.map(Self).map_err(serde::de::Error::custom)
    }
}
