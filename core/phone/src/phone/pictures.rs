//! Smaller pictures. Made when a photo is handed in, they are declared in the first question to the hub; what nobody has
//! made by then, a sync makes.

use std::future::Future;
use std::sync::{Arc, Weak};

use paht_engine::derive::{self, Made};
use paht_engine::plan::{Derived, Plan};
use paht_engine::ports::Store as _;
use paht_model::capture::MediaType;
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256};
use paht_model::part::PartKind;
use paht_model::wire::sync::PartName;

use super::{Inner, Phone, PhoneError};
use crate::facts::inspect;
use crate::media::{FolderMedia, Kept};
use crate::picture::{self, Decoder};

type Pictures = Vec<(Made, Kept)>;

impl Phone {
    /// Makes the smaller pictures of all captures that have none yet. Worth it once a report is made: a sync makes them as
    /// well, but has then asked the hub once before it can declare them. It keeps no phone open: what is left when the last
    /// [`Phone`] goes is left to the next.
    pub fn make_pictures(&self) -> impl Future<Output = Result<(), PhoneError>> + Send + use<> {
        let phone = Arc::downgrade(&self.inner);
        async move {
            loop {
                let turn = phone.upgrade().map(|inner| Arc::clone(&inner.turns.pictures));
                let Some(turn) = turn else { break };
                let _alone = turn.lock_owned().await;
                let Some((part, making)) = first(&phone)? else { break };
                let made = making.await;
                let Some(inner) = phone.upgrade() else { break };
                inner.keep_pictures(part, made)?;
            }
            Ok(())
        }
    }
}

/// The next capture to make pictures of, and their making, which holds no phone.
fn first(
    phone: &Weak<Inner>,
) -> Result<Option<(PartName, impl Future<Output = Pictures> + Send + use<>)>, PhoneError> {
    let Some(inner) = phone.upgrade() else { return Ok(None) };
    let part = inner.store().underived(1)?.first().copied();
    Ok(part.map(|part| (part, inner.pictures_of(&part))))
}

impl Inner {
    /// Makes the smaller pictures of one original, if they are still to be made, and queues them.
    pub(super) async fn derive(&self, part: PartName) -> Result<(), PhoneError> {
        let _alone = self.turns.pictures.lock().await;
        if self.to_derive(&part.report)?.is_some_and(|left| left.contains(&part.hash)) {
            let made = self.pictures_of(&part).await;
            self.keep_pictures(part, made)?;
        }
        Ok(())
    }

    /// Makes the smaller pictures of a report that were not made yet.
    pub(super) async fn derive_all(&self, id: &ReportId) -> Result<(), PhoneError> {
        for hash in self.to_derive(id)?.ok_or(Code::ReportUnknown)? {
            self.derive(PartName { report: *id, hash }).await?;
        }
        Ok(())
    }

    /// The captures of a report whose pictures were not made yet; `None` if there is no such report.
    fn to_derive(&self, id: &ReportId) -> Result<Option<Vec<Sha256>>, PhoneError> {
        let Some(report) = self.store().report(id)? else { return Ok(None) };
        let left = report.captures.iter().filter(|capture| capture.derived == Derived::Waiting);
        Ok(Some(left.map(|capture| capture.declared.hash).collect()))
    }

    fn pictures_of(&self, part: &PartName) -> impl Future<Output = Pictures> + Send + use<> {
        let (media, decoder, original) = (self.media.clone(), self.options.decoder.clone(), part.hash);
        let report = self.store().report(&part.report).ok().flatten();
        let captures = report.into_iter().flat_map(|report| report.captures);
        let sealed: Vec<Sha256> = captures.map(|capture| capture.declared.hash).collect();
        async move {
            let making = move || pictures(&media, &original, &sealed, decoder.as_deref());
            tokio::task::spawn_blocking(making).await.ok().flatten().unwrap_or_default()
        }
    }

    fn keep_pictures(&self, part: PartName, made: Pictures) -> Result<(), PhoneError> {
        let (pictures, kept): (Vec<Made>, Vec<Kept>) = made.into_iter().unzip();
        self.decide(|desk, store| match store.report(&part.report)? {
            Some(report) => Ok(((), derive::record(desk, store, report, &part.hash, &pictures)?)),
            None => Ok(((), Plan::default())),
        })?;
        drop(kept);
        Ok(())
    }
}

/// Preview and rendition of a kept original, kept too; `None` where none can be made here.
fn pictures(
    media: &FolderMedia,
    original: &Sha256,
    sealed: &[Sha256],
    decoder: Option<&dyn Decoder>,
) -> Option<Vec<(Made, Kept)>> {
    let path = media.path(original);
    let derived = picture::derive_unlike(&path, &inspect(&path).ok()?, decoder, sealed).ok()?;
    let mut made: Vec<(Made, Kept)> = Vec::new();
    let kinds = [(PartKind::Preview, derived.preview), (PartKind::Rendition, derived.rendition)];
    for (kind, picture) in kinds {
        let hash = Sha256::of(&picture.bytes);
        if hash == *original || made.iter().any(|(other, _)| other.hash == hash) {
            continue;
        }
        let kept = media.keep_bytes(&hash, &picture.bytes).ok()?;
        let thumbhash = (kind == PartKind::Preview).then(|| derived.thumbhash.clone());
        let made_now = Made {
            kind,
            hash,
            bytes: picture.bytes.len() as u64,
            media_type: MediaType::parse(picture.mime)?,
            size: (picture.width, picture.height),
            thumbhash,
        };
        made.push((made_now, kept));
    }
    Some(made)
}
