//! The real disk, recorded.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use paht_phone::media::{Disk, DiskFile, RealDisk};

use super::{Op, note};

#[derive(Debug)]
pub struct RecordingDisk;

struct Recorded {
    file: Box<dyn DiskFile>,
    path: PathBuf,
    at: u64,
}

impl Write for Recorded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        note(Op::Write { path: self.path.clone(), at: self.at, bytes: bytes[..count].to_vec() });
        self.at += count as u64;
        Ok(count)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl DiskFile for Recorded {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()?;
        note(Op::Sync(self.path.clone()));
        Ok(())
    }
}

impl Disk for RecordingDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        if !path.exists() {
            note(Op::MakeDir(path.to_owned()));
        }
        RealDisk.create_dir(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = RealDisk.create(path)?;
        note(Op::Create(path.to_owned()));
        Ok(Box::new(Recorded { file, path: path.to_owned(), at: 0 }))
    }
    fn open(&self, path: &Path) -> io::Result<File> {
        RealDisk.open(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)?;
        note(Op::Rename { from: from.to_owned(), to: to.to_owned() });
        Ok(())
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)?;
        note(Op::Remove(path.to_owned()));
        Ok(())
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_dir(path)?;
        note(Op::SyncDir(path.to_owned()));
        Ok(())
    }
    fn len(&self, path: &Path) -> io::Result<Option<u64>> {
        RealDisk.len(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(path)
    }
    fn free_bytes(&self, path: &Path) -> io::Result<u64> {
        RealDisk.free_bytes(path)
    }
}
