//! What somebody else wrote, made harmless for a terminal: it can neither move the cursor, nor set a title, nor colour, nor
//! turn round what stands beside it. Nothing is lost without a trace but what nobody sees anyway.

use std::fmt::Write as _;

use paht_model::text::is_invisible;

/// Begins every further line of what somebody wrote, so that none is taken for one of ours.
const INDENT: &str = "\n    ";

/// What somebody wrote, for a terminal: control characters as their pictures (`␛`), the invisible dropped, further lines
/// indented.
pub(crate) fn people(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push_str(INDENT),
            c => push(&mut shown, c),
        }
    }
    shown
}

/// A whole line of ours before it is printed: only line ends, tabs and our own colours act on the terminal, whatever found its
/// way into the line.
pub(crate) fn line(text: &str, colours: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(colour) = colour(rest).filter(|_| colours) {
            shown.push_str(colour);
            rest = rest.get(colour.len()..).unwrap_or_default();
            continue;
        }
        if c == '\n' {
            shown.push(c);
        } else {
            push(&mut shown, c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    shown
}

/// JSON, in which a terminal finds nothing to act on and a program the same values: what `serde_json` leaves is escaped.
pub(crate) fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if !matches!(c, JOINER | '\u{FE0F}')
            && (is_invisible(c) || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'))
        {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string never fails.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Holds emoji together.
const JOINER: char = '\u{200D}';

fn push(shown: &mut String, c: char) {
    match c {
        '\t' | JOINER | '\u{FE0F}' => shown.push(c),
        '\u{7F}' => shown.push('␡'),
        '\0'..='\u{1F}' => shown.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}')),
        '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => shown.push('\u{FFFD}'),
        c if is_invisible(c) => {}
        c => shown.push(c),
    }
}

/// One of the sequences that `console` colours with, at the beginning of a text: `ESC [ numbers m`.
fn colour(text: &str) -> Option<&str> {
    let numbers = text.strip_prefix("\x1b[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit())?;
    numbers.get(end..)?.starts_with('m').then(|| text.get(..end + 3))?
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTACK: &str = "a\x1b]0;t\x07b\x1b[2J\x1b[31mc\rd\x08e\u{9b}1mf\u{202e}g\u{2066}h\u{200b}i\x7fj\0k";

    fn acts(text: &str) -> bool {
        text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
            || text.chars().any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    }

    #[test]
    fn what_people_write_acts_on_no_terminal() {
        assert!(acts(ATTACK));
        for shown in [people(ATTACK), line(ATTACK, false), json(&serde_json::to_string(ATTACK).unwrap())] {
            assert!(!acts(&shown), "{shown:?}");
        }
        assert_eq!(people("a\x1b[1mb\r\nc\u{202e}d"), "a␛[1mb\n    cd");
        assert_eq!(people("Sạt lở, 👨\u{200d}👩 ❤\u{fe0f}"), "Sạt lở, 👨\u{200d}👩 ❤\u{fe0f}");
    }

    #[test]
    fn our_own_colours_stay_and_nothing_else_of_that_kind() {
        assert_eq!(line("\x1b[1mbold\x1b[0m\n", true), "\x1b[1mbold\x1b[0m\n");
        assert_eq!(line("\x1b[1mbold\x1b[0m", false), "␛[1mbold␛[0m");
        assert_eq!(line("\x1b[2J\x1b]0;x\x07\x1b[1;2Hy\x1b[", true), "␛[2J␛]0;x␇␛[1;2Hy␛[");
    }

    #[test]
    fn a_program_reads_the_same_values() {
        let read: String = serde_json::from_str(&json(&serde_json::to_string(ATTACK).unwrap())).unwrap();
        assert_eq!(read, ATTACK);
        let tag: String = serde_json::from_str(&json("\"\u{e0041}\"")).unwrap();
        assert_eq!(tag, "\u{e0041}");
    }
}
