//! Goal: a visitor without a network or an account reviews a service, and the words reach the province and its people.
//! Method: the real program as phone and IOC, in processes of their own; the hub is not there while the visitor speaks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use paht_tests::ioc::Ioc;
use paht_tests::program::said;
use serde_json::{Value, json};
use tempfile::TempDir;

fn phone(home: &str, ioc: &str, words: &[&str]) -> Vec<Value> {
    said(["phone", "--home", home, "--ioc", ioc].into_iter().chain(words.iter().copied()))
}

#[test]
fn a_review_made_without_a_network_is_counted_when_there_is_one() {
    let dir = TempDir::new().unwrap();
    let home = dir.path().join("phone");
    let home = home.to_str().unwrap();
    let ioc = Ioc::start(&dir.path().join("ioc"));
    let url = ioc.url.clone();
    let found = phone(home, &url, &["services", "thien mu"]);
    assert_eq!(found[0]["services"][0]["code"], "chua-thien-mu", "{found:?}");
    phone(home, &url, &["services"]);

    // The hub is gone; what it told is still there, nearest first, and a review is kept.
    let gone = "http://127.0.0.1:9";
    let kept = phone(home, gone, &["services", "--at", "16.3991,107.5905"]);
    assert_eq!(kept[0]["services"][0]["code"], "lang-khai-dinh", "{kept:?}");
    assert!(kept[0]["services"][0]["distance_m"].as_u64().unwrap() < 100);
    let review = [
        "--lang",
        "ko",
        "review",
        "--service",
        "lang-khai-dinh",
        "--stars",
        "4",
        "--phrase",
        "friendly",
        "long-wait",
    ];
    let made = phone(home, gone, &review);
    let id = made[0]["report"].as_str().unwrap();
    let listed = phone(home, gone, &["list"]);
    assert_eq!(listed[0]["report"]["review"]["stars"], 4, "{listed:?}");

    phone(home, &url, &["sync", "--until-done"]);
    let again = phone(home, &url, &["services", "khai dinh"]);
    let figures = json!({
        "count": 1, "mean_tenths": 40, "stars": [0, 0, 0, 1, 0], "phrases": [["friendly", 1], ["long-wait", 1]],
    });
    assert_eq!(again[0]["services"][0]["figures"], figures);
    let shown = phone(home, &url, &["show", id]);
    let code = shown[0]["report"]["case"].as_str().unwrap();
    let token = ioc.token(&["--role", "operator"]);
    let case = said(["operator", "--ioc", &url, "--token", &token, "show", code]);
    assert_eq!(case[0]["review"]["said"], json!(["Thân thiện", "Chờ lâu"]), "{case:?}");
    assert_eq!((case[0]["language"].as_str(), case[0]["category"].as_str()), (Some("ko"), Some("tourism")));
}
