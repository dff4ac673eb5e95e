//! What was done: each answer with its pictures beside the citizen's, and the citizen's verdict on it.

use paht_hub::publish::{PublicCase, PublicPicture};
use paht_model::ids::Sha256;
use paht_model::timeline::What;

use super::case::{PictureView, best, first_picture};
use super::review::drawn;
use super::words::{Time, Words};

/// One answer, as shown.
pub(super) struct Answered {
    pub(super) agency: String,
    /// `Answer 2`; empty if it is the only one.
    pub(super) number: String,
    pub(super) at: Time,
    pub(super) text: String,
    /// What it looked like; only where there is something to compare with.
    pub(super) before: Option<PictureView>,
    pub(super) after: Vec<PictureView>,
    pub(super) grade: Option<Grade>,
}

/// The citizen's verdict on an answer.
pub(super) struct Grade {
    pub(super) stars: String,
    /// `4 out of 5`.
    pub(super) value: String,
    /// `Well settled`.
    pub(super) meaning: String,
    /// Why; may be empty.
    pub(super) words: String,
}

pub(super) fn answers(words: Words<'_>, case: &PublicCase) -> Vec<Answered> {
    let is_answer = |what: &What| matches!(what, What::Answered { .. });
    let count = case.timeline.iter().filter(|entry| is_answer(&entry.what)).count();
    let mut shown = Vec::new();
    for entry in &case.timeline {
        let What::Answered { assignment, answer, .. } = &entry.what else { continue };
        let number = if count > 1 {
            words.say_with("answer-number", &[("number", &(shown.len() + 1).to_string())])
        } else {
            words.say("answer")
        };
        let share = case.assignments.iter().find(|share| share.number == *assignment);
        let after = evidence(case, (*assignment, *answer));
        shown.push(Answered {
            agency: share.map_or_else(|| words.say("the-agency"), |share| words.agency(&share.agency)),
            number,
            at: words.time(entry.at),
            text: entry.words.clone().unwrap_or_default().into_string(),
            before: if after.is_empty() { None } else { first_picture(case) },
            after,
            grade: grade(words, case, (*assignment, *answer)),
        });
    }
    shown
}

/// The pictures of one answer, the best of each original.
fn evidence(case: &PublicCase, answer: (u16, u16)) -> Vec<PictureView> {
    let own: Vec<&PublicPicture> =
        case.pictures.iter().filter(|picture| picture.answer == Some(answer)).collect();
    let mut shown: Vec<Sha256> = Vec::new();
    let mut views = Vec::new();
    for picture in &own {
        let original = picture.of.unwrap_or(picture.hash);
        if shown.contains(&original) {
            continue;
        }
        shown.push(original);
        let same: Vec<&PublicPicture> =
            own.iter().copied().filter(|other| other.of.unwrap_or(other.hash) == original).collect();
        views.extend(best(case, &same));
    }
    views
}

/// The last verdict on this answer.
fn grade(words: Words<'_>, case: &PublicCase, answer: (u16, u16)) -> Option<Grade> {
    let (grade, why) = case.timeline.iter().rev().find_map(|entry| match &entry.what {
        What::Rated { assignment, answer: rated, grade } if (*assignment, *rated) == answer => {
            Some((*grade, &entry.words))
        }
        _ => None,
    })?;
    Some(Grade {
        stars: drawn(usize::from(grade)),
        value: words.say_with("grade-of", &[("grade", &grade.to_string())]),
        meaning: words.say(&format!("grade-{}", grade.clamp(1, 5))),
        words: why.clone().unwrap_or_default().into_string(),
    })
}
