//! What the IOC tells everybody: an operator publishes an alert or ends one early, and the bulletin with all that hold or
//! will hold is made anew and signed. Phones get it with their next sync, if theirs is older.

use std::collections::BTreeSet;

use paht_model::alert::{Alert, Bulletin, CallNumber, Level, Texts};
use paht_model::fault::Code;
use paht_model::ids::{AlertId, AreaCode};
use paht_model::limits::{BULLETIN_ALERTS_MAX, BULLETIN_BYTES_MAX};
use paht_model::time::UnixMs;
use paht_model::wire::Blob;
use serde::Deserialize;

use crate::ports::{HubContext, KeptAlert, Ledger, Refusal, SignedBulletin, StoreFault};

/// An alert as an operator writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAlert {
    /// Its id, so that asking twice publishes once; the hub makes one if it is absent.
    pub id: Option<AlertId>,
    /// How much it matters.
    pub level: Level,
    /// In a few words; Vietnamese at least.
    pub title: Texts,
    /// What is the matter, and what to do; Vietnamese at least.
    pub text: Texts,
    /// The communes it is for; none: the whole province.
    #[serde(default)]
    pub areas: Vec<AreaCode>,
    /// Holds from this hub time on; `None`: now.
    pub from: Option<UnixMs>,
    /// How long it holds.
    pub lasts: Lasts,
    /// Numbers to call.
    #[serde(default)]
    pub numbers: Vec<CallNumber>,
}

/// How long an alert holds. In JSON: `{"hours": 12}` or `{"until": 1795438800000}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lasts {
    /// So many hours from its beginning, by the hub's clock.
    Hours(u32),
    /// Until before this hub time.
    Until(UnixMs),
}

impl Lasts {
    const fn until(self, from: UnixMs) -> UnixMs {
        match self {
            Self::Hours(hours) => from.plus_millis(hours as i64 * HOUR_MS),
            Self::Until(until) => until,
        }
    }
}

/// An hour, in milliseconds.
const HOUR_MS: i64 = 3_600_000;

/// Publishes an alert; the same one twice is published once.
///
/// # Errors
/// What [`Alert::check`] says, [`Code::AlertPeriod`] if it is over already, [`Code::AreaUnknown`] for what is no present
/// commune, [`Code::AlertTooMany`] if the bulletin would be over its limits, [`Code::CommandConflict`] if its id was used
/// for another.
pub fn publish(ledger: &mut dyn Ledger, hub: &HubContext<'_>, new: NewAlert) -> Result<Alert, Refusal> {
    let id = new.id.unwrap_or_else(|| fresh_id(hub));
    let known = ledger.alert(&id)?;
    let from = new.from.or(known.as_ref().map(|kept| kept.alert.from)).unwrap_or(hub.now);
    let NewAlert { level, title, text, areas, lasts, numbers, .. } = new;
    let until = lasts.until(from);
    let alert = Alert { id, level, title, text, areas: unique(areas), from, until, numbers };
    if let Some(known) = known {
        let same = known.ended.is_none() && known.alert == alert;
        return if same { Ok(alert) } else { Err(Refusal::Never(Code::CommandConflict)) };
    }
    check(hub, &alert)?;
    ledger.put_alert(&KeptAlert { alert: alert.clone(), ended: None })?;
    renew(ledger, hub)?;
    Ok(alert)
}

/// Ends an alert at once. One that is over or was ended stays as it is.
///
/// # Errors
/// [`Code::AlertUnknown`].
pub fn end(ledger: &mut dyn Ledger, hub: &HubContext<'_>, id: &AlertId) -> Result<(), Refusal> {
    let kept = ledger.alert(id)?.ok_or(Refusal::Never(Code::AlertUnknown))?;
    if kept.ended.is_some() || kept.alert.until <= hub.now {
        return Ok(());
    }
    ledger.put_alert(&KeptAlert { ended: Some(hub.now), ..kept })?;
    renew(ledger, hub)
}

/// The alerts that hold at this time, in the order to show them; `area`: only those for this commune.
pub fn holding(ledger: &dyn Ledger, now: UnixMs, area: Option<&AreaCode>) -> Result<Vec<Alert>, StoreFault> {
    let mut alerts = coming(ledger, now)?;
    alerts.retain(|alert| alert.holds_at(now) && area.is_none_or(|area| alert.touches(area)));
    Ok(alerts)
}

/// The alerts that hold or will hold, in the order to show them.
pub fn coming(ledger: &dyn Ledger, now: UnixMs) -> Result<Vec<Alert>, StoreFault> {
    let mut alerts = ledger.alerts_after(now)?;
    alerts.sort_by(Alert::order);
    Ok(alerts)
}

/// The bulletin for a phone that has this version, if there is a newer one; never for a phone that knows none.
pub(crate) fn news(ledger: &dyn Ledger, known: Option<u32>) -> Result<Option<Blob>, StoreFault> {
    let Some(known) = known else { return Ok(None) };
    let newer = ledger.bulletin()?.filter(|bulletin| bulletin.version > known);
    Ok(newer.map(|bulletin| Blob(bulletin.signed)))
}

fn check(hub: &HubContext<'_>, alert: &Alert) -> Result<(), Refusal> {
    if matches!(alert.level, Level::Unknown(_)) {
        return Err(Refusal::Never(Code::RequestMalformed));
    }
    alert.check().map_err(Refusal::Never)?;
    if alert.until <= hub.now {
        return Err(Refusal::Never(Code::AlertPeriod));
    }
    let present = |code: &AreaCode| hub.tenant.area(code).is_some_and(|area| area.valid_until.is_none());
    if alert.areas.iter().all(present) { Ok(()) } else { Err(Refusal::Never(Code::AreaUnknown)) }
}

/// Makes the bulletin anew. Its version grows also over a restore from a backup, so that phones take it.
fn renew(ledger: &mut dyn Ledger, hub: &HubContext<'_>) -> Result<(), Refusal> {
    let alerts = coming(ledger, hub.now)?;
    let before = ledger.bulletin()?.map_or(0, |bulletin| bulletin.version);
    let version = Bulletin::version_after(before, hub.now);
    let fits = alerts.len() <= BULLETIN_ALERTS_MAX;
    let Ok(signed) = Bulletin { tenant: hub.tenant.id().clone(), version, alerts }.seal(hub.key);
    if !fits || signed.len() > BULLETIN_BYTES_MAX {
        return Err(Refusal::Never(Code::AlertTooMany));
    }
    Ok(ledger.put_bulletin(&SignedBulletin { version, signed })?)
}

fn unique(areas: Vec<AreaCode>) -> Vec<AreaCode> {
    areas.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

fn fresh_id(hub: &HubContext<'_>) -> AlertId {
    let random = (hub.random)();
    let mut ten = [0; 10];
    for (to, from) in ten.iter_mut().zip(random) {
        *to = from;
    }
    AlertId::new(hub.now, ten)
}
