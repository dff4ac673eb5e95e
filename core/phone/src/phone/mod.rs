//! The phone as programs use it: one folder, one [`Phone`].
//!
//! A verb decides (engine), keeps the plan in one transaction, then tells observers, outside every lock. Heavy work
//! (copying, hashing, shrinking pictures) is done before the store is asked, so that nobody waits behind a video.

mod act;
mod alerts;
mod courier;
mod fault;
mod feedback;
mod nearby;
mod officer;
mod pictures;
mod policy;
mod progress;
mod report;
mod run;
mod services;
mod text;
mod upload;
mod view;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paht_engine::capture::Desk;
use paht_engine::plan::{Link, Notice, Plan};
use paht_engine::policy::Gate;
use paht_engine::ports::{Clock, EngineFault, Entropy, Keys, Media as _, Store as _};
use paht_engine::step;
use paht_engine::{derive, officer as acts};
use paht_model::ids::{Sha256, TenantId};
use paht_model::tenant::TenantCard;
use paht_model::time::{UnixMs, true_time};
use tokio::sync::{Notify, watch};

use crate::clock::{SystemClock, built};
use crate::entropy::SystemEntropy;
use crate::keys::FileKey;
use crate::link::{HubLink, LinkOptions, STALL_MS};
use crate::media::{Disk, FolderMedia, RealDisk};
use crate::picture::Decoder;
use crate::seal::seal;
use crate::store::{Salvage, SqliteStore, was_ever_damaged};

pub use act::{Deed, NewAct};
pub use courier::{BUNDLE_FILE_BYTES, BUNDLE_FILE_BYTES_MIN, Carried, TakenIn};
pub use fault::PhoneError;
pub use nearby::KeptNearby;
pub use officer::{ActAtHand, CaseAtHand, CasesAtHand};
pub use policy::Meter;
pub use progress::{Doing, Progress, Silent};
pub use report::{Fix, NewReport};
pub use run::{EndedBy, SyncOutcome, Until};
pub use services::KeptServices;
pub use view::{Answer, Listed, Shown};

/// The IOC's address, told once and kept.
const IOC: &str = "ioc";

/// What a phone is opened with.
#[derive(Clone)]
pub struct Options {
    /// Whose IOC it reports to.
    pub tenant: TenantId,
    /// The IOC's address; kept in the folder, so that it need not be given again.
    pub ioc: Option<String>,
    /// What the app was shipped with, until the hub's own signed card comes.
    pub shipped_card: Option<TenantCard>,
    /// Certificates of a private authority, in PEM.
    pub roots: Vec<String>,
    /// SHA-256 of public keys or certificates that are trusted whatever their dates, while true time is unknown.
    pub pins: Vec<Sha256>,
    /// How long no byte may move before the link counts as cut, in milliseconds.
    pub stall_ms: u64,
    /// Whether QUIC is tried where there are media to send.
    pub quic: bool,
    /// The clocks.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy + Send + Sync>,
    /// The file system under media and key.
    pub disk: Arc<dyn Disk>,
    /// Secure hardware's key; a key in the phone's folder where there is none.
    pub keys: Option<Arc<dyn Keys + Send + Sync>>,
    /// Decodes what only the platform can; without it such originals are sent alone.
    pub decoder: Option<Arc<dyn Decoder>>,
}

impl Options {
    /// The system's own clocks, randomness and disk, and nothing else known.
    pub fn new(tenant: TenantId) -> Self {
        Self {
            tenant,
            ioc: None,
            shipped_card: None,
            roots: Vec::new(),
            pins: Vec::new(),
            stall_ms: STALL_MS,
            quic: true,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            disk: Arc::new(RealDisk),
            keys: None,
            decoder: None,
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("tenant", &self.tenant)
            .field("ioc", &self.ioc)
            .finish_non_exhaustive()
    }
}

/// What was found at opening.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// What was saved, if the database was damaged.
    pub salvaged: Option<Salvage>,
}

/// Who is told what to read again.
pub type Observer = Box<dyn Fn(Notice) + Send + Sync>;

/// A phone: everything a citizen reports, kept and sent. Clones share it; one process at a time has a folder.
#[derive(Clone)]
pub struct Phone {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phone").field("options", &self.inner.options).finish_non_exhaustive()
    }
}

struct Inner {
    home: PathBuf,
    options: Options,
    store: Mutex<SqliteStore>,
    media: FolderMedia,
    keys: Arc<dyn Keys + Send + Sync>,
    link: Option<HubLink>,
    observers: Mutex<Vec<Arc<Observer>>>,
    gate: Mutex<Gate>,
    meter: Mutex<Meter>,
    wake: Notify,
    stop: watch::Sender<u64>,
    turns: Turns,
}

/// What is done by one at a time.
#[derive(Default)]
struct Turns {
    sync: tokio::sync::Mutex<()>,
    /// Shared, since pictures are made without holding the phone.
    pictures: Arc<tokio::sync::Mutex<()>>,
}

impl Phone {
    /// Opens the phone in this folder, making it if there is none. Orphaned media are swept in the background, but never
    /// in a folder whose database was once damaged: there a file may be the only copy.
    pub fn open(home: &Path, options: Options) -> Result<(Self, Opened), PhoneError> {
        let (mut store, salvaged) = SqliteStore::open(home)?;
        let keys: Arc<dyn Keys + Send + Sync> = match options.keys.clone() {
            Some(keys) => keys,
            None => Arc::new(FileKey::open(home, &*options.disk, &*options.entropy)?),
        };
        let media = FolderMedia::open(home, Arc::clone(&options.disk))?;
        let known = store.setting(IOC)?;
        if let Some(ioc) = options.ioc.as_ref().filter(|ioc| known.as_ref() != Some(ioc)) {
            store.set_setting(IOC, ioc)?;
        }
        let link = match options.ioc.clone().or(known) {
            Some(ioc) => Some(link_to(ioc, &options)?),
            None => None,
        };
        let begun = step::opened(&store, options.clock.now())?;
        store.apply(&begun)?;
        for untangled in [derive::untangled(&store)?, acts::untangled(&store)?] {
            // A full disk must not keep the phone from opening.
            if let Err(fault) = store.apply(&untangled) {
                tracing::warn!(%fault, "what an earlier program had refused stays parked");
            }
        }
        if let Some(link) = &link {
            link.heard(store.link()?.heard);
        }
        let (gate, meter) = policy::opened(&store)?;
        let inner = Arc::new(Inner {
            home: home.to_owned(),
            options,
            store: Mutex::new(store),
            media,
            keys,
            link,
            observers: Mutex::default(),
            gate: Mutex::new(gate),
            meter: Mutex::new(meter),
            wake: Notify::new(),
            stop: watch::Sender::new(0),
            turns: Turns::default(),
        });
        if !was_ever_damaged(home) {
            sweep_in_background(&inner);
        }
        Ok((Self { inner }, Opened { salvaged }))
    }

    /// Tells this whenever something should be read again; called outside every lock.
    pub fn observe(&self, observer: Observer) {
        locked(&self.inner.observers).push(Arc::new(observer));
    }

    /// The network changed, or the person said "now": every wait ends and dead connections are dropped.
    pub fn network_changed(&self) -> Result<(), PhoneError> {
        if let Some(link) = &self.inner.link {
            link.network_changed();
        }
        self.inner.decide_and_wake(|desk, store| Ok(((), step::woken(store, desk.now)?)))
    }

    /// Ends a running [`Phone::sync`] at once; what it was doing stays journalled.
    pub fn stop(&self) {
        self.inner.stop.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// The province as this phone knows it: the hub's signed card, or the one it was shipped with.
    pub fn card(&self) -> Result<Option<TenantCard>, PhoneError> {
        let link = self.inner.store().link()?;
        Ok(self.inner.card(&link))
    }

    /// The IOC's address, if it is known.
    pub fn ioc(&self) -> Result<Option<String>, PhoneError> {
        Ok(self.inner.store().setting(IOC)?)
    }

    /// Where a kept original or picture is.
    pub fn media_path(&self, hash: &Sha256) -> Result<Option<PathBuf>, PhoneError> {
        Ok(self.inner.media.has(hash)?.then(|| self.inner.media.path(hash)))
    }

    /// Lets the database grow no further: a full disk, for tests.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<(), PhoneError> {
        Ok(self.inner.store().limit_pages(pages)?)
    }
}

impl Inner {
    fn store(&self) -> MutexGuard<'_, SqliteStore> {
        locked(&self.store)
    }

    fn card(&self, link: &Link) -> Option<TenantCard> {
        // It was verified before it was kept.
        let signed = link.card.as_ref().and_then(|bytes| TenantCard::open(&bytes.0, &[]).ok());
        signed.or_else(|| self.options.shipped_card.clone())
    }

    fn hub(&self) -> Result<HubLink, PhoneError> {
        self.link.clone().ok_or(PhoneError::NoIoc)
    }

    /// How old what the hub said at this time is, in milliseconds: at least so old, and exactly, unless the phone was started
    /// anew without a link since.
    fn age_ms(&self, link: &Link, said_at: UnixMs) -> i64 {
        let now = true_time(self.options.clock.now(), link.heard, built()).earliest();
        now.millis_since(said_at).max(0)
    }

    /// Decides and keeps under one lock, then tells whoever watches.
    fn decide<T>(
        &self,
        verb: impl FnOnce(&Desk<'_>, &SqliteStore) -> Result<(T, Plan), EngineFault>,
    ) -> Result<T, PhoneError> {
        let (value, notices) = {
            let mut store = self.store();
            let card = self.card(&store.link()?);
            let desk = Desk {
                tenant: &self.options.tenant,
                card: card.as_ref(),
                keys: &*self.keys,
                entropy: &*self.options.entropy,
                now: self.options.clock.now(),
                seal: &seal,
            };
            let (value, plan) = verb(&desk, &store)?;
            store.apply(&plan)?;
            (value, seen_here(&store, plan.notices()))
        };
        self.tell(&notices);
        Ok(value)
    }

    /// Tells whoever watches; never called under a lock.
    fn tell(&self, notices: &[Notice]) {
        if notices.is_empty() {
            return;
        }
        let observers = locked(&self.observers).clone();
        for notice in notices {
            for observer in &observers {
                observer(*notice);
            }
        }
    }

    /// The same for a verb of the person's: a running sync takes it up at once.
    fn decide_and_wake<T>(
        &self,
        verb: impl FnOnce(&Desk<'_>, &SqliteStore) -> Result<(T, Plan), EngineFault>,
    ) -> Result<T, PhoneError> {
        let value = self.decide(verb)?;
        self.wake.notify_one();
        Ok(value)
    }

    fn erase_unneeded(&self, hash: &Sha256) {
        let erased = self.media.erase_unless(hash, || self.store().needs(hash));
        if let Err(fault) = erased {
            tracing::warn!(%fault, "a file that nobody needs could not be erased");
        }
    }
}

fn link_to(ioc: String, options: &Options) -> Result<HubLink, PhoneError> {
    let asked = LinkOptions {
        ioc,
        roots: options.roots.clone(),
        pins: options.pins.clone(),
        stall_ms: options.stall_ms,
        quic: options.quic,
    };
    HubLink::new(&asked, Arc::clone(&options.clock)).map_err(PhoneError::Link)
}

/// Files that no report speaks of: left by a kill between keeping and reporting, or by an edit.
fn sweep_in_background(inner: &Arc<Inner>) {
    let weak = Arc::downgrade(inner);
    let media = inner.media.clone();
    let swept = std::thread::Builder::new().name("paht-sweep".into()).spawn(move || {
        for hash in media.all().unwrap_or_default() {
            let Some(inner) = weak.upgrade() else { return };
            inner.erase_unneeded(&hash);
        }
    });
    if let Err(error) = swept {
        tracing::warn!(%error, "orphans are not swept this time");
    }
}

/// What observers of this phone can read again: a report that is somebody else's is one of the officer's cases.
fn seen_here(store: &SqliteStore, notices: Vec<Notice>) -> Vec<Notice> {
    let mut seen: Vec<Notice> = Vec::new();
    for notice in notices {
        let notice = match notice {
            Notice::Report(id) if matches!(store.report(&id), Ok(None)) => Notice::Cases,
            other => other,
        };
        if !seen.contains(&notice) {
            seen.push(notice);
        }
    }
    seen
}

/// A lock whose holder panicked still guards whole values: the store's changes are transactions.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
