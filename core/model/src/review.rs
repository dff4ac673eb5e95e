//! What somebody says of a service they used: stars and phrases to tap, without an account and in any language. It is part
//! of a report. Phrases travel as codes, so that a visitor's Korean tap reaches the operator in Vietnamese.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::fault::Code;
use crate::ids::ServiceCode;
use crate::limits::{REVIEW_PHRASES_MAX, SERVICE_NAME_CHARS_MAX};
use crate::text::{composed, count, is_blank};

/// The category that reviews are filed under where the service's own is not known.
pub const REVIEW_CATEGORY: &str = "tourism";
/// From so many stars on, and without a complaint among the phrases, nobody need act on a review.
const CONTENT_STARS_MIN: u8 = 3;

/// A person's word on a service.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Review {
    /// Which service.
    #[n(0)]
    pub service: Service,
    /// 1 (bad) to 5 (very good); absent where only phrases were tapped.
    #[n(1)]
    pub stars: Option<u8>,
    /// What was tapped, each once.
    #[n(2)]
    pub phrases: Vec<ReviewPhrase>,
}

/// The service a review is about.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// One of the tenant's list.
    #[n(0)]
    Listed(#[n(0)] ServiceCode),
    /// As the person called it: a name, a number plate.
    #[n(1)]
    Named(#[n(0)] String),
}

/// What can be tapped. The words for it are in the set of strings: `app-phrase-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    #[serde(untagged)]
    Unknown(u8),
}
crate::wire::coded_enum!(ReviewPhrase {
    1 => Clean, 2 => Dirty, 3 => Friendly, 4 => Rude, 5 => FairPrice, 6 => Overcharged, 7 => GoodFood, 8 => Unsafe,
    9 => LongWait, 10 => Broken, 11 => Helpful, 12 => Recommend,
});

impl ReviewPhrase {
    /// Every phrase that can be tapped, in the order to show them.
    pub const ALL: [Self; 12] = [
        Self::Clean,
        Self::Dirty,
        Self::Friendly,
        Self::Rude,
        Self::FairPrice,
        Self::Overcharged,
        Self::GoodFood,
        Self::Unsafe,
        Self::LongWait,
        Self::Broken,
        Self::Helpful,
        Self::Recommend,
    ];

    /// Its name, as in JSON and in the set of strings; one of a newer program has none.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Dirty => "dirty",
            Self::Friendly => "friendly",
            Self::Rude => "rude",
            Self::FairPrice => "fair-price",
            Self::Overcharged => "overcharged",
            Self::GoodFood => "good-food",
            Self::Unsafe => "unsafe",
            Self::LongWait => "long-wait",
            Self::Broken => "broken",
            Self::Helpful => "helpful",
            Self::Recommend => "recommend",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The phrase of this name, if there is one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phrase| phrase.as_str() == name)
    }

    /// Whether it says that something is wrong. Of one that is not known nobody can tell, so somebody looks.
    pub const fn complains(self) -> bool {
        match self {
            Self::Dirty
            | Self::Rude
            | Self::Overcharged
            | Self::Unsafe
            | Self::LongWait
            | Self::Broken
            | Self::Unknown(_) => true,
            Self::Clean
            | Self::Friendly
            | Self::FairPrice
            | Self::GoodFood
            | Self::Helpful
            | Self::Recommend => false,
        }
    }
}

impl Review {
    /// The same with the name that the person gave the service in composed form.
    #[must_use]
    pub fn composed(self) -> Self {
        let service = match self.service {
            Service::Named(name) => Service::Named(composed(name)),
            listed @ Service::Listed(_) => listed,
        };
        Self { service, ..self }
    }

    /// The rules that phone and hub both hold it to.
    ///
    /// # Errors
    /// [`Code::ServiceMissing`] for a blank name, [`Code::TextTooLong`], [`Code::GradeOutOfRange`],
    /// [`Code::CommandMalformed`] for more phrases than there may be or one twice.
    pub fn check(&self) -> Result<(), Code> {
        match &self.service {
            Service::Named(name) if is_blank(name) => return Err(Code::ServiceMissing),
            Service::Named(name) if count(name) > SERVICE_NAME_CHARS_MAX => {
                return Err(Code::TextTooLong);
            }
            Service::Named(_) | Service::Listed(_) => {}
        }
        if self.stars.is_some_and(|stars| !(1..=5).contains(&stars)) {
            return Err(Code::GradeOutOfRange);
        }
        let twice = |(at, one)| self.phrases.iter().skip(at + 1).any(|other| other == one);
        if self.phrases.len() > REVIEW_PHRASES_MAX || self.phrases.iter().enumerate().any(twice) {
            return Err(Code::CommandMalformed);
        }
        Ok(())
    }

    /// Whether it says anything but which service.
    pub const fn says_something(&self) -> bool {
        self.stars.is_some() || !self.phrases.is_empty()
    }

    /// Whether nobody need act on it: enough stars, and nothing tapped that complains.
    pub fn is_content(&self) -> bool {
        self.stars.is_some_and(|stars| stars >= CONTENT_STARS_MIN)
            && !self.phrases.iter().any(|phrase| phrase.complains())
    }

    /// The listed service it is about, if it is one.
    pub const fn listed(&self) -> Option<&ServiceCode> {
        match &self.service {
            Service::Listed(code) => Some(code),
            Service::Named(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review() -> Review {
        let service = Service::Named("Quán bún bò O Xuân".into());
        Review { service, stars: Some(4), phrases: vec![ReviewPhrase::GoodFood, ReviewPhrase::Friendly] }
    }

    #[test]
    fn a_review_is_held_to_its_bounds() {
        assert_eq!(review().check(), Ok(()));
        let broken = |change: fn(&mut Review)| {
            let mut review = review();
            change(&mut review);
            review.check()
        };
        assert_eq!(broken(|r| r.service = Service::Named(" ".into())), Err(Code::ServiceMissing));
        assert_eq!(broken(|r| r.service = Service::Named("x".repeat(121))), Err(Code::TextTooLong));
        assert_eq!(broken(|r| r.stars = Some(0)), Err(Code::GradeOutOfRange));
        assert_eq!(broken(|r| r.stars = Some(6)), Err(Code::GradeOutOfRange));
        assert_eq!(broken(|r| r.phrases.push(ReviewPhrase::GoodFood)), Err(Code::CommandMalformed));
        assert_eq!(
            broken(|r| r.phrases = (0..25).map(ReviewPhrase::from_code).collect()),
            Err(Code::CommandMalformed)
        );
    }

    #[test]
    fn every_phrase_reads_back_by_its_name_and_its_code() {
        for phrase in ReviewPhrase::ALL {
            assert_eq!(ReviewPhrase::parse(phrase.as_str()), Some(phrase));
            assert_eq!(ReviewPhrase::from_code(phrase.code()), phrase);
            assert_eq!(serde_json::to_value(phrase).unwrap(), phrase.as_str());
        }
        assert_eq!(ReviewPhrase::from_code(99), ReviewPhrase::Unknown(99));
        assert_eq!(ReviewPhrase::parse("unknown"), None);
    }

    #[test]
    fn who_is_content_needs_nobody() {
        assert!(review().is_content());
        assert!(!Review { stars: Some(2), ..review() }.is_content());
        assert!(!Review { stars: None, ..review() }.is_content(), "phrases alone are looked at");
        assert!(!Review { phrases: vec![ReviewPhrase::Overcharged], ..review() }.is_content());
        assert!(!Review { phrases: vec![ReviewPhrase::Unknown(99)], ..review() }.is_content());
    }
}
