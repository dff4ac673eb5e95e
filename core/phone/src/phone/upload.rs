//! A transfer under way, beside which everything more urgent goes on: a new report is stated, its pictures are made, and
//! if they should go first the transfer gives way.

use std::future::{Future, pending};
use std::pin::{Pin, pin};
use std::time::Duration;

use paht_engine::plan::Plan;
use paht_engine::ports::Store as _;
use paht_engine::step::Step;
use paht_engine::sync::wants_sync;
use paht_engine::upload::{Upload, UploadEnd, ended, next_upload};
use paht_model::fault::Code;
use paht_model::part::{Delivery, DeliveryEvent};
use paht_model::time::UnixMs;
use tokio::sync::watch;

use super::run::Run;
use super::{Doing, PhoneError};
use crate::link::Sending;

/// How often the queue is looked at for something more urgent, in milliseconds, should nobody have said so.
const LOOK_MS: u64 = 1_000;

type Urgent<'r> = Pin<Box<dyn Future<Output = Result<(), PhoneError>> + Send + 'r>>;

impl Run<'_> {
    pub(super) async fn upload(&self, upload: Upload) -> Result<(), PhoneError> {
        let part = upload.entry.part;
        if self.was_stale(&part) {
            return self.ask_offset_anew(&upload);
        }
        let (kind, total_bytes) = (upload.entry.kind, upload.entry.bytes);
        self.progress.on_step(&Doing::Uploading { part, kind, from_bytes: upload.offset_bytes, total_bytes });
        let end = match self.phone.media.file(&part.hash) {
            Ok(file) => self.send(&upload, file).await?,
            Err(_) => Some(UploadEnd::FileLost),
        };
        let Some(end) = end else {
            super::locked(&self.stale).insert(part);
            return Ok(());
        };
        match &end {
            UploadEnd::Whole { .. } => self.progress.on_step(&Doing::Delivered { part, kind }),
            UploadEnd::Cut { fault: code, .. } | UploadEnd::Refused { code } => {
                self.progress.on_step(&Doing::Failed { code: *code });
            }
            UploadEnd::FileLost => self.progress.on_step(&Doing::Failed { code: Code::MediaUnreadable }),
            UploadEnd::Paused { .. } => {}
        }
        let tenant = &self.phone.options.tenant;
        self.phone.decide(|desk, store| Ok(((), ended(store, tenant, &part, &end, desk.now, desk.entropy)?)))
    }

    /// Sends; `None` if it gave way.
    async fn send(&self, upload: &Upload, file: std::fs::File) -> Result<Option<UploadEnd>, PhoneError> {
        let (sent, mut handed) = watch::channel(upload.offset_bytes);
        let mut sending = pin!(self.link.upload(Sending { upload, file, sent }));
        let mut urgent: Option<Urgent<'_>> = None;
        let mut look = tokio::time::interval(Duration::from_millis(LOOK_MS));
        let entry = &upload.entry;
        let end = loop {
            tokio::select! {
                end = &mut sending => break Some(end),
                done = beside(&mut urgent) => {
                    urgent = None;
                    done?;
                    if self.is_overtaken(upload)? {
                        break None;
                    }
                }
                Ok(()) = handed.changed() => {
                    let bytes = *handed.borrow_and_update();
                    self.progress.on_bytes(&entry.part.report, entry.kind, bytes, entry.bytes);
                }
                () = self.phone.wake.notified(), if urgent.is_none() => urgent = Some(Box::pin(self.urgent())),
                _ = look.tick(), if urgent.is_none() => {
                    if self.is_overtaken(upload)? {
                        break None;
                    }
                    if self.next_urgent()?.is_some() {
                        urgent = Some(Box::pin(self.urgent()));
                    }
                }
            }
        };
        if let Some(urgent) = urgent {
            urgent.await?;
        }
        Ok(end)
    }

    /// All that goes before media: commands, the pictures of a new report, and where they are to be sent.
    async fn urgent(&self) -> Result<(), PhoneError> {
        while let Some(step) = self.next_urgent()? {
            match step {
                Step::Sync { prepared, .. } => _ = self.round_trip(*prepared).await?,
                Step::Derive(part) => self.derive(part).await?,
                Step::Keep(_) => {}
                Step::Upload(_) | Step::Wait { .. } => break,
            }
        }
        Ok(())
    }

    fn next_urgent(&self) -> Result<Option<Step>, PhoneError> {
        Ok(match self.next(false)? {
            Step::Sync { prepared, mark } if wants_sync(&prepared) => Some(Step::Sync { prepared, mark }),
            Step::Derive(part) => Some(Step::Derive(part)),
            Step::Keep(plan) => Some(Step::Keep(plan)),
            _ => None,
        })
    }

    /// Whether another part should go first, or this one no longer at all.
    fn is_overtaken(&self, upload: &Upload) -> Result<bool, PhoneError> {
        let first = next_upload(&*self.phone.store())?;
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

async fn beside(urgent: &mut Option<Urgent<'_>>) -> Result<(), PhoneError> {
    match urgent {
        Some(urgent) => urgent.await,
        None => pending().await,
    }
}
