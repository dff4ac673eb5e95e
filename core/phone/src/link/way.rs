//! What stands between the phone and the hub over TCP, as far as transfers have shown it: a proxy may let only small requests
//! through, may gather a request before it passes it on, may know only some methods. Learned anew on another network.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How much one request carries, in bytes, once more was too much: the first is under the 1 MB of a proxy as it comes.
const PIECES_BYTES: [u64; 5] = [1_000_000, 500_000, 250_000, 64_000, 16_000];
/// Pieces that were lost rather than refused are not made smaller than this, in bytes: each costs a round trip.
const LOST_PIECE_BYTES_MIN: u64 = 64_000;

/// What is known of the way.
#[derive(Debug)]
pub(super) struct Way {
    piece_bytes_max: AtomicU64,
    /// The hub was seen to hold bytes of a request that was still under way.
    streams: AtomicBool,
    /// PATCH is not let through, POST in its place may be.
    by_post: AtomicBool,
}

impl Default for Way {
    fn default() -> Self {
        Self {
            piece_bytes_max: AtomicU64::new(u64::MAX),
            streams: AtomicBool::new(false),
            by_post: AtomicBool::new(false),
        }
    }
}

impl Way {
    /// How many of so many bytes go in one request.
    pub(super) fn piece(&self, left: u64) -> u64 {
        left.min(self.piece_bytes_max.load(Ordering::Relaxed))
    }

    /// A request with so many bytes was refused for its size; whether smaller ones may be tried.
    pub(super) fn too_large(&self, bytes: u64) -> bool {
        self.lower(bytes, 0)
    }

    /// A request with so many bytes ended, and the hub held none of it. Where it is known to get bytes as they come, their
    /// number is not why.
    pub(super) fn lost(&self, bytes: u64) {
        if !self.streams() {
            self.lower(bytes, LOST_PIECE_BYTES_MIN);
        }
    }

    fn lower(&self, bytes: u64, least: u64) -> bool {
        let smaller = PIECES_BYTES.into_iter().find(|size| *size < bytes && *size >= least);
        if let Some(smaller) = smaller {
            self.piece_bytes_max.fetch_min(smaller, Ordering::Relaxed);
        }
        smaller.is_some()
    }

    /// The hub holds bytes of a request that is under way: nothing gathers it.
    pub(super) fn streamed(&self) {
        self.streams.store(true, Ordering::Relaxed);
    }

    pub(super) fn streams(&self) -> bool {
        self.streams.load(Ordering::Relaxed)
    }

    /// PATCH is not let through; whether POST in its place was not tried yet.
    pub(super) fn no_patch(&self) -> bool {
        !self.by_post.swap(true, Ordering::Relaxed)
    }

    pub(super) fn by_post(&self) -> bool {
        self.by_post.load(Ordering::Relaxed)
    }

    /// Another network: nothing of it is known.
    pub(super) fn forget(&self) {
        let Self { piece_bytes_max, streams, by_post } = Self::default();
        self.piece_bytes_max.store(piece_bytes_max.into_inner(), Ordering::Relaxed);
        self.streams.store(streams.into_inner(), Ordering::Relaxed);
        self.by_post.store(by_post.into_inner(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_get_smaller_until_one_goes_through_and_stay_so() {
        let way = Way::default();
        let (mut seen, mut bytes) = (Vec::new(), way.piece(4_000_000));
        while way.too_large(bytes) {
            bytes = way.piece(4_000_000);
            seen.push(bytes);
        }
        assert_eq!(seen, PIECES_BYTES);
        assert!(way.piece(u64::MAX) == 16_000 && way.piece(300) == 300);
        way.forget();
        assert_eq!(way.piece(4_000_000), 4_000_000, "another network may have another proxy");
    }

    #[test]
    fn what_was_lost_makes_pieces_smaller_unless_bytes_are_known_to_come_through() {
        let way = Way::default();
        (0..9).for_each(|_| way.lost(way.piece(4_000_000)));
        assert_eq!(way.piece(4_000_000), LOST_PIECE_BYTES_MIN);
        way.forget();
        way.streamed();
        way.lost(4_000_000);
        assert_eq!(way.piece(4_000_000), 4_000_000);
    }
}
