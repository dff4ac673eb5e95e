//! The phone's state in memory: for tests and the simulated world, and the plainest statement of what [`Store`] means.

use std::collections::BTreeMap;

use paht_model::command::SignedCommand;
use paht_model::ids::{ReportId, Sha256};
use paht_model::part::{Delivery, PartKind};
use paht_model::receipt::Receipt;
use paht_model::time::UnixMs;
use paht_model::wire::sync::{PartName, Told};
use paht_model::wire::{envelope, from_bytes};

use crate::outbox::{Lane, OutboxEntry, Rank};
use crate::plan::{Change, Derived, KeptAct, KeptBulletin, Link, Plan, Report};
use crate::ports::{Acts, Media, Store, StoreFault};

/// Everything a phone keeps; cloning it is a snapshot of the disk.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    link: Link,
    bulletin: Option<KeptBulletin>,
    reports: Vec<Report>,
    entries: BTreeMap<PartName, OutboxEntry>,
    commands: BTreeMap<PartName, SignedCommand>,
    told: BTreeMap<(ReportId, u32), Told>,
    last_order: u64,
    acts: BTreeMap<u64, KeptAct>,
    last_act: u64,
}

impl Acts for MemoryStore {
    fn acts(&self, after: u64, limit: usize) -> Result<Vec<(u64, KeptAct)>, StoreFault> {
        let later = self.acts.range(after.saturating_add(1)..);
        Ok(later.take(limit).map(|(place, act)| (*place, act.clone())).collect())
    }

    fn acts_of(&self, report: &ReportId) -> Result<Vec<KeptAct>, StoreFault> {
        Ok(self.acts.values().filter(|act| act.part.report == *report).cloned().collect())
    }
}

impl Store for MemoryStore {
    fn apply(&mut self, plan: &Plan) -> Result<(), StoreFault> {
        plan.changes.iter().for_each(|change| self.change(change));
        Ok(())
    }

    fn link(&self) -> Result<Link, StoreFault> {
        Ok(self.link.clone())
    }

    fn bulletin(&self) -> Result<Option<KeptBulletin>, StoreFault> {
        Ok(self.bulletin.clone())
    }

    fn report(&self, id: &ReportId) -> Result<Option<Report>, StoreFault> {
        Ok(self.reports.iter().find(|report| report.id == *id).cloned())
    }

    fn reports(&self, after: Option<ReportId>, limit: usize) -> Result<Vec<Report>, StoreFault> {
        let newest_first = self.reports.iter().rev();
        let from = match after {
            Some(id) => {
                self.reports.iter().rev().position(|report| report.id == id).map_or(usize::MAX, |at| at + 1)
            }
            None => 0,
        };
        Ok(newest_first.skip(from).take(limit).cloned().collect())
    }

    fn entry(&self, part: &PartName) -> Result<Option<OutboxEntry>, StoreFault> {
        Ok(self.entries.get(part).cloned())
    }

    fn entries_of(&self, report: &ReportId) -> Result<Vec<OutboxEntry>, StoreFault> {
        let mut of: Vec<_> =
            self.entries.values().filter(|entry| entry.part.report == *report).cloned().collect();
        of.sort_by_key(|entry| entry.rank.order);
        Ok(of)
    }

    fn waiting(&self, lane: Lane, after: Option<Rank>, limit: usize) -> Result<Vec<OutboxEntry>, StoreFault> {
        let wanted = |entry: &&OutboxEntry| {
            Lane::of(entry.kind) == lane
                && !entry.delivery.is_delivered()
                && after.is_none_or(|rank| entry.rank > rank)
        };
        let mut waiting: Vec<_> = self.entries.values().filter(wanted).cloned().collect();
        waiting.sort_by_key(|entry| entry.rank);
        waiting.truncate(limit);
        Ok(waiting)
    }

    fn command(&self, part: &PartName) -> Result<Option<SignedCommand>, StoreFault> {
        Ok(self.commands.get(part).cloned())
    }

    fn told(&self, report: &ReportId) -> Result<Vec<Told>, StoreFault> {
        Ok(self.told.range((*report, 0)..=(*report, u32::MAX)).map(|(_, told)| told.clone()).collect())
    }

    fn underived(&self, limit: usize) -> Result<Vec<PartName>, StoreFault> {
        let of = |report: &Report| -> Vec<PartName> {
            let waiting = report.captures.iter().filter(|capture| capture.derived == Derived::Waiting);
            waiting.map(|capture| PartName { report: report.id, hash: capture.declared.hash }).collect()
        };
        Ok(self.reports.iter().flat_map(of).take(limit).collect())
    }

    fn erasable(&self, received_before: UnixMs, limit: usize) -> Result<Vec<PartName>, StoreFault> {
        let kept = |part: &PartName| {
            let report = self.reports.iter().find(|report| report.id == part.report);
            let of_act = |act: &KeptAct| act.part.report == part.report && act.keeps(&part.hash);
            report.is_some_and(|r| r.captures.iter().any(|c| !c.erased && c.declared.hash == part.hash))
                || self.acts.values().any(of_act)
        };
        let old = |entry: &&OutboxEntry| {
            entry.kind == PartKind::Original
                && received_at(entry).is_some_and(|at| at < received_before)
                && kept(&entry.part)
        };
        let mut old: Vec<_> = self.entries.values().filter(old).collect();
        old.sort_by_key(|entry| entry.rank);
        Ok(old.into_iter().take(limit).map(|entry| entry.part).collect())
    }
}

/// The hub time in a delivered entry's receipt. It was verified before it was kept.
pub fn received_at(entry: &OutboxEntry) -> Option<UnixMs> {
    let Delivery::Delivered { receipt } = &entry.delivery else { return None };
    let opened = envelope::open(&receipt.0, envelope::Purpose::Receipt).ok()?;
    from_bytes::<Receipt>(&opened.payload, "receipt").ok().map(|receipt| receipt.time)
}

impl MemoryStore {
    fn change(&mut self, change: &Change) {
        match change {
            Change::PutReport(report) => match self.reports.iter_mut().find(|known| known.id == report.id) {
                Some(known) => known.clone_from(report),
                None => self.reports.push(report.clone()),
            },
            Change::AddEntry(entry) => {
                self.last_order += 1;
                self.entries.insert(entry.part, entry.clone().ranked(self.last_order));
            }
            Change::PutCommand(signed) => {
                let part = PartName { report: signed.command.report, hash: signed.hash };
                self.commands.insert(part, signed.clone());
            }
            Change::SetEntry { part, delivery, attempts, fault } => {
                if let Some(entry) = self.entries.get_mut(part) {
                    entry.delivery = delivery.clone();
                    entry.attempts = *attempts;
                    entry.fault = *fault;
                }
            }
            Change::DropEntry(part) => {
                self.entries.remove(part);
                self.commands.remove(part);
            }
            Change::PutTold(told) => {
                self.told.insert((told.report, told.number), told.clone());
            }
            Change::ForgetTold => self.told.clear(),
            Change::SetLink(link) => self.link = (**link).clone(),
            Change::SetBulletin(kept) => self.bulletin = Some((**kept).clone()),
            Change::PutAct(act) => {
                let known =
                    self.acts.iter().find(|(_, known)| known.part == act.part).map(|(place, _)| *place);
                let place = known.unwrap_or(self.last_act.saturating_add(1));
                self.last_act = self.last_act.max(place);
                self.acts.insert(place, act.clone());
            }
            Change::DropAct(part) => self.acts.retain(|_, act| act.part != *part),
            Change::ClearWaits => self.entries.values_mut().for_each(clear_wait),
        }
    }

    /// Every entry there is.
    pub fn entries(&self) -> impl Iterator<Item = &OutboxEntry> {
        self.entries.values()
    }
}

fn clear_wait(entry: &mut OutboxEntry) {
    if let Delivery::Queued { not_before } = &mut entry.delivery {
        *not_before = UnixMs::from_millis(0);
    }
}

/// Files in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryMedia {
    files: BTreeMap<Sha256, Vec<u8>>,
}

impl Media for MemoryMedia {
    fn has(&self, hash: &Sha256) -> Result<bool, StoreFault> {
        Ok(self.files.contains_key(hash))
    }

    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> Result<Vec<u8>, StoreFault> {
        let file = self.files.get(hash).ok_or(StoreFault::Failed)?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        Ok(file.iter().skip(from).take(limit).copied().collect())
    }

    fn keep(&mut self, hash: &Sha256, bytes: &[u8]) -> Result<(), StoreFault> {
        self.files.entry(*hash).or_insert_with(|| bytes.to_vec());
        Ok(())
    }

    fn erase(&mut self, hash: &Sha256) -> Result<(), StoreFault> {
        self.files.remove(hash);
        Ok(())
    }

    fn all(&self) -> Result<Vec<Sha256>, StoreFault> {
        Ok(self.files.keys().copied().collect())
    }
}
