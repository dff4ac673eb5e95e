//! What lies in a phone's or a hub's folder.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file under a folder.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_in(&path)) } else { files.push(path) }
    }
    files
}

/// Bytes of all files under a folder, of which some may be gone in a moment.
pub fn bytes_in(folder: &Path) -> u64 {
    files_in(folder).iter().filter_map(|file| fs::metadata(file).ok()).map(|found| found.len()).sum()
}

/// Whether any file under a folder, which has some, has these bytes.
pub fn is_legible(folder: &Path, words: &str) -> bool {
    let files = files_in(folder);
    assert!(!files.is_empty());
    files.iter().any(|file| {
        fs::read(file).unwrap_or_default().windows(words.len()).any(|window| window == words.as_bytes())
    })
}
