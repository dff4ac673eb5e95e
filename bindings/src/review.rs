//! Services that can be reviewed, and what people say of them.

use paht_model::services;

use crate::error::PahtError;
use crate::ids::{CategoryCode, ServiceCode, UnixMs};
use crate::media::Point;
use crate::phone::Phone;
use crate::run;

/// A person's word on a service.
pub type Review = paht_model::review::Review;
/// The service a review is about.
pub type Service = paht_model::review::Service;
/// What can be tapped.
pub type ReviewPhrase = paht_model::review::ReviewPhrase;

/// A person's word on a service.
#[uniffi::remote(Record)]
pub struct Review {
    /// Which service.
    pub service: Service,
    /// 1 (bad) to 5 (very good); absent where only phrases were tapped.
    pub stars: Option<u8>,
    /// What was tapped, each once.
    pub phrases: Vec<ReviewPhrase>,
}

/// The service a review is about.
#[uniffi::remote(Enum)]
pub enum Service {
    /// One of the tenant's list; also one that only a sign at a door told of.
    Listed(ServiceCode),
    /// As the person called it: a name, a number plate.
    Named(String),
}

/// What can be tapped.
#[uniffi::remote(Enum)]
pub enum ReviewPhrase {
    /// Clean.
    Clean,
    /// Dirty.
    Dirty,
    /// Friendly.
    Friendly,
    /// Rude.
    Rude,
    /// Costs what it should.
    FairPrice,
    /// Costs more than it should.
    Overcharged,
    /// Good food.
    GoodFood,
    /// Not safe.
    Unsafe,
    /// One waits long.
    LongWait,
    /// Something does not work.
    Broken,
    /// They helped.
    Helpful,
    /// Others should go there.
    Recommend,
    /// What a newer program knows.
    Unknown(u8),
}

/// Every phrase that can be tapped, in the order to show them.
#[uniffi::export]
pub fn review_phrases() -> Vec<ReviewPhrase> {
    ReviewPhrase::ALL.to_vec()
}

/// The id of a phrase's words, for `say`; of one of a newer program there are none.
#[uniffi::export]
pub fn review_phrase_id(phrase: ReviewPhrase) -> Option<String> {
    match phrase {
        ReviewPhrase::Unknown(_) => None,
        known => Some(format!("app-phrase-{}", known.as_str())),
    }
}

/// A service that can be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ServiceLine {
    /// Its code.
    pub code: ServiceCode,
    /// What it is called, in the language asked for.
    pub name: String,
    /// What it is, in that language.
    pub kind: String,
    /// Where to find it, in Vietnamese.
    pub address: String,
    /// Where it is; absent if what came was no point.
    pub point: Option<Point>,
    /// What its reviews are filed under.
    pub category: CategoryCode,
    /// How far it is from the point asked about, in metres; absent if none was given.
    pub distance_m: Option<u32>,
    /// How many gave stars.
    pub count: u32,
    /// The mean of their stars, in tenths: 47 is 4.7. Absent if nobody gave any.
    pub mean_tenths: Option<u32>,
}

/// Services, as they were asked for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Services {
    /// When the hub said so.
    pub at: UnixMs,
    /// The services: nearest first where a point was given, else in the tenant's order.
    pub services: Vec<ServiceLine>,
    /// At least so old, in milliseconds; 0 for what the hub said just now.
    pub age_ms: i64,
}

impl Services {
    fn aged(told: services::Services, language: &str, age_ms: i64) -> Self {
        let services::Services { at, services } = told;
        Self {
            at,
            services: services.into_iter().map(|line| ServiceLine::said(line, language)).collect(),
            age_ms,
        }
    }
}

impl ServiceLine {
    fn said(line: services::ServiceLine, language: &str) -> Self {
        let services::ServiceLine { code, name, kind, address, place, category, distance_m, figures } = line;
        Self {
            code,
            name: name.said_in(language).to_owned(),
            kind: kind.said_in(language).to_owned(),
            address,
            point: Point::from_degrees(place.lat, place.lon).ok(),
            category,
            distance_m,
            count: figures.count,
            mean_tenths: figures.mean_tenths,
        }
    }
}

#[uniffi::export]
impl Phone {
    /// Services with these words in name, kind or address, as the hub has them now, nearest to `about` first; blank words:
    /// all. Names are in this language (BCP 47), else English. `PahtError.Link` without a link; then `servicesKept` tells
    /// what was last heard.
    pub async fn services(
        &self,
        words: String,
        about: Option<Point>,
        language: String,
    ) -> Result<Services, PahtError> {
        let core = self.core.clone();
        run::linked(async move { Ok(Services::aged(core.services(&words, about).await?, &language, 0)) })
            .await
    }

    /// The services last heard of, nearest to `about` first, and how old that is; absent if they were never asked for.
    pub async fn services_kept(
        &self,
        about: Option<Point>,
        language: String,
    ) -> Result<Option<Services>, PahtError> {
        let kept = self.on_disk(move |phone| phone.services_kept(about)).await?;
        Ok(kept.map(|kept| {
            let paht_phone::KeptServices { services, age_ms } = kept;
            Services::aged(services, &language, age_ms)
        }))
    }
}
