//! Who said what when, drawn as a sequence diagram in text.

use std::fmt::Write as _;

/// One line of the diagram.
#[derive(Debug, Clone)]
pub struct Line {
    /// Simulated time, in milliseconds.
    pub at_ms: u64,
    /// The column it starts from: 0 is the hub, phones follow.
    pub from: usize,
    /// The column it points to; the same as `from` for a note.
    pub to: usize,
    /// What was said.
    pub what: String,
}

/// The lines of a world, if anybody wants them.
#[derive(Debug, Default)]
pub struct Trace {
    wanted: bool,
    lines: Vec<Line>,
}

/// Width of a column, in characters.
const COLUMN: usize = 14;

impl Trace {
    /// Keeps lines only if wanted: most worlds are never drawn.
    pub const fn new(wanted: bool) -> Self {
        Self { wanted, lines: Vec::new() }
    }

    /// Adds a line.
    pub fn say(&mut self, at_ms: u64, from: usize, to: usize, what: impl FnOnce() -> String) {
        if self.wanted {
            self.lines.push(Line { at_ms, from, to, what: what() });
        }
    }

    /// The diagram: the hub at the left, the phones beside it.
    pub fn draw(&self, phones: usize) -> String {
        let mut out = format!("{:>12} ", "time");
        for column in 0..=phones {
            let name = if column == 0 { "hub".to_owned() } else { format!("phone-{column}") };
            let _ = write!(out, "{name:^COLUMN$}");
        }
        out.push('\n');
        for line in &self.lines {
            let _ = writeln!(out, "{:>12} {} {}", clock(line.at_ms), lanes(line, phones), line.what);
        }
        out
    }
}

fn clock(at_ms: u64) -> String {
    let (s, ms) = (at_ms / 1_000, at_ms % 1_000);
    format!("{}d{:02}:{:02}:{:02}.{}", s / 86_400, s / 3_600 % 24, s / 60 % 60, s % 60, ms / 100)
}

fn lanes(line: &Line, phones: usize) -> String {
    let mut row: Vec<char> = vec![' '; COLUMN * (phones + 1)];
    let middle = |column: usize| column * COLUMN + COLUMN / 2;
    for column in 0..=phones {
        put(&mut row, middle(column), '|');
    }
    let (low, high) = (line.from.min(line.to), line.from.max(line.to));
    for at in middle(low) + 1..middle(high) {
        put(&mut row, at, '-');
    }
    match line.from.cmp(&line.to) {
        std::cmp::Ordering::Less => put(&mut row, middle(high) - 1, '>'),
        std::cmp::Ordering::Greater => put(&mut row, middle(low) + 1, '<'),
        std::cmp::Ordering::Equal => put(&mut row, middle(line.from), '*'),
    }
    row.into_iter().collect()
}

fn put(row: &mut [char], at: usize, mark: char) {
    if let Some(cell) = row.get_mut(at) {
        *cell = mark;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_points_from_who_speaks_to_who_hears() {
        let mut trace = Trace::new(true);
        trace.say(1_500, 1, 0, || "sync".into());
        trace.say(1_900, 0, 1, || "receipt".into());
        let drawn = trace.draw(1);
        let rows: Vec<&str> = drawn.lines().collect();
        assert!(rows[1].contains("|<-----") && rows[1].ends_with("sync"), "{drawn}");
        assert!(rows[2].contains("----->|") && rows[2].ends_with("receipt"), "{drawn}");
    }
}
