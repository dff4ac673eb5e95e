//! The way to the hub: one round trip for a sync, one request for a transfer. Over HTTP at first, which costs least and
//! passes everywhere; over QUIC ([`quic`]) as soon as media are to be sent and the network lets it through.
//!
//! Only what the hub itself said counts ([`reply`]); a stall is noticed by bytes that do not move, never by how long a
//! whole request takes ([`stall`], [`follow`]); certificates are judged by the best knowledge of true time ([`trust`]).

mod ask;
mod bundle;
mod follow;
mod nearby;
mod officer;
mod quic;
mod reply;
mod services;
mod stall;
mod trust;
mod upload;
mod way;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use paht_engine::ports::Clock;
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::time::HubTimeMark;
use paht_model::wire::exchange::{Ask, Field, Verb};
use paht_model::wire::sync::SyncReply;
use reqwest::{Body, Client, Url};
use rustls::ClientConfig;
use tokio::time::Instant;

use quic::{Greeting, Question, Quic, Road};
use stall::Moved;
use trust::TrueClock;
pub use upload::Sending;
use way::Way;

/// How much is handed to the connection at a time, in bytes.
const PIECE_BYTES: usize = 16 * 1024;
/// How long a connection may take to come up, in milliseconds.
const CONNECT_MS: u64 = 30_000;
/// A connection that took no longer was there before, in milliseconds.
const AT_ONCE_MS: u64 = 100;
/// How long no byte may move before a link counts as cut, in milliseconds, where nothing else is asked.
pub const STALL_MS: u64 = 20_000;

/// What the link to the hub is made with.
#[derive(Clone)]
pub struct LinkOptions {
    /// The IOC's address; `http://` where nothing secret is at stake.
    pub ioc: String,
    /// Certificates of a private authority, in PEM; the public ones count only where this is empty.
    pub roots: Vec<String>,
    /// SHA-256 of public keys (SPKI) or certificates whose dates are not held against them while true time is unknown.
    pub pins: Vec<Sha256>,
    /// How long no byte may move before the link counts as cut, in milliseconds.
    pub stall_ms: u64,
    /// Whether QUIC is tried.
    pub quic: bool,
}

/// Why there was no reply of the hub's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct LinkFailure {
    /// What was seen.
    pub code: Code,
    /// How long the hub asked to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
}

impl From<Code> for LinkFailure {
    fn from(code: Code) -> Self {
        Self { code, retry_after_ms: None }
    }
}

/// The link to one hub. Clones share it.
#[derive(Clone)]
pub struct HubLink {
    shared: Arc<Shared>,
}

struct Shared {
    ioc: Url,
    tls: ClientConfig,
    stall: Duration,
    time: Arc<TrueClock>,
    client: Mutex<Client>,
    quic: Option<Quic>,
    way: Way,
}

impl std::fmt::Debug for HubLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HubLink").field("ioc", &self.shared.ioc.as_str()).finish_non_exhaustive()
    }
}

impl HubLink {
    /// Makes ready; nothing is sent. `LinkDown` for an address that is none, `LinkUntrusted` for roots that are none.
    pub fn new(options: &LinkOptions, clock: Arc<dyn Clock + Send + Sync>) -> Result<Self, Code> {
        let ioc: Url = options.ioc.parse().map_err(|_| Code::LinkDown)?;
        if !matches!(ioc.scheme(), "http" | "https") || !ioc.has_host() {
            return Err(Code::LinkDown);
        }
        let time = Arc::new(TrueClock::new(clock));
        let tls = trust::config(&options.roots, &options.pins, &time)?;
        let client = Mutex::new(client(&tls)?);
        let stall = Duration::from_millis(options.stall_ms.max(1));
        let quic = if options.quic { Some(quic_to(&ioc, &tls)?) } else { None };
        Ok(Self { shared: Arc::new(Shared { ioc, tls, stall, time, client, quic, way: Way::default() }) })
    }

    /// What the hub last said of the time; certificates are judged by it.
    pub fn heard(&self, mark: Option<HubTimeMark>) {
        self.shared.time.heard(mark);
    }

    /// The phone is on another network: TCP connections may be dead without knowing it, a QUIC one moves there.
    pub fn network_changed(&self) {
        self.renew();
        self.shared.way.forget();
        if let Some(quic) = &self.shared.quic {
            quic.network_changed();
        }
    }

    /// Drops every open connection: after a failure they may be dead without knowing it.
    fn renew(&self) {
        if let Ok(new) = client(&self.shared.tls) {
            *self.shared.client.lock().unwrap_or_else(PoisonError::into_inner) = new;
        }
    }

    /// One round trip with signed bytes. Asked over QUIC in vain, it is asked again over HTTP: it may come twice. Where
    /// media follow, QUIC's greeting goes with the question, and is answered with it; where the greeting is answered and the
    /// question is not, something of it was lost, and it is asked over QUIC too.
    pub async fn sync(&self, signed: Vec<u8>, media_follow: bool) -> Result<SyncReply, LinkFailure> {
        if let Some((quic, road)) = self.road() {
            match self.sync_by_quic(&road, &signed).await {
                Err(failure) if failure.code == Code::LinkDown => quic.failed(&road),
                done => return done,
            }
        }
        let moved = Moved::default();
        let beside = self.sync_beside(&signed, &moved);
        tokio::select! {
            biased;
            done = self.sync_by_http(signed.clone(), media_follow, &moved) => done,
            Ok(reply) = beside, if media_follow => Ok(reply),
        }
    }

    async fn sync_by_quic(&self, road: &Road, signed: &[u8]) -> Result<SyncReply, LinkFailure> {
        let moved = road.moved();
        let asked = async {
            let response = road.ask(sync_question(signed, &moved)).await?;
            reply::read_sync(response, &moved).await
        };
        self.watched(&moved, asked).await
    }

    /// Asks the same over QUIC, if that is up and a while later nothing has come of the question over HTTP.
    async fn sync_beside(&self, signed: &[u8], by_http: &Moved) -> Result<SyncReply, LinkFailure> {
        let Some(quic) = &self.shared.quic else { return Err(Code::LinkDown.into()) };
        let road = quic.coming().await;
        tokio::time::sleep(road.while_for_others()).await;
        if by_http.is_answered() {
            return Err(Code::LinkDown.into());
        }
        self.sync_by_quic(&road, signed).await
    }

    async fn sync_by_http(
        &self,
        signed: Vec<u8>,
        media_follow: bool,
        moved: &Moved,
    ) -> Result<SyncReply, LinkFailure> {
        let asked = async {
            let length = signed.len();
            // Greeted with the first piece.
            let mut link = media_follow.then(|| self.clone());
            let began = Instant::now();
            let pieces = counted_pieces(signed, moved.clone()).inspect(move |_| {
                if let Some(link) = link.take() {
                    link.greet_beside(began.elapsed());
                }
            });
            let body = Body::wrap_stream(pieces);
            let request = self.client().post(self.address(&["v1", "sync"])?);
            let request = request.header(CONTENT_TYPE, CBOR).header(ACCEPT, CBOR);
            let sent = request.header(CONTENT_LENGTH, length).body(body).send().await;
            let response = sent.map_err(|error| reply::unsent(&error))?;
            moved.answered();
            reply::read_sync(response, moved).await
        };
        let done = self.watched(moved, asked).await;
        if done.is_err_and_stale() {
            self.renew();
        }
        if done.is_ok() {
            self.heard_by_http();
        }
        done
    }

    /// Greets the hub beside a question whose connection took so long to come up: a round trip, or two where TLS is greeted
    /// too. One that was there took no time, and tells nothing.
    fn greet_beside(&self, came_up: Duration) {
        let Some(quic) = &self.shared.quic else { return };
        let round_trip = if self.shared.ioc.scheme() == "https" { came_up / 2 } else { came_up };
        if round_trip > Duration::from_millis(AT_ONCE_MS) {
            quic.other_came_up(round_trip);
        }
        quic.greet();
    }

    /// Runs something on the link, and calls it cut when nothing moves for too long.
    async fn watched<T>(
        &self,
        moved: &Moved,
        asked: impl Future<Output = Result<T, LinkFailure>>,
    ) -> Result<T, LinkFailure> {
        stall::watched(self.shared.stall, moved, asked).await.unwrap_or(Err(Code::LinkDown.into()))
    }

    /// The hub was heard by HTTP: a greeting that stays unanswered meanwhile did not fall into a cut.
    fn heard_by_http(&self) {
        if let Some(quic) = &self.shared.quic {
            quic.other_heard();
        }
    }

    /// Whether the connection there is was never silent for long.
    pub(crate) fn is_calm(&self) -> bool {
        self.road().is_some_and(|(_, road)| road.is_calm())
    }

    /// Whether transfers may go while a question waits for its answer: over QUIC, where what is asked goes first.
    pub(crate) fn carries_beside(&self) -> bool {
        self.road().is_some()
    }

    /// The QUIC connection, if there is one.
    fn road(&self) -> Option<(&Quic, Road)> {
        let quic = self.shared.quic.as_ref()?;
        Some((quic, quic.up()?))
    }

    fn client(&self) -> Client {
        self.shared.client.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn address(&self, path: &[&str]) -> Result<Url, LinkFailure> {
        let mut address = self.shared.ioc.clone();
        address.path_segments_mut().map_err(|()| Code::LinkDown)?.pop_if_empty().extend(path);
        Ok(address)
    }
}

/// The media type of everything signed.
const CBOR: &str = "application/cbor";
/// Statements go before every byte of media.
const SYNC_PRIORITY: i32 = 10;

fn sync_question<'q>(
    signed: &[u8],
    moved: &'q Moved,
) -> Question<'q, impl Stream<Item = std::io::Result<Bytes>> + Send + 'static> {
    let fields = [("content-type", CBOR), ("accept", CBOR)];
    let fields = fields.iter().filter_map(|(name, value)| Field::new(name, value)).collect();
    let ask = Ask { verb: Verb::Post, path: "/v1/sync".into(), fields, body_bytes: signed.len() as u64 };
    let body = counted_pieces(signed.to_vec(), Moved::default());
    Question { ask, body, moved, priority: SYNC_PRIORITY, part: None }
}

/// QUIC under the host and number of the address. Over `http://`, where nothing secret is at stake, any certificate does.
fn quic_to(ioc: &Url, tls: &ClientConfig) -> Result<Quic, Code> {
    let host = ioc.host_str().ok_or(Code::LinkDown)?.to_owned();
    let port = ioc.port_or_known_default().ok_or(Code::LinkDown)?;
    let tls = if ioc.scheme() == "https" { tls.clone() } else { trust::unguarded()? };
    Ok(Quic::new(Greeting::new(host, port, tls)?))
}

/// Whether the connection should not be used again.
trait Stale {
    fn is_err_and_stale(&self) -> bool;
}

impl<T> Stale for Result<T, LinkFailure> {
    fn is_err_and_stale(&self) -> bool {
        matches!(self, Err(failure) if matches!(failure.code, Code::LinkDown | Code::LinkGarbled | Code::LinkForeign))
    }
}

fn client(tls: &ClientConfig) -> Result<Client, Code> {
    Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_millis(CONNECT_MS))
        .user_agent(concat!("paht/", env!("CARGO_PKG_VERSION")))
        .no_proxy()
        .build()
        .map_err(|error| {
            tracing::error!(%error, "no client could be made");
            Code::LinkDown
        })
}

/// A body handed over piece by piece, so that what moves is seen.
fn counted_pieces(
    bytes: Vec<u8>,
    moved: Moved,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
    let rest = Bytes::from(bytes);
    stream::unfold((rest, moved), |(mut rest, moved)| async move {
        if rest.is_empty() {
            return None;
        }
        let piece = rest.split_to(rest.len().min(PIECE_BYTES));
        moved.sent(piece.len() as u64);
        Some((Ok(piece), (rest, moved)))
    })
}
