//! Officers, and their answers that wait.

use paht_hub::ports::{Officers, PendingAnswer, StoreFault};
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, KeyThumbprint, ReportId, Sha256};
use paht_model::time::UnixMs;
use paht_model::wire::officer::Officer;
use paht_model::wire::{from_bytes, to_bytes};
use rusqlite::types::Type;
use rusqlite::{Connection, Row};

use super::fault;
use super::ledger::SqliteLedger;

const READ: &str = "reading an officer";
const WRITE: &str = "keeping an officer";
const PENDING: &str = "keeping an answer that waits";

impl Officers for SqliteLedger<'_> {
    fn officer(&self, key: &KeyThumbprint) -> Result<Option<Officer>, StoreFault> {
        let query = "SELECT key, agency, since, ended FROM officer WHERE tenant = ?1 AND key = ?2";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let rows = query.query_map((self.tenant.as_str(), key.as_bytes()), officer).map_err(fault(READ))?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>().map_err(fault(READ))?.pop())
    }

    fn officers(&self) -> Result<Vec<Officer>, StoreFault> {
        let query = "SELECT key, agency, since, ended FROM officer WHERE tenant = ?1 ORDER BY since, key";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let rows = query.query_map([self.tenant.as_str()], officer).map_err(fault(READ))?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault(READ))
    }

    fn put_officer(&mut self, officer: &Officer) -> Result<(), StoreFault> {
        let query =
            "INSERT OR REPLACE INTO officer (tenant, key, agency, since, ended) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let (since, ended) = (officer.since.millis(), officer.ended.map(UnixMs::millis));
        let row = (self.tenant.as_str(), officer.key.as_bytes(), officer.agency.as_str(), since, ended);
        query.execute(row).map(|_| ()).map_err(fault(WRITE))
    }

    fn answered_by(&self, key: &KeyThumbprint) -> Result<Vec<ReportId>, StoreFault> {
        let query = "SELECT DISTINCT report FROM pending JOIN report USING (id)
            WHERE pending.key = ?2 AND tenant = ?1 ORDER BY report";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let named = (self.tenant.as_str(), key.as_bytes());
        let reports = query.query_map(named, |row| row.get(0).map(ReportId::from_bytes));
        reports.map_err(fault(READ))?.collect::<rusqlite::Result<_>>().map_err(fault(READ))
    }
}

fn officer(row: &Row<'_>) -> rusqlite::Result<Officer> {
    Ok(Officer {
        key: KeyThumbprint::from_bytes(row.get(0)?),
        agency: agency(row, 1)?,
        since: UnixMs::from_millis(row.get(2)?),
        ended: row.get::<_, Option<i64>>(3)?.map(UnixMs::from_millis),
    })
}

fn agency(row: &Row<'_>, at: usize) -> rusqlite::Result<AgencyId> {
    let parsed = AgencyId::parse(&row.get::<_, String>(at)?);
    parsed.map_err(|bad| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(bad)))
}

/// The answers that wait in a report's record, and those that were dropped, in the order they came.
pub(super) fn pending(db: &Connection, id: i64) -> Result<Vec<PendingAnswer>, StoreFault> {
    let query = "SELECT command, key, agency, assignment, text, evidence, since, dropped
        FROM pending WHERE id = ?1 ORDER BY number";
    let mut query = db.prepare_cached(query).map_err(fault(PENDING))?;
    let answer = |row: &Row<'_>| {
        let evidence = from_bytes::<Vec<Sha256>>(row.get_ref(5)?.as_blob()?, "evidence");
        Ok(PendingAnswer {
            command: Sha256::from_bytes(row.get(0)?),
            by: KeyThumbprint::from_bytes(row.get(1)?),
            agency: agency(row, 2)?,
            assignment: row.get(3)?,
            text: row.get(4)?,
            evidence: evidence
                .map_err(|bad| rusqlite::Error::FromSqlConversionFailure(5, Type::Blob, Box::new(bad)))?,
            since: UnixMs::from_millis(row.get(6)?),
            dropped: row.get::<_, Option<u16>>(7)?.map(Code::from_number),
        })
    };
    let answers = query.query_map([id], answer).map_err(fault(PENDING))?;
    answers.collect::<rusqlite::Result<_>>().map_err(fault(PENDING))
}

/// Replaces them.
pub(super) fn write_pending(db: &Connection, id: i64, answers: &[PendingAnswer]) -> Result<(), StoreFault> {
    let mut clear = db.prepare_cached("DELETE FROM pending WHERE id = ?1").map_err(fault(PENDING))?;
    clear.execute([id]).map_err(fault(PENDING))?;
    let query = "INSERT INTO pending
            (id, number, command, key, agency, assignment, text, evidence, since, dropped)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let mut query = db.prepare_cached(query).map_err(fault(PENDING))?;
    for (number, answer) in (0_i64..).zip(answers) {
        let done = query.execute((
            id,
            number,
            answer.command.as_bytes(),
            answer.by.as_bytes(),
            answer.agency.as_str(),
            answer.assignment,
            &answer.text,
            to_bytes(&answer.evidence),
            answer.since.millis(),
            answer.dropped.map(Code::number),
        ));
        done.map_err(fault(PENDING))?;
    }
    Ok(())
}
