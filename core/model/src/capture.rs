//! A capture: one photo or video with its facts, immutable, named by its hash.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::Sha256;
use crate::part::PartKind;
use crate::time::{Bracket, UnixMs};

/// Photo or video (or a voice note).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaKind {
    /// A still picture.
    Photo,
    /// Moving pictures.
    Video,
    /// A spoken note.
    Voice,
    /// Something a newer program sends.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(MediaKind { 1 => Photo, 2 => Video, 3 => Voice });

/// The format of some media, by its official name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MediaType {
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// HEIC and HEIF.
    #[serde(rename = "image/heic")]
    Heic,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
    /// MP4.
    #[serde(rename = "video/mp4")]
    Mp4,
    /// QuickTime.
    #[serde(rename = "video/quicktime")]
    QuickTime,
    /// Opus in Ogg.
    #[serde(rename = "audio/ogg")]
    Ogg,
    /// AMR-WB.
    #[serde(rename = "audio/AMR-WB")]
    AmrWb,
    /// AAC in MP4.
    #[serde(rename = "audio/mp4")]
    M4a,
    /// Something a newer program sends.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(MediaType {
    1 => Jpeg, 2 => Png, 3 => Heic, 4 => Webp, 5 => Mp4, 6 => QuickTime, 7 => Ogg, 8 => AmrWb, 9 => M4a,
});

impl MediaKind {
    /// The piece of a report that it travels as.
    pub const fn part(self) -> PartKind {
        match self {
            Self::Voice => PartKind::VoiceNote,
            Self::Photo | Self::Video | Self::Unknown(_) => PartKind::Original,
        }
    }
}

impl MediaType {
    /// Its official name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Webp => "image/webp",
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::Ogg => "audio/ogg",
            Self::AmrWb => "audio/AMR-WB",
            Self::M4a => "audio/mp4",
            Self::Unknown(_) => "application/octet-stream",
        }
    }

    /// From its official name.
    pub fn parse(name: &str) -> Option<Self> {
        let stills = [Self::Jpeg, Self::Png, Self::Heic, Self::Webp];
        let moving = [Self::Mp4, Self::QuickTime, Self::Ogg, Self::AmrWb, Self::M4a];
        stills.into_iter().chain(moving).find(|known| known.as_str() == name)
    }
}

/// What a statement declares of one original: enough to ask for it by name, check it whole, and tell people about it
/// before it arrives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Declared {
    /// The original's hash.
    #[n(0)]
    pub hash: Sha256,
    /// Photo, video or voice.
    #[n(1)]
    pub kind: MediaKind,
    /// Its format.
    #[n(2)]
    pub media_type: MediaType,
    /// Its size, in bytes.
    #[n(3)]
    pub bytes: u64,
    /// Width as people see it, in pixels; absent if not known.
    #[n(4)]
    pub width: Option<u32>,
    /// Height as people see it, in pixels.
    #[n(5)]
    pub height: Option<u32>,
    /// Length of a video or voice note, in milliseconds.
    #[n(6)]
    pub duration_ms: Option<u32>,
    /// When the camera says it was taken (a claim).
    #[n(7)]
    pub taken: Option<UnixMs>,
    /// Between which hub times it was taken.
    #[n(8)]
    pub bracket: Bracket,
}
