//! Public cases around a point. Rings of squares are looked through from the middle outwards until enough are found, so
//! that a crowded street costs no more than an empty valley.

use std::collections::BTreeSet;

use paht_hub::ports::StoreFault;
use paht_model::grid::Cell;
use paht_model::limits::{NEARBY_LIMIT_MAX, NEARBY_RADIUS_M_MAX};
use paht_model::place::Point;

use crate::listing::ListItem;

/// Of more public cases in one square, only the latest so many count.
pub const NEARBY_IN_CELL_MAX: usize = 200;
/// The first ring's radius, in metres; each one after it has twice that of the one before.
const FIRST_RING_M: u32 = 500;

/// Around where, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearbyQuery {
    /// The middle.
    pub centre: Point,
    /// How far around, in metres; at most [`NEARBY_RADIUS_M_MAX`] count.
    pub radius_m: u32,
    /// Most cases; at most [`NEARBY_LIMIT_MAX`] count.
    pub limit: usize,
}

/// A public case with its distance.
#[derive(Debug, Clone, PartialEq)]
pub struct NearbyItem {
    /// The case.
    pub item: ListItem,
    /// Where it is.
    pub point: Point,
    /// How far, in metres.
    pub metres: f64,
}

/// The nearest first. `in_cell` gives the latest public cases of one square, at most [`NEARBY_IN_CELL_MAX`].
pub(crate) fn nearest(
    query: &NearbyQuery,
    mut in_cell: impl FnMut(Cell) -> Result<Vec<ListItem>, StoreFault>,
) -> Result<Vec<NearbyItem>, StoreFault> {
    let radius_m = query.radius_m.clamp(1, NEARBY_RADIUS_M_MAX);
    let limit = query.limit.clamp(1, NEARBY_LIMIT_MAX);
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    let mut ring_m = FIRST_RING_M.min(radius_m);
    loop {
        for cell in Cell::within(query.centre, f64::from(ring_m)) {
            if seen.insert(cell) {
                found.extend(in_cell(cell)?.into_iter().filter_map(|item| measured(query.centre, item)));
            }
        }
        // Beyond the ring only some squares were looked into.
        let near = found.iter().filter(|one: &&NearbyItem| one.metres <= f64::from(ring_m)).count();
        if near >= limit || ring_m == radius_m {
            break;
        }
        ring_m = ring_m.saturating_mul(2).min(radius_m);
    }
    found.retain(|one| one.metres <= f64::from(ring_m));
    found.sort_by(|one, other| {
        one.metres.total_cmp(&other.metres).then_with(|| one.item.code.cmp(&other.item.code))
    });
    found.truncate(limit);
    Ok(found)
}

fn measured(centre: Point, item: ListItem) -> Option<NearbyItem> {
    let point = item.point?;
    Some(NearbyItem { metres: centre.metres_to(point), point, item })
}
