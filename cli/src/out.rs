//! What is printed: lines and tables for people, or one JSON object a line for programs; never both.
//!
//! On standard output is only what was asked for, so that `T=$(paht ioc token …)` is the token and nothing else. What is
//! remarked beside it, for people alone, goes to the error stream.

use std::io::{self, Write as _};

use console::{Alignment, measure_text_width, pad_str};
use paht_model::words::Language;
use serde::Serialize;

use crate::shown;
use crate::trouble::Trouble;

/// Where words go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Out {
    json: bool,
    language: Language,
}

impl Out {
    pub(crate) const fn new(json: bool, language: Language) -> Self {
        Self { json, language }
    }

    /// Whether programs read this.
    pub(crate) const fn json(self) -> bool {
        self.json
    }

    /// The reader's language.
    pub(crate) const fn language(self) -> Language {
        self.language
    }

    /// An object for programs, and what people read instead.
    pub(crate) fn say(self, object: &impl Serialize, words: impl FnOnce(Language) -> String) {
        if self.json { self.object(object) } else { self.line(&words(self.language)) }
    }

    /// An object, for programs alone.
    pub(crate) fn object(self, object: &impl Serialize) {
        if !self.json {
            return;
        }
        match serde_json::to_string(object) {
            Ok(object) => put(&shown::json(&object)),
            Err(error) => tracing::error!(%error, "this could not be written as JSON"),
        }
    }

    /// A line, for people alone.
    pub(crate) fn line(self, text: &str) {
        if !self.json {
            put(&shown::line(text, console::colors_enabled()));
        }
    }

    /// What a script takes from this command, with a remark beside it; or the object.
    pub(crate) fn gives(
        self,
        object: &impl Serialize,
        value: &impl std::fmt::Display,
        words: impl FnOnce(Language) -> String,
    ) {
        self.remark(&words(self.language));
        self.say(object, |_| value.to_string());
    }

    /// That something is done, where there is nothing to take from it.
    pub(crate) fn done(self, object: &impl Serialize, words: impl FnOnce(Language) -> String) {
        self.object(object);
        self.remark(&words(self.language));
    }

    /// What people should know beside what they asked for, on the error stream.
    pub(crate) fn remark(self, text: &str) {
        if !self.json {
            let _ = writeln!(io::stderr().lock(), "{}", shown::line(text, console::colors_enabled_stderr()));
        }
    }

    /// The one of two remarks that the reader understands.
    pub(crate) fn remark_either(self, vi: &str, en: &str) {
        self.remark(either(self.language, vi, en));
    }

    /// The one of two wordings that the reader understands, for people alone.
    pub(crate) fn either(self, vi: &str, en: &str) {
        self.line(either(self.language, vi, en));
    }

    /// Columns, for people alone.
    pub(crate) fn table(self, head: &[&str], rows: &[Vec<String>]) {
        let cell = |cell: &String| shown::people(&cell.replace(['\n', '\r'], " "));
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        for line in columns(head, &rows) {
            self.line(&line);
        }
    }

    /// A failure, on the error stream: its code and what to do.
    pub(crate) fn trouble(self, error: &anyhow::Error) {
        let trouble = Trouble::of(error);
        let told = if self.json {
            shown::json(&serde_json::to_string(&trouble).unwrap_or_default())
        } else {
            let code = console::style(&trouble.code).for_stderr().red().bold();
            let told = format!("{code}: {}", trouble.said(self.language));
            shown::line(&told, console::colors_enabled_stderr())
        };
        let _ = writeln!(io::stderr().lock(), "{told}");
    }
}

/// The one of two wordings for a language. What only this program says, it says in Vietnamese and English.
pub(crate) const fn either<'w>(language: Language, vi: &'w str, en: &'w str) -> &'w str {
    language.either(vi, en)
}

/// Who reads may have closed the other end: nothing is left to be said then.
fn put(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Left-aligned columns, two blanks apart, by what a letter takes on a terminal: accents written as marks of their own
/// take nothing.
fn columns(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let head: Vec<String> = head.iter().map(|name| console::style(name).dim().to_string()).collect();
    let width = |at: usize| {
        let cells = std::iter::once(&head).chain(rows).filter_map(|row| row.get(at));
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| pad_str(cell, *width, Alignment::Left, None));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    std::iter::once(&head).chain(rows).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whichever_way_accents_are_written() {
        console::set_colors_enabled(false);
        let rows = vec![
            vec!["Sạt lở".to_owned(), "1".to_owned()],
            vec!["Sa\u{323}t lo\u{31b}\u{309}".to_owned(), "2".to_owned()],
            vec!["Rác".to_owned(), "3".to_owned()],
        ];
        let lines = columns(&["text", "n"], &rows);
        assert_eq!(lines[0], "text    n");
        assert_eq!(lines[1], "Sạt lở  1");
        assert_eq!(lines[2], "Sa\u{323}t lo\u{31b}\u{309}  2");
        assert_eq!(lines[3], "Rác     3");
    }
}
