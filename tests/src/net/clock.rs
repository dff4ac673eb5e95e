//! The clock of the bench: real, and the only one.

use std::time::{Duration, Instant};

/// A moment from which everything of a case is counted.
#[derive(Debug, Clone, Copy)]
pub struct Start(Instant);

impl Start {
    /// Now.
    #[allow(clippy::disallowed_methods, reason = "what is measured is real time")]
    pub fn now() -> Self {
        Self(Instant::now())
    }

    /// Microseconds since.
    pub fn us(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Waits until so many microseconds since.
    pub fn wait_until(&self, us: u64) {
        loop {
            let left = us.saturating_sub(self.us());
            if left == 0 {
                return;
            }
            std::thread::park_timeout(Duration::from_micros(left));
        }
    }
}
