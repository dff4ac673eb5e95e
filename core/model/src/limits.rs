//! Every bound in one place, its unit last. A bound that the hub enforces is checked on the phone first, so that nobody
//! meets it after an hour of uploading.

/// Longest text of a report, comment, answer or reason, in characters.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Most captures in one report.
pub const CAPTURES_MAX: usize = 12;
/// Largest photo taken in, in bytes (64 MB: a 200 MP phone photo).
pub const PHOTO_BYTES_MAX: u64 = 64_000_000;
/// Largest video taken in, in bytes (2 GB).
pub const VIDEO_BYTES_MAX: u64 = 2_000_000_000;
/// Most pixels a photo may have to be decoded; above it, it is taken for a decompression bomb.
pub const PHOTO_PIXELS_MAX: u64 = 220_000_000;
/// Largest preview, in bytes.
pub const PREVIEW_BYTES_MAX: u64 = 60_000;
/// Largest rendition, in bytes.
pub const RENDITION_BYTES_MAX: u64 = 4_000_000;
/// Largest signed command, in bytes.
pub const COMMAND_BYTES_MAX: usize = 32_000;
/// Most commands in one sync.
pub const SYNC_COMMANDS_MAX: usize = 64;
/// Most parts whose resume offset one sync asks for.
pub const SYNC_OFFERS_MAX: usize = 256;
/// Most timeline entries in one sync reply; more follow in the next.
pub const SYNC_EVENTS_MAX: usize = 256;
/// Largest body of a sync request, in bytes.
pub const SYNC_BODY_BYTES_MAX: usize = 1_048_576;
/// Largest body of a sync reply that a phone reads, in bytes.
pub const SYNC_REPLY_BYTES_MAX: usize = 4_194_304;
/// Longest name a sender gives, in characters.
pub const SENDER_NAME_CHARS_MAX: usize = 120;
/// How long originals stay on the phone after their receipt, in milliseconds (14 days): a hub restored from backup can
/// ask for them again.
pub const ORIGINAL_KEPT_MS: i64 = 14 * 24 * 3_600 * 1_000;
