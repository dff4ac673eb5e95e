//! A phone's disk that can be full and can be cut off at any write. A write that is cut either left no trace or was
//! kept although nobody heard of it; both are drawn.

use std::cell::Cell;
use std::rc::Rc;

use paht_engine::memory::{MemoryMedia, MemoryStore};
use paht_engine::outbox::{Lane, OutboxEntry, Rank};
use paht_engine::plan::{KeptAct, KeptBulletin, Link, Plan, Report};
use paht_engine::ports::{Acts, Media, Store, StoreFault};
use paht_model::command::SignedCommand;
use paht_model::ids::{ReportId, Sha256};
use paht_model::time::UnixMs;
use paht_model::wire::sync::{PartName, Told};

/// What will happen to the disk's next writes; shared by everything on it.
#[derive(Debug, Default)]
pub struct Fate {
    /// Writes until the kill; `None` while nobody aims.
    pub kill_in: Cell<Option<u32>>,
    /// Whether the write that is cut is kept.
    pub kept: Cell<bool>,
    /// No space left.
    pub full: Cell<bool>,
    /// The process is dead until it is started again.
    pub dead: Cell<bool>,
}

impl Fate {
    /// What becomes of a write: done, refused, or cut (then `Some(kept)`).
    fn write(&self) -> Result<Option<bool>, StoreFault> {
        if self.dead.get() {
            return Err(StoreFault::Failed);
        }
        if self.full.get() {
            return Err(StoreFault::Full);
        }
        match self.kill_in.get() {
            Some(0) => {
                self.kill_in.set(None);
                self.dead.set(true);
                Ok(Some(self.kept.get()))
            }
            Some(left) => {
                self.kill_in.set(Some(left.saturating_sub(1)));
                Ok(None)
            }
            None => Ok(None),
        }
    }
}

/// The store on that disk.
#[derive(Debug, Default)]
pub struct SimStore {
    /// What is durable.
    pub inner: MemoryStore,
    /// What happens to writes.
    pub fate: Rc<Fate>,
}

/// The media on that disk.
#[derive(Debug, Default)]
pub struct SimMedia {
    /// What is durable.
    pub inner: MemoryMedia,
    /// What happens to writes.
    pub fate: Rc<Fate>,
}

fn through(fate: &Fate, mut write: impl FnMut() -> Result<(), StoreFault>) -> Result<(), StoreFault> {
    match fate.write()? {
        None => write(),
        Some(kept) => {
            if kept {
                write()?;
            }
            Err(StoreFault::Failed)
        }
    }
}

impl Acts for SimStore {
    fn acts(&self, after: u64, limit: usize) -> Result<Vec<(u64, KeptAct)>, StoreFault> {
        self.inner.acts(after, limit)
    }
    fn acts_of(&self, report: &ReportId) -> Result<Vec<KeptAct>, StoreFault> {
        self.inner.acts_of(report)
    }
}

impl Store for SimStore {
    fn apply(&mut self, plan: &Plan) -> Result<(), StoreFault> {
        if plan.is_empty() {
            return Ok(());
        }
        let inner = &mut self.inner;
        through(&self.fate, || inner.apply(plan))
    }
    fn link(&self) -> Result<Link, StoreFault> {
        self.inner.link()
    }
    fn bulletin(&self) -> Result<Option<KeptBulletin>, StoreFault> {
        self.inner.bulletin()
    }
    fn report(&self, id: &ReportId) -> Result<Option<Report>, StoreFault> {
        self.inner.report(id)
    }
    fn reports(&self, after: Option<ReportId>, limit: usize) -> Result<Vec<Report>, StoreFault> {
        self.inner.reports(after, limit)
    }
    fn entry(&self, part: &PartName) -> Result<Option<OutboxEntry>, StoreFault> {
        self.inner.entry(part)
    }
    fn entries_of(&self, report: &ReportId) -> Result<Vec<OutboxEntry>, StoreFault> {
        self.inner.entries_of(report)
    }
    fn waiting(&self, lane: Lane, after: Option<Rank>, limit: usize) -> Result<Vec<OutboxEntry>, StoreFault> {
        self.inner.waiting(lane, after, limit)
    }
    fn command(&self, part: &PartName) -> Result<Option<SignedCommand>, StoreFault> {
        self.inner.command(part)
    }
    fn told(&self, report: &ReportId) -> Result<Vec<Told>, StoreFault> {
        self.inner.told(report)
    }
    fn underived(&self, limit: usize) -> Result<Vec<PartName>, StoreFault> {
        self.inner.underived(limit)
    }
    fn erasable(&self, received_before: UnixMs, limit: usize) -> Result<Vec<PartName>, StoreFault> {
        self.inner.erasable(received_before, limit)
    }
}

impl Media for SimMedia {
    fn has(&self, hash: &Sha256) -> Result<bool, StoreFault> {
        self.inner.has(hash)
    }
    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> Result<Vec<u8>, StoreFault> {
        self.inner.read(hash, offset, limit)
    }
    fn keep(&mut self, hash: &Sha256, bytes: &[u8]) -> Result<(), StoreFault> {
        let inner = &mut self.inner;
        through(&self.fate, || inner.keep(hash, bytes))
    }
    fn erase(&mut self, hash: &Sha256) -> Result<(), StoreFault> {
        let inner = &mut self.inner;
        through(&self.fate, || inner.erase(hash))
    }
    fn all(&self) -> Result<Vec<Sha256>, StoreFault> {
        self.inner.all()
    }
}
