//! Giving a case to an agency, with a deadline by the category and the calendar.

use paht_model::case::Assignment;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CategoryCode};
use paht_model::time::UnixMs;
use paht_model::timeline::{Publication, What};

use crate::calendar::Allowance;
use crate::change::Change;
use crate::ports::{CaseRecord, HubContext, Refusal};
use crate::tenant::{Category, Publish, Tenant};

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

/// Whether the present deadline of a share was counted with days off that nobody has announced. What a person set, or what
/// runs by plain hours, never is; and once the days off are known, what was given stands. The timeline is what happened when, oldest
/// first.
pub fn is_provisional<'t>(
    tenant: &Tenant,
    category: Option<&CategoryCode>,
    urgent: bool,
    timeline: impl DoubleEndedIterator<Item = (UnixMs, &'t What)>,
    share: &Assignment,
) -> bool {
    let category = category.and_then(|code| tenant.category(code));
    let by_calendar =
        category.is_some_and(|category| matches!(category.allowance(urgent), Allowance::Working(_)));
    let given = timeline.rev().find_map(|(at, what)| match what {
        What::Dispatched { assignment, .. } | What::Reopened { assignment, .. }
            if *assignment == share.number =>
        {
            Some(Some(at))
        }
        What::TimeGiven { assignment, .. } if *assignment == share.number => Some(None),
        _ => None,
    });
    let counted_from = given.flatten().filter(|_| by_calendar);
    counted_from.is_some_and(|from| tenant.calendar().is_provisional(from, share.due))
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
