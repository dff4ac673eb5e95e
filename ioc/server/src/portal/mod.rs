//! What everybody may see: a list, a page for each case, its pictures; as pages that need no scripts, and as JSON.
//! Nothing here sees a case but through `paht_hub::publish`, which leaves out what is not public.

mod answers;
mod case;
mod frame;
pub(crate) mod json;
pub(crate) mod list;
mod picture;
pub(crate) mod query;
mod shares;
mod strip;
mod timeline;
mod words;

pub(crate) use case::{case_json, case_page};
pub(crate) use frame::{fault_page, stylesheet};
pub(crate) use list::{list_json, list_page};
pub(crate) use picture::picture;
