//! Number plates: `75A-123.45`, `43-B1 234.56`, `75H1-12345`, `29A 1234`.

use super::atoms::Atom;

/// Letters of plates that are more than one: of companies, guests, farm machines, electric motorcycles.
const SERIES: [&str; 10] = ["ld", "da", "ng", "nn", "qt", "kt", "mk", "md", "hc", "cv"];
/// Words after which two figures and a letter are a road, a house, a class.
const OTHERS: [&str; 16] = [
    "ql", "lo", "tl", "dt", "duong", "so", "ngo", "kiet", "hem", "nha", "lop", "phong", "km", "to", "lo dat",
    "block",
];
/// Words before a plate.
const TELLS: [&str; 6] = ["bks", "bsx", "bs", "bien", "xe", "plate"];

/// The places of what is to be masked, in bytes.
pub(super) fn found(atoms: &[Atom]) -> Vec<(usize, usize)> {
    let plate = |at: usize| Some((atoms.get(at)?.from, atoms.get(end(atoms, at)?)?.to));
    (0..atoms.len()).filter_map(plate).collect()
}

/// The last atom of the plate that begins at this one.
fn end(atoms: &[Atom], at: usize) -> Option<usize> {
    let province = atoms.get(at)?.figures()?;
    if province.len() != 2 || province < "11" || follows_word(atoms, at) {
        return None;
    }
    let mut next = at + 1;
    let parted = atoms.get(next)?.gap().is_some_and(|gap| matches!(gap, "-" | "." | " " | " - "));
    let spaced = atoms.get(next)?.gap() == Some(" ");
    if parted {
        next += 1;
    }
    let series = atoms.get(next)?.word()?;
    if series.len() > 2 && !SERIES.contains(&series) {
        return None;
    }
    next += 1;
    let (number, numbered) = number(atoms, next)?;
    // `45 m 12345` has a blank on both sides, and no figure behind its letter.
    let loose = spaced && !numbered && atoms.get(next).and_then(Atom::gap) == Some(" ");
    (!loose || is_told(atoms, at)).then_some(()).and_then(|()| last(atoms, at, number))
}

/// Where the last figures begin, and whether a figure of the series stood before them.
fn number(atoms: &[Atom], at: usize) -> Option<(usize, bool)> {
    let behind = |at: usize| {
        let parted = atoms.get(at)?.gap().is_some_and(|gap| matches!(gap, "-" | "." | " " | " - "));
        Some(if parted { at + 1 } else { at })
    };
    let first = behind(at)?;
    let figures = atoms.get(first)?.figures()?;
    if figures.len() == 1 {
        Some((behind(first + 1).filter(|next| *next > first + 1)?, true))
    } else {
        Some((first, false))
    }
}

/// The last atom, if figures are what plates have: five, as `123.45` too, six with that of the series, or four.
fn last(atoms: &[Atom], at: usize, number: usize) -> Option<usize> {
    let figures = atoms.get(number)?.figures()?;
    let follows = atoms.get(number + 1).and_then(Atom::gap).is_some_and(|gap| matches!(gap, "." | " " | "-"));
    let two = atoms.get(number + 2).and_then(Atom::figures).is_some_and(|figures| figures.len() == 2);
    match figures.len() {
        3 if follows && two => Some(number + 2),
        5 | 6 => Some(number),
        4 => {
            let tight = atoms.get(number.checked_sub(1)?).and_then(Atom::gap) != Some(" ");
            (tight && !is_house(atoms, at) || is_told(atoms, at)).then_some(number)
        }
        _ => None,
    }
}

/// Whether the figures are the end of a word: `QL49`, `A14`.
fn follows_word(atoms: &[Atom], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| atoms.get(index));
    let road = |word: Option<&str>| word.is_some_and(|word| matches!(word, "ql" | "lo" | "tl" | "dt"));
    road(before(1).and_then(Atom::word))
        || (before(1).and_then(Atom::gap) == Some(" ") && road(before(2).and_then(Atom::word)))
}

fn words_before(atoms: &[Atom], at: usize) -> impl Iterator<Item = &str> {
    atoms.get(..at).unwrap_or_default().iter().rev().filter_map(Atom::word).take(4)
}

fn is_told(atoms: &[Atom], at: usize) -> bool {
    words_before(atoms, at).any(|word| TELLS.contains(&word))
}

/// Whether the word right before it makes it a house, a class, a road.
fn is_house(atoms: &[Atom], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| atoms.get(index));
    let word = before(2).and_then(Atom::word).filter(|_| before(1).and_then(Atom::gap) == Some(" "));
    word.is_some_and(|word| OTHERS.contains(&word))
}
