//! What the citizen does with the answer.

use anyhow::{Context as _, bail};
use paht_model::timeline::Entry;
use paht_model::words::Language;
use serde::Deserialize as _;
use serde_json::Value;

use super::cast::{Cast, Who, number, text};
use super::desk_work::due;
use super::story::Story;
use crate::wording::Wording;

/// The phone shows the timeline, as the citizen reads it.
pub(crate) async fn follow(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    story.step("The phone shows the timeline");
    sync(cast).await?;
    let shown = cast.a_luoi.show().await?;
    let wording = Wording::shipped(Language::Vi);
    let told = shown.pointer("/told").and_then(Value::as_array).context("a timeline")?;
    let agency = shown.pointer("/case/assignments/0/agency").and_then(Value::as_str);
    for told in told {
        let entry = Entry::deserialize(told.pointer("/entry").context("an entry")?)?;
        let said = wording.entry(&entry, |_| agency.and_then(|id| id.parse().ok()));
        story.tell(&format!("  {}  {said}", wording.time(entry.at)));
    }
    Ok(())
}

/// A poor answer is rated low, and the case reopened: the first deadline stays on record, a second clock starts.
pub(crate) async fn reopen(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    story.step("The citizen rates it 2 of 5, and reopens the case with a reason");
    let (poor, reason) = ("Mới thông được nửa đường.", "Đất vẫn trôi xuống, trời mưa lại tắc.");
    cast.a_luoi.ask(&["rate", &cast.a_luoi.report, "--grade", "2", "--comment", poor]).await?;
    cast.a_luoi.ask(&["reopen", &cast.case, "--reason", reason]).await?;
    sync(cast).await?;
    story.done(&format!("2 of 5: “{poor}”"));
    story.done(&format!("reopened: “{reason}”"));
    let record = cast.ioc.desk(Who::Operator, &["show", &cast.case]).await?;
    let (first, second) = (due(&record, "first_due")?, due(&record, "due")?);
    let later_s =
        (number(&record, "/assignments/0/due")? - number(&record, "/assignments/0/first_due")?) / 1_000;
    story.done(&format!(
        "two clocks, both public: first deadline {first}, after reopening {second}, {later_s} s later (a short morning)"
    ));
    Ok(())
}

/// A good answer is rated well: the case is closed.
pub(crate) async fn settle(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    story.step("The citizen is answered again, and rates it 5 of 5");
    sync(cast).await?;
    let good = "Đường thông rồi, cảm ơn các anh.";
    cast.a_luoi.ask(&["rate", &cast.a_luoi.report, "--grade", "5", "--comment", good]).await?;
    sync(cast).await?;
    let shown = cast.a_luoi.show().await?;
    let stage = text(&shown, "/stage")?;
    if stage != "closed" {
        bail!("the case is {stage}, not closed");
    }
    story.done(&format!("5 of 5: “{good}”, the case is closed"));
    Ok(())
}

async fn sync(cast: &Cast) -> anyhow::Result<()> {
    cast.a_luoi.ask(&["sync"]).await.map(|_| ())
}
