//! A part is one deliverable piece of a report; its delivery is a state machine that consumes itself.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::fault::Code;
use crate::time::UnixMs;
use crate::wire::Blob;

/// Which piece of a report a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A signed command; the first of a report is its statement.
    Statement,
    /// A picture of some 10 kB.
    Preview,
    /// A spoken note.
    VoiceNote,
    /// A picture good enough to judge by.
    Rendition,
    /// The file as the camera wrote it.
    Original,
    /// Somebody else's reports, sealed, that this phone carries.
    Bundle,
    /// Something a newer program sends.
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(PartKind { 1 => Statement, 2 => Preview, 3 => VoiceNote, 4 => Rendition, 5 => Original, 6 => Bundle });

impl PartKind {
    /// The order of sending: lower goes first, whatever report it belongs to.
    pub const fn urgency(self) -> u8 {
        match self {
            Self::Statement => 0,
            Self::Preview | Self::VoiceNote => 1,
            Self::Rendition => 2,
            Self::Original | Self::Unknown(_) => 3,
            // Its own first.
            Self::Bundle => 4,
        }
    }
}

/// Why a part needs a person.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "code")]
pub enum ParkReason {
    /// The hub refused it for good, with this code.
    #[n(0)]
    Refused(#[n(0)] Code),
    /// Its file is gone from the phone or no longer has its hash.
    #[n(1)]
    FileLost,
    /// The person asked to hold it.
    #[n(2)]
    Held,
}

/// Where a part's delivery stands.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Delivery {
    /// Waiting for its turn.
    #[n(0)]
    Queued {
        /// Not tried before this time of the phone's steady clock.
        #[n(0)]
        not_before: UnixMs,
    },
    /// The hub holds some of its bytes.
    #[n(1)]
    Uploading {
        /// The hub's name for the transfer.
        #[n(0)]
        session: String,
        /// Bytes the hub is known to hold.
        #[n(1)]
        offset_bytes: u64,
    },
    /// The hub holds all of it and has signed for it.
    #[n(2)]
    Delivered {
        /// The receipt, byte for byte.
        #[n(0)]
        receipt: Blob,
    },
    /// Needs a person.
    #[n(3)]
    Parked {
        /// Why.
        #[n(0)]
        reason: ParkReason,
    },
}

/// What can happen to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryEvent {
    /// The hub told how many bytes it holds.
    Progressed {
        /// The hub's name for the transfer.
        session: String,
        /// Bytes it holds.
        offset_bytes: u64,
    },
    /// An attempt failed; try again not before this time.
    Failed {
        /// When next.
        not_before: UnixMs,
    },
    /// A verified receipt for this part's hash arrived.
    Acknowledged {
        /// The receipt, byte for byte.
        receipt: Blob,
    },
    /// Nothing will change without a person.
    Stopped {
        /// Why.
        reason: ParkReason,
    },
    /// A person, or a hub that lost it, wants it sent (again).
    Requeued {
        /// When first.
        not_before: UnixMs,
    },
}

/// An event that does not fit the state it met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a delivery that is {state} cannot be {event}")]
pub struct IllegalDelivery {
    /// The state's name.
    pub state: &'static str,
    /// The event's name.
    pub event: &'static str,
}

impl Delivery {
    /// The next state. A delivered part leaves its state only by [`DeliveryEvent::Requeued`]; an acknowledgement is
    /// welcome in every state, since it may come late or by another carrier.
    pub fn on(self, event: DeliveryEvent) -> Result<Self, IllegalDelivery> {
        use DeliveryEvent as E;
        let illegal = |state, event| Err(IllegalDelivery { state, event });
        match (self, event) {
            (Self::Delivered { receipt }, E::Acknowledged { .. }) | (_, E::Acknowledged { receipt }) => {
                Ok(Self::Delivered { receipt })
            }
            (Self::Delivered { .. }, E::Progressed { .. }) => illegal("delivered", "progressed"),
            (Self::Delivered { .. }, E::Failed { .. }) => illegal("delivered", "failed"),
            (Self::Delivered { .. }, E::Stopped { .. }) => illegal("delivered", "stopped"),
            (Self::Parked { .. }, E::Progressed { .. }) => illegal("parked", "progressed"),
            (Self::Parked { .. }, E::Failed { .. }) => illegal("parked", "failed"),
            (_, E::Progressed { session, offset_bytes }) => Ok(Self::Uploading { session, offset_bytes }),
            // After a failure the hub keeps the bytes it has and the next sync tells the offset: nothing is forgotten.
            (_, E::Requeued { not_before } | E::Failed { not_before }) => Ok(Self::Queued { not_before }),
            (_, E::Stopped { reason }) => Ok(Self::Parked { reason }),
        }
    }

    /// Whether the hub has signed for it.
    pub const fn is_delivered(&self) -> bool {
        matches!(self, Self::Delivered { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_event() -> impl Strategy<Value = DeliveryEvent> {
        prop_oneof![
            any::<u32>()
                .prop_map(|o| DeliveryEvent::Progressed { session: "s".into(), offset_bytes: o.into() }),
            any::<i32>().prop_map(|t| DeliveryEvent::Failed { not_before: UnixMs::from_millis(t.into()) }),
            Just(DeliveryEvent::Acknowledged { receipt: Blob(vec![1]) }),
            Just(DeliveryEvent::Stopped { reason: ParkReason::FileLost }),
            any::<i32>().prop_map(|t| DeliveryEvent::Requeued { not_before: UnixMs::from_millis(t.into()) }),
        ]
    }

    proptest! {
        /// Law 3's root: once delivered, only an explicit requeue takes a part back; nothing else loses its receipt.
        #[test]
        fn a_receipt_is_never_lost_by_accident(events in prop::collection::vec(any_event(), 0..40)) {
            let mut state = Delivery::Queued { not_before: UnixMs::default() };
            for event in events {
                let was_delivered = state.is_delivered();
                let requeued = matches!(event, DeliveryEvent::Requeued { .. });
                if let Ok(next) = state.clone().on(event) {
                    prop_assert!(!was_delivered || requeued || next.is_delivered());
                    state = next;
                } else {
                    let stuck = was_delivered || matches!(state, Delivery::Parked { .. });
                    prop_assert!(stuck);
                }
            }
        }

        /// Whatever happened before, an acknowledgement delivers.
        #[test]
        fn an_acknowledgement_always_delivers(events in prop::collection::vec(any_event(), 0..20)) {
            let mut state = Delivery::Queued { not_before: UnixMs::default() };
            for event in events {
                state = state.clone().on(event).unwrap_or(state);
            }
            let done = state.on(DeliveryEvent::Acknowledged { receipt: Blob(vec![2]) }).unwrap();
            prop_assert!(done.is_delivered());
        }
    }
}
