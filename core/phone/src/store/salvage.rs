//! Saving what can be read of a damaged database. The damaged files are moved aside to `damaged-<n>/`, never deleted; a
//! new database is built beside them and takes their place in one rename. A crash anywhere in between goes on where it
//! was, told by a mark that names the folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use paht_engine::officer;
use paht_engine::outbox::{NewEntry, OutboxEntry};
use paht_engine::plan::{Capture, Condition, Derived, KeptAct, Link, Private, Report};
use paht_model::command::{Body, SignedCommand};
use paht_model::ids::{ClaimSecret, ReportId, Sha256};
use paht_model::statement::Statement;
use paht_model::wire::sync::{PartName, Told};
use paht_model::wire::to_bytes;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, Transaction};
use serde::Serialize;

use super::{DATABASE, OpenError, change, rows, schema};

/// Names the folder of a rescue that is under way.
const MARK: &str = "phone.db-salvage";
/// The new database until it takes the old one's place.
const REBUILT: &str = "phone.db-rebuilt";
/// Most rows looked for one by one inside a damaged stretch.
const PROBES_MAX: i64 = 100_000;

/// What was saved of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Salvage {
    /// Where the damaged files were put, as they were.
    pub folder: PathBuf,
    /// Reports saved; those whose statement alone was readable count too.
    pub reports: usize,
    /// Entries of the outbox saved or made anew from their commands.
    pub entries: usize,
    /// Signed commands saved.
    pub commands: usize,
    /// Whether every table could be read to its end.
    pub complete: bool,
}

/// Whether an earlier rescue was cut off.
pub(super) fn is_under_way(home: &Path) -> bool {
    home.join(MARK).exists()
}

/// Whether this phone's database was ever damaged: then no file is taken for an orphan any more.
pub(crate) fn was_ever_damaged(home: &Path) -> bool {
    home.join(MARK).exists() || home.join("damaged-1").exists()
}

pub(super) fn salvage(home: &Path) -> Result<Salvage, OpenError> {
    let folder = set_aside(home)?;
    let mut found = Found::read(&folder.join(DATABASE));
    if found.is_nothing() {
        found = repaired(&folder).map_or(found, |path| Found::read(&path));
    }
    found.mend();
    let rebuilt = home.join(REBUILT);
    if home.join(DATABASE).exists() {
        // The rename was done before the crash: only the mark was left.
        fs::remove_file(home.join(MARK))?;
        return Ok(found.told(folder));
    }
    for leftover in [rebuilt.clone(), with_suffix(&rebuilt, "-wal"), with_suffix(&rebuilt, "-journal")] {
        remove_if_there(&leftover)?;
    }
    let mut db = schema::open(&rebuilt)?;
    found.write(&mut db)?;
    db.close().map_err(|(_, error)| error)?;
    File::open(&rebuilt)?.sync_all()?;
    fs::rename(&rebuilt, home.join(DATABASE))?;
    File::open(home)?.sync_all()?;
    fs::remove_file(home.join(MARK))?;
    tracing::warn!(reports = found.reports.len(), complete = found.complete, "a damaged database was saved");
    Ok(found.told(folder))
}

/// Moves the damaged files aside, the log first: a new database must never stand beside an old log.
fn set_aside(home: &Path) -> Result<PathBuf, OpenError> {
    let mark = home.join(MARK);
    let folder = match fs::read_to_string(&mark) {
        Ok(name) if !name.trim().is_empty() => home.join(name.trim()),
        _ => {
            let free = |n: &u32| !home.join(format!("damaged-{n}")).exists();
            let name = format!("damaged-{}", (1..u32::MAX).find(free).unwrap_or(u32::MAX));
            fs::create_dir_all(home.join(&name))?;
            let mut file = File::create(&mark)?;
            file.write_all(name.as_bytes())?;
            file.sync_all()?;
            home.join(name)
        }
    };
    fs::create_dir_all(&folder)?;
    File::open(home)?.sync_all()?;
    if !folder.join(DATABASE).exists() {
        for suffix in ["-wal", "-shm", "-journal", ""] {
            let name = format!("{DATABASE}{suffix}");
            match fs::rename(home.join(&name), folder.join(&name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
    }
    File::open(&folder)?.sync_all()?;
    File::open(home)?.sync_all()?;
    Ok(folder)
}

/// A copy with the first page of a new database: the schema of this version always lies the same, so what only lost its
/// first page reads again.
fn repaired(folder: &Path) -> Option<PathBuf> {
    let (damaged, fresh, copy) = (folder.join(DATABASE), folder.join("fresh.db"), folder.join("repaired.db"));
    remove_if_there(&fresh).ok()?;
    schema::open(&fresh).ok()?.close().ok()?;
    fs::copy(&damaged, &copy).ok()?;
    let log = with_suffix(&damaged, "-wal");
    if log.exists() {
        fs::copy(&log, with_suffix(&copy, "-wal")).ok()?;
    }
    let page = fs::read(&fresh).ok()?;
    let size = u16::from_be_bytes(page.get(16..18)?.try_into().ok()?);
    let mut page = page.get(..usize::from(size))?.to_vec();
    let pages = u32::try_from(fs::metadata(&copy).ok()?.len() / u64::from(size)).ok()?;
    page.get_mut(28..32)?.copy_from_slice(&pages.to_be_bytes());
    page.get_mut(32..40)?.fill(0);
    let mut file = File::options().write(true).open(&copy).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    file.write_all(&page).ok()?;
    Some(copy)
}

/// Everything that could be read.
#[derive(Default)]
struct Found {
    reports: Vec<Report>,
    entries: Vec<OutboxEntry>,
    commands: Vec<SignedCommand>,
    told: Vec<Told>,
    acts: Vec<KeptAct>,
    link: Option<Link>,
    settings: Vec<(String, String)>,
    /// Entries made anew from reports and commands whose own were lost.
    remade: Vec<NewEntry>,
    complete: bool,
}

impl Found {
    fn read(path: &Path) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let Ok(db) = Connection::open_with_flags(path, flags) else { return Self::default() };
        // The damaged files stay as they are: nothing is written back into them.
        let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        let mut complete = true;
        let command = |row: &Row<'_>| -> rusqlite::Result<Option<SignedCommand>> {
            Ok(SignedCommand::open(row.get_ref(0)?.as_blob()?).ok())
        };
        let setting = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let mut found = Self {
            reports: table(&db, "report", "body", rows::body, &mut complete),
            commands: table(&db, "command", "bytes", command, &mut complete).into_iter().flatten().collect(),
            entries: table(&db, "entry", rows::entry_columns!(), rows::entry, &mut complete),
            told: table(&db, "told", "body", rows::body, &mut complete),
            acts: table(&db, "act", "body", rows::body, &mut complete),
            link: table(&db, "link", "body", rows::body, &mut complete).pop(),
            settings: table(&db, "setting", "name, value", setting, &mut complete),
            ..Self::default()
        };
        found.complete = complete;
        found
    }

    fn is_nothing(&self) -> bool {
        self.reports.is_empty() && self.entries.is_empty() && self.commands.is_empty()
    }

    /// Makes anew what follows from something that was read: a report from its statement, entries from both. Sending a
    /// thing twice is harmless; not sending it is not.
    fn mend(&mut self) {
        let statements: BTreeMap<ReportId, (Sha256, Statement)> = self
            .commands
            .iter()
            .filter_map(|signed| match &signed.command.body {
                Body::Report(statement) => Some((signed.command.report, (signed.hash, statement.clone()))),
                _ => None,
            })
            .collect();
        for (id, (_, statement)) in &statements {
            if !self.reports.iter().any(|report| report.id == *id) {
                self.reports.push(restored(*id, statement));
            }
        }
        let mut remade: Vec<NewEntry> = self.commands.iter().map(NewEntry::command).collect();
        for signed in &self.commands {
            let Body::Act(act) = &signed.command.body else { continue };
            let part = NewEntry::command(signed).part;
            let known = self.acts.iter().find(|known| known.part == part).cloned();
            let kept = known.clone().unwrap_or(KeptAct {
                part,
                case: None,
                made: None,
                pieces: officer::pieces(act),
            });
            let erased = |new: &NewEntry| kept.pieces.iter().any(|p| p.erased && p.hash == new.part.hash);
            remade.extend(officer::media_of(signed, act).into_iter().filter(|new| !erased(new)));
            if known.is_none() {
                self.acts.push(kept);
            }
        }
        for report in self.reports.iter().filter(|report| report.condition != Condition::Withdrawn) {
            let Some((by, _)) = statements.get(&report.id) else { continue };
            remade.extend(report.captures.iter().filter(|capture| !capture.erased).map(|capture| NewEntry {
                part: PartName { report: report.id, hash: capture.declared.hash },
                kind: capture.declared.kind.part(),
                bytes: capture.declared.bytes,
                declared_by: Some(*by),
            }));
        }
        remade.retain(|new| !self.entries.iter().any(|entry| entry.part == new.part));
        self.remade = remade;
    }

    fn write(&self, db: &mut Connection) -> Result<(), OpenError> {
        let all = db.transaction()?;
        for report in &self.reports {
            change::put_report(&all, report)?;
        }
        for act in &self.acts {
            super::officer::put_act(&all, act)?;
        }
        for command in &self.commands {
            change::put_command(&all, command)?;
        }
        for entry in &self.entries {
            change::add_entry(&all, &as_new(entry))?;
            change::set_entry(&all, &entry.part, &entry.delivery, entry.attempts, entry.fault)?;
        }
        for entry in &self.remade {
            change::add_entry(&all, entry)?;
        }
        for told in &self.told {
            change::put_told(&all, told)?;
        }
        for (name, value) in &self.settings {
            all.execute("INSERT OR IGNORE INTO setting (name, value) VALUES (?1, ?2)", [name, value])?;
        }
        self.write_link(&all)?;
        all.commit()?;
        Ok(())
    }

    /// The digest must speak of the receipts that were saved, not of those that were there.
    fn write_link(&self, all: &Transaction<'_>) -> Result<(), OpenError> {
        let delivered = self.entries.iter().filter(|entry| entry.delivery.is_delivered());
        let mut link = self.link.clone().unwrap_or_default();
        link.held =
            delivered.fold(paht_model::wire::sync::SetDigest::default(), |held, e| held.toggle(&e.part));
        link.hub_equal = false;
        if !self.complete {
            // Told entries may be missing: read from the beginning again.
            link.cursor = None;
        }
        all.execute("INSERT OR REPLACE INTO link (seq, body) VALUES (1, ?1)", [to_bytes(&link)])?;
        Ok(())
    }

    fn told(&self, folder: PathBuf) -> Salvage {
        Salvage {
            folder,
            reports: self.reports.len(),
            entries: self.entries.len() + self.remade.len(),
            commands: self.commands.len(),
            complete: self.complete,
        }
    }
}

fn as_new(entry: &OutboxEntry) -> NewEntry {
    NewEntry { part: entry.part, kind: entry.kind, bytes: entry.bytes, declared_by: entry.declared_by }
}

/// A report as its statement tells it. The claim secret is lost: an empty one fits nothing.
fn restored(id: ReportId, statement: &Statement) -> Report {
    let capture = |declared: &paht_model::capture::Declared| Capture {
        declared: declared.clone(),
        derived: Derived::Waiting,
        erased: false,
    };
    Report {
        id,
        made: statement.clock,
        category: statement.category.clone(),
        text: statement.text.clone(),
        place: statement.place,
        language: statement.language.clone(),
        review: statement.review.clone(),
        captures: statement.captures.iter().map(capture).collect(),
        private: Private {
            claim: ClaimSecret::from_bytes([0; 16]),
            sender: None,
            key: None,
            policy: None,
            texted: None,
            handed_over: None,
        },
        // Beyond whatever was counted before: no number is used twice.
        revision: 1_000,
        case: None,
        condition: Condition::Live,
    }
}

/// A table's readable rows in their order: from the front until it breaks, from the back until it breaks, and one by one
/// in between.
fn table<T>(
    db: &Connection,
    name: &str,
    columns: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    complete: &mut bool,
) -> Vec<T> {
    let select = format!("SELECT {columns}, rowid AS at FROM {name} NOT INDEXED");
    let mut found = BTreeMap::new();
    let mut walk = |order: &str| -> (bool, Option<i64>) {
        let mut last = None;
        let mut step = || -> rusqlite::Result<()> {
            let mut all = db.prepare(&format!("{select} ORDER BY rowid {order}"))?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let at: i64 = row.get("at")?;
                last = Some(at);
                match read(row) {
                    Ok(value) => _ = found.insert(at, value),
                    Err(_) => *complete = false,
                }
            }
            Ok(())
        };
        (step().is_ok(), last)
    };
    let (whole, front) = walk("ASC");
    if !whole {
        let (_, back) = walk("DESC");
        *complete = false;
        let from = front.map_or(1, |at| at.saturating_add(1));
        let until = back.unwrap_or(from.saturating_add(1_000));
        for at in (from..until).take(usize::try_from(PROBES_MAX).unwrap_or_default()) {
            let one = db.query_row(&format!("{select} WHERE rowid = ?1"), [at], &read).optional();
            if let Ok(Some(value)) = one {
                found.insert(at, value);
            }
        }
    }
    found.into_values().collect()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> Result<(), std::io::Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
