//! An agency's officers: whose phones an agency's token vouched for ([`enrol`]), what they say about the agency's cases
//! ([`act`]), and what they may see of them ([`view`]). An operator may end one at any time; what a key said while it was
//! an officer's stays said.

mod act;
mod view;

use paht_model::fault::Code;
use paht_model::ids::{AgencyId, KeyThumbprint, Sha256};
use paht_model::wire::officer::{Enrolment, Officer, SignedBy};

use crate::ports::{HubContext, Ledger, Refusal};

pub use view::{cases, picture};

pub(crate) use act::{act, settle};

/// Takes a phone's enrolment for the agency whose token came with it; `token` is that token's SHA-256. The same key again
/// changes nothing, and with another agency's token it changes sides.
///
/// # Errors
/// [`Code::TenantUnknown`], [`Code::NotAllowed`] if it was signed for another token, [`Code::AgencyUnknown`], and
/// [`Code::OfficerEnded`] for a key that an operator ended: a token that many know must not undo that.
pub fn enrol(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    agency: &AgencyId,
    token: &Sha256,
    enrolment: &SignedBy<Enrolment>,
) -> Result<Officer, Refusal> {
    let SignedBy { key, said } = enrolment;
    if said.tenant != *hub.tenant.id() {
        return Err(Refusal::Never(Code::TenantUnknown));
    }
    if said.token != *token {
        return Err(Refusal::Never(Code::NotAllowed));
    }
    if hub.tenant.agency(agency).is_none() {
        return Err(Refusal::Never(Code::AgencyUnknown));
    }
    match ledger.officer(key)? {
        Some(known) if known.ended.is_some() => return Err(Refusal::Never(Code::OfficerEnded)),
        Some(known) if known.agency == *agency => return Ok(known),
        _ => {}
    }
    let officer = Officer { key: *key, agency: agency.clone(), since: hub.now, ended: None };
    ledger.put_officer(&officer)?;
    Ok(officer)
}

/// Ends an officer; one that was ended stays as it is.
///
/// # Errors
/// [`Code::OfficerUnknown`].
pub fn end(ledger: &mut dyn Ledger, hub: &HubContext<'_>, key: &KeyThumbprint) -> Result<Officer, Refusal> {
    let known = ledger.officer(key)?.ok_or(Refusal::Never(Code::OfficerUnknown))?;
    if known.ended.is_some() {
        return Ok(known);
    }
    let ended = Officer { ended: Some(hub.now), ..known };
    ledger.put_officer(&ended)?;
    Ok(ended)
}

/// The agency that this key acts for now. Asked before anything about a case is looked at, so that the answer to a
/// stranger is the same whatever exists.
///
/// # Errors
/// [`Code::OfficerUnknown`], [`Code::OfficerEnded`].
pub fn agency_of(ledger: &dyn Ledger, key: &KeyThumbprint) -> Result<AgencyId, Refusal> {
    match ledger.officer(key)? {
        None => Err(Refusal::Never(Code::OfficerUnknown)),
        Some(officer) if officer.ended.is_some() => Err(Refusal::Never(Code::OfficerEnded)),
        Some(officer) => Ok(officer.agency),
    }
}
