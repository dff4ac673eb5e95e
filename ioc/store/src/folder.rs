//! Media in a folder. A part grows under `staged/`, byte by byte as it comes; when it is whole its hash is computed from
//! what lies on the disk, and only then is it renamed to `parts/REPORT/HASH`, where it is never touched again.
//!
//! The length of a staged file is the truth about how much of a part is here: a crash leaves a shorter file, never a wrong
//! count, and bytes that a power cut garbled are found by the hash.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use paht_hub::ports::{Finished, Shelf, Staged, StoreFault};
use paht_hub::upload::session;
use paht_model::bundle;
use paht_model::ids::Sha256Stream;
use paht_model::wire::sync::PartName;

use crate::durable::{make_folder, rename, sync_parent};
use crate::room::{Reserve, Room};

/// After how many bytes an upload under way is synced to the disk (1 MB).
pub const SYNC_EVERY_BYTES: u64 = 1_000_000;
/// How many bytes are read at a time to compute a hash.
const READ_BYTES: usize = 128 * 1024;
/// A bundle up to this size is taken for words rather than media, in bytes.
const WORDS_BUNDLE_BYTES_MAX: u64 = 100_000;
/// How many parts can be written side by side.
const DESKS: usize = 64;

/// Media in a folder.
#[derive(Debug)]
pub struct FolderShelf {
    staged: PathBuf,
    parts: PathBuf,
    /// One writer a part: which desk is told by its hash.
    desks: Vec<Mutex<()>>,
    reserve: Reserve,
}

impl FolderShelf {
    /// Opens a folder of media, and makes it if it is not there.
    pub fn open(root: &Path) -> Result<Self, StoreFault> {
        let shelf = Self {
            staged: root.join("staged"),
            parts: root.join("parts"),
            desks: (0..DESKS).map(|_| Mutex::new(())).collect(),
            reserve: Reserve::none(),
        };
        made(make_folder(&shelf.staged), "making the folder of unfinished media")?;
        made(make_folder(&shelf.parts), "making the folder of media")?;
        Ok(shelf)
    }

    /// Makes durable what is staged of a part: for the end of a request, whose bytes a phone will not send again
    /// gladly. Nothing staged is no error.
    pub fn sync(&self, part: &PartName) -> Result<(), StoreFault> {
        let found = if_there(File::options().write(true).open(self.staged_path(part)));
        let synced = found.and_then(|file| file.map_or(Ok(()), |file| file.sync_data()));
        made(synced, "syncing an upload")
    }

    /// The same shelf, that leaves room on its disk.
    #[must_use]
    pub fn leaving(self, reserve: Reserve) -> Self {
        Self { reserve, ..self }
    }

    /// What the disk has room for.
    pub fn room(&self) -> Result<Room, StoreFault> {
        made(self.reserve.room(&self.staged), "measuring the disk")
    }

    /// Where unfinished parts lie, each under its session's name.
    pub fn staged(&self) -> &Path {
        &self.staged
    }

    fn staged_path(&self, part: &PartName) -> PathBuf {
        self.staged.join(session(part))
    }

    /// Made from ids alone, which have no separators: no name from outside ever becomes a path.
    fn whole_path(&self, part: &PartName) -> PathBuf {
        self.parts.join(part.report.to_string()).join(part.hash.to_string())
    }

    fn desk(&self, part: &PartName) -> Option<MutexGuard<'_, ()>> {
        let [first, ..] = *part.hash.as_bytes();
        let desk = self.desks.get(usize::from(first) % DESKS)?;
        // Nothing is kept under the lock, so a panic of another holder left nothing half-done in memory.
        Some(desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, part: &PartName, offset: u64, bytes: &[u8]) -> io::Result<Staged> {
        if let Some(length) = length(&self.whole_path(part))? {
            return Ok(Staged::Conflict(length));
        }
        let path = self.staged_path(part);
        let held = length(&path)?;
        let at = held.unwrap_or(0);
        if at != offset {
            return Ok(Staged::Conflict(at));
        }
        if !self.fits(part, bytes.len() as u64)? {
            return Ok(Staged::NoRoom(at));
        }
        let mut file = File::options().create(true).append(true).open(&path)?;
        if held.is_none() {
            sync_parent(&path)?;
        }
        if let Err(error) = file.write_all(bytes) {
            // A full disk may have taken some of it; the caller hears of an error, so none of it counts.
            file.set_len(at)?;
            return if error.kind() == io::ErrorKind::StorageFull {
                Ok(Staged::NoRoom(at))
            } else {
                Err(error)
            };
        }
        let end = at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if end / SYNC_EVERY_BYTES > at / SYNC_EVERY_BYTES {
            file.sync_data()?;
        }
        Ok(Staged::At(end))
    }

    /// A small bundle is words from people without a link, and may use what is kept for them.
    fn fits(&self, part: &PartName, more: u64) -> io::Result<bool> {
        if bundle::bytes_of(part).is_some_and(|bytes| bytes <= WORDS_BUNDLE_BYTES_MAX) {
            return Ok(true);
        }
        self.reserve.has_room(&self.staged, more)
    }

    fn check_and_move(&self, part: &PartName) -> io::Result<Finished> {
        let whole = self.whole_path(part);
        if length(&whole)?.is_some() {
            return Ok(Finished::Whole);
        }
        let staged = self.staged_path(part);
        let Some(mut file) = if_there(File::options().read(true).write(true).open(&staged))? else {
            return Ok(Finished::WrongHash);
        };
        let mut hash = Sha256Stream::default();
        let mut buffer = vec![0; READ_BYTES];
        loop {
            let read = file.read(&mut buffer)?;
            let Some(piece) = buffer.get(..read).filter(|piece| !piece.is_empty()) else { break };
            hash.update(piece);
        }
        if hash.finish() != part.hash {
            fs::remove_file(&staged)?;
            sync_parent(&staged)?;
            return Ok(Finished::WrongHash);
        }
        file.sync_all()?;
        if let Some(folder) = whole.parent() {
            make_folder(folder)?;
        }
        rename(&staged, &whole)?;
        Ok(Finished::Whole)
    }
}

impl Shelf for FolderShelf {
    fn staged_bytes(&self, part: &PartName) -> Result<u64, StoreFault> {
        made(length(&self.staged_path(part)), "measuring an upload").map(Option::unwrap_or_default)
    }

    fn is_whole(&self, part: &PartName) -> Result<bool, StoreFault> {
        self.whole_bytes(part).map(|length| length.is_some())
    }

    fn append(&self, part: &PartName, offset: u64, bytes: &[u8]) -> Result<Staged, StoreFault> {
        let _desk = self.desk(part);
        made(self.write(part, offset, bytes), "writing an upload")
    }

    fn finish(&self, part: &PartName) -> Result<Finished, StoreFault> {
        let _desk = self.desk(part);
        made(self.check_and_move(part), "finishing an upload")
    }

    fn read(&self, part: &PartName, offset: u64, limit: usize) -> Result<Option<Vec<u8>>, StoreFault> {
        let read = || {
            let Some(mut file) = if_there(File::open(self.whole_path(part)))? else { return Ok(None) };
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = Vec::new();
            file.take(u64::try_from(limit).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        };
        made(read(), "reading media")
    }

    fn forget(&self, part: &PartName) -> Result<(), StoreFault> {
        let _desk = self.desk(part);
        let whole = self.whole_path(part);
        for path in [&self.staged_path(part), &whole] {
            made(if_there(fs::remove_file(path)), "throwing media away")?;
        }
        // It stays where other parts lie in it.
        if let Some(folder) = whole.parent() {
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    fn has_room(&self, part: &PartName, more: u64) -> Result<bool, StoreFault> {
        made(self.fits(part, more), "measuring the disk")
    }

    fn whole_bytes(&self, part: &PartName) -> Result<Option<u64>, StoreFault> {
        made(length(&self.whole_path(part)), "measuring media")
    }
}

fn length(path: &Path) -> io::Result<Option<u64>> {
    Ok(if_there(fs::metadata(path))?.map(|found| found.len()))
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn made<T>(result: io::Result<T>, what: &'static str) -> Result<T, StoreFault> {
    result.map_err(|error| StoreFault { what, source: Some(Box::new(error)) })
}
