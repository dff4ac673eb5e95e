//! The data folder: made once, kept for ever.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use std::fs;

use paht_model::tenant::TenantCard;
use paht_server::{Limits, World, issue_token, open};
use world::Ioc;

#[tokio::test]
async fn a_second_start_finds_the_same_key_card_and_epoch() {
    let first = Ioc::new();
    let (card, health) = (first.get("/v1/card").await.body, standing(&first).await);
    let Ioc { dir, router, .. } = first;
    drop(router);
    let second = Ioc::in_folder(dir);
    assert_eq!(second.get("/v1/card").await.body, card);
    assert_eq!(standing(&second).await, health);
}

/// What `/healthz` tells but for what is free on the disk, which changes by the second.
async fn standing(ioc: &Ioc) -> serde_json::Value {
    let mut health = ioc.get("/healthz").await.json();
    assert!(health.as_object_mut().unwrap().remove("free_bytes").is_some());
    health
}

#[tokio::test]
async fn an_edited_tenant_makes_a_newer_card_and_is_not_overwritten() {
    let Ioc { dir, router, .. } = Ioc::new();
    drop(router);
    let file = dir.path().join("tenant/tenant.toml");
    let edited = fs::read_to_string(&file).unwrap().replace("19001075", "0234 3 999 999");
    fs::write(&file, edited).unwrap();
    let ioc = Ioc::in_folder(dir);
    let card = TenantCard::open(&ioc.get("/v1/card").await.body, &[]).unwrap();
    assert_eq!((card.version, card.hotline.as_str()), (2, "0234 3 999 999"));
}

#[tokio::test]
async fn one_folder_has_one_hub() {
    let ioc = Ioc::new();
    let tenant = ioc.dir.path().join("tenant");
    assert!(open(ioc.dir.path(), &tenant, Limits::default(), World::real()).is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn secrets_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let ioc = Ioc::new();
    let token = issue_token(ioc.dir.path(), "operator".parse().unwrap(), None).unwrap();
    for name in ["keys/hub.key", "tokens.json"] {
        let mode = fs::metadata(ioc.dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let kept = fs::read_to_string(ioc.dir.path().join("tokens.json")).unwrap();
    assert!(!kept.contains(&token) && token.len() > 43);
}

#[tokio::test]
async fn phones_are_told_which_apps_links_open_once_the_province_names_them() {
    let ioc = Ioc::new();
    for path in ["/.well-known/assetlinks.json", "/.well-known/apple-app-site-association"] {
        assert_eq!(ioc.get(path).await.status, 404, "{path}");
    }
    let Ioc { dir, router, .. } = ioc;
    drop(router);
    let file = dir.path().join("tenant/tenant.toml");
    let print = ["AB"; 32].join(":");
    let apps = format!(
        "\n[apps]\nios = [\"ABCDE12345.vn.paht.app\"]\n[[apps.android]]\npackage = \"vn.paht.app\"\nfingerprints = [\"{print}\"]\n"
    );
    let text = fs::read_to_string(&file).unwrap() + &apps;
    fs::write(&file, text).unwrap();
    let ioc = Ioc::in_folder(dir);
    let links = ioc.get("/.well-known/assetlinks.json").await;
    assert!(links.header("content-type").starts_with("application/json"));
    let target = &links.json()[0]["target"];
    assert_eq!(target["package_name"], "vn.paht.app");
    assert_eq!(target["sha256_cert_fingerprints"][0], print.as_str());
    let site = ioc.get("/.well-known/apple-app-site-association").await;
    assert!(site.header("content-type").starts_with("application/json"));
    assert_eq!(site.json()["applinks"]["details"][0]["components"][0]["/"], "/s/*");
}
