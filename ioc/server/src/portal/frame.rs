//! What every page has around its content.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use paht_hub::tenant::Tenant;
use paht_model::ids::Sha256;
use paht_model::words::{Language, say};

use super::words::Words;
use crate::problem::{Problem, asked_language, language_of};

/// The look of the portal, all of it.
const STYLE: &str = include_str!("../../assets/site.css");

/// Who reads, and by which address.
pub(crate) struct Reader {
    /// The language to answer in.
    pub(crate) language: Language,
    /// `lang=..` if the address asked for it: links then keep it.
    kept: bool,
}

impl Reader {
    pub(crate) fn of(query: Option<&str>, headers: &HeaderMap) -> Self {
        Self { language: language_of(query, headers), kept: asked_language(query).is_some() }
    }

    /// `?lang=..` for a link, or nothing.
    pub(crate) fn suffix(&self) -> String {
        if self.kept { format!("?lang={}", self.language.tag()) } else { String::new() }
    }

    /// The language to put into a form; empty where the browser's own counts.
    pub(crate) fn kept_language(&self) -> &'static str {
        if self.kept { self.language.tag() } else { "" }
    }
}

/// The frame of a page.
pub(super) struct Frame {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) style: String,
    /// The tenant's name; empty where a page knows none.
    pub(super) tenant: String,
    pub(super) hotline: String,
    pub(super) emergency: Vec<(String, String)>,
    /// Keeps the language in links.
    pub(super) suffix: String,
    /// This page in every language, where it is worth a link.
    pub(super) languages: Vec<(Language, String)>,
}

impl Frame {
    /// Around a page of this address (without `lang`).
    pub(super) fn new(words: Words<'_>, tenant: &Tenant, reader: &Reader, title: String, here: &str) -> Self {
        let joint = if here.contains('?') { '&' } else { '?' };
        let languages =
            Language::ALL.into_iter().map(|one| (one, format!("{here}{joint}lang={}", one.tag())));
        let emergency = tenant.emergency_numbers().iter();
        Self {
            language: reader.language,
            title,
            style: style_address(),
            tenant: words.name(tenant.name()),
            hotline: tenant.hotline().to_owned(),
            emergency: emergency.map(|number| (number.number.clone(), words.name(&number.name))).collect(),
            suffix: reader.suffix(),
            languages: languages.collect(),
        }
    }

    /// Around a page that knows no tenant.
    fn bare(language: Language, title: String) -> Self {
        Self {
            language,
            title,
            style: style_address(),
            tenant: String::new(),
            hotline: String::new(),
            emergency: Vec::new(),
            suffix: format!("?lang={}", language.tag()),
            languages: Vec::new(),
        }
    }

    /// A message of the portal.
    pub(super) fn say(&self, id: &str) -> String {
        say(self.language, &format!("portal-{id}"))
    }
}

fn style_address() -> String {
    format!("/assets/site.css?v={}", Sha256::of(STYLE.as_bytes()).short())
}

/// `GET /assets/site.css`; its address changes with its content, so it may be kept for ever.
pub(crate) async fn stylesheet() -> Response {
    let headers =
        [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, STYLE).into_response()
}

/// A page, or word that the reader's copy is still right.
pub(super) fn page(template: &impl askama::Template, asked: &HeaderMap) -> Result<Response, Problem> {
    let html = template.render().map_err(|_| Problem::of(paht_model::fault::Code::HubFailed))?;
    Ok(tagged("text/html; charset=utf-8", html.into_bytes(), asked))
}

/// Content with a tag of itself: whoever has it already is told so.
pub(super) fn tagged(content_type: &'static str, bytes: Vec<u8>, asked: &HeaderMap) -> Response {
    // Weak, since the same content also goes out compressed.
    let tag = format!("W/\"{}\"", Sha256::of(&bytes).to_string().get(..32).unwrap_or_default());
    let known = asked.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, content_type)], bytes).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(VARY, HeaderValue::from_static("Accept-Language, Accept-Encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

#[derive(askama::Template)]
#[template(path = "fault.html")]
struct FaultPage {
    frame: Frame,
    text: String,
    code: String,
}

/// The page of a refusal. What does not exist and what is not public look the same.
pub(crate) fn fault_page(language: Language, problem: &Problem) -> Response {
    let missing = problem.status() == StatusCode::NOT_FOUND;
    let title = say(language, if missing { "portal-not-found-title" } else { "portal-fault-title" });
    let text = if missing {
        say(language, "portal-not-found-text")
    } else {
        paht_model::words::say_fault(language, problem.code())
    };
    let code = if missing { String::new() } else { problem.code().to_string() };
    let template = FaultPage { frame: Frame::bare(language, title), text, code };
    let html = askama::Template::render(&template).unwrap_or_default();
    let headers =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store"), (VARY, "Accept-Language")];
    (problem.status(), headers, html).into_response()
}
