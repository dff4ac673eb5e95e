//! The lane of an agency's officer, on the same phone as the person's own reports: enrolled once with a link, then the
//! agency's cases are heard and kept, and whatever is done to them is kept like a report and sent when it can be.

use std::path::PathBuf;

use paht_engine::officer;
use paht_engine::plan::{KeptAct, Notice};
use paht_engine::ports::{Acts as _, Media as _, Store as _};
use paht_engine::status::Way;
use paht_model::command::Body;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, ReportId, Sha256};
use paht_model::officer::Act;
use paht_model::time::{ClockReading, UnixMs};
use paht_model::wire::officer::{Enrolment, Officer, OfficerAsk, OfficerCase, OfficerCases};
use paht_model::wire::sync::PartName;
use serde::Serialize;

use super::{Inner, Phone, PhoneError};
use crate::store::SqliteStore;

/// Who this phone is an officer's of, in JSON; empty once it is no more.
const OFFICER: &str = "officer";
/// Acts read at a time.
const PAGE: usize = 64;

/// The agency's cases, with what this phone did to each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CasesAtHand {
    /// When the hub said so, by its clock.
    pub at: UnixMs,
    /// At least so old, in milliseconds; 0 for what the hub said just now.
    pub age_ms: i64,
    /// The agency.
    pub agency: AgencyId,
    /// The cases, the first due first.
    pub cases: Vec<CaseAtHand>,
    /// There are more than one answer holds.
    pub more: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseAtHand {
    /// What the hub told.
    pub case: OfficerCase,
    /// What this phone did to it, oldest first.
    pub acts: Vec<ActAtHand>,
}

/// What this phone did to a case, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActAtHand {
    /// Its name: the report and the signed command.
    pub part: PartName,
    /// The case's public code; absent only after a damaged database was saved.
    pub case: Option<CaseCode>,
    /// What it says.
    pub act: Act,
    /// The phone's clocks when it was made; absent only after a damaged database was saved.
    pub made: Option<ClockReading>,
    /// Where it stands on its way to the IOC.
    pub way: Way,
    /// Why the hub dropped an answer that it had, as last heard; absent if it did not.
    pub dropped: Option<Code>,
}

impl Phone {
    /// Makes this phone an officer's of the agency whose code (the agency's token) is given. Needs a link.
    ///
    /// # Errors
    /// [`PhoneError::NoIoc`]; [`PhoneError::Link`] without a link, with `request.not-allowed` for a code that is none,
    /// `request.forbidden` for one that is no agency's, `officer.ended` for a phone that an operator ended.
    pub async fn enrol(&self, code: &str) -> Result<Officer, PhoneError> {
        let (code, link) = (code.trim(), self.inner.hub()?);
        if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(PhoneError::Link(Code::NotAllowed));
        }
        let tenant = self.inner.options.tenant.clone();
        let enrolment = Enrolment { tenant, token: Sha256::of(code.as_bytes()) };
        let signed = enrolment.seal(&*self.inner.keys).map_err(PhoneError::from)?;
        let officer = link.enrol(code, signed).await?;
        let before = self.officer()?;
        if before.is_some_and(|before| before.agency != officer.agency) {
            self.inner.forget_cases()?;
        }
        let json = serde_json::to_string(&officer).unwrap_or_default();
        self.inner.store().set_setting(OFFICER, &json)?;
        self.inner.decide_and_wake(|_, store| Ok(((), officer::enrolled(store)?)))?;
        self.inner.tell(&[Notice::Cases]);
        Ok(officer)
    }

    /// Signs the officer out on this phone, which works without a link: the agency's cases and their pictures are forgotten, and
    /// nothing more is done in its name. What was done already goes out all the same. The IOC still knows the phone's key until
    /// it ends it; to sign in again, a code is needed.
    pub fn sign_out(&self) -> Result<(), PhoneError> {
        self.inner.store().set_setting(OFFICER, "")?;
        self.inner.forget_cases()?;
        self.inner.tell(&[Notice::Cases]);
        Ok(())
    }

    /// Who this phone is an officer's of, as far as it has heard; absent on everybody else's phone.
    pub fn officer(&self) -> Result<Option<Officer>, PhoneError> {
        Ok(known(&self.inner.store())?)
    }

    /// The agency's open cases as the hub has them now. They are kept for [`Phone::cases_kept`]. A phone that is an
    /// officer's no more forgets them.
    ///
    /// # Errors
    /// [`PhoneError::NoIoc`]; [`PhoneError::Link`] without a link, or with `officer.unknown` or `officer.ended`.
    pub async fn cases(&self) -> Result<CasesAtHand, PhoneError> {
        let link = self.inner.hub()?;
        let signed = self.inner.ask(None)?;
        match link.officer_cases(signed).await {
            Ok(cases) => {
                let gone = self.inner.store().keep_officer_cases(Some(&cases));
                // They are shown all the same where they cannot be kept.
                match gone {
                    Ok(gone) => gone.iter().for_each(|hash| self.inner.erase_unneeded(hash)),
                    Err(fault) => tracing::warn!(%fault, "the officer's cases could not be kept"),
                }
                self.inner.tell(&[Notice::Cases]);
                Ok(at_hand(&self.inner.store(), cases, 0)?)
            }
            Err(failure) => {
                if matches!(failure.code, Code::OfficerUnknown | Code::OfficerEnded) {
                    self.inner.store().set_setting(OFFICER, "")?;
                    self.inner.forget_cases()?;
                    self.inner.tell(&[Notice::Cases]);
                }
                Err(failure.into())
            }
        }
    }

    /// What [`Phone::cases`] last said, with how old it is and what was done here since; absent if it was never asked.
    pub fn cases_kept(&self) -> Result<Option<CasesAtHand>, PhoneError> {
        let store = self.inner.store();
        let Some(cases) = store.officer_cases()? else { return Ok(None) };
        let age_ms = self.inner.age_ms(&store.link()?, cases.at);
        Ok(Some(at_hand(&store, cases, age_ms)?))
    }

    /// Where a picture of one of the kept cases is; asked of the hub the first time, and kept as long as its case.
    ///
    /// # Errors
    /// `case.unknown` if no kept case has it; [`PhoneError::NoIoc`]; [`PhoneError::Link`].
    pub async fn case_picture(&self, part: &PartName) -> Result<PathBuf, PhoneError> {
        let known = self.inner.store().officer_cases()?;
        let cases = known.iter().flat_map(|known| &known.cases).filter(|case| case.report == part.report);
        if !cases.flat_map(|case| &case.pictures).any(|picture| picture.hash == part.hash) {
            return Err(Code::CaseUnknown.into());
        }
        if !self.inner.media.has(&part.hash)? {
            let bytes = self.inner.hub()?.case_picture(self.inner.ask(Some(*part))?).await;
            let bytes = bytes?;
            if Sha256::of(&bytes) != part.hash {
                return Err(PhoneError::Link(Code::LinkGarbled));
            }
            let kept = self.inner.media.keep_bytes(&part.hash, &bytes)?;
            self.inner.store().keep_case_picture(&part.hash)?;
            drop(kept);
        }
        Ok(self.inner.media.path(&part.hash))
    }

    /// What this phone did to cases, newest first, whether the hub still lists the case or not; at most `limit`.
    pub fn acts(&self, limit: usize) -> Result<Vec<ActAtHand>, PhoneError> {
        let store = self.inner.store();
        let cases = store.officer_cases()?;
        let mut all = Vec::new();
        let mut after = 0;
        loop {
            let page = store.acts(after, PAGE)?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            all.extend(page.into_iter().map(|(_, act)| act));
        }
        let newest = all.into_iter().rev().take(limit);
        let shown = newest.map(|act| act_at_hand(&store, act, cases.as_ref()));
        Ok(shown.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Lets a parked act go: it is never sent. Its files go too, unless something else needs them.
    pub fn let_act_go(&self, part: &PartName) -> Result<(), PhoneError> {
        let files = self.inner.decide_and_wake(|_, store| {
            let files: Vec<Sha256> =
                officer::entries(store, part)?.iter().map(|entry| entry.part.hash).collect();
            Ok((files, officer::let_go(store, part)?))
        })?;
        for hash in &files {
            self.inner.erase_unneeded(hash);
        }
        Ok(())
    }

    /// Sends a parked act again, after what it was refused for was mended.
    pub fn send_act_again(&self, part: &PartName) -> Result<(), PhoneError> {
        self.inner.decide_and_wake(|_, store| Ok(((), officer::again(store, part)?)))
    }
}

impl Inner {
    fn ask(&self, picture: Option<PartName>) -> Result<Vec<u8>, PhoneError> {
        let ask = OfficerAsk { tenant: self.options.tenant.clone(), picture };
        ask.seal(&*self.keys).map_err(PhoneError::from)
    }

    /// An officer's no more, or another agency's: what citizens said is not for this phone any longer.
    fn forget_cases(&self) -> Result<(), PhoneError> {
        let gone = self.store().keep_officer_cases(None)?;
        for hash in &gone {
            self.erase_unneeded(hash);
        }
        Ok(self.store().forget_overwritten()?)
    }

    /// The case that is about to be acted on, as the hub last told it.
    pub(super) fn known_case(&self, report: &ReportId) -> Result<OfficerCase, PhoneError> {
        let store = self.store();
        known(&store)?.ok_or(Code::OfficerUnknown)?;
        let cases = store.officer_cases()?.map(|known| known.cases).unwrap_or_default();
        Ok(cases.into_iter().find(|case| case.report == *report).ok_or(Code::CaseUnknown)?)
    }
}

fn known(store: &SqliteStore) -> Result<Option<Officer>, paht_engine::ports::StoreFault> {
    Ok(store.setting(OFFICER)?.and_then(|json| serde_json::from_str(&json).ok()))
}

fn at_hand(store: &SqliteStore, cases: OfficerCases, age_ms: i64) -> Result<CasesAtHand, PhoneError> {
    let mut shown = Vec::new();
    for case in &cases.cases {
        let mut acts = Vec::new();
        for act in store.acts_of(&case.report)? {
            acts.extend(act_at_hand(store, act, Some(&cases))?);
        }
        shown.push(CaseAtHand { case: case.clone(), acts });
    }
    let OfficerCases { at, agency, more, .. } = cases;
    Ok(CasesAtHand { at, age_ms, agency, cases: shown, more })
}

/// `None` if its command no longer reads: then nobody can say what it was.
fn act_at_hand(
    store: &SqliteStore,
    kept: KeptAct,
    cases: Option<&OfficerCases>,
) -> Result<Option<ActAtHand>, PhoneError> {
    let command = store.command(&kept.part)?.map(|signed| signed.command.body);
    let Some(Body::Act(act)) = command else { return Ok(None) };
    let KeptAct { part, case, made, pieces: _ } = kept;
    let waiting = cases.into_iter().flat_map(|told| &told.cases).flat_map(|told| &told.waiting);
    let dropped = waiting.filter(|told| told.command == part.hash).find_map(|told| told.dropped);
    let way = officer::way(&officer::entries(store, &part)?);
    Ok(Some(ActAtHand { part, case, act, made, way, dropped }))
}
