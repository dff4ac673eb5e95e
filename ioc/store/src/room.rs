//! Room on the disk that media leave: whatever pictures and videos come, a statement or a text message can still be
//! written. Media are refused before the disk is full; the record never is.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// How much the file system of a folder holds, and how much of it can still be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// All of it, in bytes.
    pub all_bytes: u64,
    /// What this process can still write, in bytes.
    pub free_bytes: u64,
}

/// Asks the file system of a folder.
pub type Measure = Box<dyn Fn(&Path) -> io::Result<Disk> + Send + Sync>;

/// What media leave of a disk.
pub struct Reserve {
    bytes: u64,
    measure: Measure,
    /// Whether the log knows that media are refused.
    told: AtomicBool,
}

/// Of a small disk no more than this part is kept: one of so many.
const PART_OF_DISK: u64 = 4;

/// What a disk has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// What can still be written, in bytes.
    pub free_bytes: u64,
    /// What of that media leave, in bytes.
    pub reserve_bytes: u64,
}

impl Reserve {
    /// Leaves so many bytes, or a quarter of a disk that has not four times as many.
    pub fn of(bytes: u64) -> Self {
        Self::measured_by(bytes, Box::new(measured))
    }

    /// The same, of a disk that is measured in another way.
    pub fn measured_by(bytes: u64, measure: Measure) -> Self {
        Self { bytes, measure, told: AtomicBool::new(false) }
    }

    /// Leaves nothing, and asks nobody.
    pub(crate) fn none() -> Self {
        Self::measured_by(0, Box::new(|_| Ok(Disk { all_bytes: u64::MAX, free_bytes: u64::MAX })))
    }

    /// Whether so many more bytes of media would leave the reserve. The log hears when that changes.
    pub(crate) fn has_room(&self, folder: &Path, more: u64) -> io::Result<bool> {
        let room = self.room(folder)?;
        let (has, Room { free_bytes, reserve_bytes }) = (room.has(more), room);
        match (has, self.told.swap(!has, Ordering::Relaxed)) {
            (false, false) => tracing::warn!(free_bytes, reserve_bytes, "no room for media: refused"),
            (true, true) => tracing::info!(free_bytes, reserve_bytes, "room for media again"),
            _ => {}
        }
        Ok(has)
    }

    pub(crate) fn room(&self, folder: &Path) -> io::Result<Room> {
        let Disk { all_bytes, free_bytes } = (self.measure)(folder)?;
        Ok(Room { free_bytes, reserve_bytes: self.bytes.min(all_bytes / PART_OF_DISK) })
    }
}

impl Room {
    /// Whether so many more bytes of media would leave the reserve.
    pub const fn has(&self, more: u64) -> bool {
        self.free_bytes >= self.reserve_bytes.saturating_add(more)
    }
}

impl fmt::Debug for Reserve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reserve").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

fn measured(folder: &Path) -> io::Result<Disk> {
    let about = rustix::fs::statvfs(folder)?;
    let bytes = |blocks: u64| blocks.saturating_mul(about.f_frsize);
    Ok(Disk { all_bytes: bytes(about.f_blocks), free_bytes: bytes(about.f_bavail) })
}
