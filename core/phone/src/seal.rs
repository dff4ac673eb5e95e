//! Sealing the sender's name and number to the hub: only it can read them, not even the phone again.

use std::io::Write as _;

use age::x25519::Recipient;
use paht_engine::plan::Sender;
use paht_model::tenant::TenantCard;
use paht_model::wire::{Blob, to_bytes};

/// Seals to every recipient of the card (age, X25519); `None` where the card names none that can be read. The plain text
/// is the CBOR map {0: name, 1: telephone number}.
pub fn seal(card: &TenantCard, sender: &Sender) -> Option<Blob> {
    let recipients: Vec<Recipient> = card.sealing.iter().filter_map(|text| text.parse().ok()).collect();
    let named = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(named).ok()?;
    let mut out = Vec::new();
    let mut plain = encryptor.wrap_output(&mut out).ok()?;
    plain.write_all(&to_bytes(sender)).ok()?;
    plain.finish().ok()?;
    Some(Blob(out))
}
