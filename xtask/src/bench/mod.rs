//! `cargo xtask bench`: what is measured, each a ratio against a peer, a limit or an earlier commit in one run.

pub(crate) mod build;
pub(crate) mod network;
