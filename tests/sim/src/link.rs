//! The link between a phone and the hub, and everything it does to what passes: requests lost, replies lost or cut,
//! captive portals, a hub that is busy.

use paht_engine::ports::{EngineFault, Media, Store};
use paht_engine::step::{self, Step, Wish};
use paht_engine::sync::{Prepared, absorb, failed};
use paht_engine::upload::{Upload, UploadEnd, ended};
use paht_model::fault::Code;
use paht_model::ids::KeyThumbprint;
use paht_model::wire::envelope::Sign as _;
use paht_model::wire::from_bytes;
use paht_model::wire::sync::{Outcome, SyncReply};

use crate::dice::Dice;
use crate::hub::{Appended, SimHub};
use crate::phone::{Saying, SimPhone};
use crate::trace::Trace;

/// What the link does to one exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    RequestLost,
    ReplyLost,
    ReplyCut,
    Portal,
    Busy,
}

/// What a phone's step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    /// Something was done.
    Did,
    /// Nothing before so many milliseconds.
    Waits(u64),
    /// The process is dead, or its disk refused.
    Stuck,
}

/// The air between them.
pub struct Air<'a> {
    /// The hub.
    pub hub: &'a SimHub,
    /// True time, in milliseconds since the world began.
    pub now_ms: u64,
    /// Exchanges in a hundred that fail.
    pub weather: u64,
    /// This action's randomness.
    pub dice: &'a Dice,
    /// Who says what.
    pub trace: &'a mut Trace,
}

impl Air<'_> {
    /// Lets a phone take one step.
    pub fn step(&mut self, phone: &mut SimPhone, wish: Wish) -> Ran {
        if phone.fate.dead.get() {
            return Ran::Stuck;
        }
        let own = KeyThumbprint::of(&phone.key.public_key());
        let next = step::next(&phone.store, self.hub.tenant.id(), &own, phone.reading(self.now_ms), wish);
        let done = match next {
            Ok(Step::Wait { wait_ms }) => return Ran::Waits(wait_ms),
            Ok(Step::Sync { prepared, mark }) => {
                phone.store.apply(&mark).map_err(EngineFault::from).and_then(|()| self.sync(phone, &prepared))
            }
            Ok(Step::Keep(plan)) => phone.store.apply(&plan).map_err(EngineFault::from),
            Ok(Step::Derive(part)) => {
                self.note(phone, || format!("makes smaller pictures of {}", part.hash.short()));
                phone.derive(self.hub.tenant.id(), self.now_ms, self.dice, part)
            }
            Ok(Step::Upload(upload)) => self.upload(phone, &upload),
            Err(fault) => Err(fault),
        };
        match done {
            Ok(()) => Ran::Did,
            Err(fault) => {
                self.note(phone, || format!("stuck: {fault}"));
                Ran::Stuck
            }
        }
    }

    fn note(&mut self, phone: &SimPhone, what: impl FnOnce() -> String) {
        self.trace.say(self.now_ms, phone.number, phone.number, what);
    }

    fn fault(&self, phone: &SimPhone) -> Fault {
        if !phone.network {
            return Fault::RequestLost;
        }
        if !self.hub.up {
            return Fault::Busy;
        }
        if !self.dice.chance(self.weather) {
            return Fault::None;
        }
        match self.dice.below(5) {
            0 => Fault::RequestLost,
            1 => Fault::ReplyLost,
            2 => Fault::ReplyCut,
            3 => Fault::Portal,
            _ => Fault::Busy,
        }
    }

    fn sync(&mut self, phone: &mut SimPhone, prepared: &Prepared) -> Result<(), EngineFault> {
        let bytes = prepared.request.seal(&phone.key)?;
        let (commands, offers) = (prepared.commands.len(), prepared.offers.len());
        self.trace
            .say(self.now_ms, phone.number, 0, || format!("sync: {commands} commands, {offers} offers"));
        let answer = self.exchange(phone, &bytes);
        self.meanwhile(phone);
        let reading = phone.reading(self.now_ms);
        let plan = match answer {
            Ok(reply) => {
                let stored = reply.outcomes.len();
                self.trace.say(self.now_ms, 0, phone.number, || {
                    let refused = reply.outcomes.iter().filter_map(|outcome| match outcome {
                        Outcome::Refused { code, .. } => Some(code.as_str()),
                        Outcome::Stored { .. } => None,
                    });
                    let refused = refused.collect::<Vec<_>>();
                    let (entries, equal) = (reply.entries.len(), reply.held_equal);
                    format!("{stored} outcomes (refused: {refused:?}), {entries} entries, equal {equal}")
                });
                absorb(&phone.store, prepared, &reply, reading, self.dice)?
            }
            Err(code) => {
                self.trace.say(self.now_ms, 0, phone.number, || format!("no reply: {code}"));
                failed(&phone.store, prepared, code, None, reading, self.dice)?
            }
        };
        phone.store.apply(&plan)?;
        Ok(())
    }

    /// What a person may do while a request is under way.
    fn meanwhile(&mut self, phone: &mut SimPhone) {
        if self.weather == 0 {
            return;
        }
        let reports = phone.reports();
        let Some(report) = reports.get(self.dice.index(reports.len())).filter(|_| self.dice.chance(12))
        else {
            return;
        };
        let saying = match self.dice.below(4) {
            0 => Saying::Hold,
            1 => Saying::Withdraw,
            2 => Saying::Edit("Sửa giữa chừng".into()),
            _ => Saying::Release,
        };
        let what = format!("{saying:?}");
        let done = phone.say(self.hub.tenant.id(), self.now_ms, self.dice, &report.id, saying);
        self.note(phone, || format!("meanwhile {what} {}: {done:?}", report.id));
    }

    fn exchange(&self, phone: &SimPhone, bytes: &[u8]) -> Result<SyncReply, Code> {
        let fault = self.fault(phone);
        match fault {
            Fault::RequestLost => return Err(Code::LinkDown),
            Fault::Portal => return Err(Code::LinkForeign),
            Fault::Busy => return Err(Code::HubBusy),
            Fault::None | Fault::ReplyLost | Fault::ReplyCut => {}
        }
        let mut reply = self.hub.sync(bytes, self.now_ms, self.dice)?;
        match fault {
            Fault::ReplyLost => return Err(Code::LinkDown),
            Fault::ReplyCut => reply.truncate(self.dice.index(reply.len())),
            _ => {}
        }
        from_bytes(&reply, "sync reply").map_err(|_| Code::LinkGarbled)
    }

    fn upload(&mut self, phone: &mut SimPhone, upload: &Upload) -> Result<(), EngineFault> {
        let (part, from) = (upload.entry.part, upload.offset_bytes);
        self.trace.say(self.now_ms, phone.number, 0, || {
            format!(
                "{:?} {} from byte {from} of {}",
                upload.entry.kind,
                part.hash.short(),
                upload.entry.bytes
            )
        });
        let end = self.send(phone, upload);
        self.trace.say(self.now_ms, 0, phone.number, || match &end {
            UploadEnd::Whole { .. } => "whole, with a receipt".into(),
            other => format!("{other:?}"),
        });
        let reading = phone.reading(self.now_ms);
        let plan = ended(&phone.store, self.hub.tenant.id(), &part, &end, reading, self.dice)?;
        phone.store.apply(&plan)?;
        Ok(())
    }

    /// Sends in pieces of a few hundred bytes; each may be the last for now.
    fn send(&self, phone: &SimPhone, upload: &Upload) -> UploadEnd {
        let mut offset_bytes = upload.offset_bytes;
        let mut sent = offset_bytes;
        loop {
            let piece_max = 1 + self.dice.index(700);
            let Ok(piece) = phone.media.read(&upload.entry.part.hash, sent, piece_max) else {
                return UploadEnd::FileLost;
            };
            let cut = |offset_bytes, fault| UploadEnd::Cut { offset_bytes, fault, retry_after_ms: None };
            let fault = self.fault(phone);
            match fault {
                Fault::RequestLost | Fault::Portal => return cut(offset_bytes, Code::LinkDown),
                Fault::Busy => return cut(offset_bytes, Code::HubBusy),
                Fault::None | Fault::ReplyLost | Fault::ReplyCut => {}
            }
            let answer = self.hub.append(&upload.session, sent, &piece, self.now_ms, self.dice);
            if fault != Fault::None {
                return cut(offset_bytes, Code::LinkDown);
            }
            match answer {
                Ok(Appended::Whole { receipt, held }) => return UploadEnd::Whole { receipt, held },
                Ok(Appended::Part(length)) => {
                    offset_bytes = length;
                    sent = length;
                }
                Err(Code::UploadOffsetConflict) => return cut(offset_bytes, Code::UploadOffsetConflict),
                Err(code) => return UploadEnd::Refused { code },
            }
        }
    }
}
