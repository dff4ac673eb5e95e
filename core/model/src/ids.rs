//! Names for things. An id is parsed at the edge and never a bare string after it.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::time::UnixMs;

/// Text that is not the id it was taken for. The text itself is not repeated: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {what}")]
pub struct BadId {
    /// Which id was expected, in the glossary's word.
    pub what: &'static str,
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] [u8; $len]);

        impl $name {
            /// From its bytes as they travel and are stored.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }
            /// From a slice of exactly the right length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, BadId> {
                bytes.try_into().map(Self).map_err(|_| BadId { what: $what })
            }
            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

byte_id!(
    /// A report's id, made on the phone at birth (UUIDv7): the same on every carrier, in every retry.
    ReportId, 16, "report id"
);
byte_id!(
    /// A command's id (UUIDv7). Two commands of one report never share it.
    CommandId, 16, "command id"
);
byte_id!(
    /// An alert's id (UUIDv7), made by the hub or by whoever publishes it.
    AlertId, 16, "alert id"
);
byte_id!(
    /// The SHA-256 of some bytes: how media and commands are named.
    Sha256, 32, "SHA-256"
);
byte_id!(
    /// The SHA-256 of a phone's public key (SEC1, compressed): who signed, without a name.
    KeyThumbprint, 32, "key thumbprint"
);
byte_id!(
    /// 128 bits the phone makes; whoever shows them may rate, comment, reopen or withdraw without the phone's key.
    ClaimSecret, 16, "claim secret"
);
byte_id!(
    /// The hub's epoch: changes when a hub is restored from a backup, so that phones offer again what it may have lost.
    Epoch, 8, "epoch"
);

/// UUIDv7 from a time and randomness handed in: 48 bits of milliseconds, then version, variant and 74 random bits.
fn uuid_v7(now: UnixMs, random: [u8; 10]) -> [u8; 16] {
    uuid::Builder::from_unix_timestamp_millis(now.millis_for_ids(), &random).into_uuid().into_bytes()
}

macro_rules! uuid_text {
    ($name:ident, $what:literal) => {
        impl $name {
            /// A new one from the given time and randomness.
            pub fn new(now: UnixMs, random: [u8; 10]) -> Self {
                Self(uuid_v7(now, random))
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let id = uuid::Uuid::try_parse(text).map_err(|_| BadId { what: $what })?;
                Ok(Self(id.into_bytes()))
            }
        }
    };
}
uuid_text!(ReportId, "report id");
uuid_text!(CommandId, "command id");
uuid_text!(AlertId, "alert id");

macro_rules! hex_text {
    ($name:ident, $len:literal, $what:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let bad = BadId { what: $what };
                if text.len() != $len * 2 || !text.is_ascii() {
                    return Err(bad);
                }
                let mut bytes = [0_u8; $len];
                for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    let pair = std::str::from_utf8(pair).map_err(|_| bad)?;
                    *byte = u8::from_str_radix(pair, 16).map_err(|_| bad)?;
                }
                Ok(Self(bytes))
            }
        }
    };
}
hex_text!(Sha256, 32, "SHA-256");
hex_text!(KeyThumbprint, 32, "key thumbprint");
hex_text!(ClaimSecret, 16, "claim secret");
hex_text!(Epoch, 8, "epoch");

impl Sha256 {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
    /// The first eight hex digits, for people's eyes.
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl KeyThumbprint {
    /// Of a public key in compressed SEC1 form.
    pub fn of(public_key: &[u8]) -> Self {
        Self(sha2::Sha256::digest(public_key).into())
    }
}

impl ClaimSecret {
    /// What the statement carries: the secret's hash, never the secret.
    pub fn hash(&self) -> Sha256 {
        Sha256::of(&self.0)
    }
}

/// Computes a SHA-256 over bytes that come in pieces.
#[derive(Clone, Default)]
pub struct Sha256Stream(sha2::Sha256);

impl Sha256Stream {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    /// The hash of everything taken.
    pub fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $ok:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Serialize)]
        #[serde(transparent)]
        #[cbor(transparent)]
        pub struct $name(#[n(0)] String);

        impl $name {
            /// From text; refused if empty, too long, or with characters an id of this kind never has.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                let ok: fn(char) -> bool = $ok;
                if text.is_empty() || text.len() > $max || !text.chars().all(ok) {
                    return Err(BadId { what: $what });
                }
                Ok(Self(text.to_owned()))
            }
            /// Its text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::parse(text)
            }
        }
        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Self::parse(d.str()?).map_err(minicbor::decode::Error::custom)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

const fn slug(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

text_id!(
    /// A province's IOC: lower-case letters, digits and hyphens, e.g. `hue`.
    TenantId, "tenant id", 32, slug
);
text_id!(
    /// What a report is about, e.g. `traffic`; the tenant's configuration lists them.
    CategoryCode, "category code", 32, slug
);
text_id!(
    /// A unit that handles cases, e.g. `ubnd-xa-a-luoi-1`.
    AgencyId, "agency id", 64, slug
);
text_id!(
    /// A service that can be reviewed, e.g. `dai-noi`: on the sign at its door, for ever.
    ServiceCode, "service code", 64, slug
);
text_id!(
    /// A commune by its official number, e.g. `19753`.
    AreaCode, "area code", 16, slug
);
text_id!(
    /// A case's public code, e.g. `HUE-7K3M-Q2X`: read aloud, typed from paper; may only read.
    CaseCode, "case code", 32, |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'
);

/// Letters and digits that are not mistaken for one another on paper or by telephone (no I, L, O, U).
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl CaseCode {
    /// The code of a report, e.g. `HUE-7K3M-Q2X`: the tenant and 35 bits of the report id's hash. Not a running number,
    /// which would tell how many confidential cases there are; and the same again when a hub restored from a backup
    /// gets the report a second time. `attempt` counts up from 0 while another report already has the code.
    pub fn of_report(tenant: &TenantId, report: &ReportId, attempt: u8) -> Self {
        let mut named = tenant.as_str().as_bytes().to_vec();
        named.extend_from_slice(report.as_bytes());
        named.push(attempt);
        let digest = Sha256::of(&named);
        let mut bits =
            digest.as_bytes().iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut tail = String::new();
        for at in 0..7 {
            if at == 4 {
                tail.push('-');
            }
            let digit = CROCKFORD.get((bits & 31) as usize).copied().unwrap_or(b'0');
            tail.push(char::from(digit));
            bits >>= 5;
        }
        let prefix: String = tenant.as_str().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        Self(format!("{}-{tail}", prefix.to_ascii_uppercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_from_their_text() {
        let id = ReportId::new(UnixMs::from_millis(1_793_600_000_000), [7; 10]);
        assert_eq!(id.to_string().parse::<ReportId>(), Ok(id));
        let hash = Sha256::of(b"A Luoi");
        assert_eq!(hash.to_string().parse::<Sha256>(), Ok(hash));
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        assert!("../../etc".parse::<TenantId>().is_err());
        assert!("zz".repeat(32).parse::<Sha256>().is_err());
        assert!("é".repeat(32).parse::<Sha256>().is_err());
        assert!("".parse::<CategoryCode>().is_err());
        assert!("x".repeat(65).parse::<AgencyId>().is_err());
    }

    #[test]
    fn report_ids_of_later_milliseconds_sort_later() {
        let early = ReportId::new(UnixMs::from_millis(1_000), [255; 10]);
        let late = ReportId::new(UnixMs::from_millis(1_001), [0; 10]);
        assert!(early < late);
    }

    #[test]
    fn a_case_code_is_of_its_report_for_ever() {
        let tenant = TenantId::parse("quang-tri").unwrap();
        let report = ReportId::from_bytes([7; 16]);
        let code = CaseCode::of_report(&tenant, &report, 0);
        assert_eq!(code, CaseCode::of_report(&tenant, &report, 0));
        assert_ne!(code, CaseCode::of_report(&tenant, &report, 1));
        assert!(code.as_str().starts_with("QUANGTRI-") && code.as_str().len() == 17, "{code}");
        assert!(CaseCode::parse(code.as_str()).is_ok());
    }
}
