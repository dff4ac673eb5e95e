//! An instant as it is typed: a day, a day and an hour by Việt Nam's clock, or milliseconds since 1970.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use paht_model::time::UnixMs;

/// The end of working time where only a day is given.
const DAY_ENDS: (i8, i8) = (17, 0);

/// Reads `2026-12-01`, `2026-12-01T09:30` or `1796142600000`.
pub(crate) fn moment(text: &str) -> Result<UnixMs, String> {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap_or(TimeZone::UTC);
    if let Ok(millis) = text.parse() {
        return Ok(UnixMs::from_millis(millis));
    }
    let (hour, minute) = DAY_ENDS;
    let day = text.parse::<Date>().ok().filter(|_| !text.contains(['T', ' ']));
    let at = day.map(|day| day.at(hour, minute, 0, 0)).or_else(|| text.parse::<DateTime>().ok());
    let at = at.and_then(|at| at.to_zoned(zone).ok());
    at.map(|at| UnixMs::from_millis(at.timestamp().as_millisecond()))
        .ok_or_else(|| "a day or an hour, e.g. 2026-12-01 or 2026-12-01T09:30".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_typed_in_three_ways() {
        let hanoi_half_past_nine = UnixMs::from_millis(1_796_092_200_000);
        assert_eq!(moment("2026-12-01T09:30").unwrap(), hanoi_half_past_nine);
        assert_eq!(moment("1796092200000").unwrap(), hanoi_half_past_nine);
        let evening = hanoi_half_past_nine.plus_millis((7 * 60 + 30) * 60_000);
        assert_eq!(moment("2026-12-01").unwrap(), evening);
        for bad in ["", "tomorrow", "2026-13-01", "09:30"] {
            assert!(moment(bad).is_err(), "{bad}");
        }
    }
}
