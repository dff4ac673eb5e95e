//! One transfer: a tus PATCH from the byte the hub has on. Dropping it stops it; the hub keeps what it got, and the next
//! sync tells the byte to go on from.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use paht_engine::upload::{Upload, UploadEnd};
use paht_model::fault::Code;
use paht_model::ids::{Sha256, Sha256Stream};
use paht_model::wire::Blob;
use reqwest::{Body, Response};
use tokio::io::AsyncReadExt as _;
use tokio::sync::watch;

use super::stall::{self, Moved};
use super::{HubLink, LinkFailure, PIECE_BYTES, Stale as _, reply};

/// A transfer about to begin, and the file it sends.
#[derive(Debug)]
pub struct Sending<'u> {
    /// What is sent, and from which byte on.
    pub upload: &'u Upload,
    /// The file.
    pub file: File,
    /// Told how many bytes of it were handed to the link.
    pub sent: watch::Sender<u64>,
}

impl HubLink {
    /// Sends a file from the byte the hub has on.
    pub async fn upload(&self, sending: Sending<'_>) -> UploadEnd {
        let upload = sending.upload;
        let Ok(mut file) = sending.file.try_clone() else { return UploadEnd::FileLost };
        let length = file.metadata().map(|about| about.len());
        if length.ok() != Some(upload.entry.bytes) || upload.offset_bytes > upload.entry.bytes {
            return UploadEnd::FileLost;
        }
        if file.seek(SeekFrom::Start(upload.offset_bytes)).is_err() {
            return UploadEnd::FileLost;
        }
        let moved = Moved::default();
        let asked = self.patch(upload, file, sending.sent, moved.clone());
        let answered = stall::watched(self.shared.stall, &moved, asked).await;
        let answered = answered.unwrap_or(Err(Code::LinkDown.into()));
        if answered.is_err_and_stale() {
            self.renew();
        }
        match answered {
            Ok(response) => judge(upload, sending.file, response, &moved).await,
            Err(failure) => cut(upload, failure),
        }
    }

    async fn patch(
        &self,
        upload: &Upload,
        file: File,
        sent: watch::Sender<u64>,
        moved: Moved,
    ) -> Result<Response, LinkFailure> {
        // A name of the hub's becomes part of an address: nothing in it may lead elsewhere.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if upload.session.is_empty() || upload.session.starts_with('.') || !upload.session.chars().all(plain)
        {
            return Err(Code::LinkGarbled.into());
        }
        let left = upload.entry.bytes.saturating_sub(upload.offset_bytes);
        let body = Body::wrap_stream(pieces(file, upload.offset_bytes, sent, moved.clone()));
        let request = self
            .client()
            .patch(self.address(&["v1", "files", &upload.session])?)
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", upload.offset_bytes)
            .header(CONTENT_TYPE, "application/offset+octet-stream")
            .header(CONTENT_LENGTH, left);
        let response = request.body(body).send().await.map_err(|error| reply::unsent(&error))?;
        moved.more(1);
        Ok(response)
    }
}

async fn judge(upload: &Upload, file: File, response: Response, moved: &Moved) -> UploadEnd {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    if response.status() == StatusCode::NO_CONTENT {
        if !reply::is_hubs(&response) {
            return cut(upload, Code::LinkForeign.into());
        }
        if let Some(receipt) = header("paht-receipt").and_then(|text| STANDARD.decode(text).ok()) {
            return UploadEnd::Whole { receipt: Blob(receipt) };
        }
        return match header("upload-offset").and_then(|text| text.parse().ok()) {
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
        400..=499 if refusal.by_hub && !matches!(failure.code, Code::TooMany | Code::HubBusy) => {
            UploadEnd::Refused { code: failure.code }
        }
        _ => cut(upload, failure),
    }
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
async fn wrong_hash(upload: &Upload, file: File) -> UploadEnd {
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

/// The rest of a file, piece by piece.
fn pieces(
    file: File,
    offset: u64,
    sent: watch::Sender<u64>,
    moved: Moved,
) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
    let file = tokio::fs::File::from_std(file);
    stream::try_unfold((file, offset, sent, moved), |(mut file, at, sent, moved)| async move {
        let mut piece = bytes::BytesMut::with_capacity(PIECE_BYTES);
        let count = file.read_buf(&mut piece).await?;
        if count == 0 {
            return Ok(None);
        }
        let at = at.saturating_add(count as u64);
        moved.sent(count as u64);
        sent.send_replace(at);
        Ok(Some((piece.freeze(), (file, at, sent, moved))))
    })
}
