//! The communes, and where they are.

use jiff::civil::Date;
use paht_model::ids::{AgencyId, AreaCode};
use paht_model::place::Point;

/// A commune or ward, valid between two dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its official number.
    pub code: AreaCode,
    /// Its official name, in Vietnamese, e.g. `Xã A Lưới 2`.
    pub name: String,
    /// The day it began.
    pub valid_from: Date,
    /// Its last day; `None` while it exists.
    pub valid_until: Option<Date>,
    /// The agency that governs it.
    pub committee: AgencyId,
    /// A point inside it, where its map opens.
    pub centre: Point,
    /// More points inside it, spread so that most places in it are nearer to one of them than to another commune's.
    pub points: Vec<Point>,
}

impl Area {
    /// Metres from a position to the nearest of its points.
    pub fn metres_to(&self, point: Point) -> f64 {
        let others = self.points.iter().map(|own| own.metres_to(point));
        others.fold(self.centre.metres_to(point), f64::min)
    }
}
