//! The one runtime. What is asked runs there, whoever asks: a caller that goes away stops nothing half-way, and a panic
//! ends as [`PahtError::Internal`] instead of crossing.

use std::future::Future;
use std::sync::OnceLock;

use paht_phone::PhoneError;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::PahtError;

/// Threads for links and timers. Disk work has threads of its own.
const THREADS: usize = 2;

fn handle() -> Result<Handle, PahtError> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let built = || {
        let built =
            Builder::new_multi_thread().worker_threads(THREADS).thread_name("paht").enable_all().build();
        built.inspect_err(|error| tracing::error!(%error, "no runtime")).ok()
    };
    RUNTIME.get_or_init(built).as_ref().map(|runtime| runtime.handle().clone()).ok_or(PahtError::Internal)
}

/// Runs something that waits for a link.
pub(crate) async fn linked<T: Send + 'static>(
    work: impl Future<Output = Result<T, PahtError>> + Send + 'static,
) -> Result<T, PahtError> {
    handle()?.spawn(work).await.unwrap_or(Err(PahtError::Internal))
}

/// Runs something that waits for a disk.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PahtError> + Send + 'static,
) -> Result<T, PahtError> {
    handle()?.spawn_blocking(work).await.unwrap_or(Err(PahtError::Internal))
}

/// Goes on with something that nobody waits for.
pub(crate) fn behind(work: impl Future<Output = Result<(), PhoneError>> + Send + 'static) {
    let Ok(handle) = handle() else { return };
    handle.spawn(async move {
        if let Err(error) = work.await {
            tracing::warn!(%error, "left for later");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T>(work: impl Future<Output = T>) -> T {
        Runtime::new().unwrap().block_on(work)
    }

    #[test]
    fn a_panic_is_an_error_and_the_next_call_works() {
        let panics = || -> Result<(), PahtError> { panic!("a fault of ours") };
        assert_eq!(wait(blocking(panics)), Err(PahtError::Internal));
        assert_eq!(
            wait(linked(async { panic!("another") as Result<(), PahtError> })),
            Err(PahtError::Internal)
        );
        assert_eq!(wait(blocking(|| Ok(7))), Ok(7));
    }
}
