//! Goal: the main job, as written in the README, ends well. Method: play it, and read what it told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use paht_tests::program;

#[test]
fn the_demo_plays_a_morning_and_checks_it() {
    let output = program::run(["demo", "--once"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    let told = program::objects(&output.stdout);
    let lines: Vec<String> = told
        .iter()
        .filter_map(|line| {
            ["step", "told", "done", "broke", "wrong"].iter().find_map(|kind| line[kind].as_str())
        })
        .map(str::to_owned)
        .collect();
    let story = lines.join("\n");
    assert!(output.status.success(), "{}\n{errors}\n{story}", output.status);
    assert!(told.iter().all(|line| line["wrong"].is_null()), "{story}");
    let mut rest = story.as_str();
    // In this order.
    for expected in [
        "An IOC and two phones start",
        "no signal: a landslide",
        "kept after",
        "kill -9 to the phone",
        "the report is still there",
        "text messages",
        "one reply by SMS",
        "unverified, dispatched, not public",
        "the phone calls it unconfirmed",
        "the text is at the IOC",
        "the preview is at the IOC",
        "the signal is gone",
        "photo resumed at byte",
        "the photo is at the IOC",
        "the full report has joined the SMS: one case",
        "rule “traffic-national-road” decided",
        "owes an answer by",
        "Nam Đông",
        "video resumed at byte",
        "the video is at the IOC",
        "does not work with the system yet",
        "dispatched by the operator",
        "answered: “Đã thông tạm",
        "Trung tâm tiếp nhận phản ánh",
        "2 of 5",
        "reopened: “",
        "first deadline",
        "answered: “Đã dọn hết",
        "5 of 5",
        "closed",
        "a neighbour drives to town",
        "the neighbour learns no more",
        "receipts for",
        "a neighbour brought it",
        "nothing goes twice",
        "byte for byte",
        "none says where",
    ] {
        let at =
            rest.find(expected).unwrap_or_else(|| panic!("no “{expected}” where it belongs in:\n{story}"));
        rest = &rest[at + expected.len()..];
    }
}
