//! Text messages, as an SMS gateway hands them over by HTTP, or a message centre by [`smpp`](crate::smpp). Over HTTP the
//! answer's body, if there is one, is what the gateway is to send back to the number.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use paht_hub::message::{Message, Taken, take_message};
use paht_hub::ports::SenderMark;
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, Sha256};
use paht_model::sms::{CheckKey, SEPTETS};
use paht_model::statement::Sender;
use paht_model::words::{Language, say_with};
use serde::Deserialize;

use crate::desk::token::Gateway;
use crate::home::{HomeFault, sealing_key};
use crate::hub::Hub;
use crate::problem::Problem;
use crate::sealing::SealingKey;
use crate::sync::{is, whole_body};

/// Largest body, in bytes: ten messages joined, in any alphabet and escaped.
const BODY_BYTES_MAX: usize = 32 * 1_024;
/// Longest number, in digits (E.164).
const DIGITS_MAX: usize = 15;
/// Shortest: the service numbers of networks, which have nobody to answer, are shorter.
const DIGITS_MIN: usize = 8;

/// What a gateway says, under the names that gateways use.
#[derive(Deserialize)]
struct Said {
    #[serde(alias = "From", alias = "sender", alias = "msisdn")]
    from: String,
    #[serde(alias = "Body", alias = "body", alias = "message", alias = "content")]
    text: String,
}

/// `POST /v1/messages`: a form or JSON with the number (`from`) and the words (`text`). 200 with a reply to send, or 204.
pub(crate) async fn take(
    State(hub): State<Arc<Hub>>,
    _gateway: Gateway,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let bytes = whole_body(&headers, body, BODY_BYTES_MAX).await?;
    let malformed = || Problem::of(Code::RequestMalformed);
    let said: Said = if is(&headers, CONTENT_TYPE, "application/json") {
        serde_json::from_slice(&bytes).map_err(|_| malformed())?
    } else {
        form(bytes.to_vec()).ok_or_else(malformed)?
    };
    let number = number(&said.from).ok_or_else(malformed)?;
    Ok(match heard(&hub, number, said.text).await? {
        Some(reply) => {
            let text = HeaderValue::from_static("text/plain; charset=us-ascii");
            ([(CONTENT_TYPE, text)], reply).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Takes in what was heard from a number (as [`number`] writes it), and gives what is to be sent back to it, if anything.
pub(crate) async fn heard(hub: &Arc<Hub>, number: String, text: String) -> Result<Option<String>, Problem> {
    let taken = hub.off_thread(move |hub| read(hub, &number, text)).await?;
    Ok(match taken {
        Taken::Begun { case, reply: true } => Some(reply(hub, &case)),
        Taken::Begun { .. } | Taken::Known { .. } | Taken::Waits { .. } | Taken::Quarantined { .. } => None,
    })
}

fn form(bytes: Vec<u8>) -> Option<Said> {
    let uri = http::Uri::builder().path_and_query(format!("/?{}", String::from_utf8(bytes).ok()?));
    axum::extract::Query::try_from_uri(&uri.build().ok()?).ok().map(|query| query.0)
}

fn read(hub: &Hub, number: &str, text: String) -> Result<Taken, Problem> {
    let sender = Sender { name: None, phone: Some(number.to_owned()) };
    let sealed = hub.sealing.seal(&sender).ok_or_else(|| Problem::of(Code::HubFailed))?;
    let mark = hub.sealing.of_number("paht/sms/sender/1", number);
    let mark = SenderMark::from_bytes(mark.first_chunk().copied().unwrap_or_default());
    let message = Message { sender: mark, sealed, key: key_of(&hub.sealing, number), text };
    Ok(hub.decide_here(|ledger, _, context| take_message(ledger, context, &message))?)
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
    let key = self::number(number).map(|number| key_bytes(&sealing, &number));
    // A hash has the same form: 64 hexadecimal digits.
    Ok(key.map(|key| Sha256::from_bytes(key).to_string()))
}

/// A number as +84…, however it was written: 0905 123 456, 84905123456, +84 905-123-456.
pub(crate) fn number(written: &str) -> Option<String> {
    let is_foreign = written.trim_start().starts_with('+');
    let mut digits = String::new();
    for c in written.trim().trim_start_matches('+').chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' => {}
            _ => return None,
        }
    }
    let digits = match digits.strip_prefix('0') {
        Some(own) if !is_foreign => format!("84{own}"),
        _ => digits,
    };
    (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()).then(|| format!("+{digits}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_one_however_it_is_written() {
        for written in ["0905123456", "84905123456", "+84 905 123 456", "+84-905.123.456", " (0905) 123456 "]
        {
            assert_eq!(number(written).as_deref(), Some("+84905123456"), "{written}");
        }
        for none in ["", "113", "Viettel", "+", "12345678901234567", "0905123456;DROP"] {
            assert_eq!(number(none), None, "{none}");
        }
    }
}
