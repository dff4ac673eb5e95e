//! Vietnamese words, compared as people write them: in any case, with the tone mark on either vowel (hoà, hòa), and
//! without marks where a phone has none (hoa).

use paht_model::text::{is_invisible, visible};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// One word: its bare letters, and its marks in order of their code points, wherever in the word they stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Word {
    bare: String,
    marks: Vec<char>,
}

/// A text as a row of words. What nobody sees may stand inside a word or between two: the text is read both ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// With the invisible passed over.
    joined: Vec<Word>,
    /// With the invisible between words; none where there is none.
    parted: Option<Vec<Word>>,
}

impl Words {
    /// The words of a text, in order.
    pub fn of(text: &str) -> Self {
        let parted = || row(text.chars().map(|c| if is_invisible(c) { ' ' } else { c }));
        Self { joined: row(visible(text)), parted: text.chars().any(is_invisible).then(parted) }
    }

    /// Whether the phrase occurs, as whole words.
    pub fn have(&self, phrase: &Phrase) -> bool {
        std::iter::once(&self.joined).chain(&self.parted).any(|row| phrase.stands_in(row))
    }
}

fn row(text: impl Iterator<Item = char>) -> Vec<Word> {
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
    words
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
        let words = Words::of(spelling).joined;
        (!words.is_empty()).then_some(Self { words, marked_only })
    }

    fn stands_in(&self, row: &[Word]) -> bool {
        row.windows(self.words.len()).any(|here| {
            here.iter().zip(&self.words).all(|(written, meant)| {
                let unmarked = written.marks.is_empty() && !self.marked_only;
                written.bare == meant.bare && (written.marks == meant.marks || unmarked)
            })
        })
    }

    /// How many words it has: longer phrases say more.
    pub fn len_words(&self) -> usize {
        self.words.len()
    }
}

/// A text in small letters without marks, its words separated by single spaces: `Đường hỏng!` becomes `duong hong`.
pub fn fold(text: &str) -> String {
    row(visible(text)).into_iter().map(|word| word.bare).collect::<Vec<_>>().join(" ")
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
    fn what_nobody_sees_hides_no_word() {
        for hidden in [
            '\u{200b}',
            '\u{ad}',
            '\u{feff}',
            '\u{2060}',
            '\u{202e}',
            '\u{200d}',
            '\u{e0041}',
            '\0',
            '\u{fe0f}',
        ] {
            assert!(found("=cháy", &format!("Đang ch{hidden}áy")), "{hidden:?}");
            assert!(found("cháy rừng", &format!("Đang{hidden}cháy{hidden}rừng")), "{hidden:?}");
            assert!(found("cháy rừng", &format!("{hidden}cha{hidden}\u{301}y r{hidden}ừng")), "{hidden:?}");
            assert!(!found("=cháy", &format!("ch{hidden}ạy")), "{hidden:?}");
            assert_eq!(fold(&format!("r{hidden}ác")), "rac");
        }
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
