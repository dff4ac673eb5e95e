//! Goal: what is large goes over no network that the person did not mean it for, what is small over every one, and what
//! was sent is counted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod stub;

use std::path::Path;
use std::time::Duration;

use paht_engine::policy::{Cost, DataPolicy, Means};
use paht_phone::{EndedBy, Options, Phone, Silent, Until};
use stub::{Hub, UploadMood, new_report, options, photo};

const METERED: Means = Means { cost: Cost::Metered, low_battery: false };

async fn open(home: &Path, hub: &Hub) -> Phone {
    let options = Options { ioc: Some(hub.serve().await), stall_ms: 30_000, ..options() };
    Phone::open(&home.join("phone"), options).unwrap().0
}

/// How many parts have arrived whole.
fn arrived(hub: &Hub) -> usize {
    hub.kept.lock().unwrap().arrived.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_original_waits_for_a_network_that_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(home.path(), &hub).await;
    let source = photo(home.path(), 1);
    phone.report(new_report(vec![source.clone()])).unwrap();
    phone.tell_means(METERED);
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert_eq!((outcome.ended_by, outcome.all_sent), (EndedBy::Waiting, false));
    let bytes = std::fs::metadata(source).unwrap().len();
    assert_eq!((outcome.standing.kept_back, outcome.standing.kept_back_bytes), (1, bytes));
    assert_eq!(outcome.standing.waiting_bytes, bytes, "nothing else waits");
    assert_eq!(arrived(&hub), 2, "preview and rendition");
    phone.tell_means(Means::default());
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert!(outcome.all_sent && outcome.standing.kept_back == 0, "{outcome:?}");
    assert_eq!(arrived(&hub), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_yes_holds_until_the_network_is_another_one() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(home.path(), &hub).await;
    phone.tell_means(METERED);
    phone.consent();
    phone.report(new_report(vec![photo(home.path(), 1)])).unwrap();
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    // Told the same once more, nothing is new.
    phone.tell_means(METERED);
    phone.report(new_report(vec![photo(home.path(), 2)])).unwrap();
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    phone.tell_means(Means { cost: Cost::Scarce, low_battery: false });
    phone.report(new_report(vec![photo(home.path(), 3)])).unwrap();
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert_eq!(outcome.standing.kept_back, 2, "where it costs much, the rendition waits too");
    assert_eq!(arrived(&hub), 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_policy_is_kept_and_one_report_may_have_its_own() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(home.path(), &hub).await;
    assert_eq!(phone.data_policy(), DataPolicy::Ask);
    phone.set_data_policy(DataPolicy::Free).unwrap();
    let urgent = phone.report(new_report(vec![photo(home.path(), 1)])).unwrap();
    phone.report(new_report(vec![photo(home.path(), 2)])).unwrap();
    phone.set_report_policy(&urgent, Some(DataPolicy::Any)).unwrap();
    drop(phone);
    let phone = open(home.path(), &hub).await;
    assert_eq!(phone.data_policy(), DataPolicy::Free);
    phone.tell_means(METERED);
    let outcome = phone.sync(None, Until::Done, &Silent).await.unwrap();
    assert_eq!(outcome.standing.kept_back, 1);
    assert_eq!(arrived(&hub), 5, "two of each, and the urgent one's original");
    let original = phone.show(&urgent).unwrap().report.captures[0].declared.hash;
    assert!(hub.kept.lock().unwrap().arrived.iter().any(|part| part.hash == original));
}

/// Method: the hub reads 1,000 bytes of the original and waits for more; the transfer would never end by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_that_may_no_longer_go_gives_way_at_once_and_goes_on_later() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let options = Options { ioc: Some(hub.serve().await), stall_ms: 60_000, ..options() };
    let phone = Phone::open(&home.path().join("phone"), options).unwrap().0;
    phone.report(new_report(vec![photo(home.path(), 1)])).unwrap();
    phone.tell_means(METERED);
    phone.sync(None, Until::Done, &Silent).await.unwrap();
    phone.tell_means(Means::default());
    hub.kept.lock().unwrap().upload_moods.push_back(UploadMood::Stalls(1_000));
    let wifi_ends = async {
        while !hub.kept.lock().unwrap().files.values().any(|bytes| bytes.len() == 1_000) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        phone.tell_means(METERED);
    };
    let (outcome, ()) = tokio::join!(phone.sync(Some(30_000), Until::Done, &Silent), wifi_ends);
    let outcome = outcome.unwrap();
    assert_eq!((outcome.ended_by, outcome.standing.kept_back), (EndedBy::Waiting, 1), "{outcome:?}");
    phone.tell_means(Means::default());
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    assert_eq!(phone.meter().saved_bytes, 1_000, "they were there already");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_meter_counts_what_was_sent_and_what_resuming_spared() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let phone = open(home.path(), &hub).await;
    let source = photo(home.path(), 1);
    phone.report(new_report(vec![source])).unwrap();
    hub.kept.lock().unwrap().upload_moods.push_back(UploadMood::Pauses(700));
    assert!(phone.sync(None, Until::Done, &Silent).await.unwrap().all_sent);
    let media: usize = hub.kept.lock().unwrap().files.values().map(Vec::len).sum();
    let meter = phone.meter();
    // Commands, and what of the preview was handed over before it was interrupted.
    let beside = meter.sent_bytes - media as u64;
    assert!((200..16_000).contains(&beside), "{meter:?}, media {media}");
    assert_eq!(meter.saved_bytes, 700);
    drop(phone);
    assert_eq!(open(home.path(), &hub).await.meter(), meter, "it outlives the program");
}
