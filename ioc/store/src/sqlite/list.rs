//! Lists, read along an index: a page costs the same however many cases there are.

use paht_hub::ports::StoreFault;
use paht_model::case::Stage;
use paht_model::ids::{AgencyId, AreaCode, BadId, CaseCode, CategoryCode, TenantId};
use paht_model::place::Point;
use paht_model::review::Review;
use paht_model::time::UnixMs;
use paht_model::timeline::Publication;
use paht_model::wire::from_bytes;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::fault;
use crate::listing::{self, ListItem, ListPage, ListQuery};

const WHAT: &str = "listing cases";

/// What [`item`] reads, of a listing called `l`.
macro_rules! columns_of_listing {
    () => {
        "l.code, l.received, stage, category, area, l.agency, due, urgent, excerpt, publication, lat_e7, lon_e7, l.review"
    };
}
pub(super) use columns_of_listing;

const COLUMNS: &str = columns_of_listing!();

/// A page of cases.
pub(super) fn list(db: &Connection, tenant: &TenantId, query: &ListQuery) -> Result<ListPage, StoreFault> {
    let len = listing::page_len(query);
    let (sql, values) = statement(tenant, query, len.saturating_add(1));
    let mut statement = db.prepare_cached(&sql).map_err(fault(WHAT))?;
    let mut rows = statement.query(params_from_iter(values)).map_err(fault(WHAT))?;
    let mut items = Vec::with_capacity(len);
    while let Some(row) = rows.next().map_err(fault(WHAT))? {
        items.push(item(row)?);
    }
    Ok(listing::page(items, len))
}

/// The statement that finds them. Only its own words are in its text; what was asked for goes in as values.
fn statement(tenant: &TenantId, query: &ListQuery, rows: usize) -> (String, Vec<Value>) {
    let text = |text: &str| Value::from(text.to_owned());
    // Of an agency, `share` has the order; otherwise the listing itself.
    let (from, order) = match &query.agency {
        Some(_) => ("share AS o JOIN listing AS l ON l.id = o.id", "o"),
        None => ("listing AS l", "l"),
    };
    let mut sql = format!("SELECT {COLUMNS} FROM {from} WHERE {order}.tenant = ?");
    let mut values = vec![text(tenant.as_str())];
    let mut also = |condition: &str, value: Value| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.push(value);
    };
    if let Some(agency) = &query.agency {
        also("o.agency = ?", text(agency.as_str()));
    }
    if query.public_only {
        also("publication = ?", Value::from(i64::from(Publication::Public.code())));
    }
    if let Some(stage) = query.stage {
        also("stage = ?", text(stage.as_str()));
    }
    if let Some(category) = &query.category {
        also("category = ?", text(category.as_str()));
    }
    if let Some(service) = &query.service {
        also("service = ?", text(service.as_str()));
    }
    if !query.idle {
        also("idle = ?", Value::from(0_i64));
    }
    if let Some(at) = query.overdue_at {
        also("due < ?", Value::from(at.millis()));
    }
    let asked = listing::asked(query);
    if !asked.is_empty() {
        // Folded words are letters and digits alone: nothing in them can end the quotes.
        let words: Vec<String> = asked.iter().map(|word| format!("\"{word}\"*")).collect();
        also("l.id IN (SELECT rowid FROM search WHERE search MATCH ?)", Value::from(words.join(" ")));
    }
    if let Some((received, code)) = &query.before {
        also(&format!("({order}.received, {order}.code) < (?, ?)"), Value::from(received.millis()));
        values.push(text(code.as_str()));
    }
    sql.push_str(" ORDER BY ");
    sql.push_str(order);
    sql.push_str(".received DESC, ");
    sql.push_str(order);
    sql.push_str(".code DESC LIMIT ?");
    values.push(Value::from(i64::try_from(rows).unwrap_or(i64::MAX)));
    (sql, values)
}

/// A line of the listing, from its columns.
pub(super) fn item(row: &Row<'_>) -> Result<ListItem, StoreFault> {
    let columns = columns(row).map_err(fault(WHAT))?;
    columns.map_err(|bad| StoreFault { what: WHAT, source: Some(Box::new(bad)) })
}

fn columns(row: &Row<'_>) -> rusqlite::Result<Result<ListItem, BadId>> {
    fn parsed<T>(text: Option<&String>, parse: fn(&str) -> Result<T, BadId>) -> Result<Option<T>, BadId> {
        text.map(|text| parse(text)).transpose()
    }
    let (code, stage): (String, String) = (row.get(0)?, row.get(2)?);
    let (category, area, agency): (Option<String>, Option<String>, Option<String>) =
        (row.get(3)?, row.get(4)?, row.get(5)?);
    let (received, due): (i64, Option<i64>) = (row.get(1)?, row.get(6)?);
    let (urgent, excerpt, publication) = (row.get(7)?, row.get(8)?, row.get(9)?);
    let point: Option<(i32, i32)> = row.get::<_, Option<i32>>(10)?.zip(row.get(11)?);
    let bytes: Option<Vec<u8>> = row.get(12)?;
    let item = || {
        Ok(ListItem {
            code: CaseCode::parse(&code)?,
            received: UnixMs::from_millis(received),
            stage: Stage::parse(&stage).ok_or(BadId { what: "stage" })?,
            category: parsed(category.as_ref(), CategoryCode::parse)?,
            area: parsed(area.as_ref(), AreaCode::parse)?,
            agency: parsed(agency.as_ref(), AgencyId::parse)?,
            due: due.map(UnixMs::from_millis),
            urgent,
            excerpt,
            publication: Publication::from_code(publication),
            point: point.map(|(lat_e7, lon_e7)| Point { lat_e7, lon_e7 }),
            review: review(bytes.as_deref())?,
        })
    };
    Ok(item())
}

/// A review from its bytes in a row.
pub(super) fn review(bytes: Option<&[u8]>) -> Result<Option<Review>, BadId> {
    let read = |bytes| from_bytes(bytes, "review").map_err(|bad| BadId { what: bad.what });
    bytes.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{SqliteStore, held};
    use paht_model::ids::ServiceCode;

    /// How SQLite would find these cases.
    fn plan(query: &ListQuery) -> String {
        let folder = tempfile::tempdir().unwrap();
        let tenant = TenantId::parse("hue").unwrap();
        let store = SqliteStore::open(&folder.path().join("hub.sqlite"), &tenant).unwrap();
        let db = held(&store.reader);
        let (sql, values) = statement(&tenant, query, 51);
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = explain.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        steps.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
    }

    #[test]
    fn the_public_list_is_read_along_its_index() {
        let first = ListQuery::default();
        let before = Some((UnixMs::from_millis(5), CaseCode::parse("HUE-1").unwrap()));
        let next = ListQuery { before, ..first.clone() };
        for query in [first, next] {
            let plan = plan(&query);
            assert!(plan.contains("USING INDEX listing_by_publication"), "{plan}");
            assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }

    #[test]
    fn no_list_is_sorted_or_scanned() {
        let all = ListQuery { public_only: false, ..ListQuery::default() };
        let agency = Some(AgencyId::parse("so-xay-dung").unwrap());
        let queries = [
            all.clone(),
            ListQuery { stage: Some(Stage::Received), ..all.clone() },
            ListQuery { category: Some(CategoryCode::parse("traffic").unwrap()), ..all.clone() },
            ListQuery { agency: agency.clone(), ..all.clone() },
            ListQuery { service: ServiceCode::parse("dai-noi").ok(), public_only: true, ..all.clone() },
            ListQuery { idle: false, ..all.clone() },
            ListQuery { agency, public_only: true, ..all },
        ];
        for query in queries {
            let plan = plan(&query);
            assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{query:?}: {plan}");
        }
    }
}
