//! A report without data: its essentials, to be written as text messages.

use paht_model::fault::Code;
use paht_model::ids::{KeyThumbprint, TenantId};
use paht_model::sms::{Digest, Tag};
use paht_model::tenant::TenantCard;

use crate::plan::{Condition, Report};

/// What a text message says of a report. `own` is the phone's key.
///
/// # Errors
/// [`Code::SmsConfidential`] for a category that is confidential, or of which no card tells whether it is; a network reads
/// what is in an SMS. [`Code::ReportState`] for a report that was taken back or held, and for a review, which is more
/// than an SMS carries.
pub fn digest(
    report: &Report,
    tenant: &TenantId,
    own: &KeyThumbprint,
    card: Option<&TenantCard>,
) -> Result<Digest, Code> {
    if report.condition != Condition::Live || report.review.is_some() {
        return Err(Code::ReportState);
    }
    let known = card.and_then(|card| card.categories.iter().find(|known| known.code == report.category));
    if known.is_none_or(|category| category.confidential) {
        return Err(Code::SmsConfidential);
    }
    let key = report.private.key.unwrap_or(*own);
    Ok(Digest {
        tenant: tenant.clone(),
        tag: Tag::of(&key, &report.id),
        category: report.category.clone(),
        place: report.place.map(|place| place.point),
        at: report.made.wall,
        text: report.text.clone(),
    })
}
