//! A province's IOC as configuration: seven plain files that an administrator edits, read into one checked [`Tenant`].
//!
//! The text comes in ([`TenantFiles`]), each file is read for itself, then all of them are checked against each other:
//! what a `Tenant` holds fits together, so nobody after it has to ask whether an agency exists. The first thing that does
//! not fit is a [`TenantFault`], which names the file, the entry and what to do.

mod agency;
mod almanac;
mod app;
mod area;
mod category;
mod fault;
mod phrase;
mod read;
mod rule;
mod service;
mod shipped;

use paht_model::ids::{AgencyId, AreaCode, CategoryCode, ServiceCode, TenantId};
use paht_model::place::Point;
pub use paht_model::tenant::Bounds;

pub use agency::{Agency, AgencyKind};
pub use almanac::{Almanac, Holiday, SeasonEntry, SwapEntry, WorkedDay};
pub use app::{AndroidApp, Apps};
pub use area::Area;
pub use category::{Category, Evidence, Publish};
pub use fault::{Problem, TenantFault, TenantFile};
pub use phrase::{Phrase, Words, fold};
pub use rule::{Rule, Target};
pub use service::Service;
pub use shipped::ShippedFile;

use crate::calendar::Calendar;

/// The text of a tenant's seven files.
#[derive(Debug, Clone, Copy)]
pub struct TenantFiles<'a> {
    /// `tenant.toml`: names, numbers, bounds, fallback.
    pub tenant: &'a str,
    /// `categories.toml`: what reports are about, with deadlines and keywords.
    pub categories: &'a str,
    /// `agencies.toml`: who handles cases.
    pub agencies: &'a str,
    /// `areas.toml`: the communes.
    pub areas: &'a str,
    /// `rules.toml`: which agency gets what.
    pub rules: &'a str,
    /// `calendar.toml`: working time.
    pub calendar: &'a str,
    /// `services.toml`: what people can review.
    pub services: &'a str,
}

/// Something's name in the languages of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// In Vietnamese; never empty.
    pub vi: String,
    /// In English; never empty.
    pub en: String,
}

/// A number for emergencies, shown beside an urgent report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyNumber {
    /// What to dial.
    pub number: String,
    /// Who answers.
    pub name: Name,
}

/// Who takes the cases of agencies that are not on board yet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FallbackDesk {
    /// The agency whose desk it is; always on board.
    pub agency: AgencyId,
    /// The number of that desk.
    pub duty_phone: String,
}

/// A province's IOC, checked as a whole.
#[derive(Debug, Clone)]
pub struct Tenant {
    about: About,
    categories: Vec<Category>,
    urgent_words: Vec<Phrase>,
    agencies: Vec<Agency>,
    areas: Vec<Area>,
    rules: Vec<Rule>,
    calendar: Calendar,
    almanac: Almanac,
    services: Vec<Service>,
}

/// What `tenant.toml` says.
#[derive(Debug, Clone)]
struct About {
    id: TenantId,
    name: Name,
    hotline: String,
    website: Option<String>,
    sms: Option<String>,
    emergency: Vec<EmergencyNumber>,
    bounds: Bounds,
    metres_from_area_max: f64,
    fallback: FallbackDesk,
    apps: Apps,
}

impl Tenant {
    /// Reads and checks a tenant's files.
    ///
    /// # Errors
    /// The first thing that cannot be read or does not fit, with its file and entry.
    pub fn parse(files: &TenantFiles<'_>) -> Result<Self, TenantFault> {
        read::tenant(files)
    }

    /// Huế as shipped.
    ///
    /// # Errors
    /// None, as long as the shipped files pass the tests.
    pub fn hue() -> Result<Self, TenantFault> {
        Self::parse(&shipped::HUE)
    }

    /// The files of Huế as shipped, to be written where an administrator can edit them.
    pub const fn shipped_files() -> [ShippedFile; 7] {
        shipped::hue_files()
    }

    /// Its id, e.g. `hue`.
    pub const fn id(&self) -> &TenantId {
        &self.about.id
    }
    /// What the centre is called.
    pub const fn name(&self) -> &Name {
        &self.about.name
    }
    /// The apps that links to this IOC may open.
    pub const fn apps(&self) -> &Apps {
        &self.about.apps
    }
    /// The number to call.
    pub fn hotline(&self) -> &str {
        &self.about.hotline
    }
    /// Where people find the public pages, without a slash at its end; absent until there is an address.
    pub fn website(&self) -> Option<&str> {
        self.about.website.as_deref()
    }
    /// Where reports are sent to as text messages; absent where no gateway takes them.
    pub fn sms(&self) -> Option<&str> {
        self.about.sms.as_deref()
    }
    /// Numbers for emergencies, in the order to show them.
    pub fn emergency_numbers(&self) -> &[EmergencyNumber] {
        &self.about.emergency
    }
    /// Who stands in for agencies that are not on board.
    pub const fn fallback(&self) -> &FallbackDesk {
        &self.about.fallback
    }
    /// The box around the province.
    pub const fn bounds(&self) -> Bounds {
        self.about.bounds
    }
    /// When its offices work.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }
    /// The entries of its calendar, with their sources.
    pub const fn almanac(&self) -> &Almanac {
        &self.almanac
    }
    /// The routing rules, in the order they are tried.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
    /// Words that make a report urgent.
    pub fn urgent_words(&self) -> &[Phrase] {
        &self.urgent_words
    }

    /// What a report can be about, in the order to show it.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }
    /// The category of this code.
    pub fn category(&self, code: &CategoryCode) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == *code)
    }

    /// Everyone who can handle a case.
    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }
    /// The agency of this id.
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == *id)
    }

    /// What people can review, in the order to show it.
    pub fn services(&self) -> &[Service] {
        &self.services
    }
    /// The service of this code.
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.iter().find(|service| service.code == *code)
    }

    /// The communes, those of the past included.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }
    /// The commune of this code.
    pub fn area(&self, code: &AreaCode) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == *code)
    }

    /// The present commune with the point nearest to this one: a guess near boundaries. `None` outside the bounds, or
    /// farther from every commune's points than the tenant allows.
    pub fn area_of(&self, point: Point) -> Option<&Area> {
        if !self.contains(point) {
            return None;
        }
        let present = self.areas.iter().filter(|area| area.valid_until.is_none());
        let with_distance = present.map(|area| (area, area.metres_to(point)));
        let (area, metres) = with_distance.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        (metres <= self.about.metres_from_area_max).then_some(area)
    }

    /// Whether a position is in the box around the province: the same question a phone asks its tenant card.
    pub const fn contains(&self, point: Point) -> bool {
        self.about.bounds.contains(point)
    }
}
