//! Public cases of one square of the grid, along their index.

use paht_hub::ports::StoreFault;
use paht_model::grid::Cell;
use paht_model::ids::TenantId;
use paht_model::timeline::Publication;
use rusqlite::Connection;

use super::list::columns_of_listing;
use super::{fault, list};
use crate::listing::ListItem;
use crate::nearby::{NEARBY_IN_CELL_MAX, NearbyItem, NearbyQuery, nearest};

const WHAT: &str = "finding cases nearby";
const QUERY: &str = concat!(
    "SELECT ",
    columns_of_listing!(),
    " FROM listing AS l WHERE tenant = ?1 AND publication = ?2 AND cell = ?3 AND idle = 0
    ORDER BY received DESC, code DESC LIMIT ?4"
);

/// The public cases nearest to a point.
pub(super) fn nearby(
    db: &Connection,
    tenant: &TenantId,
    query: &NearbyQuery,
) -> Result<Vec<NearbyItem>, StoreFault> {
    let mut in_one = db.prepare_cached(QUERY).map_err(fault(WHAT))?;
    nearest(query, |cell: Cell| {
        let public = Publication::Public.code();
        let asked =
            (tenant.as_str(), public, cell.number(), i64::try_from(NEARBY_IN_CELL_MAX).unwrap_or(i64::MAX));
        let mut rows = in_one.query(asked).map_err(fault(WHAT))?;
        let mut items: Vec<ListItem> = Vec::new();
        while let Some(row) = rows.next().map_err(fault(WHAT))? {
            items.push(list::item(row)?);
        }
        Ok(items)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{SqliteStore, held};

    #[test]
    fn a_square_is_read_along_its_index() {
        let folder = tempfile::tempdir().unwrap();
        let tenant = TenantId::parse("hue").unwrap();
        let store = SqliteStore::open(&folder.path().join("hub.sqlite"), &tenant).unwrap();
        let db = held(&store.reader);
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {QUERY}")).unwrap();
        let steps = explain.query_map(("hue", 1, 5, 200), |row| row.get::<_, String>(3)).unwrap();
        let plan = steps.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ");
        assert!(
            plan.contains("USING INDEX listing_by_cell (tenant=? AND publication=? AND cell=?)"),
            "{plan}"
        );
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
