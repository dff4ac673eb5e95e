//! Vietnamese words, compared as people write them: in any case, with the tone mark on either vowel (hoà, hòa), and
//! without marks where a phone has none (hoa).

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// One word: its bare letters, and its marks in order of their code points, wherever in the word they stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Word {
    bare: String,
    marks: Vec<char>,
}

/// A text as a row of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<Word>);

impl Words {
    /// The words of a text, in order.
    pub fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut word = Word::default();
        for c in text.nfd() {
            if is_combining_mark(c) {
                word.marks.push(c);
            } else if c == 'đ' || c == 'Đ' {
                word.bare.push('d');
                word.marks.push('đ');
            } else if c.is_alphanumeric() {
                word.bare.extend(c.to_lowercase());
            } else {
                finish(&mut word, &mut words);
            }
        }
        finish(&mut word, &mut words);
        Self(words)
    }

    /// Whether the phrase occurs, as whole words.
    pub fn have(&self, phrase: &Phrase) -> bool {
        self.0.windows(phrase.words.len()).any(|here| {
            here.iter().zip(&phrase.words).all(|(written, meant)| {
                let unmarked = written.marks.is_empty() && !phrase.marked_only;
                written.bare == meant.bare && (written.marks == meant.marks || unmarked)
            })
        })
    }
}

fn finish(word: &mut Word, words: &mut Vec<Word>) {
    let mut done = std::mem::take(word);
    if !done.bare.is_empty() {
        done.marks.sort_unstable();
        words.push(done);
    }
}

/// A keyword of one or more words, e.g. `nắp cống`; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<Word>,
    /// Written `=cháy`: unmarked text (chay) does not count, as it would be another word too often (chạy).
    marked_only: bool,
}

impl Phrase {
    /// From its spelling in a file; `None` if it has no letter or digit.
    pub fn parse(spelling: &str) -> Option<Self> {
        let (marked_only, spelling) = match spelling.strip_prefix('=') {
            Some(rest) => (true, rest),
            None => (false, spelling),
        };
        let Words(words) = Words::of(spelling);
        (!words.is_empty()).then_some(Self { words, marked_only })
    }

    /// How many words it has: longer phrases say more.
    pub fn len_words(&self) -> usize {
        self.words.len()
    }
}

/// A text in small letters without marks, its words separated by single spaces: `Đường hỏng!` becomes `duong hong`.
pub fn fold(text: &str) -> String {
    let Words(words) = Words::of(text);
    words.into_iter().map(|word| word.bare).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(spelling: &str, text: &str) -> bool {
        Words::of(text).have(&Phrase::parse(spelling).unwrap())
    }

    #[test]
    fn marks_may_be_missing_but_never_different() {
        assert!(found("sạt lở", "Bị SẠT LỞ nặng"));
        assert!(found("sạt lở", "bi sat lo nang"));
        assert!(!found("trộm", "trời nắng trôm"));
        assert!(!found("trom", "bị trộm"), "an unmarked keyword is another word");
    }

    #[test]
    fn a_marked_only_keyword_does_not_take_run_for_fire() {
        assert!(found("=cháy", "Nhà đang cháy"));
        assert!(!found("=cháy", "xe chạy cả đêm"));
        assert!(!found("=cháy", "xe chay ca dem"));
    }

    #[test]
    fn composed_and_decomposed_and_both_tone_places_are_one_spelling() {
        let decomposed: String = "điện giật".nfd().collect();
        assert!(found("điện giật", &decomposed));
        assert!(found("hỏa hoạn", "Hoả hoạn") && found("hoả hoạn", "hỏa hoạn"));
        assert!(found("quyết", "quýêt"), "two marks, in the other order");
    }

    #[test]
    fn keywords_are_whole_words() {
        assert!(!found("rác", "rắc rối, ráchtoạc"));
        assert!(found("rác", "(rác)..."));
        assert!(Phrase::parse(" =?! ").is_none());
    }

    #[test]
    fn folding_leaves_small_bare_letters() {
        assert_eq!(fold("  Đường vỡ, KHÔNG đi được! "), "duong vo khong di duoc");
        assert_eq!(fold("…"), "");
    }
}
