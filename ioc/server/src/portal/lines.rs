//! Lines of public lists. The store lists what people wrote; what everybody may read of it is looked up once more for each, so
//! that a line of the index alone makes nothing public, and nobody finds a case by what is masked in it.

use paht_hub::ports::Ledger;
use paht_hub::publish::{PublicCase, public_case};
use paht_hub::tenant::fold;
use paht_model::ids::{AreaCode, CaseCode};
use paht_model::public::{PublicReview, PublicText};
use paht_model::review::Service;
use paht_model::time::UnixMs;
use paht_store::listing::{EXCERPT_CHARS_MAX, ListItem, ListQuery};

use super::case::{PictureView, first_thumbnail};
use super::list::in_area;
use crate::hub::Hub;
use crate::problem::Problem;

/// Most pages of the store looked through for one page of what words find.
const PAGES_MAX: usize = 25;

/// A page of a public list.
pub(super) struct PublicPage {
    pub(super) lines: Vec<PublicLine>,
    /// Where the next page begins; `None` if this is the last.
    pub(super) next: Option<(UnixMs, CaseCode)>,
}

/// A public case as a line in a list.
pub(super) struct PublicLine {
    /// What the store lists, without anything that somebody wrote.
    pub(super) item: ListItem,
    pub(super) excerpt: PublicText,
    pub(super) review: Option<PublicReview>,
    /// Its first picture.
    pub(super) picture: Option<PictureView>,
}

impl PublicLine {
    /// Of a case in a list; `None` if it is not public.
    pub(super) fn of(
        ledger: &dyn Ledger,
        item: ListItem,
    ) -> Result<Option<Self>, paht_hub::ports::StoreFault> {
        Ok(public_case(ledger, &item.code)?.map(|case| Self::seen(item, &case)))
    }

    fn seen(item: ListItem, case: &PublicCase) -> Self {
        Self {
            item: ListItem { excerpt: String::new(), review: None, ..item },
            excerpt: case.said.text.beginning(EXCERPT_CHARS_MAX),
            review: case.said.review.clone(),
            picture: first_thumbnail(case),
        }
    }
}

impl PublicPage {
    /// What everybody may list, by what everybody may read.
    pub(super) fn of(hub: &Hub, mut asked: ListQuery, area: Option<&AreaCode>) -> Result<Self, Problem> {
        let wanted: Option<Vec<String>> =
            asked.text.as_deref().map(|text| fold(text).split_whitespace().map(str::to_owned).collect());
        let len = asked.limit;
        let mut lines = Vec::new();
        for _ in 0..PAGES_MAX {
            let page = in_area(hub, asked.clone(), area)?;
            lines.extend(hub.read_here(|ledger| {
                let mut shown = Vec::with_capacity(page.items.len());
                for item in page.items {
                    let Some(case) = public_case(ledger, &item.code)? else { continue };
                    if wanted.as_ref().is_none_or(|words| reads(&case, words)) {
                        shown.push(PublicLine::seen(item, &case));
                    }
                }
                Ok(shown)
            })?);
            asked.before = page.next;
            if lines.len() >= len || asked.before.is_none() {
                break;
            }
        }
        let more = lines.len() > len || (lines.len() == len && asked.before.is_some());
        lines.truncate(len);
        let last = lines.last().filter(|_| more).map(|line| (line.item.received, line.item.code.clone()));
        // The place of what words found and nobody may read would tell that it is there.
        let next = last.or(asked.before.filter(|_| !more && wanted.is_none()));
        Ok(Self { lines, next })
    }
}

/// Whether each of the words begins one that everybody may read, as the store searches.
fn reads(case: &PublicCase, words: &[String]) -> bool {
    let service = case.said.review.as_ref().map(|review| match &review.get().service {
        Service::Named(name) => name.as_str(),
        Service::Listed(code) => code.as_str(),
    });
    let read = fold(&format!("{} {} {}", case.code, case.said.text, service.unwrap_or_default()));
    words.iter().all(|word| read.split(' ').any(|own| own.starts_with(word.as_str())))
}
