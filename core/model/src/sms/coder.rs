//! An arithmetic coder whose digits are the message's characters, so that nothing is lost between bits and characters.
//!
//! After G. N. N. Martin's range encoding (1979), with carries taken back into the digits already written. Integers only.

use super::alphabet::RADIX;

/// Digits in the window: 45¹⁶ is some 2⁸⁷.
const WINDOW: u32 = 16;
const STEP: u128 = RADIX as u128;
const TOP: u128 = STEP.pow(WINDOW);
const BOTTOM: u128 = STEP.pow(WINDOW - 1);

/// Where a symbol lies among all: it begins at `start`, is `width` wide, of `total`. A total is below 2⁶³.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u64,
    pub(super) width: u64,
    pub(super) total: u64,
}

/// How likely each of some symbols is.
pub(super) trait Odds {
    /// The sum of all widths; never 0.
    fn total(&self) -> u64;
    /// Where the symbol lies; `None` if it is none of them.
    fn span(&self, symbol: usize) -> Option<Span>;
    /// The symbol that covers a value below the total.
    fn symbol(&self, value: u64) -> usize;
}

/// All symbols below a number, equally likely.
pub(super) struct Even(pub(super) u64);

impl Odds for Even {
    fn total(&self) -> u64 {
        self.0.max(1)
    }
    fn span(&self, symbol: usize) -> Option<Span> {
        let start = u64::try_from(symbol).ok().filter(|start| *start < self.total())?;
        Some(Span { start, width: 1, total: self.total() })
    }
    fn symbol(&self, value: u64) -> usize {
        usize::try_from(value).unwrap_or(0)
    }
}

/// A few symbols by their widths.
pub(super) struct Few<'w>(pub(super) &'w [u16]);

impl Odds for Few<'_> {
    fn total(&self) -> u64 {
        self.0.iter().map(|width| u64::from(*width)).sum::<u64>().max(1)
    }
    fn span(&self, symbol: usize) -> Option<Span> {
        let start = self.0.iter().take(symbol).map(|width| u64::from(*width)).sum();
        let width = u64::from(*self.0.get(symbol)?);
        (width > 0).then(|| Span { start, width, total: self.total() })
    }
    fn symbol(&self, value: u64) -> usize {
        let mut end = 0;
        let covers = |width: &u16| {
            end += u64::from(*width);
            value < end
        };
        self.0.iter().position(covers).unwrap_or(0)
    }
}

/// Writes symbols as digits.
#[derive(Clone)]
pub(super) struct Encoder {
    digits: Vec<u8>,
    low: u128,
    range: u128,
}

impl Encoder {
    pub(super) fn new() -> Self {
        Self { digits: Vec::new(), low: 0, range: TOP }
    }

    /// Writes one symbol; `None` if the odds do not have it.
    pub(super) fn put(&mut self, odds: &impl Odds, symbol: usize) -> Option<()> {
        let Span { start, width, total } = odds.span(symbol)?;
        let (start, width, total) = (u128::from(start), u128::from(width), u128::from(total));
        let unit = self.range / total;
        self.low += unit * start;
        self.range = if start + width == total { self.range - unit * start } else { unit * width };
        if self.low >= TOP {
            self.low -= TOP;
            self.carry();
        }
        while self.range < BOTTOM {
            self.push(self.low / BOTTOM);
            self.low = self.low % BOTTOM * STEP;
            self.range *= STEP;
        }
        Some(())
    }

    /// The fewest digits that say it all. Digits beyond the end read as 0, so none of them is 0 at the end.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let end = self.low + self.range;
        for kept in 0..=WINDOW {
            let step = STEP.pow(WINDOW - kept);
            let value = self.low.div_ceil(step) * step;
            if value < end {
                let mut rest = value;
                if rest >= TOP {
                    rest -= TOP;
                    self.carry();
                }
                for _ in 0..kept {
                    self.push(rest / BOTTOM);
                    rest = rest % BOTTOM * STEP;
                }
                break;
            }
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self.digits
    }

    fn push(&mut self, digit: u128) {
        self.digits.push(u8::try_from(digit).unwrap_or(0));
    }

    fn carry(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if u64::from(*digit) + 1 < RADIX {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
    }
}

/// Reads symbols from digits. Never fails: digits that nobody wrote give symbols that nobody meant.
pub(super) struct Decoder<'d> {
    digits: std::slice::Iter<'d, u8>,
    code: u128,
    range: u128,
    /// Digits read beyond the end.
    past: usize,
}

impl<'d> Decoder<'d> {
    pub(super) fn new(digits: &'d [u8]) -> Self {
        let mut new = Self { digits: digits.iter(), code: 0, range: TOP, past: 0 };
        for _ in 0..WINDOW {
            new.code = new.code * STEP + new.next();
        }
        new
    }

    /// Reads one symbol.
    pub(super) fn get(&mut self, odds: &impl Odds) -> usize {
        let total = odds.total();
        let unit = self.range / u128::from(total);
        let value = u64::try_from(self.code / unit).unwrap_or(u64::MAX).min(total - 1);
        let symbol = odds.symbol(value);
        let span = odds.span(symbol).unwrap_or(Span { start: 0, width: total, total });
        let start = unit * u128::from(span.start);
        self.code = self.code.saturating_sub(start);
        let is_last = span.start + span.width == total;
        self.range = if is_last { self.range - start } else { unit * u128::from(span.width) };
        while self.range < BOTTOM {
            self.code = self.code * STEP + self.next();
            self.range *= STEP;
        }
        symbol
    }

    /// Whether more was read than can have been written.
    pub(super) fn is_past_end(&self) -> bool {
        self.past > 2 * WINDOW as usize
    }

    fn next(&mut self) -> u128 {
        if let Some(digit) = self.digits.next() {
            return u128::from(*digit);
        }
        self.past += 1;
        0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(symbols in proptest::collection::vec((1_u64..1 << 62, any::<u64>()), 0..80)) {
            let mut encoder = Encoder::new();
            for (total, pick) in &symbols {
                encoder.put(&Even(*total), usize::try_from(pick % total).unwrap()).unwrap();
            }
            let digits = encoder.finish();
            prop_assert_ne!(digits.last(), Some(&0));
            let mut decoder = Decoder::new(&digits);
            for (total, pick) in &symbols {
                prop_assert_eq!(decoder.get(&Even(*total)) as u64, pick % total);
            }
            prop_assert!(!decoder.is_past_end());
        }

        #[test]
        fn any_digits_are_read_without_harm(digits in proptest::collection::vec(0_u8..45, 0..200)) {
            let mut decoder = Decoder::new(&digits);
            for _ in 0..400 {
                prop_assert!(decoder.get(&Few(&[3, 1, 0, 900])) < 4);
                decoder.get(&Even(1 << 62));
            }
        }
    }

    #[test]
    fn a_symbol_costs_what_it_is_worth() {
        let mut encoder = Encoder::new();
        for _ in 0..1_000 {
            encoder.put(&Few(&[1, 15]), 1).unwrap();
        }
        // 1,000 × log₂(16/15) = 93.1 bits of 5.49 a digit.
        assert!((16..=19).contains(&encoder.finish().len()));
    }
}
