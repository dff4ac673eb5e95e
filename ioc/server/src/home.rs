//! The data folder: everything one IOC keeps. What is missing at the first start is made; what is there is never
//! overwritten.
//!
//! ```text
//! DATA/tenant/*.toml   the province, for an administrator to edit
//! DATA/keys/hub.key    32 secret bytes: receipts and cards are signed with it. Lose it and phones trust no receipt
//! DATA/keys/sealing.key opens the names and numbers that phones seal. Lose it and they are gone
//! DATA/card.cbor       the signed card, with its version
//! DATA/tokens.json     operators' tokens, hashed
//! DATA/smpp/           pieces of long text messages, until the last has come
//! DATA/hub.sqlite, media/  see `paht_store`
//! ```

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use paht_hub::tenant::{Tenant, TenantFault, TenantFiles};
use paht_model::tenant::{HubKey, TenantCard};
use paht_model::wire::Blob;
use paht_model::wire::envelope::{Sign as _, SoftwareKey};
use paht_store::folder::FolderShelf;
use paht_store::room::{Reserve, Room};
use paht_store::sqlite::SqliteStore;

use crate::hub::Hub;
use crate::options::Limits;
use crate::sealing::SealingKey;
use crate::tus::Floor;
use crate::world::{World, random};

/// A data folder that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeFault {
    /// A file or folder cannot be read or written.
    #[error("{0} cannot be used")]
    File(PathBuf, #[source] io::Error),
    /// The tenant's files do not fit.
    #[error(transparent)]
    Tenant(#[from] TenantFault),
    /// The key file does not hold a key.
    #[error("keys/hub.key does not hold a key; restore it from a backup")]
    Key,
    /// The sealing key's file does not hold a key.
    #[error("keys/sealing.key does not hold a key; restore it from a backup")]
    SealingKey,
    /// The record cannot be opened; another hub may have it.
    #[error(transparent)]
    Record(#[from] paht_store::sqlite::OpenFault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] paht_hub::ports::StoreFault),
}

/// Opens a data folder, and takes it for this process alone. `tenant` is the folder of tenant files.
pub fn open(data: &Path, tenant: &Path, limits: Limits, world: World) -> Result<Hub, HomeFault> {
    make_folder(data)?;
    write_shipped(tenant)?;
    let tenant = read_tenant(tenant)?;
    // Holds the folder's lock from here on.
    let store = SqliteStore::open(&data.join(paht_store::DATABASE_FILE), tenant.id())?;
    let key = hub_key(&data.join("keys"))?;
    let sealing = sealing_key(&data.join("keys"))?;
    let card = current_card(&data.join("card.cbor"), &tenant, &key, &sealing, &world)?;
    let epoch = store.epoch()?;
    let shelf = FolderShelf::open(&data.join(paht_store::MEDIA_FOLDER))?;
    let shelf = shelf.leaving(Reserve::of(limits.media_reserve_bytes));
    let room = shelf.room()?;
    if !room.has(1) {
        let Room { free_bytes, reserve_bytes } = room;
        tracing::warn!(free_bytes, reserve_bytes, "the disk has no room for media; words alone are taken");
    }
    Ok(Hub {
        store: Box::new(store),
        shelf,
        tenant,
        key,
        sealing,
        epoch,
        card,
        world,
        floor: Floor::new(),
        tokens: data.join("tokens.json"),
        limits,
        _alive: None,
    })
}

/// Writes those of the shipped files that are not there.
fn write_shipped(folder: &Path) -> Result<(), HomeFault> {
    make_folder(folder)?;
    for file in Tenant::shipped_files() {
        let path = folder.join(file.name);
        if !at(&path, path.try_exists())? {
            at(&path, write_whole(&path, file.text.as_bytes(), 0o644))?;
        }
    }
    Ok(())
}

fn read_tenant(folder: &Path) -> Result<Tenant, HomeFault> {
    let read = |name: &str| {
        let path = folder.join(name);
        at(&path, fs::read_to_string(&path))
    };
    Ok(Tenant::parse(&TenantFiles {
        tenant: &read("tenant.toml")?,
        categories: &read("categories.toml")?,
        agencies: &read("agencies.toml")?,
        areas: &read("areas.toml")?,
        rules: &read("rules.toml")?,
        calendar: &read("calendar.toml")?,
        services: &read("services.toml")?,
    })?)
}

/// The hub's key; made when there is none.
fn hub_key(folder: &Path) -> Result<SoftwareKey, HomeFault> {
    make_folder(folder)?;
    let path = folder.join("hub.key");
    if !at(&path, path.try_exists())? {
        // Of all 32-byte strings one in 2^32 is no key; the next draw is.
        let secret = std::iter::repeat_with(random).find(|secret| SoftwareKey::from_secret(secret).is_some());
        at(&path, write_whole(&path, &secret.unwrap_or_default(), 0o600))?;
    }
    let secret: [u8; 32] = at(&path, fs::read(&path))?.try_into().map_err(|_| HomeFault::Key)?;
    SoftwareKey::from_secret(&secret).ok_or(HomeFault::Key)
}

/// The key that opens sealed senders; made when there is none.
pub(crate) fn sealing_key(folder: &Path) -> Result<SealingKey, HomeFault> {
    let path = folder.join("sealing.key");
    if !at(&path, path.try_exists())? {
        at(&path, write_whole(&path, SealingKey::generate().to_text().as_bytes(), 0o600))?;
    }
    SealingKey::parse(&at(&path, fs::read_to_string(&path))?).ok_or(HomeFault::SealingKey)
}

/// The signed card. Its version grows whenever what it says changes: phones take only newer ones.
fn current_card(
    path: &Path,
    tenant: &Tenant,
    key: &SoftwareKey,
    sealing: &SealingKey,
    world: &World,
) -> Result<(Vec<u8>, u32), HomeFault> {
    let own = key.public_key();
    let bytes = if at(path, path.try_exists())? { at(path, fs::read(path))? } else { Vec::new() };
    let before = TenantCard::open(&bytes, &[own]).ok();
    let known = before.as_ref().and_then(|card| card.keys.iter().find(|key| key.public_key.0 == own));
    let since = known.map_or_else(|| (world.now)(), |key| key.valid_from);
    let keys = [HubKey { public_key: Blob(own.to_vec()), valid_from: since, valid_until: None }];
    let make = |version| paht_hub::card::card(tenant, version, &keys, &[sealing.recipient()]);
    let version = match &before {
        Some(card) if *card == make(card.version) => return Ok((bytes, card.version)),
        Some(card) => card.version.saturating_add(1),
        None => 1,
    };
    let Ok(signed) = make(version).seal(key);
    at(path, write_whole(path, &signed, 0o644))?;
    Ok((signed, version))
}

fn make_folder(path: &Path) -> Result<(), HomeFault> {
    at(path, fs::create_dir_all(path))
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, HomeFault> {
    result.map_err(|error| HomeFault::File(path.to_owned(), error))
}

/// Writes a file so that after a power cut either all of it is there or none: temporary name, fsync, rename, fsync of
/// the folder.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let temporary = path.with_extension("new");
    let _ = fs::remove_file(&temporary);
    let mut file = private(File::options().create_new(true).write(true), mode).open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(folder)
}

#[cfg(unix)]
fn private(options: &mut fs::OpenOptions, mode: u32) -> &mut fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(mode)
}

#[cfg(not(unix))]
fn private(options: &mut fs::OpenOptions, _mode: u32) -> &mut fs::OpenOptions {
    options
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
