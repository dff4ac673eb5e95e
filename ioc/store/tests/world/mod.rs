//! A hub with a clock to set, over any store, and phones to sign with.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::cell::Cell;
use std::path::Path;

use paht_hub::casework::{self, Action, Actor};
use paht_hub::intake;
use paht_hub::ports::{CaseRecord, DeclaredPart, Finished, HubContext, Ledger, Refusal, Shelf, Staged};
use paht_hub::publish::{PublicCase, public_case};
use paht_hub::tenant::{Tenant, TenantFiles};
use paht_hub::upload;
use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Body, Command, Derivation, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{
    AgencyId, CaseCode, CategoryCode, ClaimSecret, CommandId, Epoch, KeyThumbprint, ReportId, Sha256,
    TenantId,
};
use paht_model::part::PartKind;
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::statement::Statement;
use paht_model::time::{Bracket, ClockReading, UnixMs};
use paht_model::timeline::{Carrier, Entry, What};
use paht_model::wire::envelope::{Sign as _, SoftwareKey};
use paht_model::wire::sync::{PartName, SignedRequest, SyncReply, SyncRequest};
use paht_store::folder::FolderShelf;
use paht_store::memory::{MemoryShelf, MemoryStore};
use paht_store::sqlite::SqliteStore;
use paht_store::{Store, look, run};

/// Monday 16 November 2026, 09:00 in Huế.
pub(crate) const START: UnixMs = UnixMs::from_millis(1_794_794_400_000);
pub(crate) const DAY_MS: i64 = 24 * 3_600 * 1_000;

pub(crate) fn tenant_id() -> TenantId {
    TenantId::parse("hue").unwrap()
}

pub(crate) fn agency(id: &str) -> AgencyId {
    AgencyId::parse(id).unwrap()
}

/// Huế as shipped, but that `security` is confidential, and `urban` waits for a review.
pub(crate) fn tenant() -> Tenant {
    let text = |name: &str| Tenant::shipped_files().into_iter().find(|file| file.name == name).unwrap().text;
    let mut categories = String::new();
    let mut inside = "";
    for line in text("categories.toml").lines() {
        inside = line.strip_prefix("code = ").unwrap_or(inside);
        let line = match (inside, line) {
            ("\"security\"", "publish = \"at-once\"") => "publish = \"never\"",
            ("\"urban\"", "publish = \"at-once\"") => "publish = \"after-review\"",
            _ => line,
        };
        categories.push_str(line);
        categories.push('\n');
    }
    let files = TenantFiles {
        tenant: text("tenant.toml"),
        categories: &categories,
        agencies: text("agencies.toml"),
        areas: text("areas.toml"),
        rules: text("rules.toml"),
        calendar: text("calendar.toml"),
        services: text("services.toml"),
    };
    Tenant::parse(&files).unwrap()
}

/// Runs a check over every pair of store and shelf.
pub(crate) fn everywhere(check: impl Fn(&World)) {
    check(&World::in_memory());
    let folder = tempfile::tempdir().unwrap();
    check(&World::on_disk(folder.path()));
}

/// A hub with a clock to set.
pub(crate) struct World {
    pub(crate) store: Box<dyn Store>,
    pub(crate) shelf: Box<dyn Shelf>,
    pub(crate) tenant: Tenant,
    pub(crate) key: SoftwareKey,
    pub(crate) epoch: Cell<Epoch>,
    pub(crate) now: Cell<UnixMs>,
}

impl World {
    pub(crate) fn over(store: Box<dyn Store>, shelf: Box<dyn Shelf>) -> Self {
        Self {
            store,
            shelf,
            tenant: tenant(),
            key: SoftwareKey::from_secret(&[77; 32]).unwrap(),
            epoch: Cell::new(Epoch::from_bytes([1; 8])),
            now: Cell::new(START),
        }
    }

    pub(crate) fn in_memory() -> Self {
        Self::over(Box::new(MemoryStore::new(Epoch::from_bytes([1; 8]))), Box::new(MemoryShelf::new()))
    }

    pub(crate) fn on_disk(folder: &Path) -> Self {
        let store = SqliteStore::open(&folder.join("hub.sqlite"), &tenant_id()).unwrap();
        let shelf = FolderShelf::open(&folder.join("media")).unwrap();
        Self::over(Box::new(store), Box::new(shelf))
    }

    pub(crate) fn later(&self, millis: i64) {
        self.now.set(self.now.get().plus_millis(millis));
    }

    pub(crate) fn decide<T>(
        &self,
        decision: impl FnOnce(&mut dyn Ledger, &HubContext<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Code> {
        let context = HubContext {
            tenant: &self.tenant,
            key: &self.key,
            epoch: self.epoch.get(),
            now: self.now.get(),
            card: (b"card", 3),
            random: &|| [9; 16],
        };
        run(self.store.as_ref(), |ledger| decision(ledger, &context)).map_err(|refusal| refusal.code())
    }

    pub(crate) fn see<T>(&self, seen: impl FnOnce(&dyn Ledger) -> T) -> T {
        look(self.store.as_ref(), |ledger| Ok(seen(ledger))).unwrap()
    }

    pub(crate) fn take(&self, command: &SignedCommand) -> Result<Vec<u8>, Code> {
        self.decide(|ledger, hub| intake::take_command(ledger, hub, &command.bytes, Carrier::Http))
    }

    pub(crate) fn act(&self, code: &CaseCode, actor: &Actor, action: &Action) -> Result<CaseRecord, Code> {
        self.decide(|ledger, hub| casework::act(ledger, hub, code, actor, action))
    }

    #[allow(clippy::needless_pass_by_value, reason = "an action is made where it is done")]
    pub(crate) fn operate(&self, code: &CaseCode, action: Action) -> Result<CaseRecord, Code> {
        self.act(code, &Actor::Operator, &action)
    }

    pub(crate) fn sync(&self, key: &KeyThumbprint, request: SyncRequest) -> Result<SyncReply, Code> {
        let signed = SignedRequest { key: *key, request };
        self.decide(|ledger, hub| intake::take_sync(ledger, self.shelf.as_ref(), hub, &signed))
    }

    pub(crate) fn record(&self, report: &ReportId) -> CaseRecord {
        self.see(|ledger| ledger.case(report).unwrap().unwrap())
    }

    pub(crate) fn log(&self, report: &ReportId) -> Vec<Entry> {
        self.see(|ledger| ledger.log(report).unwrap())
    }

    pub(crate) fn whats(&self, report: &ReportId) -> Vec<What> {
        self.log(report).into_iter().map(|entry| entry.what).collect()
    }

    pub(crate) fn public(&self, code: &CaseCode) -> Option<PublicCase> {
        self.see(|ledger| public_case(ledger, code).unwrap())
    }

    /// Everything that is written down of a report and its phone, to compare before and after.
    pub(crate) fn traces(&self, report: &ReportId, key: &KeyThumbprint) -> String {
        self.see(|ledger| {
            let told = ledger.told(key, 0, 1_000).unwrap();
            let held = (ledger.held(key).unwrap(), ledger.held_of(report, key).unwrap());
            format!("{:?} {:?} {told:?} {held:?}", ledger.case(report).unwrap(), ledger.log(report).unwrap())
        })
    }

    pub(crate) fn put_on_shelf(&self, part: &PartName, bytes: &[u8]) {
        assert_eq!(self.shelf.append(part, 0, bytes).unwrap(), Staged::At(bytes.len() as u64));
        assert_eq!(self.shelf.finish(part).unwrap(), Finished::Whole);
    }

    pub(crate) fn upload(&self, report: &ReportId, bytes: &[u8]) -> Result<Vec<u8>, Code> {
        let part = PartName { report: *report, hash: Sha256::of(bytes) };
        self.decide(|ledger, _| upload::admit(ledger, &part, Some(bytes.len() as u64)).map(|_| ()))?;
        self.put_on_shelf(&part, bytes);
        self.decide(|ledger, hub| upload::complete(ledger, hub, &part))
    }

    /// An after-photo, original and rendition, declared and uploaded; the rendition's hash.
    pub(crate) fn after_photo(&self, report: &ReportId, code: &CaseCode, name: &str) -> Sha256 {
        let (original, rendition) = (format!("{name} original"), format!("{name} rendition"));
        let of = Sha256::of(original.as_bytes());
        let parts = [
            evidence(&original, PartKind::Original, None),
            evidence(&rendition, PartKind::Rendition, Some(of)),
        ];
        self.decide(|ledger, hub| casework::declare_evidence(ledger, hub, code, &parts)).unwrap();
        self.upload(report, original.as_bytes()).unwrap();
        self.upload(report, rendition.as_bytes()).unwrap();
        Sha256::of(rendition.as_bytes())
    }

    /// Dispatched, answered with an after-photo: the record.
    pub(crate) fn answered(&self, report: &ReportId, code: &CaseCode) -> CaseRecord {
        self.operate(code, Action::Dispatch { agency: None }).unwrap();
        self.answer(report, code, "after")
    }

    pub(crate) fn answer(&self, report: &ReportId, code: &CaseCode, photo: &str) -> CaseRecord {
        let evidence = vec![self.after_photo(report, code, photo)];
        self.operate(code, Action::Answer { assignment: None, text: "Đã san gạt".into(), evidence }).unwrap()
    }
}

pub(crate) fn evidence(bytes: &str, kind: PartKind, of: Option<Sha256>) -> DeclaredPart {
    DeclaredPart {
        hash: Sha256::of(bytes.as_bytes()),
        kind,
        bytes: bytes.len() as u64,
        media_type: MediaType::Jpeg,
        of,
        size: Some((640, 480)),
        thumbhash: None,
        evidence: true,
        by: None,
    }
}

/// A phone with one report.
pub(crate) struct Phone {
    pub(crate) key: SoftwareKey,
    pub(crate) report: ReportId,
    pub(crate) claim: ClaimSecret,
    commands: Cell<u8>,
}

impl Phone {
    pub(crate) fn new(seed: u8) -> Self {
        Self {
            key: SoftwareKey::from_secret(&[seed; 32]).unwrap(),
            report: ReportId::from_bytes([seed; 16]),
            claim: ClaimSecret::from_bytes([seed; 16]),
            commands: Cell::new(0),
        }
    }

    pub(crate) fn thumbprint(&self) -> KeyThumbprint {
        KeyThumbprint::of(&self.key.public_key())
    }

    pub(crate) fn part(&self, bytes: &[u8]) -> PartName {
        PartName { report: self.report, hash: Sha256::of(bytes) }
    }

    pub(crate) fn command(&self, body: Body) -> Command {
        let number = self.commands.get() + 1;
        self.commands.set(number);
        let [seed, ..] = *self.report.as_bytes();
        let mut id = [seed; 16];
        id[15] = number;
        id[14] = !seed;
        Command {
            tenant: tenant_id(),
            id: CommandId::from_bytes(id),
            report: self.report,
            revision: u32::from(number),
            body,
            claim: None,
        }
    }

    pub(crate) fn sign(&self, command: Command) -> SignedCommand {
        SignedCommand::sign(&self.key, command).unwrap()
    }

    pub(crate) fn say(&self, body: Body) -> SignedCommand {
        self.sign(self.command(body))
    }

    pub(crate) fn statement(&self, category: &str, text: &str, captures: &[&str]) -> Statement {
        Statement {
            category: CategoryCode::parse(category).unwrap(),
            text: text.into(),
            place: Some(a_luoi()),
            captures: captures.iter().map(|bytes| photo(bytes)).collect(),
            clock: ClockReading { wall: START, offset_min: 420, ticks_ms: 1, boot: 1 },
            heard: None,
            claim: self.claim.hash(),
            sender: None,
            language: "vi".into(),
            review: None,
        }
    }

    /// Hands in a report that waits for an operator; its code.
    pub(crate) fn reports(&self, world: &World, category: &str, captures: &[&str]) -> CaseCode {
        let statement = self.statement(category, "Mặt đường có ổ gà lớn", captures);
        world.take(&self.say(Body::Report(statement))).unwrap();
        world.record(&self.report).case.code
    }
}

pub(crate) fn derivation(of: &str, kind: PartKind, bytes: &str) -> Body {
    Body::Derive(Derivation {
        of: Sha256::of(of.as_bytes()),
        kind,
        hash: Sha256::of(bytes.as_bytes()),
        bytes: bytes.len() as u64,
        media_type: MediaType::Jpeg,
        width: 640,
        height: 480,
        thumbhash: None,
    })
}

pub(crate) fn request() -> SyncRequest {
    SyncRequest {
        tenant: tenant_id(),
        cursor: None,
        commands: Vec::new(),
        offers: Vec::new(),
        held: paht_model::wire::sync::SetDigest::default(),
        card_version: 3,
        itemise: Vec::new(),
        bulletin_version: None,
        claims: None,
    }
}

pub(crate) fn photo(bytes: &str) -> Declared {
    Declared {
        hash: Sha256::of(bytes.as_bytes()),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: bytes.len() as u64,
        width: Some(4_000),
        height: Some(3_000),
        duration_ms: None,
        taken: None,
        bracket: Bracket::default(),
    }
}

pub(crate) fn a_luoi() -> Place {
    let point = Point::from_degrees(16.2775, 107.2297).unwrap();
    Place { point, accuracy_m: Some(12), source: PlaceSource::Capture }
}
