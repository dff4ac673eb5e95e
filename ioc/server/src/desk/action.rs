//! An action as it comes in JSON: `{"action": "dispatch", "agency": "so-xay-dung"}`.

use paht_hub::casework::Action;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, CaseCode, CategoryCode, Sha256};
use paht_model::timeline::Publication;
use serde::Deserialize;

use crate::problem::Problem;

/// The wire form of [`Action`]; the names are the glossary's.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action", deny_unknown_fields)]
pub(super) enum ActionBody {
    Dispatch {
        agency: Option<AgencyId>,
    },
    Start {
        assignment: u16,
    },
    Return {
        assignment: u16,
        reason: String,
    },
    Answer {
        assignment: Option<u16>,
        text: String,
        #[serde(default)]
        evidence: Vec<Sha256>,
    },
    Refuse {
        reason: String,
    },
    Duplicate {
        of: CaseCode,
    },
    Close {
        assignment: u16,
    },
    Comment {
        text: String,
    },
    Publish {
        to: Publication,
    },
    Classify {
        category: CategoryCode,
    },
}

impl ActionBody {
    /// Reads an action. What the reader would say of bad JSON may quote a citizen, so it is dropped.
    pub(super) fn read(json: &[u8]) -> Result<Action, Problem> {
        let body: Self = serde_json::from_slice(json).map_err(|_| Problem::of(Code::RequestMalformed))?;
        Ok(body.into())
    }
}

impl From<ActionBody> for Action {
    fn from(body: ActionBody) -> Self {
        match body {
            ActionBody::Dispatch { agency } => Self::Dispatch { agency },
            ActionBody::Start { assignment } => Self::Start { assignment },
            ActionBody::Return { assignment, reason } => Self::Return { assignment, reason },
            ActionBody::Answer { assignment, text, evidence } => Self::Answer { assignment, text, evidence },
            ActionBody::Refuse { reason } => Self::Refuse { reason },
            ActionBody::Duplicate { of } => Self::Duplicate { of },
            ActionBody::Close { assignment } => Self::Close { assignment },
            ActionBody::Comment { text } => Self::Comment { text },
            ActionBody::Publish { to } => Self::Publish { to },
            ActionBody::Classify { category } => Self::Classify { category },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_named_by_its_tag() {
        let read = |json: &str| ActionBody::read(json.as_bytes());
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
