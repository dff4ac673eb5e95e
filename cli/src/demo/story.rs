//! How the demo tells what happens, as it happens: lines with the time, bars where somebody looks at a terminal, objects
//! for programs.

use std::sync::Mutex;

use console::{Term, style};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::json;

use crate::clock::Stopwatch;
use crate::out::Out;

/// The teller.
pub(crate) struct Story {
    out: Out,
    begun: Stopwatch,
    step: Mutex<u32>,
    all: Option<MultiProgress>,
}

impl Story {
    pub(crate) fn begin(out: Out) -> Self {
        let all =
            (!out.json() && Term::stderr().is_term() && Term::stdout().is_term()).then(MultiProgress::new);
        Self { out, begun: Stopwatch::start(), step: Mutex::new(0), all }
    }

    /// A new step.
    pub(crate) fn step(&self, title: &str) {
        let number = {
            let mut step = self.step.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *step += 1;
            *step
        };
        self.put(
            "step",
            &format!("{number}. {title}"),
            &format!("\n{}", style(format!("{number}. {title}")).bold()),
        );
    }

    /// Something that happened.
    pub(crate) fn tell(&self, said: &str) {
        self.put("told", said, said);
    }

    /// Something that went as it should.
    pub(crate) fn done(&self, said: &str) {
        self.put("done", said, &format!("{} {said}", style("✓").green()));
    }

    /// Something that broke, and is meant to.
    pub(crate) fn broke(&self, said: &str) {
        self.put("broke", said, &format!("{} {said}", style("✂").yellow()));
    }

    /// Something that is not as it should be.
    pub(crate) fn wrong(&self, said: &str) {
        self.put("wrong", said, &format!("{} {said}", style("✗").red().bold()));
    }

    /// A bar for a transfer; hidden where nobody looks.
    pub(crate) fn bar(&self, name: &str, total_bytes: u64) -> ProgressBar {
        let Some(all) = &self.all else { return ProgressBar::hidden() };
        let shape = "           {prefix:<10} {bar:30.cyan/dim} {decimal_bytes:>10} / {decimal_total_bytes:<10} {decimal_bytes_per_sec:>12}";
        let shape = ProgressStyle::with_template(shape).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = all.add(ProgressBar::new(total_bytes).with_style(shape));
        bar.set_prefix(name.to_owned());
        bar
    }

    fn put(&self, kind: &str, plain: &str, shown: &str) {
        let seconds = self.begun.seconds();
        self.out.object(&json!({ "at_s": (seconds * 10.0).round() / 10.0, kind: plain }));
        let line = match shown.strip_prefix('\n') {
            Some(title) => format!("\n{seconds:>6.1} s  {title}"),
            None => format!("{seconds:>6.1} s  {shown}"),
        };
        match &self.all {
            Some(all) => all.suspend(|| self.out.line(&line)),
            None => self.out.line(&line),
        }
    }
}

/// A size, for people.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{:02} MB", bytes / 1_000_000, bytes % 1_000_000 / 10_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!([size(405), size(4_602), size(2_190_264)], ["405 bytes", "4.6 kB", "2.19 MB"]);
    }
}
