//! How likely each token is after the one before: its followers first, and all tokens by their own weight.
//!
//! Written with marks, a symbol is a token; written without, it is a group of words that are the same without them, and a
//! group's followers are those of all its words together.

use std::borrow::Cow;

use super::super::coder::{Odds, Span};
use super::model::{Model, Row, Token};

/// Whether words are written with their marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    With = 0,
    Without = 1,
}

impl Marks {
    pub(super) const fn switched(self) -> Self {
        match self {
            Self::With => Self::Without,
            Self::Without => Self::With,
        }
    }
}

/// How much of the words before is remembered.
pub(super) const RECENT_MAX: usize = 48;
/// Widths of a group's followers are brought to about this sum.
const GROUP_SUM: u64 = 1 << 12;

/// What stands before a place in the text, as tokens or as groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'r> {
    pub(super) marks: Marks,
    pub(super) last: u16,
    pub(super) last_but_one: u16,
    /// Words seen lately, in any order.
    pub(super) recent: &'r [u16],
}

/// The odds of one place in the text.
pub(super) struct After<'m> {
    /// Sum of the weights before each symbol, and at the end.
    alone: &'m [u64],
    /// What follows the last one, and what follows the last two.
    rows: [Cow<'m, Row>; 2],
    recent: &'m [u16],
}

impl<'m> After<'m> {
    /// What may come there.
    pub(super) fn new(model: &'m Model, before: Before<'m>) -> Option<Self> {
        let Before { marks, last, last_but_one, recent } = before;
        Some(match marks {
            Marks::With => {
                let of_two = model.rows_of_two.get(usize::from(last))?;
                let found = of_two.binary_search_by_key(&last_but_one, |(earlier, _)| *earlier).ok();
                let of_two = found.and_then(|at| of_two.get(at)).map(|(_, row)| Cow::Borrowed(row));
                let of_one = Cow::Borrowed(model.rows.get(usize::from(last))?);
                Self { alone: &model.before, rows: [of_one, of_two.unwrap_or_default()], recent }
            }
            Marks::Without => {
                let of_one = Cow::Owned(of_group(model, last)?);
                Self { alone: &model.before_group, rows: [of_one, Cow::default()], recent }
            }
        })
    }

    fn all(&self) -> u64 {
        self.alone.last().copied().unwrap_or(0)
    }

    /// What was seen lately gets up to a twentieth, the more the longer the text.
    fn recent_parts(&self) -> (u64, u64) {
        let seen = self.recent.len() as u64;
        (19 * seen + 600, 20 * seen + 600)
    }

    /// Where a symbol begins.
    fn start(&self, symbol: usize) -> Option<u64> {
        let mut start = *self.alone.get(symbol)?;
        let mut total = self.all();
        for row in self.rows.iter().filter(|row| row.sum > 0) {
            let next = row.followers.partition_point(|(to, _)| usize::from(*to) < symbol);
            let followers = u64::from(row.followers.get(next).map_or(row.sum, |(_, before)| *before));
            let (sum, back_off) = (u64::from(row.sum), u64::from(row.back_off));
            start = start * back_off * sum + followers * (64 - back_off) * total;
            total *= 64 * sum;
        }
        let seen = self.recent.iter().filter(|word| usize::from(**word) < symbol).count() as u64;
        Some(start * self.recent_parts().0 + seen * total)
    }
}

impl Odds for After<'_> {
    fn total(&self) -> u64 {
        let rows = self.rows.iter().filter(|row| row.sum > 0);
        rows.fold(self.all(), |total, row| total * 64 * u64::from(row.sum)) * self.recent_parts().1
    }
    fn span(&self, symbol: usize) -> Option<Span> {
        let start = self.start(symbol)?;
        Some(Span { start, width: self.start(symbol + 1)? - start, total: self.total() })
    }
    fn symbol(&self, value: u64) -> usize {
        let (mut low, mut high) = (0, self.alone.len().saturating_sub(1));
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if self.start(middle).is_some_and(|start| start <= value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The followers of all words of a group, each word counting by its weight.
fn of_group(model: &Model, group: u16) -> Option<Row> {
    let group = model.groups.get(usize::from(group))?;
    let words = || {
        let rows = model.rows.get(usize::from(group.first)..usize::from(group.end)).unwrap_or_default();
        let weights = model.weights.iter().skip(usize::from(group.first));
        rows.iter().zip(weights).map(|(row, weight)| {
            let back_off = if row.sum == 0 { 64 } else { row.back_off };
            (row, u64::from(*weight), u64::from(back_off))
        })
    };
    let weight: u64 = words().map(|(_, weight, _)| weight).sum();
    let left: u64 = words().map(|(_, weight, back_off)| weight * back_off).sum();
    let paired = (weight * 64).checked_sub(left).filter(|paired| *paired > 0);
    let Some(paired) = paired else { return Some(Row::default()) };
    let mut widths: Vec<(Token, u64)> = Vec::new();
    for (row, weight, back_off) in words().filter(|(row, ..)| row.sum > 0) {
        let ends = row.followers.iter().skip(1).map(|(_, before)| *before).chain([row.sum]);
        for ((to, before), end) in row.followers.iter().zip(ends) {
            // At most 2¹⁴ × 2¹⁸ × 2⁶ × 2¹² before the division, and 2³⁶ × 2²⁰ after.
            let share = ((u64::from(end - before) * weight * (64 - back_off)) << 12) / u64::from(row.sum);
            widths.push((*model.group_of.get(usize::from(*to))?, (share << 20) / paired));
        }
    }
    widths.sort_unstable_by_key(|(to, _)| *to);
    let mut row = Row { back_off: u32::try_from(left / weight.max(1)).ok()?.clamp(1, 63), ..Row::default() };
    for same in widths.chunk_by(|(one, _), (other, _)| one == other) {
        let width = (same.iter().map(|(_, width)| width).sum::<u64>() * GROUP_SUM) >> 32;
        if let (Some((to, _)), Ok(width @ 1..)) = (same.first(), u32::try_from(width)) {
            row.followers.push((*to, row.sum));
            row.sum += width;
        }
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::super::model::model;
    use super::*;

    #[test]
    fn every_symbol_is_found_again_from_any_value_it_covers() {
        let model = model().unwrap();
        let road = model.word("đường").unwrap();
        let group = model.group("duong").unwrap();
        let earlier = model.rows_of_two.get(usize::from(road)).and_then(|rows| rows.first()).unwrap().0;
        for (marks, last) in
            [(Marks::With, road), (Marks::Without, group), (Marks::With, 0), (Marks::Without, 1)]
        {
            let before = Before { marks, last, last_but_one: earlier, recent: &[700, 31, 700, 4_000] };
            let odds = After::new(model, before).unwrap();
            let mut end = 0;
            for symbol in 0..odds.alone.len() - 1 {
                let span = odds.span(symbol).unwrap();
                assert_eq!((span.start, span.total), (end, odds.total()));
                assert!(span.width > 0);
                end = span.start + span.width;
                assert_eq!((odds.symbol(span.start), odds.symbol(end - 1)), (symbol, symbol));
            }
            assert_eq!(end, odds.total());
            assert!(odds.total() < 1 << 62);
        }
    }

    #[test]
    fn a_group_is_followed_by_what_its_words_are_followed_by() {
        let model = model().unwrap();
        let last = model.group("xe").unwrap();
        let before = Before { marks: Marks::Without, last, last_but_one: 0, recent: &[] };
        let odds = After::new(model, before).unwrap();
        let likely = odds.span(usize::from(model.group("may").unwrap())).unwrap().width;
        let unlikely = odds.span(usize::from(model.group("mua").unwrap())).unwrap().width;
        assert!(likely > 10 * unlikely);
    }
}
