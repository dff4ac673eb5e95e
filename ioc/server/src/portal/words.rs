//! What a page says, in the reader's language: names from the tenant's files, times by the tenant's clock.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use paht_hub::tenant::{Name, Tenant};
use paht_model::case::Stage;
use paht_model::ids::{AgencyId, AreaCode, CategoryCode};
use paht_model::time::UnixMs;
use paht_model::words::{Language, say, say_with};

/// A tenant's words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words<'t> {
    pub(crate) language: Language,
    tenant: &'t Tenant,
}

/// An instant, for people and for programs.
pub(crate) struct Time {
    /// As a person reads it.
    pub(crate) text: String,
    /// As a program reads it (RFC 3339).
    pub(crate) iso: String,
}

impl<'t> Words<'t> {
    pub(crate) const fn new(language: Language, tenant: &'t Tenant) -> Self {
        Self { language, tenant }
    }

    /// A message of the portal.
    pub(crate) fn say(&self, id: &str) -> String {
        say(self.language, &format!("portal-{id}"))
    }

    /// A message of the portal, with its arguments.
    pub(crate) fn say_with(&self, id: &str, args: &[(&str, &str)]) -> String {
        say_with(self.language, &format!("portal-{id}"), args)
    }

    pub(crate) fn stage(&self, stage: Stage) -> String {
        self.say(&format!("stage-{}", stage.as_str()))
    }

    pub(crate) fn name(&self, name: &Name) -> String {
        self.language.either(&name.vi, &name.en).to_owned()
    }

    /// A category's name; its code where the tenant no longer has it.
    pub(crate) fn category(&self, code: &CategoryCode) -> String {
        self.tenant.category(code).map_or_else(|| code.to_string(), |category| self.name(&category.name))
    }

    /// A commune's name.
    pub(crate) fn area(&self, code: &AreaCode) -> String {
        self.tenant.area(code).map_or_else(|| code.to_string(), |area| area.name.clone())
    }

    /// An agency's name.
    pub(crate) fn agency(&self, id: &AgencyId) -> String {
        self.tenant.agency(id).map_or_else(|| id.to_string(), |agency| self.name(&agency.name))
    }

    /// The tenant.
    pub(crate) const fn tenant(&self) -> &'t Tenant {
        self.tenant
    }

    /// An instant by the tenant's clock.
    pub(crate) fn time(&self, at: UnixMs) -> Time {
        let zone: TimeZone = self.tenant.calendar().zone().clone();
        let Ok(instant) = Timestamp::from_millisecond(at.millis()) else {
            return Time { text: String::new(), iso: String::new() };
        };
        let wall = instant.to_zoned(zone);
        Time {
            text: wall.strftime(self.language.time_form()).to_string(),
            iso: wall.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_by_the_tenants_clock() {
        let tenant = Tenant::hue().unwrap();
        let at = UnixMs::from_millis(1_795_366_800_000);
        let texts = Language::ALL.map(|language| {
            let time = Words::new(language, &tenant).time(at);
            assert_eq!(time.iso, "2026-11-23T00:00:00+07:00");
            time.text
        });
        let expected = [
            "00:00, 23/11/2026",
            "23 Nov 2026, 00:00",
            "23/11/2026 à 00:00",
            "2026年11月23日 00:00",
            "2026년 11월 23일 00:00",
            "2026年11月23日 00:00",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn every_stage_has_words() {
        let tenant = Tenant::hue().unwrap();
        for stage in Stage::ALL {
            for language in Language::ALL {
                assert!(!Words::new(language, &tenant).stage(stage).starts_with("portal-"), "{stage:?}");
            }
        }
    }
}
