//! `POST /v1/officer`: what an officer's phone wants to see of its agency's cases. The key that signed is all that tells
//! who asks; to any other key nothing is there.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use paht_hub::officer;
use paht_hub::ports::Shelf as _;
use paht_model::capture::MediaType;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, KeyThumbprint};
use paht_model::limits::{OFFICER_CASES_MAX, RENDITION_BYTES_MAX};
use paht_model::wire::officer::{OfficerAsk, OfficerCases, SignedBy};
use paht_model::wire::sync::PartName;
use paht_model::wire::to_bytes;
use paht_store::listing::{LIST_LIMIT_MAX, ListItem, ListQuery};

use crate::hub::Hub;
use crate::problem::Problem;
use crate::sync::{CBOR, is, whole_body};

/// Largest ask, in bytes: a signature and a part's name, with room.
const ASK_BYTES_MAX: usize = 4 * 1_024;
/// Most pages of the store read for one answer.
const SCANNED_PAGES_MAX: usize = 25;
/// What an officer sees is for that officer alone.
const NO_STORE: (http::HeaderName, HeaderValue) = (CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Answers one signed ask.
pub(crate) async fn ask(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    if !is(&headers, CONTENT_TYPE, CBOR) {
        return Err(Problem::of(Code::RequestMalformed).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let bytes = whole_body(&headers, body, ASK_BYTES_MAX).await?;
    let SignedBy { key, said } = OfficerAsk::open(&bytes)?;
    if said.tenant != *hub.tenant.id() {
        return Err(Problem::of(Code::TenantUnknown));
    }
    if let Some(part) = said.picture {
        let (media_type, bytes) = hub.off_thread(move |hub| picture(hub, &key, &part)).await?;
        return Ok(([NO_STORE], [(CONTENT_TYPE, media_type.as_str())], bytes).into_response());
    }
    let cases = hub.off_thread(move |hub| cases(hub, &key)).await?;
    tracing::debug!(cases = cases.cases.len(), "an officer looked");
    if is(&headers, ACCEPT, "application/json") {
        return Ok(([NO_STORE], Json(cases)).into_response());
    }
    Ok(([NO_STORE], [(CONTENT_TYPE, CBOR)], to_bytes(&cases)).into_response())
}

fn cases(hub: &Hub, key: &KeyThumbprint) -> Result<OfficerCases, Problem> {
    let agency = hub.read_here(|ledger| officer::agency_of(ledger, key))?;
    let open = open_cases(hub, &agency)?;
    let now = (hub.world.now)();
    Ok(hub.read_here(|ledger| officer::cases(ledger, now, key, &open))?)
}

/// The cases in which some share is open, and of which the agency has one: a few more than are wanted.
fn open_cases(hub: &Hub, agency: &AgencyId) -> Result<Vec<CaseCode>, Problem> {
    let mut items: Vec<ListItem> = Vec::new();
    for stage in [Stage::Dispatched, Stage::InProgress] {
        let mut asked = ListQuery {
            public_only: false,
            stage: Some(stage),
            agency: Some(agency.clone()),
            limit: LIST_LIMIT_MAX,
            ..ListQuery::default()
        };
        for _ in 0..SCANNED_PAGES_MAX {
            let page = hub.store.list(&asked)?;
            items.extend(page.items);
            asked.before = page.next;
            if asked.before.is_none() {
                break;
            }
        }
    }
    items.sort_by_key(|item| item.due);
    // The store also lists cases in which another agency's share is the open one: those are left out by the hub.
    items.truncate(OFFICER_CASES_MAX.saturating_mul(2));
    Ok(items.into_iter().map(|item| item.code).collect())
}

fn picture(hub: &Hub, key: &KeyThumbprint, part: &PartName) -> Result<(MediaType, Bytes), Problem> {
    let declared = hub.read_here(|ledger| officer::picture(ledger, key, part))?;
    let limit = usize::try_from(RENDITION_BYTES_MAX).unwrap_or(usize::MAX);
    // As it came: the phone checks the hash, and metadata of the citizen's own making is no secret from the agency.
    let bytes = hub.shelf.read(part, 0, limit)?.ok_or(Problem::of(Code::NotFound))?;
    Ok((declared.media_type, bytes.into()))
}
