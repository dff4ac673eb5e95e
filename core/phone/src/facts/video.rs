//! MP4 and MOV: the `moov` box says it all, wherever in the file it lies; the picture data are never read but to hash.

use std::io::{BufRead, Seek};

use super::bmff::{be_u32, be_u64, boxes, child, descend, find_top, tracks};
use super::moment::Moment;
use super::{FactsError, Found, Frame, Told, read_stretch, video_tags};

/// Reads an MP4 or MOV of `bytes` bytes. One without a picture track is no video.
pub(super) fn read<R: BufRead + Seek>(file: &mut R, bytes: u64) -> Result<Found, FactsError> {
    let moov = find_top(file, bytes, *b"moov")?.ok_or(FactsError::Truncated)?;
    let moov = read_stretch(file, moov.at, moov.len)?;
    let (track, frame) = tracks(&moov)
        .find_map(|track| Some((track, picture_track(track)?)))
        .ok_or(FactsError::UnknownFormat)?;
    if tracks(&moov).any(|track| begins_past(track, bytes)) {
        return Err(FactsError::Truncated);
    }
    let clock = child(&moov, *b"mvhd").and_then(MovieClock::read);
    let dated = [child(&moov, *b"mvhd"), descend(track, &[*b"mdia", *b"mdhd"]), child(track, *b"tkhd")];
    let created = dated.into_iter().flatten().find_map(|head| Moment::from_quicktime(created(head)?));
    let tags = video_tags::read(&moov);
    let told = Told {
        orientation: None,
        position: tags.position,
        taken_at: tags.taken_at.or_else(|| created.clone()),
        created,
        camera: tags.camera,
    };
    let duration_ms = clock.and_then(|clock| clock.duration_ms(&moov));
    Ok(Found { frame: Some(frame), told, duration_ms, scan_from: None })
}

/// Seconds since 1904 at the beginning of `mvhd`, `mdhd` and `tkhd`.
fn created(head: &[u8]) -> Option<u64> {
    if *head.first()? == 1 { be_u64(head, 4) } else { be_u32(head, 4).map(u64::from) }
}

/// Whether the track has media that begin past the end of the file: it was cut before they came.
fn begins_past(track: &[u8], bytes: u64) -> bool {
    let listed = || {
        let inside = descend(track, &[*b"mdia", *b"minf"])?;
        // The lowest bit of the first source's flags says that the media are in this very file.
        let elsewhere = descend(inside, &[*b"dinf", *b"dref"])
            .and_then(|sources| boxes(sources.get(8..)?).next()?.1.get(3).copied())
            .is_some_and(|flags| flags & 1 == 0);
        let table = child(inside, *b"stbl").filter(|_| !elsewhere)?;
        let narrow = child(table, *b"stco").and_then(|list| list.get(8..)).unwrap_or_default();
        let wide = child(table, *b"co64").and_then(|list| list.get(8..)).unwrap_or_default();
        let narrow = narrow.chunks_exact(4).filter_map(|offset| be_u32(offset, 0)).map(u64::from);
        narrow.chain(wide.chunks_exact(8).filter_map(|offset| be_u64(offset, 0))).max()
    };
    listed().is_some_and(|last| last >= bytes)
}

/// Size and rotation of a track, if it is one of pictures.
fn picture_track(track: &[u8]) -> Option<Frame> {
    let handler = descend(track, &[*b"mdia", *b"hdlr"])?;
    (handler.get(8..12)? == b"vide").then_some(())?;
    let header = child(track, *b"tkhd")?;
    // The matrix follows times, id and duration, which are longer in version 1, and twenty bytes more.
    let matrix = if *header.first()? == 1 { 52 } else { 40 };
    let side = |at: usize| be_u32(header, at).map(|fixed| fixed >> 16).filter(|side| *side > 0);
    let (width, height) = side(matrix + 36)
        .zip(side(matrix + 40))
        .or_else(|| sample_size(track))
        .filter(|(w, h)| *w > 0 && *h > 0)?;
    let turn = be_u32(header, matrix).zip(be_u32(header, matrix + 4)).map_or(0, |(a, b)| quarter_turn(a, b));
    Some(Frame { width, height, orientation: None, rotation_deg: Some(turn) })
}

/// The size that the first sample description states, for tracks whose header leaves it open.
fn sample_size(track: &[u8]) -> Option<(u32, u32)> {
    let descriptions = descend(track, &[*b"mdia", *b"minf", *b"stbl", *b"stsd"])?;
    let (_, entry) = boxes(descriptions.get(8..)?).next()?;
    let both = be_u32(entry, 24)?;
    Some((both >> 16, both & 0xffff))
}

/// The clockwise turn of a matrix whose first row begins with these 16.16 numbers, to the nearest quarter.
const fn quarter_turn(a: u32, b: u32) -> u16 {
    let (a, b) = (a.cast_signed(), b.cast_signed());
    if a.unsigned_abs() >= b.unsigned_abs() {
        if a < 0 { 180 } else { 0 }
    } else if b > 0 {
        90
    } else {
        270
    }
}

/// How long `mvhd` says that it is, in ticks of its scale.
pub(super) struct MovieClock {
    ticks_per_second: u32,
    ticks: Option<u64>,
}

impl MovieClock {
    pub(super) fn read(mvhd: &[u8]) -> Option<Self> {
        Some(if *mvhd.first()? == 1 {
            Self {
                ticks_per_second: be_u32(mvhd, 20)?,
                ticks: be_u64(mvhd, 24).filter(|ticks| *ticks != u64::MAX),
            }
        } else {
            Self {
                ticks_per_second: be_u32(mvhd, 12)?,
                ticks: be_u32(mvhd, 16).filter(|ticks| *ticks != u32::MAX).map(u64::from),
            }
        })
    }

    /// To the nearest millisecond; a fragmented file states its duration apart.
    pub(super) fn duration_ms(&self, moov: &[u8]) -> Option<u64> {
        let ticks = self.ticks.filter(|ticks| *ticks > 0).or_else(|| fragments_ticks(moov))?;
        let per_second = u128::from(self.ticks_per_second).max(1);
        let ms = (u128::from(ticks) * 1000 + per_second / 2) / per_second;
        (self.ticks_per_second > 0).then(|| u64::try_from(ms).ok())?
    }
}

fn fragments_ticks(moov: &[u8]) -> Option<u64> {
    let header = descend(moov, &[*b"mvex", *b"mehd"])?;
    if *header.first()? == 1 { be_u64(header, 4) } else { be_u32(header, 4).map(u64::from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_tells_the_turn() {
        let (one, minus) = (0x1_0000, 0xffff_0000);
        assert_eq!(quarter_turn(one, 0), 0);
        assert_eq!(quarter_turn(0, one), 90);
        assert_eq!(quarter_turn(minus, 0), 180);
        assert_eq!(quarter_turn(0, minus), 270);
        assert_eq!(quarter_turn(0x8000_0000, 0x8000_0000), 180);
    }

    #[test]
    fn a_duration_is_rounded_and_a_scale_of_nothing_gives_none() {
        let clock = |ticks_per_second, ticks| MovieClock { ticks_per_second, ticks };
        assert_eq!(clock(10_000, Some(10_632)).duration_ms(&[]), Some(1_063));
        assert_eq!(clock(0, Some(5)).duration_ms(&[]), None);
        assert_eq!(clock(600, None).duration_ms(&[]), None);
        assert_eq!(clock(1, Some(u64::MAX)).duration_ms(&[]), None);
    }
}
