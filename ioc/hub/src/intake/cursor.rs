//! How far a phone has read. Opaque to it; to the hub the epoch and how many of its own entries it has heard, so that no
//! gap can tell of other people's cases.

use paht_model::ids::Epoch;
use paht_model::wire::Blob;

/// A place in what is told to one phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The epoch it counts in.
    pub(super) epoch: Epoch,
    /// How many entries were heard.
    pub(super) read: u64,
}

impl Cursor {
    /// After how many entries to begin, and whether that is anew because the cursor is none of ours (any more).
    pub(super) fn start(cursor: Option<&Blob>, epoch: Epoch, total: u64) -> (u64, bool) {
        let Some(blob) = cursor else { return (0, false) };
        match Self::from_blob(blob) {
            Some(known) if known.epoch == epoch && known.read <= total => (known.read, false),
            _ => (0, true),
        }
    }

    /// Its bytes.
    pub(super) fn to_blob(self) -> Blob {
        Blob([self.epoch.as_bytes().as_slice(), &self.read.to_be_bytes()].concat())
    }

    fn from_blob(blob: &Blob) -> Option<Self> {
        let (epoch, read) = blob.0.split_at_checked(8)?;
        Some(Self { epoch: Epoch::from_slice(epoch).ok()?, read: u64::from_be_bytes(read.try_into().ok()?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EPOCH: Epoch = Epoch::from_bytes([5; 8]);

    #[test]
    fn a_cursor_goes_on_where_it_stood() {
        let blob = Cursor { epoch: EPOCH, read: 7 }.to_blob();
        assert_eq!(Cursor::start(Some(&blob), EPOCH, 9), (7, false));
        assert_eq!(Cursor::start(None, EPOCH, 9), (0, false));
    }

    #[test]
    fn a_cursor_of_another_epoch_or_from_beyond_begins_anew() {
        let blob = Cursor { epoch: EPOCH, read: 7 }.to_blob();
        assert_eq!(Cursor::start(Some(&blob), Epoch::from_bytes([6; 8]), 9), (0, true));
        assert_eq!(Cursor::start(Some(&blob), EPOCH, 6), (0, true));
        for bytes in [vec![], vec![1; 7], vec![1; 15], vec![1; 17]] {
            assert_eq!(Cursor::start(Some(&Blob(bytes)), EPOCH, 9), (0, true));
        }
    }
}
