//! What phones send. One sync is one transaction: its commands are taken one after another, each for itself, so that a
//! refused one never holds up the next; then its offers are answered with where each transfer stands; then the phone
//! hears what happened since its cursor. The same bytes always get the same receipts, however often they come and by
//! whatever carrier.

mod command;
mod cursor;
mod derive;
mod edit;
mod report;
mod transfer;

use std::collections::BTreeSet;

use paht_model::fault::Code;
use paht_model::ids::{KeyThumbprint, ReportId};
use paht_model::limits::{SYNC_COMMANDS_MAX, SYNC_EVENTS_MAX, SYNC_OFFERS_MAX};
use paht_model::timeline::Carrier;
use paht_model::wire::Blob;
use paht_model::wire::sync::{
    Holding, Outcome, PartName, ReportClaim, SetDigest, SignedRequest, SyncReply, SyncRequest,
};

use crate::alert;
use crate::ports::{CaseRecord, HubContext, Ledger, Refusal, Shelf, StoreFault};
use cursor::Cursor;

pub use derive::DERIVED_PER_CAPTURE_MAX;
pub use report::LANGUAGE_CHARS_MAX;

pub(crate) use report::{check_place, classify, dispatch_if_urgent, fresh_code};

/// Takes one sync and answers it. A bad command is that command's outcome, not an error.
///
/// # Errors
/// [`Code::RequestMalformed`] if there is more in it than a sync may hold, [`Code::TenantUnknown`] if it is for another
/// tenant; nothing was stored then.
pub fn take_sync(
    ledger: &mut dyn Ledger,
    shelf: &dyn Shelf,
    hub: &HubContext<'_>,
    request: &SignedRequest,
) -> Result<SyncReply, Refusal> {
    let SignedRequest { key, request } = request;
    check(hub, request)?;
    let asker = Asker { key, claims: request.claims.as_deref().unwrap_or_default() };
    let mut acknowledged = BTreeSet::new();
    let mut outcomes = Vec::with_capacity(request.commands.len());
    for bytes in &request.commands {
        outcomes.push(outcome(ledger, hub, &bytes.0, key, &mut acknowledged)?);
    }
    let mut transfers = Vec::with_capacity(request.offers.len());
    for offer in &request.offers {
        transfers.push(transfer::answer(ledger, shelf, hub, &asker, offer, &mut acknowledged)?);
    }
    let (from, snapshot) = Cursor::start(request.cursor.as_ref(), hub.epoch, told_count(ledger, key)?);
    let (entries, total) = ledger.told(key, from, SYNC_EVENTS_MAX)?;
    let read = from.saturating_add(u64::try_from(entries.len()).unwrap_or(u64::MAX));
    let (card, card_version) = hub.card;
    Ok(SyncReply {
        hub_time: hub.now,
        epoch: hub.epoch,
        outcomes,
        transfers,
        entries,
        cursor: Cursor { epoch: hub.epoch, read }.to_blob(),
        more: read < total,
        snapshot,
        held_equal: held_equal(ledger, request, key, &acknowledged)?,
        itemised: itemised(ledger, &asker, &request.itemise)?,
        card: (request.card_version < card_version).then(|| Blob(card.to_vec())),
        bulletin: alert::news(ledger, request.bulletin_version)?,
    })
}

/// Takes one signed command, by whatever carrier it came, and gives its receipt: the original one if it is here already.
///
/// # Errors
/// What is wrong with it; nothing was stored then.
pub fn take_command(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    bytes: &[u8],
    by: Carrier,
) -> Result<Vec<u8>, Refusal> {
    command::take(ledger, hub, bytes, by).map(|taken| taken.receipt)
}

fn check(hub: &HubContext<'_>, request: &SyncRequest) -> Result<(), Refusal> {
    if request.tenant != *hub.tenant.id() {
        return Err(Refusal::Never(Code::TenantUnknown));
    }
    let fits = request.commands.len() <= SYNC_COMMANDS_MAX
        && request.offers.len() <= SYNC_OFFERS_MAX
        && request.itemise.len() <= SYNC_OFFERS_MAX
        && request.claims.as_ref().is_none_or(|claims| claims.len() <= 2 * SYNC_OFFERS_MAX);
    if fits { Ok(()) } else { Err(Refusal::Never(Code::RequestMalformed)) }
}

fn outcome(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    bytes: &[u8],
    key: &KeyThumbprint,
    acknowledged: &mut BTreeSet<PartName>,
) -> Result<Outcome, StoreFault> {
    Ok(match command::take(ledger, hub, bytes, Carrier::Http) {
        Ok(taken) => {
            // A command carried for another phone counts as that phone's.
            if taken.key == *key {
                acknowledged.insert(taken.part);
            }
            Outcome::Stored { receipt: Blob(taken.receipt) }
        }
        Err(Refusal::Never(code)) => Outcome::Refused { code, retry_after_ms: None },
        Err(Refusal::After(code, retry_after_ms)) => {
            Outcome::Refused { code, retry_after_ms: Some(retry_after_ms) }
        }
        Err(Refusal::Store(fault)) => return Err(fault),
    })
}

fn told_count(ledger: &dyn Ledger, key: &KeyThumbprint) -> Result<u64, StoreFault> {
    ledger.told(key, 0, 0).map(|(_, total)| total)
}

/// Whether the phone, once it has stored this reply's receipts, holds receipts for exactly what the hub holds of it. A
/// phone that repeats what it has receipts for already counts as well.
fn held_equal(
    ledger: &dyn Ledger,
    request: &SyncRequest,
    key: &KeyThumbprint,
    acknowledged: &BTreeSet<PartName>,
) -> Result<bool, StoreFault> {
    let held = ledger.held(key)?;
    let soon = acknowledged.iter().fold(request.held, SetDigest::toggle);
    Ok(held == soon || held == request.held)
}

/// Who asks: a phone by its key, and for reports of a key it lost by their claim secrets.
struct Asker<'r> {
    key: &'r KeyThumbprint,
    claims: &'r [ReportClaim],
}

impl Asker<'_> {
    /// Whether it made the report, with this key or one it lost.
    fn made(&self, record: &CaseRecord) -> bool {
        let claimed = |one: &ReportClaim| one.report == record.report && one.claim.hash() == record.claim;
        record.key == *self.key || self.claims.iter().any(claimed)
    }
}

fn itemised(ledger: &dyn Ledger, asker: &Asker<'_>, about: &[ReportId]) -> Result<Vec<Holding>, StoreFault> {
    let holding = |report: &ReportId| {
        let mut hashes = ledger.held_of(report, asker.key)?;
        let lost = ledger.case(report)?.filter(|record| record.key != *asker.key && asker.made(record));
        if let Some(record) = lost {
            hashes.extend(ledger.held_of(report, &record.key)?);
        }
        Ok(Holding { report: *report, hashes })
    };
    about.iter().map(holding).collect()
}
