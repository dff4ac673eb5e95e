//! No data and no SMS: a neighbour drives to town with a sealed file, and comes back with the receipts.

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::cast::{Cast, Who, number, text};
use super::media::A_LUOI;
use super::story::{Story, size};

const BRIDGE: &str = "Cầu treo thôn A Ngô đứt một dây cáp, học sinh vẫn đi qua.";

/// A second report from A Lưới goes with the phone from Nam Đông.
pub(crate) async fn bridge(story: &Story, cast: &mut Cast) -> anyhow::Result<()> {
    story.step("A Lưới, no signal of any kind: a neighbour drives to town with a sealed file");
    cast.a_luoi.link.set_signal(false);
    let landslide = cast.a_luoi.report.clone();
    cast.a_luoi.make_report(&cast.files.landslide, BRIDGE, "traffic", A_LUOI).await?;
    story.tell(&format!("“{BRIDGE}”"));
    let report = std::mem::replace(&mut cast.a_luoi.report, landslide);
    let file = cast.ioc.data.with_file_name("for-the-neighbour.paht");
    let path = file.to_str().context("a plain path")?;
    let made = cast.a_luoi.ask(&["bundle", "--out", path, &report]).await?;
    let bytes = u64::try_from(number(&made, "/bytes")?)?;
    let sealed = std::fs::read(&file)?;
    if sealed.windows(BRIDGE.len()).any(|part| part == BRIDGE.as_bytes()) {
        bail!("the neighbour can read it");
    }
    story.done(&format!("a file of {}; the neighbour learns no more than that", size(bytes)));

    cast.nam_dong.ask(&["carry", path]).await?;
    cast.nam_dong.link.set_signal(true);
    cast.nam_dong.ask(&["sync", "--until-done"]).await?;
    let carried = cast.nam_dong.ask(&["carried"]).await?;
    let receipts = text(&carried, "/receipts").context("the IOC gave no receipts")?.to_owned();
    story.done("in town the neighbour's phone sends it, after its own reports");
    let accepted = cast.a_luoi.ask(&["accept", &receipts]).await?;
    let delivered = number(&accepted, "/delivered")?;
    story.done(&format!("back home: receipts for {delivered} parts, and the space they took can be freed"));
    came_once(story, cast, &report).await
}

/// The case says who brought it; and A Lưới's own link, when it comes, finds nothing left to send.
async fn came_once(story: &Story, cast: &Cast, report: &str) -> anyhow::Result<()> {
    let shown = cast.a_luoi.ask(&["show", report]).await?;
    let code = text(&shown, "/report/case")?;
    let record = cast.ioc.desk(Who::Operator, &["show", code]).await?;
    if record.pointer("/carriers") != Some(&json!(["courier"])) {
        bail!("the case does not say that it was carried: {record}");
    }
    if text(&record, "/stage")? == "received" {
        cast.ioc.desk(Who::Operator, &["dispatch", code]).await?;
    }
    story.done(&format!("case {code}; its page says that a neighbour brought it: {}/c/{code}", cast.ioc.url));
    let before = cast.a_luoi.link.up_bytes();
    cast.a_luoi.link.set_signal(true);
    let sent = cast.a_luoi.ask(&["sync", "--until-done"]).await?;
    if sent.pointer("/all_sent") != Some(&Value::Bool(true)) {
        bail!("something is left to send: {sent}");
    }
    let asked = size(cast.a_luoi.link.up_bytes().saturating_sub(before));
    story.done(&format!(
        "A Lưới has signal again and asks ({asked}): everything is there, nothing goes twice"
    ));
    Ok(())
}
