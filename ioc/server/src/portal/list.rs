//! The list of public cases, newest first.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use paht_hub::alert::holding;
use paht_hub::publish::public_case;
use paht_model::alert::Alert;
use paht_model::case::Stage;
use paht_model::ids::AreaCode;
use paht_model::text::is_blank;
use paht_model::time::UnixMs;
use paht_store::listing::{EXCERPT_CHARS_MAX, LIST_LIMIT_MAX, ListItem, ListPage, ListQuery};

use super::alerts::{Strip, strips};
use super::case::PictureView;
use super::frame::{Frame, Reader, page};
use super::json::PageView;
use super::lines::{PublicLine, PublicPage};
use super::query::{ListParams, STAGES};
use super::words::{Time, Words};
use crate::hub::Hub;
use crate::problem::Problem;

/// `GET /`.
pub(crate) async fn list_page(
    State(hub): State<Arc<Hub>>,
    Query(params): Query<ListParams>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let reader = Reader::of(query.as_deref(), &headers);
    if let Some(code) = params.code(hub.tenant.id()) {
        // Seven letters after the tenant's name may also be words: only a case to be seen is gone to.
        let wanted = code.clone();
        if hub.read(move |ledger| Ok(public_case(ledger, &wanted)?)).await?.is_some() {
            return Ok(Redirect::to(&format!("/c/{code}{}", reader.suffix())).into_response());
        }
    }
    let (asked, area) = (params.for_public()?, params.area()?);
    let now = (hub.world.now)();
    let found = hub.off_thread(move |hub| Found::of(hub, asked, area.as_ref(), now)).await?;
    page(&ListView::of(&hub, &reader, &params, found, now), &headers)
}

/// `GET /v1/cases`.
pub(crate) async fn list_json(
    State(hub): State<Arc<Hub>>,
    Query(params): Query<ListParams>,
) -> Result<Response, Problem> {
    let (asked, area) = (params.for_public()?, params.area()?);
    let found = hub.off_thread(move |hub| PublicPage::of(hub, asked, area.as_ref())).await?;
    Ok(Json(PageView::public(&found)).into_response())
}

/// The store does not list by commune, so its pages are read through until one is full here.
pub(crate) fn in_area(hub: &Hub, mut asked: ListQuery, area: Option<&AreaCode>) -> Result<ListPage, Problem> {
    let Some(area) = area else { return Ok(hub.store.list(&asked)?) };
    let len = std::mem::replace(&mut asked.limit, LIST_LIMIT_MAX);
    let mut items: Vec<ListItem> = Vec::new();
    for _ in 0..SCANNED_PAGES_MAX {
        let page = hub.store.list(&asked)?;
        items.extend(page.items.into_iter().filter(|item| item.area.as_ref() == Some(area)));
        asked.before = page.next;
        if items.len() > len || asked.before.is_none() {
            break;
        }
    }
    let full = items.len() > len;
    items.truncate(len);
    let last = items.last().map(|item| (item.received, item.code.clone()));
    Ok(ListPage { next: if full { last } else { asked.before }, items })
}

/// Most pages of the store read for one page of a commune.
const SCANNED_PAGES_MAX: usize = 25;

/// What the page is made from.
struct Found {
    cases: PublicPage,
    /// The alerts that hold.
    alerts: Vec<Alert>,
}

impl Found {
    fn of(hub: &Hub, asked: ListQuery, area: Option<&AreaCode>, now: UnixMs) -> Result<Self, Problem> {
        let cases = PublicPage::of(hub, asked, area)?;
        let alerts = hub.read_here(|ledger| Ok(holding(ledger, now, area)?))?;
        Ok(Self { cases, alerts })
    }
}

#[derive(askama::Template)]
#[template(path = "list.html")]
struct ListView {
    frame: Frame,
    alerts: Vec<Strip>,
    filters: Vec<Filter>,
    text: String,
    language: &'static str,
    filtered: bool,
    cases: Vec<Line>,
    older: String,
    paged: bool,
}

/// One choice of the form.
struct Filter {
    name: &'static str,
    label: String,
    /// Value, words, whether chosen.
    options: Vec<(String, String, bool)>,
}

/// One case of the list.
struct Line {
    code: String,
    address: String,
    stage: Stage,
    stage_name: String,
    urgent: bool,
    overdue: bool,
    category: String,
    area: String,
    agency: String,
    received: Time,
    excerpt: String,
    picture: Option<PictureView>,
}

impl ListView {
    fn of(hub: &Hub, reader: &Reader, params: &ListParams, found: Found, now: UnixMs) -> Self {
        let words = Words::new(reader.language, &hub.tenant);
        let kept = reader.suffix().replace('?', "&");
        let frame = Frame::new(words, &hub.tenant, reader, words.say("list-title"), &params.address(None));
        let older = found.cases.next.as_ref().map(|last| format!("{}{kept}", params.address(Some(last))));
        let line = |listed| line(words, listed, reader, now);
        Self {
            alerts: strips(words, &found.alerts, &frame.emergency),
            frame,
            filters: filters(hub, words, params),
            text: params.q.trim().to_owned(),
            language: reader.kept_language(),
            filtered: params.filters(),
            cases: found.cases.lines.into_iter().map(line).collect(),
            older: older.unwrap_or_default(),
            paged: !params.before.is_empty(),
        }
    }
}

fn line(words: Words<'_>, listed: PublicLine, reader: &Reader, now: UnixMs) -> Line {
    let PublicLine { item, excerpt: said, picture, .. } = listed;
    Line {
        code: item.code.to_string(),
        address: format!("/c/{}{}", item.code, reader.suffix()),
        stage: item.stage,
        stage_name: words.stage(item.stage),
        urgent: item.urgent,
        overdue: item.due.is_some_and(|due| now > due),
        category: item.category.as_ref().map(|code| words.category(code)).unwrap_or_default(),
        area: item.area.as_ref().map(|code| words.area(code)).unwrap_or_default(),
        agency: item.agency.as_ref().map(|id| words.agency(id)).unwrap_or_default(),
        received: words.time(item.received),
        excerpt: excerpt(said.as_str()),
        picture,
    }
}

/// One that was cut ends with a whole word and says that it goes on.
fn excerpt(text: &str) -> String {
    let text = if is_blank(text) { "" } else { text.trim() };
    match text.rsplit_once(char::is_whitespace) {
        Some((whole, _)) if text.chars().count() + 1 >= EXCERPT_CHARS_MAX => format!("{whole}…"),
        _ => text.to_owned(),
    }
}

fn filters(hub: &Hub, words: Words<'_>, params: &ListParams) -> Vec<Filter> {
    let stages = STAGES.iter().map(|stage| (stage.as_str().to_owned(), words.stage(*stage)));
    let categories = hub.tenant.categories().iter().map(|one| (one.code.to_string(), words.name(&one.name)));
    let present = hub.tenant.areas().iter().filter(|area| area.valid_until.is_none());
    let mut areas: Vec<(String, String)> =
        present.map(|area| (area.code.to_string(), area.name.clone())).collect();
    areas.sort_by_key(|(_, name)| paht_hub::tenant::fold(name));
    vec![
        filter("stage", words.say("filter-stage"), &params.stage, stages),
        filter("category", words.say("filter-category"), &params.category, categories),
        filter("area", words.say("filter-area"), &params.area, areas.into_iter()),
    ]
}

fn filter(
    name: &'static str,
    label: String,
    chosen: &str,
    options: impl Iterator<Item = (String, String)>,
) -> Filter {
    let options = options.map(|(value, words)| {
        let is_chosen = value == chosen;
        (value, words, is_chosen)
    });
    Filter { name, label, options: options.collect() }
}
