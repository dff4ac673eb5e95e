//! Alerts and the bulletin.

use paht_hub::ports::{Board, KeptAlert, SignedBulletin, StoreFault};
use paht_model::alert::Alert;
use paht_model::ids::AlertId;
use paht_model::time::UnixMs;
use paht_model::wire::{from_bytes, to_bytes};
use rusqlite::OptionalExtension as _;

use super::fault;
use super::ledger::SqliteLedger;

const READ: &str = "reading an alert";
const WRITE: &str = "keeping an alert";
const BULLETIN: &str = "keeping the bulletin";

impl Board for SqliteLedger<'_> {
    fn alert(&self, id: &AlertId) -> Result<Option<KeptAlert>, StoreFault> {
        let query = "SELECT body, ended FROM alert WHERE tenant = ?1 AND alert = ?2";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let row =
            query.query_one((self.tenant.as_str(), id.as_bytes()), |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((body, ended)) = row.optional().map_err(fault(READ))? else { return Ok(None) };
        let (body, ended): (Vec<u8>, Option<i64>) = (body, ended);
        Ok(Some(KeptAlert { alert: decoded(&body)?, ended: ended.map(UnixMs::from_millis) }))
    }

    fn alerts_after(&self, time: UnixMs) -> Result<Vec<Alert>, StoreFault> {
        let query =
            "SELECT body FROM alert WHERE tenant = ?1 AND until > ?2 AND ended IS NULL ORDER BY alert";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let rows = query.query_map((self.tenant.as_str(), time.millis()), |row| row.get::<_, Vec<u8>>(0));
        rows.map_err(fault(READ))?.map(|body| decoded(&body.map_err(fault(READ))?)).collect()
    }

    fn put_alert(&mut self, kept: &KeptAlert) -> Result<(), StoreFault> {
        let query =
            "INSERT OR REPLACE INTO alert (tenant, alert, until, ended, body) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let (alert, ended) = (&kept.alert, kept.ended.map(UnixMs::millis));
        let row = (self.tenant.as_str(), alert.id.as_bytes(), alert.until.millis(), ended, to_bytes(alert));
        query.execute(row).map(|_| ()).map_err(fault(WRITE))
    }

    fn bulletin(&self) -> Result<Option<SignedBulletin>, StoreFault> {
        let query = "SELECT version, signed FROM bulletin WHERE tenant = ?1";
        let mut query = self.db.prepare_cached(query).map_err(fault(BULLETIN))?;
        let bulletin =
            |row: &rusqlite::Row<'_>| Ok(SignedBulletin { version: row.get(0)?, signed: row.get(1)? });
        query.query_one([self.tenant.as_str()], bulletin).optional().map_err(fault(BULLETIN))
    }

    fn put_bulletin(&mut self, bulletin: &SignedBulletin) -> Result<(), StoreFault> {
        let query = "INSERT OR REPLACE INTO bulletin (tenant, version, signed) VALUES (?1, ?2, ?3)";
        let mut query = self.db.prepare_cached(query).map_err(fault(BULLETIN))?;
        let row = (self.tenant.as_str(), bulletin.version, &bulletin.signed);
        query.execute(row).map(|_| ()).map_err(fault(BULLETIN))
    }
}

fn decoded(body: &[u8]) -> Result<Alert, StoreFault> {
    from_bytes(body, "alert").map_err(|bad| StoreFault { what: READ, source: Some(Box::new(bad)) })
}
