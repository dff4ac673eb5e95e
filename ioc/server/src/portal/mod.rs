//! What everybody may see: a list, a page for each case, its pictures; as pages that need no scripts, and as JSON.
//! Nothing here sees a case but through `paht_hub::publish`, which leaves out what is not public.

mod alerts;
mod answers;
mod apps;
mod case;
mod colour;
mod frame;
pub(crate) mod json;
mod lines;
pub(crate) mod list;
mod nearby;
mod picture;
pub(crate) mod query;
pub(crate) mod review;
mod services;
mod shares;
mod strip;
mod timeline;
mod words;

pub(crate) use alerts::{AlertsView, alerts_json};
pub(crate) use apps::{android as apps_android, ios as apps_ios};
pub(crate) use case::{case_json, case_page};
pub(crate) use frame::{fault_page, stylesheet};
pub(crate) use list::{list_json, list_page};
pub(crate) use nearby::{areas_geojson, nearby};
pub(crate) use picture::picture;
pub(crate) use services::{service_json, service_page, services_json, services_page};
