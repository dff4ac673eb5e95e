//! A neighbour's phone: reports as files that it can carry, files carried for others, and the receipts on their way back.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use paht_engine::courier::{self, Accepted, Load};
use paht_engine::outbox::OutboxEntry;
use paht_engine::plan::{Change, Plan};
use paht_engine::ports::Store as _;
use paht_model::bundle::{self, Bundle, Piece, Receipts};
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256, Sha256Stream};
use paht_model::limits::{BUNDLE_BYTES_MAX, BUNDLE_COMMANDS_MAX};
use paht_model::part::{Delivery, DeliveryEvent};
use paht_model::time::UnixMs;
use paht_model::wire::{Blob, to_bytes};
use serde::{Deserialize, Serialize};

use super::{Inner, Phone, PhoneError};
use crate::link::HubLink;
use crate::media::KeepError;
use crate::seal::{OwnSeal, seal_bytes};

/// Largest file of a bundle unless another length is asked for, in bytes: what goes from phone to phone in a minute.
pub const BUNDLE_FILE_BYTES: u64 = 8_000_000;
/// Smallest that may be asked for, in bytes.
pub const BUNDLE_FILE_BYTES_MIN: u64 = 100_000;
/// What is kept free for names and lengths, in bytes.
const FRAME_BYTES: u64 = 8_192;
/// What the name and the place of a piece take, in bytes.
const PIECE_BYTES: u64 = 128;
/// Largest file of receipts that is read, in bytes.
const RECEIPTS_BYTES_MAX: u64 = 1_048_576;
/// How the name of a file of receipts ends.
const RECEIPTS: &str = "paht-receipts";
/// The setting with the key that receipts are sealed to.
const KEY: &str = "courier-key";
/// The setting with what is carried for others.
const CARRIED: &str = "carried";

/// A sealed bundle that this phone carries for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// Its hash.
    pub hash: Sha256,
    /// Its length, in bytes.
    pub bytes: u64,
    /// The name its file came under.
    pub name: String,
    /// Where its delivery stands.
    pub delivery: Delivery,
    /// The file to give back to whom it came from, once the IOC has answered.
    pub receipts: Option<PathBuf>,
}

/// What a file from a neighbour was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    /// Reports of theirs, carried along from now on; its hash.
    Carried(Sha256),
    /// Receipts for reports of this phone.
    Receipts(Accepted),
}

/// What is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeptBundle {
    hash: Sha256,
    bytes: u64,
    name: String,
}

impl Phone {
    /// Seals these reports to the IOC (all that are still to be sent, if none is named) in files for a neighbour's phone, each
    /// of at most `file_bytes`: the first under the name given, the others numbered beside it. Smaller pictures are made
    /// first. Nothing changes here before the receipts come back, but that the reports are called unconfirmed.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`]; [`Code::ReportState`] for a report that is held, taken back or was refused;
    /// [`Code::BundleEmpty`] if there is nothing to carry; [`Code::BundleNoKey`] before this phone knows whom to seal to;
    /// [`Code::BodyTooLarge`] for too many reports at once or a length out of bounds.
    pub async fn bundle(
        &self,
        ids: &[ReportId],
        out: &Path,
        file_bytes: u64,
    ) -> Result<Vec<PathBuf>, PhoneError> {
        if !(BUNDLE_FILE_BYTES_MIN..=BUNDLE_BYTES_MAX).contains(&file_bytes) {
            return Err(Code::BodyTooLarge.into());
        }
        let ids = if ids.is_empty() { courier::unsent(&*self.inner.store())? } else { ids.to_vec() };
        if ids.is_empty() {
            return Err(Code::BundleEmpty.into());
        }
        for id in &ids {
            self.inner.derive_all(id).await?;
        }
        let (inner, out) = (std::sync::Arc::clone(&self.inner), out.to_owned());
        let written = tokio::task::spawn_blocking(move || inner.write_bundle(&ids, &out, file_bytes)).await;
        written.unwrap_or(Err(Code::StorageFailed.into()))
    }

    /// Takes a neighbour's file along, whole: it is sent like this phone's own media, after them.
    ///
    /// # Errors
    /// [`Code::BundleUnreadable`] for what is no bundle, [`Code::BodyTooLarge`], and those of the storage.
    pub fn carry(&self, file: &Path) -> Result<Sha256, PhoneError> {
        let (hash, bytes) = measured(file)?;
        let kept = self.inner.media.keep_file(file, &hash, bytes)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut carried = self.inner.carried()?;
        if !carried.iter().any(|known| known.hash == hash) {
            carried.push(KeptBundle { hash, bytes, name });
            self.inner.keep_carried(&carried)?;
        }
        self.inner.decide_and_wake(|_, store| Ok(((), courier::carry(store, hash, bytes)?)))?;
        drop(kept);
        Ok(hash)
    }

    /// What this phone carries for others, in the order it came.
    pub fn carried(&self) -> Result<Vec<Carried>, PhoneError> {
        let mut shown = Vec::new();
        for KeptBundle { hash, bytes, name } in self.inner.carried()? {
            let path = self.inner.receipts_path(&hash);
            let receipts = path.is_file().then_some(path);
            let entry = self.inner.store().entry(&bundle::part(hash, bytes))?;
            // Without an entry it was never said to be carried.
            let Some(OutboxEntry { delivery, .. }) = entry else { continue };
            shown.push(Carried { hash, bytes, name, delivery, receipts });
        }
        Ok(shown)
    }

    /// Forgets a bundle and its receipts: they were given back, or nobody wants it carried any more.
    pub fn drop_carried(&self, hash: &Sha256) -> Result<(), PhoneError> {
        let mut carried = self.inner.carried()?;
        let Some(place) = carried.iter().position(|known| known.hash == *hash) else { return Ok(()) };
        let known = carried.remove(place);
        let drop = Change::DropEntry(bundle::part(known.hash, known.bytes));
        self.inner.decide_and_wake(|_, _| Ok(((), Plan::of(vec![drop]))))?;
        self.inner.keep_carried(&carried)?;
        self.inner.erase_unneeded(hash);
        _ = fs::remove_file(self.inner.receipts_path(hash));
        Ok(())
    }

    /// Takes in the receipts that a neighbour brought back: what they are for is delivered.
    ///
    /// # Errors
    /// [`Code::ReceiptsUnreadable`] for anything but receipts for this phone, signed by its IOC.
    pub fn accept(&self, file: &Path) -> Result<Accepted, PhoneError> {
        let signed = self.inner.opened(file)?.ok_or(Code::ReceiptsUnreadable)?;
        self.inner.accept_signed(&signed)
    }

    /// Takes in a file that a neighbour handed over, whichever it is: receipts for this phone, or reports to be carried.
    ///
    /// # Errors
    /// Those of [`Phone::accept`] for receipts, those of [`Phone::carry`] for anything else.
    pub fn take_in(&self, file: &Path) -> Result<TakenIn, PhoneError> {
        if let Some(signed) = self.inner.opened(file)? {
            return Ok(TakenIn::Receipts(self.inner.accept_signed(&signed)?));
        }
        if file.extension().is_some_and(|ending| ending == RECEIPTS) {
            return Err(Code::ReceiptsUnreadable.into());
        }
        Ok(TakenIn::Carried(self.carry(file)?))
    }
}

impl Inner {
    fn write_bundle(
        &self,
        ids: &[ReportId],
        out: &Path,
        file_bytes: u64,
    ) -> Result<Vec<PathBuf>, PhoneError> {
        let card = self.card(&self.store().link()?).filter(|card| !card.sealing.is_empty());
        let card = card.ok_or(Code::BundleNoKey)?;
        let reply_to = self.courier_key()?.recipient();
        let load = self.decide(|_, store| courier::load(store, ids))?;
        let mut written = Vec::new();
        let mut packing = Packing::of(&load, file_bytes)?;
        while let Some(pieces) = packing.next_file(self) {
            let commands = load.commands.iter().map(|signed| Blob(signed.bytes.clone())).collect();
            let tenant = self.options.tenant.clone();
            let bundle = Bundle { tenant, reply_to: reply_to.clone(), commands, pieces };
            let sealed = seal_bytes(&card, &to_bytes(&bundle)).ok_or(Code::BundleNoKey)?;
            let path = numbered(out, written.len());
            write_whole(&path, &sealed)?;
            written.push(path);
        }
        self.decide(|desk, store| Ok(((), courier::handed_over(store, ids, desk.now.wall)?)))?;
        Ok(written)
    }

    /// What is sealed to this phone in a file; `None` where nothing is.
    fn opened(&self, file: &Path) -> Result<Option<Vec<u8>>, PhoneError> {
        let mut sealed = Vec::new();
        let read = File::open(file).and_then(|file| file.take(RECEIPTS_BYTES_MAX).read_to_end(&mut sealed));
        read.map_err(|_| PhoneError::Keep(KeepError::Unreadable))?;
        let own = self.store().setting(KEY)?.and_then(|text| OwnSeal::parse(&text));
        Ok(own.and_then(|own| own.open(&sealed, RECEIPTS_BYTES_MAX)))
    }

    fn accept_signed(&self, signed: &[u8]) -> Result<Accepted, PhoneError> {
        self.decide_and_wake(|desk, store| {
            let trusted = desk.card.map(paht_model::tenant::TenantCard::trusted_keys).unwrap_or_default();
            let receipts = Receipts::verify(signed, &trusted)?;
            courier::accept(store, desk.tenant, &trusted, &receipts)
        })
    }

    fn courier_key(&self) -> Result<OwnSeal, PhoneError> {
        let mut store = self.store();
        if let Some(known) = store.setting(KEY)?.and_then(|text| OwnSeal::parse(&text)) {
            return Ok(known);
        }
        let new = OwnSeal::generate();
        store.set_setting(KEY, &new.to_text())?;
        Ok(new)
    }

    fn carried(&self) -> Result<Vec<KeptBundle>, PhoneError> {
        let json = self.store().setting(CARRIED)?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    fn keep_carried(&self, carried: &[KeptBundle]) -> Result<(), PhoneError> {
        // What has only plain fields is always written.
        let json = serde_json::to_string(carried).unwrap_or_default();
        Ok(self.store().set_setting(CARRIED, &json)?)
    }

    fn receipts_path(&self, hash: &Sha256) -> PathBuf {
        self.home.join("receipts").join(format!("{hash}.{RECEIPTS}"))
    }

    /// Asks for the receipts of every bundle that the hub has and has not answered yet. What cannot be had now is asked for
    /// again with the next sync.
    pub(super) async fn fetch_receipts(&self, link: &HubLink) -> Result<(), PhoneError> {
        for KeptBundle { hash, bytes, .. } in self.carried()? {
            let path = self.receipts_path(&hash);
            let entry = self.store().entry(&bundle::part(hash, bytes))?;
            if path.is_file() || !entry.is_some_and(|entry| entry.delivery.is_delivered()) {
                continue;
            }
            match link.receipts(&hash).await {
                Ok(sealed) => {
                    fs::create_dir_all(self.home.join("receipts")).map_err(|_| Code::StorageFailed)?;
                    write_whole(&path, &sealed)?;
                    // The IOC has it: the sealed file itself is of no use any more.
                    self.media.erase_unless(&hash, || Ok(false))?;
                    self.tell(&[paht_engine::plan::Notice::Queue]);
                }
                // It was restored from a backup, and knows nothing of it.
                Err(failure) if failure.code == Code::NotFound => self.decide(|_, store| {
                    let again = DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) };
                    let entry = store.entry(&bundle::part(hash, bytes))?;
                    Ok(((), Plan::of(entry.and_then(|entry| entry.moved(again)).into_iter().collect())))
                })?,
                Err(failure) => tracing::debug!(code = %failure.code, "no receipts yet"),
            }
        }
        Ok(())
    }
}

/// Media being cut to the files of a bundle.
struct Packing<'l> {
    media: std::slice::Iter<'l, OutboxEntry>,
    /// The part being cut, and how far it is.
    open: Option<(&'l OutboxEntry, u64)>,
    /// Room for media in one file, in bytes.
    room: u64,
    is_first: bool,
}

impl<'l> Packing<'l> {
    fn of(load: &'l Load, file_bytes: u64) -> Result<Self, Code> {
        let commands: u64 = load.commands.iter().map(|signed| signed.bytes.len() as u64 + 8).sum();
        // age adds a tag to every 64 kB.
        let room = (file_bytes - file_bytes / 2_048).saturating_sub(commands + FRAME_BYTES);
        if room < BUNDLE_FILE_BYTES_MIN / 2 || load.commands.len() > BUNDLE_COMMANDS_MAX {
            return Err(Code::BodyTooLarge);
        }
        Ok(Self { media: load.media.iter(), open: None, room, is_first: true })
    }

    /// The pieces of the next file; `None` when all is packed. The first has the commands even if there are no media.
    fn next_file(&mut self, phone: &Inner) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut room = self.room;
        while room > 2 * PIECE_BYTES {
            let Some((entry, from)) = self.open.take().or_else(|| self.media.next().map(|entry| (entry, 0)))
            else {
                break;
            };
            let bytes = entry.bytes.saturating_sub(from).min(room - PIECE_BYTES);
            let Some(read) = read_at(phone, &entry.part.hash, from, bytes) else {
                // Its file is gone: the sync will say so. The rest goes on.
                continue;
            };
            pieces.push(Piece { part: entry.part, offset_bytes: from, bytes: Blob(read) });
            room = room.saturating_sub(bytes + PIECE_BYTES);
            let next = from.saturating_add(bytes);
            self.open = (next < entry.bytes).then_some((entry, next));
        }
        let is_first = std::mem::replace(&mut self.is_first, false);
        (is_first || !pieces.is_empty()).then_some(pieces)
    }
}

fn read_at(phone: &Inner, hash: &Sha256, from: u64, bytes: u64) -> Option<Vec<u8>> {
    let mut file = phone.media.file(hash).ok()?;
    file.seek(SeekFrom::Start(from)).ok()?;
    let mut read = Vec::new();
    file.take(bytes).read_to_end(&mut read).ok()?;
    (read.len() as u64 == bytes).then_some(read)
}

/// Hash and length of a file that may be a bundle.
fn measured(path: &Path) -> Result<(Sha256, u64), PhoneError> {
    let unreadable = |_| PhoneError::Keep(KeepError::Unreadable);
    let mut file = File::open(path).map_err(unreadable)?;
    let mut piece = vec![0_u8; 64 * 1_024];
    let mut stream = Sha256Stream::default();
    let mut bytes = 0_u64;
    loop {
        let count = file.read(&mut piece).map_err(unreadable)?;
        let read = piece.get(..count).unwrap_or_default();
        if bytes == 0 {
            bundle::check_sealed(read, 0)?;
        }
        if read.is_empty() {
            return Ok((stream.finish(), bytes));
        }
        stream.update(read);
        bytes = bytes.saturating_add(count as u64);
        bundle::check_sealed(b"age-encryption.org/v1\n", bytes)?;
    }
}

/// `far.paht`, then `far-2.paht`, `far-3.paht`.
fn numbered(out: &Path, place: usize) -> PathBuf {
    if place == 0 {
        return out.to_owned();
    }
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    out.with_file_name(format!("{stem}-{}{ending}", place + 1))
}

/// Under its own name a file is always whole.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), PhoneError> {
    let temporary = path.with_extension("new");
    let written = fs::write(&temporary, bytes).and_then(|()| {
        File::options().write(true).open(&temporary)?.sync_all()?;
        fs::rename(&temporary, path)
    });
    written.map_err(|error| {
        _ = fs::remove_file(&temporary);
        let is_full = error.kind() == std::io::ErrorKind::StorageFull;
        if is_full { Code::StorageFull.into() } else { Code::StorageFailed.into() }
    })
}
