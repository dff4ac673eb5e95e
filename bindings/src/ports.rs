//! What a platform gives: its secure key, its decoders, its clock, and who watches. Kotlin and Swift implement these.

use std::path::Path;
use std::sync::Arc;

use paht_engine::ports::{Clock, Entropy as _};
use paht_model::fault::Code;
use paht_model::time::UnixMs;
use paht_model::wire::envelope::{
    PUBLIC_KEY_BYTES, SIGNATURE_BYTES, Sign, SoftwareKey, compressed_key, der_of_signature, signature_of_der,
};
use paht_phone::entropy::SystemEntropy;
use paht_phone::picture::{Decoded, Decoder};

use crate::error::PahtError;
use crate::media::MediaKind;

/// A reading of the phone's clocks: all of it claims.
pub type ClockReading = paht_model::time::ClockReading;

/// A reading of the phone's clocks: all of it claims.
#[uniffi::remote(Record)]
pub struct ClockReading {
    /// What the wall clock says.
    pub wall: UnixMs,
    /// Offset of the phone's zone from UTC, in minutes (Việt Nam: 420).
    pub offset_min: i16,
    /// Milliseconds since the phone was started, sleep included; never set back.
    pub ticks_ms: u64,
    /// Which start of the phone the ticks belong to; another value after each reboot.
    pub boot: u64,
}

/// The phone's signing key (P-256), in secure hardware where there is some. Owes: signs in the background, without the
/// person present; the same key until the app is removed.
#[uniffi::export(foreign)]
pub trait PhoneKeys: Send + Sync {
    /// The public key, SEC1: 65 bytes beginning with 4, or 33 compressed.
    fn public_key(&self) -> Result<Vec<u8>, PahtError>;
    /// Signs a message with ECDSA over its SHA-256; the signature in DER, as secure hardware gives it.
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, PahtError>;
}

/// The platform's clocks.
#[uniffi::export(foreign)]
pub trait PhoneClock: Send + Sync {
    /// A reading now.
    fn now(&self) -> Result<ClockReading, PahtError>;
}

/// The platform's decoder, for HEIC and videos.
#[uniffi::export(foreign)]
pub trait PictureDecoder: Send + Sync {
    /// A file as a picture whose longer side is about `side_px` pixels, turned as people see it; of a video an early
    /// frame. Absent where it cannot be decoded. Called on a thread of its own; may take seconds.
    fn decode(
        &self,
        path: String,
        kind: MediaKind,
        side_px: u32,
    ) -> Result<Option<DecodedPicture>, PahtError>;
}

/// A picture that the platform decoded.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DecodedPicture {
    /// Width in pixels, above 0.
    pub width: u32,
    /// Height in pixels, above 0.
    pub height: u32,
    /// Red, green, blue, alpha: four bytes a pixel, row by row.
    pub rgba: Vec<u8>,
}

pub(crate) struct ForeignKeys {
    public: [u8; PUBLIC_KEY_BYTES],
    keys: Arc<dyn PhoneKeys>,
}

impl ForeignKeys {
    /// Asks for the public key once: it does not change while the app is there.
    pub(crate) fn of(keys: Arc<dyn PhoneKeys>) -> Result<Self, PahtError> {
        let unavailable = PahtError::Refused { code: Code::KeyUnavailable };
        let public = compressed_key(&keys.public_key()?).ok_or(unavailable)?;
        Ok(Self { public, keys })
    }
}

impl Sign for ForeignKeys {
    type Error = Code;

    fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
        self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_BYTES], Code> {
        let der = self.keys.sign(message.to_vec()).map_err(|_| Code::KeyUnavailable)?;
        signature_of_der(&der).ok_or(Code::KeyUnavailable)
    }
}

/// A clock that the platform reads; our own where the platform's fails, since a report must not wait for a clock.
pub(crate) struct ForeignClock(pub(crate) Arc<dyn PhoneClock>);

impl Clock for ForeignClock {
    fn now(&self) -> ClockReading {
        self.0.now().unwrap_or_else(|_| paht_phone::clock::SystemClock.now())
    }
}

pub(crate) struct ForeignDecoder(pub(crate) Arc<dyn PictureDecoder>);

impl Decoder for ForeignDecoder {
    fn decode(&self, original: &Path, kind: MediaKind, side_px: u32) -> Option<Decoded> {
        let path = original.to_str()?.to_owned();
        let decoded = self.0.decode(path, kind, side_px).ok().flatten()?;
        Some(Decoded { width: decoded.width, height: decoded.height, rgba: decoded.rgba })
    }
}

/// A key held in memory, for emulators and tests: a phone has a better one.
#[derive(uniffi::Object)]
pub struct MemoryKey(SoftwareKey);

#[uniffi::export]
impl MemoryKey {
    /// A new key, or the one of these 32 secret bytes.
    #[uniffi::constructor]
    pub fn new(secret: Option<Vec<u8>>) -> Result<Self, PahtError> {
        let unavailable = PahtError::Refused { code: Code::KeyUnavailable };
        let Some(secret) = secret else { return Ok(Self(drawn())) };
        let secret = <[u8; 32]>::try_from(secret).map_err(|_| unavailable)?;
        SoftwareKey::from_secret(&secret).map(Self).ok_or(unavailable)
    }

    /// The public key, SEC1 compressed.
    pub fn public_key(&self) -> Vec<u8> {
        self.0.public_key().to_vec()
    }

    /// Signs a message; the signature in DER.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let Ok(signature) = self.0.sign(message);
        der_of_signature(&signature)
    }
}

fn drawn() -> SoftwareKey {
    let mut secret = [0; 32];
    loop {
        SystemEntropy.fill(&mut secret);
        // One draw in 2³² or fewer is no scalar of the curve.
        if let Some(key) = SoftwareKey::from_secret(&secret) {
            return key;
        }
    }
}
