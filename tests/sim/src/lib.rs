//! Phones and hub together in a seeded world with simulated clock, disk and network.
//!
//! [`world`] draws what happens from a seed ([`action`], [`dice`]) and lets it happen to [`phone`]s, the [`hub`] and the
//! [`link`] between them (and neighbours who carry their bundles), on a [`disk`] that can be cut off at any write. [`laws`] are the design's laws as checks.
//! A world that breaks one is made small by [`shrink`] and drawn by [`trace`].

pub mod action;
mod courier;
pub mod dice;
pub mod disk;
pub mod hub;
pub mod laws;
pub mod link;
pub mod phone;
pub mod shrink;
pub mod trace;
pub mod world;
