//! A text message as a gateway posts it: a form or JSON under the names that gateways use, or the words as the body with the
//! rest beside it, as Kannel does. The words may be in any alphabet, which `coding` (a number of SMPP) or `charset` names.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode;
use serde_json::Value;

use crate::gateway::Said;
use crate::letters::{Alphabet, Octets, is_mostly_latin, read, shown};
use crate::sync::is;
use paht_model::sms::is_readable;

const FROM: [&str; 3] = ["from", "sender", "msisdn"];
const WORDS: [&str; 4] = ["text", "body", "message", "content"];
const KANNEL_FROM: HeaderName = HeaderName::from_static("x-kannel-from");
const KANNEL_CODING: HeaderName = HeaderName::from_static("x-kannel-coding");
/// Numbers that mean UCS-2 to Kannel (of late 2, formerly 3), and no letters or others to SMPP.
const KANNEL_SIXTEEN: [u8; 2] = [2, 3];
/// From this length on, in bytes, no text of 16 bit units looks like UTF-8 by chance.
const BY_CHANCE_BYTES: usize = 4;

/// Who, and what.
pub(crate) struct Posted {
    /// As it was written.
    pub from: String,
    /// As far as it can be read.
    pub said: Said,
}

/// What a gateway names; its values are bytes of no alphabet yet.
#[derive(Default)]
struct Fields {
    from: Option<Vec<u8>>,
    words: Option<Vec<u8>>,
    /// The words once more, in hexadecimal.
    binary: Option<Vec<u8>>,
    coding: Option<Vec<u8>>,
    charset: Option<Vec<u8>>,
}

/// Takes a request apart; `None` where number or words are missing.
pub(crate) fn posted(query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Option<Posted> {
    let mut fields = Fields::default();
    let header = |name: &HeaderName| headers.get(name).map(|value| value.as_bytes().to_vec());
    for (name, value) in pairs(query.unwrap_or_default().as_bytes()) {
        fields.put(&name, value);
    }
    fields.from = fields.from.or_else(|| header(&KANNEL_FROM));
    fields.coding = fields.coding.or_else(|| header(&KANNEL_CODING));
    let is_bare =
        is(headers, CONTENT_TYPE, "text/plain") || is(headers, CONTENT_TYPE, "application/octet-stream");
    if is(headers, CONTENT_TYPE, "application/json") {
        let Value::Object(object) = serde_json::from_slice(body).ok()? else { return None };
        for (name, value) in object {
            match value {
                Value::String(text) => fields.put(&name, text.into_bytes()),
                Value::Number(number) => fields.put(&name, number.to_string().into_bytes()),
                _ => {}
            }
        }
        fields.narrow();
    } else if is_bare && fields.from.is_some() {
        fields.words = Some(body.to_vec());
    } else {
        for (name, value) in pairs(body) {
            fields.put(&name, value);
        }
    }
    fields.charset = fields.charset.filter(|name| !name.is_empty()).or_else(|| charset_of(headers));
    let from = String::from_utf8(fields.from.take()?).ok()?;
    Some(Posted { from, said: fields.said()? })
}

impl Fields {
    /// Keeps what has a known name; the first counts.
    fn put(&mut self, name: &str, value: Vec<u8>) {
        let name = name.to_ascii_lowercase();
        let field = match name.as_str() {
            "binary" => &mut self.binary,
            "coding" => &mut self.coding,
            "charset" => &mut self.charset,
            name if FROM.contains(&name) => &mut self.from,
            name if WORDS.contains(&name) => &mut self.words,
            _ => return,
        };
        field.get_or_insert(value);
    }

    /// Units of 16 bits that were put into JSON a byte a letter are bytes again.
    fn narrow(&mut self) {
        let is_sixteen = self.number().map(Alphabet::of_coding).is_some_and(Alphabet::is_sixteen);
        let text = self.words.as_deref().and_then(|words| str::from_utf8(words).ok());
        if let Some(text) = text.filter(|text| is_sixteen && text.contains('\0')) {
            let bytes = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok());
            self.words = bytes.collect::<Option<Vec<u8>>>().or_else(|| self.words.clone());
        }
    }

    /// The number of its coding: digits, or one byte as Jasmin writes it of late.
    fn number(&self) -> Option<u8> {
        let coding = self.coding.as_deref()?;
        let written = str::from_utf8(coding).ok().and_then(|text| text.trim().parse().ok());
        written.or(match coding {
            [byte] => Some(*byte),
            _ => None,
        })
    }

    /// The words, where there are any.
    fn said(&self) -> Option<Said> {
        let charset = self.charset.as_deref().and_then(|name| str::from_utf8(name).ok());
        let named = charset.map(|name| Alphabet::of_charset(name).unwrap_or(Alphabet::Unknown));
        let numbered = self.number().map(Alphabet::of_coding);
        let doubled = self.binary.as_deref().and_then(bytes_of_hex);
        let is_exact = doubled.is_some();
        let bytes = Cow::from(doubled.or_else(|| self.words.clone()).or_else(|| self.binary.clone())?);
        let both = if is_exact { [numbered, named] } else { [named, numbered] };
        let told = both.into_iter().flatten().next();
        let sixteen = told.is_some_and(Alphabet::is_sixteen);
        // What is UTF-8 was rather written so than by chance; but of `binary`, the number is to be believed.
        let utf8 = || read(Alphabet::Utf8, &Octets::whole(&[&bytes]));
        let evident = || utf8().filter(|_| !is_exact && (!sixteen || bytes.len() > BY_CHANCE_BYTES));
        let by_name =
            || both.into_iter().flatten().find_map(|alphabet| read(alphabet, &Octets::whole(&[&bytes])));
        let text = evident().or_else(by_name).or_else(|| self.by_form(&bytes, told)).or_else(|| {
            // Odd signs that a person wrote are for whoever shows them to mind.
            let text = String::from_utf8(bytes.to_vec()).ok();
            text.filter(|text| (told.is_none() || told == Some(Alphabet::Utf8)) && is_readable(text))
        });
        Some(text.map_or_else(|| Said::Unreadable(self.shown(&bytes, sixteen)), Said::Words))
    }

    /// What has the form of 16 bit units, where no name that is known says otherwise.
    fn by_form(&self, bytes: &[u8], told: Option<Alphabet>) -> Option<String> {
        let may_be = match self.number() {
            Some(number) => KANNEL_SIXTEEN.contains(&number),
            None => told.is_none() || told == Some(Alphabet::Utf8),
        };
        let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let text = read(Alphabet::Sixteen, &Octets::whole(&[bytes])).filter(|_| may_be)?;
        (has_mark || is_mostly_latin(&text)).then_some(text)
    }

    fn shown(&self, bytes: &[u8], is_sixteen: bool) -> String {
        let safe = |name: &[u8]| {
            let plain = name.iter().filter(|byte| byte.is_ascii_graphic() && !matches!(**byte, b'[' | b']'));
            plain.take(40).copied().map(char::from).collect::<String>()
        };
        let name = match (self.number(), &self.charset) {
            (Some(number), _) => format!("coding {number}"),
            (None, Some(charset)) => format!("charset {}", safe(charset)),
            (None, None) => "bytes".into(),
        };
        shown(&name, is_sixteen, &[bytes])
    }
}

/// The pairs of a form; their values are bytes.
fn pairs(form: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> {
    let plain = |part: &[u8]| {
        let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        percent_decode(&spaced).collect::<Vec<u8>>()
    };
    form.split(|byte| *byte == b'&').map(move |pair| {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(at);
        (String::from_utf8_lossy(&plain(name)).into_owned(), plain(value.get(1..).unwrap_or_default()))
    })
}

/// What the content type says of the body's alphabet.
fn charset_of(headers: &HeaderMap) -> Option<Vec<u8>> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let mut parameters = kind.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches('"').as_bytes().to_vec())
}

fn bytes_of_hex(written: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = written.as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}
