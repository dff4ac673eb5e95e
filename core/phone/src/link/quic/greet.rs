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

/// How long nothing may come before a connection is given up, in milliseconds.
const IDLE_MS: u32 = 60_000;
/// How long a greeting may stay unanswered, in milliseconds: three tries on a bad link.
pub(super) const GREETING_MS: u64 = 8_000;
/// A first guess at the round trip, in milliseconds, until one is measured: the links this is for are slow.
const FIRST_RTT_MS: u64 = 500;

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
    pub(super) async fn road(&self) -> Option<Road> {
        let name = self.host.trim_matches(['[', ']']);
        let address = tokio::net::lookup_host((name, self.port)).await.ok()?.next()?;
        let answered = tokio::time::timeout(Duration::from_millis(GREETING_MS), self.connect(name, address));
        tokio::select! {
            road = answered => road.ok().flatten(),
            () = refused(address) => None,
        }
    }

    async fn connect(&self, name: &str, address: SocketAddr) -> Option<Road> {
        let socket = socket(address).ok()?;
        let endpoint = Endpoint::new(EndpointConfig::default(), None, socket, Arc::new(TokioRuntime)).ok()?;
        let silence = Silence::default();
        let mut config = ClientConfig::new(Arc::<QuicClientConfig>::clone(&self.tls));
        config.transport_config(Arc::new(transport(silence.clone())));
        let connecting = endpoint.connect_with(config, address, name).ok()?;
        let road = |connection| {
            let listening = Arc::new(Mutex::new(Listening::new(Instant::now())));
            Road { connection, endpoint: endpoint.clone(), silence: silence.clone(), listening }
        };
        match connecting.into_0rtt() {
            Ok((connection, accepted)) => {
                let given_up = connection.clone();
                tokio::spawn(async move {
                    if tokio::time::timeout(Duration::from_millis(GREETING_MS), accepted).await.is_err() {
                        given_up.close(VarInt::from_u32(0), b"");
                    }
                });
                Some(road(connection))
            }
            Err(connecting) => connecting.await.ok().map(road),
        }
    }
}

fn transport(silence: Silence) -> TransportConfig {
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
        .initial_rtt(Duration::from_millis(FIRST_RTT_MS))
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
