//! Why a phone did not do what it was asked, as one enum with a stable code and words for people.

use paht_engine::ports::{EngineFault, StoreFault};
use paht_model::fault::Code;
use paht_model::words::{Language, say_fault};

use crate::facts::FactsError;
use crate::link::LinkFailure;
use crate::media::KeepError;
use crate::store::OpenError;

/// Why a phone did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The folder's database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file is no capture.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// A file could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
    /// It was refused, or the storage failed.
    #[error(transparent)]
    Engine(#[from] EngineFault),
    /// The link failed, or the IOC's address or the roots given are of no use.
    #[error("{0}")]
    Link(Code),
    /// No IOC's address was ever given.
    #[error("no address of the IOC is known")]
    NoIoc,
}

impl PhoneError {
    /// Its stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Open(error) => error.code(),
            Self::Facts(error) => Code::parse(error.code()).unwrap_or(Code::MediaUnreadable),
            Self::Keep(error) => error.code(),
            Self::Engine(fault) => fault.code(),
            Self::Link(code) => *code,
            Self::NoIoc => Code::LinkDown,
        }
    }

    /// What a person reads: what is wrong and the way out.
    pub fn say(&self, language: Language) -> String {
        say_fault(language, self.code())
    }
}

impl From<StoreFault> for PhoneError {
    fn from(fault: StoreFault) -> Self {
        Self::Engine(fault.into())
    }
}

impl From<LinkFailure> for PhoneError {
    fn from(failure: LinkFailure) -> Self {
        Self::Link(failure.code)
    }
}

impl From<Code> for PhoneError {
    fn from(code: Code) -> Self {
        Self::Engine(code.into())
    }
}
