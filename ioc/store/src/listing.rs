//! A case as a line in a list: what lists show, filter and search by. It is read off the record whenever that changes,
//! in the same transaction, and can be made anew from the records at any time.

use paht_hub::ports::CaseRecord;
use paht_hub::tenant::fold;
use paht_model::case::{Assignment, AssignmentState, Stage};
use paht_model::ids::{AgencyId, AreaCode, CaseCode, CategoryCode, ServiceCode};
use paht_model::place::Point;
use paht_model::review::{Review, Service};
use paht_model::time::UnixMs;
use paht_model::timeline::Publication;

/// Longest page, in cases.
pub const LIST_LIMIT_MAX: usize = 200;
/// Longest excerpt, in characters.
pub const EXCERPT_CHARS_MAX: usize = 120;

/// Which cases to list. All that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Only what everybody may see.
    pub public_only: bool,
    /// Only cases that stand here.
    pub stage: Option<Stage>,
    /// Only cases about this.
    pub category: Option<CategoryCode>,
    /// Only cases of which this agency has, or had, a share.
    pub agency: Option<AgencyId>,
    /// Only reviews of this listed service.
    pub service: Option<ServiceCode>,
    /// Whether reviews count that nobody need act on: content, and without words or captures.
    pub idle: bool,
    /// Only cases whose running deadline was before this.
    pub overdue_at: Option<UnixMs>,
    /// Only cases with each of these words (or their beginnings) in code or text; marks and case do not matter.
    pub text: Option<String>,
    /// Only cases listed after this one: the `next` of the page before.
    pub before: Option<(UnixMs, CaseCode)>,
    /// Most cases on the page; at most [`LIST_LIMIT_MAX`] count.
    pub limit: usize,
}

impl Default for ListQuery {
    /// The first fifty public cases.
    fn default() -> Self {
        Self {
            public_only: true,
            stage: None,
            category: None,
            agency: None,
            service: None,
            idle: true,
            overdue_at: None,
            text: None,
            before: None,
            limit: 50,
        }
    }
}

/// A page of cases, the latest received first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListPage {
    /// The cases.
    pub items: Vec<ListItem>,
    /// Where the next page begins; `None` if this is the last.
    pub next: Option<(UnixMs, CaseCode)>,
}

/// A case as a line in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Its public code.
    pub code: CaseCode,
    /// When the hub received it.
    pub received: UnixMs,
    /// Where it stands.
    pub stage: Stage,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// The commune.
    pub area: Option<AreaCode>,
    /// Whose deadline comes next; if none runs, who had the last share.
    pub agency: Option<AgencyId>,
    /// The next running deadline; `None` if none runs.
    pub due: Option<UnixMs>,
    /// Danger to life or limb.
    pub urgent: bool,
    /// The beginning of the citizen's words, at most [`EXCERPT_CHARS_MAX`] characters.
    pub excerpt: String,
    /// Who may see it.
    pub publication: Publication,
    /// Where, if it is known.
    pub point: Option<Point>,
    /// The service it is about and how it was, where it is about one.
    pub review: Option<Review>,
}

impl ListItem {
    /// The line of a record.
    pub fn of(record: &CaseRecord) -> Self {
        let case = &record.case;
        let runs = |share: &&Assignment| {
            matches!(share.state, AssignmentState::Dispatched | AssignmentState::InProgress)
        };
        let next = case.assignments.iter().filter(runs).min_by_key(|share| share.due);
        Self {
            code: case.code.clone(),
            received: case.received,
            stage: case.stage(),
            category: case.category.clone(),
            area: case.area.clone(),
            agency: next.or(case.assignments.last()).map(|share| share.agency.clone()),
            due: next.map(|share| share.due).filter(|_| case.ended.is_none()),
            urgent: record.advice.urgent,
            excerpt: record.text.chars().take(EXCERPT_CHARS_MAX).collect(),
            publication: case.publication,
            point: record.place.map(|place| place.point),
            review: record.review.clone(),
        }
    }

    pub(crate) fn place(&self) -> (UnixMs, CaseCode) {
        (self.received, self.code.clone())
    }
}

/// Whether nobody need act on it: a review that is content and leaves nothing to read or look at.
pub(crate) fn is_idle(record: &CaseRecord) -> bool {
    record.is_bare() && record.review.as_ref().is_some_and(Review::is_content)
}

/// The words a record is found by, folded and separated by spaces.
pub(crate) fn searched(record: &CaseRecord) -> String {
    let named = match record.review.as_ref().map(|review| &review.service) {
        Some(Service::Named(name)) => name.as_str(),
        Some(Service::Listed(code)) => code.as_str(),
        None => "",
    };
    fold(&format!("{} {} {named}", record.case.code, record.text))
}

/// The words asked for, folded; none if nothing was.
pub(crate) fn asked(query: &ListQuery) -> Vec<String> {
    let folded = query.text.as_deref().map(fold).unwrap_or_default();
    folded.split_whitespace().map(str::to_owned).collect()
}

/// How many lines the page has at most.
pub(crate) fn page_len(query: &ListQuery) -> usize {
    query.limit.clamp(1, LIST_LIMIT_MAX)
}

/// The page from its lines and one more, if there are more.
pub(crate) fn page(mut items: Vec<ListItem>, len: usize) -> ListPage {
    let more = items.len() > len;
    items.truncate(len);
    let next = items.last().filter(|_| more).map(ListItem::place);
    ListPage { items, next }
}
