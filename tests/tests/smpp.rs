//! Goal: reports come straight from a telephone network. Method: the IOC binds to a message centre of another's making (the
//! library `smpp` of npm), which delivers, listens for the replies, breaks off and talks nonsense.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use paht_model::ids::{CategoryCode, TenantId};
use paht_model::place::Point;
use paht_model::sms::{Digest, Tag, encode};
use paht_model::time::UnixMs;
use paht_tests::ioc::Ioc;
use paht_tests::{needs, program};
use serde_json::{Value, json};

const SECRET: &str = "b1-mat";
const FROM: &str = "84905123456";
const UCS2: u8 = 8;

/// A message centre in a process of its own, ended when dropped.
struct Centre {
    process: Child,
    asked: ChildStdin,
    heard: Receiver<Value>,
    port: u64,
    delivered: u64,
}

impl Centre {
    fn start(password: &str) -> Option<Self> {
        let script = needs::root().join("tests/node/smsc.mjs");
        needs::file(needs::root().join("tests/node/node_modules/smpp"), "the message centre (npm smpp)")?;
        let mut node = Command::new("node");
        node.arg(script).args(["--password", password]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = node.spawn().expect("node is missing; get it by: cargo xtask setup");
        let (says, heard) = channel();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if says.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        let asked = process.stdin.take().unwrap();
        let mut centre = Self { process, asked, heard, port: 0, delivered: 0 };
        centre.port = centre.next("listening")["listening"].as_u64().unwrap();
        Some(centre)
    }

    /// The next event of this kind; what comes before it is of no interest.
    fn next(&self, kind: &str) -> Value {
        loop {
            let event = self.heard.recv_timeout(Duration::from_secs(30));
            let event = event.unwrap_or_else(|_| panic!("never: {kind}"));
            if !event[kind].is_null() {
                return event;
            }
        }
    }

    fn ask(&mut self, what: &Value) {
        writeln!(self.asked, "{what}").unwrap();
    }

    /// Delivers a message and gives the status that the IOC answers with.
    fn delivers(&mut self, message: &Value) -> u64 {
        self.delivered += 1;
        let as_number = self.delivered;
        self.ask(&json!({ "deliver": message, "as": as_number }));
        let answered = self.next("answered");
        assert_eq!(answered["answered"], as_number);
        answered["status"].as_u64().unwrap()
    }

    /// The code of the case in the reply that comes next, which must go back the way it came.
    fn code_replied(&self) -> String {
        let reply = self.next("submitted")["submitted"].clone();
        assert_eq!(reply["source_addr"], "8175");
        assert_eq!((&reply["destination_addr"], &reply["dest_addr_ton"]), (&json!(FROM), &json!(1)));
        assert_eq!(reply["esm_class"], 0, "a message, not word of one");
        let text = reply["text"].as_str().unwrap().to_owned();
        text.split([' ', '.', ',']).find(|word| word.starts_with("HUE-")).unwrap().to_owned()
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The settings of an IOC at this message centre.
fn settings(folder: &Path, port: u64) -> PathBuf {
    std::fs::write(folder.join("smpp.password"), format!("{SECRET}\n")).unwrap();
    let text = format!(
        "[smpp]\naddress = \"127.0.0.1:{port}\"\nsystem_id = \"paht\"\npassword_file = \"smpp.password\"\nnumber = \"8175\"\n"
    );
    let file = folder.join("ioc.toml");
    std::fs::write(&file, text).unwrap();
    file
}

fn ioc(folder: &Path, port: u64) -> Ioc {
    let settings = settings(folder, port);
    Ioc::start_with(&folder.join("ioc"), &["--config", settings.to_str().unwrap()])
}

fn desk(ioc: &Ioc, words: &[&str]) -> Vec<Value> {
    let token = ioc.token(&["--role", "operator"]);
    program::said(["operator", "--ioc", &ioc.url, "--token", &token].into_iter().chain(words.iter().copied()))
}

fn cases(ioc: &Ioc) -> usize {
    desk(ioc, &["cases"]).iter().filter(|line| line["code"].is_string() || line["case"].is_string()).count()
}

fn message(text: &str) -> String {
    let digest = Digest {
        tenant: TenantId::parse("hue").unwrap(),
        tag: Tag::from_bytes([0x9d, 0x2e, 0x71, 0x4c, 0x5b, 0xe6]),
        category: CategoryCode::parse("traffic").unwrap(),
        place: Some(Point::from_degrees(16.2775, 107.2297).unwrap()),
        at: UnixMs::from_millis(1_795_304_400_000),
        text: text.into(),
    };
    encode(&digest, None).unwrap().remove(0)
}

#[test]
fn a_report_comes_over_a_networks_own_message_centre_once_and_is_answered_once() {
    let Some(mut centre) = Centre::start(SECRET) else { return };
    let folder = tempfile::tempdir().unwrap();
    let ioc = ioc(folder.path(), centre.port);
    assert_eq!(centre.next("bound"), json!({ "bound": "paht", "version": 0x34 }));
    let text = message("Ổ gà lớn trước chợ");
    assert_eq!(centre.delivers(&json!({ "from": FROM, "text": text })), 0);
    let code = centre.code_replied();
    let shown = &desk(&ioc, &["show", &code])[0];
    assert_eq!((&shown["text"], &shown["unverified"]), (&json!("Ổ gà lớn trước chợ"), &json!(true)));
    assert_eq!(centre.delivers(&json!({ "from": FROM, "text": text })), 0, "the same again is known");
    // Whoever writes plain words gets a case too; its reply is the next one, so that the doubled message had none.
    assert_eq!(centre.delivers(&json!({ "from": FROM, "text": "Den duong hong [kiet 42] ~ 3 dem" })), 0);
    let plain = centre.code_replied();
    assert_ne!(plain, code);
    assert_eq!(desk(&ioc, &["show", &plain])[0]["text"], "Den duong hong [kiet 42] ~ 3 dem");
    assert_eq!(cases(&ioc), 2);
}

#[test]
fn a_long_message_is_one_case_though_its_pieces_come_out_of_order_and_the_ioc_is_killed_between() {
    let Some(mut centre) = Centre::start(SECRET) else { return };
    let folder = tempfile::tempdir().unwrap();
    let words =
        ["Cầu treo thôn A Ngô đứt một dây cáp, ", "học sinh vẫn đi qua mỗi ngày, ", "xin xã đến xem gấp."];
    let piece = |place: usize| {
        let text = words[place - 1];
        json!({ "from": FROM, "text": text, "coding": UCS2, "reference": 7, "count": 3, "place": place })
    };
    let first = ioc(folder.path(), centre.port);
    centre.next("bound");
    for place in [3, 1, 1] {
        assert_eq!(centre.delivers(&piece(place)), 0);
    }
    assert_eq!(cases(&first), 0);
    drop(first);
    let second = ioc(folder.path(), centre.port);
    centre.next("bound");
    assert_eq!(centre.delivers(&piece(2)), 0);
    let code = centre.code_replied();
    assert_eq!(desk(&second, &["show", &code])[0]["text"], words.concat());
    assert_eq!(cases(&second), 1);
    assert_eq!(std::fs::read_dir(second.data.join("smpp")).unwrap().count(), 0, "no number stays in a file");
}

fn utf16(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |hex, unit| format!("{hex}{unit:04x}"))
}

/// What an operator's program is told there.
fn at_desk(ioc: &Ioc, path: &str) -> Value {
    let (url, token) = (format!("{}{path}", ioc.url), ioc.token(&["--role", "operator"]));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let told = async {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        client.get(url).bearer_auth(token).send().await.unwrap().text().await.unwrap()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    serde_json::from_str(&runtime.block_on(told)).unwrap()
}

/// What waits for a person: why, from whom, and what it says.
fn kept(ioc: &Ioc) -> Vec<(String, String, String)> {
    let kept = at_desk(ioc, "/v1/desk/messages");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let kept = kept["messages"].as_array().unwrap().iter().rev();
    kept.map(|kept| (text(&kept["why"]), text(&kept["contact"]["phone"]), text(&kept["text"]))).collect()
}

#[test]
fn whatever_alphabet_a_message_is_in_it_is_read_or_waits_for_a_person() {
    let Some(mut centre) = Centre::start(SECRET) else { return };
    let folder = tempfile::tempdir().unwrap();
    let ioc = ioc(folder.path(), centre.port);
    centre.next("bound");
    let read = [
        (json!({ "text": "nhà chị ò" }), "nhà chị ò"),
        (json!({ "coding": 0x11, "hex": "6e687f20612040" }), "nhà a ¡"),
        (json!({ "coding": 0xf1, "hex": "6e687f2062" }), "nhà b"),
        (json!({ "coding": 0x18, "hex": utf16("Cây đổ 🔥") }), "Cây đổ 🔥"),
        (json!({ "coding": 8, "hex": "fffe43006200" }), "Cb"),
        (json!({ "coding": 8, "hex": utf16("Đèn hỏng"), "payload": true }), "Đèn hỏng"),
        (json!({ "coding": 3, "hex": "636166e9" }), "café"),
    ];
    for (mut message, words) in read {
        message["from"] = json!(FROM);
        assert_eq!(centre.delivers(&message), 0);
        // At most three replies a day go to one number: the case is found by its words.
        let cases = at_desk(&ioc, "/v1/desk/cases");
        assert!(cases.to_string().contains(words), "{message}: {cases}");
    }
    let left = [
        (json!({ "from": FROM, "coding": 2, "hex": "0102" }), "sms.unreadable", "+84905123456", "0102"),
        (json!({ "from": FROM, "coding": 4, "hex": "0103" }), "sms.unreadable", "+84905123456", "0103"),
        (json!({ "from": FROM, "coding": 8, "hex": "d83d" }), "sms.unreadable", "+84905123456", "d83d"),
        (
            json!({ "from": FROM, "esm": 0x40, "coding": 0, "hex": "2061" }),
            "sms.unreadable",
            "+84905123456",
            "2061",
        ),
        (json!({ "from": "19001075", "text": "Moi" }), "sms.sender", "19001075", "Moi"),
        (json!({ "from": "Viettel", "ton": 5, "text": "Khuyen mai" }), "sms.sender", "Viettel", "Khuyen mai"),
        (json!({ "from": "6591234567", "ton": 2, "npi": 1, "text": "Hi" }), "sms.sender", "6591234567", "Hi"),
    ];
    let count = cases(&ioc);
    for (at, (message, why, from, says)) in left.iter().enumerate() {
        for _ in 0..2 {
            assert_eq!(centre.delivers(message), 0, "kept once, acknowledged twice");
        }
        let kept = kept(&ioc);
        assert_eq!(kept.len(), at + 1, "{message}: {kept:?}");
        let (kept_why, kept_from, text) = &kept[at];
        assert_eq!((kept_why.as_str(), kept_from.as_str()), (*why, *from));
        assert!(text.contains(says), "{text}");
    }
    assert_eq!(centre.delivers(&json!({ "from": FROM, "esm": 4, "text": "id:1 stat:DELIVRD" })), 0);
    assert_eq!((cases(&ioc), kept(&ioc).len()), (count, left.len()), "a receipt is no report");
    assert_eq!(centre.delivers(&json!({ "from": "0905123456", "ton": 2, "npi": 1, "text": "Den hong" })), 0);
    assert_eq!(cases(&ioc), count + 1, "the same person");
}

#[test]
fn a_letter_in_two_pieces_is_one() {
    let Some(mut centre) = Centre::start(SECRET) else { return };
    let folder = tempfile::tempdir().unwrap();
    let ioc = ioc(folder.path(), centre.port);
    centre.next("bound");
    let hex = utf16("\u{feff}Cháy 🔥 nhà");
    let pieces = [&hex[..26], &hex[26..32], &hex[32..]];
    for (place, piece) in (1..).zip(pieces) {
        let piece =
            json!({ "from": FROM, "coding": 8, "hex": piece, "reference": 9, "count": 3, "place": place });
        assert_eq!(centre.delivers(&piece), 0);
    }
    let code = centre.code_replied();
    assert_eq!(desk(&ioc, &["show", &code])[0]["text"], "Cháy 🔥 nhà");
}

#[test]
fn nonsense_and_a_broken_link_end_the_connection_and_not_the_ioc() {
    let Some(mut centre) = Centre::start(SECRET) else { return };
    let folder = tempfile::tempdir().unwrap();
    let ioc = ioc(folder.path(), centre.port);
    centre.next("bound");
    // A length beyond all bounds, then one that is too short, then a command that nobody knows.
    for nonsense in [
        "7fffffff0000000500000000000000aa",
        "000000040000000500000000000000aa",
        "0000001000000fff00000000000000aa",
    ] {
        centre.ask(&json!({ "raw": nonsense }));
        if !nonsense.starts_with("00000010") {
            centre.next("gone");
            centre.next("bound");
        }
    }
    centre.ask(&json!({ "drop": true }));
    centre.next("gone");
    centre.next("bound");
    assert_eq!(centre.delivers(&json!({ "from": FROM, "text": message("Ổ gà") })), 0);
    centre.code_replied();
    // What nobody can have written is answered well, or it would come again for ever.
    for odd in [json!({ "from": "113", "text": "Ổ gà" }), json!({ "from": "Viettel", "text": "Khuyen mai" })]
    {
        assert_eq!(centre.delivers(&odd), 0);
    }
    let damaged = message("Ổ gà lớn trước chợ").replace(['7', '8'], "9");
    assert_eq!(centre.delivers(&json!({ "from": FROM, "text": damaged })), 0);
    assert_eq!(cases(&ioc), 1);
}

#[test]
fn a_refused_ioc_serves_on_and_tells_no_secret() {
    let Some(centre) = Centre::start("another") else { return };
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path(), centre.port);
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let words = ["ioc", "serve", "--listen", "127.0.0.1:0", "--with-parent", "--data"];
    let (data, settings) = (folder.path().join("ioc"), settings.to_str().unwrap().to_owned());
    let words = words.into_iter().chain([data.to_str().unwrap(), "--config", &settings]);
    let mut serve = program::command(words);
    let mut process = serve.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
    assert_eq!(centre.next("refused"), json!({ "refused": "paht" }));
    drop(process.stdin.take());
    assert!(process.wait().unwrap().success(), "it stops while it waits to bind");
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.contains("message centre refused") && !log.contains(SECRET), "{log}");
}

#[test]
fn goodbye_is_said_when_the_ioc_stops() {
    let Some(mut centre) = Centre::start(SECRET) else { return };
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path(), centre.port);
    let data = folder.path().join("ioc");
    let words = [
        "ioc",
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--with-parent",
        "--data",
        data.to_str().unwrap(),
        "--config",
    ];
    let mut serve = program::command(words.into_iter().chain([settings.to_str().unwrap()]));
    let mut process =
        serve.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    centre.next("bound");
    assert_eq!(centre.delivers(&json!({ "from": FROM, "text": message("Ổ gà") })), 0);
    drop(process.stdin.take());
    centre.next("unbound");
    assert!(process.wait().unwrap().success());
}
