//! Triage: who gets a case, how soon, and what it seems to be about.
//!
//! The tenant's rules are tried from the top and the first that fits names an agency; a tenant always has a default, so
//! no report is left without one. If that agency does not work with the system yet, the fallback desk takes the case and
//! the route says for whom, and which number to call. Everything here follows from the configuration and the text alone.

use paht_model::ids::{AgencyId, AreaCode, CategoryCode};

use crate::tenant::{FallbackDesk, Rule, Target, Tenant, Words};

/// The rule named in a [`Route`] for a category that the tenant does not have.
pub const NO_RULE: &str = "unknown-category";

/// Where a case goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Who gets it; always one of the tenant's agencies, on board.
    pub agency: AgencyId,
    /// The id of the rule that decided, or [`NO_RULE`].
    pub rule: String,
    /// Present if the competent agency is not on board.
    pub fallback: Option<Fallback>,
    /// Whether the text sounds urgent, so that the shorter deadline holds.
    pub urgent: bool,
}

/// Why somebody else got the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The competent agency, which is not on board yet.
    pub instead_of: AgencyId,
    /// The number of the desk that stands in for it.
    pub duty_phone: String,
}

/// Finds who gets a report. A commune the tenant does not have counts as not known.
pub fn route(tenant: &Tenant, category: &CategoryCode, area: Option<&AreaCode>, text: &str) -> Route {
    let words = Words::of(text);
    let area = area.and_then(|code| tenant.area(code));
    let code = area.map(|area| &area.code);
    let mut rules = tenant.rules().iter().filter(|rule| rule.category == *category);
    let rule = rules.find(|rule| rule.fits(code, &words));
    let competent = rule.and_then(|rule| match &rule.target {
        Target::Agency(agency) => Some(agency),
        Target::Committee => area.map(|area| &area.committee),
    });
    let desk = tenant.fallback();
    let competent = competent.unwrap_or(&desk.agency);
    let (agency, fallback) = on_board_or(tenant, competent, desk);
    Route { agency, rule: rule_id(rule), fallback, urgent: is_urgent(tenant, &words) }
}

/// Whether the words sound like danger to life or limb. By whatever door they come, this alone decides.
fn is_urgent(tenant: &Tenant, words: &Words) -> bool {
    tenant.urgent_words().iter().any(|phrase| words.have(phrase))
}

/// Where danger is filed of which nobody has said what it is about, so that it need not wait for an operator: what the words
/// suggest, else the category that the tenant lists last. `None` for words that do not sound urgent.
pub fn category_of_danger(tenant: &Tenant, text: &str) -> Option<CategoryCode> {
    if !is_urgent(tenant, &Words::of(text)) {
        return None;
    }
    let last = || tenant.categories().last().map(|category| category.code.clone());
    suggest_category(tenant, text).or_else(last)
}

fn rule_id(rule: Option<&Rule>) -> String {
    rule.map_or_else(|| NO_RULE.to_owned(), |rule| rule.id.clone())
}

fn on_board_or(tenant: &Tenant, competent: &AgencyId, desk: &FallbackDesk) -> (AgencyId, Option<Fallback>) {
    if tenant.agency(competent).is_some_and(|agency| agency.on_board) {
        return (competent.clone(), None);
    }
    let fallback = Fallback { instead_of: competent.clone(), duty_phone: desk.duty_phone.clone() };
    (desk.agency.clone(), Some(fallback))
}

/// What a text seems to be about, by the keywords of the categories: every keyword found counts as many points as it has
/// words, the most points win, and of equals the category listed first. `None` if no keyword is found.
pub fn suggest_category(tenant: &Tenant, text: &str) -> Option<CategoryCode> {
    let words = Words::of(text);
    let mut best = None;
    for category in tenant.categories() {
        let found = category.keywords.iter().filter(|phrase| words.have(phrase));
        let points: usize = found.map(crate::tenant::Phrase::len_words).sum();
        if points > best.map_or(0, |(most, _)| most) {
            best = Some((points, &category.code));
        }
    }
    best.map(|(_, code)| code.clone())
}
