//! How likely each word is after another: `words.bin`, which `cargo xtask words` makes. The table is part of the format: another
//! table is another version of the message.
//!
//! The file, big-endian: version (1 byte), number of words (2); the words in the order of their letters without marks,
//! each as `shared << 4 | more` and the numbers of its further letters in [`tokens`](super::tokens)' list; a level of weight for every token,
//! the [`SPECIALS`] first; for every token `capital << 6 | back-off in 64ths`; how cases fall out (4 × 4 × 3 bytes); how letters
//! follow two others (27 × 27 × 28 half bytes); and then bit by bit. First the followers of every token: their number (Rice, 3),
//! then of each its distance from the last one (Rice, by the number) and its level (Rice, 1). Then, for every token, what stood
//! before it: their number (Rice, 0), then of each its distance (Rice, by the number), the back-off of the two in 16ths (4 bits),
//! one less than the number of followers (Rice, 0), and the followers as above.

use std::sync::LazyLock;

use super::tokens::{SPECIALS, base, letter};

/// A word's or mark's number; the [`SPECIALS`] come first.
pub(super) type Token = u16;

/// Followers of one token, in the order of their numbers, with the sum of the widths of those before.
#[derive(Debug, Default, Clone)]
pub(super) struct Row {
    pub(super) followers: Vec<(Token, u32)>,
    /// Sum of all widths.
    pub(super) sum: u32,
    /// How much of 64 is left to what is no follower.
    pub(super) back_off: u32,
}

/// Words that are the same without marks, or one of the specials.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) base: String,
    pub(super) first: Token,
    pub(super) end: Token,
}

/// The whole table.
#[derive(Debug)]
pub(super) struct Model {
    /// Every token's text; empty for specials.
    pub(super) words: Vec<String>,
    pub(super) groups: Vec<Group>,
    /// The group of every token.
    pub(super) group_of: Vec<u16>,
    pub(super) weights: Vec<u32>,
    /// Sum of the weights before each token, and at the end of all.
    pub(super) before: Vec<u64>,
    /// The same by group.
    pub(super) before_group: Vec<u64>,
    /// How readily it takes a capital, 0 to 3.
    pub(super) capital: Vec<u8>,
    pub(super) rows: Vec<Row>,
    /// For every token what stood before it, in the order of their numbers, and what follows the two.
    pub(super) rows_of_two: Vec<Vec<(Token, Row)>>,
    /// Widths by context, readiness and case.
    pub(super) cases: [[[u16; 3]; 4]; 4],
    /// 28 levels for each two letters before, two in a byte.
    pub(super) letters: &'static [u8],
}

static WORDS: &[u8] = include_bytes!("words.bin");
const LETTERS_BYTES: usize = 27 * 27 * 14;

/// The table; read once. `None` only if the file in the tree is broken, which a test would tell.
pub(super) fn model() -> Option<&'static Model> {
    static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| read(WORDS));
    MODEL.as_ref()
}

/// A weight of eight steps an octave.
fn weight_of(level: u8) -> u32 {
    ((8 + u32::from(level % 8)) << (level / 8).min(20) >> 3).max(1)
}

/// A pair's width, of two steps an octave.
fn pair_of(level: u32) -> u32 {
    match level.checked_sub(1) {
        None => 1,
        Some(level) => (2 + level % 2) << (level / 2).min(13),
    }
}

fn read(file: &'static [u8]) -> Option<Model> {
    let (head, rest) = file.split_at_checked(3)?;
    let [1, high, low] = head else { return None };
    let count = usize::from(u16::from_be_bytes([*high, *low]));
    let (words, rest) = words(rest, count)?;
    let (levels, rest) = rest.split_at_checked(words.len())?;
    let (facts, rest) = rest.split_at_checked(words.len())?;
    let (falls, rest) = rest.split_at_checked(4 * 4 * 3)?;
    let (letters, rest) = rest.split_at_checked(LETTERS_BYTES)?;
    let mut cases = [[[1; 3]; 4]; 4];
    for (width, byte) in cases.iter_mut().flatten().flatten().zip(falls) {
        *width = u16::from(*byte).max(1);
    }
    let weights: Vec<u32> = levels.iter().map(|level| weight_of(*level)).collect();
    let (groups, group_of) = groups(&words);
    let before = running(weights.iter().map(|weight| u64::from(*weight)));
    let at = |token: Token| before.get(usize::from(token)).copied();
    let of_group = |group: &Group| at(group.end)?.checked_sub(at(group.first)?);
    let before_group = running(groups.iter().map(of_group).collect::<Option<Vec<u64>>>()?.into_iter());
    let mut bits = Bits { file: rest, at: 0 };
    let rows = rows(&mut bits, facts)?;
    Some(Model {
        rows_of_two: rows_of_two(&mut bits, words.len())?,
        rows,
        capital: facts.iter().map(|fact| fact >> 6).collect(),
        words,
        groups,
        group_of,
        weights,
        before,
        before_group,
        cases,
        letters,
    })
}

fn running(widths: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut sum = 0;
    let mut sums = vec![0];
    sums.extend(widths.map(|width| {
        sum += width;
        sum
    }));
    sums
}

fn words(mut file: &[u8], count: usize) -> Option<(Vec<String>, &[u8])> {
    let mut words = vec![String::new(); SPECIALS];
    let mut last: Vec<char> = Vec::new();
    for _ in 0..count {
        let (head, rest) = file.split_first()?;
        let (more, rest) = rest.split_at_checked(usize::from(head & 15))?;
        last.truncate(usize::from(head >> 4));
        for at in more {
            last.push(letter(usize::from(*at))?);
        }
        words.push(last.iter().collect());
        file = rest;
    }
    Some((words, file))
}

fn groups(words: &[String]) -> (Vec<Group>, Vec<u16>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = Vec::with_capacity(words.len());
    for (token, word) in (0..).zip(words) {
        let plain = base(word);
        match groups.last_mut() {
            Some(group) if !plain.is_empty() && group.base == plain => group.end = token + 1,
            _ => groups.push(Group { base: plain, first: token, end: token + 1 }),
        }
        group_of.push(u16::try_from(groups.len().saturating_sub(1)).unwrap_or(u16::MAX));
    }
    (groups, group_of)
}

fn rows(bits: &mut Bits<'_>, facts: &[u8]) -> Option<Vec<Row>> {
    let row = |fact: &u8| {
        let count = bits.rice(3)?;
        bits.row(count, facts.len(), u32::from(fact & 63))
    };
    facts.iter().map(row).collect()
}

fn rows_of_two(bits: &mut Bits<'_>, all: usize) -> Option<Vec<Vec<(Token, Row)>>> {
    let rows_of_one = |_| {
        let count = bits.rice(0)?;
        let width = gap_width(count, all)?;
        let mut rows = Vec::new();
        let mut next = 0;
        for _ in 0..count {
            next += bits.rice(width)?;
            let back_off = bits.low(4)? * 4;
            let count = bits.rice(0)? + 1;
            rows.push((Token::try_from(next).ok()?, bits.row(count, all, back_off)?));
            next += 1;
        }
        Some(rows)
    };
    (0..all).map(rows_of_one).collect()
}

/// Width of the low part of the distances of so many among all.
fn gap_width(count: u32, all: usize) -> Option<u32> {
    Some((u32::try_from(all).ok()? / count.max(1)).checked_ilog2().unwrap_or(0))
}

struct Bits<'f> {
    file: &'f [u8],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> Option<u32> {
        let byte = *self.file.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }
    fn rice(&mut self, width: u32) -> Option<u32> {
        let mut value = 0;
        while self.bit()? == 1 {
            value += 1;
        }
        Some(value << width | self.low(width)?)
    }
    fn low(&mut self, width: u32) -> Option<u32> {
        (0..width).try_fold(0, |value, _| Some(value << 1 | self.bit()?))
    }
    fn row(&mut self, count: u32, all: usize, back_off: u32) -> Option<Row> {
        let width = gap_width(count, all)?;
        let mut row = Row { followers: Vec::new(), sum: 0, back_off };
        let mut next = 0;
        for _ in 0..count {
            next += self.rice(width)?;
            row.followers.push((Token::try_from(next).ok()?, row.sum));
            row.sum += pair_of(self.rice(1)?);
            next += 1;
        }
        Some(row)
    }
}

impl Model {
    /// The token of a word in small letters.
    pub(super) fn word(&self, word: &str) -> Option<Token> {
        let group = self.groups.get(usize::from(self.group(&base(word))?))?;
        (group.first..group.end).find(|token| self.text(*token) == word)
    }

    /// The group of words that are this one without marks.
    pub(super) fn group(&self, plain: &str) -> Option<u16> {
        let words = self.groups.get(SPECIALS..)?;
        let at = words.binary_search_by(|group| group.base.as_str().cmp(plain)).ok()?;
        u16::try_from(at + SPECIALS).ok()
    }

    /// A token's word.
    pub(super) fn text(&self, token: Token) -> &str {
        self.words.get(usize::from(token)).map_or("", String::as_str)
    }

    /// How likely letters, the end and an escape are after two letters.
    pub(super) fn after_letters(&self, two: usize) -> [u16; 28] {
        /// 2^(level ÷ 1.25), rounded.
        const WIDTHS: [u16; 16] = [1, 2, 3, 5, 9, 16, 28, 49, 84, 147, 256, 446, 776, 1_351, 2_353, 4_096];
        let mut widths = [1; 28];
        let bytes = self.letters.iter().skip(two * 14);
        let levels = bytes.flat_map(|byte| [byte >> 4, byte & 15]);
        for (width, level) in widths.iter_mut().zip(levels) {
            *width = WIDTHS.get(usize::from(level)).copied().unwrap_or(1);
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::LETTERS;
    use super::*;

    #[test]
    fn the_table_in_the_tree_can_be_read_and_is_small() {
        let model = model().unwrap();
        assert!(WORDS.len() <= 300_000, "{} bytes", WORDS.len());
        assert_eq!(model.words.len(), model.rows.len());
        assert_eq!(LETTERS.chars().count(), 93);
        // The product of all that a total is made of stays below 2⁶³: 19 + 6 + 13 + 6 + 8 bits, and 11 for recent words.
        assert!(*model.before.last().unwrap() < 1 << 19);
        assert!(model.rows.iter().all(|row| row.sum < 1 << 13));
        let mut of_two = model.rows_of_two.iter().flatten();
        assert!(of_two.all(|(_, row)| row.sum < 1 << 8 && row.back_off > 0));
        let sorted = model.groups.iter().skip(SPECIALS).map(|group| &group.base);
        assert!(sorted.clone().zip(sorted.skip(1)).all(|(one, next)| one < next));
        for word in ["đường", "rác", "ngập", "huế", "ko"] {
            assert_eq!(model.text(model.word(word).unwrap()), word);
        }
    }

    #[test]
    fn a_broken_table_is_no_table() {
        assert!(read(&[]).is_none() && read(&[2, 0, 0]).is_none() && read(&[1, 255, 255, 3]).is_none());
    }
}
