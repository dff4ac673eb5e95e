//! Goal: what is near is asked over the link, says clearly when there is none, and is kept by square with its age.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod stub;

use paht_model::fault::Code;
use paht_model::place::Point;
use paht_phone::{Options, Phone, PhoneError, Silent, Until};
use stub::{Hub, SetClock, options};

fn near(lat: f64) -> Point {
    Point::from_degrees(lat, 107.595).unwrap()
}

fn code(result: Result<impl std::fmt::Debug, PhoneError>) -> Code {
    result.unwrap_err().code()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_near_is_shown_later_without_a_link_and_with_its_age() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let clock = SetClock::at(0);
    let options = Options { ioc: Some(hub.serve().await), clock: clock.clone(), ..options() };
    let (phone, _) = Phone::open(home.path(), options.clone()).unwrap();
    phone.sync(None, Until::Once, &Silent).await.unwrap();
    let here = near(16.465);
    assert!(phone.nearby_kept(here).unwrap().is_none());
    let fresh = phone.nearby(here, 800).await.unwrap();
    assert_eq!((fresh.radius_m, fresh.cases[0].code.as_str()), (800, "HUE-7K3M-Q2X"));
    drop(phone);

    // The same boot, another run of the program, the hub gone.
    let gone = Options { ioc: Some("http://127.0.0.1:9".into()), ..options };
    let (phone, _) = Phone::open(home.path(), gone).unwrap();
    clock.0.lock().unwrap().ticks_ms += 90_000;
    assert_eq!(code(phone.nearby(here, 800).await), Code::LinkDown);
    let kept = phone.nearby_kept(near(16.468)).unwrap().expect("the same square");
    assert_eq!((kept.nearby, kept.age_ms), (fresh, 90_000));
    assert!(phone.nearby_kept(near(16.475)).unwrap().is_none(), "another square");
    clock.0.lock().unwrap().ticks_ms += 7 * 24 * 3_600_000;
    assert!(phone.nearby_kept(here).unwrap().is_none(), "it may have been taken down since");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_latest_twenty_squares_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::new();
    let (phone, _) = Phone::open(home.path(), Options { ioc: Some(hub.serve().await), ..options() }).unwrap();
    let squares: Vec<Point> = (0..21).map(|n| near(16.005 + 0.01 * f64::from(n))).collect();
    for square in &squares[..20] {
        phone.nearby(*square, 500).await.unwrap();
    }
    // Asked again, the first is one of the latest.
    phone.nearby(squares[0], 500).await.unwrap();
    phone.nearby(squares[20], 500).await.unwrap();
    let kept: Vec<bool> = squares.iter().map(|at| phone.nearby_kept(*at).unwrap().is_some()).collect();
    let expected: Vec<bool> = (0..21).map(|n| n != 1).collect();
    assert_eq!(kept, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_ioc_or_a_point_it_says_so() {
    let home = tempfile::tempdir().unwrap();
    let (phone, _) = Phone::open(home.path(), options()).unwrap();
    assert_eq!(code(phone.nearby(near(16.465), 500).await), Code::LinkDown);
    let nowhere = Point { lat_e7: 0, lon_e7: 0 };
    assert_eq!(code(phone.nearby(nowhere, 500).await), Code::PlaceUnknown);
}
