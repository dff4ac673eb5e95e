//! Who sent a report, sealed by the phone to this IOC (age, X25519) and opened for operators alone. The key lies in
//! DATA/keys/sealing.key as age's own text; whoever has it can read every sealed name and number.

use std::io::{Read as _, Write as _};

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use hmac::{Hmac, Mac as _};
use paht_model::statement::Sender;
use paht_model::wire::{from_bytes, to_bytes};
use sha2::Sha256;

/// The key that opens what phones seal.
pub(crate) struct SealingKey(Identity);

impl SealingKey {
    /// A new one.
    pub(crate) fn generate() -> Self {
        Self(Identity::generate())
    }

    /// From its file's text; `None` if that is no key.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// Its file's text. Secret.
    pub(crate) fn to_text(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// What the tenant's card tells phones to seal to.
    pub(crate) fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }

    /// Seals a number that came with a text message, as a phone would seal it.
    pub(crate) fn seal(&self, sender: &Sender) -> Option<Vec<u8>> {
        seal_to(&self.recipient(), &to_bytes(sender))
    }

    /// 32 bytes that only this hub can make of a number, another for each purpose.
    pub(crate) fn of_number(&self, purpose: &str, number: &str) -> [u8; 32] {
        // A key of any length will do.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.to_text().as_bytes()) else { return [0; 32] };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(number.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Opens a sealed sender; `None` if it was not sealed to this key or is damaged.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Sender> {
        from_bytes(&self.open_bytes(sealed, SENDER_BYTES_MAX)?, "sender").ok().map(Sender::composed)
    }

    /// Opens what was sealed to this key, at most so many bytes; `None` if it was not, or was changed on its way.
    pub(crate) fn open_bytes(&self, sealed: &[u8], bytes_max: u64) -> Option<Vec<u8>> {
        let decryptor = age::Decryptor::new(sealed).ok()?;
        let mut plain = Vec::new();
        let reader = decryptor.decrypt(std::iter::once(&self.0 as &dyn age::Identity)).ok()?;
        reader.take(bytes_max).read_to_end(&mut plain).ok()?;
        Some(plain)
    }
}

/// Seals bytes to whoever has the key of this recipient; `None` if that is none.
pub(crate) fn seal_to(recipient: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let recipient: Recipient = recipient.parse().ok()?;
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let mut sealed = Vec::new();
    let mut writer = age::Encryptor::with_recipients(recipients).ok()?.wrap_output(&mut sealed).ok()?;
    writer.write_all(bytes).ok()?;
    writer.finish().ok()?;
    Some(sealed)
}

/// Longest plain sender that is read, in bytes.
const SENDER_BYTES_MAX: u64 = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_here_opens_here() {
        let key = SealingKey::generate();
        let sender = Sender { name: None, phone: Some("+84905123456".into()) };
        assert_eq!(key.open(&key.seal(&sender).unwrap()), Some(sender));
        assert_ne!(key.of_number("a", "+84905123456"), key.of_number("b", "+84905123456"));
    }

    #[test]
    fn a_key_reads_back_and_opens_nothing_of_others() {
        let key = SealingKey::generate();
        let again = SealingKey::parse(&key.to_text()).unwrap();
        assert_eq!(again.recipient(), key.recipient());
        assert!(key.open(b"no age file").is_none());
        assert!(SealingKey::parse("AGE-SECRET-KEY-1NONSENSE").is_none());
    }
}
