//! Records what the phone and SQLite do to the disk, and rebuilds every disk a power cut could have left.

pub mod disk;
pub mod image;
pub mod vfs;

use std::path::PathBuf;
use std::sync::Mutex;

/// One thing done to the disk.
#[derive(Debug, Clone)]
pub enum Op {
    MakeDir(PathBuf),
    Create(PathBuf),
    Write {
        path: PathBuf,
        at: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        length: u64,
    },
    Sync(PathBuf),
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove(PathBuf),
    SyncDir(PathBuf),
    /// `report` returned: from here on law 1 holds for so many reports.
    Promised(usize),
}

static LOG: Mutex<Option<Vec<Op>>> = Mutex::new(None);

/// Begins to record.
pub fn begin() {
    *LOG.lock().unwrap() = Some(Vec::new());
}

/// Ends recording; what was recorded.
pub fn end() -> Vec<Op> {
    LOG.lock().unwrap().take().unwrap()
}

/// Records, if anybody asked.
pub fn note(op: Op) {
    if let Some(log) = LOG.lock().unwrap().as_mut() {
        log.push(op);
    }
}
