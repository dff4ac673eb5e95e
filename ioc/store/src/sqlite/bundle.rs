//! What became of bundles.

use paht_hub::courier::Unpacked;
use paht_hub::ports::{Bundles, KeptBundle, StoreFault};
use paht_model::bundle::part;
use paht_model::ids::Sha256;
use paht_model::time::UnixMs;
use paht_model::wire::sync::PartName;
use paht_model::wire::{from_bytes, to_bytes};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, Row};

use super::fault;
use super::ledger::SqliteLedger;

const READ: &str = "reading what became of bundles";
const WRITE: &str = "keeping what became of a bundle";
const COLUMNS: &str = "hash, bytes, at, waits, reply_to, receipt, body";

impl Bundles for SqliteLedger<'_> {
    fn bundle(&self, hash: &Sha256) -> Result<Option<KeptBundle>, StoreFault> {
        let query = format!("SELECT {COLUMNS} FROM bundle WHERE tenant = ?1 AND hash = ?2");
        let mut query = self.db.prepare_cached(&query).map_err(fault(READ))?;
        query.query_one((self.tenant.as_str(), hash.as_bytes()), kept).optional().map_err(fault(READ))
    }

    fn waiting_bundles(&self, limit: usize) -> Result<Vec<KeptBundle>, StoreFault> {
        let query =
            format!("SELECT {COLUMNS} FROM bundle WHERE tenant = ?1 AND waits = 1 ORDER BY hash LIMIT ?2");
        let mut query = self.db.prepare_cached(&query).map_err(fault(READ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = query.query_map((self.tenant.as_str(), limit), kept).map_err(fault(READ))?;
        found.collect::<Result<_, _>>().map_err(fault(READ))
    }

    fn put_bundle(&mut self, bundle: &KeptBundle) -> Result<(), StoreFault> {
        let query = "INSERT OR REPLACE INTO bundle (tenant, hash, bytes, at, waits, reply_to, receipt, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let KeptBundle { hash, bytes, at, reply_to, receipt, unpacked } = bundle;
        let body = to_bytes(&(&unpacked.parts, &unpacked.refused));
        let bytes = i64::try_from(*bytes).unwrap_or(i64::MAX);
        let named = (self.tenant.as_str(), hash.as_bytes(), bytes, at.millis());
        let (tenant, hash, bytes, at) = named;
        query
            .execute((tenant, hash, bytes, at, unpacked.waits, reply_to, receipt, body))
            .map(|_| ())
            .map_err(fault(WRITE))
    }

    fn forget_bundles(&mut self, before: UnixMs) -> Result<Vec<PartName>, StoreFault> {
        let query = "DELETE FROM bundle WHERE tenant = ?1 AND at < ?2 RETURNING hash, bytes";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let name = |row: &Row<'_>| Ok(part(hash_of(row)?, length_of(row)?));
        let gone = query.query_map((self.tenant.as_str(), before.millis()), name).map_err(fault(WRITE))?;
        gone.collect::<Result<_, _>>().map_err(fault(WRITE))
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptBundle> {
    let body: Vec<u8> = row.get(6)?;
    let (parts, refused) = from_bytes(&body, "bundle")
        .map_err(|bad| rusqlite::Error::FromSqlConversionFailure(6, Type::Blob, Box::new(bad)))?;
    Ok(KeptBundle {
        hash: hash_of(row)?,
        bytes: length_of(row)?,
        at: UnixMs::from_millis(row.get(2)?),
        reply_to: row.get(4)?,
        receipt: row.get(5)?,
        unpacked: Unpacked { parts, refused, waits: row.get(3)? },
    })
}

fn hash_of(row: &Row<'_>) -> rusqlite::Result<Sha256> {
    row.get(0).map(Sha256::from_bytes)
}

fn length_of(row: &Row<'_>) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0))
}
