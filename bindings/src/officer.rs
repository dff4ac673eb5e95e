//! The lane of an agency's officer: the agency's cases, and what this phone does to them.

use std::path::PathBuf;

use paht_model::officer::{Act as SaidAct, EvidencePiece};
use paht_model::timeline::Entry;
use paht_model::wire::officer as told;
use paht_model::wire::sync::PartName;
use paht_phone::{ActAtHand, CaseAtHand, CasesAtHand};

use crate::error::{ErrorCode, PahtError};
use crate::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, ReportId, Sha256, UnixMs};
use crate::media::{MediaType, Place};
use crate::phone::Phone;
use crate::queue::PartKind;
use crate::report::Way;
use crate::run;
use crate::timeline::What;

/// Where an agency's share stands.
pub type ShareState = told::ShareState;

/// Where an agency's share stands.
#[uniffi::remote(Enum)]
pub enum ShareState {
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
    /// Something a newer hub says.
    Unknown(u8),
}

/// Who this phone is an officer's of.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Officer {
    /// The agency.
    pub agency: AgencyId,
    /// Since when, by the hub's clock.
    pub since: UnixMs,
}

impl From<told::Officer> for Officer {
    fn from(officer: told::Officer) -> Self {
        let told::Officer { key: _, agency, since, ended: _ } = officer;
        Self { agency, since }
    }
}

/// The agency's cases, the first due first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfficerCases {
    /// When the hub said so, by its clock.
    pub at: UnixMs,
    /// At least so old, in milliseconds; 0 for what the hub said just now.
    pub age_ms: i64,
    /// The agency.
    pub agency: AgencyId,
    /// The cases.
    pub cases: Vec<OfficerCase>,
    /// There are more than one answer holds.
    pub more: bool,
}

/// A case as an officer may see it, with what this phone did to it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfficerCase {
    /// Its report; acts are about it.
    pub report: ReportId,
    /// Its public code.
    pub code: CaseCode,
    /// When the hub received it.
    pub received: UnixMs,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// The commune.
    pub area: Option<AreaCode>,
    /// Where.
    pub place: Option<Place>,
    /// The citizen's words.
    pub text: String,
    /// Danger to life or limb.
    pub urgent: bool,
    /// The agency's own shares, oldest first.
    pub shares: Vec<OfficerShare>,
    /// Pictures that `casePicture` gives.
    pub pictures: Vec<CasePicture>,
    /// What happened, oldest first.
    pub timeline: Vec<CaseEntry>,
    /// What this phone did to it, oldest first.
    pub acts: Vec<OfficerAct>,
}

/// The agency's share of a case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfficerShare {
    /// The assignment, counted from 1.
    pub assignment: u16,
    /// Where it stands.
    pub state: ShareState,
    /// The first deadline; stays on record.
    pub first_due: UnixMs,
    /// The deadline that runs now.
    pub due: UnixMs,
    /// The later deadline that was asked for and not given yet.
    pub asked: Option<UnixMs>,
    /// How often it was reopened.
    pub reopened: u16,
}

/// A picture of a case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CasePicture {
    /// Its hash.
    pub hash: Sha256,
    /// Preview or rendition.
    pub kind: PartKind,
    /// The original it was made from.
    pub of: Option<Sha256>,
    /// Its format.
    pub media_type: MediaType,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Shows an agency's result, not the citizen's report.
    pub evidence: bool,
}

/// One line of a case's timeline.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaseEntry {
    /// When, by the hub's clock.
    pub at: UnixMs,
    /// What happened.
    pub what: What,
    /// What somebody wrote with it.
    pub words: Option<String>,
}

/// What this phone did to a case, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfficerAct {
    /// About which report.
    pub report: ReportId,
    /// Its name, with the report.
    pub id: Sha256,
    /// The case's public code; absent only after a damaged database was saved.
    pub case: Option<CaseCode>,
    /// Which assignment, counted from 1.
    pub assignment: u16,
    /// What.
    pub deed: Deed,
    /// What the phone's wall clock said: a claim; absent only after a damaged database was saved.
    pub made: Option<UnixMs>,
    /// Where it stands on its way: `Waiting`, `Arriving`, `Whole`, or `NeedsYou` with the code it was refused with.
    pub way: Way,
    /// Why the hub dropped an answer that it had, as last heard; absent if it did not.
    pub dropped: Option<ErrorCode>,
}

/// What was done to an assignment.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Deed {
    /// Taken up.
    Start,
    /// Given back.
    Return {
        /// Why.
        reason: String,
    },
    /// Asked for a later deadline.
    AskTime {
        /// The deadline wished for, by the hub's clock.
        until: UnixMs,
        /// Why.
        reason: String,
    },
    /// Answered.
    Answer {
        /// The answer.
        text: String,
        /// What is shown of its evidence; `mediaPath` tells where each is.
        renditions: Vec<Sha256>,
    },
}

/// What an officer does to an assignment.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum NewDeed {
    /// Takes it up.
    Start,
    /// Gives it back.
    Return {
        /// Why; never blank.
        reason: String,
    },
    /// Asks for a later deadline.
    AskTime {
        /// The deadline wished for, by the hub's clock; later than the present one.
        until: UnixMs,
        /// Why; never blank.
        reason: String,
    },
    /// Answers.
    Answer {
        /// The answer; never blank.
        text: String,
        /// Photos and videos of the result; copied, never changed.
        files: Vec<String>,
    },
}

#[uniffi::export]
impl Phone {
    /// Makes this phone an officer's of the agency whose code is given. `PahtError.Link` without a link, and with
    /// `NotAllowed`, `Forbidden` or `OfficerEnded` where the code or the phone is not taken.
    pub async fn enrol(&self, code: String) -> Result<Officer, PahtError> {
        let phone = self.core.clone();
        run::linked(async move { Ok(phone.enrol(&code).await?.into()) }).await
    }

    /// Signs the officer out on this phone, which works without a link: the agency's cases and their pictures are forgotten.
    /// What was done already goes out all the same; to sign in again, a code is needed.
    pub async fn sign_out(&self) -> Result<(), PahtError> {
        self.on_disk(paht_phone::Phone::sign_out).await
    }

    /// Who this phone is an officer's of; absent on everybody else's phone.
    pub async fn officer(&self) -> Result<Option<Officer>, PahtError> {
        Ok(self.on_disk(paht_phone::Phone::officer).await?.map(Officer::from))
    }

    /// The agency's open cases as the hub has them now. `PahtError.Link` without a link; then `casesKept` tells what was
    /// last heard. With `OfficerEnded` or `OfficerUnknown` the phone is an officer's no more.
    pub async fn cases(&self) -> Result<OfficerCases, PahtError> {
        let core = self.core.clone();
        run::linked(async move { Ok(core.cases().await?.into()) }).await
    }

    /// What was last heard of the agency's cases, with what was done here since; absent if they were never asked for.
    pub async fn cases_kept(&self) -> Result<Option<OfficerCases>, PahtError> {
        Ok(self.on_disk(paht_phone::Phone::cases_kept).await?.map(OfficerCases::from))
    }

    /// Where a picture of one of the kept cases is; asked of the hub the first time.
    pub async fn case_picture(&self, report: ReportId, hash: Sha256) -> Result<String, PahtError> {
        let core = self.core.clone();
        let path =
            run::linked(async move { Ok(core.case_picture(&PartName { report, hash }).await?) }).await?;
        path.to_str().map(str::to_owned).ok_or(PahtError::Internal)
    }

    /// Does something to one of the kept cases; no link is needed. When it returns, the act and every byte of its files
    /// survive a kill, a full disk and a power cut; when it is refused, nothing of it is left. Gives its name.
    pub async fn act(&self, report: ReportId, assignment: u16, deed: NewDeed) -> Result<Sha256, PahtError> {
        let new = paht_phone::NewAct { report, assignment, deed: deed.into() };
        Ok(self.on_disk(move |phone| phone.act(new)).await?.hash)
    }

    /// What this phone did to cases, newest first, whether the hub still lists the case or not.
    pub async fn acts(&self, limit: u32) -> Result<Vec<OfficerAct>, PahtError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let acts = self.on_disk(move |phone| phone.acts(limit)).await?;
        Ok(acts.into_iter().map(OfficerAct::from).collect())
    }

    /// Lets an act go that needs the person: it is never sent.
    pub async fn let_act_go(&self, report: ReportId, id: Sha256) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.let_act_go(&PartName { report, hash: id })).await
    }

    /// Sends an act again that needs the person, after what it was refused for was mended.
    pub async fn send_act_again(&self, report: ReportId, id: Sha256) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.send_act_again(&PartName { report, hash: id })).await
    }
}

impl From<NewDeed> for paht_phone::Deed {
    fn from(deed: NewDeed) -> Self {
        match deed {
            NewDeed::Start => Self::Start,
            NewDeed::Return { reason } => Self::Return { reason },
            NewDeed::AskTime { until, reason } => Self::AskTime { until, reason },
            NewDeed::Answer { text, files } => {
                Self::Answer { text, files: files.into_iter().map(PathBuf::from).collect() }
            }
        }
    }
}

impl From<SaidAct> for Deed {
    fn from(act: SaidAct) -> Self {
        let shown = |piece: EvidencePiece| piece.rendition.hash;
        match act {
            SaidAct::Start { assignment: _ } => Self::Start,
            SaidAct::Return { assignment: _, reason } => Self::Return { reason },
            SaidAct::AskTime { assignment: _, until, reason } => Self::AskTime { until, reason },
            SaidAct::Answer { assignment: _, text, evidence } => {
                Self::Answer { text, renditions: evidence.into_iter().map(shown).collect() }
            }
        }
    }
}

impl From<ActAtHand> for OfficerAct {
    fn from(at_hand: ActAtHand) -> Self {
        let ActAtHand { part, case, act, made, way, dropped } = at_hand;
        Self {
            report: part.report,
            id: part.hash,
            case,
            assignment: act.assignment(),
            deed: act.into(),
            made: made.map(|clocks| clocks.wall),
            way: way.into(),
            dropped,
        }
    }
}

impl From<CasesAtHand> for OfficerCases {
    fn from(at_hand: CasesAtHand) -> Self {
        let CasesAtHand { at, age_ms, agency, cases, more } = at_hand;
        Self { at, age_ms, agency, cases: cases.into_iter().map(OfficerCase::from).collect(), more }
    }
}

impl From<CaseAtHand> for OfficerCase {
    fn from(at_hand: CaseAtHand) -> Self {
        let CaseAtHand { case, acts } = at_hand;
        // What waits at the hub is told by the acts themselves.
        let told::OfficerCase {
            report,
            code,
            received,
            category,
            area,
            place,
            text,
            urgent,
            shares,
            pictures,
            timeline,
            waiting: _,
        } = case;
        Self {
            report,
            code,
            received,
            category,
            area,
            place,
            text,
            urgent,
            shares: shares.into_iter().map(OfficerShare::from).collect(),
            pictures: pictures.into_iter().map(CasePicture::from).collect(),
            timeline: timeline.into_iter().map(CaseEntry::from).collect(),
            acts: acts.into_iter().map(OfficerAct::from).collect(),
        }
    }
}

impl From<told::OfficerShare> for OfficerShare {
    fn from(share: told::OfficerShare) -> Self {
        let told::OfficerShare { assignment, state, first_due, due, asked, reopened } = share;
        Self { assignment, state, first_due, due, asked, reopened }
    }
}

impl From<told::OfficerPicture> for CasePicture {
    fn from(picture: told::OfficerPicture) -> Self {
        let told::OfficerPicture { hash, kind, of, media_type, bytes, evidence } = picture;
        Self { hash, kind, of, media_type, bytes, evidence }
    }
}

impl From<Entry> for CaseEntry {
    fn from(entry: Entry) -> Self {
        let Entry { at, what, words } = entry;
        Self { at, what, words }
    }
}
