//! Greeting the hub: from its name to a connection, or to the knowledge that there is none to be had on this network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use paht_model::fault::Code;
use paht_model::wire::exchange::ALPN;
use quinn::crypto::rustls::QuicClientConfig;
use quinn::{
    ClientConfig, Endpoint, EndpointConfig, IdleTimeout, MtuDiscoveryConfig, TokioRuntime, TransportConfig,
    VarInt,
};
use tokio::time::Instant;

use super::Road;
use super::listening::{Listening, SEND_WINDOW_BYTES};
use super::pace::PaceFactory;
use super::silence::Silence;
use crate::link::stall::Moved;

/// How long nothing may come before a connection is given up, in milliseconds.
const IDLE_MS: u32 = 60_000;
/// How long a greeting may stay unanswered at least, in milliseconds: three tries on a bad link.
const GREETING_MS: u64 = 8_000;
/// A first guess at the round trip, in milliseconds, until one is measured: the links this is for are slow.
const FIRST_RTT_MS: u64 = 500;
/// A third of the time that is taken by what goes before a greeting on the thinnest link cared for, in milliseconds.
const BEFORE_IT_MS: u64 = 750;
/// The longest round trip that is believed before one is measured, in milliseconds: beyond, something was lost or asleep.
const LONGEST_RTT_MS: u64 = 4_000;

/// The smallest packet that every link must let through, and the largest of 1,400 with its headers, which the tunnels of
/// mobile networks leave; in bytes of UDP.
const PACKET_BYTES: (u16, u16) = (1_200, 1_372);

/// How the hub is greeted.
pub(in crate::link) struct Greeting {
    host: String,
    port: u16,
    tls: Arc<QuicClientConfig>,
}

impl Greeting {
    /// For a hub at this host and port; `LinkUntrusted` if such TLS cannot be spoken over QUIC.
    pub(in crate::link) fn new(host: String, port: u16, mut tls: rustls::ClientConfig) -> Result<Self, Code> {
        tls.alpn_protocols = vec![ALPN.to_vec()];
        // Every question can be asked twice and is answered once: it may go along with the greeting.
        tls.enable_early_data = true;
        let tls = QuicClientConfig::try_from(tls).map_err(|_| Code::LinkUntrusted)?;
        Ok(Self { host, port, tls: Arc::new(tls) })
    }

    /// A connection, if the hub answers.
    pub(super) async fn road(&self, round_trip: Option<Duration>) -> Option<Road> {
        let name = self.host.trim_matches(['[', ']']);
        let address = tokio::net::lookup_host((name, self.port)).await.ok()?.next()?;
        let answered = tokio::time::timeout(patience(round_trip), self.connect(name, address, round_trip));
        tokio::select! {
            road = answered => road.ok().flatten(),
            () = refused(address) => None,
        }
    }

    async fn connect(&self, name: &str, address: SocketAddr, round_trip: Option<Duration>) -> Option<Road> {
        let socket = socket(address).ok()?;
        let endpoint = Endpoint::new(EndpointConfig::default(), None, socket, Arc::new(TokioRuntime)).ok()?;
        let silence = Silence::default();
        let mut config = ClientConfig::new(Arc::<QuicClientConfig>::clone(&self.tls));
        config.transport_config(Arc::new(transport(silence.clone(), round_trip)));
        let connecting = endpoint.connect_with(config, address, name).ok()?;
        let road = |connection| {
            let listening = Arc::new(Mutex::new(Listening::new(Instant::now())));
            let (endpoint, silence) = (endpoint.clone(), silence.clone());
            Road { connection, endpoint, silence, listening, moved: Moved::default() }
        };
        match connecting.into_0rtt() {
            Ok((connection, accepted)) => {
                let given_up = connection.clone();
                tokio::spawn(async move {
                    if tokio::time::timeout(patience(round_trip), accepted).await.is_err() {
                        given_up.close(VarInt::from_u32(0), b"");
                    }
                });
                Some(road(connection))
            }
            Err(connecting) => connecting.await.ok().map(road),
        }
    }
}

/// A third of the time after which an unanswered greeting is said again. On a link on which a round trip is long, what goes
/// before the greeting, and the greeting itself, take time too: said again too soon, it fills the link for nothing.
fn first_rtt(round_trip: Option<Duration>) -> Duration {
    let first = Duration::from_millis(FIRST_RTT_MS);
    match round_trip.map(|known| known.min(Duration::from_millis(LONGEST_RTT_MS))) {
        Some(known) if known > first => known * 2 / 3 + Duration::from_millis(BEFORE_IT_MS),
        _ => first,
    }
}

/// How long a greeting may stay unanswered: two tries where a round trip is long.
pub(super) fn patience(round_trip: Option<Duration>) -> Duration {
    Duration::from_millis(GREETING_MS).max(first_rtt(round_trip) * 5)
}

fn transport(silence: Silence, round_trip: Option<Duration>) -> TransportConfig {
    let mut sizes = MtuDiscoveryConfig::default();
    // The search halves the range, unless a half is less than it cares for: then it tries the largest at once. That is what
    // most links let through, and four tries cost more than they bring on a slow one.
    let (least, most) = PACKET_BYTES;
    sizes.upper_bound(most).minimum_change((most - least) / 2 + 1);
    let mut transport = TransportConfig::default();
    transport
        .initial_mtu(least)
        .mtu_discovery_config(Some(sizes))
        // One by one: how much is under way is decided anew before each packet.
        .enable_segmentation_offload(false)
        .max_idle_timeout(Some(IdleTimeout::from(VarInt::from_u32(IDLE_MS))))
        .initial_rtt(first_rtt(round_trip))
        .max_concurrent_bidi_streams(VarInt::from_u32(0))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .send_window(SEND_WINDOW_BYTES)
        .congestion_controller_factory(Arc::new(PaceFactory(silence)));
    transport
}

/// A socket from which this address can be reached.
pub(super) fn socket(to: SocketAddr) -> std::io::Result<UdpSocket> {
    let any = match to {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    UdpSocket::bind((any, 0))
}

/// Completes if the other side says that nobody listens there, so that nobody waits for a greeting in vain.
async fn refused(address: SocketAddr) {
    if is_refused(address).await != Some(true) {
        std::future::pending::<()>().await;
    }
}

async fn is_refused(address: SocketAddr) -> Option<bool> {
    let asking = socket(address).ok()?;
    asking.set_nonblocking(true).ok()?;
    let asking = tokio::net::UdpSocket::from_std(asking).ok()?;
    asking.connect(address).await.ok()?;
    // No packet of QUIC's is this short: whoever listens passes it over.
    asking.send(&[0]).await.ok()?;
    let answer = asking.recv(&mut [0]).await;
    Some(answer.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// QUIC says a greeting again after three times its first guess.
    fn said_again_after(round_trip: Option<Duration>) -> Duration {
        first_rtt(round_trip) * 3
    }

    /// Method: links of 16 kbit/s up and 32 down; a statement of 2,500 bytes stands before a greeting of 1,228, and 1,500 bytes
    /// answer it behind the statement's answer of 2,500.
    #[test]
    fn a_greeting_is_not_said_again_before_its_answer_can_be_there() {
        for rtt_ms in [600, 1_200, 2_500] {
            let (up, down) = (2_500 + 1_228, 2_500 + 1_500);
            let bytes_time = ms(up / 2 + down / 4);
            let again = said_again_after(Some(ms(rtt_ms)));
            assert!(again + ms(300) > ms(rtt_ms) + bytes_time, "{rtt_ms} ms: again after {again:?}");
        }
    }

    #[test]
    fn where_nothing_is_known_or_the_way_is_short_a_lost_greeting_is_soon_said_again() {
        for round_trip in [None, Some(ms(0)), Some(ms(90)), Some(ms(450))] {
            assert_eq!(said_again_after(round_trip), ms(1_500));
            assert_eq!(patience(round_trip), ms(8_000));
        }
    }

    #[test]
    fn patience_is_long_enough_for_a_second_try_and_no_connection_that_was_long_in_coming_makes_it_endless() {
        for rtt_ms in [600, 1_200, 2_500, 60_000] {
            let again = said_again_after(Some(ms(rtt_ms.min(LONGEST_RTT_MS))));
            assert!(patience(Some(ms(rtt_ms))) >= again + ms(rtt_ms.min(LONGEST_RTT_MS)));
        }
        assert!(patience(Some(ms(60_000))) < ms(30_000));
    }
}
