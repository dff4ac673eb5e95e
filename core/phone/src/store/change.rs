//! A plan's changes, one transaction.

use paht_engine::outbox::{Lane, NewEntry, OutboxEntry};
use paht_engine::plan::{Change, Derived, Plan, Report};
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::part::{Delivery, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::{PartName, Told};
use paht_model::wire::to_bytes;
use rusqlite::{Connection, Result, Transaction, TransactionBehavior, params};

use super::{officer, rows};

pub(super) fn apply(db: &mut Connection, plan: &Plan) -> Result<()> {
    let kept = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for change in &plan.changes {
        make(&kept, change)?;
    }
    kept.commit()
}

fn make(db: &Transaction<'_>, change: &Change) -> Result<()> {
    match change {
        Change::PutReport(report) => put_report(db, report),
        Change::AddEntry(entry) => add_entry(db, entry),
        Change::PutCommand(signed) => put_command(db, signed),
        Change::SetEntry { part, delivery, attempts, fault } => {
            set_entry(db, part, delivery, *attempts, *fault)
        }
        Change::DropEntry(part) => drop_entry(db, part),
        Change::PutAct(act) => officer::put_act(db, act),
        Change::DropAct(part) => officer::drop_act(db, part),
        Change::PutTold(told) => put_told(db, told),
        Change::ForgetTold => run(db, "DELETE FROM told", []),
        Change::SetLink(link) => {
            run(db, "INSERT OR REPLACE INTO link (seq, body) VALUES (1, ?1)", [to_bytes(&**link)])
        }
        Change::SetBulletin(kept) => {
            run(db, "INSERT OR REPLACE INTO bulletin (seq, body) VALUES (1, ?1)", [to_bytes(&**kept)])
        }
        Change::ClearWaits => {
            let at_once = to_bytes(&Delivery::Queued { not_before: UnixMs::from_millis(0) });
            let sql = "UPDATE entry SET not_before = 0, delivery = ?1
                WHERE state <> 2 AND lane IN (0, 1) AND state = 0 AND not_before <> 0";
            run(db, sql, [at_once])
        }
    }
}

pub(super) fn run(db: &Transaction<'_>, sql: &str, params: impl rusqlite::Params) -> Result<()> {
    db.prepare_cached(sql)?.execute(params).map(|_| ())
}

pub(super) fn put_report(db: &Transaction<'_>, report: &Report) -> Result<()> {
    let sql = "INSERT INTO report (id, body) VALUES (?1, ?2)
        ON CONFLICT (id) DO UPDATE SET body = excluded.body RETURNING seq";
    let mut put = db.prepare_cached(sql)?;
    let seq: i64 = put.query_row(params![report.id.as_bytes(), to_bytes(report)], |row| row.get(0))?;
    run(db, "DELETE FROM capture WHERE report_seq = ?1", [seq])?;
    for (place, capture) in (0_i64..).zip(&report.captures) {
        let hash = capture.declared.hash.as_bytes();
        let underived = capture.derived == Derived::Waiting;
        let sql =
            "INSERT INTO capture (report_seq, place, hash, underived, erased) VALUES (?1, ?2, ?3, ?4, ?5)";
        run(db, sql, params![seq, place, hash, underived, capture.erased])?;
    }
    officer::keep_originals(db, &report.id)
}

pub(super) fn add_entry(db: &Transaction<'_>, entry: &NewEntry) -> Result<()> {
    // The order is SQLite's: it never gives one twice, even after the last entry was dropped.
    let sql = "INSERT OR REPLACE INTO entry (report, hash, kind, lane, urgency, bytes, declared_by, state, not_before,
            kept, attempts, fault, delivery)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, NULL, ?10)";
    let new: OutboxEntry = entry.clone().ranked(0);
    let named = params![
        new.part.report.as_bytes(),
        new.part.hash.as_bytes(),
        new.kind.code(),
        rows::lane(Lane::of(new.kind)),
        new.rank.urgency,
        rows::int(new.bytes),
        new.declared_by.as_ref().map(paht_model::ids::Sha256::as_bytes),
        rows::state(&new.delivery),
        rows::not_before(&new.delivery),
        to_bytes(&new.delivery),
    ];
    run(db, sql, named)?;
    if new.kind == PartKind::Original { officer::keep_originals(db, &new.part.report) } else { Ok(()) }
}

pub(super) fn put_command(db: &Transaction<'_>, signed: &SignedCommand) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO command (report, hash, bytes) VALUES (?1, ?2, ?3)";
    run(db, sql, params![signed.command.report.as_bytes(), signed.hash.as_bytes(), signed.bytes])
}

pub(super) fn set_entry(
    db: &Transaction<'_>,
    part: &PartName,
    delivery: &Delivery,
    attempts: u32,
    fault: Option<Code>,
) -> Result<()> {
    let sql = "UPDATE entry SET state = ?3, not_before = ?4, received_at = ?5, attempts = ?6, fault = ?7, delivery = ?8
        WHERE report = ?1 AND hash = ?2";
    let named = params![
        part.report.as_bytes(),
        part.hash.as_bytes(),
        rows::state(delivery),
        rows::not_before(delivery),
        rows::received_at(delivery),
        attempts,
        fault.map(Code::number),
        to_bytes(delivery),
    ];
    run(db, sql, named)
}

fn drop_entry(db: &Transaction<'_>, part: &PartName) -> Result<()> {
    let named = params![part.report.as_bytes(), part.hash.as_bytes()];
    run(db, "DELETE FROM entry WHERE report = ?1 AND hash = ?2", named)?;
    run(db, "DELETE FROM command WHERE report = ?1 AND hash = ?2", named)
}

pub(super) fn put_told(db: &Transaction<'_>, told: &Told) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO told (report, number, body) VALUES (?1, ?2, ?3)";
    run(db, sql, params![told.report.as_bytes(), told.number, to_bytes(told)])
}
