//! The citizen's words, squeezed: exactly, whatever they are, and best where they are Vietnamese with its marks or without.
//!
//! The text falls into [`tokens`]; each is written by its [`odds`] after the one before, which the table of [`model`] knows;
//! then how it is capitalised, by where it stands; and what the table lacks, by [`spell`]ing. Integers only: every machine
//! reads the same.

mod model;
mod odds;
mod spell;
mod tokens;

use model::{Model, model};
use odds::{After, Before, Marks, RECENT_MAX};
use spell::{Speller, get_number, put_number};
use tokens::{Case, END, LINE, NUMBER, Piece, SPECIALS, SPELL, SWITCH, TOGGLE};

use super::coder::{Decoder, Encoder, Few};

/// Marks at the text's beginning: with, without.
const MARKS: [u16; 2] = [3, 1];
/// How much one sight of a case counts against the table's 250.
const CASE_SEEN: u16 = 80;
const SENTENCE_ENDS: &str = ".!?";

/// Writes a text. Of the two ways to begin, with marks or without, the one with fewer digits.
pub(super) fn put(encoder: &Encoder, text: &str) -> Option<Vec<u8>> {
    let write = |marks: Marks| {
        let mut encoder = encoder.clone();
        encoder.put(&Few(&MARKS), marks as usize)?;
        Writer { writing: Writing::new(model()?, marks), encoder }.text(text)
    };
    let (with, without) = (write(Marks::With)?, write(Marks::Without)?);
    Some(if without.len() < with.len() { without } else { with })
}

/// Reads a text of at most so many characters. `None` if nobody can have written it.
pub(super) fn get(decoder: &mut Decoder<'_>, chars_max: usize) -> Option<String> {
    let marks = if decoder.get(&Few(&MARKS)) == 0 { Marks::With } else { Marks::Without };
    let mut writing = Writing::new(model()?, marks);
    let mut text = String::new();
    let mut count = 0;
    loop {
        let from = text.len();
        if writing.get(decoder, &mut text, chars_max - count)? == END {
            return (text.chars().count() <= chars_max).then_some(text);
        }
        count += text.get(from..).map_or(0, |new| new.chars().count());
        if count > chars_max || decoder.is_past_end() {
            return None;
        }
    }
}

/// What writer and reader both know at one place in a text.
struct Writing<'m> {
    model: &'m Model,
    speller: Speller<'m>,
    marks: Marks,
    /// The token or group before, as the table has it; kept over toggles and switches.
    last: u16,
    last_but_one: u16,
    /// Words seen lately; the newest takes the oldest's place.
    recent: Vec<u16>,
    words: usize,
    /// The special that stood there, for spaces and sentences.
    last_stands_for: u16,
    last_case: Case,
    cases: [[[u16; 3]; 4]; 4],
    toggled: bool,
}

impl<'m> Writing<'m> {
    fn new(model: &'m Model, marks: Marks) -> Self {
        Self {
            model,
            speller: Speller::new(model),
            marks,
            last: END,
            last_but_one: END,
            recent: Vec::new(),
            words: 0,
            last_stands_for: END,
            last_case: Case::Lower,
            cases: model.cases,
            toggled: false,
        }
    }

    fn odds(&self) -> Option<After<'_>> {
        let Self { marks, last, last_but_one, recent, .. } = self;
        let before = Before { marks: *marks, last: *last, last_but_one: *last_but_one, recent };
        After::new(self.model, before)
    }

    fn case_place(&self, symbol: u16) -> (usize, usize) {
        let ends = |mark: u16| tokens::mark_text(mark).is_some_and(|c| SENTENCE_ENDS.contains(c));
        let begins = matches!(self.last_stands_for, END | LINE) || ends(self.last_stands_for);
        let token = match self.marks {
            Marks::With => symbol,
            Marks::Without => self.heaviest(symbol),
        };
        let capital = self.model.capital.get(usize::from(token)).copied().unwrap_or(0);
        (if begins { 0 } else { 1 + self.last_case as usize }, usize::from(capital))
    }

    /// The likeliest word of a group.
    fn heaviest(&self, group: u16) -> u16 {
        let Some(group) = self.model.groups.get(usize::from(group)) else { return 0 };
        let weight = |token: &u16| self.model.weights.get(usize::from(*token)).copied();
        (group.first..group.end).max_by_key(weight).unwrap_or(0)
    }

    fn case_odds(&mut self, place: (usize, usize)) -> Option<&mut [u16; 3]> {
        self.cases.get_mut(place.0)?.get_mut(place.1)
    }

    fn saw_case(&mut self, place: (usize, usize), case: Case) {
        if let Some(width) = self.case_odds(place).and_then(|odds| odds.get_mut(case as usize)) {
            *width = width.saturating_add(CASE_SEEN).min(20_000);
        }
        self.last_case = case;
    }

    /// A word or mark is done.
    fn passed(&mut self, symbol: u16, stands_for: u16) {
        self.last_but_one = self.last;
        self.last = symbol;
        if usize::from(symbol) >= SPECIALS {
            match self.recent.get_mut(self.words % RECENT_MAX) {
                Some(oldest) => *oldest = symbol,
                None => self.recent.push(symbol),
            }
            self.words += 1;
        }
        self.last_stands_for = stands_for;
        self.toggled = false;
        if stands_for != SPELL && tokens::mark_text(stands_for) != Some('-') {
            self.last_case = Case::Lower;
        }
    }

    fn switch(&mut self) {
        let token = match self.marks {
            Marks::With => self.model.group_of.get(usize::from(self.last)).copied().unwrap_or(0),
            Marks::Without => self.heaviest(self.last),
        };
        self.marks = self.marks.switched();
        self.last = token;
        self.last_but_one = END;
        self.recent.clear();
        self.words = 0;
    }

    fn is_spaced(&self, after: u16) -> bool {
        tokens::is_spaced(self.last_stands_for, after) != self.toggled
    }

    /// Reads one token onto the end of the text, and says which.
    fn get(&mut self, decoder: &mut Decoder<'_>, text: &mut String, room: usize) -> Option<u16> {
        let symbol = u16::try_from(decoder.get(&self.odds()?)).ok()?;
        let stands_for = if usize::from(symbol) < SPECIALS { symbol } else { SPELL };
        match symbol {
            SWITCH => {
                self.switch();
                return Some(SWITCH);
            }
            TOGGLE => {
                // Twice is nothing, which nobody writes.
                let first = !self.toggled;
                self.toggled = true;
                return first.then_some(TOGGLE);
            }
            _ => {}
        }
        if self.is_spaced(stands_for) {
            text.push(' ');
        }
        match symbol {
            END => {}
            NUMBER => get_number(decoder, text, room)?,
            SPELL => self.speller.get(decoder, text, room)?,
            mark if usize::from(mark) < SPECIALS => text.push(tokens::mark_text(mark)?),
            word => self.get_word(decoder, text, word)?,
        }
        self.passed(symbol, stands_for);
        Some(stands_for)
    }

    fn get_word(&mut self, decoder: &mut Decoder<'_>, text: &mut String, symbol: u16) -> Option<()> {
        let place = self.case_place(symbol);
        let case = match decoder.get(&Few(self.case_odds(place)?)) {
            0 => Case::Lower,
            1 => Case::First,
            _ => Case::Upper,
        };
        self.saw_case(place, case);
        let word = match self.marks {
            Marks::With => self.model.text(symbol),
            Marks::Without => &self.model.groups.get(usize::from(symbol))?.base,
        };
        text.push_str(&tokens::written(word, case));
        Some(())
    }
}

struct Writer<'m> {
    writing: Writing<'m>,
    encoder: Encoder,
}

impl Writer<'_> {
    fn text(mut self, text: &str) -> Option<Vec<u8>> {
        for (spaced, piece) in tokens::pieces(text) {
            if spaced != self.writing.is_spaced(tokens::stands_for(&piece)) {
                self.symbol(TOGGLE)?;
                self.writing.toggled = true;
            }
            match piece {
                Piece::Mark(mark) => {
                    self.symbol(mark)?;
                    self.writing.passed(mark, mark);
                }
                Piece::Number(digits) => {
                    self.symbol(NUMBER)?;
                    put_number(&mut self.encoder, digits)?;
                    self.writing.passed(NUMBER, NUMBER);
                }
                Piece::Word(word, case) => self.word(&word, case)?,
                Piece::Other(run) => self.spelled(run)?,
            }
        }
        Some(self.encoder.finish())
    }

    fn symbol(&mut self, symbol: u16) -> Option<()> {
        self.encoder.put(&self.writing.odds()?, usize::from(symbol))
    }

    fn known(&self, word: &str, marks: Marks) -> Option<u16> {
        match marks {
            Marks::With => self.writing.model.word(word),
            Marks::Without => self.writing.model.group(word),
        }
    }

    fn word(&mut self, word: &str, case: Case) -> Option<()> {
        let marks = self.writing.marks;
        let found = self.known(word, marks).or_else(|| {
            let other = self.known(word, marks.switched())?;
            self.symbol(SWITCH)?;
            self.writing.switch();
            Some(other)
        });
        let Some(symbol) = found else { return self.spelled(&tokens::written(word, case)) };
        self.symbol(symbol)?;
        let place = self.writing.case_place(symbol);
        self.encoder.put(&Few(self.writing.case_odds(place)?), case as usize)?;
        self.writing.saw_case(place, case);
        self.writing.passed(symbol, SPELL);
        Some(())
    }

    fn spelled(&mut self, run: &str) -> Option<()> {
        self.symbol(SPELL)?;
        self.writing.speller.put(&mut self.encoder, run)?;
        self.writing.passed(SPELL, SPELL);
        Some(())
    }
}
