//! Sealing to the hub (age, X25519): what only it may read, not the neighbour that carries it, nor the phone again. And
//! opening what the hub seals to this phone.

use std::io::{Read as _, Write as _};

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use paht_engine::plan::Sender;
use paht_model::tenant::TenantCard;
use paht_model::wire::{Blob, to_bytes};

/// Seals the sender's name and number to every recipient of the card; `None` where the card names none that can be read.
/// The plain text is the CBOR map {0: name, 1: telephone number}.
pub fn seal(card: &TenantCard, sender: &Sender) -> Option<Blob> {
    seal_bytes(card, &to_bytes(sender)).map(Blob)
}

/// Seals bytes to every recipient of the card.
pub(crate) fn seal_bytes(card: &TenantCard, bytes: &[u8]) -> Option<Vec<u8>> {
    let recipients: Vec<Recipient> = card.sealing.iter().filter_map(|text| text.parse().ok()).collect();
    let named = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(named).ok()?;
    let mut out = Vec::new();
    let mut plain = encryptor.wrap_output(&mut out).ok()?;
    plain.write_all(bytes).ok()?;
    plain.finish().ok()?;
    Some(out)
}

/// A key that things are sealed to for this phone.
pub(crate) struct OwnSeal(Identity);

impl OwnSeal {
    /// A new one.
    pub(crate) fn generate() -> Self {
        Self(Identity::generate())
    }

    /// From its text; `None` if that is no key.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Its text. Secret.
    pub(crate) fn to_text(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// What others seal to.
    pub(crate) fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }

    /// Opens what was sealed to it, at most so many bytes; `None` if it was not, or was changed on its way.
    pub(crate) fn open(&self, sealed: &[u8], bytes_max: u64) -> Option<Vec<u8>> {
        let decryptor = age::Decryptor::new(sealed).ok()?;
        let reader = decryptor.decrypt(std::iter::once(&self.0 as &dyn age::Identity)).ok()?;
        let mut plain = Vec::new();
        reader.take(bytes_max).read_to_end(&mut plain).ok()?;
        Some(plain)
    }
}
