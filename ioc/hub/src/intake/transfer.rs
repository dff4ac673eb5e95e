//! Where the transfers stand that a phone offers.

use std::collections::BTreeSet;

use paht_model::bundle;
use paht_model::fault::Code;
use paht_model::ids::KeyThumbprint;
use paht_model::wire::Blob;
use paht_model::wire::sync::{PartName, Transfer};

use super::Asker;
use crate::ports::{CaseRecord, DeclaredPart, HubContext, Ledger, Refusal, Shelf, StoreFault};
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
    let record = ledger.case(&part.report)?;
    let Some(own) = record.and_then(|record| own_key(&record, part, asker)) else {
        return Ok(Transfer::Undeclared);
    };
    let receipt = match ledger.receipt(part)? {
        Some(receipt) => {
            upload::credit(ledger, part, &own, &receipt)?;
            Ok(receipt)
        }
        None => match upload::admit(ledger, part, None) {
            // The process died between the last byte and the receipt.
            Ok(_) if shelf.is_whole(part)? => upload::complete(ledger, hub, part),
            Ok(declared) => {
                let offset_bytes = shelf.staged_bytes(part)?;
                if !shelf.has_room(part, declared.bytes.saturating_sub(offset_bytes))? {
                    return Ok(Transfer::Refused { code: Code::HubFull });
                }
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

/// The key that the part counts for where it is the asker's: an officer's evidence is that officer's, wherever it belongs;
/// all else is of the phone that made the report.
fn own_key(record: &CaseRecord, part: &PartName, asker: &Asker<'_>) -> Option<KeyThumbprint> {
    let is_citizens = |declared: &DeclaredPart| !declared.evidence && declared.by.is_none();
    let mut declaring = record.declaring(&part.hash).peekable();
    let unknown = declaring.peek().is_none();
    let (mut by_asker, mut by_citizen) = (false, unknown);
    for declared in declaring {
        by_asker |= declared.by == Some(*asker.key);
        by_citizen |= is_citizens(declared);
    }
    if by_asker { Some(*asker.key) } else { Some(record.key).filter(|_| by_citizen && asker.made(record)) }
}
