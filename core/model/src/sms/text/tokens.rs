//! A text as tokens: words, numbers, marks. `xtask/words/tokens.py` is its twin, which counts.
//!
//! Between two tokens stands the space that people would write there, or the opposite if a toggle says so. No table of
//! Unicode is asked, so that a text is cut alike by every version of the program.

/// Letters of words, in the order of their numbers.
pub(super) const LETTERS: &str =
    "abcdefghijklmnopqrstuvwxyzăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ";
const CAPITALS: &str =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂĐÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ";
const PLAIN: &str =
    "abcdefghijklmnopqrstuvwxyzaadeoouaaaaaaaaaaaaaaaeeeeeeeeeeiiiiiooooooooooooooouuuuuuuuuuyyyyy";

/// The end of the text; also what stands before its beginning.
pub(super) const END: u16 = 0;
/// Digits follow.
pub(super) const NUMBER: u16 = 1;
/// Characters follow one by one.
pub(super) const SPELL: u16 = 2;
/// From here on words are with marks, or no more.
pub(super) const SWITCH: u16 = 3;
/// The space is not as usual.
pub(super) const TOGGLE: u16 = 4;
/// A new line.
pub(super) const LINE: u16 = 5;
/// The marks that have a token of their own, from this one on.
const MARKS_FROM: u16 = 6;
const MARKS: &str = ",.;:!?()-/\"'%…+*&@#“”–_=";
/// How many tokens are no words.
pub(super) const SPECIALS: usize = 30;

/// How a word is written. Their numbers are part of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower = 0,
    First = 1,
    Upper = 2,
    Mixed = 3,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A special by its number.
    Mark(u16),
    /// Digits.
    Number(&'t str),
    /// What may be a word, in small letters, and how it was written.
    Word(String, Case),
    /// What can be no word.
    Other(&'t str),
}

/// A letter by its number.
pub(super) fn letter(at: usize) -> Option<char> {
    LETTERS.chars().nth(at)
}

/// The number of a small letter.
pub(super) fn letter_number(c: char) -> Option<usize> {
    if c.is_ascii_lowercase() {
        return Some(usize::from(u8::try_from(c).ok()? - b'a'));
    }
    if c.is_ascii() { None } else { LETTERS.chars().position(|known| known == c) }
}

/// The small letter of a capital; anything else as it is.
pub(super) fn lower(c: char) -> char {
    map(c, CAPITALS, LETTERS)
}

/// The capital of a small letter; anything else as it is.
pub(super) fn upper(c: char) -> char {
    map(c, LETTERS, CAPITALS)
}

/// Small letters without their marks.
pub(super) fn base(word: &str) -> String {
    word.chars().map(|c| map(c, LETTERS, PLAIN)).collect()
}

fn map(c: char, from: &str, to: &str) -> char {
    if c.is_ascii() {
        let is_of = |alphabet: &str| alphabet.starts_with(if c.is_ascii_lowercase() { 'a' } else { 'A' });
        return match () {
            () if !c.is_ascii_alphabetic() || !is_of(from) || is_of(to) => c,
            () if c.is_ascii_lowercase() => c.to_ascii_uppercase(),
            () => c.to_ascii_lowercase(),
        };
    }
    let at = from.chars().position(|known| known == c);
    at.and_then(|at| to.chars().nth(at)).unwrap_or(c)
}

/// The text of a mark; empty for the other specials.
pub(super) fn mark_text(mark: u16) -> Option<char> {
    if mark == LINE { Some('\n') } else { MARKS.chars().nth(usize::from(mark.checked_sub(MARKS_FROM)?)) }
}

fn mark(c: char) -> Option<u16> {
    if c == '\n' {
        return Some(LINE);
    }
    let at = MARKS.chars().position(|known| known == c)?;
    u16::try_from(at).ok().map(|at| at + MARKS_FROM)
}

/// Whether people write a space between these two.
pub(super) fn is_spaced(before: u16, after: u16) -> bool {
    let is_one_of = |token: u16, marks: &str| mark_text(token).is_some_and(|c| marks.contains(c));
    let is_edge = |token| token == END || token == LINE;
    !is_edge(before) && !is_edge(after) && !is_one_of(after, ",.;:!?)%…”'/_@") && !is_one_of(before, "(“'/_@")
}

/// The special that stands for a piece where spaces are decided.
pub(super) fn stands_for(piece: &Piece<'_>) -> u16 {
    match piece {
        Piece::Mark(mark) => *mark,
        Piece::Number(_) => NUMBER,
        Piece::Word(..) | Piece::Other(_) => SPELL,
    }
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r')
}

/// The pieces of a text, each with whether one space stands before it. The last is the end.
pub(super) fn pieces(text: &str) -> Vec<(bool, Piece<'_>)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let after = rest.strip_prefix(' ');
        let spaced = after.is_some();
        rest = after.unwrap_or(rest);
        let Some(first) = rest.chars().next() else {
            found.push((spaced, Piece::Mark(END)));
            return found;
        };
        if let Some(mark) = mark(first) {
            found.push((spaced, Piece::Mark(mark)));
            rest = rest.strip_prefix(first).unwrap_or_default();
            continue;
        }
        let is_same = |c: char| match first {
            first if is_blank(first) => is_blank(c),
            first if first.is_ascii_digit() => c.is_ascii_digit(),
            _ => !is_blank(c) && !c.is_ascii_digit() && mark(c).is_none(),
        };
        let end = rest.find(|c| !is_same(c)).unwrap_or(rest.len());
        let (run, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        found.push((spaced, if first.is_ascii_digit() { Piece::Number(run) } else { word(run) }));
        rest = tail;
    }
}

fn word(run: &str) -> Piece<'_> {
    let small: String = run.chars().map(lower).collect();
    if !small.chars().all(|c| letter_number(c).is_some()) {
        return Piece::Other(run);
    }
    let case = [Case::Lower, Case::First, Case::Upper].into_iter().find(|case| written(&small, *case) == run);
    case.map_or(Piece::Other(run), |case| Piece::Word(small, case))
}

/// A word of small letters as a case writes it.
pub(super) fn written(word: &str, case: Case) -> String {
    let is_upper = |at: usize| match case {
        Case::First => at == 0,
        Case::Upper => true,
        Case::Lower | Case::Mixed => false,
    };
    word.chars().enumerate().map(|(at, c)| if is_upper(at) { upper(c) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_capitals_and_plain_letters_go_together() {
        for (small, (capital, plain)) in LETTERS.chars().zip(CAPITALS.chars().zip(PLAIN.chars())) {
            assert_eq!(small.to_uppercase().to_string(), capital.to_string());
            assert_eq!((lower(capital), upper(small)), (small, capital));
            assert!(plain.is_ascii_lowercase());
        }
        assert_eq!(PLAIN.chars().count(), LETTERS.chars().count());
        assert_eq!((lower('a'), upper('A'), lower('1'), base("đường")), ('a', 'A', '1', "duong".to_owned()));
        assert_eq!(MARKS.chars().count() + usize::from(MARKS_FROM), SPECIALS);
    }

    #[test]
    fn a_text_falls_into_its_pieces() {
        let text = "Ổ gà  (km 58),\nTHCS.";
        let told: Vec<String> = pieces(text).iter().map(|piece| format!("{piece:?}")).collect();
        assert_eq!(told.first().unwrap(), r#"(false, Word("ổ", First))"#);
        assert_eq!(told.get(2).unwrap(), r#"(true, Other(" "))"#);
        assert_eq!(told.last().unwrap(), "(false, Mark(0))");
        assert_eq!(told.len(), 12);
    }
}
