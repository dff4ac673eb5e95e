//! Reviews in the store: one contract over memory and SQLite.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use paht_hub::casework::Action;
use paht_model::command::Body;
use paht_model::ids::{CaseCode, ServiceCode};
use paht_model::review::{Review, Service};
use paht_model::timeline::Publication;
use paht_store::listing::ListQuery;
use world::{Phone, World, everywhere};

fn code(text: &str) -> ServiceCode {
    text.parse().unwrap()
}

/// From a phone of its own.
fn reviewed(world: &World, seed: u8, service: &str, stars: u8, text: &str) -> CaseCode {
    let phone = Phone::new(seed);
    let mut statement = phone.statement("tourism", text, &[]);
    let service = Service::Listed(code(service));
    statement.review = Some(Review { service, stars: Some(stars), phrases: Vec::new() });
    world.take(&phone.say(Body::Report(statement))).unwrap();
    world.later(1);
    world.record(&phone.report).case.code
}

#[test]
fn public_reviews_of_a_service_are_read_latest_first() {
    everywhere(|world| {
        for (seed, stars) in [(1, 5), (2, 3), (3, 4)] {
            reviewed(world, seed, "dai-noi", stars, "");
        }
        reviewed(world, 4, "ga-hue", 1, "");
        reviewed(world, 5, "dai-noi", 1, "Chờ quá lâu");
        let stars = || -> Vec<u8> {
            let found = world.store.reviews(&code("dai-noi")).unwrap();
            found.iter().filter_map(|one| one.review.stars).collect()
        };
        assert_eq!(stars(), [4, 3, 5], "words wait for an operator");
        let first = world.store.list(&ListQuery { service: Some(code("dai-noi")), ..ListQuery::default() });
        let newest = first.unwrap().items[0].code.clone();
        world.operate(&newest, Action::Publish { to: Publication::TakenDown }).unwrap();
        assert_eq!(stars(), [3, 5]);
        assert!(world.store.reviews(&code("cho-dong-ba")).unwrap().is_empty());
    });
}

#[test]
fn what_asks_nothing_of_anybody_is_listed_only_where_it_is_asked_for() {
    everywhere(|world| {
        let content = reviewed(world, 1, "dai-noi", 5, "");
        let cross = reviewed(world, 2, "dai-noi", 1, "");
        let wordy = reviewed(world, 3, "dai-noi", 5, "Đẹp");
        let listed = |idle| -> Vec<CaseCode> {
            let query = ListQuery { public_only: false, idle, ..ListQuery::default() };
            world.store.list(&query).unwrap().items.into_iter().map(|item| item.code).collect()
        };
        assert_eq!(listed(false), [wordy.clone(), cross.clone()]);
        assert_eq!(listed(true), [wordy, cross, content]);
        let dai_noi =
            ListQuery { service: Some(code("dai-noi")), public_only: false, ..ListQuery::default() };
        assert_eq!(world.store.list(&dai_noi).unwrap().items.len(), 3);
    });
}
