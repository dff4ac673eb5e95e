//! Numbers that are no one's: dates, amounts of money, positions. They stay, and no rule joins them to others.

use super::atoms::Atom;
use super::vocabulary::{MONEY, UNITS};

/// Which atoms stay, one for each.
pub(super) fn kept(atoms: &[Atom]) -> Vec<bool> {
    let mut kept = vec![false; atoms.len()];
    for at in 0..atoms.len() {
        let end = date(atoms, at).or_else(|| amount(atoms, at)).or_else(|| degrees(atoms, at));
        if let Some(kept) = end.and_then(|end| kept.get_mut(at..end)) {
            kept.fill(true);
        }
    }
    kept
}

fn figures(atoms: &[Atom], at: usize) -> Option<&str> {
    atoms.get(at)?.figures()
}

fn gap(atoms: &[Atom], at: usize) -> Option<&str> {
    atoms.get(at)?.gap()
}

/// Whether a number goes on before this atom, behind one of these.
fn goes_on_before(atoms: &[Atom], at: usize, joints: &[&str]) -> bool {
    let Some((gap_at, number_at)) = at.checked_sub(1).zip(at.checked_sub(2)) else { return false };
    gap(atoms, gap_at).is_some_and(|gap| joints.contains(&gap)) && figures(atoms, number_at).is_some()
}

/// Whether a number goes on behind this end, before one of these.
fn goes_on_behind(atoms: &[Atom], end: usize, joints: &[&str]) -> bool {
    gap(atoms, end).is_some_and(|gap| joints.contains(&gap)) && figures(atoms, end + 1).is_some()
}

fn within(figures: &str, from: u32, to: u32) -> bool {
    figures.len() <= 4 && figures.parse().is_ok_and(|number: u32| (from..=to).contains(&number))
}

/// `05/11/2026`, `5-11-2026`, `2026-11-05`, `5/11/26`.
fn date(atoms: &[Atom], at: usize) -> Option<usize> {
    let [one, two, three] = [figures(atoms, at)?, figures(atoms, at + 2)?, figures(atoms, at + 4)?];
    let joint = gap(atoms, at + 1)?;
    if gap(atoms, at + 3)? != joint || !matches!(joint, "/" | "-" | "." | " / " | " - ") {
        return None;
    }
    let day = |text: &str| text.len() <= 2 && within(text, 1, 31);
    let month = |text: &str| text.len() <= 2 && within(text, 1, 12);
    let year = |text: &str| text.len() == 4 && within(text, 1_900, 2_100);
    let is_date = (day(one) && month(two) && (year(three) || joint == "/" && three.len() == 2))
        || (year(one) && month(two) && day(three));
    let more = goes_on_before(atoms, at, &[joint]) || goes_on_behind(atoms, at + 5, &[joint]);
    (is_date && !more).then_some(at + 5)
}

/// `500.000 đồng`, `1.500.000`, `200 nghìn`, `1500000000 đ`. A number that begins with 0 is no amount.
fn amount(atoms: &[Atom], at: usize) -> Option<usize> {
    let first = figures(atoms, at)?;
    let grouped = |gap: &str| matches!(gap, "." | "," | " ");
    if first.starts_with('0') || goes_on_before(atoms, at, &[".", ",", "-", "+", "(+", " "]) {
        return None;
    }
    let mut end = at + 1;
    let joint = gap(atoms, end).filter(|joint| grouped(joint) && first.len() <= 3);
    while joint.is_some()
        && gap(atoms, end) == joint
        && figures(atoms, end + 1).is_some_and(|group| group.len() == 3)
    {
        end += 2;
    }
    let groups = (end - at).div_ceil(2);
    let unit_at = if gap(atoms, end) == Some(" ") { end + 1 } else { end };
    let word = atoms.get(unit_at).and_then(Atom::word);
    // `0905… đồng chí An`: a comrade is no money.
    let comrade = word == Some("dong") && atoms.get(unit_at + 2).and_then(Atom::word) == Some("chi");
    let word = word.filter(|_| !comrade);
    let counts = |units: &[&str]| word.is_some_and(|word| units.contains(&word));
    let long_telephone = groups == 1 && first.len() == 11 && first.starts_with("84");
    let round = groups >= 2 && joint != Some(" ") && figures(atoms, end - 1) == Some("000");
    let fits = if groups == 1 && first.len() >= 9 { counts(MONEY) && !long_telephone } else { counts(UNITS) };
    ((fits || round) && !goes_on_behind(atoms, end, &[".", "-"])).then_some(end)
}

/// `16.46371, 107.59090`: a latitude or longitude of Việt Nam with its decimals.
fn degrees(atoms: &[Atom], at: usize) -> Option<usize> {
    let (whole, decimals) = (figures(atoms, at)?, figures(atoms, at + 2)?);
    let in_country = !whole.starts_with('0') && (within(whole, 8, 24) || within(whole, 102, 118));
    let joint = gap(atoms, at + 1)?;
    let more = goes_on_before(atoms, at, &[".", "-"]) || goes_on_behind(atoms, at + 3, &[".", "-"]);
    (in_country && matches!(joint, "." | ",") && decimals.len() >= 4 && !more).then_some(at + 3)
}
