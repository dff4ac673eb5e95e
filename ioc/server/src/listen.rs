//! From a folder and an address to a running IOC, and to its end.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::home::{HomeFault, open};
use crate::hub::Hub;
use crate::options::{BadConfig, Limits, ServeOptions, TlsFiles};
use crate::quic::{self, Listening};
use crate::routes::router;
use crate::smpp::{self, Account, Bound, SmppSettings};
use crate::world::World;

/// Why an IOC did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings file.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The data folder.
    #[error(transparent)]
    Home(#[from] HomeFault),
    /// The address is taken or not ours, or listening failed.
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The certificate or its key.
    #[error("the certificate or its key cannot be used")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A running IOC.
pub struct Served {
    address: SocketAddr,
    scheme: &'static str,
    hub: Arc<Hub>,
    handle: Handle<SocketAddr>,
    quic: Option<Listening>,
    smpp: Option<Bound>,
    task: JoinHandle<io::Result<()>>,
    gone: mpsc::Receiver<()>,
}

/// Starts an IOC: opens the folder, listens, and answers until [`Served::stop`].
pub async fn serve(mut options: ServeOptions) -> Result<Served, ServeError> {
    let tenant = options.read_config()?;
    let ServeOptions { data, listen, tls, quic, smpp, limits, .. } = options;
    let account = smpp.map(account).transpose()?;
    let folder = data.clone();
    let opened = tokio::task::spawn_blocking(move || open(&folder, &tenant, limits, World::real())).await;
    let opened = opened.map_err(|gone| ServeError::Listen(listen, io::Error::other(gone)))?;
    let (alive, gone) = mpsc::channel(1);
    let hub = Arc::new(Hub { _alive: Some(alive), ..opened? });
    let failed = |error| ServeError::Listen(listen, error);
    let listener = TcpListener::bind(listen).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let handle = Handle::new();
    let routes = router(Arc::clone(&hub));
    let config = tls.as_ref().map(tls_config).transpose()?;
    let scheme = if config.is_some() { "https" } else { "http" };
    let quic = if quic { beside(address, config.clone(), limits, routes.clone()) } else { None };
    let routes = routes.into_make_service();
    let task = if let Some(config) = config {
        let config = RustlsConfig::from_config(Arc::new(config));
        let mut server =
            axum_server::from_tcp_rustls(listener, config).map_err(failed)?.handle(handle.clone());
        bound(server.http_builder(), limits);
        tokio::spawn(server.serve(routes))
    } else {
        let mut server = axum_server::from_tcp(listener).map_err(failed)?.handle(handle.clone());
        bound(server.http_builder(), limits);
        tokio::spawn(server.serve(routes))
    };
    crate::settle::begin(&hub);
    let smpp = account.map(|account| smpp::begin(&hub, account, &data));
    tracing::info!(%address, tenant = %hub.tenant.id(), epoch = %hub.epoch, "listening");
    Ok(Served { address, scheme, hub, handle, quic, smpp, task, gone })
}

/// With its secret, from its file.
fn account(settings: SmppSettings) -> Result<Account, BadConfig> {
    let password = std::fs::read_to_string(&settings.password_file)?;
    Account::of(settings, &password).ok_or(BadConfig::Smpp)
}

/// QUIC beside TCP. Without it the IOC serves all the same: its phones find the other link.
fn beside(
    address: SocketAddr,
    tls: Option<rustls::ServerConfig>,
    limits: Limits,
    routes: axum::Router,
) -> Option<Listening> {
    let tls = tls.map_or_else(quic::own_certificate, Ok);
    match tls.and_then(|tls| quic::listen(address, tls, limits, routes)) {
        Ok(listening) => Some(listening),
        Err(error) => {
            tracing::warn!(%error, %address, "no QUIC: not listening on UDP");
            None
        }
    }
}

impl Served {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same, as an address to ask.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Stops: takes no new connection, cuts uploads (their bytes are held), lets other requests end, for a bounded time.
    /// Afterwards the folder is free for another hub.
    pub async fn stop(self) -> Result<(), ServeError> {
        let Self { address, hub, handle, quic, smpp, task, mut gone, .. } = self;
        let longest = Duration::from_secs(hub.limits.stop_s.into());
        hub.floor.stop();
        if let Some(quic) = quic {
            quic.stop();
        }
        if let Some(smpp) = smpp {
            smpp.stop(longest).await;
        }
        handle.graceful_shutdown(Some(longest));
        let result = ended(address, task).await;
        drop(hub);
        // What a cut request still does with the folder is bounded too.
        let _ = tokio::time::timeout(longest, gone.recv()).await;
        tracing::info!("stopped");
        result
    }

    /// Waits until it ends by itself, which it does only when listening fails.
    pub async fn ended(self) -> Result<(), ServeError> {
        ended(self.address, self.task).await
    }
}

async fn ended(address: SocketAddr, task: JoinHandle<io::Result<()>>) -> Result<(), ServeError> {
    let result = task.await.unwrap_or_else(|gone| Err(io::Error::other(gone)));
    result.map_err(|error| ServeError::Listen(address, error))
}

/// Bounds what one connection may ask for. A body is bounded by its progress, in the rooms.
fn bound(builder: &mut Builder<TokioExecutor>, limits: Limits) {
    let head = Duration::from_secs(limits.head_s.into());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(HEAD_BYTES_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams_max)
        .max_header_list_size(HEAD_BYTES_MAX_H2)
        .keep_alive_interval(limits.silence())
        .keep_alive_timeout(head);
}

/// Largest head of an HTTP/1.1 request, and read buffer, in bytes.
const HEAD_BYTES_MAX: usize = 64 * 1_024;
/// Largest head of an HTTP/2 request, in bytes.
const HEAD_BYTES_MAX_H2: u32 = 16 * 1_024;

fn tls_config(files: &TlsFiles) -> Result<rustls::ServerConfig, ServeError> {
    let fail = |error: Box<dyn std::error::Error + Send + Sync>| ServeError::Tls(error);
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(&files.cert).and_then(Iterator::collect);
    let chain = chain.map_err(|error| fail(error.into()))?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| fail(error.into()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions =
        rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| fail(error.into()))?;
    let config = versions.with_no_client_auth().with_single_cert(chain, key);
    let mut config = config.map_err(|error| fail(error.into()))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
