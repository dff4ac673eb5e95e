//! Which report is meant: by its id, the beginning of its id, or its case code.

use paht_model::fault::Code;
use paht_model::ids::ReportId;
use paht_phone::Phone;

use crate::trouble::Trouble;

/// Reports read at a time.
const PAGE: usize = 200;

/// The one report that `asked` names.
pub(super) fn find(phone: &Phone, asked: &str) -> anyhow::Result<ReportId> {
    if let Ok(id) = asked.parse() {
        return Ok(id);
    }
    let asked = asked.trim().to_ascii_lowercase();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = phone.list(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.report.id);
        let named = page.into_iter().map(|listed| listed.report).filter(|report| {
            let by_code = report.case.as_ref().is_some_and(|code| code.as_str().eq_ignore_ascii_case(&asked));
            by_code || (!asked.is_empty() && report.id.to_string().starts_with(&asked))
        });
        found.extend(named.map(|report| report.id));
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Code::ReportUnknown.into()),
        _ => Err(Trouble::new(
            Code::ReportUnknown.as_str(),
            "Nhiều tin bắt đầu như vậy; hãy gõ thêm vài chữ số.",
            "Several reports begin like this; type some more digits.",
        )
        .into()),
    }
}
