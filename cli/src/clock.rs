//! The program's own clock: how long something took, for people to read. What is decided by time is decided elsewhere.

use std::time::{Duration, Instant};

use paht_model::time::UnixMs;

/// Counts from when it was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[allow(clippy::disallowed_methods, reason = "the adapter: shown to people, decides nothing")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since it was started.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// The same in seconds.
    pub(crate) fn seconds(self) -> f64 {
        self.elapsed().as_secs_f64()
    }
}

/// What the wall clock says.
#[allow(clippy::disallowed_methods, reason = "the adapter")]
pub(crate) fn now() -> UnixMs {
    UnixMs::from_millis(jiff::Timestamp::now().as_millisecond())
}

/// Eight random bytes from the system.
#[allow(clippy::disallowed_methods, reason = "the adapter")]
pub(crate) fn random_8() -> anyhow::Result<[u8; 8]> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("the system has no randomness: {error}"))?;
    Ok(bytes)
}
