//! A grid over the Earth, so that what is near a point is found by looking into a few squares. A square is a hundredth of
//! a degree wide and high: about 1.1 km from south to north, less from west to east the farther from the equator.

use crate::place::Point;

/// Ten-millionths of a degree in a square's side.
const SIDE_E7: i64 = 100_000;
/// The south pole and the date line, in ten-millionths of a degree.
const SOUTH_E7: i64 = -900_000_000;
const WEST_E7: i64 = -1_800_000_000;
/// Squares in a row, the one of exactly 180° east included.
const COLUMNS: i64 = 36_001;
/// Ten-millionths of a degree of latitude in a metre.
const E7_IN_METRE: f64 = 10_000_000.0 / 111_195.0;

/// A square of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(i64);

impl Cell {
    /// The square a point lies in.
    pub fn of(point: Point) -> Self {
        Self::at(row(i64::from(point.lat_e7)), column(i64::from(point.lon_e7)))
    }

    /// Its number; a neighbour to the east has the next one.
    pub const fn number(self) -> i64 {
        self.0
    }

    const fn at(row: i64, column: i64) -> Self {
        Self(row.saturating_mul(COLUMNS).saturating_add(column))
    }

    /// Every square that has a point within so many metres of this one, and a few more. None beyond the date line: no
    /// province lies across it.
    pub fn within(point: Point, metres: f64) -> impl Iterator<Item = Self> {
        // Far inside an i64 for any distance on the Earth.
        #[allow(clippy::cast_possible_truncation)]
        let half = (metres.max(0.0) * E7_IN_METRE).ceil().min(1e10) as i64;
        let (lat, lon) = (i64::from(point.lat_e7), i64::from(point.lon_e7));
        let (south, north) = (row(lat.saturating_sub(half)), row(lat.saturating_add(half)));
        // The parallel farthest from the equator is the shortest: there a metre is the most degrees.
        let farthest = (point.lat().abs() + metres.max(0.0) / 111_195.0).min(89.0).to_radians();
        #[allow(clippy::cast_possible_truncation)]
        let half = (metres.max(0.0) * E7_IN_METRE / farthest.cos()).ceil().min(1e10) as i64;
        let (west, east) = (column(lon.saturating_sub(half)), column(lon.saturating_add(half)));
        (south..=north).flat_map(move |row| (west..=east).map(move |column| Self::at(row, column)))
    }
}

fn row(lat_e7: i64) -> i64 {
    lat_e7.clamp(SOUTH_E7, -SOUTH_E7).saturating_sub(SOUTH_E7).div_euclid(SIDE_E7)
}

fn column(lon_e7: i64) -> i64 {
    lon_e7.clamp(WEST_E7, -WEST_E7).saturating_sub(WEST_E7).div_euclid(SIDE_E7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(lat_e7: i32, lon_e7: i32) -> Point {
        Point { lat_e7, lon_e7 }
    }

    proptest! {
        /// Whatever lies within the distance lies in one of the squares.
        #[test]
        fn nothing_near_is_missed(
            lat in -800_000_000..800_000_000_i32,
            lon in -1_790_000_000..1_790_000_000_i32,
            north in -2_000_000..2_000_000_i32,
            east in -2_000_000..2_000_000_i32,
        ) {
            let (here, there) = (point(lat, lon), point(lat + north, lon + east));
            let metres = here.metres_to(there);
            prop_assume!(metres < 30_000.0);
            prop_assert!(Cell::within(here, metres + 1.0).any(|cell| cell == Cell::of(there)));
        }
    }

    #[test]
    fn a_walk_needs_few_squares_and_the_poles_do_no_harm() {
        let hue = point(164_637_000, 1_075_909_000);
        assert!(Cell::within(hue, 500.0).count() <= 4);
        assert!(Cell::within(hue, 10_000.0).count() <= 420);
        let [pole, line] = [point(900_000_000, 0), point(0, 1_800_000_000)];
        assert!(Cell::within(pole, 500.0).any(|cell| cell == Cell::of(pole)));
        assert!(Cell::within(line, 500.0).any(|cell| cell == Cell::of(line)));
    }
}
