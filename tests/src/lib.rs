//! Tests of the whole: the built program in processes of its own, as people run it.
//!
//! [`program`] finds and starts it, [`ioc`] is a running IOC, [`needs`] says what a test does where something it needs
//! is missing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests only"
)]
#![allow(clippy::missing_panics_doc, reason = "tests end by panicking")]

pub mod ioc;
pub mod needs;
pub mod program;
