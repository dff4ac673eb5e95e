//! Who writes: one request at a time for each part, the newest first. An older writer is told to stop and lets go as
//! soon as the piece in its hand is on the shelf; a connection that hangs half-open therefore locks nobody out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paht_model::wire::sync::PartName;
use tokio::sync::{OwnedMutexGuard, watch};

/// All uploads that somebody writes or asks for.
pub(crate) struct Floor {
    gates: Mutex<HashMap<PartName, Arc<Gate>>>,
    stopping: watch::Sender<bool>,
}

struct Gate {
    /// Number of the newest request for this part.
    newest: watch::Sender<u64>,
    /// Held by the one that writes.
    room: Arc<tokio::sync::Mutex<()>>,
}

/// The right to write one part, until a newer request wants it.
pub(crate) struct Turn {
    part: PartName,
    number: u64,
    gate: Arc<Gate>,
    floor: Arc<Floor>,
    _room: OwnedMutexGuard<()>,
}

/// Why a writer has to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A newer request took over.
    Overtaken,
    /// The server is stopping.
    Stopping,
}

impl Floor {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { gates: Mutex::default(), stopping: watch::Sender::new(false) })
    }

    /// Tells every writer to stop; what it has written stays.
    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Takes over a part: earlier requests for it are told to stop, and waited for.
    pub(crate) async fn take(self: &Arc<Self>, part: PartName) -> Turn {
        let (gate, number) = {
            let mut gates = self.gates();
            let gate = gates
                .entry(part)
                .or_insert_with(|| Arc::new(Gate { newest: watch::Sender::new(0), room: Arc::default() }));
            let mut number = 0;
            gate.newest.send_modify(|newest| {
                *newest = newest.wrapping_add(1);
                number = *newest;
            });
            (Arc::clone(gate), number)
        };
        let room = Arc::clone(&gate.room).lock_owned().await;
        Turn { part, number, gate, floor: Arc::clone(self), _room: room }
    }

    fn gates(&self) -> MutexGuard<'_, HashMap<PartName, Arc<Gate>>> {
        self.gates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    pub(crate) const fn part(&self) -> &PartName {
        &self.part
    }

    /// Waits until the writer has to stop.
    pub(crate) async fn stopped(&self) -> Stop {
        let mut newest = self.gate.newest.subscribe();
        let mut stopping = self.floor.stopping.subscribe();
        tokio::select! {
            biased;
            _ = newest.wait_for(|newest| *newest != self.number) => Stop::Overtaken,
            _ = stopping.wait_for(|stopping| *stopping) => Stop::Stopping,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut gates = self.floor.gates();
        // The map's own and this one: nobody else holds or awaits it.
        if Arc::strong_count(&self.gate) <= 2 {
            gates.remove(&self.part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paht_model::ids::{ReportId, Sha256};

    const PART: PartName =
        PartName { report: ReportId::from_bytes([1; 16]), hash: Sha256::from_bytes([2; 32]) };

    #[tokio::test]
    async fn a_newer_request_stops_the_older_and_waits_for_it() {
        let floor = Floor::new();
        let older = floor.take(PART).await;
        let newer = tokio::spawn({
            let floor = Arc::clone(&floor);
            async move { floor.take(PART).await }
        });
        assert_eq!(older.stopped().await, Stop::Overtaken);
        assert!(!newer.is_finished());
        drop(older);
        drop(newer.await.unwrap());
        assert!(floor.gates().is_empty(), "an idle part is forgotten");
    }

    #[tokio::test]
    async fn stopping_reaches_every_writer() {
        let floor = Floor::new();
        let turn = floor.take(PART).await;
        floor.stop();
        assert_eq!(turn.stopped().await, Stop::Stopping);
    }
}
