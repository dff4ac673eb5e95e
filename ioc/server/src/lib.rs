//! The IOC on the wire: phone API, tus, public portal, operators.
//!
//! A request comes in by [`listen`], over HTTP or [`quic`], is given an id and a line in the log ([`trace`]), and meets one of eight rooms:
//! [`sync`] (a phone's one round trip), [`tus`] (media, resumable at the byte), [`portal`] (what everybody may see),
//! [`desk`] (operators and agencies), [`officer`] (what an agency's phones see), [`gateway`] (text messages, which [`smpp`] fetches too),
//! [`courier`] (what neighbours carry) and [`health`]. All of them decide through `paht_hub` in one transaction
//! ([`hub`]), and every refusal leaves as one kind of document ([`problem`]).

mod courier;
mod desk;
mod gateway;
mod health;
mod home;
mod hub;
mod letters;
mod listen;
mod officer;
mod options;
mod portal;
mod posted;
mod problem;
mod quic;
mod routes;
mod sealing;
mod settle;
mod smpp;
mod sync;
mod trace;
mod tus;
mod upkeep;
mod world;

pub use desk::token::{Role, TokenFault, issue_token};
pub use gateway::sms_key;
pub use home::{HomeFault, open};
pub use hub::Hub;
pub use listen::{ServeError, Served, serve};
pub use options::{BadConfig, Limits, ServeOptions, TlsFiles};
pub use routes::router;
pub use smpp::SmppSettings;
pub use trace::panics_without_words;
pub use world::World;
