//! An officer's act. Start, return and asking for time are the agency's own actions by another way. An answer with
//! evidence comes before its pictures: it waits in the record until the last rendition has arrived, and only then
//! happens, held to law 9 as ever.

use paht_model::capture::MediaType;
use paht_model::case::AssignmentState;
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, KeyThumbprint, Sha256};
use paht_model::officer::{Act, EvidencePiece};
use paht_model::part::PartKind;

use super::agency_of;
use crate::casework::{self, Action, Actor};
use crate::change::Change;
use crate::ports::{CaseRecord, DeclaredPart, HubContext, Ledger, PendingAnswer, Refusal};

/// Decides an act on the case it is about.
pub(crate) fn act(
    ledger: &dyn Ledger,
    hub: &HubContext<'_>,
    signed: &SignedCommand,
    act: &Act,
    known: Option<CaseRecord>,
) -> Result<Change, Refusal> {
    let agency = agency_of(ledger, &signed.key)?;
    let record = known.ok_or(Refusal::Never(Code::CaseUnknown))?;
    let actor = Actor::Agency(agency.clone());
    let action = match act.clone() {
        Act::Start { assignment } => Action::Start { assignment },
        Act::Return { assignment, reason } => Action::Return { assignment, reason },
        Act::AskTime { assignment, until, reason } => Action::AskTime { assignment, until, reason },
        Act::Answer { assignment, text, .. } => {
            Action::Answer { assignment: Some(assignment), text, evidence: Vec::new() }
        }
    };
    match (act, action) {
        (Act::Answer { assignment, evidence, .. }, Action::Answer { text, .. }) if !evidence.is_empty() => {
            casework::may_answer(&record, &actor, *assignment)?;
            wait(hub, signed, record, agency, *assignment, text, evidence)
        }
        (_, action) => casework::decide(ledger, hub, record, &actor, &action),
    }
}

/// Declares the evidence and lets the answer wait for it. A newer answer of the same officer to the same share takes the
/// place of one that waits, or was dropped.
fn wait(
    hub: &HubContext<'_>,
    signed: &SignedCommand,
    mut record: CaseRecord,
    agency: AgencyId,
    assignment: u16,
    text: String,
    evidence: &[EvidencePiece],
) -> Result<Change, Refusal> {
    let share = record.case.assignment(assignment).ok_or(Refusal::Never(Code::CaseState))?;
    let open = matches!(share.state, AssignmentState::Dispatched | AssignmentState::InProgress);
    if !open || record.case.ended.is_some() {
        return Err(Refusal::Never(Code::CaseState));
    }
    for piece in evidence {
        for part in parts(piece, signed.key) {
            // To the officer it is a picture that somebody handed in already.
            casework::declare(&mut record, part).map_err(|code| match code {
                Code::CommandConflict => Refusal::Never(Code::ReportCaptureTwice),
                code => Refusal::Never(code),
            })?;
        }
    }
    let mut awaited: Vec<Sha256> = Vec::new();
    for piece in evidence {
        if !awaited.contains(&piece.rendition.hash) {
            awaited.push(piece.rendition.hash);
        }
    }
    record.pending.retain(|other| other.by != signed.key || other.assignment != assignment);
    record.pending.push(PendingAnswer {
        command: signed.hash,
        by: signed.key,
        agency,
        assignment,
        text,
        evidence: awaited,
        since: hub.now,
        dropped: None,
    });
    let mut change = Change::of(record, hub.now);
    settle(&mut change, hub)?;
    Ok(change)
}

fn parts(piece: &EvidencePiece, by: KeyThumbprint) -> [DeclaredPart; 2] {
    let part = |hash: Sha256, kind, bytes, media_type: MediaType| DeclaredPart {
        hash,
        kind,
        bytes,
        media_type,
        of: None,
        size: None,
        thumbhash: None,
        evidence: true,
        by: Some(by),
    };
    let shown = &piece.rendition;
    let original = part(piece.hash, PartKind::Original, piece.bytes, piece.media_type);
    let rendition = DeclaredPart {
        of: Some(piece.hash),
        size: Some((shown.width, shown.height)),
        ..part(shown.hash, PartKind::Rendition, shown.bytes, shown.media_type)
    };
    [original, rendition]
}

/// Lets every waiting answer happen whose renditions are all here. One whose share can no longer be answered is dropped,
/// and its officer is told.
pub(crate) fn settle(change: &mut Change, hub: &HubContext<'_>) -> Result<(), Refusal> {
    let arrived = change.record.case.arrived.clone();
    let is_whole = |answer: &PendingAnswer| answer.evidence.iter().all(|hash| arrived.contains(hash));
    let (whole, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut change.record.pending)
        .into_iter()
        .partition(|answer| answer.dropped.is_none() && is_whole(answer));
    change.record.pending = rest;
    for answer in whole {
        let actor = Actor::Agency(answer.agency.clone());
        let text = answer.text.clone();
        match casework::answer(change, hub, &actor, answer.assignment, text, &answer.evidence) {
            Ok(()) => {}
            Err(Refusal::Never(code) | Refusal::After(code, _)) => {
                let dropped = PendingAnswer { text: String::new(), dropped: Some(code), ..answer };
                change.record.pending.push(dropped);
            }
            Err(fault @ Refusal::Store(_)) => return Err(fault),
        }
    }
    Ok(())
}
