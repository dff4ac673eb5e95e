//! What the headers of an upload say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use paht_model::fault::Code;
use paht_model::wire::sync::PartName;

use super::{TUS_RESUMABLE, UPLOAD_LENGTH, UPLOAD_OFFSET, VERSION};
use crate::problem::Problem;
use crate::sync::{content_length, is};

const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");

/// Refuses a request of another version of tus.
pub(super) fn checked_version(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(TUS_RESUMABLE) == Some(&VERSION) { Ok(()) } else { Err(Problem::of(Code::UploadProtocol)) }
}

/// An upload to be created.
pub(super) struct Creation {
    pub(super) part: PartName,
    pub(super) length: u64,
}

impl Creation {
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        let malformed = || Problem::of(Code::RequestMalformed);
        let metadata = text(headers, &UPLOAD_METADATA).ok_or_else(malformed)?;
        let report = value(metadata, "report").and_then(|text| text.parse().ok()).ok_or_else(malformed)?;
        let hash = value(metadata, "hash").and_then(|text| text.parse().ok()).ok_or_else(malformed)?;
        let length = number(headers, &UPLOAD_LENGTH).ok_or_else(malformed)?;
        Ok(Self { part: PartName { report, hash }, length })
    }
}

/// The next bytes of an upload.
pub(super) struct Piece {
    /// Where they belong.
    pub(super) offset: u64,
    /// How many there are, where that is declared.
    pub(super) length: Option<u64>,
}

impl Piece {
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        if !is(headers, CONTENT_TYPE, "application/offset+octet-stream") {
            return Err(Problem::of(Code::RequestMalformed).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let offset = number(headers, &UPLOAD_OFFSET).ok_or(Problem::of(Code::RequestMalformed))?;
        Ok(Self { offset, length: content_length(headers) })
    }
}

/// One value of `Upload-Metadata`: pairs parted by commas, a key, a space, base64.
fn value(metadata: &str, key: &str) -> Option<String> {
    let mut pairs = metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let (_, encoded) = pairs.find(|(name, _)| *name == key)?;
    String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let digits = text(headers, name)?;
    // Rust would take a leading plus, HTTP does not.
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).map(HeaderValue::to_str)?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_of_other_clients_is_read_past() {
        let metadata = "filename YW5oLmpwZw==, report eA==,is_secret,hash eQ==";
        assert_eq!(value(metadata, "report").as_deref(), Some("x"));
        assert_eq!(value(metadata, "hash").as_deref(), Some("y"));
        assert_eq!(value(metadata, "is_secret"), None);
        assert_eq!(value("report !!", "report"), None);
    }

    #[test]
    fn an_offset_is_digits() {
        let mut headers = HeaderMap::new();
        for (text, expected) in
            [("17", Some(17)), ("+17", None), ("-1", None), ("", None), ("99999999999999999999", None)]
        {
            headers.insert(UPLOAD_OFFSET, text.parse().unwrap());
            assert_eq!(number(&headers, &UPLOAD_OFFSET), expected, "{text}");
        }
    }
}
