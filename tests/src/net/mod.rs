//! Terrible networks, measured: a link between two network namespaces that has a rate, a delay, losses and cuts, and what
//! senders make of it, each beside the others on the same link.
//!
//! [`weather`] says what the link is like at each moment, [`pipe`] what becomes of a packet, [`link`] makes it real;
//! [`senders`] are ours and the peers, [`case`](mod@case) runs one of them over one link, [`table`] and [`plot`] tell what came of it.
//! Linux and root only: [`link::missing`] says what is not there.

pub mod case;
pub mod clock;
pub mod link;
pub mod pipe;
pub mod plot;
pub mod senders;
pub mod table;
pub mod weather;
