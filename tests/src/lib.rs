//! Tests of the whole: the built program in processes of its own, as people run it.
//!
//! [`program`] finds and starts it, [`ioc`] is a running IOC, [`relay`] a link between a phone and one, [`datagrams`] another, [`folders`] looks into
//! what they keep, [`net`] measures senders over terrible networks, [`needs`] says what a test does where something it needs is missing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests only"
)]
#![allow(clippy::missing_panics_doc, reason = "tests end by panicking")]

pub mod datagrams;
pub mod folders;
pub mod ioc;
pub mod needs;
#[allow(clippy::cast_precision_loss, reason = "figures for people")]
pub mod net;
pub mod program;
pub mod relay;
