//! A sync: asks the engine for the next step, does it, and takes in what came of it, until there is nothing left or
//! somebody says stop. Whatever it was doing when it is dropped is journalled, so dropping it loses nothing.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use paht_engine::outbox::Lane;
use paht_engine::plan::Plan;
use paht_engine::ports::{Store as _, StoreFault};
use paht_engine::retention;
use paht_engine::status::{self, Standing};
use paht_engine::step::{self, Step, Wish};
use paht_engine::sync::{Prepared, absorb, failed};
use paht_engine::upload::Upload;
use paht_model::fault::Code;
use paht_model::ids::KeyThumbprint;
use paht_model::part::{Delivery, DeliveryEvent, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::{PartName, SyncReply};
use serde::Serialize;

use super::upload::Beside;
use super::{Doing, Inner, Phone, PhoneError, Progress, locked};
use crate::link::{HubLink, LinkFailure};

/// Originals erased in one plan.
const ERASED_AT_ONCE: usize = 32;
/// Entries read at a time.
const PAGE: usize = 128;

/// How long a sync goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Asks for news once, and does all that is due.
    Once,
    /// Waits and goes on until everything is sent or needs a person.
    Done,
}

/// Why a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndedBy {
    /// Nothing is waiting.
    Done,
    /// What is left must wait.
    Waiting,
    /// The time it was given is over.
    Budget,
    /// [`Phone::stop`].
    Stopped,
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncOutcome {
    /// Law 3: nothing waits, nothing is parked, and the hub's list of hashes equals the phone's.
    pub all_sent: bool,
    /// The queue as a whole.
    pub standing: Standing,
    /// Why it ended.
    pub ended_by: EndedBy,
}

impl Phone {
    /// Sends what waits and hears what is new, for at most `budget_ms`. One runs at a time; another call waits for it.
    pub async fn sync(
        &self,
        budget_ms: Option<u64>,
        until: Until,
        progress: &dyn Progress,
    ) -> Result<SyncOutcome, PhoneError> {
        let mut stop = self.inner.stop.subscribe();
        let link = self.inner.link.clone().ok_or(PhoneError::NoIoc)?;
        let budget = async {
            match budget_ms {
                Some(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
                None => std::future::pending().await,
            }
        };
        let whole = async {
            let _alone = self.inner.turns.sync.lock().await;
            let (stale, under_way) = (Mutex::default(), Mutex::default());
            let run =
                Run { phone: &self.inner, link, progress, stale, under_way, turn: AtomicBool::default() };
            let ended_by = run.go(until).await?;
            run.erase_old()?;
            run.phone.fetch_receipts(&run.link).await?;
            Ok::<_, PhoneError>(ended_by)
        };
        let ended_by = tokio::select! {
            biased;
            _ = stop.changed() => EndedBy::Stopped,
            ended = whole => ended?,
            () = budget => EndedBy::Budget,
        };
        self.inner.keep_meter()?;
        let standing = self.standing()?;
        Ok(SyncOutcome { all_sent: standing.all_sent, standing, ended_by })
    }
}

/// One sync under way.
pub(super) struct Run<'p> {
    pub(super) phone: &'p Inner,
    pub(super) link: HubLink,
    pub(super) progress: &'p dyn Progress,
    /// Transfers that were left for a more urgent one: the hub has more of them than the phone knows.
    pub(super) stale: Mutex<HashSet<PartName>>,
    /// Transfers all of whose bytes have left: others go on beside them.
    pub(super) under_way: Mutex<Vec<PartName>>,
    /// Whether something that goes before media is being done: of several transfers under way only one asks.
    pub(super) turn: AtomicBool,
}

/// Held while something that goes before media is being done.
pub(super) struct Turn<'r>(&'r AtomicBool);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Run<'_> {
    async fn go(&self, until: Until) -> Result<EndedBy, PhoneError> {
        self.ask_offsets_anew()?;
        // Told "all sent" only by the hub: where the answer to the last delivery did not say so, it is asked once more.
        let (mut news, mut asked_last) = (true, false);
        loop {
            match self.next(news)? {
                Step::Sync { prepared, .. } => {
                    asked_last = asked_last && prepared.commands.is_empty();
                    if self.round_trip_beside(*prepared).await? {
                        news = false;
                    }
                }
                // Kept already, with the step.
                Step::Keep(_) => {}
                Step::Derive(part) => {
                    let turn = self.take_turn();
                    let deriving = async move {
                        let _turn = turn;
                        self.derive(part).await
                    };
                    self.with_media(Box::pin(deriving)).await?;
                }
                Step::Upload(upload) => {
                    asked_last = false;
                    self.upload(*upload).await?;
                }
                Step::Wait { wait_ms } => {
                    let standing = self.standing()?;
                    let link_waits = standing.next_try_ms.is_some();
                    let kept_back = standing.kept_back > 0 && standing.waiting == standing.kept_back;
                    if kept_back && !link_waits {
                        return Ok(EndedBy::Waiting);
                    }
                    if standing.waiting == 0 && !link_waits {
                        if standing.all_sent || standing.parked > 0 || asked_last {
                            return Ok(EndedBy::Done);
                        }
                        (news, asked_last) = (true, true);
                        continue;
                    }
                    if until == Until::Once {
                        return Ok(EndedBy::Waiting);
                    }
                    self.wait(wait_ms, link_waits).await?;
                }
            }
        }
    }

    /// The next step. That commands are about to leave is journalled under the same lock, so that no edit slips between.
    pub(super) fn next(&self, news: bool) -> Result<Step, PhoneError> {
        self.phone.decide(|desk, store| {
            let own = KeyThumbprint::of(&desk.keys.public_key());
            let wish = Wish { news, at_once: false, gate: self.phone.gate() };
            let step = step::next(store, desk.tenant, &own, desk.now, wish)?;
            let mark = match &step {
                Step::Sync { mark, .. } => mark.clone(),
                Step::Keep(plan) => plan.clone(),
                _ => Plan::default(),
            };
            Ok((step, mark))
        })
    }

    fn standing(&self) -> Result<Standing, PhoneError> {
        Ok(status::standing(&*self.phone.store(), self.phone.options.clock.now(), &self.phone.gate())?)
    }

    /// Sleeps until the link or the first entry may be tried, the person acts, or the network changes.
    async fn wait(&self, wait_ms: u64, link_waits: bool) -> Result<(), PhoneError> {
        let wait_ms = if link_waits { wait_ms } else { wait_ms.min(self.first_due_in_ms()?) };
        self.progress.on_step(&Doing::Waiting { wait_ms });
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(wait_ms.max(1))) => {}
            () = self.phone.wake.notified() => {}
        }
        Ok(())
    }

    fn first_due_in_ms(&self) -> Result<u64, PhoneError> {
        let ticks_ms = self.phone.options.clock.now().ticks_ms;
        let mut first = u64::MAX;
        self.each_waiting(|entry| {
            if let Delivery::Queued { not_before } = &entry.delivery {
                let at = u64::try_from(not_before.millis()).unwrap_or(0);
                if at > ticks_ms {
                    first = first.min(at.saturating_sub(ticks_ms));
                }
            }
        })?;
        Ok(first)
    }

    fn each_waiting(
        &self,
        mut look: impl FnMut(&paht_engine::outbox::OutboxEntry),
    ) -> Result<(), StoreFault> {
        let store = self.phone.store();
        for lane in [Lane::Commands, Lane::Media] {
            let mut after = None;
            loop {
                let page = store.waiting(lane, after, PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.rank);
                page.iter().for_each(&mut look);
            }
        }
        Ok(())
    }

    /// Whether media wait that may go over the network there is.
    fn do_media_wait(&self) -> Result<bool, PhoneError> {
        let (store, gate) = (self.phone.store(), self.phone.gate());
        let first = store.waiting(Lane::Media, None, PAGE)?;
        first.iter().map(|entry| gate.lets_entry(&*store, entry)).try_fold(false, |any, may| Ok(any || may?))
    }

    /// Transfers that an earlier run was sending: nobody here knows how far it came.
    fn ask_offsets_anew(&self) -> Result<(), PhoneError> {
        let mut changes = Vec::new();
        self.each_waiting(|entry| {
            if matches!(entry.delivery, Delivery::Uploading { .. }) {
                changes.extend(entry.moved(DeliveryEvent::Failed { not_before: UnixMs::from_millis(0) }));
            }
        })?;
        self.phone.decide(|_, _| Ok(((), Plan::of(changes))))
    }

    /// One round trip, with what may be sent beside it; whether the hub answered.
    async fn round_trip_beside(&self, prepared: Prepared) -> Result<bool, PhoneError> {
        let answered = AtomicBool::new(false);
        let turn = self.take_turn();
        let asking = async {
            let _turn = turn;
            answered.store(self.round_trip(prepared).await?, Ordering::Relaxed);
            Ok(())
        };
        self.with_media(Box::pin(asking)).await?;
        Ok(answered.load(Ordering::Relaxed))
    }

    /// The turn to do something that goes before media; `None` while something is.
    pub(super) fn take_turn(&self) -> Option<Turn<'_>> {
        (!self.turn.swap(true, Ordering::Relaxed)).then(|| Turn(&self.turn))
    }

    /// Does what goes before media, and meanwhile sends what may be sent.
    async fn with_media<'r>(&'r self, urgent: Beside<'r>) -> Result<(), PhoneError> {
        match self.beside_what(urgent).await? {
            Some((upload, urgent)) => self.upload_beside(upload, Some(urgent)).await,
            None => Ok(()),
        }
    }

    /// What to send beside something urgent, and that; `None` if it is done. What is small goes at once. What is long would
    /// fill the queues of a weak link before the small parts that are to come.
    pub(super) async fn beside_what<'r>(
        &'r self,
        urgent: Beside<'r>,
    ) -> Result<Option<(Upload, Beside<'r>)>, PhoneError> {
        let small = |ready: &Upload| matches!(ready.entry.kind, PartKind::Preview | PartKind::VoiceNote);
        match self.ready()?.filter(small) {
            Some(upload) => Ok(Some((upload, urgent))),
            None => urgent.await.map(|()| None),
        }
    }

    /// One round trip; whether the hub answered.
    pub(super) async fn round_trip(&self, prepared: Prepared) -> Result<bool, PhoneError> {
        let (commands, offers) = (prepared.commands.len(), prepared.offers.len());
        self.progress.on_step(&Doing::Syncing { commands, offers });
        let signed = prepared.request.seal(&*self.phone.keys).map_err(PhoneError::from)?;
        self.phone.count(signed.len() as u64, 0);
        // A round trip is time enough for pictures: they are made meanwhile, and never waited for.
        let is_over = AtomicBool::new(false);
        let mut deriving = pin!(self.derive_until(&is_over));
        let mut derived = None;
        let mut asking = pin!(self.link.sync(signed, self.do_media_wait()?));
        let answered = loop {
            tokio::select! {
                answered = &mut asking => break answered,
                done = &mut deriving, if derived.is_none() => derived = Some(done),
            }
        };
        is_over.store(true, Ordering::Relaxed);
        let answered = self.taken_in(&prepared, answered)?;
        match derived {
            Some(done) => done?,
            None => deriving.await?,
        }
        Ok(answered)
    }

    /// Takes in what came of a round trip; whether the hub answered.
    fn taken_in(
        &self,
        prepared: &Prepared,
        answered: Result<SyncReply, LinkFailure>,
    ) -> Result<bool, PhoneError> {
        let answered = answered.and_then(|reply| {
            // A reply that does not speak of everything that was asked is not the whole of it.
            let (commands, offers) = (prepared.commands.len(), prepared.offers.len());
            let whole = reply.outcomes.len() == commands && reply.transfers.len() == offers;
            if whole { Ok(reply) } else { Err(Code::LinkGarbled.into()) }
        });
        match answered {
            Ok(reply) => {
                let before = self.phone.store().link()?.card_version;
                self.phone.decide(|desk, store| {
                    Ok(((), absorb(store, prepared, &reply, desk.now, desk.entropy)?))
                })?;
                let link = self.phone.store().link()?;
                self.link.heard(link.heard);
                self.progress.on_step(&Doing::Synced { told: reply.entries.len() });
                if link.card_version != before {
                    self.identify()?;
                }
                Ok(true)
            }
            Err(LinkFailure { code, retry_after_ms }) => {
                self.progress.on_step(&Doing::Failed { code });
                let taken = |desk: &paht_engine::capture::Desk<'_>, store: &crate::store::SqliteStore| {
                    Ok(((), failed(store, prepared, code, retry_after_ms, desk.now, desk.entropy)?))
                };
                self.phone.decide(taken)?;
                Ok(false)
            }
        }
    }

    /// A card came: names and numbers that waited for its keys can be sealed, and be legible nowhere.
    fn identify(&self) -> Result<(), PhoneError> {
        let sealed = self.phone.decide(|desk, store| match desk.card {
            Some(card) if !card.sealing.is_empty() => {
                let plan = step::identify(desk, store, card)?;
                Ok((!plan.is_empty(), plan))
            }
            _ => Ok((false, Plan::default())),
        })?;
        if sealed {
            self.phone.store().forget_overwritten()?;
        }
        Ok(())
    }

    /// Makes the smaller pictures of captures that have none yet, one after the other, until it is over.
    async fn derive_until(&self, is_over: &AtomicBool) -> Result<(), PhoneError> {
        while !is_over.load(Ordering::Relaxed) {
            let first = self.phone.store().underived(1)?.first().copied();
            let Some(part) = first else { break };
            self.derive(part).await?;
        }
        Ok(())
    }

    /// Makes smaller pictures. Whatever keeps them from being made, the original is sent alone: nothing waits for them.
    pub(super) async fn derive(&self, part: PartName) -> Result<(), PhoneError> {
        self.progress.on_step(&Doing::Deriving { part });
        self.phone.derive(part).await
    }

    /// Erases originals whose time is over: journalled first.
    fn erase_old(&self) -> Result<(), PhoneError> {
        loop {
            let parts = self.phone.decide(|desk, store| {
                let (plan, parts) = retention::erase(store, &store.link()?, desk.now, ERASED_AT_ONCE)?;
                Ok((parts, plan))
            })?;
            for part in &parts {
                self.phone.erase_unneeded(&part.hash);
            }
            if parts.len() < ERASED_AT_ONCE {
                return Ok(());
            }
        }
    }

    /// Forgets that a transfer was left behind; whether it was.
    pub(super) fn was_stale(&self, part: &PartName) -> bool {
        locked(&self.stale).remove(part)
    }
}
