//! A copy of a running IOC's folder, and a folder from a copy.
//!
//! The record is copied first, as of one moment, then the media: whatever the copied record has a receipt for was whole
//! before that moment, so it is in the copy too. What is unfinished stays out; phones send it again. A restored hub
//! begins a new epoch, by which phones notice and offer again what came after the copy was made.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use paht_hub::ports::StoreFault;
use paht_model::ids::Epoch;

use crate::durable::{is_empty, make_folder, rename, sync_file, sync_folder, sync_parent};
use crate::sqlite::{connect, copy, unfinished_path};
use crate::{DATABASE_FILE, MEDIA_FOLDER};

/// In a copy, written last: without it the copy was cut short.
const COMPLETE_FILE: &str = "complete";
/// Whole parts in the folder of media.
const PARTS_FOLDER: &str = "parts";

/// Why a copy was not made, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The folder to write to has something in it.
    #[error("{0} is not empty; name a new folder")]
    NotEmpty(PathBuf),
    /// There is no hub's record in the folder to read from.
    #[error("{0} holds no hub's record")]
    NoRecord(PathBuf),
    /// The folder to write to lies in the one to read from.
    #[error("{0} lies inside the folder that is copied; name one outside")]
    Inside(PathBuf),
    /// The copy was cut short when it was made.
    #[error("the backup in {0} was cut short; use another one")]
    CutShort(PathBuf),
    /// A file or folder failed.
    #[error("copying failed at {path}")]
    File {
        /// Which.
        path: PathBuf,
        /// How.
        #[source]
        source: io::Error,
    },
    /// The record failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Copies the folder `data_dir` of a hub, running or not, into the new or empty folder `out_dir`: record, whole media,
/// keys, configuration. Whole media never change, so where both lie on one disk they are linked, not copied.
pub fn backup(data_dir: &Path, out_dir: &Path) -> Result<(), BackupFault> {
    let database = data_dir.join(DATABASE_FILE);
    if !database.is_file() {
        return Err(BackupFault::NoRecord(data_dir.to_owned()));
    }
    must_be_empty(out_dir)?;
    make(out_dir)?;
    let (from, to) = (at(data_dir, fs::canonicalize(data_dir))?, at(out_dir, fs::canonicalize(out_dir))?);
    if to.starts_with(&from) {
        return Err(BackupFault::Inside(out_dir.to_owned()));
    }
    copy(&database, &out_dir.join(DATABASE_FILE))?;
    copy_media(data_dir, out_dir, Media::Linked)?;
    copy_others(data_dir, out_dir)?;
    let complete = out_dir.join(COMPLETE_FILE);
    let written = fs::write(&complete, b"paht ioc backup 1\n").and_then(|()| sync_file(&complete));
    at(&complete, written.and_then(|()| sync_parent(&complete)))
}

/// Makes a hub's folder from a copy, into the new or empty folder `data_dir`, and begins a new epoch from fresh
/// randomness. If it is cut short, the hub refuses to open the folder.
pub fn restore(from: &Path, data_dir: &Path, random: [u8; 8]) -> Result<Epoch, BackupFault> {
    if !from.join(DATABASE_FILE).is_file() {
        return Err(BackupFault::NoRecord(from.to_owned()));
    }
    if !from.join(COMPLETE_FILE).is_file() {
        return Err(BackupFault::CutShort(from.to_owned()));
    }
    must_be_empty(data_dir)?;
    make(data_dir)?;
    let database = data_dir.join(DATABASE_FILE);
    let unfinished = unfinished_path(&database);
    copy_file(&from.join(DATABASE_FILE), &unfinished)?;
    sync_parent(&unfinished).map_err(|source| BackupFault::File { path: unfinished.clone(), source })?;
    copy_media(from, data_dir, Media::Copied)?;
    copy_others(from, data_dir)?;
    begin_epoch(&unfinished, random)?;
    at(&database, rename(&unfinished, &database))?;
    Ok(Epoch::from_bytes(random))
}

/// In a file of its own, without a log beside it that a rename would leave behind.
fn begin_epoch(database: &Path, random: [u8; 8]) -> Result<(), StoreFault> {
    let what = "beginning an epoch";
    let failed = |error: rusqlite::Error| StoreFault { what, source: Some(Box::new(error)) };
    let connection = connect(database, false)?;
    connection.execute_batch("PRAGMA journal_mode = DELETE").map_err(failed)?;
    connection.execute("UPDATE hub SET epoch = ?1", [random]).map_err(failed)?;
    connection.close().map_err(|(_, error)| failed(error))?;
    sync_file(database).map_err(|error| StoreFault { what, source: Some(Box::new(error)) })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Media {
    Linked,
    Copied,
}

fn copy_media(from: &Path, to: &Path, how: Media) -> Result<(), BackupFault> {
    let from = from.join(MEDIA_FOLDER).join(PARTS_FOLDER);
    let to = to.join(MEDIA_FOLDER).join(PARTS_FOLDER);
    make(&to)?;
    if from.is_dir() { copy_folder(&from, &to, how) } else { Ok(()) }
}

/// Keys, configuration and what else the server keeps, but for what stands for a running hub.
fn copy_others(from: &Path, to: &Path) -> Result<(), BackupFault> {
    for entry in at(from, fs::read_dir(from))? {
        let name = at(from, entry)?.file_name();
        let text = name.to_string_lossy();
        let is_own = text.starts_with(DATABASE_FILE) || text == MEDIA_FOLDER || text == COMPLETE_FILE;
        if !is_own && text != "lock" {
            copy_any(&from.join(&name), &to.join(&name), Media::Copied)?;
        }
    }
    at(to, sync_folder(to))
}

fn copy_folder(from: &Path, to: &Path, how: Media) -> Result<(), BackupFault> {
    for entry in at(from, fs::read_dir(from))? {
        let name = at(from, entry)?.file_name();
        copy_any(&from.join(&name), &to.join(&name), how)?;
    }
    at(to, sync_folder(to))
}

fn copy_any(from: &Path, to: &Path, how: Media) -> Result<(), BackupFault> {
    let kind = at(from, fs::metadata(from))?;
    if kind.is_dir() {
        make(to)?;
        copy_folder(from, to, how)
    } else if how == Media::Linked && fs::hard_link(from, to).is_ok() {
        Ok(())
    } else {
        copy_file(from, to)
    }
}

/// Permissions go along: a key stays its owner's.
fn copy_file(from: &Path, to: &Path) -> Result<(), BackupFault> {
    at(from, fs::copy(from, to))?;
    at(to, sync_file(to))
}

fn must_be_empty(path: &Path) -> Result<(), BackupFault> {
    if at(path, is_empty(path))? { Ok(()) } else { Err(BackupFault::NotEmpty(path.to_owned())) }
}

fn make(path: &Path) -> Result<(), BackupFault> {
    at(path, make_folder(path))
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, BackupFault> {
    result.map_err(|source| BackupFault::File { path: path.to_owned(), source })
}
