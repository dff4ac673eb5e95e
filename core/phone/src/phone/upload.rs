//! A transfer under way, beside which everything more urgent goes on: a new report is stated, its pictures are made, and
//! if they should go first the transfer gives way.

use std::future::{Future, pending};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use paht_engine::plan::Plan;
use paht_engine::ports::Store as _;
use paht_engine::step::Step;
use paht_engine::sync::wants_sync;
use paht_engine::upload::{Upload, UploadEnd, ended, next_upload};
use paht_model::fault::Code;
use paht_model::part::{Delivery, DeliveryEvent, PartKind};
use paht_model::time::UnixMs;
use tokio::sync::watch;

use super::run::Run;
use super::{Doing, PhoneError};
use crate::link::Sending;

/// How often the queue is looked at for something more urgent, in milliseconds, should nobody have said so.
const LOOK_MS: u64 = 1_000;

pub(super) type Beside<'r> = Pin<Box<dyn Future<Output = Result<(), PhoneError>> + Send + 'r>>;

/// What became of a transfer, and what goes on behind it and beside it.
#[derive(Default)]
struct Sent<'r> {
    /// How it ended; `None` if it gave way.
    end: Option<UploadEnd>,
    /// Whether bytes may have left.
    has_begun: bool,
    behind: Option<Beside<'r>>,
    urgent: Option<Beside<'r>>,
}

/// How many transfers may wait for their answers one behind the other.
const AHEAD_MAX: usize = 16;

impl Run<'_> {
    pub(super) async fn upload(&self, upload: Upload) -> Result<(), PhoneError> {
        self.upload_beside(upload, None).await
    }

    /// Sends, and what may be sent after it for as long as something more urgent is being asked beside.
    pub(super) async fn upload_beside(
        &self,
        mut upload: Upload,
        mut urgent: Option<Beside<'_>>,
    ) -> Result<(), PhoneError> {
        loop {
            let sent = self.transfer(upload, urgent).await?;
            match (sent.urgent, sent.behind) {
                (Some(urgent), Some(behind)) => return tokio::try_join!(urgent, behind).map(|_| ()),
                (None, Some(behind)) => return behind.await,
                (None, None) => return Ok(()),
                (Some(still), None) => match self.beside_what(still).await? {
                    Some((next, still)) => (upload, urgent) = (next, Some(still)),
                    None => return Ok(()),
                },
            }
        }
    }

    /// What may be sent while something is asked.
    pub(super) fn ready(&self) -> Result<Option<Upload>, PhoneError> {
        let store = self.phone.store();
        let waits = store.link()?.wait.left_ms(self.phone.options.clock.now()) > 0;
        let under_way = super::locked(&self.under_way).clone();
        let next = if waits { None } else { next_upload(&*store, &under_way, &self.phone.gate())? };
        let stale = super::locked(&self.stale);
        Ok(next.filter(|next| !stale.contains(&next.entry.part) && self.link.carries_beside()))
    }

    async fn transfer<'r>(
        &'r self,
        upload: Upload,
        urgent: Option<Beside<'r>>,
    ) -> Result<Sent<'r>, PhoneError> {
        let part = upload.entry.part;
        if self.was_stale(&part) {
            self.ask_offset_anew(&upload)?;
            return Ok(Sent { urgent, ..Sent::default() });
        }
        let (kind, total_bytes) = (upload.entry.kind, upload.entry.bytes);
        self.progress.on_step(&Doing::Uploading { part, kind, from_bytes: upload.offset_bytes, total_bytes });
        let mut sent = match self.phone.media.file(&part.hash) {
            Ok(file) => self.send(&upload, file, urgent).await?,
            Err(_) => Sent { end: Some(UploadEnd::FileLost), urgent, ..Sent::default() },
        };
        super::locked(&self.under_way).retain(|under_way| *under_way != part);
        match sent.end.take() {
            Some(end) => self.ended(&upload, &end)?,
            None if sent.has_begun => _ = super::locked(&self.stale).insert(part),
            None => {}
        }
        Ok(sent)
    }

    fn ended(&self, upload: &Upload, end: &UploadEnd) -> Result<(), PhoneError> {
        let (part, kind) = (upload.entry.part, upload.entry.kind);
        match end {
            UploadEnd::Whole { .. } => {
                // What is quick is whole before anything was told of it.
                self.progress.on_bytes(&part.report, kind, upload.entry.bytes, upload.entry.bytes);
                self.progress.on_step(&Doing::Delivered { part, kind });
            }
            UploadEnd::Cut { fault: code, .. } | UploadEnd::Refused { code } => {
                self.progress.on_step(&Doing::Failed { code: *code });
            }
            UploadEnd::FileLost => self.progress.on_step(&Doing::Failed { code: Code::MediaUnreadable }),
            UploadEnd::Paused { .. } => {}
        }
        let tenant = &self.phone.options.tenant;
        self.phone.decide(|desk, store| Ok(((), ended(store, tenant, &part, end, desk.now, desk.entropy)?)))
    }

    /// Sends; once all its bytes have left, the next transfer begins behind it. What is urgent goes on beside it, and it
    /// gives way to what then should go first.
    async fn send<'r>(
        &'r self,
        upload: &Upload,
        file: std::fs::File,
        mut urgent: Option<Beside<'r>>,
    ) -> Result<Sent<'r>, PhoneError> {
        let (sent, mut held) = watch::channel(upload.offset_bytes);
        let (all_handed, mut left) = watch::channel(false);
        let begun = AtomicBool::new(false);
        let mut sending = pin!(self.link.upload(Sending { upload, file, sent, begun: &begun, all_handed }));
        let mut behind = None;
        let mut has_left = false;
        let mut look = tokio::time::interval(Duration::from_millis(LOOK_MS));
        let entry = &upload.entry;
        self.phone.count(0, upload.offset_bytes);
        let end = loop {
            tokio::select! {
                end = &mut sending => break Some(end),
                done = beside(&mut urgent) => {
                    urgent = None;
                    done?;
                    if self.is_overtaken(upload)? {
                        break None;
                    }
                    urgent = self.urgent()?;
                }
                done = beside(&mut behind) => {
                    behind = None;
                    done?;
                }
                Ok(()) = left.changed() => {
                    has_left = true;
                    super::locked(&self.under_way).push(entry.part);
                    behind = self.behind()?;
                }
                Ok(()) = held.changed() => {
                    let bytes = *held.borrow_and_update();
                    self.progress.on_bytes(&entry.part.report, entry.kind, bytes, entry.bytes);
                }
                () = self.phone.wake.notified(), if urgent.is_none() && behind.is_none() => {
                    urgent = self.urgent()?;
                }
                _ = look.tick(), if urgent.is_none() && behind.is_none() => {
                    if self.is_overtaken(upload)? {
                        break None;
                    }
                    urgent = self.urgent()?;
                    if urgent.is_none() && has_left {
                        behind = self.behind()?;
                    }
                }
            }
        };
        let is_whole = matches!(end, Some(UploadEnd::Whole { .. }));
        let reached = if is_whole { entry.bytes } else { *held.borrow() };
        self.phone.count(reached.saturating_sub(upload.offset_bytes), 0);
        Ok(Sent { end, has_begun: begun.load(Ordering::Relaxed), behind, urgent })
    }

    /// The transfer that may begin behind those of which all bytes have left.
    fn behind(&self) -> Result<Option<Beside<'_>>, PhoneError> {
        let under_way = super::locked(&self.under_way).clone();
        if under_way.len() >= AHEAD_MAX {
            return Ok(None);
        }
        let store = self.phone.store();
        let next = next_upload(&*store, &under_way, &self.phone.gate())?;
        // What is long fills the queues that die with a cut, and the small parts before it with them; where there was none,
        // the link would stand idle for a round trip.
        let mut kinds = under_way.iter().map(|part| store.entry(part));
        let only_originals = kinds.all(|entry| {
            entry.is_ok_and(|entry| entry.is_some_and(|entry| entry.kind == PartKind::Original))
        });
        let next = next
            .filter(|next| only_originals || self.link.is_calm() || next.entry.kind != PartKind::Original);
        Ok(next.map(|upload| -> Beside<'_> { Box::pin(self.upload(upload)) }))
    }

    /// The next of all that goes before media: commands, the pictures of a new report, and where they are to be sent.
    fn urgent(&self) -> Result<Option<Beside<'_>>, PhoneError> {
        let Some(turn) = self.take_turn() else { return Ok(None) };
        loop {
            return Ok(match self.next(false)? {
                Step::Sync { prepared, .. } if wants_sync(&prepared) => Some(Box::pin(async move {
                    let _turn = turn;
                    self.round_trip(*prepared).await?;
                    Ok(())
                })),
                Step::Derive(part) => Some(Box::pin(async move {
                    let _turn = turn;
                    self.derive(part).await
                })),
                // Kept already, with the step.
                Step::Keep(_) => continue,
                _ => None,
            });
        }
    }

    /// Whether another part should go first, or this one no longer at all. One of which all bytes have left is in nobody's
    /// way.
    fn is_overtaken(&self, upload: &Upload) -> Result<bool, PhoneError> {
        let under_way = super::locked(&self.under_way).clone();
        let store = self.phone.store();
        if under_way.contains(&upload.entry.part) {
            let entry = store.entry(&upload.entry.part)?;
            return Ok(entry.is_none_or(|entry| !matches!(entry.delivery, Delivery::Uploading { .. })));
        }
        let first = next_upload(&*store, &under_way, &self.phone.gate())?;
        Ok(first.is_none_or(|first| first.entry.part != upload.entry.part))
    }

    /// The hub has more than the phone knows: the next sync tells.
    fn ask_offset_anew(&self, upload: &Upload) -> Result<(), PhoneError> {
        self.phone.decide(|_, store| {
            let entry = store.entry(&upload.entry.part)?;
            let uploading = entry.filter(|entry| matches!(entry.delivery, Delivery::Uploading { .. }));
            let again = DeliveryEvent::Failed { not_before: UnixMs::from_millis(0) };
            Ok(((), Plan::of(uploading.and_then(|entry| entry.moved(again)).into_iter().collect())))
        })
    }
}

async fn beside(other: &mut Option<Beside<'_>>) -> Result<(), PhoneError> {
    match other {
        Some(other) => other.await,
        None => pending().await,
    }
}
