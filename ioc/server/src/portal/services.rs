//! Services that can be reviewed: a list, a page for each with what people say of it; as pages and as JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use paht_hub::tenant::{Name, Service, fold};
use paht_model::fault::Code;
use paht_model::ids::ServiceCode;
use paht_model::limits::SERVICES_LIMIT_MAX;
use paht_model::nearby::NearbyPlace;
use paht_model::place::Point;
use paht_model::review::ReviewPhrase;
use paht_model::services::{ReviewFigures, ServiceLine, Services};
use paht_store::listing::ListQuery;
use paht_store::reviews::Figures;
use serde::Deserialize;

use super::frame::{Frame, Reader, page};
use super::lines::{PublicLine, PublicPage};
use super::review::{ReviewLine, drawn, phrase, stars_said};
use super::words::{Time, Words};
use crate::hub::Hub;
use crate::problem::Problem;

/// Reviews shown on a service's page.
const SHOWN: usize = 20;

/// Which services.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ServicesParams {
    /// Words of name, kind or address, with or without marks.
    q: String,
    lat: Option<f64>,
    lon: Option<f64>,
    limit: Option<usize>,
}

/// `GET /v1/services`: nearest first where a point is given.
pub(crate) async fn services_json(
    State(hub): State<Arc<Hub>>,
    Query(params): Query<ServicesParams>,
) -> Result<Response, Problem> {
    let about = params.about()?;
    let at = (hub.world.now)();
    let services = hub.off_thread(move |hub| found(hub, &params, about)).await?;
    Ok(Json(Services { at, services }).into_response())
}

/// `GET /v1/services/{code}`.
pub(crate) async fn service_json(
    State(hub): State<Arc<Hub>>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let line = hub.off_thread(move |hub| line(hub, service(hub, &code)?, None)).await?;
    Ok(Json(line).into_response())
}

impl ServicesParams {
    fn about(&self) -> Result<Option<Point>, Problem> {
        match (self.lat, self.lon) {
            (None, None) => Ok(None),
            (Some(lat), Some(lon)) => {
                Point::from_degrees(lat, lon).map(Some).map_err(|_| Problem::of(Code::PlaceUnknown))
            }
            _ => Err(Problem::of(Code::RequestMalformed)),
        }
    }

    fn fits(&self, service: &Service) -> bool {
        let Service { code, name, kind, address, .. } = service;
        let said = [code.as_str(), &name.vi, &name.en, &kind.vi, &kind.en, address].map(fold).join(" ");
        fold(&self.q).split_whitespace().all(|word| said.split(' ').any(|own| own.starts_with(word)))
    }
}

fn found(hub: &Hub, params: &ServicesParams, about: Option<Point>) -> Result<Vec<ServiceLine>, Problem> {
    let mut fitting: Vec<&Service> = hub.tenant.services().iter().filter(|one| params.fits(one)).collect();
    if let Some(about) = about {
        fitting.sort_by(|one, other| one.at.metres_to(about).total_cmp(&other.at.metres_to(about)));
    }
    fitting.truncate(params.limit.unwrap_or(SERVICES_LIMIT_MAX).clamp(1, SERVICES_LIMIT_MAX));
    fitting.into_iter().map(|service| line(hub, service, about)).collect()
}

fn service<'h>(hub: &'h Hub, code: &str) -> Result<&'h Service, Problem> {
    let missing = || Problem::of(Code::NotFound);
    let code = ServiceCode::parse(code).map_err(|_| missing())?;
    hub.tenant.service(&code).ok_or_else(missing)
}

fn line(hub: &Hub, service: &Service, about: Option<Point>) -> Result<ServiceLine, Problem> {
    let texts = |name: &Name| BTreeMap::from([("vi", &name.vi), ("en", &name.en)].map(owned)).into();
    // Distances on Earth fit a u32.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let metres = |about: Point| service.at.metres_to(about).round() as u32;
    Ok(ServiceLine {
        code: service.code.clone(),
        name: texts(&service.name),
        kind: texts(&service.kind),
        address: service.address.clone(),
        place: NearbyPlace { lat: service.at.lat(), lon: service.at.lon() },
        category: service.category.clone(),
        distance_m: about.map(metres),
        figures: figures(hub, &service.code)?,
    })
}

fn owned((tag, words): (&str, &String)) -> (String, String) {
    (tag.to_owned(), words.clone())
}

fn figures(hub: &Hub, code: &ServiceCode) -> Result<ReviewFigures, Problem> {
    let figures = Figures::of(&hub.store.reviews(code)?);
    let mut phrases: Vec<(ReviewPhrase, u32)> =
        figures.phrases.iter().map(|(one, many)| (*one, *many)).collect();
    phrases.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
    let (count, mean_tenths) = (figures.count(), figures.mean_tenths());
    Ok(ReviewFigures { count, mean_tenths, stars: figures.stars, phrases })
}

/// `GET /s`.
pub(crate) async fn services_page(
    State(hub): State<Arc<Hub>>,
    Query(params): Query<ServicesParams>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let reader = Reader::of(query.as_deref(), &headers);
    let text = params.q.trim().to_owned();
    let found = hub.off_thread(move |hub| found(hub, &params, None)).await?;
    let words = Words::new(reader.language, &hub.tenant);
    let view = ListView {
        frame: Frame::new(words, &hub.tenant, &reader, words.say("services"), "/s"),
        text,
        language: reader.kept_language(),
        services: found.iter().map(|line| Card::of(words, &reader, line)).collect(),
    };
    page(&view, &headers)
}

/// `GET /s/{code}`: where the sign at a service's door leads.
pub(crate) async fn service_page(
    State(hub): State<Arc<Hub>>,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let reader = Reader::of(query.as_deref(), &headers);
    let (line, latest) = hub
        .off_thread(move |hub| {
            let line = line(hub, service(hub, &code)?, None)?;
            let asked = ListQuery { service: Some(line.code.clone()), limit: SHOWN, ..ListQuery::default() };
            let latest = PublicPage::of(hub, asked, None)?.lines;
            Ok((line, latest))
        })
        .await?;
    page(&ServiceView::of(&hub, &reader, &line, &latest), &headers)
}

#[derive(askama::Template)]
#[template(path = "services.html")]
struct ListView {
    frame: Frame,
    text: String,
    language: &'static str,
    services: Vec<Card>,
}

/// A service in a few words.
struct Card {
    address: String,
    name: String,
    kind: String,
    place: String,
    mean: Mean,
}

/// The mean of the stars; blank where nobody gave any.
struct Mean {
    value: String,
    stars: String,
    count: String,
}

impl Mean {
    fn of(words: Words<'_>, figures: &ReviewFigures) -> Self {
        let Some(tenths) = figures.mean_tenths else {
            return Self { value: String::new(), stars: String::new(), count: words.say("review-none") };
        };
        let point = words.language.decimal_point();
        Self {
            value: format!("{}{point}{}", tenths / 10, tenths % 10),
            stars: drawn(usize::try_from(tenths.saturating_add(5) / 10).unwrap_or(0)),
            count: words.say_with("review-count", &[("count", &figures.count.to_string())]),
        }
    }
}

impl Card {
    fn of(words: Words<'_>, reader: &Reader, line: &ServiceLine) -> Self {
        let tag = words.language.tag();
        Self {
            address: format!("/s/{}{}", line.code, reader.suffix()),
            name: line.name.said_in(tag).to_owned(),
            kind: line.kind.said_in(tag).to_owned(),
            place: line.address.clone(),
            mean: Mean::of(words, &line.figures),
        }
    }
}

#[derive(askama::Template)]
#[template(path = "service.html")]
struct ServiceView {
    frame: Frame,
    head: Card,
    map: String,
    bars: Vec<Bar>,
    /// Phrase, and how often it was tapped.
    phrases: Vec<(String, u32)>,
    latest: Vec<Latest>,
}

/// How many gave so many stars.
struct Bar {
    stars: String,
    said: String,
    count: u32,
    of: u32,
}

/// A review on the page of its service.
struct Latest {
    address: String,
    at: Time,
    review: ReviewLine,
    excerpt: String,
}

impl ServiceView {
    fn of(hub: &Hub, reader: &Reader, line: &ServiceLine, latest: &[PublicLine]) -> Self {
        let words = Words::new(reader.language, &hub.tenant);
        let head = Card::of(words, reader, line);
        let here = format!("/s/{}", line.code);
        let bar = |(count, stars): (&u32, u8)| Bar {
            stars: drawn(usize::from(stars)),
            said: stars_said(words.language, stars),
            count: *count,
            of: line.figures.count.max(1),
        };
        let said = |one: &PublicLine| {
            let review = one.review.as_ref().map(|review| ReviewLine::of(words, &hub.tenant, review))?;
            Some(Latest {
                address: format!("/c/{}{}", one.item.code, reader.suffix()),
                at: words.time(one.item.received),
                review,
                excerpt: one.excerpt.as_str().to_owned(),
            })
        };
        let mut bars: Vec<Bar> = line.figures.stars.iter().zip(1_u8..).map(bar).collect();
        bars.reverse();
        Self {
            frame: Frame::new(words, &hub.tenant, reader, head.name.clone(), &here),
            head,
            map: format!("geo:{:.5},{:.5}", line.place.lat, line.place.lon),
            bars: if line.figures.count == 0 { Vec::new() } else { bars },
            phrases: line
                .figures
                .phrases
                .iter()
                .map(|(one, many)| (phrase(words.language, *one), *many))
                .collect(),
            latest: latest.iter().filter_map(said).collect(),
        }
    }
}
