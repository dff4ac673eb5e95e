//! Goal: what the IOC told is heard with a sync, once, and shown afterwards without any link.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod stub;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use paht_engine::alerts::Spot;
use paht_engine::plan::Notice;
use paht_model::alert::{Alert, Bulletin, Level, Texts};
use paht_model::ids::AlertId;
use paht_phone::{Options, Phone, Silent, Until};
use stub::{Hub, options, tenant};

fn flood(hub: &Hub) -> Alert {
    let texts = Texts::from(BTreeMap::from([("vi".to_owned(), "Lũ trên sông Bồ".to_owned())]));
    Alert {
        id: AlertId::from_bytes([1; 16]),
        level: Level::Emergency,
        title: texts.clone(),
        text: texts,
        areas: vec!["20044".parse().unwrap()],
        from: hub.now,
        until: hub.now.plus_millis(3_600_000),
        numbers: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_heard_once_is_shown_without_a_link() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let options = Options { ioc: Some(hub.serve().await), ..options() };
    let (phone, _) = Phone::open(home.path(), options.clone()).unwrap();
    let told = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&told);
    phone.observe(Box::new(move |notice| {
        count.fetch_add(usize::from(notice == Notice::Alerts), Ordering::SeqCst);
    }));
    assert!(phone.alerts(None).unwrap().is_empty());
    phone.sync(None, Until::Once, &Silent).await.unwrap();
    assert_eq!(told.load(Ordering::SeqCst), 0, "nothing was told");
    let bulletin = |version, alerts| Bulletin { tenant: tenant(), version, alerts };
    hub.kept.lock().unwrap().bulletin = Some(bulletin(7, vec![flood(&hub)]));
    for _ in 0..3 {
        phone.sync(None, Until::Once, &Silent).await.unwrap();
    }
    assert_eq!(told.load(Ordering::SeqCst), 1, "it came once");
    let spot = Spot::Area("20044".parse().unwrap());
    let heard = phone.alerts(Some(&spot)).unwrap();
    assert_eq!((heard[0].alert.clone(), heard[0].touches), (flood(&hub), Some(true)));

    drop(phone);
    let (phone, _) = Phone::open(home.path(), Options { ioc: None, ..options }).unwrap();
    assert_eq!(phone.alerts(None).unwrap().len(), 1, "kept over a restart of the program");
    hub.kept.lock().unwrap().bulletin = Some(bulletin(8, Vec::new()));
    phone.sync(None, Until::Once, &Silent).await.unwrap();
    assert!(phone.alerts(None).unwrap().is_empty(), "it was ended");
}
