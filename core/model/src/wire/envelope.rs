//! `COSE_Sign1` with ES256. The protected header's `kid` is the signer's public key itself (SEC1, compressed), so an
//! envelope can be checked on first sight; whether that key is trusted is the reader's question. The purpose is bound in
//! as external data: a receipt can never be passed off as a command.

use coset::{
    CborSerializable as _, CoseSign1, CoseSign1Builder, HeaderBuilder, RegisteredLabelWithPrivate, iana,
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
}

impl Opened {
    /// The signer's thumbprint.
    pub fn thumbprint(&self) -> KeyThumbprint {
        KeyThumbprint::of(&self.public_key)
    }
}

/// Checks the signature and gives signer and payload. Trust in the signer is not decided here.
pub fn open(bytes: &[u8], purpose: Purpose) -> Result<Opened, BadEnvelope> {
    let envelope = CoseSign1::from_slice(bytes).map_err(|_| BadEnvelope::Malformed)?;
    let header = &envelope.protected.header;
    if header.alg != Some(RegisteredLabelWithPrivate::Assigned(iana::Algorithm::ES256))
        || !header.crit.is_empty()
    {
        return Err(BadEnvelope::Malformed);
    }
    let public_key: [u8; PUBLIC_KEY_BYTES] =
        header.key_id.as_slice().try_into().map_err(|_| BadEnvelope::Malformed)?;
    let key = VerifyingKey::from_sec1_bytes(&public_key).map_err(|_| BadEnvelope::Malformed)?;
    envelope.verify_signature(purpose.context(), |signature, message| {
        let signature = Signature::from_slice(signature).map_err(|_| BadEnvelope::Signature)?;
        // Of the two signatures that fit, only one counts: a carrier cannot give the same command other bytes.
        if signature.normalize_s().is_some() {
            return Err(BadEnvelope::Signature);
        }
        key.verify(message, &signature).map_err(|_| BadEnvelope::Signature)
    })?;
    let payload = envelope.payload.ok_or(BadEnvelope::Malformed)?;
    Ok(Opened { public_key, payload })
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

    #[test]
    fn the_other_signature_that_fits_does_not_count() {
        let bytes = seal(&key(4), Purpose::Command, vec![1]).unwrap();
        let mut envelope = CoseSign1::from_slice(&bytes).unwrap();
        let low = Signature::from_slice(&envelope.signature).unwrap();
        let (r, s) = low.split_scalars();
        envelope.signature = Signature::from_scalars(r, -s).unwrap().to_bytes().to_vec();
        assert_eq!(open(&envelope.to_vec().unwrap(), Purpose::Command), Err(BadEnvelope::Signature));
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
