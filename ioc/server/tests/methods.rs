//! What an address does not take is refused with what it takes, by a code of its own, wherever one asks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use std::collections::BTreeSet;

use axum::body::Body;
use world::Ioc;

const METHODS: [&str; 10] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"];

/// Every address of the hub, and what it takes.
const ADDRESSES: [(&str, &str); 32] = [
    ("/", "GET,HEAD"),
    ("/c/HUE-1", "GET,HEAD"),
    ("/m/HUE-1/00", "GET,HEAD"),
    ("/s", "GET,HEAD"),
    ("/s/dai-noi", "GET,HEAD"),
    ("/assets/site.css", "GET,HEAD"),
    ("/healthz", "GET,HEAD"),
    ("/.well-known/assetlinks.json", "GET,HEAD"),
    ("/.well-known/apple-app-site-association", "GET,HEAD"),
    ("/v1/sync", "POST"),
    ("/v1/officer", "POST"),
    ("/v1/card", "GET,HEAD"),
    ("/v1/bundles/00", "GET,HEAD"),
    ("/v1/messages", "POST"),
    ("/v1/files", "POST,OPTIONS"),
    ("/v1/files/x", "GET,HEAD,PATCH,POST,OPTIONS"),
    ("/v1/cases", "GET,HEAD"),
    ("/v1/cases/HUE-1", "GET,HEAD"),
    ("/v1/alerts", "GET,HEAD"),
    ("/v1/nearby", "GET,HEAD"),
    ("/v1/services", "GET,HEAD"),
    ("/v1/services/dai-noi", "GET,HEAD"),
    ("/v1/areas.geojson", "GET,HEAD"),
    ("/v1/desk/cases", "GET,HEAD"),
    ("/v1/desk/cases/HUE-1", "GET,HEAD"),
    ("/v1/desk/cases/HUE-1/actions", "POST"),
    ("/v1/desk/cases/HUE-1/evidence/00", "PUT"),
    ("/v1/desk/alerts", "GET,HEAD,POST"),
    ("/v1/desk/alerts/x", "DELETE"),
    ("/v1/desk/messages", "GET,HEAD"),
    ("/v1/desk/messages/1", "DELETE"),
    ("/v1/desk/officers", "GET,HEAD,POST"),
];

fn listed(methods: &str) -> BTreeSet<String> {
    methods.split(',').map(|method| method.trim().to_owned()).collect()
}

#[tokio::test]
async fn every_address_tells_what_it_takes_of_a_method_that_it_does_not() {
    let ioc = Ioc::new();
    for (address, takes) in ADDRESSES {
        for method in METHODS {
            let answer = ioc.call(method, address, &[], Body::empty()).await;
            if listed(takes).contains(method) {
                let unasked = method == "POST" && address == "/v1/files/x";
                assert_eq!(answer.status == 405, unasked, "{method} {address}: {}", answer.status);
            } else {
                // An answer to HEAD has no body.
                match method {
                    "HEAD" => assert_eq!(answer.status, 405, "{address}"),
                    _ => answer.is_problem(405, "request.wrong-method"),
                }
                assert_eq!(listed(answer.header("allow")), listed(takes), "{method} {address}");
            }
        }
    }
}

#[tokio::test]
async fn a_browser_reads_it_as_a_page() {
    let ioc = Ioc::new();
    let answer = ioc.call("POST", "/", &[("accept", "text/html,*/*;q=0.8")], Body::empty()).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET,HEAD"));
    assert!(
        answer.header("content-type").starts_with("text/html")
            && answer.text().contains("request.wrong-method")
    );
}

#[tokio::test]
async fn post_stands_for_a_method_or_is_none() {
    let ioc = Ioc::new();
    for method in ["", "POST", "GET", "DELETE", "patch"] {
        let named = [("tus-resumable", "1.0.0"), ("x-http-method-override", method)];
        let answer = ioc.call("POST", "/v1/files/x", &named, Body::empty()).await;
        answer.is_problem(405, "request.wrong-method");
        assert_eq!(listed(answer.header("allow")), listed("GET,HEAD,PATCH,OPTIONS"), "{method:?}");
    }
}
