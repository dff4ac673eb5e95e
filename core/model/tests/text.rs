//! Goal: the same words are the same, whichever way a phone writes their marks, and what nobody sees says nothing.
//! Method: every command that carries words, written with marks of their own, signed by us and by a phone that composes nothing.

#![allow(clippy::unwrap_used, clippy::panic)]

use paht_model::command::{Body, Command, Rating, Reopening, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{CategoryCode, CommandId, ReportId, Sha256, TenantId};
use paht_model::officer::Act;
use paht_model::review::{Review, Service};
use paht_model::statement::{Edit, Statement};
use paht_model::time::{ClockReading, UnixMs};
use paht_model::wire::envelope::{Purpose, SoftwareKey, seal};
use paht_model::wire::to_bytes;
use unicode_normalization::UnicodeNormalization as _;

fn decomposed(text: &str) -> String {
    let written: String = text.nfd().collect();
    assert_ne!(written, text);
    written
}

fn statement(text: &str, service: Option<String>) -> Statement {
    let named = |name| Review { service: Service::Named(name), stars: None, phrases: Vec::new() };
    Statement {
        category: CategoryCode::parse("traffic").unwrap(),
        text: text.to_owned(),
        place: None,
        captures: Vec::new(),
        clock: ClockReading { wall: UnixMs::from_millis(0), offset_min: 420, ticks_ms: 1, boot: 1 },
        heard: None,
        claim: Sha256::of(b""),
        sender: None,
        language: "vi".into(),
        review: service.map(named),
    }
}

fn said(text: String, service: String) -> Vec<Body> {
    let act = |act| Body::Act(act);
    vec![
        Body::Report(statement(&text, Some(service))),
        Body::Edit(Edit { text: Some(text.clone()), ..Edit::default() }),
        Body::Comment(text.clone()),
        Body::Reply(text.clone()),
        Body::Rate(Rating { assignment: 1, answer: 1, grade: 3, text: text.clone() }),
        Body::Reopen(Reopening { assignment: 1, reason: text.clone() }),
        act(Act::Return { assignment: 1, reason: text.clone() }),
        act(Act::AskTime { assignment: 1, until: UnixMs::from_millis(9), reason: text.clone() }),
        act(Act::Answer { assignment: 1, text, evidence: Vec::new() }),
    ]
}

fn command(body: Body) -> Command {
    Command {
        tenant: TenantId::parse("hue").unwrap(),
        id: CommandId::from_bytes([1; 16]),
        report: ReportId::from_bytes([2; 16]),
        revision: 1,
        body,
        claim: None,
    }
}

#[test]
fn a_phone_signs_composed_words_and_a_hub_reads_them_so_whoever_signed() {
    let key = SoftwareKey::from_secret(&[7; 32]).unwrap();
    let (text, service) = ("Sạt lở ở đèo Pê Ke", "Quán Ế");
    let written = said(decomposed(text), decomposed(service));
    for (meant, written) in said(text.to_owned(), service.to_owned()).into_iter().zip(written) {
        let Ok(ours) = SignedCommand::sign(&key, command(written.clone()));
        assert_eq!(ours.command.body, meant);
        assert_eq!(SignedCommand::open(&ours.bytes).unwrap(), ours);
        let Ok(foreign) = seal(&key, Purpose::Command, to_bytes(&command(written)));
        let read = SignedCommand::open(&foreign).unwrap();
        assert_eq!(read.command.body, meant);
        assert_eq!((&read.bytes, read.hash), (&foreign, Sha256::of(&foreign)), "what is verified stays");
        assert_ne!(read.hash, ours.hash);
    }
}

#[test]
fn a_length_is_the_same_however_marks_are_written() {
    let (most, more) = ("ế".repeat(4_000), "ế".repeat(4_001));
    for written in [most.clone(), decomposed(&most)] {
        for body in said(written, "Quán".to_owned()) {
            assert_eq!(body.check(), Ok(()));
        }
    }
    for written in [more.clone(), decomposed(&more)] {
        for body in said(written, "Quán".to_owned()) {
            assert_eq!(body.check(), Err(Code::TextTooLong));
        }
    }
    let (most, more) = ("ế".repeat(120), "ế".repeat(121));
    let named = |name: &str| Body::Report(statement("x", Some(decomposed(name)))).check();
    assert_eq!((named(&most), named(&more)), (Ok(()), Err(Code::TextTooLong)));
}

#[test]
fn what_nobody_sees_says_nothing() {
    for blank in [
        "",
        " ",
        "\u{200b}",
        "\u{feff}\u{ad}",
        "\u{202e}\u{2066}\u{2069}",
        "\u{2060} \u{3000}",
        "\u{fe0f}",
        "\u{e0041}",
        "\0\u{1b}",
        "\u{3164}\u{115f}",
        "\u{2800}",
    ] {
        assert_eq!(Body::Report(statement(blank, None)).check(), Err(Code::ReportEmpty), "{blank:?}");
        let named = Body::Report(statement("x", Some(blank.to_owned()))).check();
        assert_eq!(named, Err(Code::ServiceMissing), "{blank:?}");
        for body in said(blank.to_owned(), "Quán".to_owned()) {
            let optional = matches!(body, Body::Rate(_) | Body::Edit(_));
            assert_eq!(body.check().is_ok(), optional, "{blank:?} {body:?}");
        }
    }
    assert_eq!(Body::Report(statement("👨\u{200d}👩\u{200d}👧", None)).check(), Ok(()));
}
