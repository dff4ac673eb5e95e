//! Originals and what was made of them, as files named by their hash: `media/<2 hex>/<hash>`.
//!
//! A file comes under a temporary name, is flushed, renamed, and its folder flushed: under its own name it is always
//! whole. Until a journalled report speaks of it, a [`Kept`] does, so that neither the sweep of orphans nor another
//! report's refusal takes it away.

mod disk;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paht_engine::ports::{Media, StoreFault};
use paht_model::fault::Code;
use paht_model::ids::{Sha256, Sha256Stream};

pub use disk::{Disk, DiskFile, RealDisk};

/// Space that must be left beside a file that is taken in, in bytes (16 MB): the database needs some to say so.
pub const SPARE_BYTES: u64 = 16_000_000;
/// How much is copied at a time, in bytes.
const PIECE_BYTES: usize = 64 * 1024;

/// The phone's media in a folder. Clones share it.
#[derive(Debug, Clone)]
pub struct FolderMedia {
    root: PathBuf,
    disk: Arc<dyn Disk>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// How many unfinished reports speak of a file.
    claims: Mutex<HashMap<Sha256, u32>>,
    /// Folders whose own name is known to be flushed.
    safe_folders: Mutex<HashSet<PathBuf>>,
    temporary: AtomicU64,
}

/// Why a file was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The storage would not have it.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The source cannot be read, or changed while it was copied.
    #[error("the file cannot be read")]
    Unreadable,
}

impl KeepError {
    /// Its stable code.
    pub const fn code(self) -> Code {
        match self {
            Self::Store(fault) => fault.code(),
            Self::Unreadable => Code::MediaUnreadable,
        }
    }
}

/// A file that is safely there, and stays at least until this is dropped.
#[derive(Debug)]
pub struct Kept {
    hash: Sha256,
    shared: Arc<Shared>,
}

impl Kept {
    /// Its name.
    pub const fn hash(&self) -> Sha256 {
        self.hash
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let mut claims = locked(&self.shared.claims);
        if let Some(count) = claims.get_mut(&self.hash) {
            *count = count.saturating_sub(1);
        }
        claims.retain(|_, count| *count > 0);
    }
}

impl FolderMedia {
    /// The media of a phone's folder. Clears away what an earlier run left half-copied.
    pub fn open(home: &Path, disk: Arc<dyn Disk>) -> Result<Self, StoreFault> {
        let media = Self { root: home.join("media"), disk, shared: Arc::default() };
        for name in media.disk.list(&media.temporary()).map_err(|error| fault(&error))? {
            let _ = media.disk.remove(&media.temporary().join(name));
        }
        Ok(media)
    }

    /// Where a file is.
    pub fn path(&self, hash: &Sha256) -> PathBuf {
        self.folder(hash).join(hash.to_string())
    }

    /// Opens a file to read.
    pub fn file(&self, hash: &Sha256) -> Result<File, StoreFault> {
        self.disk.open(&self.path(hash)).map_err(|error| fault(&error))
    }

    /// Copies a file in, and checks that the bytes are those that were named. Safe against a power cut when it returns.
    pub fn keep_file(&self, source: &Path, hash: &Sha256, bytes: u64) -> Result<Kept, KeepError> {
        let mut source = File::open(source).map_err(|_| KeepError::Unreadable)?;
        self.keep_from(&mut source, hash, bytes)
    }

    /// Keeps bytes in memory the same way.
    pub fn keep_bytes(&self, hash: &Sha256, bytes: &[u8]) -> Result<Kept, KeepError> {
        self.keep_from(&mut &*bytes, hash, bytes.len() as u64)
    }

    /// Erases a file that nobody needs any more. `needed` is asked while no report can begin to speak of it.
    pub fn erase_unless(
        &self,
        hash: &Sha256,
        needed: impl FnOnce() -> Result<bool, StoreFault>,
    ) -> Result<bool, StoreFault> {
        let claims = locked(&self.shared.claims);
        if claims.contains_key(hash) || needed()? {
            return Ok(false);
        }
        match self.disk.remove(&self.path(hash)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault(&error)),
            _ => Ok(true),
        }
    }

    fn keep_from(&self, source: &mut dyn Read, hash: &Sha256, bytes: u64) -> Result<Kept, KeepError> {
        let kept = self.claim(hash);
        let folder = self.folder(hash);
        for path in [self.root.clone(), self.temporary(), folder.clone()] {
            self.safe_folder(&path)?;
        }
        let there = self.disk.len(&self.path(hash)).map_err(|error| fault(&error))?;
        if there != Some(bytes) {
            self.refuse_if_full(bytes)?;
            let number = self.shared.temporary.fetch_add(1, Ordering::Relaxed);
            let temporary = self.temporary().join(format!("{}-{number}", hash.short()));
            let copied = self.copy(source, hash, bytes, &temporary);
            if let Err(error) = copied {
                let _ = self.disk.remove(&temporary);
                return Err(error);
            }
            self.disk.rename(&temporary, &self.path(hash)).map_err(|error| fault(&error))?;
        }
        // Even if it was there: an earlier run may have been killed before this.
        self.disk.sync_dir(&folder).map_err(|error| fault(&error))?;
        Ok(kept)
    }

    fn copy(&self, source: &mut dyn Read, hash: &Sha256, bytes: u64, to: &Path) -> Result<(), KeepError> {
        let mut file = self.disk.create(to).map_err(|error| fault(&error))?;
        let mut stream = Sha256Stream::default();
        let mut piece = vec![0_u8; PIECE_BYTES];
        let mut copied = 0_u64;
        loop {
            let count = match source.read(&mut piece) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(KeepError::Unreadable),
            };
            let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else { break };
            stream.update(read);
            copied = copied.saturating_add(count as u64);
            file.write_all(read).map_err(|error| fault(&error))?;
        }
        if copied != bytes || stream.finish() != *hash {
            return Err(KeepError::Unreadable);
        }
        file.sync().map_err(|error| fault(&error).into())
    }

    fn refuse_if_full(&self, bytes: u64) -> Result<(), StoreFault> {
        let free = self.disk.free_bytes(&self.root).map_err(|error| fault(&error))?;
        if free < bytes.saturating_add(SPARE_BYTES) { Err(StoreFault::Full) } else { Ok(()) }
    }

    /// Makes a folder, and flushes its name once a run: an earlier run may have been killed before it did.
    fn safe_folder(&self, path: &Path) -> Result<(), StoreFault> {
        if locked(&self.shared.safe_folders).contains(path) {
            return Ok(());
        }
        let flushed = self.disk.create_dir(path).and_then(|()| match path.parent() {
            Some(parent) => self.disk.sync_dir(parent),
            None => Ok(()),
        });
        flushed.map_err(|error| fault(&error))?;
        locked(&self.shared.safe_folders).insert(path.to_owned());
        Ok(())
    }

    fn claim(&self, hash: &Sha256) -> Kept {
        *locked(&self.shared.claims).entry(*hash).or_default() += 1;
        Kept { hash: *hash, shared: Arc::clone(&self.shared) }
    }

    fn folder(&self, hash: &Sha256) -> PathBuf {
        self.root.join(hash.to_string().chars().take(2).collect::<String>())
    }

    fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }
}

impl Media for FolderMedia {
    fn has(&self, hash: &Sha256) -> Result<bool, StoreFault> {
        Ok(self.disk.len(&self.path(hash)).map_err(|error| fault(&error))?.is_some())
    }

    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> Result<Vec<u8>, StoreFault> {
        let mut file = self.file(hash)?;
        let mut bytes = Vec::new();
        let read =
            file.seek(SeekFrom::Start(offset)).and_then(|_| file.take(limit as u64).read_to_end(&mut bytes));
        read.map_err(|error| fault(&error))?;
        Ok(bytes)
    }

    fn keep(&mut self, hash: &Sha256, bytes: &[u8]) -> Result<(), StoreFault> {
        match self.keep_bytes(hash, bytes) {
            Ok(_) => Ok(()),
            Err(KeepError::Store(fault)) => Err(fault),
            Err(KeepError::Unreadable) => Err(StoreFault::Failed),
        }
    }

    fn erase(&mut self, hash: &Sha256) -> Result<(), StoreFault> {
        self.erase_unless(hash, || Ok(false)).map(|_| ())
    }

    fn all(&self) -> Result<Vec<Sha256>, StoreFault> {
        let mut all = Vec::new();
        for folder in self.disk.list(&self.root).map_err(|error| fault(&error))? {
            if folder.len() == 2 {
                let names = self.disk.list(&self.root.join(folder)).map_err(|error| fault(&error))?;
                all.extend(names.iter().filter_map(|name| name.parse::<Sha256>().ok()));
            }
        }
        Ok(all)
    }
}

/// What a failed file operation means to the engine.
pub(crate) fn fault(error: &io::Error) -> StoreFault {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreFault::Full,
        _ => StoreFault::Failed,
    }
}

/// A lock whose holder panicked still guards whole values here: every change is one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media() -> (tempfile::TempDir, FolderMedia) {
        let home = tempfile::tempdir().unwrap();
        let media = FolderMedia::open(home.path(), Arc::new(RealDisk)).unwrap();
        (home, media)
    }

    #[test]
    fn what_is_kept_reads_back_from_any_byte() {
        let (_home, media) = media();
        let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let hash = Sha256::of(&bytes);
        let kept = media.keep_bytes(&hash, &bytes).unwrap();
        assert!(media.has(&hash).unwrap());
        assert_eq!(media.read(&hash, 70_001, 100).unwrap(), bytes[70_001..70_101]);
        assert_eq!(media.all().unwrap(), [kept.hash()]);
    }

    #[test]
    fn bytes_that_are_not_what_they_are_named_leave_nothing() {
        let (home, media) = media();
        let wrong = Sha256::of(b"something else");
        assert_eq!(media.keep_bytes(&wrong, b"bytes").unwrap_err(), KeepError::Unreadable);
        assert!(media.all().unwrap().is_empty());
        assert_eq!(std::fs::read_dir(home.path().join("media/tmp")).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_an_unfinished_report_speaks_of_is_no_orphan() {
        let (_home, media) = media();
        let hash = Sha256::of(b"photo");
        let first = media.keep_bytes(&hash, b"photo").unwrap();
        let second = media.keep_bytes(&hash, b"photo").unwrap();
        drop(first);
        assert!(!media.erase_unless(&hash, || Ok(false)).unwrap());
        drop(second);
        assert!(!media.erase_unless(&hash, || Ok(true)).unwrap());
        assert!(media.erase_unless(&hash, || Ok(false)).unwrap());
        assert!(!media.has(&hash).unwrap());
    }
}
