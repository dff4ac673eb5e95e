//! The disks that a power cut may leave: what was flushed is certain; of the rest nothing, everything, or any part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Op;

/// How much of what was not flushed is there after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Luck {
    Nothing,
    Everything,
    Some(u64),
}

#[derive(Debug, Clone, Default)]
struct Inode {
    flushed: Vec<u8>,
    pending: Vec<(u64, Change)>,
}

#[derive(Debug, Clone)]
enum Change {
    Write(Vec<u8>),
    Cut,
}

#[derive(Debug, Clone)]
enum Naming {
    Dir(PathBuf),
    Name(PathBuf, usize),
    Rename(PathBuf, PathBuf, usize),
    Remove(PathBuf),
}

/// A disk as the operations so far made it.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    inodes: Vec<Inode>,
    live: BTreeMap<PathBuf, usize>,
    namings: Vec<(Naming, bool)>,
}

impl Disk {
    pub fn play(&mut self, op: &Op) {
        match op {
            Op::MakeDir(path) => self.namings.push((Naming::Dir(path.clone()), false)),
            Op::Create(path) => {
                self.inodes.push(Inode::default());
                let inode = self.inodes.len() - 1;
                self.live.insert(path.clone(), inode);
                self.namings.push((Naming::Name(path.clone(), inode), false));
            }
            Op::Write { path, at, bytes } => {
                if let Some(inode) = self.inode(path) {
                    inode.pending.push((*at, Change::Write(bytes.clone())));
                }
            }
            Op::Truncate { path, length } => {
                if let Some(inode) = self.inode(path) {
                    inode.pending.push((*length, Change::Cut));
                }
            }
            Op::Sync(path) => {
                if let Some(inode) = self.inode(path) {
                    for (at, change) in std::mem::take(&mut inode.pending) {
                        apply(&mut inode.flushed, at, &change);
                    }
                }
            }
            Op::Rename { from, to } => {
                let inode = self.live.remove(from).unwrap();
                self.live.insert(to.clone(), inode);
                self.namings.push((Naming::Rename(from.clone(), to.clone(), inode), false));
            }
            Op::Remove(path) => {
                self.live.remove(path);
                self.namings.push((Naming::Remove(path.clone()), false));
            }
            Op::SyncDir(folder) => {
                for (naming, certain) in &mut self.namings {
                    *certain |= touches(naming, folder);
                }
            }
            Op::Promised(_) => {}
        }
    }

    fn inode(&mut self, path: &Path) -> Option<&mut Inode> {
        self.live.get(path).map(|inode| &mut self.inodes[*inode])
    }

    /// Writes the disk after a power cut; `from` is where it was recorded, `to` an empty folder.
    pub fn leave(&self, luck: Luck, from: &Path, to: &Path) {
        let mut dice = Dice(if let Luck::Some(seed) = luck { seed } else { 0 });
        let mut names: BTreeMap<PathBuf, usize> = BTreeMap::new();
        let mut dirs = vec![from.to_owned()];
        for (naming, certain) in &self.namings {
            let there = *certain
                || match luck {
                    Luck::Nothing => false,
                    Luck::Everything => true,
                    Luck::Some(_) => dice.coin(),
                };
            if !there {
                continue;
            }
            match naming {
                Naming::Dir(path) => dirs.push(path.clone()),
                Naming::Name(path, inode) => _ = names.insert(path.clone(), *inode),
                Naming::Rename(old, new, inode) => {
                    if names.get(old) == Some(inode) {
                        names.remove(old);
                    }
                    names.insert(new.clone(), *inode);
                }
                Naming::Remove(path) => _ = names.remove(path),
            }
        }
        for dir in &dirs {
            fs::create_dir_all(to.join(dir.strip_prefix(from).unwrap())).unwrap();
        }
        for (path, inode) in names {
            if dirs.iter().any(|dir| path.parent() == Some(dir)) {
                let bytes = self.inodes[inode].after(luck, &mut dice);
                fs::write(to.join(path.strip_prefix(from).unwrap()), bytes).unwrap();
            }
        }
    }
}

impl Inode {
    fn after(&self, luck: Luck, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.flushed.clone();
        for (at, change) in &self.pending {
            match luck {
                Luck::Nothing => {}
                Luck::Everything => apply(&mut bytes, *at, change),
                Luck::Some(_) => match (dice.next() % 3, change) {
                    (0, _) => {}
                    // A torn write: its first half came, the rest did not.
                    (1, Change::Write(all)) => {
                        let half = Change::Write(all[..all.len() / 2].to_vec());
                        apply(&mut bytes, *at, &half);
                    }
                    _ => apply(&mut bytes, *at, change),
                },
            }
        }
        bytes
    }
}

fn apply(file: &mut Vec<u8>, at: u64, change: &Change) {
    let at = usize::try_from(at).unwrap();
    match change {
        Change::Cut => file.resize(at, 0),
        Change::Write(bytes) => {
            if file.len() < at + bytes.len() {
                file.resize(at + bytes.len(), 0);
            }
            file[at..at + bytes.len()].copy_from_slice(bytes);
        }
    }
}

fn touches(naming: &Naming, folder: &Path) -> bool {
    let inside = |path: &Path| path.parent() == Some(folder);
    match naming {
        Naming::Dir(path) | Naming::Name(path, _) | Naming::Remove(path) => inside(path),
        // A rename is one step: it is safe when the folder of the new name is.
        Naming::Rename(_, to, _) => inside(to),
    }
}

/// Seeded chance (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn coin(&mut self) -> bool {
        self.next().is_multiple_of(2)
    }
}
