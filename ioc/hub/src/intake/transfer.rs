//! Where the transfers stand that a phone offers.

use std::collections::BTreeSet;

use paht_model::bundle;
use paht_model::fault::Code;
use paht_model::wire::Blob;
use paht_model::wire::sync::{PartName, Transfer};

use super::Asker;
use crate::ports::{CaseRecord, HubContext, Ledger, Refusal, Shelf, StoreFault};
use crate::upload;

/// Answers one offer. To a key whose part it is not, nothing of it is there.
pub(super) fn answer(
    ledger: &mut dyn Ledger,
    shelf: &dyn Shelf,
    hub: &HubContext<'_>,
    asker: &Asker<'_>,
    part: &PartName,
    acknowledged: &mut BTreeSet<PartName>,
) -> Result<Transfer, StoreFault> {
    if bundle::bytes_of(part).is_some() {
        return of_bundle(ledger, shelf, part);
    }
    if ledger.case(&part.report)?.is_none_or(|record| !is_own(&record, part, asker)) {
        return Ok(Transfer::Undeclared);
    }
    let receipt = match ledger.receipt(part)? {
        Some(receipt) => Ok(receipt),
        None => match upload::admit(ledger, part, None) {
            // The process died between the last byte and the receipt.
            Ok(_) if shelf.is_whole(part)? => upload::complete(ledger, hub, part),
            Ok(_) => {
                let offset_bytes = shelf.staged_bytes(part)?;
                return Ok(Transfer::At { session: upload::session(part), offset_bytes });
            }
            Err(refusal) => Err(refusal),
        },
    };
    match receipt {
        Ok(receipt) => {
            acknowledged.insert(*part);
            Ok(Transfer::Complete { receipt: Blob(receipt) })
        }
        Err(Refusal::Store(fault)) => Err(fault),
        Err(Refusal::Never(Code::UploadUndeclared)) => Ok(Transfer::Undeclared),
        Err(Refusal::Never(code) | Refusal::After(code, _)) => Ok(Transfer::Refused { code }),
    }
}

/// A bundle is whoever's that carries it. One whose last byte came before the hub could open it gets one more request.
fn of_bundle(ledger: &dyn Ledger, shelf: &dyn Shelf, part: &PartName) -> Result<Transfer, StoreFault> {
    if let Some(known) = ledger.bundle(&part.hash)? {
        return Ok(Transfer::Complete { receipt: Blob(known.receipt) });
    }
    match upload::admit(ledger, part, None) {
        Ok(_) => {
            let whole = shelf.whole_bytes(part)?;
            let offset_bytes = whole.map_or_else(|| shelf.staged_bytes(part), Ok)?;
            Ok(Transfer::At { session: upload::session(part), offset_bytes })
        }
        Err(Refusal::Store(fault)) => Err(fault),
        Err(refusal) => Ok(Transfer::Refused { code: refusal.code() }),
    }
}

/// An officer's evidence is that officer's, wherever it belongs; all else is of the phone that made the report.
fn is_own(record: &CaseRecord, part: &PartName, asker: &Asker<'_>) -> bool {
    let by = record.declared.iter().find(|declared| declared.hash == part.hash).and_then(|part| part.by);
    by.map_or_else(|| asker.made(record), |by| by == *asker.key)
}
