//! Alerts of the IOC: over both stores, what is published holds for its time, is heard by every phone once, and ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use std::collections::BTreeMap;

use paht_hub::alert::{self, Lasts, NewAlert};
use paht_hub::ports::{KeptAlert, Refusal, SignedBulletin};
use paht_model::alert::{Alert, Bulletin, Level, Texts};
use paht_model::fault::Code;
use paht_model::ids::{AlertId, Epoch};
use paht_model::time::UnixMs;
use paht_model::wire::envelope::Sign as _;
use paht_store::backup::{backup, restore};
use paht_store::run;
use world::{DAY_MS, Phone, START, World, everywhere, request};

const HOUR_MS: i64 = 3_600_000;

fn texts(words: &str) -> Texts {
    Texts::from(BTreeMap::from([("vi".to_owned(), words.to_owned())]))
}

fn flood(id: u8) -> NewAlert {
    NewAlert {
        id: Some(AlertId::from_bytes([id; 16])),
        level: Level::Emergency,
        title: texts("Lũ trên sông Bồ"),
        text: texts("Lên chỗ cao ngay."),
        areas: Vec::new(),
        from: None,
        lasts: Lasts::Hours(24),
        numbers: Vec::new(),
    }
}

fn publish(world: &World, new: NewAlert) -> Result<Alert, Code> {
    world.decide(|ledger, hub| alert::publish(ledger, hub, new))
}

fn end(world: &World, id: u8) -> Result<(), Code> {
    world.decide(|ledger, hub| alert::end(ledger, hub, &AlertId::from_bytes([id; 16])))
}

fn holding(world: &World, area: Option<&str>) -> Vec<AlertId> {
    let area = area.map(|code| code.parse().unwrap());
    let alerts = world.see(|ledger| alert::holding(ledger, world.now.get(), area.as_ref()).unwrap());
    alerts.into_iter().map(|alert| alert.id).collect()
}

/// What a phone gets that has this version.
fn news(world: &World, known: Option<u32>) -> Option<Bulletin> {
    let mut request = request();
    request.bulletin_version = known;
    let reply = world.sync(&Phone::new(1).thumbprint(), request).unwrap();
    reply.bulletin.map(|bytes| Bulletin::open(&bytes.0, &[world.key.public_key()]).unwrap())
}

#[test]
fn an_alert_reads_back_as_it_was_written_and_a_failed_transaction_leaves_none() {
    everywhere(|world| {
        let alert = publish(world, flood(1)).unwrap();
        let (ended, bulletin) = (Some(START), SignedBulletin { version: u32::MAX, signed: vec![1, 2] });
        let failed = run(world.store.as_ref(), |ledger| {
            ledger.put_alert(&KeptAlert { alert: alert.clone(), ended })?;
            ledger.put_bulletin(&bulletin)?;
            assert_eq!(ledger.alert(&alert.id)?.unwrap().ended, ended);
            assert!(ledger.alerts_after(START)?.is_empty());
            Err::<(), _>(Refusal::Never(Code::CaseState))
        });
        assert!(failed.is_err());
        world.see(|ledger| {
            assert_eq!(
                ledger.alert(&alert.id).unwrap(),
                Some(KeptAlert { alert: alert.clone(), ended: None })
            );
            assert_eq!(ledger.alert(&AlertId::from_bytes([9; 16])).unwrap(), None);
            assert_eq!(ledger.alerts_after(START).unwrap(), std::slice::from_ref(&alert));
            assert!(ledger.alerts_after(alert.until).unwrap().is_empty(), "it is over by then");
        });
        run(world.store.as_ref(), |ledger| Ok(ledger.put_bulletin(&bulletin)?)).unwrap();
        assert_eq!(world.see(|ledger| ledger.bulletin().unwrap()), Some(bulletin));
    });
}

#[test]
fn a_phone_hears_of_an_alert_once_and_one_that_knows_no_bulletins_never() {
    everywhere(|world| {
        assert_eq!(news(world, Some(0)), None, "nothing was ever told");
        let alert = publish(world, flood(1)).unwrap();
        let first = news(world, Some(0)).unwrap();
        assert_eq!(first.alerts, [alert]);
        assert_eq!(news(world, Some(first.version)), None, "an idle sync stays small");
        assert_eq!(news(world, None), None, "an older phone would not know what to do with it");
        end(world, 1).unwrap();
        let second = news(world, Some(first.version)).unwrap();
        assert!(second.version > first.version && second.alerts.is_empty());
    });
}

#[test]
fn an_alert_holds_for_its_time_and_its_communes_and_can_be_ended() {
    everywhere(|world| {
        let areas = vec!["20044".parse().unwrap()];
        publish(world, NewAlert { areas, level: Level::Notice, ..flood(1) }).unwrap();
        let from = Some(START.plus_millis(HOUR_MS));
        publish(world, NewAlert { from, ..flood(2) }).unwrap();
        let [one, two] = [1, 2].map(|id| AlertId::from_bytes([id; 16]));
        assert_eq!(holding(world, None), [one], "the second has not begun");
        world.later(HOUR_MS);
        assert_eq!(holding(world, None), [two, one], "the emergency first");
        assert_eq!(holding(world, Some("20044")), [two, one]);
        assert_eq!(holding(world, Some("19753")), [two]);
        end(world, 2).unwrap();
        end(world, 2).unwrap();
        assert_eq!(holding(world, None), [one]);
        world.later(DAY_MS);
        assert!(holding(world, None).is_empty());
        let version = news(world, Some(0)).unwrap().version;
        end(world, 1).unwrap();
        assert_eq!(
            news(world, Some(version)),
            None,
            "what is over is not ended, so nobody needs to hear of it"
        );
        assert_eq!(end(world, 3), Err(Code::AlertUnknown));
    });
}

#[test]
fn asking_twice_publishes_once_and_an_id_is_used_once() {
    everywhere(|world| {
        let first = publish(world, flood(1)).unwrap();
        let version = news(world, Some(0)).unwrap().version;
        world.later(5_000);
        assert_eq!(publish(world, flood(1)).unwrap(), first);
        assert_eq!(news(world, Some(version)), None);
        let other = NewAlert { title: texts("Khác"), ..flood(1) };
        assert_eq!(publish(world, other), Err(Code::CommandConflict));
        end(world, 1).unwrap();
        assert_eq!(publish(world, flood(1)), Err(Code::CommandConflict), "it does not come back");
    });
}

#[test]
fn an_alert_that_breaks_a_bound_is_refused_and_changes_nothing() {
    let world = World::in_memory();
    let refused = |new: NewAlert| publish(&world, new).unwrap_err();
    let over = NewAlert { from: Some(START.plus_millis(-2_000)), lasts: Lasts::Until(START), ..flood(1) };
    assert_eq!(refused(over), Code::AlertPeriod);
    let areas = vec!["99999".parse().unwrap()];
    assert_eq!(refused(NewAlert { areas, ..flood(1) }), Code::AreaUnknown);
    assert_eq!(refused(NewAlert { level: Level::Unknown(9), ..flood(1) }), Code::RequestMalformed);
    assert_eq!(refused(NewAlert { title: texts(" "), ..flood(1) }), Code::TextMissing);
    assert_eq!(news(&world, Some(0)), None);
    for id in 1..=16 {
        publish(&world, flood(id)).unwrap();
    }
    assert_eq!(refused(flood(17)), Code::AlertTooMany);
    assert_eq!(holding(&world, None).len(), 16);
    end(&world, 3).unwrap();
    publish(&world, flood(17)).unwrap();
}

/// Method: the longest alerts there can be, until the bulletin is full.
#[test]
fn a_bulletin_is_never_more_than_a_thin_link_can_carry() {
    let world = World::in_memory();
    let long = |id| {
        let texts = |chars: usize| {
            let tags = ["en", "fr", "ja", "ko", "lo", "th", "vi", "zh-Hans"];
            Texts::from(
                tags.map(|tag| (tag.to_owned(), "ệ".repeat(chars))).into_iter().collect::<BTreeMap<_, _>>(),
            )
        };
        NewAlert { title: texts(120), text: texts(1_000), ..flood(id) }
    };
    let taken = (1..=16).take_while(|id| publish(&world, long(*id)).is_ok()).count();
    assert_eq!(taken, 2);
    let signed = world.see(|ledger| ledger.bulletin().unwrap()).unwrap().signed;
    assert!(signed.len() <= 64_000, "{}", signed.len());
}

#[test]
fn a_backup_holds_the_alerts_and_a_restored_hub_is_still_heard() {
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, back] = ["data", "copy", "back"].map(|name| folder.path().join(name));
    let world = World::on_disk(&data);
    let kept = publish(&world, flood(1)).unwrap();
    backup(&data, &copy).unwrap();
    world.later(5_000);
    publish(&world, flood(2)).unwrap();
    let lost = news(&world, Some(0)).unwrap();
    drop(world);
    restore(&copy, &back, [9; 8]).unwrap();
    let world = World::on_disk(&back);
    world.epoch.set(Epoch::from_bytes([9; 8]));
    assert_eq!(world.see(|ledger| ledger.alerts_after(START).unwrap()), [kept]);
    assert_eq!(news(&world, Some(lost.version)), None, "what a phone has is newer");
    world.now.set(UnixMs::from_millis(START.millis() + 60_000));
    publish(&world, flood(3)).unwrap();
    assert_eq!(news(&world, Some(lost.version)).unwrap().alerts.len(), 2, "and now the hub's is");
}
