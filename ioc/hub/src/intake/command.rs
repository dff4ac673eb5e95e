//! One signed command: who speaks, whether it is known already, and what it does.

use paht_model::command::{Body, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::KeyThumbprint;
use paht_model::part::PartKind;
use paht_model::timeline::Carrier;
use paht_model::wire::sync::PartName;

use super::{derive, edit, report};
use crate::change::Change;
use crate::feedback;
use crate::officer;
use crate::ports::{CaseRecord, HubContext, Ledger, Refusal};
use crate::sign;

/// When a command that came before its statement may be tried again, in milliseconds.
const STATEMENT_WAIT_MS: u64 = 1_000;

/// A command that is stored.
pub(super) struct Taken {
    /// Its name.
    pub(super) part: PartName,
    /// Who signed it.
    pub(super) key: KeyThumbprint,
    /// The receipt.
    pub(super) receipt: Vec<u8>,
}

/// Takes one command. What it does is decided on a copy of the record; only then is anything written.
pub(super) fn take(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    bytes: &[u8],
    by: Carrier,
) -> Result<Taken, Refusal> {
    let signed = SignedCommand::open(bytes).map_err(Refusal::Never)?;
    let command = &signed.command;
    if command.tenant != *hub.tenant.id() {
        return Err(Refusal::Never(Code::TenantUnknown));
    }
    let part = PartName { report: command.report, hash: signed.hash };
    if let Some(receipt) = ledger.receipt(&part)? {
        return Ok(Taken { part, key: signed.key, receipt });
    }
    let known = ledger.case(&command.report)?;
    // An officer speaks for an agency, not for the report.
    if let Some(record) = known.as_ref().filter(|_| !matches!(command.body, Body::Act(_))) {
        may_speak(record, &signed)?;
    }
    if ledger.command(&command.id)?.is_some() {
        return Err(Refusal::Never(Code::CommandConflict));
    }
    command.body.check().map_err(Refusal::Never)?;
    let change = decide(ledger, hub, &signed, known, by)?;
    let receipt = sign::receipt(hub, &part, PartKind::Statement, &change.record.case.code);
    change.write(ledger)?;
    ledger.put_command(&command.id, &part, &signed.bytes)?;
    ledger.put_receipt(&signed.key, &part, &receipt)?;
    Ok(Taken { part, key: signed.key, receipt })
}

/// The key that made the report may say everything; another one what the claim secret allows: to add words, judge,
/// reopen and take back, and, for a phone that lost its key, to bring the pictures and the sender it still owes.
fn may_speak(record: &CaseRecord, signed: &SignedCommand) -> Result<(), Refusal> {
    if record.key == signed.key {
        return Ok(());
    }
    let by_claim = matches!(
        signed.command.body,
        Body::Comment(_)
            | Body::Reply(_)
            | Body::Rate(_)
            | Body::Reopen(_)
            | Body::Withdraw
            | Body::Derive(_)
            | Body::Identify(_)
    );
    match &signed.command.claim {
        Some(_) if !by_claim => Err(Refusal::Never(Code::KeyMismatch)),
        Some(claim) if claim.hash() == record.claim => Ok(()),
        Some(_) => Err(Refusal::Never(Code::ClaimBad)),
        None => Err(Refusal::Never(Code::KeyMismatch)),
    }
}

fn decide(
    ledger: &dyn Ledger,
    hub: &HubContext<'_>,
    signed: &SignedCommand,
    known: Option<CaseRecord>,
    by: Carrier,
) -> Result<Change, Refusal> {
    let record = match (known, &signed.command.body) {
        (known, Body::Act(act)) => return officer::act(ledger, hub, signed, act, known),
        (None, Body::Report(statement)) => return report::begin(ledger, hub, signed, statement, by),
        (Some(_), Body::Report(_)) => return Err(Refusal::Never(Code::CommandConflict)),
        (None, _) => return Err(Refusal::After(Code::StatementMissing, STATEMENT_WAIT_MS)),
        (Some(record), _) => record,
    };
    let mut change = Change::of(record, hub.now);
    match &signed.command.body {
        Body::Report(_) | Body::Act(_) => {}
        Body::Edit(edit) => edit::edit(&mut change, hub, edit)?,
        Body::Comment(text) | Body::Reply(text) => feedback::comment(&mut change, text)?,
        Body::Rate(rating) => feedback::rate(&mut change, rating)?,
        Body::Reopen(reopening) => feedback::reopen(&mut change, hub, reopening)?,
        Body::Withdraw => feedback::withdraw(&mut change)?,
        Body::Derive(derivation) => derive::derive(&mut change, derivation)?,
        Body::Identify(sealed) => edit::identify(&mut change, sealed)?,
    }
    Ok(change)
}
