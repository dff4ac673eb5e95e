//! When a camera says that something happened: wall time, with its offset from UTC where the camera knew it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

/// Seconds from 1904-01-01, where the time of MP4 and MOV begins, to 1970-01-01.
const QUICKTIME_TO_UNIX_S: i64 = 2_082_844_800;

/// A camera's time: a claim, like every clock's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Wall time to the second, `YYYY-MM-DDTHH:MM:SS`: a real date, checked.
    pub local: String,
    /// Offset of that wall time from UTC, in minutes (Việt Nam: 420); absent if the camera did not say.
    pub offset_min: Option<i16>,
}

impl Moment {
    /// From `YYYY:MM:DD HH:MM:SS` (EXIF) or `YYYY-MM-DDTHH:MM:SS` (XMP, MOV), each with or without an offset.
    /// Blank, zero and impossible dates give `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        let (date, rest) = (text.get(..10)?, text.get(10..)?);
        let clock = rest.get(1..9)?;
        let local: DateTime = format!("{}T{clock}", date.replace(':', "-")).parse().ok()?;
        if local.year() < 1 || !matches!(rest.get(..1), Some(" " | "T")) {
            return None;
        }
        let tail = rest.get(9..).unwrap_or_default();
        let tail = tail.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        Some(Self { local: wall(local), offset_min: offset_of(tail) })
    }

    /// The same wall time with an offset that stood apart, e.g. EXIF `OffsetTimeOriginal`.
    #[must_use]
    pub fn with_offset(mut self, offset: Option<&str>) -> Self {
        if let Some(found) = offset.and_then(offset_of) {
            self.offset_min = Some(found);
        }
        self
    }

    /// From the seconds since 1904, UTC, of MP4 and MOV. Zero means that nobody set it.
    pub fn from_quicktime(seconds: u64) -> Option<Self> {
        let unix = i64::try_from(seconds).ok().filter(|s| *s != 0)?.checked_sub(QUICKTIME_TO_UNIX_S)?;
        let at = Timestamp::from_second(unix).ok()?.to_zoned(TimeZone::UTC).datetime();
        Some(Self { local: wall(at), offset_min: Some(0) })
    }

    /// The instant, in milliseconds since 1970, where the offset is known.
    pub fn unix_ms(&self) -> Option<i64> {
        let offset = Offset::from_seconds(i32::from(self.offset_min?).checked_mul(60)?).ok()?;
        let local: DateTime = self.local.parse().ok()?;
        offset.to_timestamp(local).ok().map(Timestamp::as_millisecond)
    }
}

fn wall(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// `Z`, `+07:00` or `+0700`, in minutes.
fn offset_of(text: &str) -> Option<i16> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let digits: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i16, i16) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cameras_way_of_writing_a_time_reads_the_same() {
        for text in
            ["2026:11:02 07:41:09+07:00", "2026-11-02T07:41:09+0700", "2026-11-02T07:41:09.250+07:00\0"]
        {
            let moment = Moment::parse(text).unwrap();
            assert_eq!(moment, Moment { local: "2026-11-02T07:41:09".into(), offset_min: Some(420) });
            assert_eq!(moment.unix_ms(), Some(1_793_580_069_000));
        }
        let bare = Moment::parse("2008:10:22 16:28:39").unwrap();
        assert_eq!((bare.offset_min, bare.unix_ms()), (None, None));
        assert_eq!(bare.with_offset(Some("-03:30")).offset_min, Some(-210));
    }

    #[test]
    fn a_date_that_nobody_set_is_absent() {
        for text in
            ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:40 99:00:00", "không rõ ngày giờ nào"]
        {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::from_quicktime(0), None);
        assert_eq!(Moment::from_quicktime(u64::MAX), None);
    }

    #[test]
    fn quicktime_counts_from_1904() {
        let moment = Moment::from_quicktime(3_789_706_197).unwrap();
        assert_eq!(moment, Moment { local: "2024-02-02T08:09:57".into(), offset_min: Some(0) });
    }
}
