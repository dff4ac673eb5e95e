//! The page of a case: what was said, where, who handles it until when, what was done, and every step on the way.

use std::cmp::Ordering;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use paht_hub::publish::{PublicCase, PublicPicture, public_case};
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::CaseCode;
use paht_model::part::PartKind;
use paht_model::place::Place;
use paht_model::public::PublicText;
use paht_model::text::is_blank;
use paht_model::time::UnixMs;

use super::answers::{Answered, answers};
use super::frame::{Frame, Reader, page};
use super::json::CaseView;
use super::review::ReviewLine;
use super::shares::{Share, shares};
use super::timeline::{Row, timeline};
use super::words::{Time, Words};
use crate::hub::Hub;
use crate::problem::Problem;

/// `GET /c/{code}`.
pub(crate) async fn case_page(
    State(hub): State<Arc<Hub>>,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let case = find(&hub, &code).await?;
    let reader = Reader::of(query.as_deref(), &headers);
    let now = (hub.world.now)();
    page(&CasePage::of(&hub, &reader, &case, now), &headers)
}

/// `GET /v1/cases/{code}`.
pub(crate) async fn case_json(
    State(hub): State<Arc<Hub>>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let case = find(&hub, &code).await?;
    Ok(Json(CaseView::of(&hub.tenant, case)).into_response())
}

/// The case, if it is public. Whatever else is wrong looks the same.
pub(super) async fn find(hub: &Arc<Hub>, code: &str) -> Result<PublicCase, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::of(Code::NotFound))?;
    let found = hub.read(move |ledger| Ok(public_case(ledger, &code)?)).await?;
    found.ok_or(Problem::of(Code::NotFound))
}

#[derive(askama::Template)]
#[template(path = "case.html")]
struct CasePage {
    frame: Frame,
    head: Head,
    text: String,
    review: Option<ReviewLine>,
    gallery: Gallery,
    place: Option<PlaceView>,
    shares: Vec<Share>,
    answers: Vec<Answered>,
    timeline: Vec<Row>,
}

/// What stands above a case.
struct Head {
    code: String,
    stage: Stage,
    stage_name: String,
    urgent: bool,
    overdue: bool,
    category: String,
    area: String,
    received: Time,
    steps: Vec<Step>,
}

/// One step of the way that most cases go.
struct Step {
    name: String,
    /// `done`, `now` or `ahead`.
    state: &'static str,
}

struct Gallery {
    slots: Vec<Slot>,
    arrived: String,
}

/// A photo of the citizen, or the room kept for it.
struct Slot {
    picture: Option<PictureView>,
    label: String,
}

/// A picture to show.
#[derive(Clone)]
pub(super) struct PictureView {
    pub(super) address: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

struct PlaceView {
    position: String,
    link: String,
    accuracy: String,
}

impl CasePage {
    fn of(hub: &Hub, reader: &Reader, case: &PublicCase, now: UnixMs) -> Self {
        let words = Words::new(reader.language, &hub.tenant);
        let here = format!("/c/{}", case.code);
        let category = case.category.as_ref().map(|code| words.category(code)).unwrap_or_default();
        let title = format!(
            "{} · {}",
            case.code,
            if category.is_empty() { words.say("service") } else { category.clone() }
        );
        let shares = shares(words, case, now);
        Self {
            frame: Frame::new(words, &hub.tenant, reader, title, &here),
            head: Head {
                code: case.code.to_string(),
                stage: case.stage,
                stage_name: words.stage(case.stage),
                urgent: case.urgent,
                overdue: shares.iter().any(|share| share.overdue),
                category,
                area: case.area.as_ref().map(|code| words.area(code)).unwrap_or_default(),
                received: words.time(case.received),
                steps: steps(words, case.stage),
            },
            text: trimmed(&case.said.text),
            review: case.said.review.as_ref().map(|review| ReviewLine::of(words, &hub.tenant, review)),
            gallery: gallery(words, case),
            place: case.place.as_ref().map(|place| place_view(words, place)),
            answers: answers(words, case),
            timeline: timeline(words, case),
            shares,
        }
    }
}

/// Words to show; empty where there is nothing to read.
fn trimmed(text: &PublicText) -> String {
    if is_blank(text.as_str()) { String::new() } else { text.as_str().trim().to_owned() }
}

/// Where on the usual way the case is; none for a case that left it. What is settled has no step ahead of it.
fn steps(words: Words<'_>, at_stage: Stage) -> Vec<Step> {
    let way = [Stage::Received, Stage::Dispatched, Stage::InProgress, Stage::Answered, Stage::Closed];
    let Some(at) = way.iter().position(|one| *one == at_stage) else { return Vec::new() };
    let look = |number: usize| match number.cmp(&at) {
        Ordering::Less => "done",
        Ordering::Equal if at_stage == Stage::Closed => "done",
        Ordering::Equal => "now",
        Ordering::Greater => "ahead",
    };
    way.iter()
        .enumerate()
        .map(|(number, one)| Step { name: words.stage(*one), state: look(number) })
        .collect()
}

/// The citizen's pictures in order, best kind first for each original; and room for those on their way.
fn gallery(words: Words<'_>, case: &PublicCase) -> Gallery {
    let originals = originals(case);
    let number_known = originals.len();
    let mut slots: Vec<Slot> = originals
        .iter()
        .enumerate()
        .map(|(at, pictures)| Slot { picture: best(case, pictures), label: numbered(words, at + 1) })
        .collect();
    let rest = case.captures.declared.saturating_sub(number_known);
    slots.extend((0..rest).map(|at| Slot { picture: None, label: numbered(words, number_known + at + 1) }));
    let counts =
        [("arrived", case.captures.arrived.to_string()), ("declared", case.captures.declared.to_string())];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
    let all_here = case.captures.arrived >= case.captures.declared;
    let arrived = if all_here { String::new() } else { words.say_with("pictures-arrived", &counts) };
    Gallery { slots, arrived }
}

fn numbered(words: Words<'_>, number: usize) -> String {
    words.say_with("picture", &[("number", &number.to_string())])
}

/// The citizen's pictures, those of one original together, in the order of their first.
fn originals(case: &PublicCase) -> Vec<Vec<&PublicPicture>> {
    let mut groups: Vec<Vec<&PublicPicture>> = Vec::new();
    for picture in case.pictures.iter().filter(|picture| !picture.evidence) {
        let same = |group: &&mut Vec<&PublicPicture>| {
            picture.of.is_some() && group.first().is_some_and(|first| first.of == picture.of)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(picture),
            None => groups.push(vec![picture]),
        }
    }
    groups
}

/// The best of an original's pictures that has arrived.
pub(super) fn best(case: &PublicCase, pictures: &[&PublicPicture]) -> Option<PictureView> {
    either(case, pictures, [PartKind::Rendition, PartKind::Preview])
}

/// The smallest that has arrived: a list of fifty must come over EDGE too.
fn smallest(case: &PublicCase, pictures: &[&PublicPicture]) -> Option<PictureView> {
    either(case, pictures, [PartKind::Preview, PartKind::Rendition])
}

fn either(case: &PublicCase, pictures: &[&PublicPicture], order: [PartKind; 2]) -> Option<PictureView> {
    let arrived = |kind| pictures.iter().rev().find(move |picture| picture.arrived && picture.kind == kind);
    let picture = order.into_iter().find_map(arrived)?;
    let (width, height) = picture.size.unwrap_or((4, 3));
    Some(PictureView { address: format!("/m/{}/{}", case.code, picture.hash), width, height })
}

/// The citizen's first picture, to set beside an answer.
pub(super) fn first_picture(case: &PublicCase) -> Option<PictureView> {
    originals(case).iter().find_map(|pictures| best(case, pictures))
}

/// The citizen's first picture, small, for a list.
pub(super) fn first_thumbnail(case: &PublicCase) -> Option<PictureView> {
    originals(case).iter().find_map(|pictures| smallest(case, pictures))
}

/// Five decimals are about a metre, more than a phone knows. `geo:` opens the reader's own map, and asks nobody.
fn place_view(words: Words<'_>, place: &Place) -> PlaceView {
    let (lat, lon) = (place.point.lat(), place.point.lon());
    let accuracy =
        place.accuracy_m.map(|metres| words.say_with("where-accuracy", &[("metres", &metres.to_string())]));
    PlaceView {
        position: format!("{lat:.5}, {lon:.5}"),
        link: format!("geo:{lat:.5},{lon:.5}"),
        accuracy: accuracy.unwrap_or_default(),
    }
}
