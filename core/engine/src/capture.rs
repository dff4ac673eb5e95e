//! Making a report: what was photographed and said becomes one signed statement in the outbox. The files are kept
//! before this; the plan is the moment the report exists.

use paht_model::capture::{Declared, MediaKind};
use paht_model::command::{Body, Command, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, ClaimSecret, CommandId, KeyThumbprint, ReportId, TenantId};
use paht_model::part::ParkReason;
use paht_model::place::Place;
use paht_model::review::Review;
use paht_model::statement::Statement;
use paht_model::tenant::TenantCard;
use paht_model::text::composed;
use paht_model::time::ClockReading;
use paht_model::wire::Blob;
use paht_model::wire::sync::PartName;

use crate::outbox::{NewEntry, enqueue};
use crate::plan::{Capture, Change, Condition, Derived, Link, Plan, Private, Report, Sender};
use crate::ports::{EngineFault, Entropy, Keys, random};

/// What the person hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is about; refused if absent.
    pub category: Option<CategoryCode>,
    /// Their words.
    pub text: String,
    /// Where.
    pub place: Option<Place>,
    /// The originals, already kept.
    pub captures: Vec<Declared>,
    /// Who sends, if they wish to say so.
    pub sender: Option<Sender>,
    /// The language to answer in.
    pub language: String,
    /// The service it is about and how it was, where it is about one.
    pub review: Option<Review>,
    /// Keep it, but do not send it yet.
    pub hold: bool,
}

/// What a decision about a report looks at beside the report itself.
pub struct Desk<'d> {
    /// Whose IOC it goes to.
    pub tenant: &'d TenantId,
    /// What the phone knows of the province; absent on a phone that was shipped without.
    pub card: Option<&'d TenantCard>,
    /// The phone's key.
    pub keys: &'d dyn Keys,
    /// Randomness.
    pub entropy: &'d dyn Entropy,
    /// The clocks now.
    pub now: ClockReading,
    /// Seals to the hub, where that can be done here.
    pub seal: &'d dyn Fn(&TenantCard, &Sender) -> Option<Blob>,
}

/// Makes a report. When its plan is kept, the report will be at the IOC one day, whatever happens.
pub fn submit(desk: &Desk<'_>, link: &Link, draft: Draft) -> Result<(ReportId, Plan), EngineFault> {
    let category = draft.category.clone().ok_or(Code::CategoryMissing)?;
    let id = ReportId::new(desk.now.wall, random(desk.entropy));
    let report = Report {
        id,
        made: desk.now,
        category,
        text: composed(draft.text),
        place: draft.place,
        language: draft.language,
        review: draft.review.map(Review::composed),
        captures: draft.captures.into_iter().map(fresh).collect(),
        revision: 0,
        case: None,
        condition: if draft.hold { Condition::Held } else { Condition::Live },
        private: Private {
            claim: ClaimSecret::from_bytes(random(desk.entropy)),
            sender: draft.sender.map(Sender::composed),
            key: None,
            policy: None,
            texted: None,
            handed_over: None,
        },
    };
    let plan = state(desk, link, report)?;
    Ok((id, plan))
}

const fn fresh(declared: Declared) -> Capture {
    // Of what is heard no picture can be made.
    let derived =
        if matches!(declared.kind, MediaKind::Voice) { Derived::Impossible } else { Derived::Waiting };
    Capture { declared, derived, erased: false }
}

/// States a report: the statement as it now reads, signed and queued, with its originals behind it.
pub(crate) fn state(desk: &Desk<'_>, link: &Link, mut report: Report) -> Result<Plan, EngineFault> {
    let sender = match (desk.card, &report.private.sender) {
        (Some(card), Some(sender)) => (desk.seal)(card, sender),
        _ => None,
    };
    if sender.is_some() {
        report.private.sender = None;
    }
    let statement = Statement {
        category: report.category.clone(),
        text: report.text.clone(),
        place: report.place,
        captures: report.captures.iter().map(|capture| capture.declared.clone()).collect(),
        clock: report.made,
        heard: link.heard,
        claim: report.private.claim.hash(),
        sender,
        language: report.language.clone(),
        review: report.review.clone(),
    };
    check_against_card(&statement, desk.card)?;
    report.private.key = Some(KeyThumbprint::of(&desk.keys.public_key()));
    let signed = sign(desk, &mut report, Body::Report(statement))?;
    let mut changes = Vec::new();
    let media: Vec<NewEntry> =
        report.captures.iter().map(|capture| original(&report, capture, &signed)).collect();
    let parts: Vec<PartName> = std::iter::once(NewEntry::command(&signed).part)
        .chain(media.iter().map(|entry| entry.part))
        .collect();
    let held = report.condition == Condition::Held;
    changes.push(Change::PutReport(report));
    changes.extend(enqueue(signed));
    changes.extend(media.into_iter().map(Change::AddEntry));
    if held {
        changes.extend(parts.into_iter().map(|part| crate::feedback::park(part, ParkReason::Held)));
    }
    Ok(Plan::of(changes))
}

fn check_against_card(statement: &Statement, card: Option<&TenantCard>) -> Result<(), Code> {
    statement.check()?;
    let Some(card) = card else { return Ok(()) };
    if !card.has_category(&statement.category) {
        return Err(Code::CategoryUnknown);
    }
    match &statement.place {
        Some(place) if !card.contains(place.point) => Err(Code::PlaceOutside),
        _ => Ok(()),
    }
}

fn original(report: &Report, capture: &Capture, signed: &SignedCommand) -> NewEntry {
    NewEntry {
        part: PartName { report: report.id, hash: capture.declared.hash },
        kind: capture.declared.kind.part(),
        bytes: capture.declared.bytes,
        declared_by: Some(signed.hash),
    }
}

/// Signs the report's next command and counts it.
pub(crate) fn sign(desk: &Desk<'_>, report: &mut Report, body: Body) -> Result<SignedCommand, EngineFault> {
    report.revision = report.revision.saturating_add(1);
    // What a lost key stated, its claim secret speaks for.
    let own = KeyThumbprint::of(&desk.keys.public_key());
    let claim = report.private.key.filter(|stated_by| *stated_by != own).map(|_| report.private.claim);
    sign_as(desk, report.id, report.revision, body, claim)
}

/// Signs a command about a report, which may be somebody else's.
pub(crate) fn sign_as(
    desk: &Desk<'_>,
    report: ReportId,
    revision: u32,
    body: Body,
    claim: Option<ClaimSecret>,
) -> Result<SignedCommand, EngineFault> {
    body.check()?;
    let id = CommandId::new(desk.now.wall, random(desk.entropy));
    let command = Command { tenant: desk.tenant.clone(), id, report, revision, body, claim };
    let signed = SignedCommand::sign(desk.keys, command)?;
    if signed.bytes.len() > paht_model::limits::COMMAND_BYTES_MAX {
        return Err(Code::CommandTooLarge.into());
    }
    Ok(signed)
}
