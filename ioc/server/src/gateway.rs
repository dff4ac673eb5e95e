//! Text messages, as an SMS gateway hands them over by HTTP, or a message centre by [`smpp`](crate::smpp). Over HTTP the
//! answer's body, if there is one, is what the gateway is to send back to the number.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, StatusCode};
use paht_hub::message::{Message, Taken, keep_message, take_message};
use paht_hub::ports::SenderMark;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, Sha256};
use paht_model::sms::{CheckKey, NumberKind, SEPTETS, number};
use paht_model::statement::Sender;
use paht_model::words::{Language, say_with};

use crate::desk::token::Gateway;
use crate::home::{HomeFault, sealing_key};
use crate::hub::Hub;
use crate::posted::{Posted, posted};
use crate::problem::Problem;
use crate::sealing::SealingKey;
use crate::sync::whole_body;

/// Largest body, in bytes: ten messages joined, in any alphabet and escaped.
const BODY_BYTES_MAX: usize = 32 * 1_024;
/// How Jasmin names itself, and the only answer that it takes for one.
const JASMIN: (&str, &str) = ("Jasmin", "ACK/Jasmin");

/// Who sent a message, as far as its network tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Somebody with this number, as +84…
    Person(String),
    /// A short number, a hotline or a name, as it was written.
    Nobody(String),
}

impl Caller {
    /// By what was written, and what is known of it.
    pub(crate) fn of(written: &str, kind: NumberKind) -> Self {
        number(written, kind).map_or_else(|| Self::Nobody(written.trim().to_owned()), Self::Person)
    }

    /// Where an answer can go.
    pub(crate) fn number(&self) -> Option<&str> {
        match self {
            Self::Person(number) => Some(number),
            Self::Nobody(_) => None,
        }
    }
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// These words.
    Words(String),
    /// Nobody here can read it; this is what a person sees of it.
    Unreadable(String),
}

/// `POST /v1/messages`: the number and the words, in any form of [`posted`]. 200 with a reply to send, or 204.
pub(crate) async fn take(
    State(hub): State<Arc<Hub>>,
    _gateway: Gateway,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let bytes = whole_body(&headers, body, BODY_BYTES_MAX).await?;
    let malformed = || Problem::of(Code::RequestMalformed);
    let Posted { from, said } = posted(query.as_deref(), &headers, &bytes).ok_or_else(malformed)?;
    let number = number(&from, NumberKind::Unmarked).ok_or_else(malformed)?;
    let reply = heard(&hub, Caller::Person(number), said).await?;
    let is_jasmin =
        headers.get(USER_AGENT).is_some_and(|agent| agent.as_bytes().starts_with(JASMIN.0.as_bytes()));
    let said = if is_jasmin { Some(JASMIN.1.to_owned()) } else { reply };
    Ok(match said {
        Some(said) => {
            let text = HeaderValue::from_static("text/plain; charset=us-ascii");
            ([(CONTENT_TYPE, text)], said).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Takes in what was heard, and gives what is to be sent back, if anything.
pub(crate) async fn heard(hub: &Arc<Hub>, caller: Caller, said: Said) -> Result<Option<String>, Problem> {
    let taken = hub.off_thread(move |hub| read(hub, &caller, said)).await?;
    Ok(match taken {
        Taken::Begun { case, reply: true } => Some(reply(hub, &case)),
        Taken::Quarantined { why } => {
            tracing::warn!(code = why.as_str(), "a text message waits for a person");
            None
        }
        Taken::Begun { .. } | Taken::Known { .. } | Taken::Waits { .. } => None,
    })
}

fn read(hub: &Hub, caller: &Caller, said: Said) -> Result<Taken, Problem> {
    let (Caller::Person(from) | Caller::Nobody(from)) = caller;
    let sender = Sender { name: None, phone: Some(from.clone()) };
    let sealed = hub.sealing.seal(&sender).ok_or_else(|| Problem::of(Code::HubFailed))?;
    let mark = hub.sealing.of_number("paht/sms/sender/1", from);
    let mark = SenderMark::from_bytes(mark.first_chunk().copied().unwrap_or_default());
    let (text, why) = match (said, caller) {
        (Said::Words(text), Caller::Person(_)) => (text, None),
        (Said::Words(text), Caller::Nobody(_)) => (text, Some(Code::SmsSender)),
        (Said::Unreadable(shown), _) => (shown, Some(Code::SmsUnreadable)),
    };
    let message = Message { sender: mark, sealed, key: key_of(&hub.sealing, from), text };
    Ok(hub.decide_here(|ledger, _, context| match why {
        None => take_message(ledger, context, &message),
        Some(why) => keep_message(ledger, context, &message, why),
    })?)
}

fn key_of(sealing: &SealingKey, number: &str) -> CheckKey {
    CheckKey::from_bytes(key_bytes(sealing, number))
}

fn key_bytes(sealing: &SealingKey, number: &str) -> [u8; 32] {
    sealing.of_number("paht/sms/check-key/1", number)
}

/// The key for the phone with this number, as `paht phone sms encode --key` takes it: whoever has it is believed to be that
/// phone. `None` for what is no number.
pub fn sms_key(data: &Path, number: &str) -> Result<Option<String>, HomeFault> {
    let sealing = sealing_key(&data.join("keys"))?;
    let key = self::number(number, NumberKind::Unmarked).map(|number| key_bytes(&sealing, &number));
    // A hash has the same form: 64 hexadecimal digits.
    Ok(key.map(|key| Sha256::from_bytes(key).to_string()))
}

/// In the letters that every phone shows and one message holds; without the address where it would not fit.
fn reply(hub: &Hub, case: &CaseCode) -> String {
    let bare = say_with(Language::Vi, "portal-sms-reply", &[("case", case.as_str())]);
    let address = hub.tenant.website().map(|website| format!("{website}/c/{}", case.as_str()));
    let whole = address.map(|address| {
        say_with(Language::Vi, "portal-sms-reply-address", &[("reply", &bare), ("address", &address)])
    });
    whole.filter(|whole| whole.len() <= SEPTETS).unwrap_or(bare)
}
