//! What may go over the network that there is: words and small pictures always, what is large as the person wishes.

use minicbor::{Decode, Encode};
use paht_model::ids::ReportId;
use paht_model::part::PartKind;
use serde::{Deserialize, Serialize};

use crate::outbox::OutboxEntry;
use crate::ports::{EngineFault, Store};

/// What bytes cost on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cost {
    /// Nothing: Wi-Fi, a cable.
    #[default]
    Free,
    /// By the byte: mobile data, a hotspot.
    Metered,
    /// So much that the person saves them: abroad, or with the system's data saver on.
    Scarce,
}

/// Over which networks originals and videos go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataPolicy {
    /// Over any.
    #[n(0)]
    Any,
    /// Over those that cost nothing.
    #[n(1)]
    Free,
    /// Over those that cost nothing; elsewhere the person is asked.
    #[default]
    #[n(2)]
    Ask,
}

/// What the platform says of network and battery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Means {
    /// What bytes cost now.
    pub cost: Cost,
    /// The battery is nearly empty and not being charged.
    pub low_battery: bool,
}

/// What may go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gate {
    /// Network and battery.
    pub means: Means,
    /// The person's policy.
    pub policy: DataPolicy,
    /// The person said yes to what is large, over this network.
    pub consent: bool,
}

impl Gate {
    /// Whether a piece may go. `of_report` is what the person chose for its report.
    pub fn lets(&self, kind: PartKind, of_report: Option<DataPolicy>) -> bool {
        let policy = of_report.unwrap_or(self.policy);
        // Who said "on Wi-Fi only" is not asked, and a yes to something else is none to this.
        let anywhere = policy == DataPolicy::Any || (self.consent && policy == DataPolicy::Ask);
        match kind {
            // A few dozen kB, by which an operator can act.
            PartKind::Statement | PartKind::Preview | PartKind::VoiceNote => true,
            PartKind::Rendition => anywhere || self.means.cost != Cost::Scarce,
            PartKind::Original | PartKind::Bundle | PartKind::Unknown(_) => {
                let spares_battery = self.means.low_battery && !self.consent;
                !spares_battery && (anywhere || self.means.cost == Cost::Free)
            }
        }
    }

    /// Whether an entry of the outbox may go.
    pub fn lets_entry(&self, store: &dyn Store, entry: &OutboxEntry) -> Result<bool, EngineFault> {
        // The store is asked only where its answer counts.
        let choices = [None, Some(DataPolicy::Any), Some(DataPolicy::Free)];
        let [lets, least, most] = choices.map(|choice| self.lets(entry.kind, choice));
        if lets == least && lets == most {
            return Ok(lets);
        }
        Ok(self.lets(entry.kind, chosen(store, &entry.part.report)?))
    }
}

/// What the person chose for this report; nothing for a case that its officer acts on.
fn chosen(store: &dyn Store, report: &ReportId) -> Result<Option<DataPolicy>, EngineFault> {
    Ok(store.report(report)?.and_then(|report| report.private.policy))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [PartKind; 5] = [
        PartKind::Statement,
        PartKind::Preview,
        PartKind::VoiceNote,
        PartKind::Rendition,
        PartKind::Original,
    ];

    fn gate(cost: Cost, policy: DataPolicy) -> Gate {
        Gate { means: Means { cost, low_battery: false }, policy, consent: false }
    }

    fn let_through(gate: Gate) -> usize {
        ALL.iter().filter(|kind| gate.lets(**kind, None)).count()
    }

    #[test]
    fn words_and_small_pictures_go_over_everything() {
        for cost in [Cost::Free, Cost::Metered, Cost::Scarce] {
            for policy in [DataPolicy::Any, DataPolicy::Free, DataPolicy::Ask] {
                let gate = Gate { means: Means { cost, low_battery: true }, policy, consent: false };
                assert!(ALL[..3].iter().all(|kind| gate.lets(*kind, None)), "{gate:?}");
            }
        }
    }

    #[test]
    fn originals_wait_where_they_cost_and_renditions_where_they_cost_much() {
        let seen = [Cost::Free, Cost::Metered, Cost::Scarce].map(|cost| {
            [DataPolicy::Any, DataPolicy::Free, DataPolicy::Ask].map(|p| let_through(gate(cost, p)))
        });
        assert_eq!(seen, [[5, 5, 5], [5, 4, 4], [5, 3, 3]]);
    }

    #[test]
    fn a_yes_opens_everything_and_a_low_battery_keeps_originals_without_one() {
        for cost in [Cost::Free, Cost::Metered, Cost::Scarce] {
            let mut gate = gate(cost, DataPolicy::Any);
            gate.means.low_battery = true;
            assert_eq!(let_through(gate), 4, "{cost:?}");
            gate = Gate { consent: true, policy: DataPolicy::Ask, ..gate };
            assert_eq!(let_through(gate), 5, "{cost:?}");
        }
    }

    #[test]
    fn a_yes_is_none_to_what_was_never_to_cost_anything() {
        let yes = |cost| Gate { consent: true, ..gate(cost, DataPolicy::Free) };
        assert_eq!([Cost::Free, Cost::Metered, Cost::Scarce].map(|cost| let_through(yes(cost))), [5, 4, 3]);
    }

    #[test]
    fn what_was_chosen_for_the_report_counts_before_the_policy() {
        let shut = gate(Cost::Metered, DataPolicy::Free);
        assert!(shut.lets(PartKind::Original, Some(DataPolicy::Any)));
        let open = gate(Cost::Metered, DataPolicy::Any);
        assert!(!open.lets(PartKind::Original, Some(DataPolicy::Free)));
    }
}
