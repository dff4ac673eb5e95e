//! A case as the desk sees it. Agencies see only whether a sender is known; operators see who.

use paht_hub::casework::is_provisional;
use paht_hub::ports::{Advice, CaseRecord, DeclaredPart};
use paht_hub::tenant::Tenant;
use paht_model::capture::MediaType;
use paht_model::case::{Case, Stage};
use paht_model::ids::{ReportId, Sha256};
use paht_model::part::PartKind;
use paht_model::review::Review;
use paht_model::statement::Sender;
use paht_model::timeline::Entry;
use paht_model::words::Language;
use serde::Serialize;

use crate::portal::json::PlaceView;
use crate::portal::review;

/// A case's record.
#[derive(Serialize)]
pub(super) struct CaseView {
    report: ReportId,
    #[serde(flatten)]
    stands: StandsView,
    #[serde(flatten)]
    case: Case,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<ReviewView>,
    place: Option<PlaceView>,
    language: String,
    /// Whether the citizen left name or number.
    sender: bool,
    /// What they are: for operators alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Sender>,
    parts: Vec<PartView>,
    advice: AdviceView,
    timeline: Vec<Entry>,
}

#[derive(Serialize)]
struct StandsView {
    stage: Stage,
    /// It came as a text message, and nobody has signed for it yet.
    unverified: bool,
    /// The assignments whose deadline was counted with days off that nobody has announced.
    provisional: Vec<u16>,
}

#[derive(Serialize)]
struct PartView {
    hash: Sha256,
    kind: PartKind,
    bytes: u64,
    #[serde(rename = "type")]
    media_type: MediaType,
    of: Option<Sha256>,
    size: Option<(u32, u32)>,
    evidence: bool,
    arrived: bool,
}

/// A review as an operator reads it: what a visitor tapped in Korean stands here in Vietnamese.
#[derive(Serialize)]
struct ReviewView {
    #[serde(flatten)]
    review: Review,
    said: Vec<String>,
}

impl ReviewView {
    fn of(review: Review) -> Self {
        let said = review.phrases.iter().map(|phrase| review::phrase(Language::Vi, *phrase)).collect();
        Self { review, said }
    }
}

#[derive(Serialize)]
struct AdviceView {
    agency: Option<String>,
    rule: String,
    /// The agency it would have been, and the duty phone to call meanwhile.
    instead_of: Option<(String, String)>,
    urgent: bool,
}

impl CaseView {
    pub(super) fn of(
        tenant: &Tenant,
        record: CaseRecord,
        timeline: Vec<Entry>,
        contact: Option<Sender>,
    ) -> Self {
        let arrived = |part: &DeclaredPart| record.case.arrived.contains(&part.hash);
        let parts = record.declared.iter().map(|part| PartView::of(part, arrived(part))).collect();
        let stands = StandsView::of(tenant, &record, &timeline);
        let Advice { agency, rule, instead_of, urgent } = record.advice;
        Self {
            report: record.report,
            stands,
            text: record.text,
            review: record.review.map(ReviewView::of),
            place: record.place.map(PlaceView::of),
            language: record.language,
            sender: record.sender.is_some(),
            contact,
            parts,
            advice: AdviceView { agency, rule, instead_of, urgent },
            timeline,
            case: record.case,
        }
    }
}

impl StandsView {
    fn of(tenant: &Tenant, record: &CaseRecord, timeline: &[Entry]) -> Self {
        let (category, urgent) = (record.case.category.as_ref(), record.advice.urgent);
        let shares = record.case.assignments.iter();
        let happened = || timeline.iter().map(|entry| (entry.at, &entry.what));
        let provisional = shares.filter(|share| is_provisional(tenant, category, urgent, happened(), share));
        Self {
            stage: record.case.stage(),
            unverified: record.case.is_unverified(),
            provisional: provisional.map(|share| share.number).collect(),
        }
    }
}

impl PartView {
    fn of(part: &DeclaredPart, arrived: bool) -> Self {
        Self {
            hash: part.hash,
            kind: part.kind,
            bytes: part.bytes,
            media_type: part.media_type,
            of: part.of,
            size: part.size,
            evidence: part.evidence,
            arrived,
        }
    }
}
