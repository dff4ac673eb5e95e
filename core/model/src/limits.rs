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
/// Largest voice note taken in, in bytes: some minutes of speech.
pub const VOICE_BYTES_MAX: u64 = 512_000;
/// Most pixels a photo may have to be decoded; above it, it is taken for a decompression bomb.
pub const PHOTO_PIXELS_MAX: u64 = 220_000_000;
/// Largest preview, in bytes.
pub const PREVIEW_BYTES_MAX: u64 = 60_000;
/// Largest rendition, in bytes.
pub const RENDITION_BYTES_MAX: u64 = 4_000_000;
/// Largest sealed bundle, in bytes: hub and phone open one in memory.
pub const BUNDLE_BYTES_MAX: u64 = 32_000_000;
/// Most commands in one bundle: the signature of each is verified at once.
pub const BUNDLE_COMMANDS_MAX: usize = 1_024;
/// Most pieces in one bundle.
pub const BUNDLE_PIECES_MAX: usize = 4_096;
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
/// Longest name that somebody gives a service, in characters.
pub const SERVICE_NAME_CHARS_MAX: usize = 120;
/// Most phrases of one review.
pub const REVIEW_PHRASES_MAX: usize = 24;
/// Most services of one answer.
pub const SERVICES_LIMIT_MAX: usize = 100;
/// Longest title of an alert in one language, in characters.
pub const ALERT_TITLE_CHARS_MAX: usize = 120;
/// Longest text of an alert in one language, in characters.
pub const ALERT_TEXT_CHARS_MAX: usize = 1_000;
/// Most languages of one alert.
pub const ALERT_LANGUAGES_MAX: usize = 8;
/// Most communes that one alert names; more of them are the whole province.
pub const ALERT_AREAS_MAX: usize = 64;
/// Most numbers to call of one alert.
pub const ALERT_NUMBERS_MAX: usize = 6;
/// Longest time an alert holds, in milliseconds (30 days).
pub const ALERT_PERIOD_MS_MAX: i64 = 30 * 24 * 3_600 * 1_000;
/// Longest number to call, in characters.
pub const CALL_NUMBER_CHARS_MAX: usize = 20;
/// Longest name of who answers a call, in one language, in characters.
pub const CALL_NAME_CHARS_MAX: usize = 60;
/// Most alerts of one bulletin.
pub const BULLETIN_ALERTS_MAX: usize = 16;
/// Largest signed bulletin, in bytes: some 20 s of EDGE.
pub const BULLETIN_BYTES_MAX: usize = 64_000;
/// Largest radius of a look around, in metres.
pub const NEARBY_RADIUS_M_MAX: u32 = 10_000;
/// Most cases of a look around.
pub const NEARBY_LIMIT_MAX: usize = 100;
/// Most squares of which a phone keeps what was nearby.
pub const NEARBY_CELLS_MAX: u32 = 20;
/// How long what was nearby is shown without a link, in milliseconds (7 days).
pub const NEARBY_KEPT_MS: i64 = 7 * 24 * 3_600 * 1_000;
/// Furthest that a later deadline may be asked for or given, in milliseconds from now (366 days).
pub const EXTENSION_MS_MAX: i64 = 366 * 24 * 3_600 * 1_000;
/// Most cases in one answer to an officer.
pub const OFFICER_CASES_MAX: usize = 200;
/// Largest answer to an officer that a phone reads, in bytes.
pub const OFFICER_BYTES_MAX: usize = 4_194_304;
/// How long an officer is told of an answer that was dropped, in milliseconds (30 days).
pub const DROPPED_TOLD_MS: i64 = 30 * 24 * 3_600 * 1_000;
/// How long originals stay on the phone after their receipt, in milliseconds (14 days): a hub restored from backup can
/// ask for them again.
pub const ORIGINAL_KEPT_MS: i64 = 14 * 24 * 3_600 * 1_000;
