//! The pieces of a long message until all are there; only then are they read, since a letter may be in two of them. A message
//! centre sends the next piece only after the one before was acknowledged, so each is in a file by then: `DATA/smpp/`, for
//! the owner alone, and gone with the last piece.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use paht_model::time::UnixMs;
use serde::{Deserialize, Serialize};

use super::words::{Heard, Part, Piece};
use crate::gateway::{Caller, Said};
use crate::home::write_whole;
use crate::letters::Octets;

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
    /// Whether nobody can answer whoever sent it.
    #[serde(default)]
    is_nobodys: bool,
    count: u8,
    since_ms: i64,
    pieces: BTreeMap<u8, Kept>,
}

/// A piece in its file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    /// As it came.
    Part(Part),
    /// As earlier versions kept it.
    Words(String),
}

/// A message of which nothing more is to come. Its file goes once the words are committed: [`Joining::forget`].
pub(super) struct Whole {
    /// Who sent it.
    pub caller: Caller,
    /// All its words, or all its bytes.
    pub said: Said,
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
        let Heard { caller, part, .. } = heard;
        let is_nobodys = matches!(caller, Caller::Nobody(_));
        let (Caller::Person(from) | Caller::Nobody(from)) = caller;
        let since_ms = now.millis();
        let fresh = || Open { from, is_nobodys, count: piece.count, since_ms, pieces: BTreeMap::new() };
        let mut open = read(&file).unwrap_or_else(fresh);
        open.pieces.insert(piece.place, Kept::Part(part));
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
        let said = match self.words() {
            Some(text) => Said::Words(text),
            None => Said::Unreadable(self.shown()),
        };
        let caller = if self.is_nobodys { Caller::Nobody(self.from) } else { Caller::Person(self.from) };
        Whole { caller, said, file }
    }

    /// What the pieces say, with a gap wherever some never came; `None` if any of them cannot be read.
    fn words(&self) -> Option<String> {
        let mut text = String::new();
        let mut expected = 1;
        for run in self.runs() {
            let (first, last) = (run.first()?.0, run.last()?.0);
            let torn_before = first != expected;
            if torn_before {
                text.push_str(GAP);
            }
            expected = last.saturating_add(1);
            let torn_behind = expected <= self.count && !self.pieces.contains_key(&expected);
            let bytes: Vec<&[u8]> = run.iter().filter_map(|(_, kept)| kept.bytes()).collect();
            text.push_str(&match run.first()?.1 {
                Kept::Words(words) => words.clone(),
                Kept::Part(part) => part.read_as(&Octets { pieces: &bytes, torn_before, torn_behind })?,
            });
        }
        if expected <= self.count {
            text.push_str(GAP);
        }
        Some(text)
    }

    /// The pieces that can be read together: none is missing between them, and their alphabet is one.
    fn runs(&self) -> Vec<Vec<(u8, &Kept)>> {
        let mut runs: Vec<Vec<(u8, &Kept)>> = Vec::new();
        for (place, kept) in &self.pieces {
            match runs.last_mut() {
                Some(run)
                    if run
                        .last()
                        .is_some_and(|(last, before)| last + 1 == *place && before.goes_with(kept)) =>
                {
                    run.push((*place, kept));
                }
                _ => runs.push(vec![(*place, kept)]),
            }
        }
        runs
    }

    /// What a person sees of pieces of which one cannot be read.
    fn shown(&self) -> String {
        let shown = self.runs().into_iter().filter_map(|run| {
            let bytes: Vec<&[u8]> = run.iter().filter_map(|(_, kept)| kept.bytes()).collect();
            run.first().map(|(_, kept)| match kept {
                Kept::Words(words) => words.clone(),
                Kept::Part(part) => {
                    part.read_as(&Octets::whole(&bytes)).unwrap_or_else(|| part.shown(&bytes))
                }
            })
        });
        shown.collect::<Vec<_>>().join("\n")
    }
}

impl Kept {
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Part(part) => Some(&part.bytes),
            Self::Words(_) => None,
        }
    }

    fn goes_with(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Part(part), Self::Part(next)) => {
                (part.coding, part.foreign) == (next.coding, next.foreign)
            }
            _ => false,
        }
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

    fn in_bytes(count: u8, place: u8, coding: u8, bytes: &[u8]) -> (Heard, Piece) {
        let piece = Piece { reference: 7, count, place };
        let part = Part { coding, foreign: false, bytes: bytes.to_vec() };
        (Heard { caller: Caller::Person("+84905123456".into()), part, piece: Some(piece) }, piece)
    }

    fn piece(place: u8, text: &str) -> (Heard, Piece) {
        in_bytes(3, place, 8, &utf16(text))
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    /// All of these in one folder; the last one's answer.
    fn taken(pieces: impl IntoIterator<Item = (Heard, Piece)>) -> Option<Whole> {
        let folder = tempfile::tempdir().unwrap();
        let joining = Joining::in_folder(folder.path());
        let taken = pieces.into_iter().map(|(heard, piece)| joining.take("a", heard, piece, NOON).unwrap());
        taken.last().unwrap()
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
        assert_eq!(whole.caller, Caller::Person("+84905123456".into()));
        assert_eq!(whole.said, Said::Words("Cầu đứt cáp".into()));
        assert_eq!(fs::read_dir(&at).unwrap().count(), 1, "until it is committed");
        Joining::forget(&whole);
        assert_eq!(fs::read_dir(&at).unwrap().count(), 0);
    }

    #[test]
    fn a_letter_that_is_in_two_pieces_is_one() {
        let bytes = utf16("\u{feff}Cháy 🔥 nhà");
        for (cut, mend) in [(13, 16), (14, 17), (15, 15), (1, 2)] {
            let pieces = [&bytes[..cut], &bytes[cut..mend], &bytes[mend..]];
            let numbered = pieces.into_iter().zip(1..).filter(|(bytes, _)| !bytes.is_empty());
            let count = u8::try_from(numbered.clone().count()).unwrap();
            let pieces = numbered.zip(1..).map(|((bytes, _), place)| in_bytes(count, place, 8, bytes));
            assert_eq!(taken(pieces).unwrap().said, Said::Words("Cháy 🔥 nhà".into()), "{cut} {mend}");
        }
        let escaped = [in_bytes(2, 1, 0, b"nh\x7f \x1b"), in_bytes(2, 2, 0, b"<A\x1b>")];
        assert_eq!(taken(escaped).unwrap().said, Said::Words("nhà [A]".into()));
        let mixed = [in_bytes(2, 1, 0, b"nh\x7f "), in_bytes(2, 2, 8, &utf16("đổ"))];
        assert_eq!(taken(mixed).unwrap().said, Said::Words("nhà đổ".into()));
    }

    #[test]
    fn pieces_of_which_one_cannot_be_read_are_left_to_a_person_whole() {
        let pieces = [in_bytes(3, 1, 8, &utf16("đổ")), in_bytes(3, 2, 4, &[1, 2]), in_bytes(3, 3, 4, &[3])];
        let shown = "đổ\n\u{fffd}\u{fffd}\u{fffd}\n[data_coding 0x04: 0102 03]";
        assert_eq!(taken(pieces).unwrap().said, Said::Unreadable(shown.into()));
    }

    #[test]
    fn what_never_came_is_a_gap_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let joining = Joining::in_folder(folder.path());
        let (heard, second) = piece(2, "đứt ");
        joining.take("a", heard, second, NOON).unwrap();
        assert!(joining.given_up(UnixMs::from_millis(NOON.millis() + KEPT_MS)).is_none());
        let whole = joining.given_up(UnixMs::from_millis(NOON.millis() + KEPT_MS + 1)).unwrap();
        assert_eq!(whole.said, Said::Words(" […] đứt  […] ".into()));
    }

    #[test]
    fn what_is_cut_at_a_gap_is_no_reason_to_refuse_the_rest_and_older_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let joining = Joining::in_folder(folder.path());
        let old = r#"{"from":"+84905123456","count":4,"since_ms":0,"pieces":{"1":"Cầu "}}"#;
        fs::write(folder.path().join("a.json"), old).unwrap();
        let (heard, second) = in_bytes(4, 2, 8, &utf16("đứt 🔥")[..10]);
        joining.take("a", heard, second, NOON).unwrap();
        let whole = joining.given_up(NOON).unwrap();
        assert_eq!(whole.said, Said::Words("Cầu đứt  […] ".into()));
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
