//! The phone for Kotlin and Swift. The only crate that knows UniFFI: what crosses is defined here, on types that the core
//! keeps for itself, so that a new variant or field in the core fails to compile here instead of surprising an app.
//!
//! [`phone`] is the one object, its verbs in files of their own; [`ports`] is what a platform gives; [`error`] is the one
//! error; [`ids`] and the rest are what they speak of. Everything that touches a disk or a link is `async` and runs on one
//! runtime of ours, so that no caller's thread ever waits and a panic becomes [`error::PahtError::Internal`].

uniffi::setup_scaffolding!("paht");

pub mod alert;
pub mod card;
pub mod courier;
pub mod error;
pub mod ids;
pub mod media;
pub mod nearby;
pub mod officer;
pub mod phone;
pub mod policy;
pub mod ports;
pub mod progress;
pub mod queue;
pub mod report;
pub mod review;
mod run;
pub mod timeline;
pub mod words;
