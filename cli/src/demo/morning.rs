//! The morning, step by step.

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::cast::{Cast, text};
use super::media::{A_LUOI, NAM_DONG};
use super::sending::{Blow, BlowKind, Sending};
use super::story::Story;
use super::{check, desk_work, neighbour, texting, verdict};
use crate::clock::Stopwatch;

const LANDSLIDE: &str =
    "Sạt lở lấp hết mặt đường quốc lộ 49 đoạn qua A Lưới, xe không qua được, đất vẫn đang trôi xuống.";
const DRAIN: &str = "Cống thoát nước trước chợ bị nghẹt, mỗi trận mưa nước dâng lên đường.";

/// Plays it, and counts what was not as it should be.
pub(crate) async fn play(story: &Story, cast: &mut Cast) -> anyhow::Result<usize> {
    report_without_signal(story, cast).await?;
    kill_and_look(story, cast).await?;
    texting::landslide(story, cast).await?;
    send_photo(story, cast).await?;
    texting::joined(story, cast).await?;
    desk_work::landslide(story, cast).await?;
    send_video(story, cast).await?;
    desk_work::drain(story, cast).await?;
    desk_work::answer(story, cast, &cast.files.first_repair, FIRST_ANSWER).await?;
    verdict::follow(story, cast).await?;
    verdict::reopen(story, cast).await?;
    desk_work::answer(story, cast, &cast.files.second_repair, SECOND_ANSWER).await?;
    verdict::settle(story, cast).await?;
    neighbour::bridge(story, cast).await?;
    check::check(story, cast).await
}

const FIRST_ANSWER: &str = "Đã thông tạm một làn xe.";
const SECOND_ANSWER: &str = "Đã dọn hết đất đá, gia cố ta luy, thông xe cả hai chiều.";

async fn report_without_signal(story: &Story, cast: &mut Cast) -> anyhow::Result<()> {
    story.step("A Lưới, no signal: a landslide is photographed and reported");
    story.tell(&format!("photo: {}", cast.files.source));
    story.tell(&format!("“{LANDSLIDE}”"));
    let took = Stopwatch::start();
    cast.a_luoi.make_report(&cast.files.landslide, LANDSLIDE, "traffic", A_LUOI).await?;
    story.done(&format!("kept after {:.2} s, report {}", took.seconds(), cast.a_luoi.report));
    Ok(())
}

/// The phone is killed while it makes the smaller pictures and tries a link that is not there.
async fn kill_and_look(story: &Story, cast: &Cast) -> anyhow::Result<()> {
    story.step("The battery is pulled: kill -9 while the phone is at work");
    let mut process = cast.a_luoi.start_sync()?;
    loop {
        let said = process.next().await?.context("the phone's sync ended before its time")?;
        match said.get("doing").and_then(Value::as_str) {
            Some("failed") => {
                let code = text(&said, "/code")?;
                story.tell(&format!("the phone: {code}, everything stays queued"));
            }
            Some("deriving") => {
                story.tell("the phone makes the smaller pictures meanwhile");
                break;
            }
            Some("waiting") => break,
            _ => {}
        }
    }
    process.kill().await?;
    story.broke("kill -9 to the phone");
    let listed = cast.a_luoi.ask(&["list"]).await?;
    if text(&listed, "/report/id")? != cast.a_luoi.report {
        bail!("the report did not survive: {listed}");
    }
    let shown = cast.a_luoi.show().await?;
    let entries = shown.pointer("/entries").and_then(Value::as_array).map_or(0, Vec::len);
    story.done(&format!(
        "the report is still there: way “{}”, {entries} parts in the outbox",
        text(&listed, "/way/kind")?
    ));
    Ok(())
}

async fn send_photo(story: &Story, cast: &mut Cast) -> anyhow::Result<()> {
    story.step("Signal comes and goes: text first, then the preview, then the photo, resumed at the byte");
    let blows = vec![
        Blow {
            at_percent: cast.dice.u64(25..40),
            kind: BlowKind::Cut { for_ms: cast.dice.u64(1_500..2_500) },
        },
        Blow {
            at_percent: cast.dice.u64(60..80),
            kind: BlowKind::Cut { for_ms: cast.dice.u64(1_500..2_500) },
        },
    ];
    Sending::new(story, &cast.a_luoi, "photo", blows).play().await
}

async fn send_video(story: &Story, cast: &mut Cast) -> anyhow::Result<()> {
    story.step("Nam Đông, no signal: a twenty-second video, sent the same way");
    story.tell(&format!("“{DRAIN}”"));
    let video = [cast.files.video.clone()];
    cast.nam_dong.make_report(&video, DRAIN, "urban", NAM_DONG).await?;
    story.done("kept without signal");
    let blows = vec![
        Blow {
            at_percent: cast.dice.u64(25..40),
            kind: BlowKind::Cut { for_ms: cast.dice.u64(1_500..2_500) },
        },
        Blow { at_percent: cast.dice.u64(60..80), kind: BlowKind::Kill },
    ];
    Sending::new(story, &cast.nam_dong, "video", blows).play().await
}
