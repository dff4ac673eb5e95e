//! Whether the IOC works, for machines that watch it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use paht_model::ids::{Epoch, TenantId};

use crate::hub::Hub;

#[derive(serde::Serialize)]
struct Health {
    status: &'static str,
    tenant: TenantId,
    epoch: Epoch,
    calendar: CalendarHealth,
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

/// `GET /healthz`: 200 if the store answers, 503 if not.
pub(crate) async fn health(State(hub): State<Arc<Hub>>) -> Response {
    let works = hub.off_thread(|hub| Ok(hub.store.health()?)).await.is_ok();
    let (status, word) =
        if works { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "failing") };
    let health = Health {
        status: word,
        tenant: hub.tenant.id().clone(),
        epoch: hub.epoch,
        calendar: CalendarHealth::of(&hub),
    };
    (status, Json(health)).into_response()
}
