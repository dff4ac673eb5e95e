//! A place as the number of a square, none of whose points is 10 m from its centre.

use super::coder::{Decoder, Encoder, Even, Few};
use crate::ids::TenantId;
use crate::place::Point;

/// A square's height in every frame, in ten-millionths of a degree (14.0 m).
const HEIGHT_E7: i64 = 1_260;

/// A part of the Earth, cut into squares. All in ten-millionths of a degree.
#[derive(Clone, Copy)]
struct Frame {
    south: i64,
    west: i64,
    north: i64,
    east: i64,
    /// A square's width: 14 m or less on the frame's parallel nearest to the equator.
    width: i64,
}

/// A province's box with some room. Part of the format: what is here never changes.
const PROVINCES: [(&str, Frame); 2] = [
    (
        "hue",
        Frame {
            south: 159_000_000,
            west: 1_069_500_000,
            north: 168_500_000,
            east: 1_083_000_000,
            width: 1_300,
        },
    ),
    (
        "quang-tri",
        Frame {
            south: 162_500_000,
            west: 1_055_500_000,
            north: 181_500_000,
            east: 1_075_000_000,
            width: 1_300,
        },
    ),
];
const COUNTRY: Frame =
    Frame { south: 80_000_000, west: 1_020_000_000, north: 235_000_000, east: 1_175_000_000, width: 1_270 };
const EARTH: Frame = Frame {
    south: -900_000_000,
    west: -1_800_000_000,
    north: 900_000_000,
    east: 1_800_000_000,
    width: 1_260,
};

/// No place, the province's frame, the country's, the Earth's.
const KINDS: [u16; 4] = [8, 52, 3, 1];

fn frame(kind: usize, tenant: &TenantId) -> Option<Frame> {
    match kind {
        1 => PROVINCES.iter().find(|(id, _)| *id == tenant.as_str()).map(|(_, frame)| *frame),
        2 => Some(COUNTRY),
        3 => Some(EARTH),
        _ => None,
    }
}

impl Frame {
    const fn rows(self) -> u64 {
        ((self.north - self.south) / HEIGHT_E7 + 1).unsigned_abs()
    }
    const fn columns(self) -> u64 {
        ((self.east - self.west) / self.width + 1).unsigned_abs()
    }
    fn square(self, point: Point) -> Option<(usize, usize)> {
        let (lat, lon) = (i64::from(point.lat_e7), i64::from(point.lon_e7));
        if !(self.south..=self.north).contains(&lat) || !(self.west..=self.east).contains(&lon) {
            return None;
        }
        let row = usize::try_from((lat - self.south) / HEIGHT_E7).ok()?;
        Some((row, usize::try_from((lon - self.west) / self.width).ok()?))
    }
    fn centre(self, row: usize, column: usize) -> Option<Point> {
        let along = |from: i64, to: i64, at: usize, step: i64| {
            let middle = from + i64::try_from(at).ok()?.checked_mul(step)? + step / 2;
            i32::try_from(middle.min(to)).ok()
        };
        let lat_e7 = along(self.south, self.north, row, HEIGHT_E7)?;
        Some(Point { lat_e7, lon_e7: along(self.west, self.east, column, self.width)? })
    }
}

/// Writes where it is. A point off the Earth is written as no place.
pub(super) fn put(encoder: &mut Encoder, tenant: &TenantId, place: Option<Point>) -> Option<()> {
    let found = place.and_then(|point| {
        (1..=3).find_map(|kind| {
            let frame = frame(kind, tenant)?;
            Some((kind, frame, frame.square(point)?))
        })
    });
    let Some((kind, frame, (row, column))) = found else { return encoder.put(&Few(&KINDS), 0) };
    encoder.put(&Few(&KINDS), kind)?;
    encoder.put(&Even(frame.rows()), row)?;
    encoder.put(&Even(frame.columns()), column)
}

/// Reads where it is; the outer `None` if nobody can have written it.
#[allow(clippy::option_option)]
pub(super) fn get(decoder: &mut Decoder<'_>, tenant: &TenantId) -> Option<Option<Point>> {
    let kind = decoder.get(&Few(&KINDS));
    if kind == 0 {
        return Some(None);
    }
    let frame = frame(kind, tenant)?;
    let row = decoder.get(&Even(frame.rows()));
    let column = decoder.get(&Even(frame.columns()));
    Some(Some(frame.centre(row, column)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn there_and_back(tenant: &str, point: Point) -> (Point, usize) {
        let tenant = TenantId::parse(tenant).unwrap();
        let mut encoder = Encoder::new();
        put(&mut encoder, &tenant, Some(point)).unwrap();
        let digits = encoder.finish();
        (get(&mut Decoder::new(&digits), &tenant).unwrap().unwrap(), digits.len())
    }

    proptest! {
        #[test]
        fn no_place_on_earth_is_moved_by_ten_metres(lat in -900_000_000..=900_000_000_i32, lon in -1_800_000_000..=1_800_000_000_i32) {
            let point = Point { lat_e7: lat, lon_e7: lon };
            prop_assert!(there_and_back("hue", point).0.metres_to(point) <= 10.0);
        }

        #[test]
        fn nor_is_one_in_the_provinces_and_the_country(lat in 80_000_000..=235_000_000_i32, lon in 1_020_000_000..=1_175_000_000_i32) {
            let point = Point { lat_e7: lat, lon_e7: lon };
            for tenant in ["hue", "quang-tri", "elsewhere"] {
                prop_assert!(there_and_back(tenant, point).0.metres_to(point) <= 10.0);
            }
        }

        #[test]
        fn nor_is_one_in_its_own_province(lat in 159_000_000..=168_500_000_i32, lon in 1_069_500_000..=1_083_000_000_i32) {
            let point = Point { lat_e7: lat, lon_e7: lon };
            let (read, digits) = there_and_back("hue", point);
            prop_assert!(read.metres_to(point) <= 10.0);
            prop_assert!(digits <= 6, "{digits}");
        }
    }

    #[test]
    fn a_point_off_the_earth_is_no_place() {
        let tenant = TenantId::parse("hue").unwrap();
        let mut encoder = Encoder::new();
        put(&mut encoder, &tenant, Some(Point { lat_e7: 900_000_001, lon_e7: 0 })).unwrap();
        assert_eq!(get(&mut Decoder::new(&encoder.finish()), &tenant), Some(None));
    }
}
