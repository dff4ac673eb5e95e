//! Text messages, and the cases that they make.

use paht_hub::ports::{
    CaseRecord, KeptMessage, MESSAGES_KEPT_MS, MessageState, Messages, SenderMark, StoreFault,
};
use paht_model::fault::Code;
use paht_model::ids::{KeyThumbprint, ReportId};
use paht_model::sms::Tag;
use paht_model::time::UnixMs;
use rusqlite::{OptionalExtension as _, Row};

use super::ledger::SqliteLedger;
use super::{append, fault, record};

const READ: &str = "reading text messages";
const WRITE: &str = "keeping a text message";
const WAITS: u8 = 1;
const QUARANTINED: u8 = 2;
const TAKEN: u8 = 3;
const COLUMNS: &str = "number, sender, sealed, at, state, why, replied, words";

impl Messages for SqliteLedger<'_> {
    fn case_by_tag(&self, tag: &Tag) -> Result<Option<CaseRecord>, StoreFault> {
        let what = "finding a case by its tag";
        let query = "SELECT id FROM report WHERE tenant = ?1 AND tag = ?2 ORDER BY id LIMIT 1";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let id = query.query_one((self.tenant.as_str(), tag.as_bytes()), |row| row.get(0)).optional();
        id.map_err(fault(what))?.map_or(Ok(None), |id| record::read(self.db, id))
    }

    fn adopt(
        &mut self,
        stand_in: &ReportId,
        report: &ReportId,
        key: &KeyThumbprint,
    ) -> Result<(), StoreFault> {
        let what = "joining a case";
        let query = "UPDATE report SET report = ?3, key = ?4 WHERE tenant = ?1 AND report = ?2 RETURNING id";
        let mut query = self.db.prepare_cached(query).map_err(fault(what))?;
        let named = (self.tenant.as_str(), stand_in.as_bytes(), report.as_bytes(), key.as_bytes());
        let id: i64 = query.query_one(named, |row| row.get(0)).map_err(fault(what))?;
        append::hand_over(self.db, self.tenant, id, key)
    }

    fn put_message(&mut self, message: &KeptMessage) -> Result<(), StoreFault> {
        let old = message.at.plus_millis(-MESSAGES_KEPT_MS).millis();
        let query = "DELETE FROM message WHERE tenant = ?1 AND at < ?2 AND state <> ?3";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        query.execute((self.tenant.as_str(), old, QUARANTINED)).map_err(fault(WRITE))?;
        let query = "INSERT INTO message (tenant, sender, sealed, at, state, why, replied, words)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let (state, why, replied) = match message.state {
            MessageState::Waits => (WAITS, None, None),
            MessageState::Quarantined { why } => (QUARANTINED, Some(why.number()), None),
            MessageState::Taken { replied } => (TAKEN, None, Some(replied)),
        };
        let (sender, at) = (message.sender.as_bytes(), message.at.millis());
        let row = (self.tenant.as_str(), sender, &message.sealed, at, state, why, replied, &message.text);
        query.execute(row).map(|_| ()).map_err(fault(WRITE))
    }

    fn waiting(&self, sender: &SenderMark, after: UnixMs) -> Result<Vec<KeptMessage>, StoreFault> {
        let query = format!(
            "SELECT {COLUMNS} FROM message
            WHERE tenant = ?1 AND sender = ?2 AND at > ?3 AND state = ?4 ORDER BY number"
        );
        let mut query = self.db.prepare_cached(&query).map_err(fault(READ))?;
        let named = (self.tenant.as_str(), sender.as_bytes(), after.millis(), WAITS);
        let rows = query.query_map(named, message).map_err(fault(READ))?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault(READ))
    }

    fn drop_waiting(&mut self, sender: &SenderMark, text: &str) -> Result<(), StoreFault> {
        let query = "DELETE FROM message WHERE tenant = ?1 AND sender = ?2 AND state = ?3 AND words = ?4";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let named = (self.tenant.as_str(), sender.as_bytes(), WAITS, text);
        query.execute(named).map(|_| ()).map_err(fault(WRITE))
    }

    fn taken_since(&self, sender: &SenderMark, after: UnixMs) -> Result<(usize, usize), StoreFault> {
        let query = "SELECT count(*), coalesce(sum(replied), 0) FROM message
            WHERE tenant = ?1 AND sender = ?2 AND at > ?3 AND state = ?4";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let named = (self.tenant.as_str(), sender.as_bytes(), after.millis(), TAKEN);
        let counts = query.query_one(named, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
        let (cases, replies) = counts.map_err(fault(READ))?;
        let count = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        Ok((count(cases), count(replies)))
    }

    fn is_quarantined(&self, sender: &SenderMark, text: &str) -> Result<bool, StoreFault> {
        let query = "SELECT EXISTS (SELECT 1 FROM message
            WHERE tenant = ?1 AND sender = ?2 AND state = ?3 AND words = ?4)";
        let mut query = self.db.prepare_cached(query).map_err(fault(READ))?;
        let named = (self.tenant.as_str(), sender.as_bytes(), QUARANTINED, text);
        query.query_one(named, |row| row.get(0)).map_err(fault(READ))
    }

    fn quarantined(&self, limit: usize) -> Result<Vec<KeptMessage>, StoreFault> {
        let query = format!(
            "SELECT {COLUMNS} FROM message WHERE tenant = ?1 AND state = ?2 ORDER BY number DESC LIMIT ?3"
        );
        let mut query = self.db.prepare_cached(&query).map_err(fault(READ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows =
            query.query_map((self.tenant.as_str(), QUARANTINED, limit), message).map_err(fault(READ))?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault(READ))
    }

    fn dismiss(&mut self, number: u64) -> Result<bool, StoreFault> {
        let query = "DELETE FROM message WHERE tenant = ?1 AND number = ?2 AND state = ?3";
        let mut query = self.db.prepare_cached(query).map_err(fault(WRITE))?;
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let gone = query.execute((self.tenant.as_str(), number, QUARANTINED)).map_err(fault(WRITE))?;
        Ok(gone > 0)
    }
}

fn message(row: &Row<'_>) -> rusqlite::Result<KeptMessage> {
    let state = match row.get(4)? {
        WAITS => MessageState::Waits,
        QUARANTINED => MessageState::Quarantined { why: Code::from_number(row.get(5)?) },
        _ => MessageState::Taken { replied: row.get(6)? },
    };
    Ok(KeptMessage {
        number: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
        sender: SenderMark::from_bytes(row.get(1)?),
        sealed: row.get(2)?,
        at: UnixMs::from_millis(row.get(3)?),
        state,
        text: row.get(7)?,
    })
}
