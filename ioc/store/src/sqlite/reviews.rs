//! The public reviews of a service, along their index.

use paht_hub::ports::StoreFault;
use paht_model::ids::{KeyThumbprint, ServiceCode, TenantId};
use paht_model::timeline::Publication;
use rusqlite::Connection;

use super::{fault, list};
use crate::reviews::{REVIEWS_MAX, Reviewed};

const WHAT: &str = "reading reviews";
const QUERY: &str = "SELECT r.key, l.review FROM listing AS l JOIN report AS r ON r.id = l.id
    WHERE l.tenant = ?1 AND l.service = ?2 AND l.publication = ?3
    ORDER BY l.received DESC, l.code DESC LIMIT ?4";

/// The latest first.
pub(super) fn reviews(
    db: &Connection,
    tenant: &TenantId,
    service: &ServiceCode,
) -> Result<Vec<Reviewed>, StoreFault> {
    let mut query = db.prepare_cached(QUERY).map_err(fault(WHAT))?;
    let most = i64::try_from(REVIEWS_MAX).unwrap_or(i64::MAX);
    let asked = (tenant.as_str(), service.as_str(), Publication::Public.code(), most);
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, Option<Vec<u8>>>(1)?));
    let rows = query.query_map(asked, row).map_err(fault(WHAT))?;
    let mut found = Vec::new();
    for row in rows {
        let (key, bytes) = row.map_err(fault(WHAT))?;
        let review = list::review(bytes.as_deref())
            .map_err(|bad| StoreFault { what: WHAT, source: Some(Box::new(bad)) })?;
        found.extend(review.map(|review| Reviewed { key: KeyThumbprint::from_bytes(key), review }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{SqliteStore, held};

    #[test]
    fn a_service_is_read_along_its_index() {
        let folder = tempfile::tempdir().unwrap();
        let tenant = TenantId::parse("hue").unwrap();
        let store = SqliteStore::open(&folder.path().join("hub.sqlite"), &tenant).unwrap();
        let db = held(&store.reader);
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {QUERY}")).unwrap();
        let steps = explain.query_map(("hue", "dai-noi", 2, 5), |row| row.get::<_, String>(3)).unwrap();
        let plan = steps.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ");
        assert!(plan.contains("listing_by_service (tenant=? AND service=? AND publication=?)"), "{plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
