//! What to do next, told from the journalled state alone. The shell does it and says what came of it; it keeps nothing
//! of its own that a crash could lose.

use paht_model::command::Body;
use paht_model::ids::{KeyThumbprint, TenantId};
use paht_model::tenant::TenantCard;
use paht_model::time::ClockReading;
use paht_model::wire::sync::PartName;

use crate::capture::{Desk, sign};
use crate::outbox::enqueue;
use crate::plan::{Change, Condition, Link, Plan};
use crate::policy::Gate;
use crate::ports::{EngineFault, Store};
use crate::sync::{Prepared, prepare, wants_sync};
use crate::upload::{Upload, next_upload};

/// The next thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Keep `mark`, and only then sign and send; then [`crate::sync::absorb`] or [`crate::sync::failed`].
    Sync {
        /// What to send.
        prepared: Box<Prepared>,
        /// Journals that these commands are about to leave the phone: from here on the hub may have them, whatever is
        /// heard. Empty if that is known already.
        mark: Plan,
    },
    /// Keep this, and ask again: the phone was started anew, and ticks of an earlier boot bind nobody.
    Keep(Plan),
    /// Make smaller pictures of this capture, then [`crate::derive::record`].
    Derive(PartName),
    /// Send bytes, then [`crate::upload::ended`].
    Upload(Box<Upload>),
    /// Nothing before so many milliseconds, unless the network changes or the person acts.
    Wait {
        /// How long.
        wait_ms: u64,
    },
}

/// What the shell wishes beside what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// Ask the hub for news even if the time has not come.
    pub news: bool,
    /// Ignore the wait after failures: the person said "now".
    pub at_once: bool,
    /// What may go over the network that there is.
    pub gate: Gate,
}

/// Tells the next step of a phone whose key is `own`: statements first, then pictures to shrink, then media, by rank; one
/// failing link waits, the phone's own work goes on meanwhile.
pub fn next(
    store: &dyn Store,
    tenant: &TenantId,
    own: &KeyThumbprint,
    now: ClockReading,
    wish: Wish,
) -> Result<Step, EngineFault> {
    let link = store.link()?;
    // Asked at every step, not at opening alone: a full disk may have refused it then.
    if link.waits_of != now.boot {
        return Ok(Step::Keep(opened(store, now)?));
    }
    let wait_ms = if wish.at_once { 0 } else { link.wait.left_ms(now) };
    if wait_ms > 0 {
        return Ok(underived(store)?.unwrap_or(Step::Wait { wait_ms }));
    }
    let prepared = prepare(store, &link, tenant, now)?;
    if !prepared.commands.is_empty() {
        return sync(store, own, prepared);
    }
    if let Some(step) = underived(store)? {
        return Ok(step);
    }
    let poll_in = poll_in_ms(&link, now);
    if wants_sync(&prepared) || wish.news || poll_in == 0 {
        return sync(store, own, prepared);
    }
    match next_upload(store, &[], &wish.gate)? {
        Some(upload) => Ok(Step::Upload(Box::new(upload))),
        None => Ok(Step::Wait { wait_ms: poll_in }),
    }
}

fn sync(store: &dyn Store, own: &KeyThumbprint, prepared: Prepared) -> Result<Step, EngineFault> {
    let prepared = prepared.complete(store, own)?;
    Ok(Step::Sync { mark: prepared.mark(), prepared: Box::new(prepared) })
}

fn underived(store: &dyn Store) -> Result<Option<Step>, EngineFault> {
    Ok(store.underived(1)?.first().copied().map(Step::Derive))
}

fn poll_in_ms(link: &Link, now: ClockReading) -> u64 {
    match link.heard {
        // Ticks of another boot say nothing about this one.
        Some(heard) if heard.boot == now.boot => link.poll_at_ticks.saturating_sub(now.ticks_ms),
        _ => 0,
    }
}

/// On opening, and whenever the phone was started anew: ticks of an earlier boot bind nobody.
pub fn opened(store: &dyn Store, now: ClockReading) -> Result<Plan, EngineFault> {
    let mut link = store.link()?;
    if link.waits_of == now.boot {
        return Ok(Plan::default());
    }
    link.waits_of = now.boot;
    link.wait = crate::plan::Wait { boot: now.boot, ..Default::default() };
    link.poll_at_ticks = 0;
    Ok(Plan::of(vec![Change::ClearWaits, Change::SetLink(Box::new(link))]))
}

/// The network changed, or the person said "now": every wait ends.
pub fn woken(store: &dyn Store, now: ClockReading) -> Result<Plan, EngineFault> {
    let mut link = store.link()?;
    link.wait.until_ticks = now.ticks_ms;
    link.wait.boot = now.boot;
    Ok(Plan::of(vec![Change::ClearWaits, Change::SetLink(Box::new(link))]))
}

/// Names and numbers that could not be sealed when their report was made, because no hub key was known then.
pub fn identify(desk: &Desk<'_>, store: &dyn Store, card: &TenantCard) -> Result<Plan, EngineFault> {
    let mut changes = Vec::new();
    let mut after = None;
    loop {
        let page = store.reports(after, 64)?;
        let Some(last) = page.last() else { return Ok(Plan::of(changes)) };
        after = Some(last.id);
        for mut report in page {
            let sealed = report.private.sender.as_ref().and_then(|sender| (desk.seal)(card, sender));
            let Some(sealed) = sealed.filter(|_| report.condition != Condition::Withdrawn) else { continue };
            report.private.sender = None;
            let signed = sign(desk, &mut report, Body::Identify(sealed))?;
            changes.push(Change::PutReport(report));
            changes.extend(enqueue(signed));
        }
    }
}
