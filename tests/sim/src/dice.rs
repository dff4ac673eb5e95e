//! Randomness of a world: everything drawn from its seed, nothing from anywhere else.

use std::cell::RefCell;

use paht_engine::ports::Entropy;

/// A seeded source.
pub struct Dice(RefCell<fastrand::Rng>);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(RefCell::new(fastrand::Rng::with_seed(seed)))
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.0.borrow_mut().u64(0..end) }
    }

    /// An index below `end`; 0 if `end` is 0.
    pub fn index(&self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.borrow_mut().usize(0..end) }
    }

    /// True `percent` times in a hundred.
    pub fn chance(&self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Any 64 bits.
    pub fn seed(&self) -> u64 {
        self.0.borrow_mut().u64(..)
    }

    /// Bytes of this length.
    pub fn bytes(&self, length: usize) -> Vec<u8> {
        let mut out = vec![0; length];
        self.0.borrow_mut().fill(&mut out);
        out
    }
}

impl Entropy for Dice {
    fn fill(&self, out: &mut [u8]) {
        self.0.borrow_mut().fill(out);
    }
}
