//! Who sent a report, sealed by the phone to this IOC (age, X25519) and opened for operators alone. The key lies in
//! DATA/keys/sealing.key as age's own text; whoever has it can read every sealed name and number.

use std::io::Read as _;

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use paht_model::statement::Sender;
use paht_model::wire::from_bytes;

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

    /// Opens a sealed sender; `None` if it was not sealed to this key or is damaged.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Sender> {
        let decryptor = age::Decryptor::new(sealed).ok()?;
        let mut plain = Vec::new();
        let reader = decryptor.decrypt(std::iter::once(&self.0 as &dyn age::Identity)).ok()?;
        reader.take(SENDER_BYTES_MAX).read_to_end(&mut plain).ok()?;
        from_bytes(&plain, "sender").ok()
    }
}

/// Longest plain sender that is read, in bytes.
const SENDER_BYTES_MAX: u64 = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_opens_nothing_of_others() {
        let key = SealingKey::generate();
        let again = SealingKey::parse(&key.to_text()).unwrap();
        assert_eq!(again.recipient(), key.recipient());
        assert!(key.open(b"no age file").is_none());
        assert!(SealingKey::parse("AGE-SECRET-KEY-1NONSENSE").is_none());
    }
}
