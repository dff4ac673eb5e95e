//! E-mail addresses, also with their signs spelled: `an.nguyen@gmail.com`, `an (at) gmail.com`, `an a còng gmail chấm com`.

use super::atoms::{Atom, Is};
use super::vocabulary::{DOMAIN_ENDS, MAIL_HOSTS};

/// The places of what is to be masked, in bytes.
pub(super) fn found(atoms: &[Atom]) -> Vec<(usize, usize)> {
    let address = |at| {
        let (before, behind) = sign(atoms, at)?;
        let from = local(atoms, before)?;
        let to = domain(atoms, behind)?;
        Some((atoms.get(from)?.from, atoms.get(to)?.to))
    };
    (0..atoms.len()).filter_map(address).collect()
}

fn text(atom: Option<&Atom>) -> Option<&str> {
    atom.map(|atom| match &atom.is {
        Is::Digits(text) | Is::Word(text) | Is::Gap(text) => text.as_str(),
    })
}

/// The sign that begins at an atom: the index before which the person's part ends, and where the domain begins.
fn sign(atoms: &[Atom], at: usize) -> Option<(usize, usize)> {
    let here = |offset: usize| text(atoms.get(at + offset));
    let opens = |gap: &str| matches!(gap.trim_start(), "(" | "[" | "{" | "<" | "-" | "_");
    let closes = |gap: &str| matches!(gap.trim_end(), ")" | "]" | "}" | ">" | "-" | "_");
    let bare = |gap: Option<&str>| gap == Some(" ");
    match &atoms.get(at)?.is {
        Is::Gap(gap) if gap.contains('@') => Some((at, at + 1)),
        Is::Gap(gap) if opens(gap) && here(1) == Some("at") && here(2).is_some_and(closes) => {
            Some((at, at + 3))
        }
        Is::Gap(gap)
            if opens(gap) && here(1) == Some("a") && bare(here(2)) && here(3).is_some_and(is_snail) =>
        {
            here(4).is_some_and(closes).then_some((at, at + 5))
        }
        Is::Gap(gap) if gap == " " && here(1) == Some("at") && bare(here(2)) => Some((at, at + 3)),
        Is::Gap(gap) if gap == " " && here(1) == Some("acong") && bare(here(2)) => Some((at, at + 3)),
        Is::Gap(gap)
            if gap == " " && here(1) == Some("a") && bare(here(2)) && here(3).is_some_and(is_snail) =>
        {
            bare(here(4)).then_some((at, at + 5))
        }
        _ => None,
    }
}

/// What people call the sign after its `a`.
fn is_snail(word: &str) -> bool {
    matches!(word, "cong" | "moc" | "vong")
}

/// The first atom of the person's part, which ends before this one.
fn local(atoms: &[Atom], before: usize) -> Option<usize> {
    let is_name = |index: usize| atoms.get(index).is_some_and(|atom| atom.gap().is_none());
    let mut from = before.checked_sub(1).filter(|index| is_name(*index))?;
    loop {
        let joined = match from.checked_sub(1).and_then(|index| atoms.get(index)) {
            Some(atom) if atom.gap().is_none() => from.checked_sub(1),
            Some(atom) if atom.gap().is_some_and(|gap| gap.chars().all(|c| "._-+%".contains(c))) => {
                from.checked_sub(2).filter(|index| is_name(*index))
            }
            _ => spelled_dot(atoms, from),
        };
        match joined {
            Some(index) => from = index,
            None => return Some(from),
        }
    }
}

/// `nguyen chấm an`: the index of the name before the spelled dot that stands before this atom.
fn spelled_dot(atoms: &[Atom], from: usize) -> Option<usize> {
    let [name, one, dot, two] = [4, 3, 2, 1].map(|back| from.checked_sub(back));
    let is_dot = text(atoms.get(dot?)).is_some_and(|word| matches!(word, "dot" | "cham"));
    let blank = |index: Option<usize>| index.and_then(|index| text(atoms.get(index))) == Some(" ");
    (is_dot && blank(one) && blank(two) && atoms.get(name?)?.gap().is_none()).then_some(name?)
}

/// The last atom of the domain that begins at this one.
fn domain(atoms: &[Atom], behind: usize) -> Option<usize> {
    let begin = if text(atoms.get(behind)) == Some(" ") { behind + 1 } else { behind };
    let host = atoms.get(begin)?.word().or_else(|| atoms.get(begin)?.figures())?;
    let mut last = label(atoms, begin);
    let mut ends = false;
    while let Some(next) = dot(atoms, last + 1) {
        let Some(word) = atoms.get(next).and_then(Atom::word) else { break };
        let tight = atoms.get(last + 1).and_then(Atom::gap) == Some(".");
        if !tight && !DOMAIN_ENDS.contains(&word) {
            break;
        }
        last = label(atoms, next);
        ends |= DOMAIN_ENDS.contains(&word);
    }
    (ends || MAIL_HOSTS.contains(&host)).then_some(last)
}

/// The last atom of a label: letters, digits and hyphens.
fn label(atoms: &[Atom], from: usize) -> usize {
    let mut last = from;
    while let Some(next) = atoms.get(last + 1) {
        let goes_on = match next.gap() {
            None => true,
            Some("-") => atoms.get(last + 2).is_some_and(|atom| atom.gap().is_none()),
            Some(_) => false,
        };
        if !goes_on {
            break;
        }
        last += 1;
    }
    last
}

/// The index behind a dot, however it is written.
fn dot(atoms: &[Atom], at: usize) -> Option<usize> {
    let here = |offset: usize| text(atoms.get(at + offset));
    let is_word = |word: Option<&str>| word.is_some_and(|word| matches!(word, "dot" | "cham"));
    let opens = |gap: &str| matches!(gap.trim(), "(" | "[" | "");
    let closes = |gap: &str| matches!(gap.trim(), ")" | "]" | "");
    match here(0)? {
        "." | " ." | " . " | ". " | "[.]" | "(.)" => Some(at + 1),
        gap if opens(gap) && is_word(here(1)) && here(2).is_some_and(closes) => Some(at + 3),
        _ => None,
    }
}
