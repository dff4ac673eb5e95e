//! The phone: engine with SQLite, photos, video, HTTP, clock and keys.
//!
//! [`Phone`] is what programs use. Behind it: [`facts`] reads a photo or video before it is taken in, [`media`] keeps it,
//! [`store`] keeps everything else, [`picture`] makes the smaller pictures, [`link`] talks to the hub; [`clock`],
//! [`entropy`], [`keys`] and [`seal`] are the rest of what the engine asks of a phone.

pub mod clock;
pub mod entropy;
pub mod facts;
pub mod keys;
pub mod link;
pub mod media;
mod phone;
pub mod picture;
pub mod seal;
pub mod store;

pub use phone::{
    ActAtHand, Answer, BUNDLE_FILE_BYTES, BUNDLE_FILE_BYTES_MIN, Carried, CaseAtHand, CasesAtHand, Deed,
    Doing, EndedBy, Fix, KeptNearby, KeptServices, Listed, Meter, NewAct, NewReport, Observer, Opened,
    Options, Phone, PhoneError, Progress, Shown, Silent, SyncOutcome, TakenIn, Until,
};
