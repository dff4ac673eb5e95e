//! Everything a phone sends is one signed command; its bytes are the same on every carrier and in every retry.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::capture::MediaType;
use crate::fault::Code;
use crate::ids::{ClaimSecret, CommandId, KeyThumbprint, ReportId, Sha256, TenantId};
use crate::limits::{COMMAND_BYTES_MAX, PREVIEW_BYTES_MAX, RENDITION_BYTES_MAX};
use crate::officer::Act;
use crate::part::PartKind;
use crate::statement::{Edit, Statement, check_text};
use crate::text::{composed, is_blank};
use crate::wire::envelope::{self, BadEnvelope, Opened, Purpose, Sign};
use crate::wire::{Blob, from_bytes, to_bytes};

/// One command, before it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Command {
    /// Whose IOC it is for.
    #[n(0)]
    pub tenant: TenantId,
    /// The command's own id.
    #[n(1)]
    pub id: CommandId,
    /// The report it is about.
    #[n(2)]
    pub report: ReportId,
    /// Counts the report's commands from 1, as the phone made them.
    #[n(3)]
    pub revision: u32,
    /// What it asks for.
    #[n(4)]
    pub body: Body,
    /// Shows the right to speak for a report that another key made.
    #[n(5)]
    pub claim: Option<ClaimSecret>,
}

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "body")]
pub enum Body {
    /// Makes the report.
    #[n(0)]
    Report(#[n(0)] Statement),
    /// Changes what was said; refused once an agency works on it.
    #[n(1)]
    Edit(#[n(0)] Edit),
    /// Adds words to the case.
    #[n(2)]
    Comment(#[n(0)] String),
    /// The verdict on one answer.
    #[n(3)]
    Rate(#[n(0)] Rating),
    /// Says it is not settled.
    #[n(4)]
    Reopen(#[n(0)] Reopening),
    /// Takes the report back.
    #[n(5)]
    Withdraw,
    /// Answers a question of the IOC or an agency.
    #[n(6)]
    Reply(#[n(0)] String),
    /// Declares a preview or rendition of an original, so that its bytes may be sent.
    #[n(7)]
    Derive(#[n(0)] Derivation),
    /// Attaches the sender's name and number, sealed to the hub, after the fact.
    #[n(8)]
    Identify(#[n(0)] Blob),
    /// An agency's officer does something to the case; `claim` has no part in it.
    #[n(9)]
    Act(#[n(0)] Act),
}

/// The citizen's verdict on one answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Rating {
    /// Which assignment.
    #[n(0)]
    pub assignment: u16,
    /// Which of its answers, counted from 1.
    #[n(1)]
    pub answer: u16,
    /// 1 (not at all) to 5 (fully settled).
    #[n(2)]
    pub grade: u8,
    /// Why; may be empty.
    #[n(3)]
    pub text: String,
}

/// Saying that an answer did not settle it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Reopening {
    /// Which assignment.
    #[n(0)]
    pub assignment: u16,
    /// Why.
    #[n(1)]
    pub reason: String,
}

/// A smaller picture made from an original after submit.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Derivation {
    /// The original.
    #[n(0)]
    pub of: Sha256,
    /// Preview or rendition.
    #[n(1)]
    pub kind: PartKind,
    /// The derived bytes' hash.
    #[n(2)]
    pub hash: Sha256,
    /// Their size.
    #[n(3)]
    pub bytes: u64,
    /// Their format.
    #[n(4)]
    pub media_type: MediaType,
    /// Width, in pixels.
    #[n(5)]
    pub width: u32,
    /// Height, in pixels.
    #[n(6)]
    pub height: u32,
    /// A picture in some 25 bytes to show until the preview comes.
    #[n(7)]
    pub thumbhash: Option<Blob>,
}

impl Body {
    /// Its name in the glossary.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Edit(_) => "edit",
            Self::Comment(_) => "comment",
            Self::Rate(_) => "rate",
            Self::Reopen(_) => "reopen",
            Self::Withdraw => "withdraw",
            Self::Reply(_) => "reply",
            Self::Derive(_) => "derive",
            Self::Identify(_) => "identify",
            Self::Act(_) => "act",
        }
    }

    /// The same with everything that a person wrote in composed form.
    #[must_use]
    pub fn composed(self) -> Self {
        match self {
            Self::Report(statement) => Self::Report(statement.composed()),
            Self::Edit(edit) => Self::Edit(edit.composed()),
            Self::Comment(text) => Self::Comment(composed(text)),
            Self::Reply(text) => Self::Reply(composed(text)),
            Self::Rate(rating) => Self::Rate(Rating { text: composed(rating.text), ..rating }),
            Self::Reopen(said) => Self::Reopen(Reopening { reason: composed(said.reason), ..said }),
            Self::Act(act) => Self::Act(act.composed()),
            Self::Withdraw | Self::Derive(_) | Self::Identify(_) => self,
        }
    }

    /// The rules that phone and hub both hold it to.
    pub fn check(&self) -> Result<(), Code> {
        match self {
            Self::Report(statement) => statement.check(),
            Self::Edit(edit) => edit.text.as_deref().map_or(Ok(()), check_text),
            Self::Comment(text) | Self::Reply(text) if is_blank(text) => Err(Code::TextMissing),
            Self::Comment(text) | Self::Reply(text) => check_text(text),
            Self::Rate(rating) if !(1..=5).contains(&rating.grade) => Err(Code::GradeOutOfRange),
            Self::Rate(rating) => check_text(&rating.text),
            Self::Reopen(reopening) if is_blank(&reopening.reason) => Err(Code::TextMissing),
            Self::Reopen(reopening) => check_text(&reopening.reason),
            Self::Derive(derivation) => derivation.check(),
            Self::Act(act) => act.check(),
            Self::Withdraw | Self::Identify(_) => Ok(()),
        }
    }
}

impl Derivation {
    fn check(&self) -> Result<(), Code> {
        let bytes_max = match self.kind {
            PartKind::Preview => PREVIEW_BYTES_MAX,
            PartKind::Rendition => RENDITION_BYTES_MAX,
            _ => return Err(Code::CommandMalformed),
        };
        if self.bytes == 0 || self.bytes > bytes_max { Err(Code::MediaTooLarge) } else { Ok(()) }
    }
}

/// A command with its signed bytes: what is stored, sent and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCommand {
    /// The envelope in its plain form.
    pub bytes: Vec<u8>,
    /// The name of those bytes; the receipt speaks of it.
    pub hash: Sha256,
    /// Who signed.
    pub key: KeyThumbprint,
    /// What they hold.
    pub command: Command,
}

impl SignedCommand {
    /// Signs a command, its texts in composed form.
    pub fn sign<K: Sign + ?Sized>(key: &K, command: Command) -> Result<Self, K::Error> {
        let command = Command { body: command.body.composed(), ..command };
        let bytes = envelope::seal(key, Purpose::Command, to_bytes(&command))?;
        let hash = Sha256::of(&bytes);
        Ok(Self { hash, key: KeyThumbprint::of(&key.public_key()), bytes, command })
    }

    /// Reads and verifies bytes as they came. In whichever of the ways that fit they were written, it is the same command of
    /// the same name. What is read of them is in composed form, whoever wrote it.
    pub fn open(bytes: &[u8]) -> Result<Self, Code> {
        if bytes.len() > COMMAND_BYTES_MAX {
            return Err(Code::CommandTooLarge);
        }
        let opened: Opened = envelope::open(bytes, Purpose::Command).map_err(|bad| match bad {
            BadEnvelope::Malformed => Code::CommandMalformed,
            BadEnvelope::Signature => Code::SignatureBad,
        })?;
        let command: Command = from_bytes(&opened.payload, "command").map_err(|_| Code::CommandMalformed)?;
        let command = Command { body: command.body.composed(), ..command };
        let key = opened.thumbprint();
        Ok(Self { hash: Sha256::of(&opened.plain), key, bytes: opened.plain, command })
    }
}
