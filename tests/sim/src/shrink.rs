//! Makes a failing world small: leaves out ever smaller runs of actions as long as the same law still breaks.

use crate::action::Action;
use crate::laws::Breach;
use crate::world::{Ground, live};

/// The smallest list of actions found that breaks the same law.
pub fn shrink(ground: &Ground, phones: usize, actions: &[Action], law: &str) -> Vec<Action> {
    let mut kept = actions.to_vec();
    let mut run = kept.len().div_ceil(2);
    while run > 0 {
        let mut at = 0;
        while at < kept.len() {
            let less: Vec<Action> =
                kept.iter().enumerate().filter(|(i, _)| *i < at || *i >= at + run).map(|(_, a)| *a).collect();
            if breaks(ground, phones, &less).is_some_and(|breach| breach.law == law) {
                kept = less;
            } else {
                at += run;
            }
        }
        run /= 2;
    }
    kept
}

fn breaks(ground: &Ground, phones: usize, actions: &[Action]) -> Option<Breach> {
    live(ground, phones, actions, false).err().map(|(breach, _)| breach)
}
