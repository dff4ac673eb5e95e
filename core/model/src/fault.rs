//! The stable codes of everything that can be refused, from phone to hub. `docs/errors.md` lists them; a test keeps the
//! page and this list the same. What people read stands in `strings/*.ftl`, never here.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $number:literal $variant:ident $text:literal $status:literal),+ $(,)?) => {
        /// A stable code: a number on the wire, a dotted name for people and tests.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $variant,)+
            /// A code of a newer program.
            Unknown(u16),
        }

        impl Code {
            /// Every code this program knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its number on the wire.
            pub const fn number(self) -> u16 {
                match self { $(Self::$variant => $number,)+ Self::Unknown(number) => number }
            }
            /// From its number on the wire.
            pub const fn from_number(number: u16) -> Self {
                match number { $($number => Self::$variant,)+ other => Self::Unknown(other) }
            }
            /// Its dotted name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ Self::Unknown(_) => "unknown" }
            }
            /// The HTTP status it is answered with.
            pub const fn http_status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ Self::Unknown(_) => 400 }
            }
        }
    };
}

codes! {
    /// The file has no bytes.
    1 MediaEmpty "media.empty" 422,
    /// The file is no photo or video that we know.
    2 MediaUnknownFormat "media.unknown-format" 415,
    /// The file ends before its content does.
    3 MediaTruncated "media.truncated" 422,
    /// The picture claims more pixels than any camera has.
    4 MediaBomb "media.bomb" 422,
    /// The file is larger than the limit.
    5 MediaTooLarge "media.too-large" 413,
    /// The file could not be read.
    6 MediaUnreadable "media.unreadable" 422,
    /// Neither text nor a capture.
    20 ReportEmpty "report.empty" 422,
    /// More captures than a report may have.
    21 ReportTooManyCaptures "report.too-many-captures" 422,
    /// The same file twice in one report.
    22 ReportCaptureTwice "report.capture-twice" 422,
    /// No category was chosen.
    23 CategoryMissing "category.missing" 422,
    /// The tenant has no such category.
    24 CategoryUnknown "category.unknown" 422,
    /// The text is over the limit.
    25 TextTooLong "text.too-long" 422,
    /// Words are needed here.
    26 TextMissing "text.missing" 422,
    /// The position is 0,0 or not on the Earth.
    27 PlaceUnknown "place.unknown" 422,
    /// The position is outside the province.
    28 PlaceOutside "place.outside" 422,
    /// A grade is 1 to 5.
    29 GradeOutOfRange "grade.out-of-range" 422,
    /// A review must say which service it is about.
    30 ServiceMissing "service.missing" 422,
    /// The phone's storage is full.
    40 StorageFull "storage.full" 507,
    /// The phone's storage failed.
    41 StorageFailed "storage.failed" 500,
    /// Another program has this phone's folder open.
    42 StorageBusy "storage.busy" 409,
    /// No report of that id here.
    43 ReportUnknown "report.unknown" 404,
    /// This can no longer be done to the report.
    44 ReportState "report.state" 409,
    /// The phone's signing key is not to be had.
    45 KeyUnavailable "key.unavailable" 500,
    /// The signature does not fit.
    60 SignatureBad "signature.bad" 403,
    /// The report was made under another key.
    61 KeyMismatch "key.mismatch" 403,
    /// The claim secret does not fit.
    62 ClaimBad "claim.bad" 403,
    /// The command cannot be read.
    63 CommandMalformed "command.malformed" 400,
    /// The command is over the limit.
    64 CommandTooLarge "command.too-large" 413,
    /// The statement has not come yet.
    65 StatementMissing "statement.missing" 409,
    /// The command is for another tenant.
    66 TenantUnknown "tenant.unknown" 404,
    /// A command id was used for other bytes.
    67 CommandConflict "command.conflict" 409,
    /// The request cannot be read.
    80 RequestMalformed "request.malformed" 400,
    /// The body is over its limit.
    81 BodyTooLarge "body.too-large" 413,
    /// Too many requests; slow down.
    82 TooMany "request.too-many" 429,
    /// Nothing is here.
    83 NotFound "request.not-found" 404,
    /// The hub itself failed.
    84 HubFailed "hub.failed" 500,
    /// The hub is stopping or overloaded.
    85 HubBusy "hub.busy" 503,
    /// A token is needed, or does not fit.
    86 NotAllowed "request.not-allowed" 401,
    /// The token's role may not do this.
    87 Forbidden "request.forbidden" 403,
    /// The address does not take this method.
    88 WrongMethod "request.wrong-method" 405,
    /// The hub keeps the room it has left for statements and text messages; media wait.
    95 HubFull "hub.full" 507,
    /// No statement or derivation declares this hash.
    100 UploadUndeclared "upload.undeclared" 422,
    /// The bytes do not have the declared hash.
    101 UploadWrongHash "upload.wrong-hash" 460,
    /// The offset is not the one the hub has.
    102 UploadOffsetConflict "upload.offset-conflict" 409,
    /// The length is not the declared one.
    103 UploadWrongLength "upload.wrong-length" 422,
    /// The tus version or header is missing or wrong.
    104 UploadProtocol "upload.protocol" 412,
    /// The case cannot take this step now.
    120 CaseState "case.state" 409,
    /// No such case.
    121 CaseUnknown "case.unknown" 404,
    /// No such agency.
    122 AgencyUnknown "agency.unknown" 422,
    /// The answer lacks the evidence that its category asks for.
    123 EvidenceMissing "evidence.missing" 422,
    /// No such alert.
    124 AlertUnknown "alert.unknown" 404,
    /// A text, number or list of the alert is over its limit.
    125 AlertTooLong "alert.too-long" 422,
    /// The alert ends before it begins, is over already, or holds too long.
    126 AlertPeriod "alert.period" 422,
    /// The alerts that hold are over what one bulletin carries.
    127 AlertTooMany "alert.too-many" 409,
    /// No such commune.
    128 AreaUnknown "area.unknown" 422,
    /// The link carried something else's answer (a captive portal).
    140 LinkForeign "link.foreign" 502,
    /// No link.
    141 LinkDown "link.down" 503,
    /// The hub's certificate was not accepted.
    142 LinkUntrusted "link.untrusted" 502,
    /// The reply was cut or garbled.
    143 LinkGarbled "link.garbled" 502,
    /// Something before the hub (a proxy) would not let it through, in whatever pieces.
    144 LinkBlocked "link.blocked" 502,
    /// The key is no officer's of this IOC.
    160 OfficerUnknown "officer.unknown" 403,
    /// The key was an officer's, and is no longer.
    161 OfficerEnded "officer.ended" 403,
    /// The deadline asked for or given is not later than the present one, or further away than a year.
    162 DeadlinePeriod "deadline.period" 422,
    /// The text message is none of ours.
    180 SmsForeign "sms.foreign" 422,
    /// The text message was changed, lost a character or got one on the way.
    181 SmsDamaged "sms.damaged" 422,
    /// The text message is of a newer program.
    182 SmsNewer "sms.newer" 422,
    /// Some text messages of the report are missing.
    183 SmsIncomplete "sms.incomplete" 422,
    /// The text message's check was not made with the key of its number.
    184 SmsCheck "sms.check" 403,
    /// A confidential report is never written as a text message.
    185 SmsConfidential "sms.confidential" 422,
    /// The text message is in letters that nobody here can read.
    186 SmsUnreadable "sms.unreadable" 422,
    /// The text message comes from a short number, a hotline or a name, which nobody can answer.
    187 SmsSender "sms.sender" 422,
    /// The file is no bundle for this IOC, or was changed on its way.
    200 BundleUnreadable "bundle.unreadable" 422,
    /// Everything is at the IOC already, or needs a person: there is nothing to carry.
    201 BundleEmpty "bundle.empty" 422,
    /// Other files of the bundle are missing.
    202 BundleIncomplete "bundle.incomplete" 409,
    /// The receipts are not for this phone, not from its IOC, or were changed on their way.
    203 ReceiptsUnreadable "receipts.unreadable" 422,
    /// This phone has never met its IOC, and does not know whom to seal to.
    204 BundleNoKey "bundle.no-key" 422,
}

impl Code {
    /// From its dotted name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(number) => write!(f, "unknown.{number}"),
            known => f.write_str(known.as_str()),
        }
    }
}

impl std::error::Error for Code {}

impl<C> minicbor::Encode<C> for Code {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u16(self.number())?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Code {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(Self::from_number(d.u16()?))
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        let newer =
            || text.strip_prefix("unknown.").and_then(|number| number.parse().ok()).map(Self::Unknown);
        Self::parse(&text).or_else(newer).ok_or_else(|| serde::de::Error::custom("no such code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_unique_and_read_back() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert_eq!(Code::from_number(code.number()), *code);
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            let later = Code::ALL.iter().skip(at + 1);
            assert!(later.clone().all(|other| other.as_str() != code.as_str()));
        }
        assert_eq!(Code::from_number(9_999), Code::Unknown(9_999));
    }

    #[test]
    fn the_page_lists_every_code_and_no_other() {
        let page = include_str!("../../../docs/errors.md");
        let listed: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .filter_map(|rest| rest.split('`').next())
            .collect();
        let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(listed, known);
    }
}
