//! An officer's acts, and the agency's cases as the hub last told them: kept among the settings, since they are never the
//! only copy of anything.

use paht_engine::plan::KeptAct;
use paht_engine::ports::{Acts, StoreFault};
use paht_model::ids::{ReportId, Sha256};
use paht_model::part::PartKind;
use paht_model::wire::officer::OfficerCases;
use paht_model::wire::sync::PartName;
use paht_model::wire::to_bytes;
use rusqlite::{Result, Row, Transaction, params};

use super::change::run;
use super::{Query, SqliteStore, rows};

/// The setting that holds the cases, in JSON.
const CASES: &str = "officer-cases";
/// The setting that holds the hashes of kept pictures of cases, in hex, a space between them. [`SqliteStore::needs`] looks
/// into it.
pub(super) const PICTURES: &str = "officer-pictures";

impl Acts for SqliteStore {
    fn acts(&self, after: u64, limit: usize) -> Result<Vec<(u64, KeptAct)>, StoreFault> {
        self.many(Query::Acts, params![rows::int(after), rows::count(limit)], placed)
    }

    fn acts_of(&self, report: &ReportId) -> Result<Vec<KeptAct>, StoreFault> {
        self.many(Query::ActsOf, [report.as_bytes()], rows::body)
    }
}

impl SqliteStore {
    /// The cases as last heard; absent if they never were, or cannot be read any more.
    pub fn officer_cases(&self) -> Result<Option<OfficerCases>, StoreFault> {
        Ok(self.setting(CASES)?.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Keeps the cases in place of those heard before; none: forgets them. Gives the hashes of kept pictures that are in
    /// none of them any more: their files may go.
    pub fn keep_officer_cases(&mut self, cases: Option<&OfficerCases>) -> Result<Vec<Sha256>, StoreFault> {
        let json = cases.and_then(|cases| serde_json::to_string(cases).ok()).unwrap_or_default();
        self.set_setting(CASES, &json)?;
        let (kept, gone): (Vec<_>, Vec<_>) =
            self.case_pictures()?.into_iter().partition(|hash| cases.is_some_and(|all| shows(all, hash)));
        if !gone.is_empty() {
            self.set_setting(PICTURES, &listed(&kept))?;
        }
        Ok(gone)
    }

    /// Says that this file is a picture of a case, so that it is not taken for an orphan.
    pub fn keep_case_picture(&mut self, hash: &Sha256) -> Result<(), StoreFault> {
        let mut kept = self.case_pictures()?;
        if kept.contains(hash) {
            return Ok(());
        }
        kept.push(*hash);
        self.set_setting(PICTURES, &listed(&kept))
    }

    fn case_pictures(&self) -> Result<Vec<Sha256>, StoreFault> {
        let kept = self.setting(PICTURES)?.unwrap_or_default();
        Ok(kept.split(' ').filter_map(|hash| hash.parse().ok()).collect())
    }
}

fn listed(hashes: &[Sha256]) -> String {
    hashes.iter().map(Sha256::to_string).collect::<Vec<_>>().join(" ")
}

fn shows(cases: &OfficerCases, hash: &Sha256) -> bool {
    cases.cases.iter().flat_map(|case| &case.pictures).any(|picture| picture.hash == *hash)
}

fn placed(row: &Row<'_>) -> Result<(u64, KeptAct)> {
    Ok((u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0), rows::body(row)?))
}

/// Inserts or replaces an act. One that is known keeps its place.
pub(super) fn put_act(db: &Transaction<'_>, act: &KeptAct) -> Result<()> {
    let (report, hash) = (act.part.report.as_bytes(), act.part.hash.as_bytes());
    let known = "UPDATE act SET body = ?3 WHERE report = ?1 AND hash = ?2";
    if db.prepare_cached(known)?.execute(params![report, hash, to_bytes(act)])? == 0 {
        let new = "INSERT INTO act (report, hash, body) VALUES (?1, ?2, ?3)";
        run(db, new, params![report, hash, to_bytes(act)])?;
    }
    keep_originals(db, &act.part.report)
}

pub(super) fn drop_act(db: &Transaction<'_>, part: &PartName) -> Result<()> {
    let named = params![part.report.as_bytes(), part.hash.as_bytes()];
    run(db, "DELETE FROM act WHERE report = ?1 AND hash = ?2", named)?;
    keep_originals(db, &part.report)
}

/// Marks which originals are kept until their time is over: those of a capture, or of an act's evidence, that was not
/// erased.
pub(super) fn keep_originals(db: &Transaction<'_>, report: &ReportId) -> Result<()> {
    let (report, original) = (report.as_bytes(), PartKind::Original.code());
    let of_captures = "UPDATE entry SET kept = EXISTS (SELECT 1 FROM capture WHERE report_seq =
            (SELECT seq FROM report WHERE id = ?1) AND capture.hash = entry.hash AND erased = 0)
        WHERE report = ?1 AND kind = ?2";
    run(db, of_captures, params![report, original])?;
    let mut acts = db.prepare_cached(Query::ActsOf.sql())?;
    let acts = acts.query_map([report], rows::body::<KeptAct>)?.collect::<Result<Vec<_>>>()?;
    for piece in acts.iter().flat_map(|act| &act.pieces).filter(|piece| !piece.erased) {
        let of_act = "UPDATE entry SET kept = 1 WHERE report = ?1 AND kind = ?2 AND hash = ?3";
        run(db, of_act, params![report, original, piece.hash.as_bytes()])?;
    }
    Ok(())
}
