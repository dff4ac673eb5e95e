//! A simulated phone: the real engine over a disk that can be cut off, clocks that may be years off, and a link that
//! loses what it likes.

use std::collections::BTreeMap;
use std::rc::Rc;

use paht_engine::capture::{Desk, Draft, submit};
use paht_engine::plan::{Condition, Plan, Report};
use paht_engine::ports::{EngineFault, Media, Store, StoreFault};
use paht_engine::{derive, feedback, officer, retention, sms, step};
use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Rating, Reopening};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, KeyThumbprint, ReportId, Sha256, TenantId};
use paht_model::officer::{Act, EvidencePiece, EvidenceRendition};
use paht_model::part::{Delivery, PartKind};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::sms::{CheckKey, encode};
use paht_model::statement::Edit;
use paht_model::tenant::TenantCard;
use paht_model::time::{Bracket, ClockReading, UnixMs};
use paht_model::wire::envelope::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES, Sign, SoftwareKey};
use paht_model::wire::sync::PartName;

use crate::dice::Dice;
use crate::disk::{Fate, SimMedia, SimStore};

/// The world begins on 1 November 2026, by the true clock.
pub const BEGIN_MS: i64 = 1_793_491_200_000;

/// The phone's key.
pub struct PhoneKey(SoftwareKey);

impl Sign for PhoneKey {
    type Error = Code;
    fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
        self.0.public_key()
    }
    fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_BYTES], Code> {
        self.0.sign(message).map_err(|never| match never {})
    }
}

/// What `submit` returned `Ok` for: the world's own memory, beside every disk.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Hash and bytes of each original.
    pub captures: Vec<(Sha256, Vec<u8>)>,
    /// Taken back before the hub could have seen it: not a byte may arrive.
    pub never_sent: bool,
    /// Sent as a text message at least once.
    pub texted: bool,
}

/// A simulated phone.
pub struct SimPhone {
    /// 1 for the first.
    pub number: usize,
    /// Its state.
    pub store: SimStore,
    /// Its files.
    pub media: SimMedia,
    /// What happens to its disk.
    pub fate: Rc<Fate>,
    /// Its key.
    pub key: PhoneKey,
    /// How wrong its wall clock is, in milliseconds.
    pub wall_off_ms: i64,
    /// Which start it is in.
    pub boot: u64,
    /// True time of that start, in milliseconds since the world began.
    pub booted_ms: u64,
    /// Whether it has a link at all.
    pub network: bool,
    /// What it knows of the province without the hub; none on a phone shipped without.
    pub shipped: Option<TenantCard>,
    /// What must survive.
    pub promises: BTreeMap<ReportId, Promise>,
    /// What must survive of an officer's acts: each with its originals.
    pub acts: BTreeMap<PartName, Vec<(Sha256, Vec<u8>)>>,
}

impl SimPhone {
    /// A phone with an empty disk.
    pub fn new(number: usize, shipped: Option<TenantCard>) -> Option<Self> {
        let fate = Rc::new(Fate::default());
        let mut secret = [7_u8; 32];
        if let Some(last) = secret.last_mut() {
            *last = u8::try_from(number).ok()?;
        }
        Some(Self {
            number,
            store: SimStore { fate: Rc::clone(&fate), ..SimStore::default() },
            media: SimMedia { fate: Rc::clone(&fate), ..SimMedia::default() },
            fate,
            key: PhoneKey(SoftwareKey::from_secret(&secret)?),
            wall_off_ms: 0,
            boot: number as u64 * 1_000,
            booted_ms: 0,
            network: true,
            shipped,
            promises: BTreeMap::new(),
            acts: BTreeMap::new(),
        })
    }

    /// Its clocks, at this true time.
    pub fn reading(&self, now_ms: u64) -> ClockReading {
        let true_wall = BEGIN_MS.saturating_add(i64::try_from(now_ms).unwrap_or(i64::MAX));
        ClockReading {
            wall: UnixMs::from_millis(true_wall.saturating_add(self.wall_off_ms)),
            offset_min: 420,
            ticks_ms: now_ms.saturating_sub(self.booted_ms),
            boot: self.boot,
        }
    }

    /// The card it goes by: the hub's, or the one it was shipped with.
    fn card(&self) -> Option<TenantCard> {
        let link = self.store.link().ok()?;
        let signed = link.card.and_then(|bytes| TenantCard::open(&bytes.0, &[]).ok());
        signed.or_else(|| self.shipped.clone())
    }

    /// Does something at the phone's desk and keeps its plan.
    pub(crate) fn at_desk<T>(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        decide: impl FnOnce(&Desk<'_>, &SimStore) -> Result<(T, Plan), EngineFault>,
    ) -> Result<T, EngineFault> {
        if self.fate.dead.get() {
            return Err(StoreFault::Failed.into());
        }
        let card = self.card();
        let desk = Desk {
            tenant,
            card: card.as_ref(),
            keys: &self.key,
            entropy: dice,
            now: self.reading(now_ms),
            seal: &|_, _| None,
        };
        let (done, plan) = decide(&desk, &self.store)?;
        self.store.apply(&plan)?;
        Ok(done)
    }

    /// Photographs and reports; remembers the promise if it was given.
    pub fn submit(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        said: Said,
    ) -> Result<ReportId, EngineFault> {
        if self.fate.dead.get() {
            return Err(StoreFault::Failed.into());
        }
        let mut originals = Vec::new();
        for _ in 0..said.captures {
            let length = 1 + dice.index(3_000);
            let bytes = dice.bytes(length);
            let hash = Sha256::of(&bytes);
            self.media.keep(&hash, &bytes)?;
            originals.push((hash, bytes));
        }
        let draft = Draft {
            category: Some(said.category),
            text: said.text,
            place: said.point.map(|point| Place { point, accuracy_m: None, source: PlaceSource::Fix }),
            captures: originals.iter().map(|(hash, bytes)| declared(*hash, bytes.len() as u64)).collect(),
            sender: None,
            language: "vi".into(),
            review: None,
            hold: false,
        };
        let id = self.at_desk(tenant, now_ms, dice, |desk, store| submit(desk, &store.link()?, draft))?;
        let hashes: Vec<Sha256> = originals.iter().map(|(hash, _)| *hash).collect();
        self.promises.insert(id, Promise { captures: originals, never_sent: false, texted: false });
        // Behind the report, unless a sync is quicker; what fails here is made by one later.
        if dice.chance(50) {
            for hash in hashes {
                let _ = self.derive(tenant, now_ms, dice, PartName { report: id, hash });
            }
        }
        Ok(id)
    }

    /// Says something about a report.
    pub fn say(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        id: &ReportId,
        saying: Saying,
    ) -> Result<(), EngineFault> {
        let gone = matches!(saying, Saying::Withdraw);
        let dropped = self.at_desk(tenant, now_ms, dice, |desk, store| {
            let plan = match saying {
                Saying::Edit(text) => {
                    feedback::edit(desk, store, id, Edit { text: Some(text), ..Edit::default() })
                }
                Saying::Move(point) => {
                    let place = Some(Place { point, accuracy_m: None, source: PlaceSource::Pin });
                    feedback::edit(desk, store, id, Edit { place, ..Edit::default() })
                }
                Saying::Comment(text) => feedback::comment(desk, store, id, &text),
                Saying::Rate(rating) => feedback::rate(desk, store, id, rating),
                Saying::Reopen(reopening) => feedback::reopen(desk, store, id, reopening),
                Saying::Withdraw => feedback::withdraw(desk, store, id),
                Saying::Hold => feedback::hold(store, id),
                Saying::Release => feedback::release(store, id),
            }?;
            let adds =
                plan.changes.iter().any(|change| matches!(change, paht_engine::plan::Change::AddEntry(_)));
            Ok((!adds, plan))
        })?;
        if let Some(promise) = self.promises.get_mut(id).filter(|_| gone && dropped) {
            promise.never_sent = true;
        }
        Ok(())
    }

    /// Does something to a case as an officer; remembers the promise if it was given.
    pub fn act(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        (report, case): (ReportId, CaseCode),
        mut act: Act,
    ) -> Result<PartName, EngineFault> {
        if self.fate.dead.get() {
            return Err(StoreFault::Failed.into());
        }
        let mut originals = Vec::new();
        if let Act::Answer { evidence, .. } = &mut act {
            for _ in 0..dice.index(3) {
                let (original, shown) = (dice.bytes(1 + dice.index(3_000)), dice.bytes(1 + dice.index(900)));
                for bytes in [&original, &shown] {
                    self.media.keep(&Sha256::of(bytes), bytes)?;
                }
                evidence.push(piece(&original, &shown));
                originals.push((Sha256::of(&original), original));
            }
        }
        let part =
            self.at_desk(tenant, now_ms, dice, |desk, store| officer::act(desk, store, report, case, &act))?;
        self.acts.insert(part, originals);
        Ok(part)
    }

    /// A report as text messages; its number has the key that the hub believes, or another phone's, or none.
    pub fn text(&mut self, tenant: &TenantId, report: &Report, dice: &Dice) -> Result<Vec<String>, Code> {
        let own = KeyThumbprint::of(&self.key.public_key());
        let digest = sms::digest(report, tenant, &own, self.card().as_ref())?;
        let number = u8::try_from(self.number.saturating_sub(1)).unwrap_or(u8::MAX);
        let key = match dice.below(8) {
            0 => Some(CheckKey::from_bytes([number.wrapping_add(1); 32])),
            1..=3 => Some(CheckKey::from_bytes([number; 32])),
            _ => None,
        };
        let messages = encode(&digest, key.as_ref()).map_err(|_| Code::TextTooLong)?;
        if let Some(promise) = self.promises.get_mut(&report.id) {
            promise.texted = true;
        }
        Ok(messages)
    }

    /// Makes the smaller pictures of a capture: bytes of no picture here, the laws do not look inside.
    pub fn derive(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        of: PartName,
    ) -> Result<(), EngineFault> {
        let possible = dice.chance(85);
        let mut made = Vec::new();
        for kind in [PartKind::Preview, PartKind::Rendition].into_iter().filter(|_| possible) {
            let length = 1 + dice.index(if kind == PartKind::Preview { 200 } else { 900 });
            let bytes = dice.bytes(length);
            let hash = Sha256::of(&bytes);
            self.media.keep(&hash, &bytes)?;
            made.push(derive::Made {
                kind,
                hash,
                bytes: bytes.len() as u64,
                media_type: MediaType::Jpeg,
                size: (32, 24),
                thumbhash: None,
            });
        }
        self.at_desk(tenant, now_ms, dice, |desk, store| {
            let report = store.report(&of.report)?.ok_or(Code::ReportUnknown)?;
            derive::record(desk, store, report, &of.hash, &made).map(|plan| ((), plan))
        })
    }

    /// Erases what may at last be erased: the plan first, then the files.
    pub fn erase(&mut self, now_ms: u64) -> Result<Vec<PartName>, EngineFault> {
        let link = self.store.link()?;
        let (plan, parts) = retention::erase(&self.store, &link, self.reading(now_ms), 8)?;
        self.store.apply(&plan)?;
        for part in &parts {
            self.media.erase(&part.hash)?;
        }
        Ok(parts)
    }

    /// Starts the process again after a kill.
    pub fn start(&mut self, now_ms: u64) {
        self.fate.dead.set(false);
        let reading = self.reading(now_ms);
        if let Ok(plan) = step::opened(&self.store, reading) {
            let _ = self.store.apply(&plan);
        }
    }

    /// Starts the whole phone again: another boot, ticks from zero.
    pub fn reboot(&mut self, now_ms: u64) {
        self.boot = self.boot.saturating_add(1);
        self.booted_ms = now_ms;
        self.start(now_ms);
    }

    /// Whether the hub refused the statement of a report that is still to be sent.
    pub fn is_refused(&self, id: &ReportId) -> bool {
        let report = self.store.report(id).ok().flatten();
        if report.is_none_or(|report| report.condition == Condition::Withdrawn) {
            return false;
        }
        let entries = self.store.entries_of(id).unwrap_or_default();
        let statement = entries.iter().find(|entry| entry.kind == PartKind::Statement);
        statement.is_some_and(|entry| matches!(entry.delivery, Delivery::Parked { .. }))
    }

    /// Every report it has.
    pub fn reports(&self) -> Vec<Report> {
        self.store.reports(None, usize::MAX).unwrap_or_default()
    }
}

/// What a person says when reporting.
#[derive(Debug, Clone)]
pub struct Said {
    /// What it is about.
    pub category: CategoryCode,
    /// Their words.
    pub text: String,
    /// Where.
    pub point: Option<Point>,
    /// How many photos.
    pub captures: usize,
}

/// What a person says later.
#[derive(Debug, Clone)]
pub enum Saying {
    /// Other words.
    Edit(String),
    /// Another place.
    Move(Point),
    /// More words.
    Comment(String),
    /// A verdict.
    Rate(Rating),
    /// Not settled.
    Reopen(Reopening),
    /// Taken back.
    Withdraw,
    /// Not yet.
    Hold,
    /// Now.
    Release,
}

fn piece(original: &[u8], shown: &[u8]) -> EvidencePiece {
    EvidencePiece {
        hash: Sha256::of(original),
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: original.len() as u64,
        rendition: EvidenceRendition {
            hash: Sha256::of(shown),
            bytes: shown.len() as u64,
            media_type: MediaType::Jpeg,
            width: 32,
            height: 24,
        },
    }
}

const fn declared(hash: Sha256, bytes: u64) -> Declared {
    Declared {
        hash,
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes,
        width: None,
        height: None,
        duration_ms: None,
        taken: None,
        bracket: Bracket { after: None, before: None },
    }
}
