//! What the phone decides, over [`ports`], without input or output.
//!
//! *Decide, then do.* Every verb looks at the journalled state and gives a [`plan::Plan`]; the store keeps the plan in
//! one transaction; effects (a request, an upload, a picture to shrink) start only from what is kept, through
//! [`step::next`]. So a crash between any two steps is replayed safely by asking for the next step again.
//!
//! The way of the data is the table of contents: [`capture`] makes a report of what was photographed and said,
//! [`outbox`] keeps and orders what must be sent, [`sync`] is the one round trip with the hub and [`upload`] the media
//! that follow, [`derive`] the smaller pictures, [`sms`] what a text message says without data,
//! [`courier`] what a neighbour's phone carries, [`feedback`] what the citizen says later, [`officer`] what an agency's
//! officer does to cases, [`policy`] what may go over which network, [`alerts`] what the IOC tells everybody, [`status`]
//! what is shown, and [`retention`] what may at last be erased. [`retry`] decides, for all of them, what is tried again
//! and when.

pub mod alerts;
pub mod capture;
pub mod courier;
pub mod derive;
pub mod feedback;
pub mod memory;
pub mod officer;
pub mod outbox;
pub mod plan;
pub mod policy;
pub mod ports;
pub mod retention;
pub mod retry;
pub mod sms;
pub mod status;
pub mod step;
pub mod sync;
pub mod upload;
