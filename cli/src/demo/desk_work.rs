//! What the IOC and the agency do.

use std::path::Path;

use paht_model::time::UnixMs;
use paht_model::words::Language;
use serde_json::Value;

use super::cast::{AGENCY, Cast, Who, number, text};
use super::story::Story;
use crate::wording::Wording;

/// The landslide is urgent: it was dispatched before anybody looked.
pub(crate) async fn landslide(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    story.step("The IOC has classified it and given it to the competent agency, with a deadline");
    let record = cast.ioc.desk(Who::Operator, &["show", &cast.case]).await?;
    story.done(&format!(
        "case {}, category {}, commune {}",
        cast.case,
        category(&record)?,
        commune(&record)?
    ));
    story.done(&format!(
        "rule “{}” decided: {}",
        text(&record, "/advice/rule")?,
        agency(text(&record, "/advice/agency")?)
    ));
    if record.pointer("/advice/urgent") == Some(&Value::Bool(true)) {
        story.done("its words sound urgent: dispatched and made public at once, by itself");
    } else {
        dispatch(story, cast, &cast.case).await?;
    }
    let record = cast.ioc.desk(Who::Operator, &["show", &cast.case]).await?;
    story.done(&format!(
        "{} owes an answer by {}",
        agency(text(&record, "/assignments/0/agency")?),
        due(&record, "due")?
    ));
    Ok(())
}

/// The drain waits for the operator; the commune is not on board yet.
pub(crate) async fn drain(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    story.step("The operator dispatches the drain; its commune is not on board yet");
    let shown = cast.nam_dong.show().await?;
    let code = text(&shown, "/report/case")?;
    let record = cast.ioc.desk(Who::Operator, &["show", code]).await?;
    story.done(&format!("case {code}, category {}, commune {}", category(&record)?, commune(&record)?));
    let (competent, duty_phone) =
        (text(&record, "/advice/instead_of/0")?, text(&record, "/advice/instead_of/1")?);
    story.done(&format!("rule “{}” decided: {}", text(&record, "/advice/rule")?, agency(competent)));
    let desk = agency(text(&record, "/advice/agency")?);
    story.tell(&format!(
        "which does not work with the system yet: {desk} takes it and calls the duty phone {duty_phone}"
    ));
    dispatch(story, cast, code).await?;
    let record = cast.ioc.desk(Who::Operator, &["show", code]).await?;
    story.done(&format!("due {}", due(&record, "due")?));
    Ok(())
}

async fn dispatch(story: &Story, cast: &Cast, code: &str) -> anyhow::Result<()> {
    cast.ioc.desk(Who::Operator, &["dispatch", code]).await?;
    story.done("dispatched by the operator, and made public");
    Ok(())
}

/// The agency works and answers with an after-photo.
pub(crate) async fn answer(story: &Story, cast: &Cast, photo: &Path, words: &str) -> anyhow::Result<()> {
    story.step(&format!("{} works, and answers with an after-photo", agency(AGENCY)));
    cast.ioc.desk(Who::Agency, &["start", &cast.case]).await?;
    story.done("work began");
    let photo = photo.to_string_lossy();
    let record =
        cast.ioc.desk(Who::Agency, &["answer", &cast.case, "--text", words, "--media", &photo]).await?;
    story.done(&format!("answered: “{words}”, the case is {}", text(&record, "/stage")?));
    Ok(())
}

/// A deadline of the first assignment.
pub(crate) fn due(record: &Value, which: &str) -> anyhow::Result<String> {
    Ok(wording().time(UnixMs::from_millis(number(record, &format!("/assignments/0/{which}"))?)))
}

fn wording() -> Wording {
    Wording::shipped(Language::En)
}

fn category(record: &Value) -> anyhow::Result<String> {
    Ok(wording().category(&text(record, "/category")?.parse()?))
}

fn commune(record: &Value) -> anyhow::Result<String> {
    Ok(wording().area(&text(record, "/area")?.parse()?))
}

fn agency(id: &str) -> String {
    id.parse().map_or_else(|_| id.to_owned(), |id| wording().agency(&id))
}
