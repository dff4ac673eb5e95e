//! Which apps a link to this IOC may open: Android and iOS ask the host itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use paht_hub::tenant::Apps;
use paht_model::fault::Code;
use serde_json::{Value, json};

use crate::hub::Hub;
use crate::problem::Problem;

/// `GET /.well-known/assetlinks.json`; not there while the province names no Android app.
pub(crate) async fn android(State(hub): State<Arc<Hub>>) -> Result<Json<Value>, Problem> {
    let apps = hub.tenant.apps();
    if apps.android.is_empty() { Err(Problem::of(Code::NotFound)) } else { Ok(Json(asset_links(apps))) }
}

/// `GET /.well-known/apple-app-site-association`; not there while the province names no iOS app.
pub(crate) async fn ios(State(hub): State<Arc<Hub>>) -> Result<Json<Value>, Problem> {
    let apps = hub.tenant.apps();
    if apps.ios.is_empty() { Err(Problem::of(Code::NotFound)) } else { Ok(Json(site_association(apps))) }
}

fn asset_links(apps: &Apps) -> Value {
    let links = apps.android.iter().map(|app| {
        json!({
            "relation": ["delegate_permission/common.handle_all_urls"],
            "target": {
                "namespace": "android_app",
                "package_name": app.package,
                "sha256_cert_fingerprints": app.fingerprints,
            },
        })
    });
    links.collect()
}

/// The signs at services' doors, and nothing else: pages are for everybody.
fn site_association(apps: &Apps) -> Value {
    json!({ "applinks": { "details": [{ "appIDs": apps.ios, "components": [{ "/": "/s/*" }] }] } })
}
