//! What happens in a world: a list of actions drawn from its seed. Each carries a seed of its own, so that leaving one
//! out changes nothing about the others; that is what makes a failing world shrink.

use crate::dice::Dice;

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// Everything the action draws comes from this.
    pub seed: u64,
    /// Which phone, if it is one's.
    pub phone: usize,
    /// What.
    pub kind: Kind,
}

/// Kinds of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody photographs and reports.
    Submit,
    /// Somebody reports what the hub will refuse (the phone knows no categories yet).
    SubmitRefusable,
    /// Somebody says more about a report: edits, comments, withdraws, holds, releases, rates, reopens.
    Say,
    /// Somebody acts on a case for an agency, as its officer or as nobody's.
    Act,
    /// Somebody sends a report as text messages.
    Text,
    /// Text messages reach the hub: some of those under way, in any order.
    Deliver,
    /// Somebody gives reports to a neighbour.
    HandOver,
    /// Neighbours reach the hub: some of those under way, in any order.
    Carry,
    /// The phone runs some steps.
    Run,
    /// The process is killed at one of its next writes.
    Kill,
    /// The process starts again.
    Start,
    /// The phone is switched off and on.
    Reboot,
    /// The wall clock jumps by up to five years.
    ClockJump,
    /// The disk fills up, or has room again.
    DiskFull,
    /// The link goes or comes.
    Network,
    /// The link gets better or worse, for everybody.
    Weather,
    /// Time passes.
    Pass,
    /// Weeks pass.
    PassWeeks,
    /// Operators and agencies work.
    Operate,
    /// The hub goes down or comes back.
    HubDown,
    /// The hub is backed up.
    BackUp,
    /// The hub is restored from the last backup.
    Restore,
    /// The IOC tells everybody something, or ends it early.
    Tell,
}

/// How likely each kind is, in parts of their sum.
const WEIGHTS: &[(Kind, u64)] = &[
    (Kind::Submit, 14),
    (Kind::SubmitRefusable, 2),
    (Kind::Say, 14),
    (Kind::Act, 10),
    (Kind::Text, 6),
    (Kind::Deliver, 6),
    (Kind::HandOver, 6),
    (Kind::Carry, 6),
    (Kind::Run, 34),
    (Kind::Kill, 8),
    (Kind::Start, 8),
    (Kind::Reboot, 3),
    (Kind::ClockJump, 4),
    (Kind::DiskFull, 3),
    (Kind::Network, 6),
    (Kind::Weather, 4),
    (Kind::Pass, 8),
    (Kind::PassWeeks, 1),
    (Kind::Operate, 16),
    (Kind::HubDown, 2),
    (Kind::BackUp, 3),
    (Kind::Restore, 1),
    (Kind::Tell, 4),
];

/// The actions of a world.
pub fn draw(dice: &Dice, phones: usize) -> Vec<Action> {
    let count = 20 + dice.index(60);
    (0..count).map(|_| Action { kind: kind(dice), phone: dice.index(phones), seed: dice.seed() }).collect()
}

fn kind(dice: &Dice) -> Kind {
    let mut left = dice.below(WEIGHTS.iter().map(|(_, weight)| weight).sum());
    for (kind, weight) in WEIGHTS {
        if left < *weight {
            return *kind;
        }
        left -= weight;
    }
    Kind::Run
}
