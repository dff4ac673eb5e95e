//! One text message, or several that belong together, and what tells them from damaged ones.
//!
//! A report in one message: `P*`, the body, the sum of all before it. In several: `P/`, which of how many, four characters by
//! which they find each other, a piece of the body, the sum. Of up to nine one character tells which, of more three.

use std::collections::{BTreeMap, VecDeque};

use crate::fault::Code;
use crate::text::visible;

use super::alphabet::{RADIX, character, digits};

/// Septets in one text message.
pub const SEPTETS: usize = 160;
/// Most messages that one report is cut into.
pub const MESSAGES_MAX: usize = 45;
/// Most reports of which a [`Pile`] keeps some messages.
const WAITING_MAX: usize = 64;

/// Of a report in one message.
const ALONE: &str = "P*";
/// Of a report in several.
const TOGETHER: &str = "P/";
const PREFIX_DIGITS: usize = 2;
/// Marks of versions that are to come.
const LATER: [&str; 3] = ["P!", "P?", "P-"];
const SUM_DIGITS: usize = 4;
const SHORT_OF_MAX: usize = 9;
/// The number that says that two more tell which of how many.
const LONG: usize = 44;
/// Shortest body: tag, time and the rest take this much.
const BODY_DIGITS_MIN: usize = 12;
/// Longest text that is looked at, in bytes: a message with something of three bytes that nobody sees around every character,
/// and room for what keyboards do.
const TEXT_BYTES_MAX: usize = 8 * SEPTETS;

/// The largest prime below 45⁴, and two bases, for which any two changed characters of a message change the sum.
const PRIME: u64 = 4_100_611;
const BASE: u64 = 1_000_003;
const JOIN_BASE: u64 = 1_012_348;

/// Why a text message cannot be read. None of them repeats the text: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Plain words, not a message of this format.
    #[error("not a message of this format")]
    NotOurs,
    /// Some of it was changed, lost or added on the way.
    #[error("the message was damaged on the way")]
    Damaged,
    /// Of a version that this program does not know.
    #[error("the message was written by a newer program")]
    Newer,
    /// Some messages of the report are not there.
    #[error("{have} of {of} messages are there")]
    Missing {
        /// How many different ones there are.
        have: usize,
        /// How many there must be.
        of: usize,
    },
}

impl Unreadable {
    /// The stable code of it.
    pub const fn code(self) -> Code {
        match self {
            Self::NotOurs => Code::SmsForeign,
            Self::Damaged => Code::SmsDamaged,
            Self::Newer => Code::SmsNewer,
            Self::Missing { .. } => Code::SmsIncomplete,
        }
    }
}

/// A sum over digits: they are those of a number in `base`, of which the remainder is taken.
fn sum(base: u64, digits: impl IntoIterator<Item = u8>) -> u64 {
    digits.into_iter().fold(1, |sum, digit| (sum * base + u64::from(digit) + 1) % PRIME)
}

fn sum_digits(mut sum: u64) -> Vec<u8> {
    let mut found = vec![0; SUM_DIGITS];
    for digit in found.iter_mut().rev() {
        *digit = u8::try_from(sum % RADIX).unwrap_or(0);
        sum /= RADIX;
    }
    found
}

/// Which of how many (two at least), as digits.
fn which(at: usize, of: usize) -> Vec<u8> {
    let small = |number: usize| u8::try_from(number).unwrap_or(0);
    if of <= SHORT_OF_MAX {
        vec![small(of * (of - 1) / 2 - 1 + at)]
    } else {
        vec![small(LONG), small(at), small(of - 1)]
    }
}

fn read_which(digits: &[u8]) -> Option<(usize, usize, &[u8])> {
    match digits {
        [first, rest @ ..] if usize::from(*first) < LONG => {
            let number = usize::from(*first) + 1;
            let of = (1..=SHORT_OF_MAX).find(|of| number < of * (of + 1) / 2)?;
            Some((number - of * (of - 1) / 2, of, rest))
        }
        [first, at, of, rest @ ..] if usize::from(*first) == LONG => {
            let (at, of) = (usize::from(*at), usize::from(*of) + 1);
            (at < of && of > SHORT_OF_MAX).then_some((at, of, rest))
        }
        _ => None,
    }
}

/// What stands before a message's piece of the body.
fn head(at: usize, of: usize, join: &[u8]) -> Option<Vec<u8>> {
    if of == 1 {
        return digits(ALONE);
    }
    let mut head = digits(TOGETHER)?;
    head.extend(which(at, of));
    head.extend(join);
    Some(head)
}

/// The text messages that carry a body. `None` if they are too many.
pub(super) fn cut(body: &[u8]) -> Option<Vec<String>> {
    let join = sum_digits(sum(JOIN_BASE, body.iter().copied()));
    let room = |of: usize| SEPTETS.checked_sub(head(0, of, &join)?.len() + SUM_DIGITS);
    let of = (1..=MESSAGES_MAX).find(|of| room(*of).is_some_and(|room| body.len() <= of * room))?;
    let mut pieces = body.chunks(room(of)?);
    let message = |at| {
        let mut all = head(at, of, &join)?;
        all.extend(pieces.next().unwrap_or_default());
        all.extend(sum_digits(sum(BASE, all.iter().copied())));
        Some(all.iter().map(|digit| character(*digit)).collect())
    };
    (0..of).map(message).collect()
}

/// A text message taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    at: usize,
    of: usize,
    join: Vec<u8>,
    body: Vec<u8>,
}

impl Message {
    /// How many belong together, and by what they find each other; a message alone by what it says.
    pub(super) fn series(&self) -> Vec<u8> {
        let by = if self.of == 1 { &self.body } else { &self.join };
        std::iter::once(u8::try_from(self.of).unwrap_or(u8::MAX)).chain(by.iter().copied()).collect()
    }
}

/// Whether a text looks like one of ours, damaged or not: to be read, or shown to a person, but never taken for plain words.
pub(super) fn is_ours(text: &str) -> bool {
    !matches!(open(text), Err(Unreadable::NotOurs))
}

/// Takes a text message apart.
pub(super) fn open(text: &str) -> Result<Message, Unreadable> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Unreadable::NotOurs);
    }
    let starts = |prefix: &&str| {
        let mut letters = visible(text).filter(|c| !c.is_whitespace());
        prefix.chars().all(|c| letters.next().is_some_and(|letter| letter.to_ascii_uppercase() == c))
    };
    let read = |is_alone| digits(text).and_then(|all| opened(&all, is_alone));
    // A villager may begin with these characters too, but hardly go on so long without a space.
    let looks_coded = text.split_whitespace().any(|word| visible(word).count() >= BODY_DIGITS_MIN);
    let refused = || if looks_coded { Unreadable::Damaged } else { Unreadable::NotOurs };
    match () {
        () if starts(&ALONE) => read(true).ok_or_else(refused),
        () if starts(&TOGETHER) => read(false).ok_or_else(refused),
        () if LATER.iter().any(starts) && looks_coded && digits(text).is_some() => Err(Unreadable::Newer),
        () => Err(Unreadable::NotOurs),
    }
}

fn opened(all: &[u8], is_alone: bool) -> Option<Message> {
    let (said, told) = all.split_at_checked(all.len().checked_sub(SUM_DIGITS)?)?;
    if sum_digits(sum(BASE, said.iter().copied())) != told || all.len() > SEPTETS {
        return None;
    }
    let rest = said.get(PREFIX_DIGITS..)?;
    if is_alone {
        return Some(Message { at: 0, of: 1, join: Vec::new(), body: rest.to_vec() });
    }
    let (at, of, rest) = read_which(rest)?;
    let (join, body) = rest.split_at_checked(SUM_DIGITS)?;
    Some(Message { at, of, join: join.to_vec(), body: body.to_vec() })
}

/// Messages of reports that are not whole yet, as they come: in any order, any of them twice.
#[derive(Debug, Default)]
pub(super) struct Pile {
    waiting: BTreeMap<(usize, Vec<u8>), BTreeMap<usize, Vec<u8>>>,
    /// The order in which they began.
    begun: VecDeque<(usize, Vec<u8>)>,
}

impl Pile {
    /// Takes a message in; the whole body, once all are there.
    pub(super) fn add(&mut self, message: Message) -> Result<Vec<u8>, Unreadable> {
        let Message { at, of, join, body } = message;
        if of == 1 {
            return Ok(body);
        }
        let key = (of, join);
        if !self.waiting.contains_key(&key) {
            self.begun.push_back(key.clone());
            if self.begun.len() > WAITING_MAX
                && let Some(oldest) = self.begun.pop_front()
            {
                self.waiting.remove(&oldest);
            }
        }
        let messages = self.waiting.entry(key.clone()).or_default();
        messages.insert(at, body);
        let have = messages.len();
        if have < of {
            return Err(Unreadable::Missing { have, of });
        }
        let whole: Vec<u8> = messages.values().flatten().copied().collect();
        self.waiting.remove(&key);
        self.begun.retain(|begun| *begun != key);
        let is_whole = sum_digits(sum(JOIN_BASE, whole.iter().copied())) == key.1;
        if is_whole { Ok(whole) } else { Err(Unreadable::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_of_how_many_reads_back() {
        for of in 2..=MESSAGES_MAX {
            for at in 0..of {
                let digits = which(at, of);
                assert_eq!(read_which(&digits), Some((at, of, &[][..])));
                assert_eq!(digits.len(), if of <= 9 { 1 } else { 3 });
            }
        }
        assert_eq!(read_which(&[44, 3, 2]), None);
        assert_eq!(read_which(&[44]), None);
    }

    /// By trying every pair of changes: the weight of a place is a power of the base, so only the distance matters.
    #[test]
    fn any_two_changed_characters_change_the_sum() {
        for base in [BASE, JOIN_BASE] {
            let mut power = 1;
            for _ in 0..SEPTETS {
                power = power * base % PRIME;
                let cancels = |change: u64| {
                    let moved = power * change % PRIME;
                    !(RADIX..=PRIME - RADIX).contains(&moved)
                };
                assert!(!(1..RADIX).any(cancels));
            }
        }
    }

    #[test]
    fn a_body_of_any_length_fits_its_messages() {
        for length in [1, 154, 155, 298, 299, 2_000, 6_000] {
            let body: Vec<u8> = (0..length).map(|at| u8::try_from(at % 44 + 1).unwrap()).collect();
            let messages = cut(&body).unwrap();
            assert!(messages.iter().all(|message| message.len() <= SEPTETS));
            let mut pile = Pile::default();
            let last = messages.iter().rev().map(|message| pile.add(open(message).unwrap())).last();
            assert_eq!(last.unwrap(), Ok(body));
        }
        assert!(cut(&[1; 7_000]).is_none());
    }
}
