//! What the IOC decides, over ports; without input or output.
//!
//! The data's way through it: a phone's signed commands come in by [`intake`] and make a case or change it; [`triage`]
//! says who should get it and whether it is urgent, from the configuration of the [`tenant`]; media follow by [`upload`],
//! each piece once a statement has declared it; [`casework`] is what operators and agencies do, held to deadlines of the
//! [`calendar`]; [`message`]s are reports by SMS, [`courier`] those that a neighbour's phone carried; [`officer`]s act for an
//! agency from their phones; [`feedback`] is the citizen's verdict on it; [`publish`] is what everybody may see;
//! [`alert`] is what everybody is told, and [`card`] what phones know of the province. What the hub asks of the world stands in [`ports`].
//!
//! Everything decides first and writes after: a refused command or action has written nothing. All of a case is folded
//! from its log, and every change of it is an entry of that log.

pub mod alert;
pub mod calendar;
pub mod card;
pub mod casework;
mod change;
pub mod courier;
pub mod feedback;
pub mod intake;
pub mod message;
pub mod officer;
pub mod ports;
pub mod publish;
mod sign;
pub mod tenant;
pub mod triage;
pub mod upload;
