//! Telephone numbers, numbers of papers, numbers of accounts: by their length and beginning, or by the words before them.

use super::atoms::{Atom, Is};
use super::vocabulary::{BANKS, TELLS, Told};

/// Most atoms that one number is written with.
const ATOMS_MAX: usize = 60;
/// Most digits that one number has.
const DIGITS_MAX: usize = 20;
/// A row of figures as long as this is somebody's or something's name, whatever it is called.
const LONG_MIN: usize = 9;

/// A number as it is written: its digits up to some atom.
struct Row {
    digits: String,
    /// How many digits each of its pieces has.
    pieces: Vec<usize>,
    /// The joints between them.
    joints: Vec<String>,
    /// The index behind its last atom.
    end: usize,
}

/// The places of what is to be masked, in bytes.
pub(super) fn found(atoms: &[Atom], kept: &[bool]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(atom) = atoms.get(at) {
        let stays = kept.get(at).copied().unwrap_or_default();
        let end = atom.digits().filter(|_| !stays).and_then(|_| end_of_number(atoms, kept, at));
        match end.and_then(|end| Some((end, atoms.get(end.checked_sub(1)?)?))) {
            Some((end, last)) => {
                spans.push((atom.from, last.to));
                at = end;
            }
            None => at += 1,
        }
    }
    spans
}

/// The index behind the last atom of the number that begins here, if one does.
fn end_of_number(atoms: &[Atom], kept: &[bool], at: usize) -> Option<usize> {
    let rows = rows(atoms, kept, at);
    let first = rows.first()?;
    let told = told(atoms, at);
    if matches!(told, Some(Told::Account | Told::Paper)) || is_before_bank(atoms, &rows) {
        let whole = rows.iter().rev().find(|row| in_figures(atoms, at, row) && is_tight(row));
        // `chuyển khoản 5000000`: round figures behind such words are the amount.
        let amount =
            |row: &Row| row.pieces.len() == 1 && row.digits.len() < LONG_MIN && row.digits.ends_with("000");
        let long = whole.filter(|row| (6..=DIGITS_MAX).contains(&row.digits.len()) && !amount(row));
        if let Some(row) = long {
            return Some(row.end);
        }
    }
    if rows.iter().any(is_hotline) && first.digits.starts_with('1') {
        return None;
    }
    if let Some(row) = telephone(&rows) {
        return Some(row.end);
    }
    if is_international(atoms, at) {
        let row = rows
            .iter()
            .rev()
            .find(|row| (8..=15).contains(&row.digits.len()) && in_figures(atoms, at, row))?;
        return (!is_hotline_abroad(&row.digits)).then_some(row.end);
    }
    if let Some(row) = rows.iter().rev().find(|row| is_paper(row) && stands_alone(atoms, at, row)) {
        return Some(row.end);
    }
    if atoms.get(at)?.figures().is_some_and(|figures| figures.len() >= LONG_MIN) {
        return Some(at + 1);
    }
    let is_local =
        |row: &&Row| (7..=15).contains(&row.digits.len()) && in_figures(atoms, at, row) && is_tight(row);
    let named = at.checked_sub(1).and_then(|gap| atoms.get(gap)?.gap()) == Some("-") && at >= 2;
    let local = || rows.iter().rev().find(is_local).map(|row| row.end);
    if told == Some(Told::Telephone) && !named { local() } else { None }
}

/// The number that begins here, up to each of its pieces.
fn rows(atoms: &[Atom], kept: &[bool], at: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row { digits: String::new(), pieces: Vec::new(), joints: Vec::new(), end: at };
    let mut joint = String::new();
    for (index, atom) in atoms.iter().enumerate().skip(at).take(ATOMS_MAX) {
        match (&atom.is, atom.digits()) {
            (_, Some(_)) if kept.get(index).copied().unwrap_or_default() => break,
            (_, Some(digits)) => {
                // A sentence ends between its words, and `, ` parts numbers, but not the single digits of one.
                let spelled = atom.word().is_some() || row.pieces.last() == Some(&1);
                if spelled && joint.contains(". ") {
                    break;
                }
                let single = digits.len() == 1 && row.pieces.iter().all(|piece| *piece == 1);
                if !row.pieces.is_empty() && !single && joint.contains(',') && joint.contains(' ') {
                    break;
                }
                if !row.pieces.is_empty() {
                    row.joints.push(std::mem::take(&mut joint));
                }
                row.digits.push_str(digits);
                row.pieces.push(digits.len());
                row.end = index + 1;
                if row.digits.len() > DIGITS_MAX {
                    break;
                }
                rows.push(Row {
                    digits: row.digits.clone(),
                    pieces: row.pieces.clone(),
                    joints: row.joints.clone(),
                    end: row.end,
                });
            }
            (Is::Gap(gap), None) if is_joint(gap) => joint.clone_from(gap),
            _ => break,
        }
    }
    rows
}

/// What people put between the pieces of one number.
fn is_joint(gap: &str) -> bool {
    gap.chars().count() <= 4 && gap.chars().all(|c| " .,-_/\\()*·:;'~|[]…".contains(c))
}

fn is_tight(row: &Row) -> bool {
    row.joints.iter().all(|joint| matches!(joint.as_str(), "" | " " | "." | "-" | " - " | "_" | ". "))
}

/// Whether it is written with figures alone.
fn in_figures(atoms: &[Atom], at: usize, row: &Row) -> bool {
    atoms.get(at..row.end).unwrap_or_default().iter().all(|atom| atom.word().is_none())
}

/// The first row that is a telephone number of Việt Nam, or a citizen's number of twelve digits; landlines have one digit more
/// or less. Single digits are taken to their end.
fn telephone(rows: &[Row]) -> Option<&Row> {
    let first = rows.iter().position(|row| is_telephone(&row.digits) && is_joined(row))?;
    let citizen =
        rows.iter().find(|row| row.digits.len() == 12 && row.digits.starts_with('0') && is_joined(row));
    let (found, last) = (rows.get(first)?, rows.last()?);
    if last.pieces.iter().all(|piece| *piece == 1) && last.digits.len() <= 14 {
        return Some(last);
    }
    if let Some(citizen) = citizen.filter(|citizen| citizen.end == last.end && citizen.pieces.len() <= 4) {
        return Some(citizen);
    }
    let longer =
        rows.get(first + 1).filter(|row| found.digits.starts_with("02") && is_telephone(&row.digits));
    Some(longer.unwrap_or(found))
}

/// Pieces joined as one number is: by `/` only behind three digits, for a date or a house begins with fewer.
fn is_joined(row: &Row) -> bool {
    let shorter = row.pieces.first().is_some_and(|piece| *piece < 3);
    let figures = row.pieces.iter().any(|piece| *piece > 1);
    !(shorter && figures && row.joints.iter().any(|joint| joint.contains('/')))
}

fn is_telephone(digits: &str) -> bool {
    let after_country = digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84"));
    let own = after_country.map(|own| own.strip_prefix('0').unwrap_or(own));
    let is_own = |own: &str| match own.as_bytes() {
        [b'3' | b'5' | b'7'..=b'9', ..] => own.len() == 9,
        [b'2', ..] => matches!(own.len(), 9 | 10),
        [b'1', b'2' | b'6' | b'8' | b'9', ..] => own.len() == 10,
        _ => false,
    };
    own.is_some_and(|own| is_own(own) && !is_hotline_number(own))
        || digits.strip_prefix('0').is_some_and(is_own)
}

/// Twelve digits of a citizen, nine of an older paper or of a telephone number without its 0.
fn is_paper(row: &Row) -> bool {
    let same = row.joints.first().is_none_or(|first| row.joints.iter().all(|joint| joint == first));
    let parted = row.joints.iter().all(|joint| matches!(joint.as_str(), " " | "." | "-"));
    let rounded = row.digits.ends_with("000");
    match row.pieces.as_slice() {
        [3, 3, 3] => same && parted && !rounded,
        [3, 2, 2, 2] => same && parted,
        [3, 3, 3, 3] | [4, 4, 4] | [3, 3, 6] | [6, 6] => row.digits.starts_with('0') && parted,
        _ => {
            row.digits.len() == 12
                && row.digits.starts_with('0')
                && row.pieces.iter().all(|piece| *piece == 1)
        }
    }
}

/// Whether neither side goes on with more digits of the same number.
fn stands_alone(atoms: &[Atom], at: usize, row: &Row) -> bool {
    let joins =
        |gap: Option<&Atom>| gap.and_then(Atom::gap).is_some_and(|gap| matches!(gap, "." | "," | "-"));
    let figures = |atom: Option<&Atom>| atom.is_some_and(|atom| atom.figures().is_some());
    let before = at.checked_sub(2).is_some_and(|two| joins(atoms.get(two + 1)) && figures(atoms.get(two)));
    let behind = joins(atoms.get(row.end)) && figures(atoms.get(row.end + 1));
    !before && !behind
}

/// A public number whose call is paid by one side: 1800 1090, 19001075, 1900 545 463.
fn is_hotline(row: &Row) -> bool {
    is_hotline_number(&row.digits) && is_tight(row)
}

fn is_hotline_number(digits: &str) -> bool {
    (digits.starts_with("1800") || digits.starts_with("1900")) && matches!(digits.len(), 8 | 10)
}

fn is_hotline_abroad(digits: &str) -> bool {
    is_hotline_number(digits) || digits.strip_prefix("84").is_some_and(is_hotline_number)
}

/// Whether a `+` stands before it that does not add: `km 45+200` does.
fn is_international(atoms: &[Atom], at: usize) -> bool {
    let Some(gap) = at.checked_sub(1).and_then(|before| atoms.get(before)?.gap()) else { return false };
    let adds = gap.starts_with('+') && at.checked_sub(2).and_then(|before| atoms.get(before)).is_some();
    gap.trim_end_matches(['(', ' ']).ends_with('+') && !adds
}

/// What the words before it tell, not farther back than its sentence.
fn told(atoms: &[Atom], at: usize) -> Option<Told> {
    let mut words: Vec<&str> = Vec::new();
    for atom in atoms.get(..at)?.iter().rev() {
        match &atom.is {
            Is::Word(word) => words.push(word),
            Is::Gap(gap) if gap.contains(['\n', ';', '!', '?', '•']) || gap.contains(". ") => break,
            // Between the word and its number no other number stands, masked or not.
            Is::Digits(digits) if digits.len() >= 4 => break,
            Is::Gap(_) | Is::Digits(_) => {}
        }
        if words.len() > 10 {
            break;
        }
    }
    let words: Vec<&str> = words.into_iter().rev().collect();
    if words.iter().rev().take(3).any(|word| BANKS.contains(word)) {
        return Some(Told::Account);
    }
    let behind = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let place = words.windows(phrase.len()).rposition(|here| here == phrase)?;
        words.len().checked_sub(place + phrase.len())
    };
    let tells = |(phrases, far, told): &(&str, usize, Told)| {
        let nearest = phrases.split('|').filter_map(behind).min()?;
        (nearest <= *far).then_some((nearest, *told))
    };
    TELLS.iter().filter_map(tells).min_by_key(|(behind, _)| *behind).map(|(_, told)| told)
}

/// `12345678 Vietcombank`.
fn is_before_bank(atoms: &[Atom], rows: &[Row]) -> bool {
    let Some(last) = rows.last() else { return false };
    let next = atoms.get(last.end..).unwrap_or_default().iter().take(3).find_map(Atom::word);
    next.is_some_and(|word| BANKS.contains(&word) && word != "mb")
}
