//! One bar for SMS and none for data: the essentials go as text messages, and their statement joins them later.

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::cast::{Cast, Who, text};
use super::story::Story;

/// The number of the phone in A Lưới.
const NUMBER: &str = "0905 000 111";

/// Sends the landslide by SMS; the network brings every message twice, and the IOC makes one case.
pub(crate) async fn landslide(story: &Story, cast: &mut Cast) -> anyhow::Result<()> {
    story.step("Still no data, but a bar for SMS: the essentials go as text messages");
    let written = cast.a_luoi.ask(&["text", &cast.a_luoi.report, "--sent"]).await?;
    let messages = written.pointer("/messages").and_then(Value::as_array).context("messages")?;
    let mut replies = Vec::new();
    for message in messages.iter().filter_map(Value::as_str) {
        story.tell(&format!("SMS, {} septets: {message}", message.len()));
        for _ in 0..2 {
            replies.extend(cast.ioc.text(NUMBER, message).await?);
        }
    }
    story.broke("the network brought every message twice");
    let [reply] = replies.as_slice() else { bail!("{} replies instead of one", replies.len()) };
    story.done(&format!("one reply by SMS: “{reply}”"));
    let code = reply.split([' ', '.', ',']).find(|word| word.starts_with("HUE-")).context("a code")?;
    code.clone_into(&mut cast.case);
    let record = cast.ioc.desk(Who::Operator, &["show", code]).await?;
    if record.pointer("/unverified") != Some(&Value::Bool(true)) {
        bail!("an SMS was taken for signed: {record}");
    }
    story.done(&format!("case {code}: unverified, {}, not public", text(&record, "/stage")?));
    if cast.a_luoi.show().await?.pointer("/unconfirmed") != Some(&Value::Bool(true)) {
        bail!("the phone does not call it unconfirmed");
    }
    story.done("the phone calls it unconfirmed");
    Ok(())
}

/// The statement has come: still one case, under the same code.
pub(crate) async fn joined(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    let shown = cast.a_luoi.show().await?;
    let record = cast.ioc.desk(Who::Operator, &["show", &cast.case]).await?;
    let is_one = text(&shown, "/report/case")? == cast.case
        && record.pointer("/unverified") == Some(&Value::Bool(false))
        && record.pointer("/carriers") == Some(&json!(["sms", "http"]));
    if !is_one {
        bail!("the SMS and its statement are not one case: {record}");
    }
    story.done(&format!("the full report has joined the SMS: one case, {}, verified now", cast.case));
    Ok(())
}
