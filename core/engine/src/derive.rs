//! Smaller pictures: made after submit, declared by a signed command, and sent before the original they show.

use paht_model::capture::MediaType;
use paht_model::command::{Body, Derivation};
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::wire::Blob;
use paht_model::wire::sync::PartName;

use crate::capture::{Desk, sign};
use crate::feedback::park;
use crate::officer::own_entries;
use crate::outbox::{NewEntry, enqueue};
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
            let signed = sign(desk, &mut report, Body::Derive(derivation(of, picture)))?;
            let entry = NewEntry {
                part: PartName { report: report.id, hash: picture.hash },
                kind: picture.kind,
                bytes: picture.bytes,
                declared_by: Some(signed.hash),
            };
            parts.extend([NewEntry::command(&signed).part, entry.part]);
            changes.extend(enqueue(signed));
            changes.push(Change::AddEntry(entry));
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
