//! Media, resumable at the byte: tus 1.0.0, core and creation. A client creates an upload for a part that a statement
//! or derivation declares, asks how many bytes are held (`HEAD`), and sends the rest (`PATCH`), as often as it takes.
//! `GET` is ours: the same question beside a `PATCH` that goes on.
//!
//! Only one request at a time writes a part ([`floor`]); a newer one takes over from an older, since the older is most
//! likely a connection that died unnoticed. Bytes go to the shelf as they arrive ([`write`]), so a cut loses none.

mod floor;
mod headers;
mod write;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Path, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ALLOW, CACHE_CONTROL, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use paht_hub::ports::{DeclaredPart, Shelf as _};
use paht_hub::upload::{admit, part_of, session};
use paht_model::fault::Code;
use paht_model::limits::VIDEO_BYTES_MAX;
use paht_model::wire::sync::{PartName, SetDigest};

pub(crate) use floor::{Floor, Turn};
use headers::{Creation, Piece, checked_version};
pub(crate) use write::{Arrived, Incoming, settle, write};

use crate::hub::Hub;
use crate::problem::Problem;

pub(crate) const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
/// Carries the signed receipt of a part that is held whole, as base64.
const RECEIPT: HeaderName = HeaderName::from_static("paht-receipt");
/// Carries the digest of all that the hub holds for the phone whose part that is, as base64.
const HELD: HeaderName = HeaderName::from_static("paht-held");
/// What an upload's address takes, a `POST` in the place of another method apart.
const ALLOWED: HeaderValue = HeaderValue::from_static("GET,HEAD,PATCH,OPTIONS");
/// The one version we speak.
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// Every answer of this room names the version, refusals too.
pub(crate) async fn resumable(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().get_mut::<Problem>() {
        let mut told = problem.clone().with_header(TUS_RESUMABLE, VERSION);
        if told.code() == Code::UploadProtocol {
            told = told.with_header(TUS_VERSION, VERSION);
        }
        *problem = told;
    }
    response.headers_mut().insert(TUS_RESUMABLE, VERSION);
    response
}

/// `OPTIONS`: what we can do.
pub(crate) async fn options() -> Response {
    let headers = [
        (TUS_VERSION, VERSION),
        (TUS_EXTENSION, HeaderValue::from_static("creation")),
        (TUS_MAX_SIZE, HeaderValue::from(VIDEO_BYTES_MAX)),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// `POST /v1/files`: names an upload. The same part always gets the same address.
pub(crate) async fn create(State(hub): State<Arc<Hub>>, headers: HeaderMap) -> Result<Response, Problem> {
    checked_version(&headers)?;
    let Creation { part, length } = Creation::read(&headers)?;
    let held = hub
        .off_thread(move |hub| {
            let declared = hub.read_here(|ledger| admit(ledger, &part, Some(length)))?;
            held(hub, &part, &declared)
        })
        .await?;
    let address = HeaderValue::try_from(format!("/v1/files/{}", session(&part)));
    let address = address.map_err(|_| Problem::of(Code::HubFailed))?;
    Ok((StatusCode::CREATED, [(LOCATION, address), (UPLOAD_OFFSET, HeaderValue::from(held))]).into_response())
}

/// `HEAD /v1/files/{session}`: how many bytes are held. Whoever asks wants to go on, so an older writer has to stop.
pub(crate) async fn head(
    State(hub): State<Arc<Hub>>,
    Path(session): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    checked_version(&headers)?;
    let (part, declared) = known(&hub, &session).await?;
    let turn = Arc::new(hub.floor.take(part).await);
    let standing = hub.off_thread(move |hub| standing(hub, &turn, &declared)).await?;
    Ok(standing.told(StatusCode::OK))
}

/// `GET /v1/files/{session}`: how many bytes are held, for whoever follows an upload that goes on: nobody has to stop.
pub(crate) async fn follow(
    State(hub): State<Arc<Hub>>,
    Path(session): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    checked_version(&headers)?;
    let (part, declared) = known(&hub, &session).await?;
    let length = declared.bytes;
    let held = hub.off_thread(move |hub| held(hub, &part, &declared)).await?;
    Ok(Standing { held, length, receipt: None, phones: None }.told(StatusCode::NO_CONTENT))
}

fn held(hub: &Hub, part: &PartName, declared: &DeclaredPart) -> Result<u64, Problem> {
    if hub.shelf.is_whole(part)? { Ok(declared.bytes) } else { Ok(hub.shelf.staged_bytes(part)?) }
}

/// `PATCH /v1/files/{session}`: the next bytes.
pub(crate) async fn patch(
    State(hub): State<Arc<Hub>>,
    Path(session): Path<String>,
    headers: HeaderMap,
    arrived: Option<Extension<Arrived>>,
    body: Body,
) -> Result<Response, Problem> {
    checked_version(&headers)?;
    let (part, declared) = known(&hub, &session).await?;
    let piece = Piece::read(&headers)?;
    // A task of its own: when the connection breaks, this handler is dropped, but what had arrived is still written.
    let writing = tokio::spawn(async move {
        let turn = hub.floor.take(part).await;
        let arrived = arrived.map(|Extension(arrived)| arrived);
        let incoming = Incoming { body, from: piece.offset, skip: 0, length: piece.length, arrived };
        write(&hub, turn, &declared, incoming).await
    });
    let standing = writing.await.unwrap_or(Err(Problem::of(Code::HubFailed)))?;
    Ok((StatusCode::NO_CONTENT, standing.headers()).into_response())
}

/// `POST` in the place of a method that some proxy does not let through.
pub(crate) async fn overridden(
    state: State<Arc<Hub>>,
    path: Path<String>,
    headers: HeaderMap,
    arrived: Option<Extension<Arrived>>,
    body: Body,
) -> Result<Response, Problem> {
    match headers.get(METHOD_OVERRIDE).map(HeaderValue::as_bytes) {
        Some(b"PATCH") => patch(state, path, headers, arrived, body).await,
        Some(b"HEAD") => head(state, path, headers).await,
        _ => Err(Problem::of(Code::WrongMethod).with_header(ALLOW, ALLOWED)),
    }
}

/// The part that a session names, if it may be uploaded. For tus an upload that is not (or no longer) to be had is 404:
/// the client then creates it anew, and hears why not.
async fn known(hub: &Arc<Hub>, session: &str) -> Result<(PartName, DeclaredPart), Problem> {
    let part = part_of(session).ok_or(Problem::of(Code::NotFound))?;
    let admitted = hub.read(move |ledger| admit(ledger, &part, None)).await;
    let declared = admitted.map_err(|problem| match problem.code() {
        Code::UploadUndeclared => problem.with_status(StatusCode::NOT_FOUND),
        _ => problem,
    })?;
    Ok((part, declared))
}

/// Where an upload stands.
pub(crate) struct Standing {
    /// Bytes held.
    pub(crate) held: u64,
    /// Bytes declared.
    pub(crate) length: u64,
    /// The receipt, once all is held.
    pub(crate) receipt: Option<Vec<u8>>,
    /// What the hub then holds for the phone whose part it is.
    pub(crate) phones: Option<SetDigest>,
}

impl Standing {
    /// The answer to whoever asks; it is true for now only.
    fn told(&self, status: StatusCode) -> Response {
        let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        (status, no_store, self.headers()).into_response()
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(UPLOAD_OFFSET, HeaderValue::from(self.held));
        headers.insert(UPLOAD_LENGTH, HeaderValue::from(self.length));
        let receipt = self.receipt.as_ref().map(|bytes| (RECEIPT, STANDARD.encode(bytes)));
        let phones = self.phones.map(|digest| (HELD, STANDARD.encode(digest.as_bytes())));
        for (name, text) in [receipt, phones].into_iter().flatten() {
            headers.extend(HeaderValue::try_from(text).ok().map(|value| (name, value)));
        }
        headers
    }
}

/// Where an upload stands; if all bytes are there, it is settled first (a hub that was stopped in between left it so).
pub(crate) fn standing(hub: &Hub, turn: &Turn, declared: &DeclaredPart) -> Result<Standing, Problem> {
    let part = turn.part();
    let staged = hub.shelf.staged_bytes(part)?;
    if staged >= declared.bytes || hub.shelf.is_whole(part)? {
        return settle(hub, part, declared);
    }
    Ok(Standing { held: staged, length: declared.bytes, receipt: None, phones: None })
}
