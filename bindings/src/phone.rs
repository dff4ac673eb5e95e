//! The phone: one object for one folder.

use std::path::PathBuf;
use std::sync::Arc;

use paht_model::fault::Code;
use paht_model::tenant::TenantCard;
use paht_phone::Options;

use crate::card::Card;
use crate::error::PahtError;
use crate::ids::{ReportId, Sha256, TenantId};
use crate::ports::{ForeignClock, ForeignDecoder, ForeignKeys, PhoneClock, PhoneKeys, PictureDecoder};
use crate::progress::{PhoneObserver, SyncOutcome, Until, Watcher};
use crate::queue::{Part, PartKind, Standing, parts_of};
use crate::report::{Edit, NewReport, Rating, Reopening, ReportLine, ReportView};
use crate::run;

/// What a phone is opened with.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PhoneOptions {
    /// Whose IOC it reports to.
    pub tenant: TenantId,
    /// The IOC's address; kept in the folder, so that it need not be given again.
    #[uniffi(default = None)]
    pub ioc: Option<String>,
    /// The tenant's signed card that the app was shipped with, until the hub sends a newer one.
    #[uniffi(default = None)]
    pub shipped_card: Option<Vec<u8>>,
    /// Certificates of a private authority, in PEM; the public ones count only where this is empty.
    #[uniffi(default = [])]
    pub roots: Vec<String>,
    /// SHA-256 of public keys or certificates that are trusted whatever their dates, while true time is unknown.
    #[uniffi(default = [])]
    pub pins: Vec<Sha256>,
}

/// What the platform gives; what is absent is done by the core itself, as well as it can.
#[derive(Default, uniffi::Record)]
pub struct Ports {
    /// The signing key; a key in the phone's folder if absent.
    #[uniffi(default = None)]
    pub keys: Option<Arc<dyn PhoneKeys>>,
    /// The clocks.
    #[uniffi(default = None)]
    pub clock: Option<Arc<dyn PhoneClock>>,
    /// Decodes HEIC and videos; without it those are sent without smaller pictures.
    #[uniffi(default = None)]
    pub decoder: Option<Arc<dyn PictureDecoder>>,
    /// Who watches.
    #[uniffi(default = None)]
    pub observer: Option<Arc<dyn PhoneObserver>>,
}

/// What was saved of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Salvaged {
    /// Reports saved.
    pub reports: u32,
    /// Whether every table could be read to its end.
    pub complete: bool,
}

/// Everything a citizen reports, kept and sent. One process at a time has a folder.
#[derive(uniffi::Object)]
pub struct Phone {
    pub(crate) core: paht_phone::Phone,
    watcher: Watcher,
    salvaged: Option<Salvaged>,
}

#[uniffi::export]
impl Phone {
    /// Opens the phone in this folder, making it if there is none. `PahtError.Storage` if another process has it, if
    /// the disk is full or fails; a damaged database is saved and told by `salvaged`.
    #[uniffi::constructor]
    pub async fn open(home: String, options: PhoneOptions, ports: Ports) -> Result<Arc<Self>, PahtError> {
        run::blocking(move || {
            let watcher = Watcher(ports.observer.clone());
            let (core, opened) = paht_phone::Phone::open(&PathBuf::from(home), options_of(options, ports)?)?;
            let notices = watcher.clone();
            core.observe(Box::new(move |notice| notices.tell(|observer| observer.on_change(notice))));
            let salvaged = opened.salvaged.map(|salvage| Salvaged {
                reports: crate::report::count(salvage.reports),
                complete: salvage.complete,
            });
            Ok(Arc::new(Self { core, watcher, salvaged }))
        })
        .await
    }

    /// What was saved, if the database was found damaged at opening.
    pub fn salvaged(&self) -> Option<Salvaged> {
        self.salvaged.clone()
    }

    /// Makes a report. When it returns, the report and every byte of its files survive a kill, a full disk and a power
    /// cut; when it is refused, nothing of it is left.
    pub async fn report(&self, new: NewReport) -> Result<ReportId, PahtError> {
        let id = self.on_disk(|phone| phone.report(new.into())).await?;
        // Nobody waits for them: what is not made by then, a sync makes.
        run::behind(self.core.make_pictures());
        Ok(id)
    }

    /// Sends what waits and hears what is new, for at most so many milliseconds. One runs at a time; another call waits.
    pub async fn sync(&self, budget_ms: Option<u64>, until: Until) -> Result<SyncOutcome, PahtError> {
        let (phone, watcher) = (self.core.clone(), self.watcher.clone());
        run::linked(async move { Ok(phone.sync(budget_ms, until, &watcher).await?.into()) }).await
    }

    /// Ends a running sync at once; what it was doing stays journalled.
    pub fn stop(&self) {
        self.core.stop();
    }

    /// The network changed, or the person said "now": every wait ends.
    pub async fn network_changed(&self) -> Result<(), PahtError> {
        self.on_disk(paht_phone::Phone::network_changed).await
    }

    /// Reports, newest first, beginning after the given one.
    pub async fn list(&self, after: Option<ReportId>, limit: u32) -> Result<Vec<ReportLine>, PahtError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let listed = self.on_disk(move |phone| phone.list(after, limit)).await?;
        Ok(listed.into_iter().map(ReportLine::from).collect())
    }

    /// One report with everything known of it.
    pub async fn show(&self, id: ReportId) -> Result<ReportView, PahtError> {
        Ok(self.on_disk(move |phone| phone.show(&id)).await?.into())
    }

    /// Everything that is not delivered, in the order of sending.
    pub async fn outbox(&self) -> Result<Vec<Part>, PahtError> {
        let entries = self.on_disk(paht_phone::Phone::outbox).await?;
        Ok(parts_of(entries.into_iter().filter(|entry| entry.kind != PartKind::Bundle).collect()))
    }

    /// The queue as a whole.
    pub async fn standing(&self) -> Result<Standing, PahtError> {
        Ok(self.on_disk(paht_phone::Phone::standing).await?.into())
    }

    /// The province as this phone knows it; absent before the first card.
    pub async fn card(&self) -> Result<Option<Card>, PahtError> {
        Ok(self.on_disk(paht_phone::Phone::card).await?.map(Card::from))
    }

    /// Panics inside the core, as a fault of ours would, so that an app can try how it takes it: `PahtError.Internal`, every
    /// time, and the phone goes on.
    pub async fn rehearse_fault(&self) -> Result<(), PahtError> {
        self.on_disk(|_| rehearsed()).await
    }

    /// Where a kept original or picture is; absent if it was erased.
    pub async fn media_path(&self, hash: Sha256) -> Result<Option<String>, PahtError> {
        let path = self.on_disk(move |phone| phone.media_path(&hash)).await?;
        Ok(path.and_then(|path| path.to_str().map(str::to_owned)))
    }
}

#[uniffi::export]
impl Phone {
    /// Changes what was said; also mends a report that the hub refused, which then goes again.
    pub async fn edit(&self, id: ReportId, edit: Edit) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.edit(&id, edit)).await
    }

    /// Adds words to the case.
    pub async fn comment(&self, id: ReportId, text: String) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.comment(&id, &text)).await
    }

    /// Answers a question of the IOC or an agency.
    pub async fn reply(&self, id: ReportId, text: String) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.reply(&id, &text)).await
    }

    /// The verdict on an answer.
    pub async fn rate(&self, id: ReportId, rating: Rating) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.rate(&id, rating)).await
    }

    /// Says that an answer did not settle it.
    pub async fn reopen(&self, id: ReportId, reopening: Reopening) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.reopen(&id, reopening)).await
    }

    /// Takes a report back.
    pub async fn withdraw(&self, id: ReportId) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.withdraw(&id)).await
    }

    /// A report as text messages of at most 160 septets, mostly one, for where there is no data. `PahtError.Refused` with
    /// `SmsConfidential` for what a network must not read, `ReportState` for what was taken back or held.
    pub async fn sms(&self, id: ReportId) -> Result<Vec<String>, PahtError> {
        self.on_disk(move |phone| phone.sms(&id, None)).await
    }

    /// They were sent: until its statement is at the IOC, the report is `unconfirmed`.
    pub async fn texted(&self, id: ReportId) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.texted(&id)).await
    }

    /// Keeps back what is not sent yet.
    pub async fn hold(&self, id: ReportId) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.hold(&id)).await
    }

    /// Lets it go.
    pub async fn release(&self, id: ReportId) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.release(&id)).await
    }
}

impl Phone {
    pub(crate) async fn on_disk<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&paht_phone::Phone) -> Result<T, paht_phone::PhoneError> + Send + 'static,
    ) -> Result<T, PahtError> {
        let phone = self.core.clone();
        run::blocking(move || Ok(verb(&phone)?)).await
    }
}

#[allow(clippy::panic, reason = "it is what was asked for")]
fn rehearsed() -> Result<(), paht_phone::PhoneError> {
    panic!("a fault was asked for")
}

fn options_of(asked: PhoneOptions, ports: Ports) -> Result<Options, PahtError> {
    let PhoneOptions { tenant, ioc, shipped_card, roots, pins } = asked;
    let Ports { keys, clock, decoder, observer: _ } = ports;
    let mut options = Options::new(tenant);
    let bad_card = PahtError::Refused { code: Code::RequestMalformed };
    options.shipped_card =
        shipped_card.map(|bytes| TenantCard::open(&bytes, &[])).transpose().map_err(|_| bad_card)?;
    (options.ioc, options.roots, options.pins) = (ioc, roots, pins);
    if let Some(keys) = keys {
        options.keys = Some(Arc::new(ForeignKeys::of(keys)?));
    }
    if let Some(clock) = clock {
        options.clock = Arc::new(ForeignClock(clock));
    }
    if let Some(decoder) = decoder {
        options.decoder = Some(Arc::new(ForeignDecoder(decoder)));
    }
    Ok(options)
}
