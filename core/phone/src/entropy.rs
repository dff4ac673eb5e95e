//! Randomness from the operating system.

use paht_engine::ports::Entropy;

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, out: &mut [u8]) {
        // The adapter: everybody else takes an `Entropy`.
        #[allow(clippy::disallowed_methods)]
        let filled = getrandom::fill(out);
        // Without randomness every id would be a stranger's too: there is no going on, and no system that starts lacks it.
        if filled.is_err() {
            tracing::error!("the system has no randomness");
            std::process::abort();
        }
    }
}
