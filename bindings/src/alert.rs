//! What the IOC tells everybody; heard with a sync, shown without any link.

use paht_engine::alerts::{HeardAlert, Spot};
use paht_model::alert::{self, Texts};

use crate::error::PahtError;
use crate::ids::{AreaCode, UnixMs};
use crate::media::Point;
use crate::phone::Phone;
use crate::words::Language;

/// How much an alert matters.
pub type AlertLevel = alert::Level;

/// How much an alert matters.
#[uniffi::remote(Enum)]
pub enum AlertLevel {
    /// Good to know.
    Notice,
    /// Be careful, prepare.
    Warning,
    /// Danger to life: act now.
    Emergency,
    /// Something a newer program says.
    Unknown(u8),
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CallNumber {
    /// What to dial.
    pub number: String,
    /// Who answers.
    pub name: String,
}

/// An alert that holds now, as far as the phone can know, in the reader's language where the IOC wrote it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Alert {
    /// Its id, hyphenated: tells one from another.
    pub id: String,
    /// How much it matters.
    pub level: AlertLevel,
    /// In a few words.
    pub title: String,
    /// What is the matter, and what to do.
    pub text: String,
    /// The communes it is for; none: the whole province.
    pub areas: Vec<AreaCode>,
    /// Holds from this hub time on.
    pub from: UnixMs,
    /// Holds until before this hub time.
    pub until: UnixMs,
    /// Numbers to call, in the order to show them.
    pub numbers: Vec<CallNumber>,
    /// Whether it is for the point asked about; absent if none was.
    pub touches: Option<bool>,
}

impl Alert {
    fn said(heard: HeardAlert, language: Language) -> Self {
        let HeardAlert { alert, touches } = heard;
        let alert::Alert { id, level, title, text, areas, from, until, numbers } = alert;
        let say = |texts: &Texts| texts.said_in(language.tag()).to_owned();
        let numbers = numbers.into_iter().map(|call| {
            let alert::CallNumber { number, name } = call;
            CallNumber { number, name: say(&name) }
        });
        Self {
            id: id.to_string(),
            level,
            title: say(&title),
            text: say(&text),
            areas,
            from,
            until,
            numbers: numbers.collect(),
            touches,
        }
    }
}

#[uniffi::export]
impl Phone {
    /// The alerts that hold now, emergencies first; with a point, whether each is for the commune about there.
    pub async fn alerts(&self, about: Option<Point>, language: Language) -> Result<Vec<Alert>, PahtError> {
        let spot = about.map(Spot::Point);
        let heard = self.on_disk(move |phone| phone.alerts(spot.as_ref())).await?;
        Ok(heard.into_iter().map(|alert| Alert::said(alert, language)).collect())
    }
}
