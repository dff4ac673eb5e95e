//! Between rows and what the engine speaks of.

use paht_engine::outbox::{Lane, OutboxEntry, Rank};
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256};
use paht_model::part::{Delivery, PartKind};
use paht_model::receipt::Receipt;
use paht_model::time::UnixMs;
use paht_model::wire::sync::PartName;
use paht_model::wire::{envelope, from_bytes};
use rusqlite::Row;
use rusqlite::types::Type;

use super::decoded;

/// The columns that [`entry`] reads, in its order.
macro_rules! entry_columns {
    () => {
        "report, hash, kind, bytes, declared_by, urgency, ord, delivery, attempts, fault"
    };
}
pub(super) use entry_columns;

/// One CBOR value in the first column.
pub(super) fn body<T: for<'b> minicbor::Decode<'b, ()>>(row: &Row<'_>) -> rusqlite::Result<T> {
    decoded(row.get_ref(0)?.as_blob()?)
}

/// A part's name in the first two columns.
pub(super) fn part(row: &Row<'_>) -> rusqlite::Result<PartName> {
    let report = ReportId::from_slice(row.get_ref(0)?.as_blob()?).map_err(|bad| wrong(0, bad))?;
    Ok(PartName { report, hash: hash(row, 1)? })
}

/// An entry, from [`entry_columns`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<OutboxEntry> {
    let declared_by = match row.get_ref(4)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(hash(row, 4)?),
    };
    Ok(OutboxEntry {
        part: part(row)?,
        kind: PartKind::from_code(row.get(2)?),
        bytes: unsigned(row, 3)?,
        declared_by,
        rank: Rank { urgency: row.get(5)?, order: unsigned(row, 6)? },
        delivery: decoded(row.get_ref(7)?.as_blob()?)?,
        attempts: row.get(8)?,
        fault: row.get::<_, Option<u16>>(9)?.map(Code::from_number),
    })
}

fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Sha256> {
    Sha256::from_slice(row.get_ref(at)?.as_blob()?).map_err(|bad| wrong(at, bad))
}

fn unsigned(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    u64::try_from(row.get::<_, i64>(at)?).map_err(|bad| wrong(at, bad))
}

fn wrong(at: usize, bad: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, Type::Blob, Box::new(bad))
}

/// The number of a delivery's state in its column.
pub(super) const fn state(delivery: &Delivery) -> i64 {
    match delivery {
        Delivery::Queued { .. } => 0,
        Delivery::Uploading { .. } => 1,
        Delivery::Delivered { .. } => 2,
        Delivery::Parked { .. } => 3,
    }
}

/// What a queued delivery waits for; 0 for any other.
pub(super) const fn not_before(delivery: &Delivery) -> i64 {
    match delivery {
        Delivery::Queued { not_before } => not_before.millis(),
        _ => 0,
    }
}

/// The hub time in a delivered entry's receipt, which was verified before it was kept.
pub(super) fn received_at(delivery: &Delivery) -> Option<i64> {
    let Delivery::Delivered { receipt } = delivery else { return None };
    let opened = envelope::open(&receipt.0, envelope::Purpose::Receipt).ok()?;
    from_bytes::<Receipt>(&opened.payload, "receipt").ok().map(|receipt| UnixMs::millis(receipt.time))
}

/// A lane's number in its column.
pub(super) const fn lane(lane: Lane) -> i64 {
    match lane {
        Lane::Commands => 0,
        Lane::Media => 1,
    }
}

/// SQLite counts with a sign; nothing here comes near its end.
pub(super) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A limit.
pub(super) fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
