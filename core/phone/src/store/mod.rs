//! The phone's durable state in one SQLite file: what is asked for stands in columns with an index, the rest in CBOR.
//!
//! One process at a time has it (an exclusive lock beside the file). Every plan is one transaction, flushed to the disk
//! before [`Store::apply`] returns. A file that is found damaged is moved aside and saved row by row ([`Salvage`]);
//! nothing is ever deleted, since it is the only copy.

mod change;
mod officer;
mod rows;
mod salvage;
mod schema;

use std::fs::File;
use std::path::{Path, PathBuf};

use paht_engine::outbox::{Lane, OutboxEntry, Rank};
use paht_engine::plan::{KeptBulletin, Link, Plan, Report};
use paht_engine::ports::{Store, StoreFault};
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::grid::Cell;
use paht_model::ids::{ReportId, Sha256};
use paht_model::limits::NEARBY_CELLS_MAX;
use paht_model::part::PartKind;
use paht_model::time::UnixMs;
use paht_model::wire::from_bytes;
use paht_model::wire::sync::{PartName, Told};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};

pub use salvage::Salvage;
pub(crate) use salvage::was_ever_damaged;
pub use schema::SCHEMA_VERSION;

/// The database's name in the phone's folder.
pub const DATABASE: &str = "phone.db";
/// Left by a program that met damage while it ran; the next opening saves what can be saved.
const SUSPECT: &str = "phone.db-suspect";

/// The phone's state in SQLite.
#[derive(Debug)]
pub struct SqliteStore {
    db: Connection,
    suspect: PathBuf,
    // Held, never read: the lock goes with it.
    _lock: File,
}

/// Why the store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("another program has this phone's folder open")]
    Busy,
    /// No space left.
    #[error("the storage is full")]
    Full,
    /// A newer program wrote it; this one leaves it as it is.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// The schema found.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The file system or SQLite failed.
    #[error("the storage failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl OpenError {
    /// Its stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Busy => Code::StorageBusy,
            Self::Full => Code::StorageFull,
            Self::Newer { .. } | Self::Failed(_) => Code::StorageFailed,
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match fault(&error) {
            StoreFault::Full => Self::Full,
            StoreFault::Busy => Self::Busy,
            StoreFault::Failed => Self::Failed(error.into()),
        }
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull { Self::Full } else { Self::Failed(error.into()) }
    }
}

impl SqliteStore {
    /// Opens the store in this folder, making it if there is none. Says what was saved if it was damaged. The work does
    /// not grow with what is in it.
    pub fn open(home: &Path) -> Result<(Self, Option<Salvage>), OpenError> {
        std::fs::create_dir_all(home)?;
        let lock = lock(home)?;
        let suspect = home.join(SUSPECT);
        let mut salvaged = None;
        if salvage::is_under_way(home) || suspect.exists() {
            salvaged = Some(salvage::salvage(home)?);
        }
        let db = match schema::open(&home.join(DATABASE)) {
            Err(error) if is_damage(&error) => {
                salvaged = Some(salvage::salvage(home)?);
                schema::open(&home.join(DATABASE))?
            }
            opened => opened?,
        };
        let _ = std::fs::remove_file(&suspect);
        File::open(home)?.sync_all()?;
        Ok((Self { db, suspect, _lock: lock }, salvaged))
    }

    /// Whether any report, entry, act or case still needs this file.
    pub fn needs(&self, hash: &Sha256) -> Result<bool, StoreFault> {
        let sql = "SELECT EXISTS (SELECT 1 FROM capture WHERE hash = ?1 AND erased = 0)
            OR EXISTS (SELECT 1 FROM entry WHERE hash = ?1 AND kind <> ?2)
            OR EXISTS (SELECT 1 FROM entry WHERE hash = ?1 AND kept = 1)
            OR EXISTS (SELECT 1 FROM setting WHERE name = ?3 AND instr(value, ?4) > 0)";
        self.met(self.db.prepare_cached(sql).and_then(|mut s| {
            let named =
                params![hash.as_bytes(), PartKind::Original.code(), officer::PICTURES, hash.to_string()];
            s.query_row(named, |r| r.get(0))
        }))
    }

    /// A thing this phone was told once.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreFault> {
        let mut found = self.met(self.db.prepare_cached("SELECT value FROM setting WHERE name = ?1"))?;
        self.met(found.query_row([name], |row| row.get(0)).optional())
    }

    /// Keeps a thing this phone is told once.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<(), StoreFault> {
        let sql =
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        self.met(self.db.execute(sql, [name, value])).map(|_| ())
    }

    /// What the hub last said of a square.
    pub fn kept_nearby(&self, cell: Cell) -> Result<Option<String>, StoreFault> {
        let mut found = self.met(self.db.prepare_cached("SELECT body FROM nearby WHERE cell = ?1"))?;
        self.met(found.query_row([cell.number()], |row| row.get(0)).optional())
    }

    /// Keeps what the hub said of a square; the squares asked about longest ago make room.
    pub fn keep_nearby(&mut self, cell: Cell, body: &str) -> Result<(), StoreFault> {
        let kept = self.db.transaction().and_then(|all| {
            all.execute("DELETE FROM nearby WHERE cell = ?1", [cell.number()])?;
            all.execute("INSERT INTO nearby (cell, body) VALUES (?1, ?2)", params![cell.number(), body])?;
            let old =
                "DELETE FROM nearby WHERE seq NOT IN (SELECT seq FROM nearby ORDER BY seq DESC LIMIT ?1)";
            all.execute(old, [NEARBY_CELLS_MAX])?;
            all.commit()
        });
        self.met(kept)
    }

    /// Empties the log of writes, in which what was overwritten stays legible until then.
    pub fn forget_overwritten(&self) -> Result<(), StoreFault> {
        self.met(self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }

    /// Never grows the database beyond so many pages: a full disk, for tests.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreFault> {
        self.met(self.db.pragma_update(None, "max_page_count", pages))
    }

    /// How SQLite would look for what a query asks, for tests.
    #[doc(hidden)]
    pub fn plan_of(&self, query: Query) -> Result<String, StoreFault> {
        let mut explain = self.met(self.db.prepare(&format!("EXPLAIN QUERY PLAN {}", query.sql())))?;
        let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
        let lines = explain.query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3));
        let lines: Result<Vec<String>, _> = self.met(lines)?.collect();
        Ok(self.met(lines)?.join("\n"))
    }

    fn many<T>(
        &self,
        query: Query,
        params: impl rusqlite::Params,
        read: fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreFault> {
        let mut found = self.met(self.db.prepare_cached(query.sql()))?;
        let rows = self.met(found.query_map(params, read))?;
        self.met(rows.collect())
    }

    /// Turns SQLite's failure into ours. Damage leaves a mark, so that the next opening saves what it can.
    fn met<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreFault> {
        result.map_err(|error| {
            tracing::error!(%error, "the store failed");
            if is_damage(&error) {
                let _ = File::create(&self.suspect).and_then(|file| file.sync_all());
            }
            fault(&error)
        })
    }
}

/// The store's questions that must stay fast whatever the history.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    Report,
    Reports,
    ReportsAfter,
    Entry,
    EntriesOf,
    Waiting,
    Told,
    Underived,
    Erasable,
    Acts,
    ActsOf,
}

impl Query {
    #[doc(hidden)]
    pub const ALL: [Self; 11] = [
        Self::Report,
        Self::Reports,
        Self::ReportsAfter,
        Self::Entry,
        Self::EntriesOf,
        Self::Waiting,
        Self::Told,
        Self::Underived,
        Self::Erasable,
        Self::Acts,
        Self::ActsOf,
    ];

    const fn sql(self) -> &'static str {
        match self {
            Self::Report => "SELECT body FROM report WHERE id = ?1",
            Self::Reports => "SELECT body FROM report ORDER BY seq DESC LIMIT ?1",
            Self::ReportsAfter => {
                "SELECT body FROM report WHERE seq < (SELECT seq FROM report WHERE id = ?1)
                 ORDER BY seq DESC LIMIT ?2"
            }
            Self::Entry => {
                concat!("SELECT ", rows::entry_columns!(), " FROM entry WHERE report = ?1 AND hash = ?2")
            }
            Self::EntriesOf => {
                concat!("SELECT ", rows::entry_columns!(), " FROM entry WHERE report = ?1 ORDER BY ord")
            }
            Self::Waiting => concat!(
                "SELECT ",
                rows::entry_columns!(),
                " FROM entry WHERE state <> 2 AND lane = ?1 AND (urgency, ord) > (?2, ?3)
                 ORDER BY urgency, ord LIMIT ?4"
            ),
            Self::Told => "SELECT body FROM told WHERE report = ?1 ORDER BY number",
            Self::Underived => {
                "SELECT r.id, c.hash FROM capture c JOIN report r ON r.seq = c.report_seq
                 WHERE c.underived = 1 ORDER BY c.report_seq, c.place LIMIT ?1"
            }
            Self::Erasable => {
                "SELECT report, hash FROM entry
                 WHERE kept = 1 AND received_at IS NOT NULL AND received_at < ?1 ORDER BY ord LIMIT ?2"
            }
            Self::Acts => "SELECT body, seq FROM act WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            Self::ActsOf => "SELECT body FROM act WHERE report = ?1 ORDER BY seq",
        }
    }
}

impl Store for SqliteStore {
    fn apply(&mut self, plan: &Plan) -> Result<(), StoreFault> {
        if plan.is_empty() {
            return Ok(());
        }
        let done = change::apply(&mut self.db, plan);
        self.met(done)
    }

    fn link(&self) -> Result<Link, StoreFault> {
        let body = self.db.query_row("SELECT body FROM link WHERE seq = 1", [], rows::body::<Link>);
        Ok(self.met(body.optional())?.unwrap_or_default())
    }

    fn bulletin(&self) -> Result<Option<KeptBulletin>, StoreFault> {
        let mut found = self.met(self.db.prepare_cached("SELECT body FROM bulletin WHERE seq = 1"))?;
        self.met(found.query_row([], rows::body::<KeptBulletin>).optional())
    }

    fn report(&self, id: &ReportId) -> Result<Option<Report>, StoreFault> {
        Ok(self.many(Query::Report, [id.as_bytes()], rows::body)?.pop())
    }

    fn reports(&self, after: Option<ReportId>, limit: usize) -> Result<Vec<Report>, StoreFault> {
        match after {
            None => self.many(Query::Reports, [rows::count(limit)], rows::body),
            Some(id) => {
                self.many(Query::ReportsAfter, params![id.as_bytes(), rows::count(limit)], rows::body)
            }
        }
    }

    fn entry(&self, part: &PartName) -> Result<Option<OutboxEntry>, StoreFault> {
        let named = params![part.report.as_bytes(), part.hash.as_bytes()];
        Ok(self.many(Query::Entry, named, rows::entry)?.pop())
    }

    fn entries_of(&self, report: &ReportId) -> Result<Vec<OutboxEntry>, StoreFault> {
        self.many(Query::EntriesOf, [report.as_bytes()], rows::entry)
    }

    fn waiting(&self, lane: Lane, after: Option<Rank>, limit: usize) -> Result<Vec<OutboxEntry>, StoreFault> {
        let (urgency, ord) = after.map_or((-1, 0), |rank| (i64::from(rank.urgency), rows::int(rank.order)));
        let asked = params![rows::lane(lane), urgency, ord, rows::count(limit)];
        self.many(Query::Waiting, asked, rows::entry)
    }

    fn command(&self, part: &PartName) -> Result<Option<SignedCommand>, StoreFault> {
        let sql = "SELECT bytes FROM command WHERE report = ?1 AND hash = ?2";
        let named = params![part.report.as_bytes(), part.hash.as_bytes()];
        let mut found = self.met(self.db.prepare_cached(sql))?;
        let bytes: Option<Vec<u8>> = self.met(found.query_row(named, |row| row.get(0)).optional())?;
        let Some(bytes) = bytes else { return Ok(None) };
        // One command that no longer verifies must not stop the others: it is passed over, and said.
        let command = SignedCommand::open(&bytes);
        if let Err(code) = &command {
            tracing::error!(%code, "a stored command no longer verifies");
        }
        Ok(command.ok())
    }

    fn told(&self, report: &ReportId) -> Result<Vec<Told>, StoreFault> {
        self.many(Query::Told, [report.as_bytes()], rows::body)
    }

    fn underived(&self, limit: usize) -> Result<Vec<PartName>, StoreFault> {
        self.many(Query::Underived, [rows::count(limit)], rows::part)
    }

    fn erasable(&self, received_before: UnixMs, limit: usize) -> Result<Vec<PartName>, StoreFault> {
        self.many(Query::Erasable, params![received_before.millis(), rows::count(limit)], rows::part)
    }
}

fn lock(home: &Path) -> Result<File, OpenError> {
    let file = File::options().create(true).truncate(false).write(true).open(home.join("phone.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::Busy),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

fn fault(error: &rusqlite::Error) -> StoreFault {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreFault::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::Busy,
        _ => StoreFault::Failed,
    }
}

/// Whether the bytes in the file are not what was written.
trait Damage {
    fn is_damage(&self) -> bool;
}

impl Damage for rusqlite::Error {
    fn is_damage(&self) -> bool {
        use rusqlite::Error as E;
        let code = self.sqlite_error_code();
        matches!(code, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
            || matches!(
                self,
                E::FromSqlConversionFailure(..) | E::InvalidColumnType(..) | E::IntegralValueOutOfRange(..)
            )
    }
}

impl Damage for schema::SchemaError {
    fn is_damage(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.is_damage(),
            Self::Newer { .. } => false,
            Self::Missing => true,
        }
    }
}

fn is_damage(error: &impl Damage) -> bool {
    error.is_damage()
}

/// Decodes a stored value, as rusqlite wants it said.
fn decoded<T: for<'b> minicbor::Decode<'b, ()>>(bytes: &[u8]) -> rusqlite::Result<T> {
    from_bytes(bytes, "stored value").map_err(|bad| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, Box::new(bad))
    })
}
