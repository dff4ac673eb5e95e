//! A text in its atoms: numbers in whatever digits, bare small words, and what stands between. What nobody sees is passed over.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::vocabulary::digit_of_word;
use crate::text::is_invisible;

/// A piece of a text, with its place in it, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) is: Is,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Is {
    /// Digits, as 0 to 9.
    Digits(String),
    /// A word without marks, in small letters.
    Word(String),
    /// Anything else; white space of any kind and length is one blank.
    Gap(String),
}

impl Atom {
    /// Its digits, where it is a number or a word for a digit.
    pub(super) fn digits(&self) -> Option<&str> {
        match &self.is {
            Is::Digits(digits) => Some(digits),
            Is::Word(word) => digit_of_word(word),
            Is::Gap(_) => None,
        }
    }
    /// Its figures, where it is written with them.
    pub(super) fn figures(&self) -> Option<&str> {
        match &self.is {
            Is::Digits(digits) => Some(digits),
            _ => None,
        }
    }
    pub(super) fn word(&self) -> Option<&str> {
        match &self.is {
            Is::Word(word) => Some(word),
            _ => None,
        }
    }
    pub(super) fn gap(&self) -> Option<&str> {
        match &self.is {
            Is::Gap(gap) => Some(gap),
            _ => None,
        }
    }
}

/// The atoms of a text, in order and without holes but for what nobody sees.
pub(super) fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
        if is_invisible(c) || is_combining_mark(c) {
            continue;
        }
        if let Some(digit) = digit_of(c) {
            add(&mut atoms, Is::Digits(digit.to_string()), from, to);
            continue;
        }
        for plain in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
            let is = match plain {
                'đ' | 'Đ' => Is::Word("d".to_owned()),
                c if c.is_ascii_digit() => Is::Digits(c.to_string()),
                c if c.is_alphanumeric() => Is::Word(c.to_lowercase().collect()),
                c if c.is_whitespace() => Is::Gap(" ".to_owned()),
                '‐'..='―' | '−' => Is::Gap("-".to_owned()),
                c => Is::Gap(c.to_string()),
            };
            add(&mut atoms, is, from, to);
        }
    }
    atoms
}

fn add(atoms: &mut Vec<Atom>, is: Is, from: usize, to: usize) {
    if let Some(last) = atoms.last_mut() {
        let joined = match (&mut last.is, &is) {
            (Is::Digits(all), Is::Digits(more)) | (Is::Word(all), Is::Word(more)) => {
                all.push_str(more);
                true
            }
            (Is::Gap(all), Is::Gap(more)) => {
                if !(all.ends_with(' ') && more == " ") {
                    all.push_str(more);
                }
                true
            }
            _ => false,
        };
        if joined {
            last.to = to;
            return;
        }
    }
    atoms.push(Atom { is, from, to });
}

/// A decimal digit of an alphabet whose digits Unicode calls no forms of 0 to 9.
fn digit_of(c: char) -> Option<char> {
    let zero = FOREIGN_ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// Arabic, Persian, Devanagari, Bengali, Thai, Lao, Tibetan, Myanmar, Khmer, Cham.
const FOREIGN_ZEROS: [u32; 10] =
    [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xAA50];
