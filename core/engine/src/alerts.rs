//! What the IOC tells everybody: the bulletin is taken in with a sync, and what it says is shown without any link.
//!
//! Its time is the phone's best knowledge of true time. Where that is a lower bound only (after a restart without link),
//! an alert that may still hold is shown: one too many is better than one too few.

use paht_model::alert::{Alert, Bulletin};
use paht_model::ids::{AreaCode, TenantId};
use paht_model::place::Point;
use paht_model::tenant::TenantCard;
use paht_model::time::{ClockReading, HubTimeMark, TrueTime, UnixMs, true_time};
use paht_model::wire::Blob;
use paht_model::wire::envelope::PUBLIC_KEY_BYTES;
use serde::Serialize;

use crate::plan::{Change, KeptBulletin};
use crate::ports::{EngineFault, Store};

/// Where somebody wants to know of alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// In this commune.
    Area(AreaCode),
    /// About here.
    Point(Point),
}

/// An alert that holds now, as far as the phone can know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeardAlert {
    /// The alert.
    pub alert: Alert,
    /// Whether it is for the spot asked about; absent if none was.
    pub touches: Option<bool>,
}

/// The alerts that hold now, in the order to show them. `built` is the day the program was built.
pub fn alerts(
    store: &dyn Store,
    card: Option<&TenantCard>,
    now: ClockReading,
    built: UnixMs,
    spot: Option<&Spot>,
) -> Result<Vec<HeardAlert>, EngineFault> {
    let Some(kept) = store.bulletin()? else { return Ok(Vec::new()) };
    let heard = store.link()?.heard;
    let mut held = Bulletin::of_kept(&kept.signed.0).map(|bulletin| bulletin.alerts).unwrap_or_default();
    held.retain(|alert| may_hold(alert, now, heard, built));
    held.sort_by(Alert::order);
    let shown = |alert: Alert| {
        let touches = spot.map(|spot| touches(&alert, card, spot));
        HeardAlert { alert, touches }
    };
    Ok(held.into_iter().map(shown).collect())
}

/// Only what is surely over, or surely not yet, is left out.
fn may_hold(alert: &Alert, now: ClockReading, heard: Option<HubTimeMark>, built: UnixMs) -> bool {
    match true_time(now, heard, built) {
        TrueTime::Known(at) => alert.holds_at(at),
        TrueTime::NotBefore(earliest) => earliest < alert.until && alert.from <= earliest.max(now.wall),
    }
}

/// A phone knows one point of each commune: all that may be meant by a position count. Without a card every one may.
fn touches(alert: &Alert, card: Option<&TenantCard>, spot: &Spot) -> bool {
    match (spot, card) {
        (Spot::Area(area), _) => alert.touches(area),
        (Spot::Point(_), None) => true,
        (Spot::Point(point), Some(card)) => {
            card.contains(*point) && card.areas_about(*point).any(|area| alert.touches(&area.code))
        }
    }
}

/// Keeps a bulletin that a trusted key signed for this tenant, if it is newer than the one kept.
pub(crate) fn take(
    store: &dyn Store,
    signed: Option<&Blob>,
    trusted: &[[u8; PUBLIC_KEY_BYTES]],
    tenant: &TenantId,
) -> Result<Option<Change>, EngineFault> {
    let Some(signed) = signed else { return Ok(None) };
    let Ok(Bulletin { tenant: of, version: now, .. }) = Bulletin::open(&signed.0, trusted) else {
        return Ok(None);
    };
    let newer = of == *tenant && now > version(store)?;
    let kept = || KeptBulletin { version: now, signed: signed.clone() };
    Ok(newer.then(|| Change::SetBulletin(Box::new(kept()))))
}

/// The version of the bulletin kept; 0 for none.
pub(crate) fn version(store: &dyn Store) -> Result<u32, EngineFault> {
    Ok(store.bulletin()?.map_or(0, |kept| kept.version))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::memory::MemoryStore;
    use crate::plan::{Link, Plan};
    use paht_model::alert::{Level, Texts};
    use paht_model::ids::AlertId;
    use paht_model::tenant::{Bounds, CardArea};
    use paht_model::wire::envelope::{Sign as _, SoftwareKey};

    const BUILT: UnixMs = UnixMs::from_millis(1_000);
    const HEARD: HubTimeMark = HubTimeMark { hub: UnixMs::from_millis(50_000), ticks_ms: 100, boot: 1 };

    fn key(byte: u8) -> SoftwareKey {
        SoftwareKey::from_secret(&[byte; 32]).unwrap()
    }

    fn alert(id: u8, level: Level, areas: &[&str]) -> Alert {
        let texts = Texts::from(BTreeMap::from([("vi".to_owned(), "Lũ".to_owned())]));
        Alert {
            id: AlertId::from_bytes([id; 16]),
            level,
            title: texts.clone(),
            text: texts,
            areas: areas.iter().map(|code| code.parse().unwrap()).collect(),
            from: UnixMs::from_millis(40_000),
            until: UnixMs::from_millis(60_000),
            numbers: Vec::new(),
        }
    }

    fn bulletin(version: u32, alerts: Vec<Alert>) -> Bulletin {
        Bulletin { tenant: "hue".parse().unwrap(), version, alerts }
    }

    fn knowing(alerts: Vec<Alert>) -> MemoryStore {
        let mut store = MemoryStore::default();
        let link = Link { heard: Some(HEARD), ..Link::default() };
        let Ok(signed) = bulletin(5, alerts).seal(&key(1));
        let kept = KeptBulletin { version: 5, signed: Blob(signed) };
        store
            .apply(&Plan::of(vec![Change::SetLink(Box::new(link)), Change::SetBulletin(Box::new(kept))]))
            .unwrap();
        store
    }

    fn at(wall: i64, ticks_ms: u64, boot: u64) -> ClockReading {
        ClockReading { wall: UnixMs::from_millis(wall), offset_min: 420, ticks_ms, boot }
    }

    fn shown(store: &MemoryStore, now: ClockReading) -> usize {
        alerts(store, None, now, BUILT, None).unwrap().len()
    }

    #[test]
    fn an_alert_holds_by_the_hubs_time_whatever_the_wall_says() {
        let store = knowing(vec![alert(1, Level::Warning, &[])]);
        for wall in [0, 50_000, i64::MAX] {
            assert_eq!(shown(&store, at(wall, 9_000, 1)), 1, "58.9 s after 1970");
            assert_eq!(shown(&store, at(wall, 10_100, 1)), 0, "it ends at 60 s");
        }
    }

    #[test]
    fn after_a_restart_an_alert_is_hidden_only_if_it_is_surely_over() {
        let store = knowing(vec![alert(1, Level::Warning, &[])]);
        assert_eq!(shown(&store, at(70_000, 0, 2)), 1, "the wall alone ends nothing");
        let later = Alert { from: UnixMs::from_millis(55_000), ..alert(2, Level::Warning, &[]) };
        let store = knowing(vec![later]);
        assert_eq!(
            (shown(&store, at(0, 0, 2)), shown(&store, at(56_000, 0, 2))),
            (0, 1),
            "it may have begun"
        );
        let over = Alert { until: UnixMs::from_millis(49_000), ..alert(3, Level::Warning, &[]) };
        assert_eq!(shown(&knowing(vec![over]), at(0, 0, 2)), 0);
    }

    #[test]
    fn emergencies_come_first_and_each_says_whether_it_is_for_the_spot() {
        let store = knowing(vec![alert(1, Level::Notice, &[]), alert(2, Level::Emergency, &["20044"])]);
        let now = at(0, 200, 1);
        let ask = |spot: Option<Spot>| {
            let found = alerts(&store, Some(&card()), now, BUILT, spot.as_ref()).unwrap();
            found.iter().map(|heard| (heard.alert.level, heard.touches)).collect::<Vec<_>>()
        };
        let both = |emergency, notice| vec![(Level::Emergency, emergency), (Level::Notice, notice)];
        assert_eq!(ask(None), both(None, None));
        assert_eq!(ask(Some(Spot::Area("20044".parse().unwrap()))), both(Some(true), Some(true)));
        assert_eq!(ask(Some(Spot::Area("19753".parse().unwrap()))), both(Some(false), Some(true)));
        let spot = |lat, lon| Spot::Point(Point::from_degrees(lat, lon).unwrap());
        assert_eq!(ask(Some(spot(16.30, 107.21))), both(Some(true), Some(true)));
        assert_eq!(ask(Some(spot(16.46, 107.58))), both(Some(false), Some(true)));
        assert_eq!(ask(Some(spot(16.38, 107.42))), both(Some(true), Some(true)), "between the two: told");
        assert_eq!(ask(Some(spot(10.0, 106.0))), both(Some(false), Some(false)), "another province");
    }

    fn card() -> TenantCard {
        let point = |lat, lon| Point::from_degrees(lat, lon).unwrap();
        let area = |code: &str, centre| CardArea { code: code.parse().unwrap(), name: code.into(), centre };
        TenantCard {
            tenant: "hue".parse().unwrap(),
            version: 1,
            name_vi: String::new(),
            name_en: String::new(),
            hotline: String::new(),
            keys: Vec::new(),
            sealing: Vec::new(),
            categories: Vec::new(),
            agencies: Vec::new(),
            areas: vec![area("20044", point(16.30, 107.20)), area("19753", point(16.46, 107.59))],
            bounds: Bounds { south_west: point(15.9, 106.9), north_east: point(16.8, 108.3) },
            sms: None,
        }
    }

    #[test]
    fn only_a_newer_bulletin_of_the_tenant_and_a_trusted_key_is_kept() {
        let store = knowing(Vec::new());
        let (tenant, trusted) = ("hue".parse().unwrap(), [key(1).public_key()]);
        let signed = |by: u8, bulletin: Bulletin| {
            let Ok(bytes) = bulletin.seal(&key(by));
            Blob(bytes)
        };
        let taken =
            |bytes: &Blob, trusted: &[_]| take(&store, Some(bytes), trusted, &tenant).unwrap().is_some();
        assert!(taken(&signed(1, bulletin(6, Vec::new())), &trusted));
        assert!(!taken(&signed(1, bulletin(5, Vec::new())), &trusted), "not newer");
        assert!(!taken(&signed(2, bulletin(6, Vec::new())), &trusted), "another's key");
        assert!(!taken(&signed(1, bulletin(6, Vec::new())), &[]), "a phone that trusts nobody yet");
        let foreign = Bulletin { tenant: "quang-tri".parse().unwrap(), ..bulletin(6, Vec::new()) };
        assert!(!taken(&signed(1, foreign), &trusted));
        assert!(take(&store, None, &trusted, &tenant).unwrap().is_none());
    }
}
