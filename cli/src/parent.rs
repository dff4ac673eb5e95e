//! For a process that another program of ours started: it ends when that one is gone, however it went.

use tokio::io::AsyncReadExt as _;

/// Waits until standard input is closed, which the system does for a starter that died.
pub(crate) async fn gone() {
    let mut rest = [0; 64];
    let mut input = tokio::io::stdin();
    while let Ok(1..) = input.read(&mut rest).await {}
}

/// Waits for Ctrl-C, or for the end of the starter where that is asked.
pub(crate) async fn asked_to_stop(with_parent: bool) {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let parent = async { if with_parent { gone().await } else { std::future::pending().await } };
    tokio::select! {
        () = interrupt => {}
        () = terminated() => {}
        () = parent => {}
    }
}

/// What a system sends to a service that it stops.
#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut told) => {
            told.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
