//! What goes into a sync: every command that is due, oldest first and never past one of the same report that must go
//! before it, but what declares pictures behind what people say; then the media whose offset is not known; then a page of
//! the item-by-item comparison, if one is under way.

use std::collections::{BTreeSet, HashSet};

use paht_model::command::{Body, SignedCommand};
use paht_model::ids::{KeyThumbprint, ReportId, Sha256, TenantId};
use paht_model::limits::{SYNC_BODY_BYTES_MAX, SYNC_COMMANDS_MAX};
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::time::ClockReading;
use paht_model::wire::Blob;
use paht_model::wire::sync::{PartName, ReportClaim, SyncRequest};

use super::compare;
use crate::alerts;
use crate::outbox::{Lane, OutboxEntry, Rank};
use crate::plan::{Change, Link, Plan};
use crate::ports::{EngineFault, Store};

/// After so many failures in a row commands go one by one, the least tried first, so that one which breaks the hub
/// cannot keep the others back.
pub const POISON_AFTER: u32 = 3;
/// Most media offered in one sync: their order of sending makes more pointless.
const OFFERS: usize = 32;
/// Entries looked at in one read of the store.
const PAGE: usize = 128;
/// Commands of one sync weigh at most this, in bytes: half the body's limit, the rest for everything else.
const COMMANDS_BYTES: usize = SYNC_BODY_BYTES_MAX / 2;
/// Declarations of pictures that go along with what people say, and must not keep it waiting on a slow link: two photos'.
const DECLARATIONS_BESIDE: usize = 4;

/// A request ready to be signed and sent, with the entries it speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What to send.
    pub request: SyncRequest,
    /// The entries of its commands, in their order.
    pub commands: Vec<OutboxEntry>,
    /// The entries of its offers, in their order.
    pub offers: Vec<OutboxEntry>,
    /// The reports it wants itemised.
    pub itemise: Vec<ReportId>,
}

impl Prepared {
    /// Adds what is read for a sync that goes, and not at every step: which bulletin is here, and the right to ask about
    /// reports of a key that this phone, whose key is `own`, has lost.
    pub(crate) fn complete(mut self, store: &dyn Store, own: &KeyThumbprint) -> Result<Self, EngineFault> {
        let offered = self.offers.iter().map(|entry| entry.part.report);
        self.request.claims = claims(store, own, offered.chain(self.itemise.iter().copied()))?;
        self.request.bulletin_version = Some(alerts::version(store)?);
        Ok(self)
    }

    /// Journals the first try of each command before a byte of it leaves: only what was never tried may be taken back
    /// without a word to the hub.
    pub(crate) fn mark(&self) -> Plan {
        let untried = self.commands.iter().filter(|entry| entry.attempts == 0);
        let tried = |entry: &OutboxEntry| Change::SetEntry {
            part: entry.part,
            delivery: entry.delivery.clone(),
            attempts: 1,
            fault: None,
        };
        Plan::of(untried.map(tried).collect())
    }
}

/// Whether there is anything to ask the hub for besides news.
pub fn wants_sync(prepared: &Prepared) -> bool {
    !prepared.commands.is_empty() || !prepared.offers.is_empty() || !prepared.itemise.is_empty()
}

/// Puts the next sync together, but for what [`Prepared::complete`] adds to one that goes.
pub fn prepare(
    store: &dyn Store,
    link: &Link,
    tenant: &TenantId,
    now: ClockReading,
) -> Result<Prepared, EngineFault> {
    let signed = due_commands(store, link, now)?;
    let offers = due_offers(store, &signed, now)?;
    let itemise = compare::page(store, link)?;
    let request = SyncRequest {
        tenant: tenant.clone(),
        cursor: link.cursor.clone(),
        commands: signed.iter().map(|(_, command)| Blob(command.bytes.clone())).collect(),
        offers: offers.iter().map(|entry| entry.part).collect(),
        held: link.held,
        card_version: link.card_version,
        itemise: itemise.clone(),
        bulletin_version: None,
        claims: None,
    };
    Ok(Prepared { request, commands: signed.into_iter().map(|(entry, _)| entry).collect(), offers, itemise })
}

/// The claim secrets of those reports that a key stated which this phone has lost since.
fn claims(
    store: &dyn Store,
    own: &KeyThumbprint,
    about: impl Iterator<Item = ReportId>,
) -> Result<Option<Vec<ReportClaim>>, EngineFault> {
    let mut claims = Vec::new();
    for id in about.collect::<BTreeSet<_>>() {
        let private = store.report(&id)?.map(|report| report.private);
        let lost = private.filter(|private| private.key.is_some_and(|stated_by| stated_by != *own));
        claims.extend(lost.map(|private| ReportClaim { report: id, claim: private.claim }));
    }
    Ok(Some(claims).filter(|claims| !claims.is_empty()))
}

fn due_commands(
    store: &dyn Store,
    link: &Link,
    now: ClockReading,
) -> Result<Vec<(OutboxEntry, SignedCommand)>, EngineFault> {
    let Eligible { said, mut declared } = eligible_commands(store, now)?;
    let one_by_one = link.wait.failures >= POISON_AFTER;
    if !said.is_empty() && !one_by_one {
        declared.truncate(DECLARATIONS_BESIDE);
    }
    let mut due = said;
    due.extend(declared);
    due.truncate(SYNC_COMMANDS_MAX);
    if one_by_one {
        due.sort_by_key(|(entry, _)| (entry.attempts, entry.rank));
        due.truncate(1);
    }
    let mut bytes = 0_usize;
    let fits = |(_, command): &(OutboxEntry, SignedCommand)| {
        let is_first = bytes == 0;
        bytes = bytes.saturating_add(command.bytes.len());
        is_first || bytes <= COMMANDS_BYTES
    };
    Ok(due.into_iter().take_while(fits).collect())
}

/// Due commands by rank: what people say, and what declares pictures, which goes behind.
#[derive(Default)]
struct Eligible {
    said: Vec<(OutboxEntry, SignedCommand)>,
    declared: Vec<(OutboxEntry, SignedCommand)>,
}

/// What may go; not what is kept back by an earlier command of its report.
fn eligible_commands(store: &dyn Store, now: ClockReading) -> Result<Eligible, EngineFault> {
    let mut blocked: HashSet<ReportId> = HashSet::new();
    let mut due = Eligible::default();
    let mut after: Option<Rank> = None;
    loop {
        let page = store.waiting(Lane::Commands, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(due) };
        after = Some(last.rank);
        for entry in page {
            if blocked.contains(&entry.part.report) {
                continue;
            }
            if !entry.is_due(now.ticks_ms) {
                if keeps_back(store, &entry)? {
                    blocked.insert(entry.part.report);
                }
                continue;
            }
            let Some(command) = store.command(&entry.part)? else { continue };
            if !matches!(command.command.body, Body::Derive(_)) {
                due.said.push((entry, command));
            } else if due.declared.len() < SYNC_COMMANDS_MAX {
                due.declared.push((entry, command));
            }
            // What is declared so far is of reports that came before.
            if due.said.len() == SYNC_COMMANDS_MAX {
                return Ok(due);
            }
        }
    }
}

/// Whether a command that cannot go now keeps back what its report says later. One that waits does, to keep the order;
/// one that the hub refused for good only if it is the statement itself: a late verdict must not strand a photo.
fn keeps_back(store: &dyn Store, entry: &OutboxEntry) -> Result<bool, EngineFault> {
    let Delivery::Parked { reason: ParkReason::Refused(_) } = entry.delivery else { return Ok(true) };
    let command = store.command(&entry.part)?;
    Ok(command.is_some_and(|signed| matches!(signed.command.body, Body::Report(_))))
}

/// Media whose offset is to be asked: due, not yet placed, and declared by a command that the hub has or gets now.
fn due_offers(
    store: &dyn Store,
    sent: &[(OutboxEntry, SignedCommand)],
    now: ClockReading,
) -> Result<Vec<OutboxEntry>, EngineFault> {
    let now_sent: HashSet<Sha256> = sent.iter().map(|(entry, _)| entry.part.hash).collect();
    let mut offers = Vec::new();
    let mut after: Option<Rank> = None;
    loop {
        let page = store.waiting(Lane::Media, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(offers) };
        after = Some(last.rank);
        for entry in page {
            let queued = matches!(entry.delivery, Delivery::Queued { .. }) && entry.is_due(now.ticks_ms);
            if queued && is_declared(store, &entry, &now_sent)? {
                offers.push(entry);
            }
            if offers.len() == OFFERS {
                return Ok(offers);
            }
        }
    }
}

fn is_declared(
    store: &dyn Store,
    entry: &OutboxEntry,
    now_sent: &HashSet<Sha256>,
) -> Result<bool, EngineFault> {
    let Some(by) = entry.declared_by else { return Ok(true) };
    if now_sent.contains(&by) {
        return Ok(true);
    }
    let command = store.entry(&PartName { report: entry.part.report, hash: by })?;
    Ok(command.is_some_and(|command| command.kind == PartKind::Statement && command.delivery.is_delivered()))
}
