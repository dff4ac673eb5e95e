//! The configuration that ships with the program.

use super::{TenantFile, TenantFiles};

/// A file as shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShippedFile {
    /// Its name, e.g. `rules.toml`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

pub(super) const HUE: TenantFiles<'static> = TenantFiles {
    tenant: include_str!("../../../tenants/hue/tenant.toml"),
    categories: include_str!("../../../tenants/hue/categories.toml"),
    agencies: include_str!("../../../tenants/hue/agencies.toml"),
    areas: include_str!("../../../tenants/hue/areas.toml"),
    rules: include_str!("../../../tenants/hue/rules.toml"),
    calendar: include_str!("../../../tenants/hue/calendar.toml"),
    services: include_str!("../../../tenants/hue/services.toml"),
};

pub(super) const fn hue_files() -> [ShippedFile; 7] {
    [
        ShippedFile { name: TenantFile::Tenant.name(), text: HUE.tenant },
        ShippedFile { name: TenantFile::Categories.name(), text: HUE.categories },
        ShippedFile { name: TenantFile::Agencies.name(), text: HUE.agencies },
        ShippedFile { name: TenantFile::Areas.name(), text: HUE.areas },
        ShippedFile { name: TenantFile::Rules.name(), text: HUE.rules },
        ShippedFile { name: TenantFile::Calendar.name(), text: HUE.calendar },
        ShippedFile { name: TenantFile::Services.name(), text: HUE.services },
    ]
}
