//! The way to the hub over QUIC: a connection that lives through silence and moves between networks, beside HTTP.
//!
//! It is tried when there are media to send, since its greeting costs more than a statement, and remembered for as long
//! as the network is the same ([`Quic`]); one connection is a [`Road`], on which every question has a stream of its own
//! ([`exchange`]). How much is under way is measured ([`pace`]), and a silence is noticed and probed ([`listening`]).

mod exchange;
mod greet;
mod listening;
mod pace;
mod quickest;
mod silence;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use quinn::{Connection, Endpoint};
use tokio::sync::watch;
use tokio::time::Instant;

pub(super) use exchange::{Question, Telling};
pub(super) use greet::Greeting;
use greet::patience;
use listening::Listening;
use silence::Silence;

use super::stall::Moved;

/// A network that lets no QUIC through is not tried again for so long, in milliseconds, unless it changes.
const SHUT_MS: u64 = 600_000;

/// An answer by another link may be so long behind at least, in milliseconds.
const BEHIND_MS: u64 = 400;

/// QUIC to one hub.
pub(super) struct Quic {
    greeting: Arc<Greeting>,
    standing: watch::Sender<Standing>,
    known: Arc<Mutex<Known>>,
}

/// What the other link tells of the way to the hub.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// When the hub was last heard by it.
    heard: Option<Instant>,
    /// How long it takes there and back.
    round_trip: Option<Duration>,
}

#[derive(Clone)]
enum Standing {
    /// Nothing is known of this network.
    Untried,
    /// A greeting is under way.
    Coming,
    /// The hub answered.
    Up(Road),
    /// Nobody answered.
    Shut(Instant),
}

/// A connection. Clones share it.
#[derive(Clone)]
pub(super) struct Road {
    connection: Connection,
    endpoint: Endpoint,
    silence: Silence,
    listening: Arc<Mutex<Listening>>,
    /// What moves for anybody on it: on a thin link one waits for another, who goes first.
    moved: Moved,
}

impl Road {
    /// Counts what moves on it, for whomever.
    pub(super) fn moved(&self) -> Moved {
        self.moved.clone()
    }

    /// Whether no silence was met on it.
    pub(super) fn is_calm(&self) -> bool {
        self.silence.endings() == 0
    }

    /// How long an answer by another link may be behind one by this before something of it was lost.
    pub(super) fn while_for_others(&self) -> Duration {
        (self.connection.rtt() / 4).max(Duration::from_millis(BEHIND_MS))
    }

    fn is_open(&self) -> bool {
        self.connection.close_reason().is_none()
    }
}

impl Quic {
    pub(super) fn new(greeting: Greeting) -> Self {
        Self {
            greeting: Arc::new(greeting),
            standing: watch::Sender::new(Standing::Untried),
            known: Arc::default(),
        }
    }

    /// The connection, if there is one.
    pub(super) fn up(&self) -> Option<Road> {
        match &*self.standing.borrow() {
            Standing::Up(road) if road.is_open() => Some(road.clone()),
            _ => None,
        }
    }

    /// Begins to greet the hub, if that is worth a try. Whoever asks does not wait.
    pub(super) fn greet(&self) {
        let mut begins = false;
        self.standing.send_if_modified(|standing| {
            begins = match standing {
                Standing::Untried => true,
                Standing::Coming => false,
                Standing::Up(road) => !road.is_open(),
                Standing::Shut(since) => since.elapsed() > Duration::from_millis(SHUT_MS),
            };
            if begins {
                *standing = Standing::Coming;
            }
            begins
        });
        if begins {
            let (greeting, standing) = (Arc::clone(&self.greeting), self.standing.clone());
            let known = Arc::clone(&self.known);
            tokio::spawn(async move {
                let began = Instant::now();
                let round_trip = crate::phone::locked(&known).round_trip;
                let patience = patience(round_trip);
                let mut road = greeting.road(round_trip).await;
                // Nobody said that nobody listens there, and the other link was as silent: that may have been a cut.
                let heard = crate::phone::locked(&known).heard;
                let silent = heard.is_none_or(|heard| heard < began + patience / 2);
                if road.is_none() && silent && began.elapsed() >= patience {
                    road = greeting.road(round_trip).await;
                }
                standing.send_replace(road.map_or_else(|| Standing::Shut(Instant::now()), Standing::Up));
            });
        }
    }

    /// The hub was heard by the other link.
    pub(super) fn other_heard(&self) {
        crate::phone::locked(&self.known).heard = Some(Instant::now());
    }

    /// A connection of the other link took so long to come up.
    pub(super) fn other_came_up(&self, round_trip: Duration) {
        crate::phone::locked(&self.known).round_trip = Some(round_trip);
    }

    /// The connection that is coming, once it is there; never begins one, and waits for ever where none comes.
    pub(super) async fn coming(&self) -> Road {
        let mut standing = self.standing.subscribe();
        let up = standing.wait_for(|standing| matches!(standing, Standing::Up(road) if road.is_open()));
        if up.await.is_ok()
            && let Some(road) = self.up()
        {
            return road;
        }
        std::future::pending().await
    }

    /// The connection, once there is one; `None` as soon as it is known that there will be none.
    pub(super) async fn road(&self) -> Option<Road> {
        self.greet();
        let mut standing = self.standing.subscribe();
        let settled = standing.wait_for(|standing| matches!(standing, Standing::Up(_) | Standing::Shut(_)));
        settled.await.ok()?;
        self.up()
    }

    /// Nothing came for too long: this connection is no longer believed in.
    pub(super) fn failed(&self, road: &Road) {
        road.connection.close(quinn::VarInt::from_u32(0), b"");
        self.standing.send_if_modified(|standing| {
            let same = matches!(standing, Standing::Up(up) if up.connection.stable_id() == road.connection.stable_id());
            if same {
                *standing = Standing::Untried;
            }
            same
        });
    }

    /// The phone is on another network: a connection moves there; what was known of the old one says nothing.
    pub(super) fn network_changed(&self) {
        *crate::phone::locked(&self.known) = Known::default();
        let up = self.up();
        if let Some(road) = up
            && let Ok(socket) = greet::socket(road.connection.remote_address())
            && road.endpoint.rebind(socket).is_ok()
        {
            return;
        }
        self.standing.send_if_modified(|standing| {
            let shut = matches!(standing, Standing::Shut(_));
            if shut {
                *standing = Standing::Untried;
            }
            shut
        });
    }
}
