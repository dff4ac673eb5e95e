//! The record and the media in memory, for tests and for a simulated world. Everything can be taken down as a snapshot and
//! put back: that is what a backup, and a restart on what was durable, look like there.

mod bundles;
mod messages;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paht_hub::ports::{
    Board, CaseRecord, Finished, Heard, KeptAlert, KeptBundle, KeptMessage, Ledger, Officers, Refusal, Shelf,
    SignedBulletin, Staged, StoreFault,
};
use paht_model::alert::Alert;
use paht_model::grid::Cell;
use paht_model::ids::{
    AgencyId, AlertId, CaseCode, CommandId, Epoch, KeyThumbprint, ReportId, ServiceCode, Sha256,
};
use paht_model::review::Review;
use paht_model::time::UnixMs;
use paht_model::timeline::{Entry, Publication};
use paht_model::wire::officer::Officer;
use paht_model::wire::sync::{PartName, SetDigest, Told};

use crate::Store;
use crate::listing::{self, ListItem, ListPage, ListQuery};
use crate::nearby::{self, NEARBY_IN_CELL_MAX, NearbyItem, NearbyQuery};
use crate::reviews::{REVIEWS_MAX, Reviewed};

/// The record in memory.
#[derive(Debug)]
pub struct MemoryStore(Mutex<MemoryRecord>);

/// Everything a [`MemoryStore`] holds, at one moment.
#[derive(Debug, Clone)]
pub struct MemoryRecord {
    epoch: Epoch,
    cases: BTreeMap<ReportId, Arc<CaseRecord>>,
    codes: BTreeMap<CaseCode, ReportId>,
    logs: BTreeMap<ReportId, Arc<Vec<Entry>>>,
    told: BTreeMap<KeyThumbprint, Arc<Vec<Told>>>,
    commands: BTreeMap<CommandId, (Sha256, Arc<Vec<u8>>)>,
    receipts: BTreeMap<PartName, (BTreeSet<KeyThumbprint>, Arc<Vec<u8>>)>,
    held: BTreeMap<KeyThumbprint, SetDigest>,
    alerts: BTreeMap<AlertId, KeptAlert>,
    bulletin: Option<SignedBulletin>,
    officers: BTreeMap<KeyThumbprint, Officer>,
    inbound: Inbound,
}

/// What came by carriers other than phones' own links.
#[derive(Debug, Clone, Default)]
struct Inbound {
    messages: Vec<KeptMessage>,
    bundles: BTreeMap<Sha256, KeptBundle>,
}

impl MemoryStore {
    /// An empty record.
    pub fn new(epoch: Epoch) -> Self {
        Self(Mutex::new(MemoryRecord {
            epoch,
            cases: BTreeMap::new(),
            codes: BTreeMap::new(),
            logs: BTreeMap::new(),
            told: BTreeMap::new(),
            commands: BTreeMap::new(),
            receipts: BTreeMap::new(),
            held: BTreeMap::new(),
            alerts: BTreeMap::new(),
            bulletin: None,
            officers: BTreeMap::new(),
            inbound: Inbound::default(),
        }))
    }

    /// The hub's epoch.
    pub fn epoch(&self) -> Epoch {
        self.record().epoch
    }

    /// Begins a new epoch: after putting back a snapshot that is not the latest.
    pub fn set_epoch(&self, epoch: Epoch) {
        self.record().epoch = epoch;
    }

    /// What is here now. Later changes do not reach it.
    pub fn snapshot(&self) -> MemoryRecord {
        self.record().clone()
    }

    /// Puts a snapshot back in place of what is here.
    pub fn restore(&self, snapshot: MemoryRecord) {
        *self.record() = snapshot;
    }

    /// The signed bytes of a command, as they came.
    pub fn command_bytes(&self, id: &CommandId) -> Option<Vec<u8>> {
        self.record().commands.get(id).map(|(_, bytes)| bytes.to_vec())
    }

    /// Every report there is.
    pub fn reports(&self) -> Vec<ReportId> {
        self.record().cases.keys().copied().collect()
    }

    fn record(&self) -> MutexGuard<'_, MemoryRecord> {
        // Changes are made on a copy, so a panic left nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn transact(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let mut record = self.record();
        let mut draft = record.clone();
        work(&mut draft)?;
        *record = draft;
        Ok(())
    }

    fn view(&self, look: &mut dyn FnMut(&dyn Ledger) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let moment = self.snapshot();
        look(&moment)
    }

    fn list(&self, query: &ListQuery) -> Result<ListPage, StoreFault> {
        let record = self.record();
        let asked = listing::asked(query);
        let mut items: Vec<ListItem> = record
            .cases
            .values()
            .filter(|case| fits(case, query, &asked))
            .map(|case| ListItem::of(case))
            .collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.place()));
        let len = listing::page_len(query);
        items.truncate(len.saturating_add(1));
        Ok(listing::page(items, len))
    }

    fn nearby(&self, query: &NearbyQuery) -> Result<Vec<NearbyItem>, StoreFault> {
        let record = self.record();
        nearby::nearest(query, |cell| {
            let busy = record.cases.values().filter(|case| !listing::is_idle(case));
            let lines = busy.map(|case| ListItem::of(case));
            let here = |item: &ListItem| item.point.is_some_and(|point| Cell::of(point) == cell);
            let mut items: Vec<ListItem> =
                lines.filter(|item| item.publication == Publication::Public && here(item)).collect();
            items.sort_by_key(|item| std::cmp::Reverse(item.place()));
            items.truncate(NEARBY_IN_CELL_MAX);
            Ok(items)
        })
    }

    fn reviews(&self, service: &ServiceCode) -> Result<Vec<Reviewed>, StoreFault> {
        let record = self.record();
        let of_it = |case: &&Arc<CaseRecord>| {
            let review = case.review.as_ref();
            case.case.publication == Publication::Public && review.and_then(Review::listed) == Some(service)
        };
        let mut found: Vec<&Arc<CaseRecord>> = record.cases.values().filter(of_it).collect();
        found.sort_by_key(|case| std::cmp::Reverse((case.case.received, case.case.code.clone())));
        found.truncate(REVIEWS_MAX);
        let reviewed =
            |case: &Arc<CaseRecord>| Some(Reviewed { key: case.key, review: case.review.clone()? });
        Ok(found.into_iter().filter_map(reviewed).collect())
    }

    fn health(&self) -> Result<(), StoreFault> {
        Ok(())
    }
}

fn fits(record: &CaseRecord, query: &ListQuery, asked: &[String]) -> bool {
    let item = ListItem::of(record);
    let has = |word: &String| listing::searched(record).split(' ').any(|own| own.starts_with(word.as_str()));
    let is_of = |agency: &AgencyId| record.case.assignments.iter().any(|share| share.agency == *agency);
    (!query.public_only || item.publication == Publication::Public)
        && query.stage.is_none_or(|stage| item.stage == stage)
        && (query.category.is_none() || query.category == item.category)
        && query.agency.as_ref().is_none_or(is_of)
        && (query.service.is_none()
            || query.service.as_ref() == record.review.as_ref().and_then(Review::listed))
        && (query.idle || !listing::is_idle(record))
        && query.overdue_at.is_none_or(|at| item.due.is_some_and(|due| due < at))
        && query.before.as_ref().is_none_or(|before| item.place() < *before)
        && asked.iter().all(has)
}

impl Board for MemoryRecord {
    fn alert(&self, id: &AlertId) -> Result<Option<KeptAlert>, StoreFault> {
        Ok(self.alerts.get(id).cloned())
    }

    fn alerts_after(&self, time: UnixMs) -> Result<Vec<Alert>, StoreFault> {
        let open = self.alerts.values().filter(|kept| kept.ended.is_none() && kept.alert.until > time);
        Ok(open.map(|kept| kept.alert.clone()).collect())
    }

    fn put_alert(&mut self, kept: &KeptAlert) -> Result<(), StoreFault> {
        self.alerts.insert(kept.alert.id, kept.clone());
        Ok(())
    }

    fn bulletin(&self) -> Result<Option<SignedBulletin>, StoreFault> {
        Ok(self.bulletin.clone())
    }

    fn put_bulletin(&mut self, bulletin: &SignedBulletin) -> Result<(), StoreFault> {
        self.bulletin = Some(bulletin.clone());
        Ok(())
    }
}

impl Officers for MemoryRecord {
    fn officer(&self, key: &KeyThumbprint) -> Result<Option<Officer>, StoreFault> {
        Ok(self.officers.get(key).cloned())
    }

    fn officers(&self) -> Result<Vec<Officer>, StoreFault> {
        let mut officers: Vec<Officer> = self.officers.values().cloned().collect();
        officers.sort_by_key(|officer| (officer.since, officer.key));
        Ok(officers)
    }

    fn put_officer(&mut self, officer: &Officer) -> Result<(), StoreFault> {
        self.officers.insert(officer.key, officer.clone());
        Ok(())
    }

    fn answered_by(&self, key: &KeyThumbprint) -> Result<Vec<ReportId>, StoreFault> {
        let of = |record: &&Arc<CaseRecord>| record.pending.iter().any(|answer| answer.by == *key);
        Ok(self.cases.values().filter(of).map(|record| record.report).collect())
    }
}

impl Ledger for MemoryRecord {
    fn case(&self, report: &ReportId) -> Result<Option<CaseRecord>, StoreFault> {
        Ok(self.cases.get(report).map(|record| CaseRecord::clone(record)))
    }

    fn case_by_code(&self, code: &CaseCode) -> Result<Option<CaseRecord>, StoreFault> {
        self.codes.get(code).map_or(Ok(None), |report| self.case(report))
    }

    fn receipt(&self, part: &PartName) -> Result<Option<Vec<u8>>, StoreFault> {
        Ok(self.receipts.get(part).map(|(_, bytes)| bytes.to_vec()))
    }

    fn command(&self, id: &CommandId) -> Result<Option<Sha256>, StoreFault> {
        Ok(self.commands.get(id).map(|(hash, _)| *hash))
    }

    fn put_case(&mut self, record: &CaseRecord) -> Result<(), StoreFault> {
        let owner = *self.codes.entry(record.case.code.clone()).or_insert(record.report);
        if owner != record.report {
            return Err(twice("giving a case a code"));
        }
        self.cases.insert(record.report, Arc::new(record.clone()));
        Ok(())
    }

    fn append(&mut self, record: &CaseRecord, entries: &[(Entry, Heard)]) -> Result<(), StoreFault> {
        let log = Arc::make_mut(self.logs.entry(record.report).or_default());
        let told = Arc::make_mut(self.told.entry(record.key).or_default());
        for (entry, heard) in entries {
            log.push(entry.clone());
            if *heard != Heard::Inside {
                let before = told.iter().filter(|told| told.report == record.report).count();
                let number = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
                told.push(Told { report: record.report, number, entry: entry.clone() });
            }
        }
        Ok(())
    }

    fn put_command(&mut self, id: &CommandId, part: &PartName, bytes: &[u8]) -> Result<(), StoreFault> {
        let kept = (part.hash, Arc::new(bytes.to_vec()));
        if self.commands.insert(*id, kept).is_some() { Err(twice("keeping a command")) } else { Ok(()) }
    }

    fn put_receipt(
        &mut self,
        key: &KeyThumbprint,
        part: &PartName,
        receipt: &[u8],
    ) -> Result<(), StoreFault> {
        let kept = || (BTreeSet::new(), Arc::new(receipt.to_vec()));
        if !self.receipts.entry(*part).or_insert_with(kept).0.insert(*key) {
            return Err(twice("keeping a receipt"));
        }
        let held = self.held.entry(*key).or_default();
        *held = held.toggle(part);
        Ok(())
    }

    fn held(&self, key: &KeyThumbprint) -> Result<SetDigest, StoreFault> {
        Ok(self.held.get(key).copied().unwrap_or_default())
    }

    fn held_of(&self, report: &ReportId, key: &KeyThumbprint) -> Result<Vec<Sha256>, StoreFault> {
        let first = PartName { report: *report, hash: Sha256::from_bytes([0; 32]) };
        let last = PartName { report: *report, hash: Sha256::from_bytes([0xFF; 32]) };
        let own = self.receipts.range(first..=last).filter(|(_, (by, _))| by.contains(key));
        Ok(own.map(|(part, _)| part.hash).collect())
    }

    fn told(&self, key: &KeyThumbprint, after: u64, limit: usize) -> Result<(Vec<Told>, u64), StoreFault> {
        let Some(told) = self.told.get(key) else { return Ok((Vec::new(), 0)) };
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let page = told.iter().skip(after).take(limit).cloned().collect();
        Ok((page, u64::try_from(told.len()).unwrap_or(u64::MAX)))
    }

    fn log(&self, report: &ReportId) -> Result<Vec<Entry>, StoreFault> {
        Ok(self.logs.get(report).map(|log| log.to_vec()).unwrap_or_default())
    }
}

/// What is kept once for ever is never replaced.
fn twice(what: &'static str) -> StoreFault {
    StoreFault { what, source: Some("it is here already".into()) }
}

/// Media in memory.
#[derive(Debug, Default)]
pub struct MemoryShelf(Mutex<MemoryMedia>);

/// Everything a [`MemoryShelf`] holds, at one moment.
#[derive(Debug, Clone, Default)]
pub struct MemoryMedia {
    staged: BTreeMap<PartName, Arc<Vec<u8>>>,
    whole: BTreeMap<PartName, Arc<Vec<u8>>>,
}

impl MemoryShelf {
    /// An empty shelf.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is here now. Later changes do not reach it.
    pub fn snapshot(&self) -> MemoryMedia {
        self.media().clone()
    }

    /// Puts a snapshot back in place of what is here.
    pub fn restore(&self, snapshot: MemoryMedia) {
        *self.media() = snapshot;
    }

    fn media(&self) -> MutexGuard<'_, MemoryMedia> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MemoryMedia {
    /// The same without what is unfinished: a backup has whole parts alone.
    #[must_use]
    pub fn whole_only(self) -> Self {
        Self { staged: BTreeMap::new(), whole: self.whole }
    }
}

impl Shelf for MemoryShelf {
    fn staged_bytes(&self, part: &PartName) -> Result<u64, StoreFault> {
        Ok(self.media().staged.get(part).map_or(0, |bytes| len(bytes)))
    }

    fn is_whole(&self, part: &PartName) -> Result<bool, StoreFault> {
        Ok(self.media().whole.contains_key(part))
    }

    fn append(&self, part: &PartName, offset: u64, bytes: &[u8]) -> Result<Staged, StoreFault> {
        let mut media = self.media();
        if let Some(whole) = media.whole.get(part) {
            return Ok(Staged::Conflict(len(whole)));
        }
        let held = media.staged.get(part).map_or(0, |bytes| len(bytes));
        if held != offset {
            return Ok(Staged::Conflict(held));
        }
        let staged = Arc::make_mut(media.staged.entry(*part).or_default());
        staged.extend_from_slice(bytes);
        Ok(Staged::At(len(staged)))
    }

    fn finish(&self, part: &PartName) -> Result<Finished, StoreFault> {
        let mut media = self.media();
        if media.whole.contains_key(part) {
            return Ok(Finished::Whole);
        }
        match media.staged.remove(part) {
            Some(bytes) if Sha256::of(&bytes) == part.hash => {
                media.whole.insert(*part, bytes);
                Ok(Finished::Whole)
            }
            _ => Ok(Finished::WrongHash),
        }
    }

    fn read(&self, part: &PartName, offset: u64, limit: usize) -> Result<Option<Vec<u8>>, StoreFault> {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let media = self.media();
        Ok(media.whole.get(part).map(|bytes| bytes.iter().skip(offset).take(limit).copied().collect()))
    }

    fn forget(&self, part: &PartName) -> Result<(), StoreFault> {
        let mut media = self.media();
        media.staged.remove(part);
        media.whole.remove(part);
        Ok(())
    }

    fn has_room(&self, _part: &PartName, _more: u64) -> Result<bool, StoreFault> {
        Ok(true)
    }

    fn whole_bytes(&self, part: &PartName) -> Result<Option<u64>, StoreFault> {
        Ok(self.media().whole.get(part).map(|bytes| len(bytes)))
    }
}

fn len(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
