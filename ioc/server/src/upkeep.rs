//! What an administrator should see to in the tenant's files, told in the log at start, and again when a year comes near whose
//! days off nobody has written down. `/healthz` and the desk tell the same year at any time.

use paht_hub::tenant::Tenant;

use crate::hub::Hub;

/// Where disasters are told by telephone since 2025 (decision 2023/QĐ-TTg); files older than it do not list it.
const DISASTER_NUMBER: &str = "112";

/// Tells what files older than this program lack. None of it keeps the IOC from working.
pub(crate) fn at_start(tenant: &Tenant) {
    let unsourced = tenant.almanac().unsourced();
    if unsourced > 0 {
        tracing::warn!(unsourced, "calendar.toml: entries that name no source");
    }
    if tenant.emergency_numbers().iter().all(|one| one.number != DISASTER_NUMBER) {
        tracing::warn!("tenant.toml: 112, for disasters, is not among the emergency numbers");
    }
}

/// Tells which year's days off are missing, unless this is what was told last. Gives what was told.
pub(crate) fn unknown_year(hub: &Hub, told: Option<i16>) -> Option<i16> {
    let missing = hub.tenant.calendar().unknown_year((hub.world.now)());
    if let Some(year) = missing.filter(|_| missing != told) {
        tracing::warn!(
            year,
            "calendar.toml does not know the days off of this year: deadlines in it are provisional (docs/howto/keep-the-calendar.md)"
        );
    }
    missing
}
