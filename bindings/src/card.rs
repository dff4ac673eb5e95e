//! The province as the phone knows it.

use paht_model::tenant;

use crate::ids::{AgencyId, AreaCode, CategoryCode, TenantId};
use crate::media::Point;

/// A category, as a person chooses it.
pub type CardCategory = tenant::CardCategory;
/// What a category asks of an answer.
pub type Evidence = tenant::Evidence;
/// An agency, as a person reads it.
pub type CardAgency = tenant::CardAgency;
/// A commune, as the phone finds it.
pub type CardArea = tenant::CardArea;

/// A category, as a person chooses it.
#[uniffi::remote(Record)]
pub struct CardCategory {
    /// Its code.
    pub code: CategoryCode,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Never public, and never written as an SMS.
    pub confidential: bool,
    /// What an answer needs beside words; absent on a card that does not say.
    pub evidence: Option<Evidence>,
}

/// What a category asks of an answer.
#[uniffi::remote(Enum)]
pub enum Evidence {
    /// A photo of the place, settled.
    AfterPhoto,
    /// A picture of a document: minutes, a decision.
    Paper,
    /// Words that the agency gives under its own name.
    SignedAccount,
    /// Something a newer program asks for.
    Unknown(u8),
}

/// An agency, as a person reads it.
#[uniffi::remote(Record)]
pub struct CardAgency {
    /// Its id.
    pub id: AgencyId,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
}

/// A commune, as the phone finds it.
#[uniffi::remote(Record)]
pub struct CardArea {
    /// Its official number.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// A point inside it.
    pub centre: Point,
}

/// What a phone knows of a province's IOC.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Card {
    /// The tenant.
    pub tenant: TenantId,
    /// Grows with every change.
    pub version: u32,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The number to call.
    pub hotline: String,
    /// What a report can be about, in the order people are shown them.
    pub categories: Vec<CardCategory>,
    /// Who handles cases.
    pub agencies: Vec<CardAgency>,
    /// The communes.
    pub areas: Vec<CardArea>,
    /// South-west corner of the box around the province.
    pub south_west: Point,
    /// North-east corner.
    pub north_east: Point,
    /// Where a report is sent to as text messages; absent where nobody takes them.
    pub sms: Option<String>,
}

impl From<tenant::TenantCard> for Card {
    fn from(card: tenant::TenantCard) -> Self {
        // Keys and recipients are the core's own business.
        let tenant::TenantCard {
            tenant,
            version,
            name_vi,
            name_en,
            hotline,
            keys: _,
            sealing: _,
            categories,
            agencies,
            areas,
            bounds: tenant::Bounds { south_west, north_east },
            sms,
        } = card;
        Self {
            tenant,
            version,
            name_vi,
            name_en,
            hotline,
            categories,
            agencies,
            areas,
            south_west,
            north_east,
            sms,
        }
    }
}
