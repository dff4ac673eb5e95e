//! Words and laws of PAHT, shared by phone and hub. Nothing here reads a clock, a file or a network.
//!
//! The story of the data, as types: a [`capture`] holds the facts of one photo or video; a [`command`] is what a phone
//! signs and sends, the first of them the [`statement`] that makes a report, with a [`review`] where it is about a service
//! (what an agency's [`officer`] says is a command, too); a [`part`] is one deliverable piece and
//! where its delivery stands (or is carried by a neighbour, in a [`bundle`]); a [`receipt`] is the hub's signed word that it holds a part; a [`case`] is the hub's
//! record with its assignments; a [`tenant`] is the province both agree on, and an [`alert`] what its IOC tells
//! everybody. [`wire`] holds the bytes all of it travels
//! in, [`text`] what people write, [`words`] what people read, and [`fault`] the stable codes of everything that can be refused.

pub mod alert;
pub mod bundle;
pub mod capture;
pub mod case;
pub mod command;
pub mod fault;
pub mod grid;
pub mod ids;
pub mod limits;
pub mod nearby;
pub mod officer;
pub mod part;
pub mod place;
pub mod public;
pub mod receipt;
pub mod review;
pub mod services;
pub mod sms;
pub mod statement;
pub mod tenant;
pub mod text;
pub mod time;
pub mod timeline;
pub mod wire;
pub mod words;
