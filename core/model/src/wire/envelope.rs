//! `COSE_Sign1` with ES256. The protected header's `kid` is the signer's public key itself (SEC1, compressed), so an
//! envelope can be checked on first sight; whether that key is trusted is the reader's question. The purpose is bound in
//! as external data: a receipt can never be passed off as a command.

use coset::{
    CborSerializable as _, CoseSign1, CoseSign1Builder, Header, HeaderBuilder, RegisteredLabelWithPrivate,
    TaggedCborSerializable as _, iana,
};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};

use crate::ids::KeyThumbprint;

/// Length of a compressed public key, in bytes.
pub const PUBLIC_KEY_BYTES: usize = 33;
/// Length of a signature, in bytes.
pub const SIGNATURE_BYTES: usize = 64;

/// What an envelope is for; part of what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A phone's command.
    Command,
    /// A phone's sync request.
    Sync,
    /// The hub's receipt.
    Receipt,
    /// The hub's tenant card.
    Card,
    /// The hub's alerts.
    Bulletin,
    /// A phone's word that its key is an officer's.
    Enrolment,
    /// What an officer's phone wants to see.
    Officer,
    /// The hub's answer to a bundle.
    Receipts,
}

impl Purpose {
    const fn context(self) -> &'static [u8] {
        match self {
            Self::Command => b"paht/command/1",
            Self::Sync => b"paht/sync/1",
            Self::Receipt => b"paht/receipt/1",
            Self::Card => b"paht/card/1",
            Self::Bulletin => b"paht/bulletin/1",
            Self::Enrolment => b"paht/enrolment/1",
            Self::Officer => b"paht/officer/1",
            Self::Receipts => b"paht/receipts/1",
        }
    }
}

/// Why an envelope was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadEnvelope {
    /// Not a `COSE_Sign1` of ours.
    #[error("not a signed envelope")]
    Malformed,
    /// The signature does not fit key, purpose and bytes.
    #[error("the signature does not fit")]
    Signature,
}

/// The signing half of a key is somewhere else (secure hardware): this is all an envelope needs of it.
pub trait Sign {
    /// What can go wrong in the key's home.
    type Error;
    /// The public key, SEC1 compressed.
    fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES];
    /// Signs a message with ES256 (it is hashed with SHA-256 inside); `r ‖ s`, 32 bytes each.
    fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_BYTES], Self::Error>;
}

/// A key held in memory: the hub's, and a phone's where no secure hardware is.
#[derive(Clone)]
pub struct SoftwareKey(SigningKey);

impl SoftwareKey {
    /// From 32 secret bytes; `None` for the few that are no P-256 scalar.
    pub fn from_secret(secret: &[u8; 32]) -> Option<Self> {
        SigningKey::from_slice(secret).ok().map(Self)
    }
}

impl Sign for SoftwareKey {
    type Error = std::convert::Infallible;

    fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
        compressed(self.0.verifying_key())
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_BYTES], Self::Error> {
        let signature: Signature = self.0.sign(message);
        Ok(signature.to_bytes().into())
    }
}

/// A public key as secure hardware tells it (SEC1, compressed or not), compressed; `None` if it is no point of the curve.
pub fn compressed_key(sec1: &[u8]) -> Option<[u8; PUBLIC_KEY_BYTES]> {
    VerifyingKey::from_sec1_bytes(sec1).ok().map(|key| compressed(&key))
}

/// A signature as secure hardware gives it (DER), as `r ‖ s`; `None` if it is none.
pub fn signature_of_der(der: &[u8]) -> Option<[u8; SIGNATURE_BYTES]> {
    Signature::from_der(der).ok().map(|signature| signature.to_bytes().into())
}

/// A signature `r ‖ s` in DER; empty if it is none.
pub fn der_of_signature(signature: &[u8; SIGNATURE_BYTES]) -> Vec<u8> {
    Signature::from_slice(signature)
        .map(|signature| signature.to_der().as_bytes().to_vec())
        .unwrap_or_default()
}

fn compressed(key: &VerifyingKey) -> [u8; PUBLIC_KEY_BYTES] {
    let point = key.to_encoded_point(true);
    let mut out = [0; PUBLIC_KEY_BYTES];
    for (to, from) in out.iter_mut().zip(point.as_bytes()) {
        *to = *from;
    }
    out
}

/// Signs a payload.
pub fn seal<K: Sign + ?Sized>(key: &K, purpose: Purpose, payload: Vec<u8>) -> Result<Vec<u8>, K::Error> {
    let header =
        HeaderBuilder::new().algorithm(iana::Algorithm::ES256).key_id(key.public_key().to_vec()).build();
    let signed = CoseSign1Builder::new()
        .protected(header)
        .payload(payload)
        .try_create_signature(purpose.context(), |message| key.sign(message).map(|s| low_s(&s)))?
        .build();
    // Serializing into memory of a value just built cannot fail; empty bytes verify nowhere.
    Ok(signed.to_vec().unwrap_or_default())
}

/// The signature in the one form that counts; secure hardware gives either.
fn low_s(signature: &[u8; SIGNATURE_BYTES]) -> Vec<u8> {
    let parsed = Signature::from_slice(signature).ok();
    let low = parsed.map(|signature| signature.normalize_s().unwrap_or(signature).to_bytes().to_vec());
    low.unwrap_or_else(|| signature.to_vec())
}

/// An envelope whose signature fits its own key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Who signed.
    pub public_key: [u8; PUBLIC_KEY_BYTES],
    /// The payload, as signed.
    pub payload: Vec<u8>,
    /// The envelope in its plain form: untagged, definite lengths, shortest integers, nothing unsigned, and the lower of the
    /// two signatures that fit. Header and payload are byte for byte those that were signed.
    pub plain: Vec<u8>,
}

impl Opened {
    /// The signer's thumbprint.
    pub fn thumbprint(&self) -> KeyThumbprint {
        KeyThumbprint::of(&self.public_key)
    }
}

/// Checks the signature and gives signer and payload. Trust in the signer is not decided here.
pub fn open(bytes: &[u8], purpose: Purpose) -> Result<Opened, BadEnvelope> {
    let mut envelope = read(bytes)?;
    let header = &envelope.protected.header;
    // What must be understood is nothing that we know, wherever it is written.
    let asks_for_more = !header.crit.is_empty() || !envelope.unprotected.crit.is_empty();
    if header.alg != Some(RegisteredLabelWithPrivate::Assigned(iana::Algorithm::ES256)) || asks_for_more {
        return Err(BadEnvelope::Malformed);
    }
    let public_key: [u8; PUBLIC_KEY_BYTES] =
        header.key_id.as_slice().try_into().map_err(|_| BadEnvelope::Malformed)?;
    let key = VerifyingKey::from_sec1_bytes(&public_key).map_err(|_| BadEnvelope::Malformed)?;
    let signature = Signature::from_slice(&envelope.signature).map_err(|_| BadEnvelope::Signature)?;
    let low = signature.normalize_s().unwrap_or(signature);
    let message = envelope.tbs_data(purpose.context());
    key.verify(&message, &low).map_err(|_| BadEnvelope::Signature)?;
    envelope.unprotected = Header::default();
    envelope.signature = low.to_bytes().to_vec();
    let payload = envelope.payload.clone().ok_or(BadEnvelope::Malformed)?;
    let plain = envelope.to_vec().map_err(|_| BadEnvelope::Malformed)?;
    Ok(Opened { public_key, payload, plain })
}

/// How a tag begins in CBOR (major type 6).
const TAGS: std::ops::RangeInclusive<u8> = 0xc0..=0xdb;

/// An envelope, tagged as a `COSE_Sign1` or not.
fn read(bytes: &[u8]) -> Result<CoseSign1, BadEnvelope> {
    let tagged = bytes.first().is_some_and(|first| TAGS.contains(first));
    let read = if tagged { CoseSign1::from_tagged_slice(bytes) } else { CoseSign1::from_slice(bytes) };
    read.map_err(|_| BadEnvelope::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SoftwareKey {
        SoftwareKey::from_secret(&[byte; 32]).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_with_its_signer() {
        let bytes = seal(&key(1), Purpose::Command, b"sat lo".to_vec()).unwrap();
        let opened = open(&bytes, Purpose::Command).unwrap();
        assert_eq!(opened.payload, b"sat lo");
        assert_eq!(opened.public_key, key(1).public_key());
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = seal(&key(2), Purpose::Receipt, vec![9; 40]).unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bad = bytes.clone();
                bad[at] ^= 1 << bit;
                // A bit of the unprotected header may be malleable in CBOR, but then the signed bytes are the same.
                if let Ok(opened) = open(&bad, Purpose::Receipt) {
                    panic!("byte {at} bit {bit} accepted: {opened:?}");
                }
            }
        }
    }

    /// The same envelope with *n − s* for *s*.
    fn flipped(bytes: &[u8]) -> CoseSign1 {
        let mut envelope = CoseSign1::from_slice(bytes).unwrap();
        let (r, s) = Signature::from_slice(&envelope.signature).unwrap().split_scalars();
        envelope.signature = Signature::from_scalars(r, -s).unwrap().to_bytes().to_vec();
        envelope
    }

    #[test]
    fn however_an_envelope_is_written_it_is_one_and_the_same() {
        let bytes = seal(&key(4), Purpose::Command, vec![1]).unwrap();
        let plain = open(&bytes, Purpose::Command).unwrap();
        assert_eq!(plain.plain, bytes, "what we write is plain");
        let mut noted = CoseSign1::from_slice(&bytes).unwrap();
        noted.unprotected = HeaderBuilder::new().text_value("via".into(), "a proxy".into()).build();
        let tag = |tag: &[u8], bytes: &[u8]| [tag, bytes].concat();
        let mut streamed = bytes.clone();
        streamed[0] = 0x9f;
        streamed.push(0xff);
        let ways = [
            flipped(&bytes).to_vec().unwrap(),
            flipped(&bytes).to_tagged_vec().unwrap(),
            tag(&[0xd2], &bytes),
            tag(&[0xd8, 18], &bytes),
            tag(&[0xdb, 0, 0, 0, 0, 0, 0, 0, 18], &bytes),
            noted.clone().to_vec().unwrap(),
            noted.to_tagged_vec().unwrap(),
            streamed,
        ];
        for way in ways {
            assert_ne!(way, bytes);
            assert_eq!(open(&way, Purpose::Command).as_ref(), Ok(&plain), "{way:02x?}");
            assert_eq!(open(&way, Purpose::Receipt), Err(BadEnvelope::Signature));
        }
    }

    #[test]
    fn another_tag_more_than_one_or_bytes_behind_are_no_envelope() {
        let bytes = seal(&key(4), Purpose::Command, vec![1]).unwrap();
        for tags in [&[0xd1][..], &[0xd8, 98], &[0xd2, 0xd2], &[0xd9, 0xd9, 0xf7], &[0xd2, 0xd1]] {
            let tagged = [tags, &bytes].concat();
            assert_eq!(open(&tagged, Purpose::Command), Err(BadEnvelope::Malformed), "{tags:02x?}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(open(&longer, Purpose::Command), Err(BadEnvelope::Malformed));
        assert_eq!(open(&[&[0xd2], &longer[..]].concat(), Purpose::Command), Err(BadEnvelope::Malformed));
    }

    #[test]
    fn what_must_be_understood_and_is_not_is_refused() {
        let own = key(6);
        let header =
            || HeaderBuilder::new().algorithm(iana::Algorithm::ES256).key_id(own.public_key().to_vec());
        let signed = |header: HeaderBuilder, unprotected: HeaderBuilder| {
            CoseSign1Builder::new()
                .protected(header.build())
                .unprotected(unprotected.build())
                .payload(vec![1])
                .create_signature(Purpose::Command.context(), |message| own.sign(message).unwrap().to_vec())
                .build()
                .to_vec()
                .unwrap()
        };
        let known = signed(header(), HeaderBuilder::new());
        assert!(open(&known, Purpose::Command).is_ok());
        let more = signed(header().text_value("note".into(), 1.into()), HeaderBuilder::new());
        assert!(open(&more, Purpose::Command).is_ok(), "what need not be understood is passed over");
        let labels = [iana::HeaderParameter::CounterSignature, iana::HeaderParameter::ContentType];
        for label in labels {
            let critical = signed(header().add_critical(label), HeaderBuilder::new());
            assert_eq!(open(&critical, Purpose::Command), Err(BadEnvelope::Malformed));
            let unsigned = signed(header(), HeaderBuilder::new().add_critical(label));
            assert_eq!(open(&unsigned, Purpose::Command), Err(BadEnvelope::Malformed));
        }
        let own_word = RegisteredLabelWithPrivate::Text("paht".into());
        let critical = signed(header().add_critical_label(own_word), HeaderBuilder::new());
        assert_eq!(open(&critical, Purpose::Command), Err(BadEnvelope::Malformed));
    }

    #[test]
    fn what_secure_hardware_gives_is_read_and_nothing_else() {
        let own = key(5);
        let long = own.0.verifying_key().to_encoded_point(false);
        assert_eq!(compressed_key(long.as_bytes()), Some(own.public_key()));
        assert_eq!(compressed_key(&own.public_key()), Some(own.public_key()));
        assert_eq!(compressed_key(&[4; 65]), None);
        let Ok(signature) = own.sign(b"sat lo");
        let der = der_of_signature(&signature);
        assert_eq!(signature_of_der(&der), Some(signature));
        assert_eq!(signature_of_der(&signature), None);
        assert!(der_of_signature(&[0; SIGNATURE_BYTES]).is_empty());
    }

    #[test]
    fn a_receipt_is_no_command() {
        let bytes = seal(&key(3), Purpose::Receipt, vec![1]).unwrap();
        assert_eq!(open(&bytes, Purpose::Command), Err(BadEnvelope::Signature));
    }
}
