//! The hub's word that it holds a part.

use paht_model::ids::{CaseCode, KeyThumbprint};
use paht_model::part::PartKind;
use paht_model::receipt::Receipt;
use paht_model::wire::envelope::Sign as _;
use paht_model::wire::sync::PartName;

use crate::ports::HubContext;

/// A signed receipt for a part, dated now.
pub(crate) fn receipt(hub: &HubContext<'_>, part: &PartName, stage: PartKind, case: &CaseCode) -> Vec<u8> {
    of(hub, part, stage, Some(case.clone()))
}

/// A signed receipt for a bundle, which is no case's.
pub(crate) fn bundle_receipt(hub: &HubContext<'_>, part: &PartName) -> Vec<u8> {
    of(hub, part, PartKind::Bundle, None)
}

fn of(hub: &HubContext<'_>, part: &PartName, stage: PartKind, case: Option<CaseCode>) -> Vec<u8> {
    let receipt = Receipt {
        tenant: hub.tenant.id().clone(),
        report: part.report,
        hash: part.hash,
        stage,
        time: hub.now,
        epoch: hub.epoch,
        case,
    };
    match receipt.seal(hub.key) {
        Ok(bytes) => bytes,
        Err(never) => match never {},
    }
}

/// The key thumbprint under which the hub counts uploads that no phone handed in: its own.
pub(crate) fn own_thumbprint(hub: &HubContext<'_>) -> KeyThumbprint {
    KeyThumbprint::of(&hub.key.public_key())
}
