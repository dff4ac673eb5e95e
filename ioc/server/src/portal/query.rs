//! What a list was asked for, by its address.

use paht_hub::tenant::fold;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, TenantId};
use paht_model::text::{composed, is_blank};
use paht_model::time::UnixMs;
use paht_store::listing::ListQuery;
use serde::Deserialize;

use crate::problem::Problem;

/// The parameters of a list. Empty ones, as forms send them, count as absent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListParams {
    pub(crate) stage: String,
    pub(crate) category: String,
    pub(crate) area: String,
    /// A case code, or words of the text.
    pub(crate) q: String,
    /// The last case of the page before: milliseconds, a dot, its code.
    pub(crate) before: String,
    /// The agency, at the desk.
    pub(crate) agency: String,
    /// `1`, at the desk: also reviews that nobody need act on.
    pub(crate) idle: String,
}

impl ListParams {
    /// What everybody may list. A value that is none of ours filters nothing out of sight: it is refused.
    pub(crate) fn for_public(&self) -> Result<ListQuery, Problem> {
        Ok(ListQuery { public_only: true, idle: false, ..self.any()? })
    }

    /// What the desk may list; an agency sees its own.
    pub(crate) fn for_desk(&self, own: Option<&AgencyId>) -> Result<ListQuery, Problem> {
        let asked = given(&self.agency).map(AgencyId::parse).transpose().map_err(|_| malformed())?;
        let idle = given(&self.idle) == Some("1");
        Ok(ListQuery { public_only: false, idle, agency: own.cloned().or(asked), ..self.any()? })
    }

    fn any(&self) -> Result<ListQuery, Problem> {
        let stage = given(&self.stage).map(stage).transpose()?;
        let category = given(&self.category).map(CategoryCode::parse).transpose().map_err(|_| malformed())?;
        let before = given(&self.before).map(place).transpose()?;
        let text =
            given(&self.q).map(|text| composed(text.to_owned()).chars().take(QUERY_CHARS_MAX).collect());
        Ok(ListQuery { stage, category, before, text, ..ListQuery::default() })
    }

    /// The commune that was chosen.
    pub(crate) fn area(&self) -> Result<Option<AreaCode>, Problem> {
        given(&self.area).map(AreaCode::parse).transpose().map_err(|_| malformed())
    }

    /// The code that was searched for, if it is one of this tenant's: typed with spaces or in small letters, and with
    /// the letters that codes never have for the digits they look like, as people do.
    pub(crate) fn code(&self, tenant: &TenantId) -> Option<CaseCode> {
        let typed: String = fold(&self.q).split_whitespace().collect();
        let prefix: String = tenant.as_str().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let digit = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let tail: String = typed.strip_prefix(&prefix)?.chars().map(digit).collect();
        let (four, three) = tail.split_at_checked(4).filter(|_| tail.len() == 7)?;
        CaseCode::parse(&format!("{}-{four}-{three}", prefix.to_ascii_uppercase())).ok()
    }

    /// Whether anything is filtered.
    pub(crate) fn filters(&self) -> bool {
        [&self.stage, &self.category, &self.area, &self.q].iter().any(|value| given(value).is_some())
    }

    /// The address of this list, or of the page after a case; values were parsed, so they are plain but for the text.
    pub(crate) fn address(&self, before: Option<&(UnixMs, CaseCode)>) -> String {
        let before = before.map(|(at, code)| format!("{}.{code}", at.millis())).unwrap_or_default();
        let pairs = [
            ("stage", &self.stage),
            ("category", &self.category),
            ("area", &self.area),
            ("q", &self.q),
            ("before", &before),
        ];
        let given: Vec<String> = pairs
            .iter()
            .filter_map(|(name, value)| given(value).map(|value| format!("{name}={}", escaped(value))))
            .collect();
        if given.is_empty() { "/".to_owned() } else { format!("/?{}", given.join("&")) }
    }
}

/// Longest text searched for, in characters.
const QUERY_CHARS_MAX: usize = 100;

/// Stages that the public list is filtered by.
pub(crate) const STAGES: [Stage; 6] =
    [Stage::Received, Stage::Dispatched, Stage::InProgress, Stage::Answered, Stage::Closed, Stage::Refused];

fn given(value: &str) -> Option<&str> {
    Some(value.trim()).filter(|value| !is_blank(value))
}

fn malformed() -> Problem {
    Problem::of(Code::RequestMalformed)
}

fn stage(text: &str) -> Result<Stage, Problem> {
    serde_json::from_value(text.into()).map_err(|_| malformed())
}

fn place(text: &str) -> Result<(UnixMs, CaseCode), Problem> {
    let (at, code) = text.split_once('.').ok_or_else(malformed)?;
    let at = at.parse().map_err(|_| malformed())?;
    Ok((UnixMs::from_millis(at), CaseCode::parse(code).map_err(|_| malformed())?))
}

/// A value as it may stand in an address: all but letters, digits and `-._` as percent signs.
fn escaped(value: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(escape).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(q: &str) -> ListParams {
        ListParams { q: q.into(), ..ListParams::default() }
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let hue = TenantId::parse("hue").unwrap();
        let code = CaseCode::parse("HUE-7K10-Q2X").unwrap();
        for typed in ["HUE-7K10-Q2X", " hue 7k10 q2x ", "hue7k10q2x", "HUE–7KIO–Q2X"] {
            assert_eq!(params(typed).code(&hue), Some(code.clone()), "{typed}");
        }
        for other in ["", "sạt lở", "hue", "hue đường", "huế bị ngập", "quang tri 7k10 q2x"] {
            assert_eq!(params(other).code(&hue), None, "{other}");
        }
    }

    #[test]
    fn the_next_page_has_the_same_filter() {
        let params =
            ListParams { stage: "answered".into(), q: "sạt & lở".into(), ..ListParams::default() };
        let place = (UnixMs::from_millis(5), CaseCode::parse("HUE-AAAA-AAA").unwrap());
        let address = params.address(Some(&place));
        assert_eq!(address, "/?stage=answered&q=s%E1%BA%A1t%20%26%20l%E1%BB%9F&before=5.HUE-AAAA-AAA");
        let read = ListParams { before: "5.HUE-AAAA-AAA".into(), ..params }.for_public().unwrap();
        assert_eq!((read.before, read.stage), (Some(place), Some(Stage::Answered)));
    }

    #[test]
    fn a_filter_that_does_not_exist_is_refused() {
        let bad = ListParams { stage: "secret".into(), ..ListParams::default() };
        assert_eq!(bad.for_public().unwrap_err().code(), Code::RequestMalformed);
    }
}
