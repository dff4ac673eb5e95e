//! What happened to a case, as its citizen may see it.

use paht_model::case::{Assignment as CaseAssignment, AssignmentState as CaseAssignmentState};
use paht_model::timeline::Entry;
use paht_model::wire::sync::Told;

use crate::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, Sha256, UnixMs};
use crate::queue::PartKind;

/// Where a case stands.
pub type Stage = paht_model::case::Stage;
/// Where one agency's share stands.
pub type AssignmentState = CaseAssignmentState;
/// What happened.
pub type What = paht_model::timeline::What;
/// Who speaks in a comment.
pub type Speaker = paht_model::timeline::Speaker;
/// Who may see a case.
pub type Publication = paht_model::timeline::Publication;
/// How a report reached the IOC.
pub type Carrier = paht_model::timeline::Carrier;

/// Where a case stands.
#[uniffi::remote(Enum)]
pub enum Stage {
    /// Waits for an operator.
    Received,
    /// Not handled here.
    Refused,
    /// The same as another case.
    Duplicate,
    /// With an agency, not yet taken up.
    Dispatched,
    /// An agency works on it.
    InProgress,
    /// An agency gave it back.
    Returned,
    /// Every agency has answered.
    Answered,
    /// Settled.
    Closed,
    /// Taken back by the citizen.
    Withdrawn,
}

/// Where one agency's share stands.
#[uniffi::remote(Enum)]
pub enum AssignmentState {
    /// Given, not yet taken up.
    Dispatched,
    /// Being worked on.
    InProgress,
    /// Given back.
    Returned,
    /// Answered, not yet settled.
    Answered,
    /// Settled.
    Closed,
}

/// Who speaks in a comment.
#[uniffi::remote(Enum)]
pub enum Speaker {
    /// Who made the report.
    Citizen,
    /// The agency that handles it.
    Agency,
    /// The IOC.
    Operator,
    /// Somebody a newer hub knows.
    Unknown(u8),
}

/// How a report reached the IOC.
#[uniffi::remote(Enum)]
pub enum Carrier {
    /// Its signed statement, over a link of the phone's own.
    Http,
    /// Its essentials, as one or a few SMS of our format.
    Sms,
    /// A person's own words, as an SMS.
    Text,
    /// Its signed statement, taken along by somebody else's phone.
    Courier,
    /// Something a newer hub says.
    Unknown(u8),
}

/// Who may see a case.
#[uniffi::remote(Enum)]
pub enum Publication {
    /// Waits for an operator's look.
    Held,
    /// Everybody.
    Public,
    /// Was public, is no longer.
    TakenDown,
    /// Something a newer hub says.
    Unknown(u8),
}

/// What happened.
#[uniffi::remote(Enum)]
pub enum What {
    /// The hub has the statement; the case exists.
    Received {
        /// The case's public code.
        case: CaseCode,
    },
    /// It was put in a category and an area.
    Classified {
        /// The category.
        category: CategoryCode,
        /// The commune, if the place is in one.
        area: Option<AreaCode>,
    },
    /// Not something the IOC handles; the words say why.
    Refused,
    /// The same matter as another case.
    Duplicate {
        /// That case.
        of: CaseCode,
    },
    /// Given to an agency.
    Dispatched {
        /// The assignment, counted from 1.
        assignment: u16,
        /// To whom.
        agency: AgencyId,
        /// The deadline.
        due: UnixMs,
    },
    /// The agency has taken it up.
    InProgress {
        /// The assignment.
        assignment: u16,
    },
    /// The agency gave it back; the words say why.
    Returned {
        /// The assignment.
        assignment: u16,
    },
    /// The agency's result; the words are the answer.
    Answered {
        /// The assignment.
        assignment: u16,
        /// Which answer of it, counted from 1.
        answer: u16,
        /// Its evidence, by hash.
        evidence: Vec<Sha256>,
    },
    /// An assignment is settled.
    Closed {
        /// The assignment.
        assignment: u16,
    },
    /// The citizen's verdict on an answer.
    Rated {
        /// The assignment.
        assignment: u16,
        /// The answer.
        answer: u16,
        /// 1 to 5.
        grade: u8,
    },
    /// The citizen says it is not settled; a second clock runs beside the first.
    Reopened {
        /// The assignment.
        assignment: u16,
        /// The new deadline.
        due: UnixMs,
    },
    /// The agency asks for a later deadline; the words say why. Asked anew, it replaces the wish.
    TimeAsked {
        /// The assignment.
        assignment: u16,
        /// The deadline wished for.
        until: UnixMs,
    },
    /// The IOC gives a later deadline; the first stays on record.
    TimeGiven {
        /// The assignment.
        assignment: u16,
        /// The new deadline.
        due: UnixMs,
    },
    /// Words added to the case.
    Commented {
        /// By whom.
        by: Speaker,
    },
    /// The citizen changed the report.
    Edited,
    /// The citizen took the report back.
    Withdrawn,
    /// A declared part arrived whole.
    Arrived {
        /// Which piece.
        part: PartKind,
        /// Its hash.
        hash: Sha256,
    },
    /// Who may see the case changed.
    Published {
        /// To what.
        to: Publication,
    },
    /// It came by this carrier. Not said of what came by data alone.
    Carried {
        /// By which.
        by: Carrier,
    },
    /// Something a newer hub says.
    Unknown {
        /// Its code.
        code: u32,
    },
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TimelineEntry {
    /// Counts the report's entries as this phone is told them.
    pub number: u32,
    /// When, by the hub's clock.
    pub at: UnixMs,
    /// What happened.
    pub what: What,
    /// What somebody wrote with it; absent if nothing, or erased.
    pub words: Option<String>,
}

impl From<Told> for TimelineEntry {
    fn from(told: Told) -> Self {
        let Told { report: _, number, entry: Entry { at, what, words } } = told;
        Self { number, at, what, words }
    }
}

/// One agency's share of a case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Assignment {
    /// Counted from 1.
    pub number: u16,
    /// Whose.
    pub agency: AgencyId,
    /// Where it stands.
    pub state: AssignmentState,
    /// The first deadline; stays on record.
    pub first_due: UnixMs,
    /// The deadline that runs now.
    pub due: UnixMs,
    /// The later deadline that the agency asked for and was not given yet.
    #[uniffi(default = None)]
    pub asked: Option<UnixMs>,
    /// How often it was reopened.
    pub reopened: u16,
    /// How many answers it got.
    pub answers: u16,
    /// When the last answer came.
    pub answered_at: Option<UnixMs>,
    /// The last verdict.
    pub grade: Option<u8>,
}

impl From<CaseAssignment> for Assignment {
    fn from(share: CaseAssignment) -> Self {
        let CaseAssignment {
            number,
            agency,
            state,
            first_due,
            due,
            asked,
            reopened,
            answers,
            answered_at,
            grade,
        } = share;
        Self { number, agency, state, first_due, due, asked, reopened, answers, answered_at, grade }
    }
}

/// An agency's answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Answer {
    /// Of which assignment.
    pub assignment: u16,
    /// Which of its answers, counted from 1.
    pub answer: u16,
    /// When, by the hub's clock.
    pub at: UnixMs,
    /// Its words.
    pub text: Option<String>,
    /// Its evidence, by hash.
    pub evidence: Vec<Sha256>,
}

impl From<paht_phone::Answer> for Answer {
    fn from(told: paht_phone::Answer) -> Self {
        let paht_phone::Answer { assignment, answer, at, text, evidence } = told;
        Self { assignment, answer, at, text, evidence }
    }
}
