//! When a camera says that something happened: wall time, with its offset from UTC where the camera knew it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

/// Seconds from 1904-01-01, where the time of MP4 and MOV begins, to 1970-01-01.
const QUICKTIME_TO_UNIX_S: u64 = 2_082_844_800;
/// What a video's time is believed to be, in seconds since 1970: from 1990, before which nothing wrote these formats, to
/// 2100. Clocks that nobody set tell 1904, 1970 or 1980.
const FILMED_UNIX_S: std::ops::Range<i64> = 631_152_000..4_102_444_800;
/// Days from which clocks count. A camera that was never told the time says that it is one of them.
const BEGINNINGS: [(i16, i8, i8); 2] = [(1904, 1, 1), (1970, 1, 1)];

/// A camera's time: a claim, like every clock's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Wall time to the second, `YYYY-MM-DDTHH:MM:SS`: a real date, checked.
    pub local: String,
    /// Offset of that wall time from UTC, in minutes (Việt Nam: 420); absent if the camera did not say.
    pub offset_min: Option<i16>,
}

impl Moment {
    /// From `YYYY:MM:DD HH:MM:SS` (EXIF), `YYYY-MM-DDTHH:MM:SS` (XMP, MOV) or `YYYYMMDDTHHMMSS`, each with or without an
    /// offset, and from what cameras make of them: other marks between the numbers, blanks for zeros, hour 24 for the
    /// first hour of that same day, the twelve hours of a clock's face. Blank, zero and impossible dates give `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = Rest(text.trim_matches(is_blank));
        let date = Date::new(rest.year()?, rest.two("-:/.")?, rest.two("-:/.")?).ok()?;
        if BEGINNINGS.contains(&(date.year(), date.month(), date.day())) {
            return None;
        }
        let hour = rest.two("T_-:,")?;
        let (minute, second) = (rest.two(":.-")?, rest.two(":.-").unwrap_or(0));
        rest.pass_fraction();
        let hour = rest.of_day(hour)?;
        // A leap second is the last one of its minute here.
        let second = if second == 60 { 59 } else { second };
        let time = Time::new(hour, minute, second, 0).ok()?;
        Some(Self { local: wall(date.to_datetime(time)), offset_min: offset_of(rest.0) })
    }

    /// The same wall time with an offset that stood apart, e.g. EXIF `OffsetTimeOriginal`.
    #[must_use]
    pub fn with_offset(mut self, offset: Option<&str>) -> Self {
        if let Some(found) = offset.and_then(offset_of) {
            self.offset_min = Some(found);
        }
        self
    }

    /// From the seconds since 1904, UTC, of MP4 and MOV. Zero means that nobody set it, and so does a time in which nobody
    /// filmed. Some phones count from 1970: until 2036 their numbers, read as counted from 1904, lie before 1970.
    pub fn from_quicktime(seconds: u64) -> Option<Self> {
        if seconds == u64::from(u32::MAX) {
            return None;
        }
        let unix = i64::try_from(seconds.checked_sub(QUICKTIME_TO_UNIX_S).unwrap_or(seconds)).ok()?;
        let at = FILMED_UNIX_S.contains(&unix).then(|| Timestamp::from_second(unix).ok())??;
        Some(Self { local: wall(at.to_zoned(TimeZone::UTC).datetime()), offset_min: Some(0) })
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

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\0'
}

/// What is still to be read of a time.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn year(&mut self) -> Option<i16> {
        self.digits(4).filter(|year| year.len() == 4)?.parse().ok().filter(|year| *year > 0)
    }

    /// A number of at most two digits, past blanks and one of these marks.
    fn two(&mut self, marks: &str) -> Option<i8> {
        let start = self.0.trim_start_matches(is_blank);
        let start = start.strip_prefix(|c| marks.contains(c)).unwrap_or(start);
        let mut ahead = Rest(start.trim_start_matches(is_blank));
        let number = ahead.digits(2)?.parse().ok()?;
        self.0 = ahead.0;
        Some(number)
    }

    fn digits(&mut self, most: usize) -> Option<&str> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count).filter(|_| count > 0)?;
        self.0 = rest;
        Some(digits)
    }

    /// Parts of a second, behind any of the marks that are seen there.
    fn pass_fraction(&mut self) {
        if let Some(fraction) = self.0.strip_prefix(['.', ',', ':']) {
            self.0 = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }

    /// The hour of the day, by the word for its half where one follows, English or Vietnamese.
    fn of_day(&mut self, hour: i8) -> Option<i8> {
        let word = self.0.trim_start_matches(is_blank);
        let half = word.get(..2).map(str::to_ascii_uppercase);
        let hour = match (half.as_deref(), hour) {
            (Some("AM" | "SA"), 12) | (_, 24) => 0,
            (Some("PM" | "CH"), 1..=11) => hour.checked_add(12)?,
            _ => hour,
        };
        if matches!(half.as_deref(), Some("AM" | "SA" | "PM" | "CH")) {
            self.0 = word.get(2..)?;
        }
        Some(hour)
    }
}

/// `Z`, `UTC`, `+07:00`, `+0700` or `+7`, in minutes.
fn offset_of(text: &str) -> Option<i16> {
    let text = text.trim_matches(is_blank);
    let bare = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).map(str::trim_start);
    if matches!(text, "Z" | "z") || bare == Some("") {
        return Some(0);
    }
    let text = bare.unwrap_or(text);
    let (sign, text) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix(['-', '\u{2212}'])?),
    };
    let (hours, minutes) = match text.split_once(':') {
        Some(both) => both,
        None if text.len() == 4 => text.split_at_checked(2)?,
        None => (text, "00"),
    };
    let number = |digits: &str, most: usize| {
        let is_number = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse::<i16>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
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
    fn odd_forms_of_a_time_read_as_they_were_meant() {
        for (text, local, offset_min) in [
            ("2019:01:01 24:04:20", "2019-01-01T00:04:20", None),
            ("2019:01:01 24:04:20+07:00", "2019-01-01T00:04:20", Some(420)),
            ("2016:12:31 23:59:60", "2016-12-31T23:59:59", None),
            ("2026/11/02 07:41:09", "2026-11-02T07:41:09", None),
            ("2026.11.02 07.41.09", "2026-11-02T07:41:09", None),
            ("2026-11-02 07-41-09", "2026-11-02T07:41:09", None),
            ("2026:11: 2  7:41: 9", "2026-11-02T07:41:09", None),
            ("2026:11:02T07:41:09Z", "2026-11-02T07:41:09", Some(0)),
            ("2026:11:02\x0007:41:09", "2026-11-02T07:41:09", None),
            ("2026:11:02:07:41:09", "2026-11-02T07:41:09", None),
            ("2026-11-02 07:41:09:794", "2026-11-02T07:41:09", None),
            ("2026:11:02 07:41:09,5 +0700", "2026-11-02T07:41:09", Some(420)),
            ("20261102T074109+0700", "2026-11-02T07:41:09", Some(420)),
            ("20261102T074109.000Z", "2026-11-02T07:41:09", Some(0)),
            ("20261102 074109", "2026-11-02T07:41:09", None),
            ("2026:11:02 07:41", "2026-11-02T07:41:00", None),
            ("2026-11-02T07:41+07:00", "2026-11-02T07:41:00", Some(420)),
            ("2026:11:02 07:41:09 PM", "2026-11-02T19:41:09", None),
            ("2026:11:02 12:41:09 AM", "2026-11-02T00:41:09", None),
            ("2026:11:02 07:41:09 CH", "2026-11-02T19:41:09", None),
            ("2026:11:02 07:41:09 UTC", "2026-11-02T07:41:09", Some(0)),
            ("2026:11:02 07:41:09 GMT+7", "2026-11-02T07:41:09", Some(420)),
            ("2026:11:02 07:41:09+07", "2026-11-02T07:41:09", Some(420)),
        ] {
            assert_eq!(Moment::parse(text), Some(Moment { local: local.into(), offset_min }), "{text}");
        }
    }

    #[test]
    fn a_date_that_nobody_set_is_absent() {
        for text in
            ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:40 99:00:00", "không rõ ngày giờ nào"]
        {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        for text in [
            "2026:11:02 25:00:00",
            "2026:11:02 07:61:00",
            "2026:11:02 07:41:61",
            "2026:02:30 07:41:09",
            "02:11:2026 07:41:09",
            "2026:11:02",
            "2026",
            "1970:01:01 00:00:00",
            "1970:01:01 07:00:00",
            "1904-01-01T00:00:00Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::from_quicktime(0), None);
        assert_eq!(Moment::from_quicktime(u64::MAX), None);
    }

    #[test]
    fn offsets_that_are_none_leave_the_time_alone() {
        let bare = Moment::parse("2026:11:02 07:41:09").unwrap();
        for text in ["", "   :  ", "\0", "+", "+:", "+07:0x", "+99:00", "+07:60", "+70000", "07:00", "ICT"] {
            assert_eq!(bare.clone().with_offset(Some(text)), bare, "{text}");
        }
    }

    #[test]
    fn quicktime_counts_from_1904() {
        let moment = Moment::from_quicktime(3_789_706_197).unwrap();
        assert_eq!(moment, Moment { local: "2024-02-02T08:09:57".into(), offset_min: Some(0) });
    }

    #[test]
    fn quicktime_that_counts_from_1970_is_noticed() {
        let moment = Moment::from_quicktime(1_793_580_069).unwrap();
        assert_eq!(moment, Moment { local: "2026-11-02T00:41:09".into(), offset_min: Some(0) });
        // 1904, 1970 and 1980 by either way of counting, all ones, 2200, and milliseconds.
        for nobodys in [
            1,
            86_400,
            315_532_800,
            QUICKTIME_TO_UNIX_S,
            QUICKTIME_TO_UNIX_S + 315_532_800,
            u64::from(u32::MAX),
            QUICKTIME_TO_UNIX_S + 7_258_118_400,
            1_793_580_069_000,
        ] {
            assert_eq!(Moment::from_quicktime(nobodys), None, "{nobodys}");
        }
    }
}
