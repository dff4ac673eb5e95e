//! Pictures of public cases, without metadata. Originals are never asked for: only what the public case lists is read.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use paht_hub::ports::Shelf as _;
use paht_hub::publish::public_case;
use paht_model::capture::MediaType;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, Sha256};
use paht_model::limits::RENDITION_BYTES_MAX;
use paht_model::wire::sync::PartName;

use super::strip::strip;
use crate::hub::Hub;
use crate::problem::Problem;

/// The name of a picture is its hash: what lies there never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /m/{code}/{hash}`.
pub(crate) async fn picture(
    State(hub): State<Arc<Hub>>,
    Path((code, hash)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let missing = || Problem::of(Code::NotFound);
    let code: CaseCode = code.parse().map_err(|_| missing())?;
    let hash: Sha256 = hash.parse().map_err(|_| missing())?;
    let tag = HeaderValue::try_from(format!("\"{hash}\"")).map_err(|_| missing())?;
    let known = asked.get(IF_NONE_MATCH) == Some(&tag);
    let (media_type, part) = hub.off_thread(move |hub| listed(hub, &code, hash)?.ok_or_else(missing)).await?;
    let headers = [(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)), (ETAG, tag)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let bytes = hub.off_thread(move |hub| clean(hub, &part, media_type)?.ok_or_else(missing)).await?;
    Ok((headers, [(CONTENT_TYPE, media_type.as_str())], bytes).into_response())
}

/// The part behind a picture that the public case lists and that has arrived.
fn listed(hub: &Hub, code: &CaseCode, hash: Sha256) -> Result<Option<(MediaType, PartName)>, Problem> {
    let found = hub.read_here(|ledger| {
        let Some(case) = public_case(ledger, code)? else { return Ok(None) };
        let Some(picture) = case.pictures.into_iter().find(|one| one.hash == hash && one.arrived) else {
            return Ok(None);
        };
        let record = ledger.case_by_code(code)?;
        Ok(record.map(|record| (picture.media_type, PartName { report: record.report, hash })))
    })?;
    Ok(found)
}

fn clean(hub: &Hub, part: &PartName, media_type: MediaType) -> Result<Option<Bytes>, Problem> {
    let limit = usize::try_from(RENDITION_BYTES_MAX).unwrap_or(usize::MAX);
    Ok(hub.shelf.read(part, 0, limit)?.and_then(|bytes| strip(media_type, bytes.into())))
}
