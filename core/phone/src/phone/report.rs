//! Making a report: every file is read, checked and kept first; the report exists with the one transaction at the end.

use std::path::PathBuf;

use paht_engine::capture::{Draft, submit};
use paht_engine::plan::Sender;
use paht_engine::ports::Store as _;
use paht_model::capture::{Declared, MediaKind};
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, ReportId};
use paht_model::limits::{CAPTURES_MAX, SENDER_NAME_CHARS_MAX};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::review::{REVIEW_CATEGORY, Review};
use paht_model::statement::check_text;
use paht_model::text::{count, is_blank};
use paht_model::time::{Bracket, ClockReading, HubTimeMark, TrueTime, UnixMs, true_time};

use crate::clock::built;
use crate::facts::{Facts, Frame, Position, inspect};
use crate::media::Kept;

use super::{Inner, Phone, PhoneError};

/// What the person hands in.
#[derive(Debug, Clone, Default)]
pub struct NewReport {
    /// Photos and videos; copied, never changed.
    pub files: Vec<PathBuf>,
    /// Their words.
    pub text: String,
    /// What it is about; refused if absent, unless it is a review: that has a category of its own.
    pub category: Option<CategoryCode>,
    /// The service it is about and how it was, where it is about one.
    pub review: Option<Review>,
    /// Where, as the person set it; otherwise the first capture that knows tells it.
    pub at: Option<Point>,
    /// Where the phone is now; taken where neither the person nor a capture tells.
    pub fix: Option<Fix>,
    /// The sender's telephone number, if they wish.
    pub phone_number: Option<String>,
    /// The sender's name, if they wish.
    pub name: Option<String>,
    /// The language to answer in, as BCP 47; Vietnamese if absent.
    pub language: Option<String>,
    /// Keep it, but do not send it yet.
    pub hold: bool,
}

/// The phone's own position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fix {
    /// The point.
    pub point: Point,
    /// Radius in which the true place lies with 68 % certainty, in metres; absent if not known.
    pub accuracy_m: Option<u32>,
}

impl Phone {
    /// Makes a report. When it returns, the report and every byte of its files survive a kill, a full disk and a power
    /// cut; when it is refused, nothing of it is left.
    pub fn report(&self, new: NewReport) -> Result<ReportId, PhoneError> {
        let new = new.filed();
        self.inner.refuse_early(&new)?;
        let mut kept = Vec::new();
        let made = self.inner.keep_and_submit(new, &mut kept);
        let hashes: Vec<_> = kept.iter().map(Kept::hash).collect();
        drop(kept);
        if made.is_err() {
            for hash in &hashes {
                self.inner.erase_unneeded(hash);
            }
        }
        made
    }
}

impl Inner {
    /// What can be refused before a large file is copied.
    fn refuse_early(&self, new: &NewReport) -> Result<(), PhoneError> {
        check_text(&new.text)?;
        let category = new.category.as_ref().ok_or(Code::CategoryMissing)?;
        if new.files.len() > CAPTURES_MAX {
            return Err(Code::ReportTooManyCaptures.into());
        }
        if let Some(review) = &new.review {
            review.check()?;
        }
        let reviewed = new.review.as_ref().is_some_and(Review::says_something);
        if is_blank(&new.text) && new.files.is_empty() && !reviewed {
            return Err(Code::ReportEmpty.into());
        }
        if new.name.as_ref().is_some_and(|name| count(name) > SENDER_NAME_CHARS_MAX) {
            return Err(Code::TextTooLong.into());
        }
        let point = new.at.map(Point::checked).transpose().map_err(|_| Code::PlaceUnknown)?;
        let link = self.store().link()?;
        match self.card(&link) {
            Some(card) if !card.has_category(category) => Err(Code::CategoryUnknown.into()),
            Some(card) if point.is_some_and(|point| !card.contains(point)) => Err(Code::PlaceOutside.into()),
            _ => Ok(()),
        }
    }

    fn keep_and_submit(&self, new: NewReport, kept: &mut Vec<Kept>) -> Result<ReportId, PhoneError> {
        let heard = self.store().link()?.heard;
        let mut captures = Vec::new();
        let mut seen = None;
        for file in &new.files {
            let facts = inspect(file)?;
            // The same file chosen twice is one photo.
            if captures.iter().any(|known: &Declared| known.hash == facts.sha256) {
                continue;
            }
            kept.push(self.media.keep_file(file, &facts.sha256, facts.bytes)?);
            captures.push(declared(&facts, self.options.clock.now(), heard));
            seen = seen.or(facts.position);
        }
        let place = match new.at {
            Some(point) => Some(Place { point, accuracy_m: None, source: PlaceSource::Pin }),
            None => seen.and_then(place_of).or_else(|| new.fix.and_then(Fix::place)),
        };
        let sender = Sender { name: new.name, phone: new.phone_number };
        let draft = Draft {
            category: new.category,
            text: new.text,
            place,
            captures,
            sender: Some(sender).filter(|sender| sender.name.is_some() || sender.phone.is_some()),
            language: new.language.unwrap_or_else(|| "vi".to_owned()),
            review: new.review,
            hold: new.hold,
        };
        self.decide_and_wake(|desk, store| submit(desk, &store.link()?, draft))
    }
}

impl NewReport {
    /// A review without a category gets the one that reviews are filed under.
    fn filed(self) -> Self {
        let of_review = || self.review.as_ref().and_then(|_| CategoryCode::parse(REVIEW_CATEGORY).ok());
        Self { category: self.category.clone().or_else(of_review), ..self }
    }
}

impl Fix {
    /// A hidden position (`0,0`) is no place.
    fn place(self) -> Option<Place> {
        let point = self.point.checked().ok()?;
        Some(Place { point, accuracy_m: self.accuracy_m, source: PlaceSource::Fix })
    }
}

fn place_of(position: Position) -> Option<Place> {
    let point = Point::from_degrees(position.lat, position.lon).ok()?;
    // Within the range that the position was checked against.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let accuracy_m = position.accuracy_m.map(|metres| metres.ceil() as u32);
    Some(Place { point, accuracy_m, source: PlaceSource::Capture })
}

fn declared(facts: &Facts, now: ClockReading, heard: Option<HubTimeMark>) -> Declared {
    let upright = |frame: Frame| {
        let photo_turned = facts.kind == MediaKind::Photo && matches!(frame.orientation, Some(5..=8));
        let turned = photo_turned || matches!(frame.rotation_deg, Some(90 | 270));
        if turned { (frame.height, frame.width) } else { (frame.width, frame.height) }
    };
    let (width, height) = facts.frame.map(upright).unzip();
    let taken = facts.taken_at.clone().and_then(|mut moment| {
        // A camera that does not say its offset is taken to be where the phone is.
        moment.offset_min = moment.offset_min.or(Some(now.offset_min));
        moment.unix_ms().map(UnixMs::from_millis)
    });
    Declared {
        hash: facts.sha256,
        kind: facts.kind,
        media_type: facts.mime,
        bytes: facts.bytes,
        width,
        height,
        duration_ms: facts.duration_ms.map(|ms| u32::try_from(ms).unwrap_or(u32::MAX)),
        taken,
        bracket: bracket(taken, now, heard),
    }
}

/// It was taken before now, if true time is known; and after the hub was last heard, if by the phone's own clock it is
/// younger than that.
fn bracket(taken: Option<UnixMs>, now: ClockReading, heard: Option<HubTimeMark>) -> Bracket {
    let TrueTime::Known(at) = true_time(now, heard, built()) else { return Bracket::default() };
    let age_ms = taken.map(|taken| now.wall.millis_since(taken)).filter(|age| *age >= 0);
    let taken_at = age_ms.map(|age| at.plus_millis(age.saturating_neg()));
    let after = heard.map(|mark| mark.hub).filter(|hub| taken_at.is_some_and(|taken| taken >= *hub));
    Bracket { after, before: Some(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: UnixMs = UnixMs::from_millis(1_793_600_000_000);
    const HEARD: HubTimeMark = HubTimeMark { hub: HUB, ticks_ms: 1_000, boot: 7 };

    fn at(wall: i64, ticks_ms: u64, boot: u64) -> ClockReading {
        ClockReading { wall: UnixMs::from_millis(wall), offset_min: 420, ticks_ms, boot }
    }

    #[test]
    fn a_wrong_wall_clock_still_brackets_a_fresh_photo() {
        let now = at(5_000_000, 61_000, 7);
        let found = bracket(Some(UnixMs::from_millis(4_990_000)), now, Some(HEARD));
        assert_eq!(found, Bracket { after: Some(HUB), before: Some(HUB.plus_millis(60_000)) });
    }

    #[test]
    fn an_old_photo_is_not_said_to_be_new_and_a_reboot_says_nothing() {
        let now = at(5_000_000, 61_000, 7);
        let old = bracket(Some(UnixMs::from_millis(1_000)), now, Some(HEARD));
        assert_eq!(old, Bracket { after: None, before: Some(HUB.plus_millis(60_000)) });
        assert_eq!(bracket(None, at(5_000_000, 61_000, 8), Some(HEARD)), Bracket::default());
    }
}
