//! The one error, without free strings: a stable code for programs, and words for people by `say_error`.

use paht_engine::ports::EngineFault;
use paht_phone::PhoneError;

/// A stable code; `docs/errors.md` lists them.
pub type ErrorCode = paht_model::fault::Code;

/// A stable code, by name; what a newer hub says is `Unknown` with its number.
#[uniffi::remote(Enum)]
pub enum ErrorCode {
    /// The file has no bytes.
    MediaEmpty,
    /// The file is no photo or video that we know.
    MediaUnknownFormat,
    /// The file ends before its content does.
    MediaTruncated,
    /// The picture claims more pixels than any camera has.
    MediaBomb,
    /// The file is larger than the limit.
    MediaTooLarge,
    /// The file could not be read.
    MediaUnreadable,
    /// Neither text nor a capture.
    ReportEmpty,
    /// More captures than a report may have.
    ReportTooManyCaptures,
    /// The same file twice in one report.
    ReportCaptureTwice,
    /// No category was chosen.
    CategoryMissing,
    /// The tenant has no such category.
    CategoryUnknown,
    /// The text is over the limit.
    TextTooLong,
    /// Words are needed here.
    TextMissing,
    /// The position is 0,0 or not on the Earth.
    PlaceUnknown,
    /// The position is outside the province.
    PlaceOutside,
    /// A grade is 1 to 5.
    GradeOutOfRange,
    /// A review must say which service it is about.
    ServiceMissing,
    /// The phone's storage is full.
    StorageFull,
    /// The phone's storage failed.
    StorageFailed,
    /// Another program has this phone's folder open.
    StorageBusy,
    /// No report of that id here.
    ReportUnknown,
    /// This can no longer be done to the report.
    ReportState,
    /// The phone's signing key is not to be had.
    KeyUnavailable,
    /// The signature does not fit.
    SignatureBad,
    /// The report was made under another key.
    KeyMismatch,
    /// The claim secret does not fit.
    ClaimBad,
    /// The command cannot be read.
    CommandMalformed,
    /// The command is over the limit.
    CommandTooLarge,
    /// The statement has not come yet.
    StatementMissing,
    /// The command is for another tenant.
    TenantUnknown,
    /// A command id was used for other bytes.
    CommandConflict,
    /// The request cannot be read.
    RequestMalformed,
    /// The body is over its limit.
    BodyTooLarge,
    /// Too many requests; slow down.
    TooMany,
    /// Nothing is here.
    NotFound,
    /// The hub itself failed.
    HubFailed,
    /// The hub is stopping or overloaded.
    HubBusy,
    /// A token is needed, or does not fit.
    NotAllowed,
    /// The token's role may not do this.
    Forbidden,
    /// The address does not take this method.
    WrongMethod,
    /// The hub keeps the room it has left for statements and text messages; media wait.
    HubFull,
    /// No statement or derivation declares this hash.
    UploadUndeclared,
    /// The bytes do not have the declared hash.
    UploadWrongHash,
    /// The offset is not the one the hub has.
    UploadOffsetConflict,
    /// The length is not the declared one.
    UploadWrongLength,
    /// The tus version or header is missing or wrong.
    UploadProtocol,
    /// The case cannot take this step now.
    CaseState,
    /// No such case.
    CaseUnknown,
    /// No such agency.
    AgencyUnknown,
    /// The answer lacks the evidence that its category asks for.
    EvidenceMissing,
    /// No such alert.
    AlertUnknown,
    /// A text, number or list of the alert is over its limit.
    AlertTooLong,
    /// The alert ends before it begins, is over already, or holds too long.
    AlertPeriod,
    /// The alerts that hold are over what one bulletin carries.
    AlertTooMany,
    /// No such commune.
    AreaUnknown,
    /// The link carried something else's answer (a captive portal).
    LinkForeign,
    /// No link.
    LinkDown,
    /// The hub's certificate was not accepted.
    LinkUntrusted,
    /// The reply was cut or garbled.
    LinkGarbled,
    /// Something before the hub (a proxy) would not let it through, in whatever pieces.
    LinkBlocked,
    /// The key is no officer's of this IOC.
    OfficerUnknown,
    /// The key was an officer's, and is no longer.
    OfficerEnded,
    /// The deadline asked for or given is not later than the present one, or further away than a year.
    DeadlinePeriod,
    /// The text message is none of ours.
    SmsForeign,
    /// The text message was changed, lost a character or got one on the way.
    SmsDamaged,
    /// The text message is of a newer program.
    SmsNewer,
    /// Some text messages of the report are missing.
    SmsIncomplete,
    /// The text message's check was not made with the key of its number.
    SmsCheck,
    /// A confidential report is never written as a text message.
    SmsConfidential,
    /// The text message is in letters that nobody here can read.
    SmsUnreadable,
    /// The text message comes from a short number, a hotline or a name, which nobody can answer.
    SmsSender,
    /// The file is no bundle for this IOC, or was changed on its way.
    BundleUnreadable,
    /// Everything is at the IOC already, or needs a person: there is nothing to carry.
    BundleEmpty,
    /// Other files of the bundle are missing.
    BundleIncomplete,
    /// The receipts are not for this phone, not from its IOC, or were changed on their way.
    ReceiptsUnreadable,
    /// This phone has never met its IOC, and does not know whom to seal to.
    BundleNoKey,
    /// A code of a newer program.
    Unknown(u16),
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PahtError {
    /// What was asked is refused; the code says why, `say_error` says the way out.
    #[error("refused: {code}")]
    Refused {
        /// Why.
        code: ErrorCode,
    },
    /// The phone's storage would not have it; nothing was half-kept.
    #[error("storage: {code}")]
    Storage {
        /// Full, failed, or in use by another program.
        code: ErrorCode,
    },
    /// No file of a kind that is taken, or one that cannot be read.
    #[error("file: {code}")]
    File {
        /// Why.
        code: ErrorCode,
    },
    /// The IOC's address is unknown or of no use.
    #[error("link: {code}")]
    Link {
        /// Why.
        code: ErrorCode,
    },
    /// A fault of ours, or an exception thrown by a port of the platform. What was kept before is safe.
    #[error("internal fault")]
    Internal,
}

impl From<PhoneError> for PahtError {
    fn from(error: PhoneError) -> Self {
        let code = error.code();
        match error {
            PhoneError::Open(_) | PhoneError::Engine(EngineFault::Store(_)) => Self::Storage { code },
            PhoneError::Keep(_) if code != ErrorCode::MediaUnreadable => Self::Storage { code },
            PhoneError::Facts(_) | PhoneError::Keep(_) => Self::File { code },
            PhoneError::Engine(EngineFault::Refused(_)) => Self::Refused { code },
            PhoneError::Link(_) | PhoneError::NoIoc => Self::Link { code },
        }
    }
}

/// An exception of Kotlin's or Swift's that no port declares.
impl From<uniffi::UnexpectedUniFFICallbackError> for PahtError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // Its words may quote a citizen's: they are dropped.
        Self::Internal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_crosses_under_its_own_name() {
        for code in ErrorCode::ALL {
            let lowered = <ErrorCode as uniffi::Lower<crate::UniFfiTag>>::lower(*code);
            let lifted = <ErrorCode as uniffi::Lift<crate::UniFfiTag>>::try_lift(lowered).unwrap();
            assert_eq!(lifted, *code);
        }
    }

    #[test]
    fn an_error_keeps_its_code_and_its_kind() {
        let refused = PhoneError::from(ErrorCode::CategoryMissing);
        assert_eq!(PahtError::from(refused), PahtError::Refused { code: ErrorCode::CategoryMissing });
        assert_eq!(PahtError::from(PhoneError::NoIoc), PahtError::Link { code: ErrorCode::LinkDown });
        let full = PhoneError::from(paht_engine::ports::StoreFault::Full);
        assert_eq!(PahtError::from(full), PahtError::Storage { code: ErrorCode::StorageFull });
    }
}
