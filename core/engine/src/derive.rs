//! Smaller pictures: made after submit, declared by a signed command, and sent before the original they show.

use paht_model::capture::MediaType;
use paht_model::command::{Body, Derivation};
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::part::{Delivery, DeliveryEvent, ParkReason, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::Blob;
use paht_model::wire::sync::PartName;

use crate::capture::{Desk, sign};
use crate::feedback::park;
use crate::officer::own_entries;
use crate::outbox::{Lane, NewEntry, OutboxEntry, enqueue};
use crate::plan::{Change, Condition, Derived, Plan, Report};
use crate::ports::{EngineFault, Store};

/// A picture that was made and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Preview or rendition.
    pub kind: PartKind,
    /// Its hash.
    pub hash: Sha256,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its format.
    pub media_type: MediaType,
    /// Width and height, in pixels.
    pub size: (u32, u32),
    /// Some 25 bytes to show until it arrives.
    pub thumbhash: Option<Vec<u8>>,
}

/// Queues the pictures made of a capture; those of a report that is kept back are parked with it. None made: the capture
/// is marked, and its original is sent alone.
pub fn record(
    desk: &Desk<'_>,
    store: &dyn Store,
    mut report: Report,
    of: &Sha256,
    made: &[Made],
) -> Result<Plan, EngineFault> {
    let capture = report.captures.iter_mut().find(|capture| capture.declared.hash == *of);
    let capture = capture.ok_or(Code::ReportUnknown)?;
    if capture.derived != Derived::Waiting {
        return Ok(Plan::default());
    }
    capture.derived = if made.is_empty() { Derived::Impossible } else { Derived::Done };
    let mut changes = Vec::new();
    let mut parts = Vec::new();
    if report.condition != Condition::Withdrawn {
        for picture in made {
            // What is an original of the report itself goes as that, sealed.
            if report.captures.iter().any(|capture| capture.declared.hash == picture.hash) {
                continue;
            }
            let signed = sign(desk, &mut report, Body::Derive(derivation(of, picture)))?;
            let part = PartName { report: report.id, hash: picture.hash };
            let declared_by = Some(signed.hash);
            parts.push(NewEntry::command(&signed).part);
            changes.extend(enqueue(signed));
            // Another original shows the same picture: its bytes go once, whatever became of them so far.
            if store.entry(&part)?.is_none() && !parts.contains(&part) {
                parts.push(part);
                let (kind, bytes) = (picture.kind, picture.bytes);
                changes.push(Change::AddEntry(NewEntry { part, kind, bytes, declared_by }));
            }
        }
    }
    if let Some(reason) = kept_back(store, &report)? {
        changes.extend(parts.into_iter().map(|part| park(part, reason.clone())));
    }
    changes.insert(0, Change::PutReport(report));
    Ok(Plan::of(changes))
}

/// Why nothing of the report may go now: the person holds it, or the hub refused its statement. What is made meanwhile
/// shares its lot, and is not said to be on its way.
fn kept_back(store: &dyn Store, report: &Report) -> Result<Option<ParkReason>, EngineFault> {
    if report.condition == Condition::Held {
        return Ok(Some(ParkReason::Held));
    }
    let entries = own_entries(store, &report.id)?;
    let statement = entries.into_iter().find(|entry| entry.kind == PartKind::Statement);
    Ok(match statement.map(|entry| entry.delivery) {
        Some(Delivery::Parked { reason: reason @ ParkReason::Refused(_) }) => Some(reason),
        _ => None,
    })
}

/// Lets go what an earlier program had refused because two originals show one picture: the second declaration goes again,
/// and the picture itself behind the first. Asked at every opening; there is nothing to do but after an update.
pub fn untangled(store: &dyn Store) -> Result<Plan, EngineFault> {
    let mut changes = Vec::new();
    let mut after = None;
    loop {
        let page = store.waiting(Lane::Commands, after, 64)?;
        let Some(last) = page.last() else { return Ok(Plan::of(changes)) };
        after = Some(last.rank);
        for entry in page.iter().filter(|entry| entry.delivery == CONFLICTED) {
            let Some(twin) = twin(store, entry)? else { continue };
            changes.extend(entry.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) }));
            let part = PartName { report: entry.part.report, hash: twin.picture };
            let picture = store.entry(&part)?.filter(|picture| picture.delivery == CONFLICTED);
            if let Some(OutboxEntry { kind, bytes, .. }) = picture {
                let declared_by = Some(twin.declared_by);
                changes.push(Change::DropEntry(part));
                changes.push(Change::AddEntry(NewEntry { part, kind, bytes, declared_by }));
            }
        }
    }
}

/// Refused because its hash was declared already.
const CONFLICTED: Delivery = Delivery::Parked { reason: ParkReason::Refused(Code::CommandConflict) };

/// What another command of a report declares too.
pub(crate) struct Twin {
    /// The picture.
    picture: Sha256,
    /// The other command.
    declared_by: Sha256,
}

/// The other command that declares the picture which this one declares, if that one was not refused.
pub(crate) fn twin(store: &dyn Store, entry: &OutboxEntry) -> Result<Option<Twin>, EngineFault> {
    let picture = |entry: &OutboxEntry| -> Result<Option<Sha256>, EngineFault> {
        let body = store.command(&entry.part)?.map(|signed| signed.command.body);
        Ok(match body {
            Some(Body::Derive(derivation)) => Some(derivation.hash),
            _ => None,
        })
    };
    let Some(own) = picture(entry)? else { return Ok(None) };
    for other in own_entries(store, &entry.part.report)? {
        let is_other = other.kind == PartKind::Statement && other.part != entry.part;
        let is_refused = matches!(other.delivery, Delivery::Parked { reason: ParkReason::Refused(_) });
        if is_other && !is_refused && picture(&other)? == Some(own) {
            return Ok(Some(Twin { picture: own, declared_by: other.part.hash }));
        }
    }
    Ok(None)
}

fn derivation(of: &Sha256, picture: &Made) -> Derivation {
    Derivation {
        of: *of,
        kind: picture.kind,
        hash: picture.hash,
        bytes: picture.bytes,
        media_type: picture.media_type,
        width: picture.size.0,
        height: picture.size.1,
        thumbhash: picture.thumbhash.clone().map(Blob),
    }
}
