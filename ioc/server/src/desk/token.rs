//! Tokens of operators and agencies: 256 random bits, of which only the SHA-256 is kept. They are compared by that
//! hash, so how long a comparison takes says nothing about a token.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::request::Parts;
use paht_hub::casework::Actor;
use paht_model::fault::Code;
use paht_model::ids::{AgencyId, Sha256};
use serde::{Deserialize, Serialize};

use crate::home::write_whole;
use crate::hub::Hub;
use crate::problem::Problem;
use crate::world::random;

/// What the bearer of a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Everything the IOC does with cases.
    Operator,
    /// One agency's share of its own cases.
    Agency,
    /// Looking.
    ReadOnly,
    /// Handing over text messages, and nothing else.
    Gateway,
}

impl std::str::FromStr for Role {
    type Err = TokenFault;
    fn from_str(text: &str) -> Result<Self, TokenFault> {
        match text {
            "operator" => Ok(Self::Operator),
            "agency" => Ok(Self::Agency),
            "read-only" => Ok(Self::ReadOnly),
            "gateway" => Ok(Self::Gateway),
            _ => Err(TokenFault::Role),
        }
    }
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub enum TokenFault {
    /// There is no such role.
    #[error("a role is operator, agency, read-only or gateway")]
    Role,
    /// An agency's token needs an agency, and no other has one.
    #[error("name an agency for the role agency, and for no other")]
    Agency,
    /// The list of tokens cannot be read or written.
    #[error("{0} cannot be used")]
    File(PathBuf, #[source] io::Error),
}

/// A token as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    hash: Sha256,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<AgencyId>,
}

/// Makes a token for a data folder; a running hub takes it at once. The token is told here and kept nowhere.
pub fn issue_token(data: &Path, role: Role, agency: Option<AgencyId>) -> Result<String, TokenFault> {
    if (role == Role::Agency) != agency.is_some() {
        return Err(TokenFault::Agency);
    }
    let path = data.join("tokens.json");
    let fault = |error| TokenFault::File(path.clone(), error);
    let token = format!("paht_{}", URL_SAFE_NO_PAD.encode(random()));
    let mut kept = read(&path).map_err(fault)?;
    kept.push(Kept { hash: Sha256::of(token.as_bytes()), role, agency });
    fs::create_dir_all(data).map_err(fault)?;
    let json = serde_json::to_vec_pretty(&kept).map_err(|error| fault(error.into()))?;
    write_whole(&path, &json, 0o600).map_err(fault)?;
    Ok(token)
}

fn read(path: &Path) -> io::Result<Vec<Kept>> {
    match fs::read(path) {
        Ok(json) => Ok(serde_json::from_slice(&json)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Whoever shows a valid token.
pub(crate) struct Bearer(Kept);

impl Bearer {
    /// Who acts, if this token may.
    pub(crate) fn actor(&self) -> Result<Actor, Problem> {
        match (self.0.role, &self.0.agency) {
            (Role::Operator, _) => Ok(Actor::Operator),
            (Role::Agency, Some(agency)) => Ok(Actor::Agency(agency.clone())),
            _ => Err(Problem::of(Code::Forbidden)),
        }
    }

    /// Only an operator may.
    pub(crate) fn operator(&self) -> Result<(), Problem> {
        match self.actor()? {
            Actor::Operator => Ok(()),
            Actor::Agency(_) => Err(Problem::of(Code::Forbidden)),
        }
    }

    /// The token's SHA-256.
    pub(crate) const fn token(&self) -> Sha256 {
        self.0.hash
    }

    /// The agency it is limited to.
    pub(crate) const fn agency(&self) -> Option<&AgencyId> {
        self.0.agency.as_ref()
    }
}

impl FromRequestParts<Arc<Hub>> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, hub: &Arc<Hub>) -> Result<Self, Problem> {
        let kept = shown(parts, hub).await?;
        // A gateway's token stands in the settings of somebody else's program: it opens nothing here.
        if kept.role == Role::Gateway { Err(Problem::of(Code::Forbidden)) } else { Ok(Self(kept)) }
    }
}

/// A gateway that hands over text messages.
pub(crate) struct Gateway;

impl FromRequestParts<Arc<Hub>> for Gateway {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, hub: &Arc<Hub>) -> Result<Self, Problem> {
        let kept = shown(parts, hub).await?;
        if kept.role == Role::Gateway { Ok(Self) } else { Err(Problem::of(Code::Forbidden)) }
    }
}

/// What is known of the token that a request shows.
async fn shown(parts: &Parts, hub: &Arc<Hub>) -> Result<Kept, Problem> {
    let no =
        || Problem::of(Code::NotAllowed).with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    let shown = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let hash = token.map(|(_, token)| Sha256::of(token.trim().as_bytes())).ok_or_else(no)?;
    // Read each time: a token issued or struck out counts at once.
    let kept = hub
        .off_thread(|hub| {
            read(&hub.tokens).map_err(|_| {
                tracing::error!("the list of tokens cannot be read");
                Problem::of(Code::HubFailed)
            })
        })
        .await?;
    kept.into_iter().find(|kept| kept.hash == hash).ok_or_else(no)
}
