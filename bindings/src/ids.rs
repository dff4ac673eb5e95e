//! Ids and times, parsed at the border: a text that is no id of its kind is refused, and never goes further.

use paht_model::ids::BadId;

use crate::error::{ErrorCode, PahtError};

pub use paht_model::ids::{
    AgencyId, AreaCode, CaseCode, CategoryCode, ReportId, ServiceCode, Sha256, TenantId,
};
pub use paht_model::time::UnixMs;

/// What a text that is no id means. The text itself is not repeated: it may be personal.
fn refused(_: BadId) -> PahtError {
    PahtError::Refused { code: ErrorCode::RequestMalformed }
}

macro_rules! text_ids {
    ($($name:ident),+) => {
        $(uniffi::custom_type!($name, String, {
            remote,
            try_lift: |text| Ok(text.parse::<$name>().map_err(refused)?),
            lower: |id| id.to_string(),
        });)+
    };
}
text_ids!(AgencyId, AreaCode, CaseCode, CategoryCode, ReportId, ServiceCode, Sha256, TenantId);

uniffi::custom_type!(UnixMs, i64, {
    remote,
    try_lift: |millis| Ok(UnixMs::from_millis(millis)),
    lower: |at| at.millis(),
});
