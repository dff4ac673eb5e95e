//! An action as it comes in JSON: `{"action": "dispatch", "agency": "so-xay-dung"}`.

use paht_hub::casework::Action;
use paht_model::fault::Code;

use crate::problem::Problem;

/// Reads an action. What the reader would say of bad JSON may quote a citizen, so it is dropped.
pub(super) fn read(json: &[u8]) -> Result<Action, Problem> {
    serde_json::from_slice(json).map_err(|_| Problem::of(Code::RequestMalformed))
}

#[cfg(test)]
mod tests {
    use paht_model::timeline::Publication;

    use super::*;

    #[test]
    fn an_action_is_named_by_its_tag() {
        let read = |json: &str| read(json.as_bytes());
        assert_eq!(read(r#"{"action":"dispatch"}"#).unwrap(), Action::Dispatch { agency: None });
        let publish = read(r#"{"action":"publish","to":"taken-down"}"#).unwrap();
        assert_eq!(publish, Action::Publish { to: Publication::TakenDown });
        for bad in
            ["", "{}", r#"{"action":"burn"}"#, r#"{"action":"start"}"#, r#"{"action":"dispatch","to":"x"}"#]
        {
            assert_eq!(read(bad).unwrap_err().code(), Code::RequestMalformed, "{bad}");
        }
    }
}
