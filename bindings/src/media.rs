//! Captures: what a photo or video says about itself.

use paht_model::time::Bracket;

use crate::error::PahtError;
use crate::ids::{Sha256, UnixMs};
use crate::run;

/// Photo, video or voice note.
pub type MediaKind = paht_model::capture::MediaKind;
/// The format of some media.
pub type MediaType = paht_model::capture::MediaType;
/// A point on the Earth, in ten-millionths of a degree.
pub type Point = paht_model::place::Point;
/// Where a report is about.
pub type Place = paht_model::place::Place;
/// How a place came to be known.
pub type PlaceSource = paht_model::place::PlaceSource;

/// Photo, video or voice note.
#[uniffi::remote(Enum)]
pub enum MediaKind {
    /// A still picture.
    Photo,
    /// Moving pictures.
    Video,
    /// A spoken note.
    Voice,
    /// Something a newer program sends.
    Unknown(u8),
}

/// The format of some media.
#[uniffi::remote(Enum)]
pub enum MediaType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// HEIC and HEIF.
    Heic,
    /// WebP.
    Webp,
    /// MP4.
    Mp4,
    /// QuickTime.
    QuickTime,
    /// Opus in Ogg.
    Ogg,
    /// AMR-WB.
    AmrWb,
    /// AAC in MP4.
    M4a,
    /// Something a newer program sends.
    Unknown(u8),
}

/// A point on the Earth (WGS 84), in ten-millionths of a degree.
#[uniffi::remote(Record)]
pub struct Point {
    /// Latitude × 10⁷, north positive.
    pub lat_e7: i32,
    /// Longitude × 10⁷, east positive.
    pub lon_e7: i32,
}

/// Where a report is about.
#[uniffi::remote(Record)]
pub struct Place {
    /// The point.
    pub point: Point,
    /// Radius in which the true place lies with 68 % certainty, in metres; absent if not known.
    pub accuracy_m: Option<u32>,
    /// How it came to be known.
    pub source: PlaceSource,
}

/// How a place came to be known.
#[uniffi::remote(Enum)]
pub enum PlaceSource {
    /// Written in the photo or video by the camera.
    Capture,
    /// The phone's position at the moment of reporting.
    Fix,
    /// Set or typed by the person.
    Pin,
    /// Where the service stands that a review is about.
    Service,
    /// Something a newer program says.
    Unknown(u8),
}

/// A point from degrees. `0,0` is a hidden position and refused, as is what is not on the Earth.
#[uniffi::export]
pub fn point_of_degrees(lat: f64, lon: f64) -> Result<Point, PahtError> {
    let unknown = PahtError::Refused { code: paht_model::fault::Code::PlaceUnknown };
    Point::from_degrees(lat, lon).map_err(|_| unknown)
}

/// Distance along the Earth's surface, in metres.
#[uniffi::export]
pub fn metres_between(from: Point, to: Point) -> f64 {
    from.metres_to(to)
}

/// What a photo or video says about itself: all but hash and size the camera's claim.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Facts {
    /// Photo or video.
    pub kind: MediaKind,
    /// Its format, found from the bytes and never from the name.
    pub media_type: MediaType,
    /// Size, in bytes.
    pub bytes: u64,
    /// Its hash: the capture's name from here on.
    pub hash: Sha256,
    /// Width as stored, in pixels; absent for a voice note.
    pub width: Option<u32>,
    /// Height as stored, in pixels.
    pub height: Option<u32>,
    /// Where it was taken; absent if unknown or hidden.
    pub point: Option<Point>,
    /// When it was taken, by the camera's clock; absent if it does not say, or not with which offset.
    pub taken: Option<UnixMs>,
    /// Length of a video or voice note, in milliseconds.
    pub duration_ms: Option<u64>,
}

impl From<paht_phone::facts::Facts> for Facts {
    fn from(facts: paht_phone::facts::Facts) -> Self {
        let paht_phone::facts::Facts {
            kind,
            mime,
            bytes,
            sha256,
            frame,
            position,
            taken_at,
            created: _,
            camera: _,
            duration_ms,
        } = facts;
        Self {
            kind,
            media_type: mime,
            bytes,
            hash: sha256,
            width: frame.map(|frame| frame.width),
            height: frame.map(|frame| frame.height),
            point: position.and_then(|at| Point::from_degrees(at.lat, at.lon).ok()),
            taken: taken_at.and_then(|moment| moment.unix_ms()).map(UnixMs::from_millis),
            duration_ms,
        }
    }
}

/// Reads the facts of a photo or video. Nothing is kept or changed: for showing before a report is saved.
#[uniffi::export]
pub async fn inspect(path: String) -> Result<Facts, PahtError> {
    run::blocking(move || {
        let facts = paht_phone::facts::inspect(path.as_ref()).map_err(paht_phone::PhoneError::from)?;
        Ok(facts.into())
    })
    .await
}

/// A capture of a report.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Capture {
    /// Its hash; `Phone.media_path` tells where the file is.
    pub hash: Sha256,
    /// Photo, video or voice note.
    pub kind: MediaKind,
    /// Its format.
    pub media_type: MediaType,
    /// Size, in bytes.
    pub bytes: u64,
    /// Width as people see it, in pixels; absent if not known.
    pub width: Option<u32>,
    /// Height as people see it, in pixels.
    pub height: Option<u32>,
    /// Length of a video or voice note, in milliseconds.
    pub duration_ms: Option<u32>,
    /// When the camera says it was taken.
    pub taken: Option<UnixMs>,
    /// Not taken before this hub time.
    pub taken_after: Option<UnixMs>,
    /// Not taken after this hub time.
    pub taken_before: Option<UnixMs>,
    /// Whether smaller pictures were made of it.
    pub derived: Derived,
    /// Erased from the phone, long after its receipt.
    pub erased: bool,
}

impl From<paht_engine::plan::Capture> for Capture {
    fn from(capture: paht_engine::plan::Capture) -> Self {
        let paht_engine::plan::Capture { declared, derived, erased } = capture;
        let paht_model::capture::Declared {
            hash,
            kind,
            media_type,
            bytes,
            width,
            height,
            duration_ms,
            taken,
            bracket,
        } = declared;
        let Bracket { after: taken_after, before: taken_before } = bracket;
        Self {
            hash,
            kind,
            media_type,
            bytes,
            width,
            height,
            duration_ms,
            taken,
            taken_after,
            taken_before,
            derived,
            erased,
        }
    }
}

/// Whether smaller pictures were made of a capture.
pub type Derived = paht_engine::plan::Derived;

/// Whether smaller pictures were made of a capture.
#[uniffi::remote(Enum)]
pub enum Derived {
    /// Not yet tried.
    Waiting,
    /// Made and queued.
    Done,
    /// Cannot be made here.
    Impossible,
}
