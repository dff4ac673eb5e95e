//! What the table has no word for: numbers digit by digit, other words letter by letter, anything by its number in Unicode.

use super::super::coder::{Decoder, Encoder, Even, Few};
use super::model::Model;
use super::tokens::{Case, letter, letter_number, lower, upper, written};

/// Digits 0 to 9 and the end of the number, first and later.
const DIGITS_FIRST: [u16; 11] = [10, 22, 18, 12, 9, 10, 7, 6, 6, 6, 0];
const DIGITS_LATER: [u16; 11] = [12, 6, 6, 6, 5, 9, 5, 5, 6, 6, 60];
/// Lower, first letter upper, all upper, as it comes.
const CASES: [u16; 4] = [60, 28, 10, 6];
/// What follows an escape: a small letter with a mark, a capital, anything else.
const ESCAPES: [u16; 3] = [6, 1, 5];
/// Whether a character is of the same page as the last one.
const PAGES: [u16; 2] = [3, 1];
const PAGE_BITS: u32 = 7;
const MARKED_FROM: usize = 26;
const MARKED: u64 = 67;
const CAPITALS: u64 = 93;
const STOP: usize = 26;
const ESCAPE: usize = 27;

pub(super) fn put_number(encoder: &mut Encoder, digits: &str) -> Option<()> {
    for (at, digit) in digits.bytes().enumerate() {
        let odds = if at == 0 { DIGITS_FIRST } else { DIGITS_LATER };
        encoder.put(&Few(&odds), usize::from(digit.checked_sub(b'0')?))?;
    }
    encoder.put(&Few(&DIGITS_LATER), 10)
}

/// Reads digits onto the end of the text, as many as there is room for.
pub(super) fn get_number(decoder: &mut Decoder<'_>, text: &mut String, room: usize) -> Option<()> {
    for at in 0..=room {
        let odds = if at == 0 { DIGITS_FIRST } else { DIGITS_LATER };
        match decoder.get(&Few(&odds)) {
            10 => return Some(()),
            digit => text.push(char::from_digit(u32::try_from(digit).ok()?, 10)?),
        }
    }
    None
}

/// What has been spelled so far, in one text.
pub(super) struct Speller<'m> {
    model: &'m Model,
    page: u32,
}

impl<'m> Speller<'m> {
    pub(super) const fn new(model: &'m Model) -> Self {
        Self { model, page: 0 }
    }

    pub(super) fn put(&mut self, encoder: &mut Encoder, run: &str) -> Option<()> {
        let small: String = run.chars().map(lower).collect();
        let cases = [Case::Lower, Case::First, Case::Upper];
        let case = cases.into_iter().find(|case| written(&small, *case) == run).unwrap_or(Case::Mixed);
        encoder.put(&Few(&CASES), case as usize)?;
        let mut two = 0;
        for c in if case == Case::Mixed { run } else { &small }.chars() {
            let odds = self.model.after_letters(two);
            let number = letter_number(c);
            let at = number.filter(|at| *at < MARKED_FROM);
            encoder.put(&Few(&odds), at.unwrap_or(ESCAPE))?;
            match (number, letter_number(lower(c))) {
                (Some(_), _) if at.is_some() => {}
                (Some(marked), _) => {
                    encoder.put(&Few(&ESCAPES), 0)?;
                    encoder.put(&Even(MARKED), marked - MARKED_FROM)?;
                }
                (None, Some(capital)) => {
                    encoder.put(&Few(&ESCAPES), 1)?;
                    encoder.put(&Even(CAPITALS), capital)?;
                }
                (None, None) => {
                    encoder.put(&Few(&ESCAPES), 2)?;
                    self.put_any(encoder, c)?;
                }
            }
            two = two % 27 * 27 + at.map_or(0, |at| at + 1);
        }
        encoder.put(&Few(&self.model.after_letters(two)), STOP)
    }

    fn put_any(&mut self, encoder: &mut Encoder, c: char) -> Option<()> {
        let page = u32::from(c) >> PAGE_BITS;
        encoder.put(&Few(&PAGES), usize::from(page != self.page))?;
        if page != self.page {
            encoder
                .put(&Even(u64::from(u32::from(char::MAX) >> PAGE_BITS) + 1), usize::try_from(page).ok()?)?;
            self.page = page;
        }
        encoder.put(&Even(1 << PAGE_BITS), usize::try_from(u32::from(c) & ((1 << PAGE_BITS) - 1)).ok()?)
    }

    /// Reads a run onto the end of the text, if there is room for its characters.
    pub(super) fn get(&mut self, decoder: &mut Decoder<'_>, text: &mut String, room: usize) -> Option<()> {
        let case = match decoder.get(&Few(&CASES)) {
            0 => Case::Lower,
            1 => Case::First,
            2 => Case::Upper,
            _ => Case::Mixed,
        };
        let mut run = String::new();
        let mut two = 0;
        for _ in 0..=room {
            let symbol = decoder.get(&Few(&self.model.after_letters(two)));
            match symbol {
                STOP => {
                    text.push_str(&written(&run, case));
                    return Some(());
                }
                ESCAPE => run.push(self.get_escaped(decoder)?),
                at => run.push(letter(at)?),
            }
            two = two % 27 * 27 + if symbol < STOP { symbol + 1 } else { 0 };
        }
        None
    }

    fn get_escaped(&mut self, decoder: &mut Decoder<'_>) -> Option<char> {
        match decoder.get(&Few(&ESCAPES)) {
            0 => letter(MARKED_FROM + decoder.get(&Even(MARKED))),
            1 => letter(decoder.get(&Even(CAPITALS))).map(upper),
            _ => {
                if decoder.get(&Few(&PAGES)) == 1 {
                    let pages = u64::from(u32::from(char::MAX) >> PAGE_BITS) + 1;
                    self.page = u32::try_from(decoder.get(&Even(pages))).ok()?;
                }
                let low = u32::try_from(decoder.get(&Even(1 << PAGE_BITS))).ok()?;
                char::from_u32(self.page << PAGE_BITS | low)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::LETTERS;
    use super::*;

    #[test]
    fn the_letters_with_marks_are_as_many_as_is_written() {
        assert_eq!(LETTERS.chars().count(), MARKED_FROM + usize::try_from(MARKED).unwrap());
        assert_eq!(u64::try_from(LETTERS.chars().count()), Ok(CAPITALS));
    }
}
