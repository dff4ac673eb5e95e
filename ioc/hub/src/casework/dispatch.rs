//! Giving a case to an agency, with a deadline by the category and the calendar.

use paht_model::fault::Code;
use paht_model::ids::AgencyId;
use paht_model::time::UnixMs;
use paht_model::timeline::{Publication, What};

use crate::change::Change;
use crate::ports::{CaseRecord, HubContext, Refusal};
use crate::tenant::{Category, Publish};

/// Gives the case to this agency or, without one, to whom triage advises.
pub(super) fn dispatch(
    change: &mut Change,
    hub: &HubContext<'_>,
    agency: Option<&AgencyId>,
) -> Result<(), Refusal> {
    let Some(agency) = agency else { return dispatch_by_advice(change, hub) };
    if hub.tenant.agency(agency).is_none() {
        return Err(Refusal::Never(Code::AgencyUnknown));
    }
    give(change, hub, agency)
}

/// Gives the case to whom triage advises.
pub(crate) fn dispatch_by_advice(change: &mut Change, hub: &HubContext<'_>) -> Result<(), Refusal> {
    let advised = change.record.advice.agency.as_deref().and_then(|id| AgencyId::parse(id).ok());
    let agency =
        advised.filter(|id| hub.tenant.agency(id).is_some()).ok_or(Refusal::Never(Code::AgencyUnknown))?;
    give(change, hub, &agency)
}

/// The deadline that an assignment given (or reopened) now has.
pub(crate) fn due(record: &CaseRecord, hub: &HubContext<'_>) -> Result<UnixMs, Refusal> {
    let category = category(record, hub).ok_or(Refusal::Never(Code::CategoryUnknown))?;
    Ok(hub.tenant.calendar().due(hub.now, category.allowance(record.advice.urgent)))
}

/// The case's category, as configured.
pub(super) fn category<'h>(record: &CaseRecord, hub: &'h HubContext<'_>) -> Option<&'h Category> {
    record.case.category.as_ref().and_then(|code| hub.tenant.category(code))
}

fn give(change: &mut Change, hub: &HubContext<'_>, agency: &AgencyId) -> Result<(), Refusal> {
    let due = due(&change.record, hub)?;
    let assignment =
        u16::try_from(change.record.case.assignments.len()).unwrap_or(u16::MAX).saturating_add(1);
    change.tell(What::Dispatched { assignment, agency: agency.clone(), due }, None)?;
    publish_if_given(change, hub)
}

/// Publishes what waited held once an agency has it, if its category lets it and somebody has signed for it.
pub(crate) fn publish_if_given(change: &mut Change, hub: &HubContext<'_>) -> Result<(), Refusal> {
    let case = &change.record.case;
    let is_given = !case.assignments.is_empty() && !case.is_unverified();
    if is_given { publish_held(change, hub) } else { Ok(()) }
}

/// Publishes what waits held, if its category needs nobody's look.
pub(crate) fn publish_held(change: &mut Change, hub: &HubContext<'_>) -> Result<(), Refusal> {
    let record = &change.record;
    let at_once = category(record, hub).is_some_and(|category| category.publish == Publish::AtOnce);
    if at_once && record.case.publication == Publication::Held {
        change.tell(What::Published { to: Publication::Public }, None)?;
    }
    Ok(())
}
