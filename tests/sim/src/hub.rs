//! The simulated hub: the real decisions over the memory store, with backups, restores and days off.

use std::collections::BTreeMap;

use paht_hub::alert::{self, Lasts, NewAlert};
use paht_hub::casework::{Action, Actor, act, declare_evidence, tick};
use paht_hub::message::{Message, Taken, take_message};
use paht_hub::ports::{DeclaredPart, Finished, HubContext, Ledger, Refusal, SenderMark, Shelf, Staged};
use paht_hub::tenant::Tenant;
use paht_hub::{card, intake, officer, upload};
use paht_model::alert::{Level, Texts};
use paht_model::capture::MediaType;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, Epoch, KeyThumbprint, ReportId, Sha256};
use paht_model::part::PartKind;
use paht_model::sms::CheckKey;
use paht_model::tenant::HubKey;
use paht_model::time::UnixMs;
use paht_model::wire::envelope::{Sign as _, SoftwareKey};
use paht_model::wire::officer::{Enrolment, SignedBy};
use paht_model::wire::sync::{PartName, SetDigest, SyncRequest};
use paht_model::wire::{Blob, to_bytes};
use paht_store::memory::{MemoryMedia, MemoryRecord, MemoryShelf, MemoryStore};
use paht_store::{look, run};

use crate::dice::Dice;
use crate::phone::BEGIN_MS;

/// The simulated hub.
pub struct SimHub {
    /// The province.
    pub tenant: Tenant,
    /// Its record.
    pub store: MemoryStore,
    /// Its media.
    pub shelf: MemoryShelf,
    /// Its epoch.
    pub epoch: Epoch,
    /// Whether it answers.
    pub up: bool,
    key: SoftwareKey,
    card: Vec<u8>,
    backup: Option<(MemoryRecord, MemoryMedia)>,
}

impl SimHub {
    /// A hub that has seen nothing.
    pub fn new(tenant: Tenant) -> Option<Self> {
        let key = SoftwareKey::from_secret(&[200; 32])?;
        let hub_key = HubKey {
            public_key: Blob(key.public_key().to_vec()),
            valid_from: UnixMs::from_millis(0),
            valid_until: None,
        };
        let card = card::card(&tenant, 1, &[hub_key], &[]).seal(&key).unwrap_or_else(|never| match never {});
        let epoch = Epoch::from_bytes([1; 8]);
        Some(Self {
            tenant,
            store: MemoryStore::new(epoch),
            shelf: MemoryShelf::new(),
            epoch,
            up: true,
            key,
            card,
            backup: None,
        })
    }

    pub(crate) fn decide<T>(
        &self,
        now_ms: u64,
        dice: &Dice,
        work: impl FnOnce(&mut dyn Ledger, &HubContext<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let random = || {
            let mut out = [0; 16];
            paht_engine::ports::Entropy::fill(dice, &mut out);
            out
        };
        let context = HubContext {
            tenant: &self.tenant,
            key: &self.key,
            epoch: self.epoch,
            now: UnixMs::from_millis(BEGIN_MS.saturating_add(i64::try_from(now_ms).unwrap_or(i64::MAX))),
            card: (&self.card, 1),
            random: &random,
        };
        run(&self.store, |ledger| work(ledger, &context))
    }

    /// One sync, bytes in and bytes out.
    pub fn sync(&self, bytes: &[u8], now_ms: u64, dice: &Dice) -> Result<Vec<u8>, Code> {
        let request = SyncRequest::open(bytes)?;
        let reply =
            self.decide(now_ms, dice, |ledger, hub| intake::take_sync(ledger, &self.shelf, hub, &request));
        reply.map(|reply| to_bytes(&reply)).map_err(|refusal| refusal.code())
    }

    /// Bytes of an upload; the receipt when they were the last.
    pub fn append(
        &self,
        session: &str,
        offset: u64,
        bytes: &[u8],
        now_ms: u64,
        dice: &Dice,
    ) -> Result<Appended, Code> {
        let part = upload::part_of(session).ok_or(Code::NotFound)?;
        let declared = self.decide(now_ms, dice, |ledger, _| upload::admit(ledger, &part, None));
        let declared = declared.map_err(|refusal| refusal.code())?;
        let fault = |_| Code::HubFailed;
        if self.shelf.is_whole(&part).map_err(fault)? {
            return self.complete(&part, now_ms, dice);
        }
        if offset.saturating_add(bytes.len() as u64) > declared.bytes {
            return Err(Code::UploadWrongLength);
        }
        match self.shelf.append(&part, offset, bytes).map_err(fault)? {
            Staged::Conflict(_) => Err(Code::UploadOffsetConflict),
            Staged::NoRoom(_) => Err(Code::HubFull),
            Staged::At(length) if length < declared.bytes => Ok(Appended::Part(length)),
            Staged::At(_) => match self.shelf.finish(&part).map_err(fault)? {
                Finished::Whole => self.complete(&part, now_ms, dice),
                Finished::WrongHash => Err(Code::UploadWrongHash),
            },
        }
    }

    fn complete(&self, part: &PartName, now_ms: u64, dice: &Dice) -> Result<Appended, Code> {
        let done = self.decide(now_ms, dice, |ledger, hub| {
            let receipt = upload::complete(ledger, hub, part)?;
            Ok(Appended::Whole { receipt: Blob(receipt), held: upload::held(ledger, part)? })
        });
        done.map_err(|refusal| refusal.code())
    }

    /// An operator or agency does something.
    pub fn act(&self, code: &CaseCode, action: &Action, now_ms: u64, dice: &Dice) -> Result<(), Code> {
        let done = self.decide(now_ms, dice, |ledger, hub| act(ledger, hub, code, &Actor::Operator, action));
        done.map(|_| ()).map_err(|refusal| refusal.code())
    }

    /// The IOC publishes an alert, or ends the one that matters most.
    pub fn tell(&self, now_ms: u64, dice: &Dice) -> Result<(), Code> {
        let words = || Texts::from(BTreeMap::from([("vi".to_owned(), format!("Lũ {}", dice.below(1_000)))]));
        let new = NewAlert {
            id: None,
            level: Level::Warning,
            title: words(),
            text: words(),
            areas: Vec::new(),
            from: None,
            lasts: Lasts::Hours(u32::try_from(1 + dice.below(48)).unwrap_or(1)),
            numbers: Vec::new(),
        };
        let end = dice.chance(30);
        let told = self.decide(now_ms, dice, |ledger, hub| match alert::coming(ledger, hub.now)?.first() {
            Some(first) if end => alert::end(ledger, hub, &first.id),
            _ => alert::publish(ledger, hub, new).map(|_| ()),
        });
        told.map_err(|refusal| refusal.code())
    }

    /// An agency's token vouches for a phone, or an operator ends it.
    pub fn enrol(
        &self,
        key: &KeyThumbprint,
        agency: &AgencyId,
        now_ms: u64,
        dice: &Dice,
    ) -> Result<(), Code> {
        let token = Sha256::of(agency.as_str().as_bytes());
        let said = Enrolment { tenant: self.tenant.id().clone(), token };
        let signed = SignedBy { key: *key, said };
        let end = dice.chance(4);
        let done = self.decide(now_ms, dice, |ledger, hub| {
            if end {
                officer::end(ledger, hub, key)
            } else {
                officer::enrol(ledger, hub, agency, &token, &signed)
            }
        });
        done.map(|_| ()).map_err(|refusal| refusal.code())
    }

    /// A text message arrives from a phone's number.
    pub fn hear(&self, number: usize, text: &str, now_ms: u64, dice: &Dice) -> Result<Taken, Code> {
        let number = u8::try_from(number).unwrap_or(u8::MAX);
        let message = Message {
            sender: SenderMark::from_bytes([number; 16]),
            sealed: vec![number],
            key: CheckKey::from_bytes([number; 32]),
            text: text.to_owned(),
        };
        let taken = self.decide(now_ms, dice, |ledger, hub| take_message(ledger, hub, &message));
        taken.map_err(|refusal| refusal.code())
    }

    /// The clock of a case ticks.
    pub fn tick(&self, report: &ReportId, now_ms: u64, dice: &Dice) {
        let _ = self.decide(now_ms, dice, |ledger, hub| tick(ledger, hub, report));
    }

    /// An agency uploads an after-photo; its hash.
    pub fn evidence(&self, code: &CaseCode, now_ms: u64, dice: &Dice) -> Result<Sha256, Code> {
        let bytes = dice.bytes(64);
        let hash = Sha256::of(&bytes);
        let part = DeclaredPart {
            hash,
            kind: PartKind::Rendition,
            bytes: 64,
            media_type: MediaType::Jpeg,
            of: None,
            size: Some((8, 8)),
            thumbhash: None,
            evidence: true,
            by: None,
        };
        let report = self.decide(now_ms, dice, |ledger, hub| {
            declare_evidence(ledger, hub, code, std::slice::from_ref(&part))?;
            ledger.case_by_code(code)?.map(|record| record.report).ok_or(Refusal::Never(Code::CaseUnknown))
        });
        let report = report.map_err(|refusal| refusal.code())?;
        let session = upload::session(&PartName { report, hash });
        self.append(&session, 0, &bytes, now_ms, dice).map(|_| hash)
    }

    /// What the hub knows, read in one transaction.
    pub fn read<T>(&self, see: impl FnOnce(&dyn Ledger) -> T) -> Option<T> {
        look(&self.store, |ledger| Ok(see(ledger))).ok()
    }

    /// Takes a backup.
    pub fn back_up(&mut self) {
        self.backup = Some((self.store.snapshot(), self.shelf.snapshot().whole_only()));
    }

    /// Goes back to the last backup, under a new epoch. False if there is none.
    pub fn restore(&mut self, dice: &Dice) -> bool {
        let Some((record, media)) = &self.backup else { return false };
        self.store.restore(record.clone());
        self.shelf.restore(media.clone());
        let mut epoch = [0; 8];
        paht_engine::ports::Entropy::fill(dice, &mut epoch);
        self.epoch = Epoch::from_bytes(epoch);
        true
    }
}

/// What became of appended bytes.
pub enum Appended {
    /// More are awaited; so many are held.
    Part(u64),
    /// That was all.
    Whole {
        /// The receipt.
        receipt: Blob,
        /// What the hub holds for the phone.
        held: Option<SetDigest>,
    },
}
