//! What a sync is doing, as it does it: a bar for each transfer on a terminal, a line for each step elsewhere, objects
//! for programs.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use console::Term;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use paht_model::ids::ReportId;
use paht_model::part::PartKind;
use paht_model::wire::sync::PartName;
use paht_model::words::say_fault;
use paht_phone::{Doing, Progress};
use serde_json::json;

use super::knock::Down;
use crate::out::{Out, either};
use crate::shown;
use crate::wording::Wording;

/// A program is told of a transfer after every so many parts of it.
const TOLD_PARTS: u64 = 100;

/// Shows a running sync.
pub(super) struct Bars {
    out: Out,
    wording: Wording,
    down: Down,
    /// None where nobody looks at a terminal.
    all: Option<MultiProgress>,
    shown: Mutex<HashMap<PartName, ProgressBar>>,
    now: Mutex<Option<PartName>>,
    told: AtomicU64,
}

impl Bars {
    pub(super) fn new(out: Out, wording: Wording, down: Down) -> Self {
        let all = (!out.json() && Term::stderr().is_term()).then(MultiProgress::new);
        Self {
            out,
            wording,
            down,
            all,
            shown: Mutex::default(),
            now: Mutex::default(),
            told: AtomicU64::new(0),
        }
    }

    /// Leaves what stands there as it stands.
    pub(super) fn end(&self) {
        let bars = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        bars.values().filter(|bar| !bar.is_finished()).for_each(ProgressBar::abandon);
    }

    fn line(&self, text: &str) {
        match &self.all {
            Some(all) => _ = all.println(shown::line(text, console::colors_enabled_stderr())),
            None => self.out.remark(text),
        }
    }

    fn begin(&self, part: PartName, kind: PartKind, from_bytes: u64, total_bytes: u64) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(part);
        self.told.store(from_bytes, Ordering::Relaxed);
        let Some(all) = &self.all else {
            let name = self.wording.kind(kind);
            let from = either(self.out.language(), "từ byte", "from byte");
            self.out.remark(&format!("→ {name} {}: {from} {from_bytes} / {total_bytes}", part.hash.short()));
            return;
        };
        let mut bars = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bars.entry(part).or_insert_with(|| {
            let bar = all.add(ProgressBar::new(total_bytes).with_style(style()));
            bar.set_prefix(self.wording.kind(kind));
            bar
        });
        bar.set_position(from_bytes);
        bar.tick();
        // The rate is that of this attempt.
        bar.reset_eta();
    }
}

impl Progress for Bars {
    fn on_step(&self, doing: &Doing) {
        self.out.object(doing);
        let language = self.out.language();
        match doing {
            Doing::Failed { code } => {
                self.down.store(true, Ordering::Relaxed);
                self.line(&format!("✗ {code}: {}", say_fault(language, *code)));
            }
            Doing::Synced { .. } => self.down.store(false, Ordering::Relaxed),
            Doing::Uploading { part, kind, from_bytes, total_bytes } => {
                self.begin(*part, *kind, *from_bytes, *total_bytes);
            }
            Doing::Delivered { part, kind } => {
                self.down.store(false, Ordering::Relaxed);
                let bars = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
                match bars.get(part) {
                    Some(bar) => bar.finish(),
                    None => self.line(&format!("✓ {} {}", self.wording.kind(*kind), part.hash.short())),
                }
            }
            Doing::Waiting { wait_ms } => {
                let again = either(language, "thử lại sau", "next try in");
                self.line(&format!("… {again} {} s", wait_ms.div_ceil(1_000)));
            }
            Doing::Syncing { .. } | Doing::Deriving { .. } => {}
        }
    }

    fn on_bytes(&self, report: &ReportId, kind: PartKind, sent_bytes: u64, total_bytes: u64) {
        let now = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let bars = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = now.and_then(|part| bars.get(&part)) {
            bar.set_position(sent_bytes);
        }
        let step = (total_bytes / TOLD_PARTS).max(1);
        let told = self.told.load(Ordering::Relaxed);
        if sent_bytes >= total_bytes || sent_bytes >= told.saturating_add(step) {
            self.told.store(sent_bytes, Ordering::Relaxed);
            self.out.object(&json!({
                "doing": "sending", "report": report, "kind": kind,
                "sent_bytes": sent_bytes, "total_bytes": total_bytes,
            }));
        }
    }
}

fn style() -> ProgressStyle {
    let shape = "{prefix:<16} {bar:28.cyan/dim} {decimal_bytes:>11} / {decimal_total_bytes:<11} {decimal_bytes_per_sec:>12}";
    ProgressStyle::with_template(shape).unwrap_or_else(|_| ProgressStyle::default_bar())
}
