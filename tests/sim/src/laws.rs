//! The laws of the design, as checks on phones and hub together. Some hold all the while, some when every fault has
//! ended and everybody has finished.

use std::collections::BTreeMap;

use paht_engine::memory::received_at;
use paht_engine::outbox::OutboxEntry;
use paht_engine::plan::Condition;
use paht_engine::policy::Gate;
use paht_engine::ports::{Acts as _, Media as _, Store as _};
use paht_engine::status::standing;
use paht_hub::ports::{CaseRecord, Shelf as _};
use paht_hub::publish::public_case;
use paht_hub::tenant::Evidence;
use paht_model::ids::{CaseCode, KeyThumbprint, ReportId};
use paht_model::limits::ORIGINAL_KEPT_MS;
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::sms::Tag;
use paht_model::timeline::{Entry, Publication, What};
use paht_model::wire::envelope::Sign as _;
use paht_model::wire::sync::{PartName, SetDigest};

use crate::hub::SimHub;
use crate::phone::{BEGIN_MS, SimPhone};
use crate::world::CANARY;

/// A law that did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which.
    pub law: &'static str,
    /// What was seen.
    pub what: String,
}

impl Breach {
    /// A breach.
    pub const fn new(law: &'static str, what: String) -> Self {
        Self { law, what }
    }
}

/// What must be remembered to see that history is only added to.
#[derive(Debug, Default)]
pub struct Watch {
    logs: BTreeMap<ReportId, Vec<Entry>>,
    codes: BTreeMap<ReportId, CaseCode>,
    /// Restored hubs forget evidence and verdicts: what was refused for that reason is no breach.
    restores: u32,
}

impl Watch {
    /// The hub's history begins again at its backup; public codes do not.
    pub fn restored(&mut self) {
        self.logs.clear();
        self.restores += 1;
    }

    /// Every case the hub has, by the reports the phones know.
    pub fn cases(&self, hub: &SimHub, phones: &[SimPhone]) -> Vec<(CaseCode, ReportId)> {
        let ids = phones.iter().flat_map(names);
        ids.filter_map(|id| record(hub, &id).map(|record| (record.case.code, id))).collect()
    }

    /// Whether the phone has heard everything that the hub tells it.
    pub fn heard_all(&self, hub: &SimHub, phone: &SimPhone) -> bool {
        let key =
            paht_model::ids::KeyThumbprint::of(&paht_model::wire::envelope::Sign::public_key(&phone.key));
        let all = hub.read(|ledger| ledger.told(&key, 0, 0).map_or(u64::MAX, |(_, all)| all));
        let heard: usize = phone
            .reports()
            .iter()
            .map(|report| phone.store.told(&report.id).map_or(0, |told| told.len()))
            .sum();
        all == Some(heard as u64)
    }

    /// Whether the phone knows what the hub tells everybody, or what it told before a restore.
    pub fn heard_bulletin(&self, hub: &SimHub, phone: &SimPhone) -> bool {
        let hubs = hub.read(|ledger| ledger.bulletin().ok().flatten()).flatten();
        let phones = phone.store.bulletin().ok().flatten();
        let phones = phones.map(|kept| (kept.version, kept.signed.0));
        match hubs.map(|bulletin| (bulletin.version, bulletin.signed)) {
            None => true,
            told if self.restores == 0 => phones == told,
            told => phones >= told,
        }
    }

    /// Laws that hold at every moment.
    pub fn always(&mut self, hub: &SimHub, phones: &[SimPhone], now_ms: u64) -> Result<(), Breach> {
        for phone in phones {
            erased_only_after_receipt(phone, now_ms)?;
            digest_is_of_what_was_delivered(phone)?;
            all_sent_is_true(hub, phone)?;
            for report in phone.reports() {
                if let Some(record) = record(hub, &report.id) {
                    let texted = phone.promises.get(&report.id).is_none_or(|promise| promise.texted);
                    self.history_only_grows(hub, &record, texted)?;
                    confidential_is_hidden(hub, &record)?;
                    answers_have_evidence(hub, &record)?;
                }
                unsigned_is_not_public(hub, phone, &report.id)?;
            }
        }
        Ok(())
    }

    fn history_only_grows(&mut self, hub: &SimHub, record: &CaseRecord, texted: bool) -> Result<(), Breach> {
        let log = log(hub, &record.report);
        let before = self.logs.insert(record.report, log.clone()).unwrap_or_default();
        if !log.starts_with(&before) {
            return Err(Breach::new("law 8", format!("the history of {} was rewritten", record.case.code)));
        }
        let code = self.codes.entry(record.report).or_insert_with(|| record.case.code.clone());
        // A restored hub may have forgotten a text message that kept its code, since somebody had ended its case.
        if *code != record.case.code && !(texted && self.restores > 0) {
            return Err(Breach::new("law 8", format!("{code} became {}", record.case.code)));
        }
        for share in &record.case.assignments {
            let first = log.iter().find_map(|entry| match &entry.what {
                What::Dispatched { assignment, due, .. } if *assignment == share.number => Some(*due),
                _ => None,
            });
            if first != Some(share.first_due) {
                return Err(Breach::new("law 8", format!("{code} lost its first deadline")));
            }
        }
        Ok(())
    }

    /// Laws that hold once everybody has finished.
    pub fn at_last(&self, hub: &SimHub, phones: &[SimPhone]) -> Result<(), Breach> {
        for phone in phones {
            self.promises_are_kept(hub, phone)?;
            self.acts_are_kept(hub, phone)?;
            only_reasons_park(phone)?;
            self.phone_knows_what_hub_told(hub, phone)?;
        }
        Ok(())
    }

    fn promises_are_kept(&self, hub: &SimHub, phone: &SimPhone) -> Result<(), Breach> {
        for (id, promise) in &phone.promises {
            let at_hub = record(hub, id);
            if promise.never_sent {
                if at_hub.is_some() {
                    return Err(Breach::new("law 4", format!("{id} was taken back unsent, and arrived")));
                }
                continue;
            }
            let Some(at_hub) = at_hub else {
                // A withdrawal cut off by a kill may have been kept although nobody heard of it.
                if is_withdrawn(phone, id) {
                    continue;
                }
                return Err(Breach::new("law 1", format!("{id} was promised and is not at the hub")));
            };
            one_case(hub, &at_hub)?;
            joined(hub, phone, id)?;
            self.originals_arrived(hub, phone, id)?;
        }
        Ok(())
    }

    /// Law 1 and 4 for officers: an act is at the hub with all its files, or is said to need the person.
    fn acts_are_kept(&self, hub: &SimHub, phone: &SimPhone) -> Result<(), Breach> {
        for (part, originals) in &phone.acts {
            let entries = paht_engine::officer::entries(&phone.store, part).unwrap_or_default();
            let refused = |entry: &OutboxEntry| {
                matches!(entry.delivery, Delivery::Parked { reason: ParkReason::Refused(_) })
            };
            if entries.iter().any(refused) {
                continue;
            }
            let receipt = hub.read(|ledger| ledger.receipt(part).ok().flatten()).flatten();
            if receipt.is_none() || entries.is_empty() {
                return Err(Breach::new("law 1", format!("an act is not at the hub: {entries:?}")));
            }
            let erased = phone.store.acts_of(&part.report).unwrap_or_default();
            let erased =
                |hash| erased.iter().any(|act| act.pieces.iter().any(|p| p.erased && p.hash == hash));
            for (hash, bytes) in originals {
                let held = hub.shelf.read(&PartName { hash: *hash, ..*part }, 0, usize::MAX).ok().flatten();
                if held.as_ref() != Some(bytes) && !(self.restores > 0 && erased(*hash)) {
                    return Err(Breach::new("law 1", format!("evidence {} is not at the hub", hash.short())));
                }
            }
        }
        Ok(())
    }

    fn originals_arrived(&self, hub: &SimHub, phone: &SimPhone, id: &ReportId) -> Result<(), Breach> {
        let Some(promise) = phone.promises.get(id) else { return Ok(()) };
        let Ok(Some(report)) = phone.store.report(id) else {
            return Err(Breach::new("law 1", format!("{id} is gone from the phone")));
        };
        let erased = |hash| report.captures.iter().any(|c| c.erased && c.declared.hash == hash);
        let withdrawn = report.condition == Condition::Withdrawn;
        for (hash, bytes) in &promise.captures {
            let part = PartName { report: *id, hash: *hash };
            let held = hub.shelf.read(&part, 0, usize::MAX).ok().flatten();
            let excused = withdrawn || (self.restores > 0 && erased(*hash));
            if held.as_ref() != Some(bytes) && !excused {
                let entry = phone.store.entry(&part).ok().flatten().map(|entry| entry.delivery);
                let what = format!("{} of {id} is not at the hub as it was; {entry:?}", hash.short());
                return Err(Breach::new("law 1", what));
            }
        }
        Ok(())
    }

    fn phone_knows_what_hub_told(&self, hub: &SimHub, phone: &SimPhone) -> Result<(), Breach> {
        if !self.heard_all(hub, phone) {
            return Err(Breach::new("law 3", format!("phone {} has not heard everything", phone.number)));
        }
        for report in phone.reports() {
            let told = phone.store.told(&report.id).unwrap_or_default();
            if told.iter().zip(1..).any(|(told, number)| told.number != number) {
                return Err(Breach::new("law 3", format!("the timeline of {} has gaps", report.id)));
            }
            let here = paht_engine::status::case(&told).map(|case| case.stage());
            let there = record(hub, &report.id).map(|record| record.case.stage());
            if here != there {
                return Err(Breach::new(
                    "law 3",
                    format!("{}: phone says {here:?}, hub {there:?}", report.id),
                ));
            }
        }
        Ok(())
    }
}

/// A phone's reports, and what stands for them at the hub until their statements come.
fn names(phone: &SimPhone) -> Vec<ReportId> {
    let own = phone.reports();
    own.iter().flat_map(|report| [report.id, stand_in(phone, &report.id)]).collect()
}

fn stand_in(phone: &SimPhone, id: &ReportId) -> ReportId {
    let key = KeyThumbprint::of(&phone.key.public_key());
    Tag::of(&key, id).stand_in().0
}

/// Law 2 over every carrier: where the statement is, no text message has a case of its own, unless somebody has ended
/// that or answered it before.
fn joined(hub: &SimHub, phone: &SimPhone, id: &ReportId) -> Result<(), Breach> {
    match record(hub, &stand_in(phone, id)) {
        Some(other) if other.case.ended.is_none() && other.declared.is_empty() => {
            Err(Breach::new("law 2", format!("{id} is {} too, by text message", other.case.code)))
        }
        _ => Ok(()),
    }
}

/// Law 6: what nobody has signed for is public only where an operator says so, and no operator does here.
fn unsigned_is_not_public(hub: &SimHub, phone: &SimPhone, id: &ReportId) -> Result<(), Breach> {
    match record(hub, &stand_in(phone, id)) {
        Some(other) if other.case.publication == Publication::Public => {
            Err(Breach::new("law 6", format!("{} is public, and nobody has signed for it", other.case.code)))
        }
        _ => Ok(()),
    }
}

fn is_withdrawn(phone: &SimPhone, id: &ReportId) -> bool {
    let report = phone.store.report(id).ok().flatten();
    report.is_some_and(|report| report.condition == Condition::Withdrawn)
}

fn record(hub: &SimHub, id: &ReportId) -> Option<CaseRecord> {
    hub.read(|ledger| ledger.case(id).ok().flatten()).flatten()
}

fn log(hub: &SimHub, id: &ReportId) -> Vec<Entry> {
    hub.read(|ledger| ledger.log(id).unwrap_or_default()).unwrap_or_default()
}

/// Law 2: one report, one case, however often and by whom it was sent.
fn one_case(hub: &SimHub, record: &CaseRecord) -> Result<(), Breach> {
    let received = |entry: &&Entry| matches!(entry.what, What::Received { .. });
    let log = log(hub, &record.report);
    let times = log.iter().filter(received).count();
    let by_code = hub.read(|ledger| ledger.case_by_code(&record.case.code).ok().flatten()).flatten();
    if times != 1 || by_code.map(|by_code| by_code.report) != Some(record.report) {
        return Err(Breach::new("law 2", format!("{} was received {times} times", record.case.code)));
    }
    let mut arrived: Vec<_> = log
        .iter()
        .filter_map(|entry| match entry.what {
            What::Arrived { hash, .. } => Some(hash),
            _ => None,
        })
        .collect();
    let all = arrived.len();
    arrived.sort_unstable();
    arrived.dedup();
    if arrived.len() == all {
        Ok(())
    } else {
        Err(Breach::new("law 2", format!("{} got a part twice", record.case.code)))
    }
}

/// Law 3: what is erased has a receipt, and one as old as originals are kept, whatever the phone's clock says.
fn erased_only_after_receipt(phone: &SimPhone, now_ms: u64) -> Result<(), Breach> {
    let now = BEGIN_MS.saturating_add(i64::try_from(now_ms).unwrap_or(i64::MAX));
    let captures = phone.reports().into_iter().flat_map(|report| {
        let part = move |hash| PartName { report: report.id, hash };
        report.captures.into_iter().map(move |capture| (part(capture.declared.hash), capture.erased))
    });
    let acts = phone.store.acts(0, usize::MAX).unwrap_or_default();
    let pieces = acts.into_iter().flat_map(|(_, act)| {
        act.pieces.into_iter().map(move |piece| (PartName { hash: piece.hash, ..act.part }, piece.erased))
    });
    for (part, erased) in captures.chain(pieces) {
        let gone = erased || !phone.media.has(&part.hash).unwrap_or(false);
        let Some(entry) = phone.store.entry(&part).ok().flatten().filter(|_| gone) else { continue };
        let short = part.hash.short();
        let Some(received) = received_at(&entry) else {
            return Err(Breach::new("law 3", format!("{short} was erased without a receipt")));
        };
        if now.saturating_sub(received.millis()) < ORIGINAL_KEPT_MS {
            return Err(Breach::new("law 3", format!("{short} was erased before its time")));
        }
    }
    Ok(())
}

fn digest_is_of_what_was_delivered(phone: &SimPhone) -> Result<(), Breach> {
    let delivered = phone.store.inner.entries().filter(|entry| entry.delivery.is_delivered());
    let digest = delivered.fold(SetDigest::default(), |digest, entry| digest.toggle(&entry.part));
    let kept = phone.store.link().map(|link| link.held).unwrap_or_default();
    if kept == digest {
        Ok(())
    } else {
        Err(Breach::new("law 3", format!("phone {}: digest drifted", phone.number)))
    }
}

/// Law 3: "all sent" is shown only when the hub's list of hashes equals the phone's. A hub that was restored since is
/// found out by the next sync; until then the phone cannot know.
fn all_sent_is_true(hub: &SimHub, phone: &SimPhone) -> Result<(), Breach> {
    let Ok(standing) = standing(&phone.store, phone.reading(0), &Gate::default()) else { return Ok(()) };
    let same_epoch = phone.store.link().is_ok_and(|link| link.epoch == Some(hub.epoch));
    if !standing.all_sent || !same_epoch {
        return Ok(());
    }
    for entry in phone.store.inner.entries() {
        let receipt = hub.read(|ledger| ledger.receipt(&entry.part).ok().flatten()).flatten();
        let on_shelf = entry.kind == PartKind::Statement || hub.shelf.is_whole(&entry.part).unwrap_or(false);
        if receipt.is_none() || !on_shelf {
            let hash = entry.part.hash.short();
            return Err(Breach::new(
                "law 3",
                format!("phone {} says all sent, but {hash} is not", phone.number),
            ));
        }
    }
    Ok(())
}

/// Law 4: at the end nothing waits; what is parked says why, and not "held", since all was released.
fn only_reasons_park(phone: &SimPhone) -> Result<(), Breach> {
    for entry in phone.store.inner.entries() {
        let fine = match &entry.delivery {
            Delivery::Delivered { .. } | Delivery::Parked { reason: ParkReason::Refused(_) } => true,
            Delivery::Parked { .. } | Delivery::Queued { .. } | Delivery::Uploading { .. } => false,
        };
        if !fine {
            return Err(Breach::new("law 4", format!("{:?} ends {:?}", entry.kind, entry.delivery)));
        }
    }
    Ok(())
}

/// Law 6: what is not public is nowhere that everybody can look.
fn confidential_is_hidden(hub: &SimHub, record: &CaseRecord) -> Result<(), Breach> {
    let seen = hub.read(|ledger| public_case(ledger, &record.case.code).ok().flatten()).flatten();
    let Some(seen) = seen else { return Ok(()) };
    let public = record.case.publication == Publication::Public;
    if !public || format!("{seen:?}").contains(CANARY) {
        return Err(Breach::new("law 6", format!("{} can be seen by everybody", record.case.code)));
    }
    Ok(())
}

/// Law 9: an answer stands only with the evidence its category asks for, and that evidence lies on the shelf.
fn answers_have_evidence(hub: &SimHub, record: &CaseRecord) -> Result<(), Breach> {
    let category = record.case.category.as_ref().and_then(|code| hub.tenant.category(code));
    let needs_photo = category.is_some_and(|category| category.evidence == Evidence::AfterPhoto);
    for entry in log(hub, &record.report) {
        let What::Answered { evidence, .. } = &entry.what else { continue };
        let lies = |hash| hub.shelf.is_whole(&PartName { report: record.report, hash }).unwrap_or(false);
        if (needs_photo && evidence.is_empty()) || !evidence.iter().all(|hash| lies(*hash)) {
            return Err(Breach::new("law 9", format!("{} was answered without evidence", record.case.code)));
        }
    }
    Ok(())
}
