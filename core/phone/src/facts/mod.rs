//! What a photo, video or voice note says about itself, read before it becomes a capture.
//!
//! [`inspect`] goes through a file once by its structure and once by its bytes. The structure tells the [`format`], the
//! size of the picture and whether the file is whole; metadata (`exif`, `xmp`, the boxes of `video` and `heic`) tell
//! where and when it was taken; the second pass names the file by its SHA-256. Nothing is decoded, but for a JPEG without
//! an end marker (`jpeg_trailer`), which costs its size and a byte a pixel. A camera's file costs else a few hundred
//! kilobytes of memory whatever its size; a hostile one a few times [`BOX_BYTES_MAX`] for a video, and at most its own size
//! for a photo. Damaged metadata never stop a good picture: the facts just lack them.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use paht_model::capture::{MediaKind, MediaType};
use paht_model::ids::{Sha256, Sha256Stream};
use paht_model::limits;
use serde::Serialize;

mod bmff;
mod exif;
mod format;
mod heic;
mod heic_items;
mod jpeg;
mod jpeg_trailer;
mod moment;
mod png;
mod position;
mod video;
mod video_tags;
mod voice;
mod webp;
mod xmp;

use format::Format;
pub use moment::Moment;
pub use position::Position;

/// Largest box (`moov` or `meta`) of a video or HEIC that is read into memory, in bytes (16 MiB). An hour of video needs
/// about three.
pub const BOX_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How much is read at a time when hashing, in bytes.
const PIECE_BYTES: usize = 64 * 1024;

/// What a file says about itself. All of it but the hash and the size is the camera's claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// Photo, video or voice note.
    pub kind: MediaKind,
    /// The media type, found from the bytes and never from the file's name, e.g. `image/jpeg`.
    pub mime: MediaType,
    /// Size of the file, in bytes.
    pub bytes: u64,
    /// SHA-256 of the whole file: the capture's name from here on.
    pub sha256: Sha256,
    /// The picture's measures and how to hold it; absent for a voice note.
    #[serde(flatten)]
    pub frame: Option<Frame>,
    /// Where it was taken; absent if unknown, which a hidden position (`0,0`) is too.
    pub position: Option<Position>,
    /// When it was taken, by the camera's clock. For a video without a local time, its creation time in UTC.
    pub taken_at: Option<Moment>,
    /// When the file's contents were made (EXIF `DateTimeDigitized`, XMP `CreateDate`, a video's creation time).
    pub created: Option<Moment>,
    /// What took it.
    #[serde(flatten)]
    pub camera: Camera,
    /// Length of a video or voice note, in milliseconds; absent for photos and where the video does not say.
    pub duration_ms: Option<u64>,
}

/// The picture's measures as stored, before any turning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Width as stored, in pixels, above 0.
    pub width: u32,
    /// Height as stored, in pixels, above 0.
    pub height: u32,
    /// EXIF orientation, 1 to 8; absent if not stated.
    pub orientation: Option<u8>,
    /// The turn that the container states, in degrees (0, 90, 180, 270): clockwise for a video's track matrix, and
    /// anticlockwise for a HEIC, as its `irot` box counts. Absent for other photos.
    pub rotation_deg: Option<u16>,
}

/// What took the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Camera {
    /// Maker, at most 64 characters.
    pub make: Option<String>,
    /// Model, at most 64 characters.
    pub model: Option<String>,
}

/// Why a file cannot become a capture.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// Neither a photo nor a video of a kind that is known.
    #[error("the file is no photo, video or voice note")]
    UnknownFormat,
    /// It begins as a photo or video and ends too early.
    #[error("the file is cut off")]
    Truncated,
    /// The header claims more pixels than any camera makes.
    #[error("the photo claims {pixels} pixels")]
    Bomb {
        /// Width times height as claimed.
        pixels: u64,
    },
    /// More bytes than are taken in.
    #[error("the file has {bytes} bytes, the limit is {max}")]
    TooLarge {
        /// Size of the file, in bytes.
        bytes: u64,
        /// The limit for its kind, in bytes.
        max: u64,
    },
    /// The file system refused.
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
}

impl FactsError {
    /// The stable code, as `docs/errors.md` lists it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "media.empty",
            Self::UnknownFormat => "media.unknown-format",
            Self::Truncated => "media.truncated",
            Self::Bomb { .. } => "media.bomb",
            Self::TooLarge { .. } => "media.too-large",
            Self::Unreadable(_) => "media.unreadable",
        }
    }
}

impl From<io::Error> for FactsError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Truncated } else { Self::Unreadable(error) }
    }
}

/// Reads the facts of one photo or video, streaming. Nothing is stored or changed.
pub fn inspect(path: &Path) -> Result<Facts, FactsError> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(FactsError::Unreadable(io::Error::new(io::ErrorKind::InvalidInput, "not a file")));
    }
    let bytes = about.len();
    if bytes == 0 {
        return Err(FactsError::Empty);
    }
    let mut file = BufReader::with_capacity(PIECE_BYTES, File::open(path)?);
    let format = Format::detect(&mut file, bytes)?;
    refuse_too_large(format, bytes)?;
    let found = match format {
        Format::Jpeg => jpeg::read(&mut file)?,
        Format::Png => png::read(&mut file, bytes)?,
        Format::Webp => webp::read(&mut file, bytes)?,
        Format::Heic => heic::read(&mut file, bytes)?,
        Format::Mp4 | Format::Mov => video::read(&mut file, bytes)?,
        Format::Ogg => voice::ogg(&mut file, bytes)?,
        Format::AmrWb => voice::amr_wb(&mut file, bytes)?,
        Format::M4a => voice::m4a(&mut file, bytes)?,
    };
    refuse_bomb(format, found.frame)?;
    let sha256 = hash_whole(&mut file, bytes, found.scan_from)?;
    Ok(Facts {
        kind: format.kind(),
        mime: format.media_type(),
        bytes,
        sha256,
        frame: found.frame,
        position: found.told.position,
        taken_at: found.told.taken_at,
        created: found.told.created,
        camera: found.told.camera,
        duration_ms: found.duration_ms,
    })
}

/// What one format's reader found.
struct Found {
    frame: Option<Frame>,
    told: Told,
    duration_ms: Option<u64>,
    /// Where a JPEG's picture data begin: from there on its end is looked for while hashing.
    scan_from: Option<u64>,
}

impl Found {
    const fn photo(frame: Frame, told: Told) -> Self {
        Self { frame: Some(frame), told, duration_ms: None, scan_from: None }
    }
}

/// What metadata told, whatever form they had.
#[derive(Debug, Default)]
struct Told {
    orientation: Option<u8>,
    position: Option<Position>,
    taken_at: Option<Moment>,
    created: Option<Moment>,
    camera: Camera,
}

fn refuse_too_large(format: Format, bytes: u64) -> Result<(), FactsError> {
    let max = match format.kind() {
        MediaKind::Voice => limits::VOICE_BYTES_MAX,
        MediaKind::Video => limits::VIDEO_BYTES_MAX,
        MediaKind::Photo | MediaKind::Unknown(_) => limits::PHOTO_BYTES_MAX,
    };
    if bytes > max { Err(FactsError::TooLarge { bytes, max }) } else { Ok(()) }
}

fn refuse_bomb(format: Format, frame: Option<Frame>) -> Result<(), FactsError> {
    let Some(frame) = frame else { return Ok(()) };
    let pixels = u64::from(frame.width).saturating_mul(u64::from(frame.height));
    if !format.is_video() && pixels > limits::PHOTO_PIXELS_MAX {
        Err(FactsError::Bomb { pixels })
    } else {
        Ok(())
    }
}

/// Hashes the file from its first byte, and follows a JPEG's data to their end on the way.
fn hash_whole<R: Read + Seek>(
    file: &mut R,
    bytes: u64,
    scan_from: Option<u64>,
) -> Result<Sha256, FactsError> {
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256Stream::default();
    let mut end = scan_from.map(jpeg::EndScan::from_offset);
    let mut piece = vec![0_u8; PIECE_BYTES];
    let mut read: u64 = 0;
    loop {
        let count = match file.read(&mut piece) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        let Some(taken) = piece.get(..count).filter(|taken| !taken.is_empty()) else { break };
        hash.update(taken);
        if let Some(end) = &mut end {
            end.take(taken);
        }
        read = read.saturating_add(count as u64);
    }
    if read != bytes {
        return Err(FactsError::Truncated);
    }
    if end.is_some_and(|end| !end.reached()) && !jpeg_trailer::stands_behind_whole_picture(file, bytes)? {
        return Err(FactsError::Truncated);
    }
    Ok(hash.finish())
}

/// Runs a library's parser of untrusted metadata; a panic inside it counts as metadata that say nothing.
fn careful<T>(parse: impl FnOnce() -> Option<T>) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(parse)).ok().flatten()
}

/// A camera's text made fit to show: no control characters, no blanks around, at most 64 characters.
fn tidy_text(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.split('\0').next().unwrap_or_default();
    let text: String = text.chars().filter(|c| !c.is_control()).take(64).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads `N` bytes from an offset. Steps from where it is, which keeps a reader's buffer through short steps.
fn read_at<const N: usize, R: Read + Seek>(file: &mut R, at: u64) -> Result<[u8; N], FactsError> {
    let step = i128::from(at) - i128::from(file.stream_position()?);
    file.seek_relative(i64::try_from(step).map_err(|_| FactsError::Truncated)?)?;
    let mut bytes = [0_u8; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads a stretch of the file into memory; stretches above [`BOX_BYTES_MAX`] are no camera's.
fn read_stretch<R: Read + Seek>(file: &mut R, at: u64, len: u64) -> Result<Vec<u8>, FactsError> {
    if len > BOX_BYTES_MAX {
        return Err(FactsError::UnknownFormat);
    }
    read_exactly(file, at, len)
}

/// Reads a photo of `bytes` bytes into memory.
fn read_whole<R: Read + Seek>(file: &mut R, bytes: u64) -> Result<Vec<u8>, FactsError> {
    read_exactly(file, 0, bytes.min(limits::PHOTO_BYTES_MAX))
}

fn read_exactly<R: Read + Seek>(file: &mut R, at: u64, len: u64) -> Result<Vec<u8>, FactsError> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(len).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == len { Ok(bytes) } else { Err(FactsError::Truncated) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cameras_text_is_cleaned_for_showing() {
        assert_eq!(tidy_text(b"Apple\0junk"), Some("Apple".into()));
        assert_eq!(tidy_text(b"  OLYMPUS CORP.  \0"), Some("OLYMPUS CORP.".into()));
        assert_eq!(tidy_text(b"   \0"), None);
        assert_eq!(tidy_text(&[b'x'; 500]).map(|text| text.len()), Some(64));
    }

    #[test]
    fn a_panicking_parser_counts_as_silence() {
        assert_eq!(careful::<u8>(|| panic!("a hostile file")), None);
    }
}
