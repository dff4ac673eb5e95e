//! One transfer: a tus PATCH from the byte the hub has on, over QUIC where that is to be had. Dropping it stops it; the hub keeps what it got, and the next
//! sync tells the byte to go on from.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::{Stream, TryStreamExt as _, stream};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use paht_engine::upload::{Upload, UploadEnd};
use paht_model::fault::Code;
use paht_model::ids::{Sha256, Sha256Stream};
use paht_model::part::PartKind;
use paht_model::wire::Blob;
use paht_model::wire::exchange::{Ask, Field, Verb};
use reqwest::{Body, Response, Url};
use tokio::sync::watch;

use super::follow::WORTH_FOLLOWING_BYTES;
use super::quic::{Question, Road, Telling};
use super::stall::Moved;
use super::{HubLink, LinkFailure, PIECE_BYTES, Stale as _, reply};

/// A transfer about to begin, and the file it sends.
#[derive(Debug)]
pub struct Sending<'u> {
    /// What is sent, and from which byte on.
    pub upload: &'u Upload,
    /// The file.
    pub file: File,
    /// Told how many bytes of it the hub holds.
    pub sent: watch::Sender<u64>,
    /// Told that bytes may have left.
    pub begun: &'u AtomicBool,
    /// Told that all bytes have left and only the answer is missing, where another transfer may go on beside it.
    pub all_handed: watch::Sender<bool>,
}

/// A transfer of more than this waits until it is known whether QUIC is to be had; what is smaller goes at once by what is
/// there, in bytes.
const WORTH_WAITING_BYTES: u64 = 64 * 1024;

/// What is small goes first; all of it after statements.
const fn priority(kind: PartKind) -> i32 {
    match kind {
        PartKind::Statement => 5,
        PartKind::Preview => 4,
        PartKind::VoiceNote => 3,
        PartKind::Rendition => 2,
        PartKind::Original | PartKind::Unknown(_) => 1,
        PartKind::Bundle => 0,
    }
}

impl Sending<'_> {
    /// Cut; what the hub said it holds lay there for certain, and shows that the link works, if badly.
    fn cut(&self, failure: LinkFailure) -> UploadEnd {
        let offset_bytes = self.upload.offset_bytes.max(*self.sent.borrow());
        cut(&Upload { offset_bytes, ..self.upload.clone() }, failure)
    }
}

impl HubLink {
    /// Sends a file from the byte the hub has on.
    pub async fn upload(&self, sending: Sending<'_>) -> UploadEnd {
        let upload = sending.upload;
        let length = sending.file.metadata().map(|about| about.len());
        if length.ok() != Some(upload.entry.bytes) || upload.offset_bytes > upload.entry.bytes {
            return UploadEnd::FileLost;
        }
        // A name of the hub's becomes part of an address: nothing in it may lead elsewhere.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if upload.session.is_empty() || upload.session.starts_with('.') || !upload.session.chars().all(plain)
        {
            return cut(upload, Code::LinkGarbled.into());
        }
        let left = upload.entry.bytes.saturating_sub(upload.offset_bytes);
        let road = match &self.shared.quic {
            Some(quic) if left > WORTH_WAITING_BYTES => quic.road().await,
            Some(quic) => quic.up(),
            None => None,
        };
        sending.begun.store(true, Ordering::Relaxed);
        match road {
            Some(road) => self.by_quic(&road, &sending).await,
            None => self.by_http(&sending).await,
        }
    }

    /// In one request, or in as many as the way there takes: each that is refused for its size is made smaller, and the next
    /// goes on where this one ends.
    async fn by_http(&self, sending: &Sending<'_>) -> UploadEnd {
        let (upload, way) = (sending.upload, &self.shared.way);
        loop {
            let Ok(file) = sending.file.try_clone() else { return UploadEnd::FileLost };
            let bytes = way.piece(upload.entry.bytes.saturating_sub(upload.offset_bytes));
            let moved = Moved::default();
            let answered = tokio::select! {
                biased;
                answered = self.watched(&moved, self.patch(upload, file, bytes, moved.clone())) => answered,
                () = self.stuck(upload, bytes, &sending.sent, &moved), if bytes > WORTH_FOLLOWING_BYTES => {
                    Err(Code::LinkDown.into())
                }
            };
            if answered.is_err_and_stale() {
                self.renew();
            }
            let response = match answered {
                Ok(response) => response,
                Err(failure) => {
                    if *sending.sent.borrow() <= upload.offset_bytes
                        && moved.sent_bytes() > WORTH_FOLLOWING_BYTES
                    {
                        way.lost(bytes);
                    }
                    return sending.cut(failure);
                }
            };
            let again = !reply::is_hubs(&response)
                && match response.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => way.too_large(bytes),
                    StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => way.no_patch(),
                    _ => false,
                };
            if !again {
                self.heard_by_http();
                return judge(upload, &sending.file, response, &moved).await;
            }
            // It may close what it did not read to its end.
            self.renew();
        }
    }

    async fn by_quic(&self, road: &Road, sending: &Sending<'_>) -> UploadEnd {
        let upload = sending.upload;
        let Ok(file) = sending.file.try_clone() else { return UploadEnd::FileLost };
        let moved = road.moved();
        let left = upload.entry.bytes.saturating_sub(upload.offset_bytes);
        let fields = [("upload-offset", upload.offset_bytes.to_string()), ("content-type", OFFSETS.into())];
        let part = Telling { held: sending.sent.clone(), all_handed: sending.all_handed.clone() };
        let question = Question {
            ask: ask(upload, &fields, left),
            body: file_pieces(file, (upload.offset_bytes, left)),
            moved: &moved,
            priority: priority(upload.entry.kind),
            part: Some(&part),
        };
        match self.watched(&moved, road.ask(question)).await {
            Ok(response) => judge(upload, &sending.file, response, &moved).await,
            Err(failure) => {
                if let (Code::LinkDown, Some(quic)) = (failure.code, &self.shared.quic) {
                    quic.failed(road);
                }
                sending.cut(failure)
            }
        }
    }

    async fn patch(
        &self,
        upload: &Upload,
        file: File,
        bytes: u64,
        moved: Moved,
    ) -> Result<Response, LinkFailure> {
        let body = Body::wrap_stream(pieces(file, (upload.offset_bytes, bytes), moved.clone()));
        let (client, address) = (self.client(), self.transfer(upload)?);
        let request = if self.shared.way.by_post() {
            client.post(address).header("x-http-method-override", "PATCH")
        } else {
            client.patch(address)
        };
        let request = request
            .header(TUS.0, TUS.1)
            .header("upload-offset", upload.offset_bytes)
            .header(CONTENT_TYPE, OFFSETS)
            .header(CONTENT_LENGTH, bytes);
        let response = request.body(body).send().await.map_err(|error| reply::unsent(&error))?;
        moved.more(1);
        Ok(response)
    }

    /// Where a transfer lies at the hub.
    pub(super) fn transfer(&self, upload: &Upload) -> Result<Url, LinkFailure> {
        self.address(&["v1", "files", &upload.session])
    }
}

/// The header that names the version of tus.
pub(super) const TUS: (&str, &str) = ("tus-resumable", "1.0.0");

/// The media type of bytes that go on at an offset.
const OFFSETS: &str = "application/offset+octet-stream";

fn ask(upload: &Upload, fields: &[(&str, String)], body_bytes: u64) -> Ask {
    let fields = fields.iter().filter_map(|(name, value)| Field::new(name, value));
    let fields = fields.chain(Field::new(TUS.0, TUS.1)).collect();
    Ask { verb: Verb::Patch, path: format!("/v1/files/{}", upload.session), fields, body_bytes }
}

async fn judge(upload: &Upload, file: &File, response: Response, moved: &Moved) -> UploadEnd {
    if response.status() == StatusCode::NO_CONTENT {
        if !reply::is_hubs(&response) {
            return cut(upload, Code::LinkForeign.into());
        }
        if let Some(receipt) = bytes_in(&response, "paht-receipt") {
            let held = bytes_in(&response, "paht-held").and_then(|digest| digest.try_into().ok());
            return UploadEnd::Whole { receipt, held };
        }
        return match reply::upload_offset(&response) {
            Some(offset_bytes)
                if offset_bytes > upload.offset_bytes && offset_bytes <= upload.entry.bytes =>
            {
                UploadEnd::Paused { offset_bytes }
            }
            _ => cut(upload, Code::LinkGarbled.into()),
        };
    }
    let refusal = reply::refusal(response, moved).await;
    let failure = refusal.failure;
    match refusal.status.as_u16() {
        409 => cut(upload, LinkFailure { code: Code::UploadOffsetConflict, ..failure }),
        460 => wrong_hash(upload, file).await,
        507 if refusal.by_hub => UploadEnd::Refused { code: failure.code },
        400..=499 if refusal.by_hub && !matches!(failure.code, Code::TooMany | Code::HubBusy) => {
            UploadEnd::Refused { code: failure.code }
        }
        _ => cut(upload, failure),
    }
}

fn bytes_in(response: &Response, header: &str) -> Option<Blob> {
    let text = response.headers().get(header)?.to_str().ok()?;
    STANDARD.decode(text).ok().map(Blob)
}

/// Nothing is known of what arrived: the offset stays what it was, and is asked anew.
const fn cut(upload: &Upload, failure: LinkFailure) -> UploadEnd {
    UploadEnd::Cut {
        offset_bytes: upload.offset_bytes,
        fault: failure.code,
        retry_after_ms: failure.retry_after_ms,
    }
}

/// The hub got other bytes than were declared: either the link changed them, or the file here is no longer what it was.
async fn wrong_hash(upload: &Upload, file: &File) -> UploadEnd {
    let Ok(file) = file.try_clone() else { return UploadEnd::FileLost };
    let found = tokio::task::spawn_blocking(move || hash_of(file)).await;
    match found {
        Ok(Some(hash)) if hash == upload.entry.part.hash => {
            UploadEnd::Refused { code: Code::UploadWrongHash }
        }
        _ => UploadEnd::FileLost,
    }
}

fn hash_of(mut file: File) -> Option<Sha256> {
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut hash = Sha256Stream::default();
    let mut piece = vec![0_u8; PIECE_BYTES];
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(hash.finish()),
            count => hash.update(piece.get(..count)?),
        }
    }
}

/// Some of a file, piece by piece; what was handed to the system is counted.
fn pieces(
    file: File,
    part: (u64, u64),
    moved: Moved,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    file_pieces(file, part).inspect_ok(move |piece| moved.sent(piece.len() as u64))
}

/// So many bytes of a file from an offset on, piece by piece. Each is read where it lies: an earlier transfer of the same file
/// that was dropped may still be reading.
fn file_pieces(
    file: File,
    (offset, bytes): (u64, u64),
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    let end = offset.saturating_add(bytes);
    stream::try_unfold((Arc::new(file), offset), move |(file, at)| async move {
        let reading = Arc::clone(&file);
        let wanted = usize::try_from(end.saturating_sub(at)).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0_u8; wanted];
            let count = read_at(&reading, &mut piece, at)?;
            piece.truncate(count);
            Ok::<_, std::io::Error>(piece)
        });
        let piece = read.await.map_err(std::io::Error::other)??;
        let next = at.saturating_add(piece.len() as u64);
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), (file, next))))
    })
}

#[cfg(unix)]
fn read_at(file: &File, piece: &mut [u8], at: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, piece, at)
}

#[cfg(windows)]
fn read_at(file: &File, piece: &mut [u8], at: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, piece, at)
}
