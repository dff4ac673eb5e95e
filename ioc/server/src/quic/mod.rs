//! The same intake over QUIC, for phones whose link comes and goes: a connection that outlives silence, a stream for
//! each question. What comes in is handed to the very routes that answer HTTP ([`exchange`]).

mod exchange;

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use paht_model::wire::exchange::ALPN;
use quinn::crypto::rustls::QuicServerConfig;
use quinn::{
    Endpoint, EndpointConfig, IdleTimeout, Incoming, ServerConfig, TokioRuntime, TransportConfig, VarInt,
};
use quinn_proto::RandomConnectionIdGenerator;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::options::Limits;

/// How long a silent connection is kept, in milliseconds: longer than a hill on the road.
const IDLE_MS: u32 = 60_000;
/// Bytes that may wait on one stream, and on all streams of a connection.
const STREAM_WINDOW_BYTES: u32 = 256 * 1_024;
const CONNECTION_WINDOW_BYTES: u32 = 512 * 1_024;
/// Bytes of a connection's name: enough that no two of the most that are let in often try the same.
const NAME_BYTES: usize = 4;
/// Connections at a time; beyond, phones take the other link.
const CONNECTIONS_MAX: usize = 10_000;
/// From here on a new phone must first show that its address is its own.
const CONNECTIONS_UNPROVEN: usize = 500;

/// A QUIC endpoint that listens.
pub(crate) struct Listening(Endpoint);

impl Listening {
    /// Ends every connection at once: what has arrived is held.
    pub(crate) fn stop(&self) {
        self.0.close(VarInt::from_u32(0), b"stopping");
    }
}

/// Listens on the same number as TCP does, on UDP.
pub(crate) fn listen(
    address: SocketAddr,
    mut tls: rustls::ServerConfig,
    limits: Limits,
    routes: Router,
) -> io::Result<Listening> {
    tls.alpn_protocols = vec![ALPN.to_vec()];
    // What QUIC asks for; a question that comes twice is answered twice and changes nothing.
    tls.max_early_data_size = u32::MAX;
    let crypto = QuicServerConfig::try_from(tls).map_err(io::Error::other)?;
    let mut config = ServerConfig::with_crypto(Arc::new(crypto));
    config.transport_config(Arc::new(transport(limits)));
    let socket = UdpSocket::bind(address)?;
    let mut names = EndpointConfig::default();
    // A connection's name stands in every packet that a phone sends.
    names.cid_generator(|| Box::new(RandomConnectionIdGenerator::new(NAME_BYTES)));
    let endpoint = Endpoint::new(names, Some(config), socket, Arc::new(TokioRuntime))?;
    let accepting = endpoint.clone();
    tokio::spawn(async move {
        while let Some(incoming) = accepting.accept().await {
            admit(incoming, accepting.open_connections(), limits, &routes);
        }
    });
    Ok(Listening(endpoint))
}

fn transport(limits: Limits) -> TransportConfig {
    let mut transport = TransportConfig::default();
    transport
        .max_idle_timeout(Some(IdleTimeout::from(VarInt::from_u32(IDLE_MS))))
        .max_concurrent_bidi_streams(VarInt::from_u32(limits.streams_max))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW_BYTES))
        .receive_window(VarInt::from_u32(CONNECTION_WINDOW_BYTES));
    transport
}

fn admit(incoming: Incoming, open: usize, limits: Limits, routes: &Router) {
    if open >= CONNECTIONS_MAX {
        incoming.refuse();
    } else if open >= CONNECTIONS_UNPROVEN && !incoming.remote_address_validated() && incoming.may_retry() {
        // Only fails for one that has been asked to prove itself before.
        let _ = incoming.retry();
    } else {
        tokio::spawn(connection(incoming, limits, routes.clone()));
    }
}

async fn connection(incoming: Incoming, limits: Limits, routes: Router) {
    let Ok(connecting) = incoming.accept() else { return };
    let head = Duration::from_secs(limits.head_s.into());
    // A returning phone's first question may come along with its greeting.
    let connection = match connecting.into_0rtt() {
        Ok((connection, _)) => connection,
        Err(connecting) => match tokio::time::timeout(head, connecting).await {
            Ok(Ok(connection)) => connection,
            _ => return,
        },
    };
    while let Ok((send, receive)) = connection.accept_bi().await {
        let routes = routes.clone();
        tokio::spawn(async move {
            // A link that broke is the phone's to tell; what arrived is held.
            if exchange::answer(routes, send, receive, head).await.is_none() {
                tracing::debug!("a stream ended before its answer");
            }
        });
    }
}

/// A certificate of its own making, for an IOC without one: over plain HTTP nothing secret is at stake either.
pub(crate) fn own_certificate() -> io::Result<rustls::ServerConfig> {
    let made =
        rcgen::generate_simple_self_signed(vec!["ioc.invalid".to_owned()]).map_err(io::Error::other)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let chain: Vec<CertificateDer<'static>> = vec![made.cert.der().clone()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|versions| versions.with_no_client_auth().with_single_cert(chain, key))
        .map_err(io::Error::other)
}
