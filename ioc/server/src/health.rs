//! Whether the IOC works, for machines that watch it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use paht_model::ids::{Epoch, TenantId};
use paht_store::room::Room;

use crate::hub::Hub;

#[derive(serde::Serialize)]
struct Health {
    status: &'static str,
    tenant: TenantId,
    epoch: Epoch,
    calendar: CalendarHealth,
    /// What can still be written to the disk of the media, in bytes.
    free_bytes: Option<u64>,
    /// What media leave of it, in bytes.
    media_reserve_bytes: Option<u64>,
}

/// Whether deadlines are counted with days off that are announced.
#[derive(serde::Serialize)]
struct CalendarHealth {
    /// The last year whose days off are known.
    known_until: Option<i16>,
    /// The year that an administrator has to write down: the present one or, from October on, the next.
    unknown_year: Option<i16>,
}

impl CalendarHealth {
    fn of(hub: &Hub) -> Self {
        let calendar = hub.tenant.calendar();
        Self {
            known_until: calendar.known_years().last(),
            unknown_year: calendar.unknown_year((hub.world.now)()),
        }
    }
}

/// With less on the disk than this a statement may find no room, in bytes.
const DISK_FULL_BYTES: u64 = 1_000_000;

/// `GET /healthz`: 200 with `ok`, or with `no-room-for-media` where statements and text messages alone are taken; 503 with
/// `disk-full` or `failing`.
pub(crate) async fn health(State(hub): State<Arc<Hub>>) -> Response {
    let looked = hub.off_thread(|hub| Ok((hub.store.health().is_ok(), hub.shelf.room().ok()))).await;
    let (works, room) = looked.unwrap_or((false, None));
    let (status, word) = match room {
        Some(room) if works => standing(room),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "failing"),
    };
    let health = Health {
        status: word,
        tenant: hub.tenant.id().clone(),
        epoch: hub.epoch,
        calendar: CalendarHealth::of(&hub),
        free_bytes: room.map(|room| room.free_bytes),
        media_reserve_bytes: room.map(|room| room.reserve_bytes),
    };
    (status, Json(health)).into_response()
}

fn standing(room: Room) -> (StatusCode, &'static str) {
    if room.has(1) {
        (StatusCode::OK, "ok")
    } else if room.free_bytes >= DISK_FULL_BYTES.min(room.reserve_bytes / 2) {
        (StatusCode::OK, "no-room-for-media")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "disk-full")
    }
}
