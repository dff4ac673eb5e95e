//! Where the transfers stand that a phone offers.

use std::collections::BTreeSet;

use paht_model::fault::Code;
use paht_model::ids::KeyThumbprint;
use paht_model::wire::Blob;
use paht_model::wire::sync::{PartName, Transfer};

use crate::ports::{HubContext, Ledger, Refusal, Shelf, StoreFault};
use crate::upload;

/// Answers one offer. To a key that did not make the report, nothing of it is there.
pub(super) fn answer(
    ledger: &mut dyn Ledger,
    shelf: &dyn Shelf,
    hub: &HubContext<'_>,
    key: &KeyThumbprint,
    part: &PartName,
    acknowledged: &mut BTreeSet<PartName>,
) -> Result<Transfer, StoreFault> {
    if ledger.case(&part.report)?.is_none_or(|record| record.key != *key) {
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
