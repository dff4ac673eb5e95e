//! Where a camera says that it was. A position that is hidden, empty or impossible is unknown, never `0,0`.

use paht_model::place::Point;
use serde::Serialize;

/// Deepest and highest a phone is believed to be, in metres.
const ALTITUDES_M: std::ops::RangeInclusive<f64> = -12_000.0..=100_000.0;
/// Widest accuracy radius that still says something, in metres (half the Earth's girth).
const ACCURACY_M_MAX: f64 = 20_000_000.0;

/// A camera's position (WGS 84), in range and not `0,0`, to the centimetre.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Position {
    /// Latitude in degrees, north positive.
    pub lat: f64,
    /// Longitude in degrees, east positive.
    pub lon: f64,
    /// Height above sea level, in metres; absent if not stated.
    pub altitude_m: Option<f64>,
    /// Radius in which the true place lies, in metres, above 0; absent if not stated.
    pub accuracy_m: Option<f64>,
}

impl Position {
    /// From degrees; `None` for `0,0` (or what rounds to it), for what is no number, and for places off the Earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let point = Point::from_degrees(lat, lon).and_then(Point::checked).ok()?;
        Some(Self { lat: point.lat(), lon: point.lon(), altitude_m: None, accuracy_m: None })
    }

    /// With a height, if it is one.
    #[must_use]
    pub fn with_altitude(mut self, metres: Option<f64>) -> Self {
        self.altitude_m = metres.filter(|m| ALTITUDES_M.contains(m));
        self
    }

    /// With a radius, if it is one.
    #[must_use]
    pub fn with_accuracy(mut self, metres: Option<f64>) -> Self {
        self.accuracy_m = metres.filter(|m| *m > 0.0 && *m <= ACCURACY_M_MAX);
        self
    }

    /// From ISO 6709 as videos carry it: `+16.2775+107.2297+580.0/`, degrees or degrees and minutes (and seconds). Blanks
    /// between the numbers are passed over, and a comma counts as a point: the signs tell where a number begins.
    pub fn from_iso6709(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0').replace(',', ".");
        let (lat, rest) = signed(&text)?;
        let (lon, rest) = signed(rest.trim_start())?;
        let altitude = signed(rest.trim_start()).and_then(|(text, _)| text.parse().ok());
        Some(Self::new(degrees(lat, 2)?, degrees(lon, 3)?)?.with_altitude(altitude))
    }
}

/// A sign with the number after it, and the rest.
fn signed(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(['+', '-']) {
        return None;
    }
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let end = text.char_indices().skip(1).find(|(_, c)| !number(*c)).map_or(text.len(), |(at, _)| at);
    Some((text.get(..end)?, text.get(end..)?)).filter(|(number, _)| number.len() > 1)
}

/// Degrees from `±D`, `±DM` or `±DMS`; `first` is how many digits whole degrees have when minutes follow.
fn degrees(text: &str, first: usize) -> Option<f64> {
    let (sign, digits) = (text.get(..1)?, text.get(1..)?);
    let whole = digits.split('.').next()?.len();
    let (d, m, s) = if whole == first + 2 {
        (digits.get(..first)?, digits.get(first..)?, "0")
    } else if whole == first + 4 {
        (digits.get(..first)?, digits.get(first..first + 2)?, digits.get(first + 2..)?)
    } else {
        (digits, "0", "0")
    };
    let (d, m, s): (f64, f64, f64) = (d.parse().ok()?, m.parse().ok()?, s.parse().ok()?);
    let value = sexagesimal(d, m, s)?;
    Some(if sign == "-" { -value } else { value })
}

/// Degrees, minutes and seconds as one number; `None` if any of them is no part of an angle.
pub(super) fn sexagesimal(degrees: f64, minutes: f64, seconds: f64) -> Option<f64> {
    let angle = (0.0..=180.0).contains(&degrees) && (0.0..=60.0).contains(&minutes);
    (angle && (0.0..=60.0).contains(&seconds)).then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(text: &str, lat: f64, lon: f64) {
        let found = Position::from_iso6709(text).unwrap();
        assert!((found.lat - lat).abs() < 1e-7 && (found.lon - lon).abs() < 1e-7, "{text}: {found:?}");
    }

    #[test]
    fn iso_6709_reads_in_all_its_forms_and_hemispheres() {
        close("+27.1281+100.2508+000.000/", 27.1281, 100.2508);
        close("+16.2775+107.2297/", 16.2775, 107.2297);
        close("-33.8568+151.2153", -33.8568, 151.2153);
        close("+4026.8183-00343.4852/", 40.446_971_666_666_67, -3.724_753_333_333_333);
        close("-225706.84-0431237.8/", -22.951_9, -43.210_5);
        close("+16,2775+107,2297/", 16.2775, 107.2297);
        close("+16.2775 +107.2297 /", 16.2775, 107.2297);
        let high = Position::from_iso6709("+16.2775+107.2297+580.5CRSWGS_84/").unwrap();
        assert_eq!(high.altitude_m, Some(580.5));
    }

    #[test]
    fn hidden_and_broken_positions_are_unknown() {
        for text in [
            "",
            "/",
            "+/",
            "+0.0+0.0/",
            "+91.0+107.0/",
            "+16.2",
            "16.2,107.2",
            "+..+../",
            "+99999999+1/",
            "+ệ+1/",
        ] {
            assert_eq!(Position::from_iso6709(text), None, "{text}");
        }
        assert_eq!(Position::new(f64::NAN, 107.0), None);
        assert_eq!(sexagesimal(f64::NAN, 0.0, 0.0), None);
        let sure =
            Position::new(16.2, 107.2).unwrap().with_accuracy(Some(-1.0)).with_altitude(Some(f64::INFINITY));
        assert_eq!((sure.accuracy_m, sure.altitude_m), (None, None));
    }
}
