//! The one round trip: [`prepare`] puts together what is asked, [`absorb`] takes in what was answered, [`failed`] what
//! was not. Nothing is remembered between them but the [`Prepared`] request itself, so a crash in between costs one
//! repetition and nothing else.

mod absorb;
pub(crate) mod aftermath;
mod compare;
mod prepare;

pub use absorb::{absorb, failed};
pub(crate) use absorb::{counts, is_receipt_for, trusted_keys};
pub use prepare::{POISON_AFTER, Prepared, prepare, wants_sync};

/// How long the hub is left in peace when there is nothing to send, in milliseconds (15 min).
pub const POLL_EVERY_MS: u64 = 15 * 60 * 1_000;
