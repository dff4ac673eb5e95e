//! One connection to the message centre: binds, hears one message at a time, answers it once it is safe, and says
//! now and then that it is there.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::sms::is_ours;
use rusmpp::pdus::{BindTransceiver, DataSmResp, DeliverSmResp, SubmitSm};
use rusmpp::tokio_codec::CommandCodec;
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{EsmClass, InterfaceVersion, Npi, Ton};
use rusmpp::{Command, CommandStatus, Pdu};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_util::codec::Framed;

use super::joining::{Joining, Whole};
use super::words::{Delivered, Heard, Piece, heard};
use super::{Account, SmppSettings, stopped};
use crate::gateway::{self, Caller, Said};
use crate::hub::Hub;
use crate::letters::to_gsm;
use crate::problem::Problem;

/// Longest wait for the connection, and for each answer.
const ANSWER: Duration = Duration::from_secs(10);
/// After so long without a word from there, it is asked whether it still hears.
const SILENCE: Duration = Duration::from_secs(30);
/// Largest message that is read, in bytes: some hundred times an SMS.
const MESSAGE_BYTES_MAX: usize = 16_384;

/// How a connection ended.
pub(super) enum Ended {
    /// Not taken for who it said it is.
    Refused,
    /// The link broke, or never stood.
    Lost {
        /// Whether it was bound before.
        worked: bool,
    },
    /// As the IOC wished.
    Stopped,
}

struct Session<'a> {
    hub: &'a Arc<Hub>,
    account: &'a Account,
    joining: &'a Joining,
    link: Framed<TcpStream, CommandCodec>,
    sequence: u32,
}

/// What became of a delivered message.
struct Answered {
    status: CommandStatus,
    /// To whom, and what.
    reply: Option<(String, String)>,
}

/// Runs one, to its end.
pub(super) async fn run(
    hub: &Arc<Hub>,
    account: &Account,
    joining: &Joining,
    stop: &mut watch::Receiver<bool>,
) -> Ended {
    let connecting = tokio::time::timeout(ANSWER, TcpStream::connect(&account.settings.address));
    let stream = tokio::select! {
        () = stopped(stop) => return Ended::Stopped,
        stream = connecting => stream,
    };
    let Ok(Ok(stream)) = stream else { return Ended::Lost { worked: false } };
    let link = Framed::new(stream, CommandCodec::new().with_max_length(MESSAGE_BYTES_MAX));
    let mut session = Session { hub, account, joining, link, sequence: 0 };
    match session.bind().await {
        Some(true) => tracing::info!("bound to the message centre"),
        Some(false) => return Ended::Refused,
        None => return Ended::Lost { worked: false },
    }
    session.listen(stop).await
}

impl Session<'_> {
    /// Whether it was taken for who it is; `None` where the link broke before an answer.
    async fn bind(&mut self) -> Option<bool> {
        let SmppSettings { system_id, system_type, .. } = &self.account.settings;
        let bind = BindTransceiver::builder()
            .system_id(c_string(system_id)?)
            .password(c_string(&self.account.password)?)
            .system_type(c_string(system_type)?)
            .interface_version(InterfaceVersion::Smpp3_4)
            .build();
        self.ask(bind).await?;
        let answer = tokio::time::timeout(ANSWER, self.link.next()).await.ok()??.ok()?;
        Some(answer.status() == CommandStatus::EsmeRok)
    }

    async fn listen(&mut self, stop: &mut watch::Receiver<bool>) -> Ended {
        let lost = Ended::Lost { worked: true };
        let mut asked = false;
        loop {
            self.take_given_up().await;
            tokio::select! {
                () = stopped(stop) => {
                    self.part().await;
                    return Ended::Stopped;
                }
                command = self.link.next() => {
                    asked = false;
                    let Some(Ok(command)) = command else { return lost };
                    if self.hear(command).await.is_none() {
                        return lost;
                    }
                }
                () = tokio::time::sleep(if asked { ANSWER } else { SILENCE }) => {
                    if asked || self.ask(Pdu::EnquireLink).await.is_none() {
                        return lost;
                    }
                    asked = true;
                }
            }
        }
    }

    /// Answers one command. `None` ends the connection.
    async fn hear(&mut self, command: Command) -> Option<()> {
        let sequence = command.sequence_number();
        match command.pdu() {
            Some(Pdu::DeliverSm(message)) => {
                let Answered { status, reply } = self.take(message.into()).await;
                self.say(status, sequence, DeliverSmResp::default()).await?;
                self.answer(reply).await
            }
            Some(Pdu::DataSm(message)) => {
                let Answered { status, reply } = self.take(message.into()).await;
                self.say(status, sequence, Pdu::DataSmResp(DataSmResp::default())).await?;
                self.answer(reply).await
            }
            Some(Pdu::EnquireLink) => self.say(CommandStatus::EsmeRok, sequence, Pdu::EnquireLinkResp).await,
            Some(Pdu::Unbind) => {
                self.say(CommandStatus::EsmeRok, sequence, Pdu::UnbindResp).await?;
                None
            }
            Some(Pdu::SubmitSmResp(_)) if command.status() != CommandStatus::EsmeRok => {
                tracing::warn!(status = ?command.status(), "the message centre refused a reply");
                Some(())
            }
            Some(Pdu::SubmitSmResp(_) | Pdu::EnquireLinkResp | Pdu::GenericNack) => Some(()),
            _ => self.say(CommandStatus::EsmeRinvcmdid, sequence, Pdu::GenericNack).await,
        }
    }

    /// Takes a message in. It is answered well once nothing of it can be lost any more; what the network itself says of the
    /// IOC's replies is no message.
    async fn take(&self, message: Delivered<'_>) -> Answered {
        let nothing = Answered { status: CommandStatus::EsmeRok, reply: None };
        let Some(heard) = heard(&message) else { return nothing };
        // The IOC joins the messages of one report itself, in any order.
        let is_ours = || heard.part.read().is_some_and(|text| is_ours(&text));
        match heard.piece.filter(|_| !is_ours()) {
            None => self.hand_over(&heard.caller, heard.part.said()).await,
            Some(piece) => {
                let (Caller::Person(from) | Caller::Nobody(from)) = &heard.caller;
                let name = format!("{from}/{}/{}", piece.reference, piece.count);
                let name =
                    Sha256::from_bytes(self.hub.sealing.of_number("paht/smpp/joining/1", &name)).to_string();
                match self.keep(name, heard, piece).await {
                    Ok(None) => nothing,
                    Ok(Some(whole)) => self.hand_over_whole(whole).await,
                    Err(error) => {
                        tracing::error!(%error, "a piece of a message could not be kept");
                        Answered { status: CommandStatus::EsmeRxTAppn, reply: None }
                    }
                }
            }
        }
    }

    async fn keep(&self, name: String, heard: Heard, piece: Piece) -> io::Result<Option<Whole>> {
        let (joining, now) = (self.joining.clone(), (self.hub.world.now)());
        let kept = tokio::task::spawn_blocking(move || joining.take(&name, heard, piece, now)).await;
        kept.unwrap_or_else(|gone| Err(io::Error::other(gone)))
    }

    async fn hand_over_whole(&self, whole: Whole) -> Answered {
        let answered = self.hand_over(&whole.caller, whole.said.clone()).await;
        if answered.status == CommandStatus::EsmeRok {
            Joining::forget(&whole);
        }
        answered
    }

    async fn hand_over(&self, caller: &Caller, said: Said) -> Answered {
        match gateway::heard(self.hub, caller.clone(), said).await {
            Ok(reply) => {
                let reply = reply.and_then(|reply| Some((caller.number()?.to_owned(), reply)));
                Answered { status: CommandStatus::EsmeRok, reply }
            }
            Err(problem) => Answered { status: status_of(&problem), reply: None },
        }
    }

    /// Messages of which a piece never came.
    async fn take_given_up(&mut self) {
        while let Some(whole) = self.joining.given_up((self.hub.world.now)()) {
            let Answered { status, reply } = self.hand_over_whole(whole).await;
            if status != CommandStatus::EsmeRok {
                return;
            }
            if self.answer(reply).await.is_none() {
                return;
            }
        }
    }

    async fn answer(&mut self, reply: Option<(String, String)>) -> Option<()> {
        match reply {
            Some((to, text)) => self.submit(&to, &text).await,
            None => Some(()),
        }
    }

    async fn submit(&mut self, to: &str, text: &str) -> Option<()> {
        let submit = SubmitSm::builder()
            .source_addr(c_string(&self.account.settings.number)?)
            .dest_addr_ton(Ton::International)
            .dest_addr_npi(Npi::Isdn)
            // The library's own default says that it acknowledges a delivery.
            .esm_class(EsmClass::from(0))
            .destination_addr(c_string(to.trim_start_matches('+'))?)
            .short_message(OctetString::from_vec(to_gsm(text)).ok()?)
            .build();
        self.ask(submit).await
    }

    /// Says goodbye and waits for the answer, for a moment.
    async fn part(&mut self) {
        if self.ask(Pdu::Unbind).await.is_some() {
            let _ = tokio::time::timeout(Duration::from_secs(2), self.link.next()).await;
        }
    }

    async fn ask(&mut self, pdu: impl Into<Pdu>) -> Option<()> {
        self.sequence = if self.sequence >= 0x7fff_ffff { 1 } else { self.sequence.saturating_add(1) };
        self.say(CommandStatus::EsmeRok, self.sequence, pdu).await
    }

    async fn say(&mut self, status: CommandStatus, sequence: u32, pdu: impl Into<Pdu>) -> Option<()> {
        let said = self.link.send(Command::new(status, sequence, pdu));
        tokio::time::timeout(ANSWER, said).await.ok()?.ok()
    }
}

/// A message in which nothing is written is done with; whatever else was not kept is delivered again.
fn status_of(problem: &Problem) -> CommandStatus {
    if problem.code() == Code::TextMissing { CommandStatus::EsmeRok } else { CommandStatus::EsmeRxTAppn }
}

fn c_string<const MAX: usize>(text: &str) -> Option<COctetString<1, MAX>> {
    COctetString::from_string(text.to_owned()).ok()
}
