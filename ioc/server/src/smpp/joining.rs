//! The pieces of a long message until all are there. A message centre sends the next piece only after the one before was
//! acknowledged, so each is in a file by then: `DATA/smpp/`, for the owner alone, and gone with the last piece.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use paht_model::time::UnixMs;
use serde::{Deserialize, Serialize};

use super::words::{Heard, Piece};
use crate::home::write_whole;

/// Most messages that may be incomplete at a time.
const OPEN_MAX: usize = 2_000;
/// After this long what came is taken without the rest, in milliseconds: networks give up after a day or so.
const KEPT_MS: i64 = 86_400_000;
/// Stands where pieces never came.
const GAP: &str = " […] ";

/// The messages of which pieces are missing.
#[derive(Clone)]
pub(super) struct Joining {
    folder: PathBuf,
}

/// One of them.
#[derive(Serialize, Deserialize)]
struct Open {
    from: String,
    count: u8,
    since_ms: i64,
    pieces: BTreeMap<u8, String>,
}

/// A message of which nothing more is to come. Its file goes once the words are committed: [`Joining::forget`].
pub(super) struct Whole {
    /// The sender.
    pub from: String,
    /// All its words.
    pub text: String,
    file: PathBuf,
}

impl Joining {
    /// Over a folder, which is made with the first piece.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Keeps one piece. `name` says which message it belongs to, and says nothing of the sender. `None` while others are missing.
    pub(super) fn take(
        &self,
        name: &str,
        heard: Heard,
        piece: Piece,
        now: UnixMs,
    ) -> io::Result<Option<Whole>> {
        let file = self.folder.join(format!("{name}.json"));
        let fresh =
            || Open { from: heard.from, count: piece.count, since_ms: now.millis(), pieces: BTreeMap::new() };
        let mut open = read(&file).unwrap_or_else(fresh);
        open.pieces.insert(piece.place, heard.text);
        if open.pieces.len() == usize::from(open.count) {
            return Ok(Some(open.whole(file)));
        }
        fs::create_dir_all(&self.folder)?;
        if !file.exists() && fs::read_dir(&self.folder)?.count() >= OPEN_MAX {
            return Err(io::Error::other("too many incomplete messages"));
        }
        write_whole(&file, &serde_json::to_vec(&open).map_err(io::Error::other)?, 0o600)?;
        Ok(None)
    }

    /// One that has waited long enough.
    pub(super) fn given_up(&self, now: UnixMs) -> Option<Whole> {
        let files = fs::read_dir(&self.folder).ok()?.flatten().map(|entry| entry.path());
        let opened = files.filter_map(|file| read(&file).map(|open| (open, file)));
        let mut old = opened.filter(|(open, _)| now.millis().saturating_sub(open.since_ms) > KEPT_MS);
        old.next().map(|(open, file)| open.whole(file))
    }

    /// Its words are in the record.
    pub(super) fn forget(whole: &Whole) {
        if let Err(error) = fs::remove_file(&whole.file)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a joined message stays in its file");
        }
    }
}

impl Open {
    fn whole(self, file: PathBuf) -> Whole {
        let mut text = String::new();
        let mut expected = 1;
        for (place, piece) in &self.pieces {
            if *place != expected {
                text.push_str(GAP);
            }
            text.push_str(piece);
            expected = place.saturating_add(1);
        }
        if expected <= self.count {
            text.push_str(GAP);
        }
        Whole { from: self.from, text, file }
    }
}

/// What is torn is as good as not there: its message centre had no answer for it.
fn read(file: &Path) -> Option<Open> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: UnixMs = UnixMs::from_millis(1_795_410_000_000);

    fn piece(place: u8, text: &str) -> (Heard, Piece) {
        let piece = Piece { reference: 7, count: 3, place };
        (Heard { from: "+84905123456".into(), text: text.into(), piece: Some(piece) }, piece)
    }

    #[test]
    fn pieces_join_in_any_order_over_a_restart_and_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("smpp");
        for (place, text) in [(3, "cáp"), (1, "Cầu "), (1, "Cầu ")] {
            let (heard, piece) = piece(place, text);
            assert!(Joining::in_folder(&at).take("a", heard, piece, NOON).unwrap().is_none());
        }
        let (heard, last) = piece(2, "đứt ");
        let whole = Joining::in_folder(&at).take("a", heard, last, NOON).unwrap().unwrap();
        assert_eq!((whole.from.as_str(), whole.text.as_str()), ("+84905123456", "Cầu đứt cáp"));
        assert_eq!(fs::read_dir(&at).unwrap().count(), 1, "until it is committed");
        Joining::forget(&whole);
        assert_eq!(fs::read_dir(&at).unwrap().count(), 0);
    }

    #[test]
    fn what_never_came_is_a_gap_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let joining = Joining::in_folder(folder.path());
        let (heard, second) = piece(2, "đứt ");
        joining.take("a", heard, second, NOON).unwrap();
        assert!(joining.given_up(UnixMs::from_millis(NOON.millis() + KEPT_MS)).is_none());
        let whole = joining.given_up(UnixMs::from_millis(NOON.millis() + KEPT_MS + 1)).unwrap();
        assert_eq!(whole.text, " […] đứt  […] ");
    }

    #[cfg(unix)]
    #[test]
    fn the_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (heard, first) = piece(1, "Cầu ");
        Joining::in_folder(folder.path()).take("a", heard, first, NOON).unwrap();
        let mode = fs::metadata(folder.path().join("a.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
