//! Bundles that a neighbour's phone carried here: opened when they are whole, and answered with receipts that only the phone
//! that made them can open.
//!
//! A bundle lies among the media only until everything in it has found its place.

use std::fs::{self, DirEntry, Metadata};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::extract::{Path as Address, State};
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use paht_hub::courier::{receipts, take_bundle};
use paht_hub::ports::{KeptBundle, Shelf as _};
use paht_hub::upload::part_of;
use paht_model::bundle::{Bundle, bytes_of, part};
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::limits::BUNDLE_BYTES_MAX;
use paht_model::wire::sync::PartName;

use crate::hub::Hub;
use crate::problem::Problem;
use crate::sealing::seal_to;

/// What is sealed.
const SEALED: &str = "application/age";
/// How long receipts are to be had, and pieces wait for others, in milliseconds (90 days).
const KEPT_MS: i64 = 90 * 24 * 3_600_000;
/// How long an unfinished bundle lies here after its last byte (14 days).
const UNFINISHED: Duration = Duration::from_secs(14 * 24 * 3_600);

/// Opens a bundle that is whole, takes what is in it, and gives the receipt for whoever carried it. One that cannot be opened
/// is thrown away.
pub(crate) fn settle(hub: &Hub, name: &PartName) -> Result<Vec<u8>, Problem> {
    let taken = open(hub, name).and_then(|bundle| take(hub, name, &bundle));
    if let Err(problem) = &taken
        && problem.status().is_client_error()
    {
        hub.shelf.forget(name)?;
    }
    let kept = taken?;
    take_waiting(hub)?;
    Ok(kept.receipt)
}

fn open(hub: &Hub, name: &PartName) -> Result<Bundle, Problem> {
    let unreadable = || Problem::of(Code::BundleUnreadable);
    let bytes = usize::try_from(BUNDLE_BYTES_MAX).unwrap_or(usize::MAX);
    let sealed = hub.shelf.read(name, 0, bytes)?.ok_or_else(unreadable)?;
    let plain = hub.sealing.open_bytes(&sealed, BUNDLE_BYTES_MAX).ok_or_else(unreadable)?;
    Ok(Bundle::read(&plain)?)
}

fn take(hub: &Hub, name: &PartName, bundle: &Bundle) -> Result<KeptBundle, Problem> {
    let kept = hub.decide_here(|ledger, shelf, context| take_bundle(ledger, shelf, context, name, bundle))?;
    if !kept.unpacked.waits {
        hub.shelf.forget(name)?;
    }
    Ok(kept)
}

/// Takes those again that waited, as long as that brings one of them further.
fn take_waiting(hub: &Hub) -> Result<(), Problem> {
    let mut waiting = hub.read_here(|ledger| Ok(ledger.waiting_bundles(WAITING_MAX)?))?;
    let mut moved = true;
    while moved && !waiting.is_empty() {
        let before = waiting.len();
        let mut still = Vec::new();
        for kept in waiting {
            let name = part(kept.hash, kept.bytes);
            // Its file may be gone after a restore; then it waits until it is carried again.
            let Ok(bundle) = open(hub, &name) else { continue };
            let kept = take(hub, &name, &bundle)?;
            if kept.unpacked.waits {
                still.push(kept);
            }
        }
        moved = still.len() < before;
        waiting = still;
    }
    Ok(())
}

/// `GET /v1/bundles/{hash}`: the receipts, sealed. Whoever has the file can name its hash, and learns no more than its size
/// told.
pub(crate) async fn answer(
    State(hub): State<Arc<Hub>>,
    Address(hash): Address<String>,
) -> Result<Response, Problem> {
    let hash: Sha256 = hash.parse().map_err(|_| Problem::of(Code::NotFound))?;
    let sealed = hub
        .off_thread(move |hub| {
            let kept = hub.read_here(|ledger| Ok(ledger.bundle(&hash)?))?;
            let kept = kept.ok_or_else(|| Problem::of(Code::NotFound))?;
            if kept.unpacked.waits {
                return Err(Problem::of(Code::BundleIncomplete));
            }
            let signed =
                hub.decide_here(|ledger, _, context| Ok(receipts(ledger, context, &kept.unpacked)?))?;
            let sealed = seal_to(&kept.reply_to, &signed);
            sealed.ok_or_else(|| Problem::of(Code::BundleUnreadable))
        })
        .await?;
    Ok(([(CONTENT_TYPE, SEALED)], sealed).into_response())
}

/// Throws away what lies here too long: receipts nobody came back for, pieces whose others never came, and uploads of
/// bundles that were given up. What they held is still on the phones that made them.
pub(crate) fn clear(hub: &Hub) -> Result<(), Problem> {
    let now = (hub.world.now)();
    let gone = hub.decide_here(|ledger, _, _| Ok(ledger.forget_bundles(now.plus_millis(-KEPT_MS))?))?;
    for name in gone {
        hub.shelf.forget(&name)?;
    }
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.millis()).unwrap_or(0));
    for (name, about) in unfinished(hub) {
        let age = about.modified().ok().and_then(|changed| now.duration_since(changed).ok());
        if age.is_some_and(|age| age > UNFINISHED) {
            hub.shelf.forget(&name)?;
        }
    }
    Ok(())
}

/// Whether one more bundle may begin.
pub(crate) fn may_begin(hub: &Hub, name: &PartName) -> Result<(), Problem> {
    if bytes_of(name).is_none() || hub.shelf.staged_bytes(name)? > 0 {
        return Ok(());
    }
    let held: u64 = unfinished(hub).iter().map(|(_, about)| about.len()).sum();
    if held < UNFINISHED_BYTES_MAX { Ok(()) } else { Err(Problem::of(Code::HubBusy).after(BUSY_MS)) }
}

/// Bundles of which not all bytes are here.
fn unfinished(hub: &Hub) -> Vec<(PartName, Metadata)> {
    let files = fs::read_dir(hub.shelf.staged()).into_iter().flatten().flatten();
    let bundle = |file: DirEntry| {
        let name = part_of(file.file_name().to_str()?).filter(|name| bytes_of(name).is_some())?;
        Some((name, file.metadata().ok()?))
    };
    files.filter_map(bundle).collect()
}

/// Most bytes of unfinished bundles that lie here: nobody signed for them, so they must not fill the disk.
const UNFINISHED_BYTES_MAX: u64 = 2_000_000_000;
/// Most bundles that are taken again when more has come.
const WAITING_MAX: usize = 64;

/// When to try again where too much is unfinished, in milliseconds (an hour).
const BUSY_MS: u64 = 3_600_000;
