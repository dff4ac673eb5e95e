//! What people write, before lengths are counted and words are compared: in composed form (NFC), whichever phone wrote it,
//! and with what nobody sees passed over. What is shown keeps its invisible characters: they hold emoji together.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// A text in composed form: `e` with two marks of their own becomes `ế`.
pub fn composed(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// How many characters a text has, however its marks are written.
pub fn count(text: &str) -> usize {
    if is_nfc(text) { text.chars().count() } else { text.nfc().count() }
}

/// Whether nobody sees the character, and it is no white space: it stands for nothing when texts are compared.
/// Control characters, and `Default_Ignorable_Code_Point` of Unicode 16.
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}'
        | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// The characters of a text that somebody can see, and its white space.
pub fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_invisible(*c))
}

/// Whether there is nothing to read in it. An empty Braille cell is a letter to Unicode, and nothing to a reader.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c) || c == '\u{2800}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_their_own_are_composed_and_counted_as_one_letter() {
        let decomposed: String = "Đường vỡ, ngập ế".nfd().collect();
        assert!(decomposed.chars().count() > 20);
        assert_eq!(count(&decomposed), 16);
        assert_eq!(composed(decomposed), "Đường vỡ, ngập ế");
    }

    #[test]
    fn what_nobody_sees_is_nothing() {
        let hidden = "\0\u{1b}\u{ad}\u{34f}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202e}\u{2060}\u{2069}\
            \u{3164}\u{fe0f}\u{feff}\u{e0041}\u{e0100}";
        assert!(hidden.chars().all(is_invisible));
        assert!(is_blank(hidden) && is_blank(" \u{a0}\u{3000}\t\r\n\u{85}\u{2028}\u{2800}") && is_blank(""));
        assert_eq!(visible(&format!("ch{hidden}áy")).collect::<String>(), "cháy");
        for seen in ["a", ".", "♥", "👨\u{200d}👩", "\u{301}"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
        assert!("\t\n\r \u{a0}\u{85}".chars().all(|c| !is_invisible(c)), "white space is not nothing");
    }
}
