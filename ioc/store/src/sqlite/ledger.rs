//! One transaction's view of the record.

use paht_hub::ports::{CaseRecord, Heard, Ledger, StoreFault};
use paht_model::ids::{CaseCode, CommandId, KeyThumbprint, ReportId, Sha256, TenantId};
use paht_model::timeline::Entry;
use paht_model::wire::sync::{PartName, SetDigest, Told};
use rusqlite::{Connection, OptionalExtension as _};

use super::{append, fault, record};

/// A [`Ledger`] on a connection with an open transaction.
pub(super) struct SqliteLedger<'c> {
    pub(super) db: &'c Connection,
    pub(super) tenant: &'c TenantId,
}

impl<'c> SqliteLedger<'c> {
    pub(super) const fn new(db: &'c Connection, tenant: &'c TenantId) -> Self {
        Self { db, tenant }
    }

    /// Writes a record without bringing the lists up to date.
    pub(super) fn put_record(&self, record: &CaseRecord) -> Result<i64, StoreFault> {
        record::write(self.db, self.tenant, record)
    }

    fn id_of(&self, report: &ReportId) -> Result<Option<i64>, StoreFault> {
        record::id_of(self.db, self.tenant, report)
    }

    fn known(&self, report: &ReportId, what: &'static str) -> Result<i64, StoreFault> {
        let missing = || StoreFault { what, source: Some("there is no such report".into()) };
        self.id_of(report)?.ok_or_else(missing)
    }
}

impl Ledger for SqliteLedger<'_> {
    fn case(&self, report: &ReportId) -> Result<Option<CaseRecord>, StoreFault> {
        self.id_of(report)?.map_or(Ok(None), |id| record::read(self.db, id))
    }

    fn case_by_code(&self, code: &CaseCode) -> Result<Option<CaseRecord>, StoreFault> {
        let what = "finding a case by its code";
        let query = "SELECT id FROM report WHERE tenant = ?1 AND code = ?2";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let id = query.query_one((self.tenant.as_str(), code.as_str()), |row| row.get(0)).optional();
        id.map_err(fault(what))?.map_or(Ok(None), |id| record::read(self.db, id))
    }

    fn receipt(&self, part: &PartName) -> Result<Option<Vec<u8>>, StoreFault> {
        let what = "finding a receipt";
        let Some(id) = self.id_of(&part.report)? else { return Ok(None) };
        let query = "SELECT bytes FROM receipt WHERE id = ?1 AND hash = ?2 LIMIT 1";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        query.query_one((id, part.hash.as_bytes()), |row| row.get(0)).optional().map_err(fault(what))
    }

    fn command(&self, id: &CommandId) -> Result<Option<Sha256>, StoreFault> {
        let what = "finding a command";
        let query = "SELECT hash FROM command WHERE tenant = ?1 AND command = ?2";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let hash = query.query_one((self.tenant.as_str(), id.as_bytes()), |row| row.get(0)).optional();
        Ok(hash.map_err(fault(what))?.map(Sha256::from_bytes))
    }

    fn put_case(&mut self, record: &CaseRecord) -> Result<(), StoreFault> {
        let before = record::text_of(self.db, self.tenant, &record.report)?;
        let id = self.put_record(record)?;
        record::write_listing(self.db, self.tenant, id, record)?;
        if before.as_ref() == Some(&record.text) {
            return Ok(());
        }
        record::write_search(self.db, id, record)
    }

    fn append(&mut self, record: &CaseRecord, entries: &[(Entry, Heard)]) -> Result<(), StoreFault> {
        let id = self.known(&record.report, "adding to a log")?;
        append::append(self.db, self.tenant, &record.key, id, entries)
    }

    fn put_command(&mut self, id: &CommandId, part: &PartName, bytes: &[u8]) -> Result<(), StoreFault> {
        let what = "keeping a command";
        let report = self.known(&part.report, what)?;
        let query = "INSERT INTO command (tenant, command, id, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let row = (self.tenant.as_str(), id.as_bytes(), report, part.hash.as_bytes(), bytes);
        query.execute(row).map(|_| ()).map_err(fault(what))
    }

    fn put_receipt(
        &mut self,
        key: &KeyThumbprint,
        part: &PartName,
        receipt: &[u8],
    ) -> Result<(), StoreFault> {
        let what = "keeping a receipt";
        let id = self.known(&part.report, what)?;
        let query = "INSERT INTO receipt (id, hash, key, bytes) VALUES (?1, ?2, ?3, ?4)";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        query.execute((id, part.hash.as_bytes(), key.as_bytes(), receipt)).map_err(fault(what))?;
        let held = self.held(key)?.toggle(part);
        let query = "INSERT OR REPLACE INTO held (tenant, key, digest) VALUES (?1, ?2, ?3)";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let row = (self.tenant.as_str(), key.as_bytes(), held.as_bytes());
        query.execute(row).map(|_| ()).map_err(fault(what))
    }

    fn held(&self, key: &KeyThumbprint) -> Result<SetDigest, StoreFault> {
        let what = "reading a digest";
        let query = "SELECT digest FROM held WHERE tenant = ?1 AND key = ?2";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let digest = query.query_one((self.tenant.as_str(), key.as_bytes()), |row| row.get(0)).optional();
        Ok(digest.map_err(fault(what))?.map(SetDigest::from_bytes).unwrap_or_default())
    }

    fn held_of(&self, report: &ReportId, key: &KeyThumbprint) -> Result<Vec<Sha256>, StoreFault> {
        let what = "itemising a report";
        let Some(id) = self.id_of(report)? else { return Ok(Vec::new()) };
        let mut query = self
            .db
            .prepare_cached("SELECT hash FROM receipt WHERE id = ?1 AND key = ?2 ORDER BY hash")
            .map_err(fault(what))?;
        let hashes = query.query_map((id, key.as_bytes()), |row| row.get(0).map(Sha256::from_bytes));
        hashes.map_err(fault(what))?.collect::<rusqlite::Result<_>>().map_err(fault(what))
    }

    fn told(&self, key: &KeyThumbprint, after: u64, limit: usize) -> Result<(Vec<Told>, u64), StoreFault> {
        let total = append::told_count(self.db, self.tenant, key)?;
        let (Ok(after), false) = (i64::try_from(after), limit == 0) else { return Ok((Vec::new(), total)) };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok((append::told(self.db, self.tenant, key, after, limit)?, total))
    }

    fn log(&self, report: &ReportId) -> Result<Vec<Entry>, StoreFault> {
        self.id_of(report)?.map_or(Ok(Vec::new()), |id| append::log(self.db, id))
    }
}
