//! Names, times and entries in the reader's words. The words themselves are those of the public page.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use paht_engine::status::Way;
use paht_model::case::Stage;
use paht_model::ids::{AgencyId, AreaCode, CategoryCode};
use paht_model::part::{Delivery, ParkReason, PartKind};
use paht_model::tenant::TenantCard;
use paht_model::time::UnixMs;
use paht_model::timeline::{Carrier, Entry, Publication, Speaker, What};
use paht_model::words::{Language, say, say_fault, say_with};

use crate::out::either;
use crate::shown::people;

/// What to call things: by a tenant's card, where one is known.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    language: Language,
    card: Option<TenantCard>,
}

impl Wording {
    pub(crate) const fn new(language: Language, card: Option<TenantCard>) -> Self {
        Self { language, card }
    }

    /// Huế as shipped, for those who have no card of their own.
    pub(crate) fn shipped(language: Language) -> Self {
        Self::new(language, shipped_card().ok())
    }

    /// The reader's language.
    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// A stage of a case.
    pub(crate) fn stage(&self, stage: Stage) -> String {
        say(self.language, &format!("portal-stage-{}", stage.as_str()))
    }

    /// A category, by its name or else its code.
    pub(crate) fn category(&self, code: &CategoryCode) -> String {
        let found =
            self.card.iter().flat_map(|card| &card.categories).find(|category| category.code == *code);
        found.map_or_else(
            || code.to_string(),
            |found| either(self.language, &found.name_vi, &found.name_en).to_owned(),
        )
    }

    /// An agency, by its name or else its id.
    pub(crate) fn agency(&self, id: &AgencyId) -> String {
        let found = self.card.iter().flat_map(|card| &card.agencies).find(|agency| agency.id == *id);
        found.map_or_else(
            || id.to_string(),
            |found| either(self.language, &found.name_vi, &found.name_en).to_owned(),
        )
    }

    /// A commune, by its name or else its number.
    pub(crate) fn area(&self, code: &AreaCode) -> String {
        let found = self.card.iter().flat_map(|card| &card.areas).find(|area| area.code == *code);
        found.map_or_else(|| code.to_string(), |found| found.name.clone())
    }

    /// Where a report stands on its way.
    pub(crate) fn way(&self, way: &Way) -> String {
        let language = self.language;
        match way {
            Way::Waiting => either(language, "chờ gửi", "waits").to_owned(),
            Way::Arriving { delivered, parts } => {
                format!("{} {delivered}/{parts}", either(language, "đang gửi", "arriving"))
            }
            Way::Whole => either(language, "đã gửi đủ", "all sent").to_owned(),
            Way::NeedsYou { reason } => {
                format!("{}: {}", either(language, "cần bạn", "needs you"), self.reason(reason))
            }
            Way::Held => either(language, "đang giữ lại", "held").to_owned(),
            Way::Withdrawn => either(language, "đã rút", "withdrawn").to_owned(),
        }
    }

    /// Why a part needs a person.
    fn reason(&self, reason: &ParkReason) -> String {
        match reason {
            ParkReason::Refused(code) => say_fault(self.language, *code),
            ParkReason::FileLost => either(self.language, "mất tệp", "its file is lost").to_owned(),
            ParkReason::Held => either(self.language, "được giữ lại", "held").to_owned(),
        }
    }

    /// Where a part's delivery stands.
    pub(crate) fn delivery(&self, delivery: &Delivery, bytes: u64) -> String {
        match delivery {
            Delivery::Queued { .. } => either(self.language, "chờ", "queued").to_owned(),
            Delivery::Uploading { offset_bytes, .. } => format!("{offset_bytes} / {bytes}"),
            Delivery::Delivered { .. } => either(self.language, "đã nhận", "delivered").to_owned(),
            Delivery::Parked { reason } => self.reason(reason),
        }
    }

    /// Which piece of a report.
    pub(crate) fn kind(&self, kind: PartKind) -> &'static str {
        let (vi, en) = match kind {
            PartKind::Statement => ("lời báo", "statement"),
            PartKind::Preview => ("ảnh xem trước", "preview"),
            PartKind::VoiceNote => ("ghi âm", "voice note"),
            PartKind::Rendition => ("ảnh rút gọn", "rendition"),
            PartKind::Original => ("tệp gốc", "original"),
            PartKind::Bundle => ("mang giúp", "carried"),
            PartKind::Unknown(_) => ("phần khác", "other"),
        };
        either(self.language, vi, en)
    }

    /// An instant, by Việt Nam's clock.
    pub(crate) fn time(&self, at: UnixMs) -> String {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap_or(TimeZone::UTC);
        let Ok(instant) = Timestamp::from_millisecond(at.millis()) else { return at.millis().to_string() };
        instant.to_zoned(zone).strftime(self.language.time_form()).to_string()
    }

    /// One entry of a timeline, with its words if it has any.
    pub(crate) fn entry(&self, entry: &Entry, agency_of: impl Fn(u16) -> Option<AgencyId>) -> String {
        let named = |assignment: u16| {
            let agency = agency_of(assignment).map(|id| self.agency(&id));
            agency.unwrap_or_else(|| say(self.language, "portal-the-agency"))
        };
        let told = self.what(&entry.what, named);
        match &entry.words {
            Some(words) => format!("{told}: “{}”", people(words)),
            None => told,
        }
    }

    fn what(&self, what: &What, named: impl Fn(u16) -> String) -> String {
        let with =
            |id: &str, args: &[(&str, &str)]| say_with(self.language, &format!("portal-entry-{id}"), args);
        match what {
            What::Received { .. } => with("received", &[]),
            What::Classified { category, area: Some(area) } => {
                with("classified-area", &[("category", &self.category(category)), ("area", &self.area(area))])
            }
            What::Classified { category, area: None } => {
                with("classified", &[("category", &self.category(category))])
            }
            What::Refused => with("refused", &[]),
            What::Duplicate { of } => with("duplicate", &[("case", of.as_str())]),
            What::Dispatched { agency, due, .. } => {
                with("dispatched", &[("agency", &self.agency(agency)), ("due", &self.time(*due))])
            }
            What::InProgress { assignment } => with("in-progress", &[("agency", &named(*assignment))]),
            What::Returned { assignment } => with("returned", &[("agency", &named(*assignment))]),
            What::Answered { assignment, .. } => with("answered", &[("agency", &named(*assignment))]),
            What::Closed { assignment } => with("closed", &[("agency", &named(*assignment))]),
            What::Rated { grade, .. } => with("rated", &[("grade", &grade.to_string())]),
            What::TimeAsked { assignment, until } => {
                with("time-asked", &[("agency", &named(*assignment)), ("due", &self.time(*until))])
            }
            What::TimeGiven { assignment, due } => {
                with("time-given", &[("agency", &named(*assignment)), ("due", &self.time(*due))])
            }
            What::Reopened { due, .. } => with("reopened", &[("due", &self.time(*due))]),
            What::Commented { by: Speaker::Citizen } => with("commented-citizen", &[]),
            What::Commented { by: Speaker::Agency } => with("commented-agency", &[]),
            What::Commented { by: Speaker::Operator } => with("commented-operator", &[]),
            What::Commented { .. } => with("commented", &[]),
            What::Edited => with("edited", &[]),
            What::Withdrawn => with("withdrawn", &[]),
            What::Arrived { part: PartKind::Original, .. } => with("arrived", &[]),
            What::Arrived { part: PartKind::Rendition, .. } => with("arrived-clear", &[]),
            What::Arrived { part: PartKind::VoiceNote, .. } => with("arrived-voice", &[]),
            What::Arrived { .. } => with("arrived-small", &[]),
            What::Published { to: Publication::Public } => with("published", &[]),
            What::Published { .. } => with("taken-down", &[]),
            What::Carried { by: Carrier::Http } => with("carried-http", &[]),
            What::Carried { by: Carrier::Sms } => with("carried-sms", &[]),
            What::Carried { by: Carrier::Text } => with("carried-text", &[]),
            What::Carried { by: Carrier::Courier } => with("carried-courier", &[]),
            What::Carried { by: Carrier::Unknown(_) } | What::Unknown { .. } => with("unknown", &[]),
        }
    }
}

/// What a phone knows of Huế before the hub's own signed card comes.
pub(crate) fn shipped_card() -> anyhow::Result<TenantCard> {
    Ok(paht_hub::card::card(&paht_hub::tenant::Tenant::hue()?, 0, &[], &[]))
}

/// The first words of a text, on one line.
pub(crate) fn excerpt(text: &str, chars_max: usize) -> String {
    let line = people(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() <= chars_max {
        return line;
    }
    let cut: String = line.chars().take(chars_max.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_as_on_the_public_page() {
        let wording = Wording::shipped(Language::En);
        let due = UnixMs::from_millis(1_795_366_800_000);
        let agency = AgencyId::parse("so-xay-dung").unwrap();
        let what = What::Dispatched { assignment: 1, agency, due };
        let told = wording.entry(&Entry { at: due, what, words: None }, |_| None);
        assert_eq!(told, "Given to Department of Construction, due 23 Nov 2026, 00:00");
        let words = Some("Đã thông đường.".to_owned());
        let entry = Entry { at: due, what: What::InProgress { assignment: 1 }, words };
        assert_eq!(wording.entry(&entry, |_| None), "The agency began work: “Đã thông đường.”");
    }

    #[test]
    fn an_excerpt_is_one_line_and_no_longer_than_asked() {
        assert_eq!(excerpt("Sạt  lở\nlớn", 20), "Sạt lở lớn");
        assert_eq!(excerpt("Sạt lở lớn", 7), "Sạt lở…");
    }
}
