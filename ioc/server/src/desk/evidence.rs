//! An agency's evidence comes before its answer: the original of an after-photo, which is never shown, and a rendition,
//! which is. `PUT` of the same bytes may be repeated; a broken one is taken up where it was cut.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use paht_hub::casework::{Actor, declare_evidence};
use paht_hub::ports::{DeclaredPart, Shelf as _};
use paht_model::capture::MediaType;
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::limits::{PHOTO_BYTES_MAX, PREVIEW_BYTES_MAX, RENDITION_BYTES_MAX, VIDEO_BYTES_MAX};
use paht_model::part::PartKind;
use paht_model::wire::sync::PartName;
use serde::{Deserialize, Serialize};

use super::token::Bearer;
use super::{case_code, visible};
use crate::hub::Hub;
use crate::problem::Problem;
use crate::sync::content_length;
use crate::tus::{Incoming, write};

/// What the address says of the bytes.
#[derive(Deserialize)]
pub(crate) struct EvidenceParams {
    kind: PartKind,
    #[serde(rename = "type")]
    media_type: MediaType,
    of: Option<Sha256>,
    width: Option<u32>,
    height: Option<u32>,
}

#[derive(Serialize)]
struct Taken {
    hash: Sha256,
    kind: PartKind,
    bytes: u64,
}

/// `PUT /v1/desk/cases/{code}/evidence/{hash}?kind=&type=&of=&width=&height=`: the bytes as body, with their length.
pub(crate) async fn evidence(
    State(hub): State<Arc<Hub>>,
    bearer: Bearer,
    Path((code, hash)): Path<(String, String)>,
    Query(params): Query<EvidenceParams>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let actor = bearer.actor()?;
    let code = case_code(&code)?;
    let declared = params.declared(&hash, content_length(&headers))?;
    let part_declared = declared.clone();
    let part = hub
        .decide(move |ledger, _, context| {
            let agency = match &actor {
                Actor::Operator => None,
                Actor::Agency(agency) => Some(agency),
            };
            let record = visible(ledger, &code, agency)?;
            let hash = part_declared.hash;
            declare_evidence(ledger, context, &code, &[part_declared])?;
            Ok(PartName { report: record.report, hash })
        })
        .await?;
    let taken = Taken { hash: declared.hash, kind: declared.kind, bytes: declared.bytes };
    let writing = tokio::spawn(async move { take(&hub, part, declared, body).await });
    writing.await.unwrap_or(Err(Problem::of(Code::HubFailed)))?;
    Ok((StatusCode::CREATED, Json(taken)).into_response())
}

/// Reads past what is held already: the name says that they are the same bytes, and the hash is checked at the end.
async fn take(hub: &Arc<Hub>, part: PartName, declared: DeclaredPart, body: Body) -> Result<(), Problem> {
    let turn = hub.floor.take(part).await;
    let length = declared.bytes;
    let held = hub
        .off_thread(move |hub| {
            if hub.shelf.is_whole(&part)? { Ok(length) } else { Ok(hub.shelf.staged_bytes(&part)?) }
        })
        .await?;
    let incoming = Incoming { body, from: held, skip: held, length: Some(length), arrived: None };
    let standing = write(hub, turn, &declared, incoming).await?;
    if standing.receipt.is_some() { Ok(()) } else { Err(Problem::of(Code::UploadWrongLength)) }
}

impl EvidenceParams {
    fn declared(&self, hash: &str, length: Option<u64>) -> Result<DeclaredPart, Problem> {
        let hash = hash.parse().map_err(|_| Problem::of(Code::NotFound))?;
        let bytes =
            length.ok_or(Problem::of(Code::RequestMalformed).with_status(StatusCode::LENGTH_REQUIRED))?;
        let video = matches!(self.media_type, MediaType::Mp4 | MediaType::QuickTime);
        let bytes_max = match self.kind {
            PartKind::Original if video => VIDEO_BYTES_MAX,
            PartKind::Original => PHOTO_BYTES_MAX,
            PartKind::Rendition => RENDITION_BYTES_MAX,
            PartKind::Preview => PREVIEW_BYTES_MAX,
            _ => return Err(Problem::of(Code::RequestMalformed)),
        };
        if bytes > bytes_max {
            return Err(Problem::of(Code::MediaTooLarge));
        }
        Ok(DeclaredPart {
            hash,
            kind: self.kind,
            bytes,
            media_type: self.media_type,
            of: self.of,
            size: self.width.zip(self.height),
            thumbhash: None,
            evidence: true,
            by: None,
        })
    }
}
