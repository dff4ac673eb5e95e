//! The same as the pages, for programs.

use paht_hub::casework::is_provisional;
use paht_hub::publish::{PublicCase, PublicEntry, PublicPicture};
use paht_hub::tenant::Tenant;
use paht_model::capture::MediaType;
use paht_model::case::{Assignment, Stage};
use paht_model::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, Sha256};
use paht_model::part::PartKind;
use paht_model::public::{PublicReview, PublicText};
use paht_model::review::Review;
use paht_model::time::UnixMs;
use paht_model::timeline::Publication;
use paht_store::listing::{ListItem, ListPage};
use serde::Serialize;

use super::lines::{PublicLine, PublicPage};

/// A page of a list.
#[derive(Serialize)]
pub(crate) struct PageView {
    cases: Vec<LineView>,
    /// What to give as `before` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    code: CaseCode,
    received: UnixMs,
    stage: Stage,
    category: Option<CategoryCode>,
    area: Option<AreaCode>,
    agency: Option<AgencyId>,
    due: Option<UnixMs>,
    urgent: bool,
    excerpt: String,
    publication: Publication,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review>,
}

impl PageView {
    /// For the desk: what people wrote, whole.
    pub(crate) fn of(page: &ListPage) -> Self {
        Self { cases: page.items.iter().map(LineView::of).collect(), next: next(page.next.as_ref()) }
    }

    /// For everybody.
    pub(super) fn public(page: &PublicPage) -> Self {
        let line = |line: &PublicLine| LineView {
            excerpt: line.excerpt.as_str().to_owned(),
            review: line.review.as_ref().map(|review| review.get().clone()),
            ..LineView::of(&line.item)
        };
        Self { cases: page.lines.iter().map(line).collect(), next: next(page.next.as_ref()) }
    }
}

fn next(place: Option<&(UnixMs, CaseCode)>) -> Option<String> {
    place.map(|(at, code)| format!("{}.{code}", at.millis()))
}

impl LineView {
    fn of(item: &ListItem) -> Self {
        let ListItem {
            code,
            received,
            stage,
            category,
            area,
            agency,
            due,
            urgent,
            excerpt,
            publication,
            point: _,
            review,
        } = item.clone();
        Self { code, received, stage, category, area, agency, due, urgent, excerpt, publication, review }
    }
}

/// A public case.
#[derive(Serialize)]
pub(crate) struct CaseView {
    code: CaseCode,
    stage: Stage,
    received: UnixMs,
    category: Option<CategoryCode>,
    area: Option<AreaCode>,
    #[serde(flatten)]
    said: SaidView,
    place: Option<PlaceView>,
    captures: Captures,
    pictures: Vec<PictureView>,
    assignments: Vec<ShareView>,
    timeline: Vec<PublicEntry>,
    urgent: bool,
}

/// What the citizen says.
#[derive(Serialize)]
struct SaidView {
    text: PublicText,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<PublicReview>,
}

#[derive(Serialize)]
pub(crate) struct PlaceView {
    lat: f64,
    lon: f64,
    accuracy_m: Option<u32>,
}

#[derive(Serialize)]
struct Captures {
    declared: usize,
    arrived: usize,
}

/// An agency's share.
#[derive(Serialize)]
struct ShareView {
    #[serde(flatten)]
    share: Assignment,
    /// Its deadline was counted with days off that nobody has announced.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    provisional: bool,
}

#[derive(Serialize)]
struct PictureView {
    hash: Sha256,
    of: Option<Sha256>,
    kind: PartKind,
    #[serde(rename = "type")]
    media_type: MediaType,
    size: Option<(u32, u32)>,
    /// Where to get it; absent until it has arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    evidence: bool,
    /// Assignment and answer that it belongs to.
    answer: Option<(u16, u16)>,
}

impl CaseView {
    pub(super) fn of(tenant: &Tenant, case: PublicCase) -> Self {
        let category = case.category.as_ref();
        let share = |share: &Assignment| ShareView {
            provisional: is_provisional(tenant, category, case.urgent, case.happened(), share),
            share: share.clone(),
        };
        let assignments = case.assignments.iter().map(share).collect();
        let pictures = case.pictures.iter().map(|picture| PictureView::of(&case, picture)).collect();
        Self {
            pictures,
            captures: Captures { declared: case.captures.declared, arrived: case.captures.arrived },
            code: case.code,
            stage: case.stage,
            received: case.received,
            category: case.category,
            area: case.area,
            said: SaidView { text: case.said.text, review: case.said.review },
            place: case.place.map(PlaceView::of),
            assignments,
            timeline: case.timeline,
            urgent: case.urgent,
        }
    }
}

impl PlaceView {
    #[allow(clippy::needless_pass_by_value, reason = "a small copy")]
    pub(crate) fn of(place: paht_model::place::Place) -> Self {
        Self { lat: place.point.lat(), lon: place.point.lon(), accuracy_m: place.accuracy_m }
    }
}

impl PictureView {
    fn of(case: &PublicCase, picture: &PublicPicture) -> Self {
        Self {
            hash: picture.hash,
            of: picture.of,
            kind: picture.kind,
            media_type: picture.media_type,
            size: picture.size,
            address: picture.arrived.then(|| format!("/m/{}/{}", case.code, picture.hash)),
            evidence: picture.evidence,
            answer: picture.answer,
        }
    }
}
