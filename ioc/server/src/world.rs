//! The server's clock and dice, in one place, so that a test can hold them still.

use paht_model::time::UnixMs;

/// Where time and randomness come from.
pub struct World {
    /// The wall clock.
    pub now: Box<dyn Fn() -> UnixMs + Send + Sync>,
    /// A clock that is never set back, in milliseconds; only differences mean something.
    pub ticks_ms: Box<dyn Fn() -> u64 + Send + Sync>,
    /// Fresh randomness.
    pub random: Box<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl World {
    /// The machine's own.
    pub fn real() -> Self {
        Self { now: Box::new(now), ticks_ms: Box::new(ticks()), random: Box::new(random) }
    }

    /// Sixteen random bytes, as the hub asks for them.
    pub(crate) fn random_16(&self) -> [u8; 16] {
        let [bytes, _] = halves((self.random)());
        bytes
    }
}

/// The machine's wall clock.
#[allow(clippy::disallowed_methods, reason = "this is the adapter")]
fn now() -> UnixMs {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let millis = since.ok().and_then(|since| i64::try_from(since.as_millis()).ok());
    UnixMs::from_millis(millis.unwrap_or(0))
}

#[allow(clippy::disallowed_methods, reason = "this is the adapter")]
fn ticks() -> impl Fn() -> u64 + Send + Sync {
    let start = std::time::Instant::now();
    move || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Randomness of the operating system. Without any, nothing safe can be signed or named, so the process ends.
#[allow(clippy::disallowed_methods, reason = "this is the adapter")]
pub(crate) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

fn halves(bytes: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    for (to, from) in halves.as_flattened_mut().iter_mut().zip(bytes) {
        *to = from;
    }
    halves
}
