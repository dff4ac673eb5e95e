//! What may at last be erased from the phone: originals whose verified receipt is older than the time they are kept,
//! and only while true time is known, since a wrong clock must not erase anything.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use paht_model::ids::ReportId;
use paht_model::limits::ORIGINAL_KEPT_MS;
use paht_model::time::{ClockReading, TrueTime, UnixMs, true_time};
use paht_model::wire::sync::PartName;

use crate::plan::{Change, KeptAct, Link, Plan, Report};
use crate::ports::{EngineFault, Store};

/// The next originals to erase, at most `limit`: journal the plan first, then erase the files.
pub fn erase(
    store: &dyn Store,
    link: &Link,
    now: ClockReading,
    limit: usize,
) -> Result<(Plan, Vec<PartName>), EngineFault> {
    let TrueTime::Known(at) = true_time(now, link.heard, UnixMs::from_millis(0)) else {
        return Ok((Plan::default(), Vec::new()));
    };
    let parts = store.erasable(at.plus_millis(-ORIGINAL_KEPT_MS), limit)?;
    let mut reports: BTreeMap<ReportId, Report> = BTreeMap::new();
    let mut acts: BTreeMap<PartName, KeptAct> = BTreeMap::new();
    for part in &parts {
        for act in store.acts_of(&part.report)? {
            let act = acts.entry(act.part).or_insert(act);
            let gone = act.pieces.iter_mut().filter(|piece| piece.hash == part.hash);
            gone.for_each(|piece| piece.erased = true);
        }
        let report = match reports.entry(part.report) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => match store.report(&part.report)? {
                Some(report) => new.insert(report),
                None => continue,
            },
        };
        for capture in report.captures.iter_mut().filter(|capture| capture.declared.hash == part.hash) {
            capture.erased = true;
        }
    }
    let mut changes: Vec<Change> = reports.into_values().map(Change::PutReport).collect();
    changes.extend(acts.into_values().map(Change::PutAct));
    Ok((Plan::of(changes), parts))
}
