//! Reports: what a person hands in, and what is shown of it.

use std::path::PathBuf;

use paht_engine::plan::Report;
use paht_phone::{Listed, Shown};

use crate::ids::{CaseCode, CategoryCode, ReportId, UnixMs};
use crate::media::{Capture, Place, Point};
use crate::queue::{ParkReason, Part, parts_of};
use crate::review::Review;
use crate::timeline::{Answer, Assignment, Stage, TimelineEntry};

/// Whether a report is to be sent.
pub type Condition = paht_engine::plan::Condition;
/// The verdict on one answer.
pub type Rating = paht_model::command::Rating;
/// Saying that an answer did not settle it.
pub type Reopening = paht_model::command::Reopening;
/// What may be changed of a report afterwards.
pub type Edit = paht_model::statement::Edit;

/// Whether a report is to be sent.
#[uniffi::remote(Enum)]
pub enum Condition {
    /// Yes.
    Live,
    /// Not until the person says so.
    Held,
    /// Taken back.
    Withdrawn,
}

/// The verdict on one answer.
#[uniffi::remote(Record)]
pub struct Rating {
    /// Which assignment.
    pub assignment: u16,
    /// Which of its answers, counted from 1.
    pub answer: u16,
    /// 1 (not at all) to 5 (fully settled).
    pub grade: u8,
    /// Why; may be empty.
    pub text: String,
}

/// Saying that an answer did not settle it.
#[uniffi::remote(Record)]
pub struct Reopening {
    /// Which assignment.
    pub assignment: u16,
    /// Why.
    pub reason: String,
}

/// What may be changed of a report afterwards; absent fields stay as they are.
#[uniffi::remote(Record)]
pub struct Edit {
    /// New category.
    pub category: Option<CategoryCode>,
    /// New text.
    pub text: Option<String>,
    /// New place.
    pub place: Option<Place>,
}

/// The phone's own position.
pub type Fix = paht_phone::Fix;

/// The phone's own position.
#[uniffi::remote(Record)]
pub struct Fix {
    /// The point.
    pub point: Point,
    /// Radius in which the true place lies with 68 % certainty, in metres; absent if not known.
    pub accuracy_m: Option<u32>,
}

/// What the person hands in.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct NewReport {
    /// Paths of photos and videos; copied, never changed.
    pub files: Vec<String>,
    /// Their words.
    #[uniffi(default = "")]
    pub text: String,
    /// What it is about; refused if absent.
    pub category: Option<CategoryCode>,
    /// Where, as the person set it; otherwise the first capture that knows tells it.
    #[uniffi(default = None)]
    pub at: Option<Point>,
    /// Where the phone is now; taken where neither the person nor a capture tells.
    #[uniffi(default = None)]
    pub fix: Option<Fix>,
    /// The sender's telephone number, if they wish; sealed to the hub, never public.
    #[uniffi(default = None)]
    pub phone_number: Option<String>,
    /// The sender's name, if they wish; sealed too.
    #[uniffi(default = None)]
    pub name: Option<String>,
    /// The language to answer in, as BCP 47; Vietnamese if absent.
    #[uniffi(default = None)]
    pub language: Option<String>,
    /// Keep it, but do not send it yet.
    #[uniffi(default = false)]
    pub hold: bool,
    /// The service it is about and how it was, where it is about one. Then the category may be absent: reviews have one
    /// of their own.
    #[uniffi(default = None)]
    pub review: Option<Review>,
}

impl From<NewReport> for paht_phone::NewReport {
    fn from(new: NewReport) -> Self {
        let NewReport { files, text, category, at, fix, phone_number, name, language, hold, review } = new;
        let files = files.into_iter().map(PathBuf::from).collect();
        Self { files, text, category, review, at, fix, phone_number, name, language, hold }
    }
}

/// Where a report stands on its way to the IOC.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Way {
    /// On the phone only.
    Waiting,
    /// The IOC has the statement, and so many of its parts.
    Arriving {
        /// Parts with a receipt.
        delivered: u32,
        /// Parts in all.
        parts: u32,
    },
    /// The IOC has everything.
    Whole,
    /// Needs the person.
    NeedsYou {
        /// Why.
        reason: ParkReason,
    },
    /// Kept back by the person.
    Held,
    /// Taken back.
    Withdrawn,
}

impl From<paht_engine::status::Way> for Way {
    fn from(way: paht_engine::status::Way) -> Self {
        use paht_engine::status::Way as Theirs;
        match way {
            Theirs::Waiting => Self::Waiting,
            Theirs::Arriving { delivered, parts } => {
                Self::Arriving { delivered: count(delivered), parts: count(parts) }
            }
            Theirs::Whole => Self::Whole,
            Theirs::NeedsYou { reason } => Self::NeedsYou { reason },
            Theirs::Held => Self::Held,
            Theirs::Withdrawn => Self::Withdrawn,
        }
    }
}

/// A count for people. None here comes near the end of 32 bits.
pub(crate) fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// A report in a list.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReportLine {
    /// Its id.
    pub id: ReportId,
    /// What the phone's wall clock said when it was made: a claim.
    pub made: UnixMs,
    /// What it is about.
    pub category: CategoryCode,
    /// The citizen's words.
    pub text: String,
    /// Where.
    pub place: Option<Place>,
    /// Its originals.
    pub captures: Vec<Capture>,
    /// The service it is about and how it was, where it is about one.
    pub review: Option<Review>,
    /// Its public code, once the hub has said it.
    pub case: Option<CaseCode>,
    /// Whether it is to be sent.
    pub condition: Condition,
    /// Where it stands on its way to the IOC.
    pub way: Way,
    /// Where its case stands; absent before the hub's first word.
    pub stage: Option<Stage>,
    /// It was sent as a text message, and its statement is not at the IOC yet.
    pub unconfirmed: bool,
}

impl ReportLine {
    fn of(report: Report, way: paht_engine::status::Way, stage: Option<Stage>, unconfirmed: bool) -> Self {
        // What is private stays on the other side.
        let Report {
            id,
            made,
            category,
            text,
            place,
            language: _,
            review,
            captures,
            private: _,
            revision: _,
            case,
            condition,
        } = report;
        let captures = captures.into_iter().map(Capture::from).collect();
        let (made, way) = (made.wall, way.into());
        Self { id, made, category, text, place, captures, review, case, condition, way, stage, unconfirmed }
    }
}

impl From<Listed> for ReportLine {
    fn from(listed: Listed) -> Self {
        let Listed { report, way, stage, unconfirmed } = listed;
        Self::of(report, way, stage, unconfirmed)
    }
}

/// A report with everything known of it.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReportView {
    /// What a list shows of it.
    pub line: ReportLine,
    /// Its parts, in the order they were made.
    pub parts: Vec<Part>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The agencies' shares of its case.
    pub assignments: Vec<Assignment>,
    /// The agencies' answers, oldest first.
    pub answers: Vec<Answer>,
}

impl From<Shown> for ReportView {
    fn from(shown: Shown) -> Self {
        let Shown { report, entries, told, case, way, stage, answers, unconfirmed } = shown;
        let assignments = case.map(|case| case.assignments).unwrap_or_default();
        Self {
            line: ReportLine::of(report, way, stage, unconfirmed),
            parts: parts_of(entries),
            timeline: told.into_iter().map(TimelineEntry::from).collect(),
            assignments: assignments.into_iter().map(Assignment::from).collect(),
            answers: answers.into_iter().map(Answer::from).collect(),
        }
    }
}
