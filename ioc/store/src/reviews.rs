//! What people say of one service, counted. Somebody who says it ten times is heard once: their latest word.

use std::collections::{BTreeMap, BTreeSet};

use paht_model::ids::KeyThumbprint;
use paht_model::review::{Review, ReviewPhrase};

/// Of more public reviews of one service, only the latest so many count.
pub const REVIEWS_MAX: usize = 10_000;

/// A public review, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The phone it came from.
    pub key: KeyThumbprint,
    /// What it says.
    pub review: Review,
}

/// What all of them say together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many gave 1, 2, 3, 4 and 5 stars.
    pub stars: [u32; 5],
    /// How often each phrase was tapped.
    pub phrases: BTreeMap<ReviewPhrase, u32>,
}

impl Figures {
    /// The figures of reviews that come latest first.
    pub fn of(latest_first: &[Reviewed]) -> Self {
        let (mut seen, mut figures) = (BTreeSet::new(), Self::default());
        for one in latest_first.iter().filter(|one| seen.insert(one.key)) {
            let at = one.review.stars.and_then(|stars| usize::from(stars).checked_sub(1));
            if let Some(count) = at.and_then(|at| figures.stars.get_mut(at)) {
                *count = count.saturating_add(1);
            }
            for phrase in &one.review.phrases {
                let count = figures.phrases.entry(*phrase).or_default();
                *count = count.saturating_add(1);
            }
        }
        figures
    }

    /// How many gave stars.
    pub fn count(&self) -> u32 {
        self.stars.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The mean of their stars, in tenths (47 is 4.7), rounded half up; `None` if nobody gave any.
    pub fn mean_tenths(&self) -> Option<u32> {
        let sum =
            self.stars.iter().zip(1_u64..).fold(0_u64, |sum, (count, stars)| sum + u64::from(*count) * stars);
        let mean = (sum * 20 + u64::from(self.count())).checked_div(u64::from(self.count()) * 2)?;
        u32::try_from(mean).ok()
    }
}

#[cfg(test)]
mod tests {
    use paht_model::review::Service;

    use super::*;

    fn said(key: u8, stars: Option<u8>, phrases: &[ReviewPhrase]) -> Reviewed {
        let service = Service::Listed("dai-noi".parse().unwrap());
        Reviewed {
            key: KeyThumbprint::from_bytes([key; 32]),
            review: Review { service, stars, phrases: phrases.to_vec() },
        }
    }

    #[test]
    fn each_phone_counts_once_with_its_latest_word() {
        use ReviewPhrase::{Clean, LongWait};
        let figures = Figures::of(&[
            said(1, Some(5), &[Clean]),
            said(2, Some(4), &[Clean, LongWait]),
            said(1, Some(1), &[LongWait]),
            said(3, None, &[Clean]),
        ]);
        assert_eq!(figures.stars, [0, 0, 0, 1, 1]);
        assert_eq!(figures.phrases, BTreeMap::from([(Clean, 3), (LongWait, 1)]));
        assert_eq!((figures.count(), figures.mean_tenths()), (2, Some(45)));
    }

    #[test]
    fn a_mean_is_rounded_and_nobody_has_none() {
        let mean = |stars: &[u8]| {
            let all: Vec<_> = (0_u8..).zip(stars).map(|(key, stars)| said(key, Some(*stars), &[])).collect();
            Figures::of(&all).mean_tenths()
        };
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[5, 5, 4]), Some(47));
        assert_eq!(mean(&[1]), Some(10));
        assert_eq!(mean(&[4, 4, 4, 5]), Some(43));
    }
}
