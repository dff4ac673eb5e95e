//! A phone is told by its system when a network comes; a program at a desk has to knock. While the last try failed, the
//! IOC's door is tried twice a second, and the moment it opens again every wait ends. A door that was open all the time
//! says nothing new, so a hub that refuses is not pressed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use paht_phone::Phone;
use tokio::net::TcpStream;

/// Time between two knocks, in milliseconds.
const KNOCK_MS: u64 = 500;
/// How long a door may take to open, in milliseconds.
const OPEN_MS: u64 = 3_000;

/// Whether the last try failed for want of a link; set by whoever watches the sync.
pub(super) type Down = Arc<AtomicBool>;

/// Knocks for ever.
pub(super) async fn knock(phone: &Phone, down: &Down) {
    let Some((host, port)) = door(phone) else { return std::future::pending().await };
    let mut was_shut = false;
    loop {
        tokio::time::sleep(Duration::from_millis(KNOCK_MS)).await;
        if !down.load(Ordering::Relaxed) {
            was_shut = false;
            continue;
        }
        let opened =
            tokio::time::timeout(Duration::from_millis(OPEN_MS), TcpStream::connect((host.as_str(), port)));
        let is_open = matches!(opened.await, Ok(Ok(_)));
        if is_open
            && was_shut
            && let Err(error) = phone.network_changed()
        {
            tracing::warn!(%error, "the waits could not be ended");
        }
        was_shut = !is_open;
    }
}

fn door(phone: &Phone) -> Option<(String, u16)> {
    let url: reqwest::Url = phone.ioc().ok()??.parse().ok()?;
    // IPv6 stands in brackets in an address.
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    Some((host, url.port_or_known_default()?))
}
