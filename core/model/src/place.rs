//! Where something is. A place is never `0,0`: that is what a picker writes when it has hidden the position.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Ten-millionths of a degree: one unit is about a centimetre.
const E7: f64 = 10_000_000.0;
/// Mean radius of the Earth, in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A point on the Earth (WGS 84), in ten-millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Point {
    /// Latitude × 10⁷, north positive.
    #[n(0)]
    pub lat_e7: i32,
    /// Longitude × 10⁷, east positive.
    #[n(1)]
    pub lon_e7: i32,
}

/// Why a pair of numbers is no point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPoint {
    /// Exactly 0,0 or not a number: a hidden position, not a place in the Gulf of Guinea.
    #[error("the position is unknown")]
    Unknown,
    /// Beyond the poles or the date line.
    #[error("the position is not on the Earth")]
    OffEarth,
}

impl Point {
    /// From degrees. `0,0` and values off the Earth are refused.
    pub fn from_degrees(lat: f64, lon: f64) -> Result<Self, BadPoint> {
        if !lat.is_finite() || !lon.is_finite() || (lat == 0.0 && lon == 0.0) {
            return Err(BadPoint::Unknown);
        }
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return Err(BadPoint::OffEarth);
        }
        // In range by the check above: 180 × 10⁷ fits an i32.
        #[allow(clippy::cast_possible_truncation)]
        Ok(Self { lat_e7: (lat * E7).round() as i32, lon_e7: (lon * E7).round() as i32 })
    }

    /// From a pair as it came by wire: the same checks as [`Point::from_degrees`].
    pub fn checked(self) -> Result<Self, BadPoint> {
        Self::from_degrees(self.lat(), self.lon())
    }

    /// Latitude in degrees.
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / E7
    }

    /// Longitude in degrees.
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / E7
    }

    /// Distance along the sphere, in metres (haversine).
    pub fn metres_to(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.lat().to_radians(), other.lat().to_radians());
        let half_lat = (lat2 - lat1) / 2.0;
        let half_lon = (other.lon() - self.lon()).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
    }
}

/// How a place came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(PlaceSource { 1 => Capture, 2 => Fix, 3 => Pin, 4 => Service });

/// Where a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Place {
    /// The point.
    #[n(0)]
    pub point: Point,
    /// Radius in which the true place lies with 68 % certainty, in metres; absent if not known.
    #[n(1)]
    pub accuracy_m: Option<u32>,
    /// How it came to be known.
    #[n(2)]
    pub source: PlaceSource,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_position_is_unknown_never_null_island() {
        assert_eq!(Point::from_degrees(0.0, 0.0), Err(BadPoint::Unknown));
        assert_eq!(Point::from_degrees(f64::NAN, 107.0), Err(BadPoint::Unknown));
        assert_eq!(Point { lat_e7: 0, lon_e7: 0 }.checked(), Err(BadPoint::Unknown));
        assert_eq!(Point::from_degrees(91.0, 107.0), Err(BadPoint::OffEarth));
    }

    #[test]
    fn four_hemispheres_read_back_exactly() {
        for (lat, lon) in
            [(16.2775, 107.2297), (-33.8568, 151.2153), (40.446_972_2, -3.724_752_8), (-22.9519, -43.2105)]
        {
            let point = Point::from_degrees(lat, lon).unwrap();
            assert!((point.lat() - lat).abs() < 1e-7 && (point.lon() - lon).abs() < 1e-7);
        }
    }

    #[test]
    fn hue_to_a_luoi_is_about_fifty_kilometres() {
        let hue = Point::from_degrees(16.4637, 107.5909).unwrap();
        let a_luoi = Point::from_degrees(16.2775, 107.2297).unwrap();
        let metres = hue.metres_to(a_luoi);
        assert!((43_000.0..45_000.0).contains(&metres), "{metres}");
    }
}
