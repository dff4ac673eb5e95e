//! A statement becomes a case: checked against the province, filed under its category and commune, and looked at by triage.
//! What is urgent goes to its agency at once; everything else waits, held, for an operator.

use paht_model::capture::{Declared, MediaKind};
use paht_model::case::{Case, Stage};
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode};
use paht_model::limits::{PHOTO_BYTES_MAX, VIDEO_BYTES_MAX, VOICE_BYTES_MAX};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::review::Review;
use paht_model::sms::Tag;
use paht_model::statement::Statement;
use paht_model::timeline::{Carrier, What};

use crate::casework::{dispatch_by_advice, publish_held, publish_if_given};
use crate::change::Change;
use crate::message;
use crate::ports::{Advice, CaseRecord, DeclaredPart, HubContext, Ledger, Refusal};
use crate::triage::{self, Fallback, Route};

/// Longest language tag, in characters (BCP 47 asks for at least this).
pub const LANGUAGE_CHARS_MAX: usize = 35;

/// The case a statement makes.
pub(super) fn begin(
    ledger: &dyn Ledger,
    hub: &HubContext<'_>,
    signed: &SignedCommand,
    statement: &Statement,
    by: Carrier,
) -> Result<Change, Refusal> {
    if let Some(place) = &statement.place {
        check_place(hub, place)?;
    }
    if statement.language.chars().count() > LANGUAGE_CHARS_MAX {
        return Err(Refusal::Never(Code::CommandMalformed));
    }
    let declared = statement.captures.iter().map(declare).collect::<Result<Vec<_>, _>>()?;
    let service =
        statement.review.as_ref().and_then(Review::listed).and_then(|code| hub.tenant.service(code));
    let tag = Tag::of(&signed.key, &signed.command.report);
    let waiting = message::waiting_case(ledger, tag)?;
    let by_message = waiting.as_ref().and_then(|record| record.sender.clone());
    let record = |case| CaseRecord {
        report: signed.command.report,
        key: signed.key,
        claim: statement.claim,
        case,
        text: statement.text.clone(),
        // A sign at the door was scanned, or the name chosen: that tells where, if nothing else does.
        place: statement.place.or_else(|| service.map(|service| place_of(service.at))),
        review: statement.review.clone(),
        language: statement.language.clone(),
        sender: statement.sender.as_ref().map(|sealed| sealed.0.clone()).or(by_message),
        declared,
        advice: Advice::default(),
        pending: Vec::new(),
    };
    let category = service.map_or(&statement.category, |service| &service.category);
    if let Some(waiting) = waiting {
        return join(hub, waiting, category, record, by);
    }
    let code = fresh_code(ledger, hub, tag)?;
    let begun = Change::begin(What::Received { case: code }, hub.now, record);
    let mut change = begun.ok_or(Refusal::Never(Code::HubFailed))?;
    // Over a link of the phone's own is what goes without saying.
    if by != Carrier::Http {
        change.tell(What::Carried { by }, None)?;
    }
    classify(&mut change, hub, category)?;
    dispatch_if_urgent(&mut change, hub)?;
    // Stars and phrases of ours for a service of ours say nothing that an operator would have to read first.
    if service.is_some() && change.record.is_bare() {
        publish_held(&mut change, hub)?;
    }
    Ok(change)
}

/// The statement of a case that came by SMS: the case is the report's from now on. Where an agency has it already, it
/// stays in the category that it was given in.
fn join(
    hub: &HubContext<'_>,
    waiting: CaseRecord,
    category: &CategoryCode,
    record: impl FnOnce(Case) -> CaseRecord,
    by: Carrier,
) -> Result<Change, Refusal> {
    let given = waiting.case.category.clone().filter(|_| !waiting.case.assignments.is_empty());
    let mut change = Change::adopting(waiting.report, record(waiting.case), hub.now);
    change.tell(What::Carried { by }, None)?;
    classify(&mut change, hub, given.as_ref().unwrap_or(category))?;
    dispatch_if_urgent(&mut change, hub)?;
    publish_if_given(&mut change, hub)?;
    Ok(change)
}

const fn place_of(point: Point) -> Place {
    Place { point, accuracy_m: None, source: PlaceSource::Service }
}

/// Files the case under a category, and the commune of its place, and asks triage anew. Says nothing if it was filed
/// there already.
pub(crate) fn classify(
    change: &mut Change,
    hub: &HubContext<'_>,
    category: &CategoryCode,
) -> Result<(), Refusal> {
    if hub.tenant.category(category).is_none() {
        return Err(Refusal::Never(Code::CategoryUnknown));
    }
    let record = &mut change.record;
    if record.case.ended.is_some() {
        return Err(Refusal::Never(Code::CaseState));
    }
    let area = record.place.and_then(|place| hub.tenant.area_of(place.point)).map(|area| area.code.clone());
    record.advice = advice(triage::route(hub.tenant, category, area.as_ref(), &record.text));
    if record.case.category.as_ref() == Some(category) && record.case.area == area {
        return Ok(());
    }
    change.tell(What::Classified { category: category.clone(), area }, None)
}

/// Danger to life or limb does not wait for an operator.
pub(crate) fn dispatch_if_urgent(change: &mut Change, hub: &HubContext<'_>) -> Result<(), Refusal> {
    if change.record.advice.urgent && change.record.case.stage() == Stage::Received {
        dispatch_by_advice(change, hub)?;
    }
    Ok(())
}

/// A place must be on the Earth and in the province.
pub(crate) fn check_place(hub: &HubContext<'_>, place: &Place) -> Result<(), Refusal> {
    place.point.checked().map_err(|_| Refusal::Never(Code::PlaceUnknown))?;
    if hub.tenant.contains(place.point) { Ok(()) } else { Err(Refusal::Never(Code::PlaceOutside)) }
}

fn advice(route: Route) -> Advice {
    let instead_of = |fallback: Fallback| (fallback.instead_of.as_str().to_owned(), fallback.duty_phone);
    Advice {
        agency: Some(route.agency.as_str().to_owned()),
        rule: route.rule,
        instead_of: route.fallback.map(instead_of),
        urgent: route.urgent,
    }
}

fn declare(capture: &Declared) -> Result<DeclaredPart, Refusal> {
    let bytes_max = match capture.kind {
        MediaKind::Photo => PHOTO_BYTES_MAX,
        MediaKind::Voice => VOICE_BYTES_MAX,
        MediaKind::Video | MediaKind::Unknown(_) => VIDEO_BYTES_MAX,
    };
    if capture.bytes == 0 {
        return Err(Refusal::Never(Code::MediaEmpty));
    }
    if capture.bytes > bytes_max {
        return Err(Refusal::Never(Code::MediaTooLarge));
    }
    Ok(DeclaredPart {
        hash: capture.hash,
        kind: capture.kind.part(),
        bytes: capture.bytes,
        media_type: capture.media_type,
        of: None,
        size: capture.width.zip(capture.height),
        thumbhash: None,
        evidence: false,
        by: None,
    })
}

/// A code that no other report has: mostly the first one. It comes from the tag alone, so that an SMS and the statement
/// have the same, whichever comes first, also after a restore.
pub(crate) fn fresh_code(ledger: &dyn Ledger, hub: &HubContext<'_>, tag: Tag) -> Result<CaseCode, Refusal> {
    let (report, _) = tag.stand_in();
    for attempt in 0..=u8::MAX {
        let code = CaseCode::of_report(hub.tenant.id(), &report, attempt);
        if ledger.case_by_code(&code)?.is_none() {
            return Ok(code);
        }
    }
    Err(Refusal::Never(Code::HubFailed))
}
