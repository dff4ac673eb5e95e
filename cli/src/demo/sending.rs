//! A phone sends over a link that comes and goes: what is told is read off the phone's own words, and off the link's
//! counters, which no phone can embellish.

use std::time::Duration;

use anyhow::{Context as _, bail};
use indicatif::ProgressBar;
use serde_json::Value;
use tokio::time::{Instant, interval, sleep_until};

use super::cast::{HURRY, number, text};
use super::handset::Handset;
use super::process::Speaking;
use super::story::{Story, size};
use crate::clock::Stopwatch;

/// How often the link is looked at, in milliseconds.
const LOOK_MS: u64 = 25;
/// Longest a phone may need for everything, in seconds: then the demo has failed.
const SENT_WITHIN_S: u64 = 150;

/// What befalls an original on its way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Blow {
    /// After how much of it, in per cent.
    pub(crate) at_percent: u64,
    pub(crate) kind: BlowKind,
}

/// Which blow.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BlowKind {
    /// The signal is gone for so many milliseconds.
    Cut { for_ms: u64 },
    /// SIGKILL to the phone's process.
    Kill,
}

/// One phone sending.
pub(crate) struct Sending<'s> {
    story: &'s Story,
    phone: &'s Handset,
    /// What the original is, in a word.
    name: &'s str,
    process: Option<Speaking>,
    since: Stopwatch,
    blows: Vec<Blow>,
    transfer: Option<Transfer>,
    signal_at: Option<Instant>,
    is_text_told: bool,
    is_down: bool,
    parts_bytes: u64,
}

/// The part that is on its way.
struct Transfer {
    kind: String,
    from_bytes: u64,
    total_bytes: u64,
    /// The link's counter when it began.
    begun_bytes: u64,
    bar: ProgressBar,
}

impl<'s> Sending<'s> {
    pub(crate) fn new(story: &'s Story, phone: &'s Handset, name: &'s str, blows: Vec<Blow>) -> Self {
        Self {
            story,
            phone,
            name,
            process: None,
            since: Stopwatch::start(),
            blows,
            transfer: None,
            signal_at: None,
            is_text_told: false,
            is_down: false,
            parts_bytes: 0,
        }
    }

    /// Plays it to the moment when the phone says that all is sent.
    pub(crate) async fn play(mut self) -> anyhow::Result<()> {
        self.phone.link.set_signal(true);
        self.story.tell("signal: one bar");
        self.process = Some(self.phone.start_sync()?);
        let limit = Instant::now() + Duration::from_secs(SENT_WITHIN_S);
        let mut look = interval(Duration::from_millis(LOOK_MS));
        loop {
            tokio::select! {
                said = next(&mut self.process) => match said? {
                    Some(said) => if self.hear(&said)? { break },
                    None => bail!("the phone's sync ended before its time; see demo.log"),
                },
                _ = look.tick() => self.look().await?,
                () = sleep_until(limit) => bail!("not everything was sent within {SENT_WITHIN_S} s"),
            }
        }
        // Until it is gone it has the phone's folder, and whoever asks the phone next would be turned away.
        match self.process.take() {
            Some(process) => process.end().await,
            None => Ok(()),
        }
    }

    /// Takes in what the phone says; whether it says that all is sent.
    fn hear(&mut self, said: &Value) -> anyhow::Result<bool> {
        if let Some(all_sent) = said.get("all_sent") {
            if all_sent != &Value::Bool(true) {
                bail!("the phone gave up: {said}");
            }
            self.told_all();
            return Ok(true);
        }
        match said.get("doing").and_then(Value::as_str) {
            Some("synced") if !self.is_text_told => self.told_text(),
            Some("synced") => self.is_down = false,
            Some("failed") if !self.is_down && self.signal_at.is_some() => {
                self.is_down = true;
                self.story.tell(&format!("the phone: {}; it keeps trying", text(said, "/code")?));
            }
            Some("uploading") => self.begin(said)?,
            Some("delivered") => self.delivered(said)?,
            _ => {}
        }
        Ok(false)
    }

    fn told_text(&mut self) {
        self.is_text_told = true;
        let seconds = self.since.seconds();
        self.story.done(&format!(
            "the text is at the IOC {seconds:.2} s after the signal came, {} up (EDGE: about {:.0} s)",
            size(self.phone.link.up_bytes()),
            seconds * f64::from(HURRY),
        ));
    }

    fn begin(&mut self, said: &Value) -> anyhow::Result<()> {
        let kind = text(said, "/kind")?.to_owned();
        let from_bytes = u64::try_from(number(said, "/from_bytes")?)?;
        let total_bytes = u64::try_from(number(said, "/total_bytes")?)?;
        let name = self.name_of(&kind);
        if from_bytes > 0 {
            self.story.done(&format!("{name} resumed at byte {from_bytes} of {total_bytes}"));
        } else {
            self.story.tell(&format!("{name} begins, {}", size(total_bytes)));
        }
        if let Some(before) = self.transfer.take() {
            before.bar.finish_and_clear();
        }
        let bar = self.story.bar(&name, total_bytes);
        bar.set_position(from_bytes);
        bar.tick();
        // The rate is that of this attempt.
        bar.reset_eta();
        let begun_bytes = self.phone.link.up_bytes();
        self.transfer = Some(Transfer { kind, from_bytes, total_bytes, begun_bytes, bar });
        Ok(())
    }

    fn delivered(&mut self, said: &Value) -> anyhow::Result<()> {
        let name = self.name_of(text(said, "/kind")?);
        if let Some(transfer) = self.transfer.take() {
            transfer.bar.finish_and_clear();
            self.parts_bytes += transfer.total_bytes;
        }
        self.story
            .done(&format!("the {name} is at the IOC, {:.1} s after the signal came", self.since.seconds()));
        Ok(())
    }

    /// Looks at the link: how far the transfer is, and whether something befalls it now.
    async fn look(&mut self) -> anyhow::Result<()> {
        if self.signal_at.is_some_and(|at| at <= Instant::now()) {
            self.signal_at = None;
            self.phone.link.set_signal(true);
            self.story.tell("signal again");
        }
        let Some(transfer) = &self.transfer else { return Ok(()) };
        let moved = self.phone.link.up_bytes().saturating_sub(transfer.begun_bytes);
        let at_bytes = transfer.from_bytes.saturating_add(moved).min(transfer.total_bytes);
        transfer.bar.set_position(at_bytes);
        if transfer.kind != "original" {
            return Ok(());
        }
        let percent = at_bytes.saturating_mul(100) / transfer.total_bytes.max(1);
        let Some(blow) = self.blows.first().copied().filter(|blow| percent >= blow.at_percent) else {
            return Ok(());
        };
        self.blows.remove(0);
        match blow.kind {
            BlowKind::Cut { for_ms } => {
                self.phone.link.set_signal(false);
                self.signal_at = Some(Instant::now() + Duration::from_millis(for_ms));
                self.story.broke(&format!("the signal is gone at {percent} % of the {}", self.name));
            }
            BlowKind::Kill => {
                let process = self.process.take().context("a phone to kill")?;
                process.kill().await?;
                self.story.broke(&format!("kill -9 to the phone at {percent} % of the {}", self.name));
                self.process = Some(self.phone.start_sync()?);
            }
        }
        if let Some(transfer) = self.transfer.take() {
            transfer.bar.abandon();
        }
        Ok(())
    }

    fn told_all(&self) {
        let (up, parts) = (self.phone.link.up_bytes(), self.parts_bytes);
        let more = up.saturating_sub(parts).saturating_mul(1_000) / parts.max(1);
        self.story.done(&format!(
            "all sent, and the IOC's list of hashes equals the phone's: {} up for {} of media ({}.{} % more), {} down",
            size(up),
            size(parts),
            more / 10,
            more % 10,
            size(self.phone.link.down_bytes()),
        ));
    }

    fn name_of(&self, kind: &str) -> String {
        if kind == "original" { self.name.to_owned() } else { kind.to_owned() }
    }
}

/// What the phone says next; never anything while none runs.
async fn next(process: &mut Option<Speaking>) -> anyhow::Result<Option<Value>> {
    match process {
        Some(process) => process.next().await,
        None => std::future::pending().await,
    }
}
