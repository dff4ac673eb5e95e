//! Goal: one SMS carries a report with 300 accented characters and more; and how far other means get, in the same table.
//! Method: from each line on, consecutive reports of `../shared/texts` are joined until the message is full, word by word. Nothing
//! was learnt from that file. `cargo test -p paht-tests --test sms -- --nocapture` prints the table.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use paht_model::ids::{CategoryCode, TenantId};
use paht_model::place::Point;
use paht_model::sms::{CheckKey, Digest, Tag, decode, encode};
use paht_model::time::UnixMs;
use paht_tests::{needs, program};

/// The budget: accented characters in one message, everything else in it too.
const CHARS_MIN: usize = 300;
/// Longest text tried.
const CHARS_TRIED: usize = 480;
/// What one text message carries as bytes.
const SMS_BYTES: usize = 140;
const BITS_IN_CHARACTER: f64 = 5.491_85;

fn digest(text: &str) -> Digest {
    Digest {
        tenant: TenantId::parse("hue").unwrap(),
        tag: Tag::from_bytes([0x9d, 0x2e, 0x71, 0x4c, 0x5b, 0xe6]),
        category: CategoryCode::parse("sanitation").unwrap(),
        place: Some(Point { lat_e7: 162_775_123, lon_e7: 1_072_297_321 }),
        at: UnixMs::from_millis(1_793_600_123_456),
        text: text.to_owned(),
    }
}

fn messages(text: &str) -> Vec<String> {
    encode(&digest(text), Some(&CheckKey::from_bytes([7; 32]))).unwrap()
}

fn is_accented(text: &str) -> bool {
    !text.is_ascii()
}

fn plain(text: &str) -> String {
    const MARKED: &str = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ";
    const PLAIN: &str = "aadeoouaaaaaaaaaaaaaaaeeeeeeeeeeiiiiiooooooooooooooouuuuuuuuuuyyyyy";
    let plain = |c: char| {
        let small = c.to_lowercase().next().unwrap();
        let found = MARKED.chars().zip(PLAIN.chars()).find(|(marked, _)| *marked == small);
        found.map_or(c, |(_, plain)| if small == c { plain } else { plain.to_ascii_uppercase() })
    };
    text.chars().map(plain).collect()
}

/// What begins at each line: the texts that end after each word, shortest first.
fn texts(lines: &[String]) -> Vec<Vec<String>> {
    let from = |start: usize| {
        let joined: Vec<&str> =
            (0..lines.len()).map(|at| lines[(start + at) % lines.len()].as_str()).collect();
        let joined = joined.join(" ");
        let ends = joined.match_indices(' ').map(|(end, _)| &joined[..end]);
        ends.take_while(|text| text.chars().count() <= CHARS_TRIED).map(str::to_owned).collect()
    };
    (0..lines.len()).map(from).collect()
}

/// Characters of the longest text of each beginning that fits.
fn fitting(texts: &[Vec<String>], fits: impl Fn(&str) -> bool) -> Vec<usize> {
    let longest =
        |texts: &Vec<String>| texts.iter().rfind(|text| fits(text)).map_or(0, |text| text.chars().count());
    texts.iter().map(longest).collect()
}

fn row(name: &str, accented: &[usize], unaccented: &[usize]) {
    let told = |chars: &[usize]| {
        let mean = (chars.iter().sum::<usize>() + chars.len() / 2) / chars.len();
        format!("{mean:5} {:5} {:5}", chars.iter().min().unwrap(), chars.iter().max().unwrap())
    };
    println!("| {name:<59} | {} | {} |", told(accented), told(unaccented));
}

fn reports() -> Option<Vec<String>> {
    let file = needs::file(needs::root().join("../shared/texts/reports-vi.tsv"), "../shared/texts")?;
    let text = std::fs::read_to_string(file).unwrap();
    Some(text.lines().filter_map(|line| Some(line.split_once('\t')?.1.to_owned())).collect())
}

/// Paragraphs of quite other words than a report's, to see what the model is worth without our phrases.
fn news() -> Option<Vec<String>> {
    let folder = needs::file(needs::root().join("../shared/seeds"), "../shared/seeds")?;
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    Some(lines.filter(|line| line.chars().count() > 80 && is_accented(line)).collect())
}

/// How many bytes each other means makes of every text.
fn peers(texts: &[Vec<String>]) -> Vec<(&'static str, Vec<Vec<usize>>)> {
    let phrases = include_str!("../../xtask/words/domain.txt");
    let mut zstd = zstd::bulk::Compressor::with_dictionary(19, phrases.as_bytes()).unwrap();
    zstd.include_contentsize(false).unwrap();
    zstd.include_checksum(false).unwrap();
    zstd.include_dictid(false).unwrap();
    // Without its four magic bytes.
    let zstd = |text: &str| zstd.compress(text.as_bytes()).unwrap().len() - 4;
    let brotli = |text: &str| {
        let mut out = Vec::new();
        let options = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut text.as_bytes(), &mut out, &options).unwrap();
        out.len()
    };
    let mut found = vec![
        ("zstd -19, our phrases as its dictionary", sizes(texts, zstd)),
        ("brotli 11", sizes(texts, brotli)),
        ("smaz", sizes(texts, |text| smaz::compress(text.as_bytes()).len())),
    ];
    found.extend(unishox(texts).map(|bytes| ("unishox2", bytes)));
    found
}

fn sizes(texts: &[Vec<String>], mut bytes: impl FnMut(&str) -> usize) -> Vec<Vec<usize>> {
    texts.iter().map(|texts| texts.iter().map(|text| bytes(text)).collect()).collect()
}

/// The same by the npm package, all at once.
fn unishox(texts: &[Vec<String>]) -> Option<Vec<Vec<usize>>> {
    let installed = needs::root().join("tests/node/node_modules/unishox2.siara.cc");
    needs::file(installed, "unishox2")?;
    let mut node = Command::new("node");
    node.arg(needs::root().join("tests/node/unishox.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut node = node.spawn().unwrap();
    let all: Vec<&String> = texts.iter().flatten().collect();
    let mut stdin = node.stdin.take().unwrap();
    stdin.write_all(&serde_json::to_vec(&all).unwrap()).unwrap();
    drop(stdin);
    let output = node.wait_with_output().unwrap();
    let bytes: Vec<usize> = serde_json::from_slice(&output.stdout).unwrap();
    let mut bytes = bytes.into_iter();
    Some(texts.iter().map(|texts| bytes.by_ref().take(texts.len()).collect()).collect())
}

#[test]
fn one_sms_carries_three_hundred_accented_characters() {
    let Some(reports) = reports() else { return };
    let accented: Vec<String> = reports.iter().filter(|text| is_accented(text)).cloned().collect();
    let unaccented: Vec<String> = reports.iter().map(|text| plain(text)).collect();
    let texts = [texts(&accented), texts(&unaccented)];
    let [ours, ours_plain] = texts.each_ref().map(|texts| fitting(texts, |text| messages(text).len() == 1));

    println!(
        "| {:<59} | accented          | unaccented        |",
        "characters in one SMS: mean, least, most"
    );
    println!("|{}|{}|{}|", "-".repeat(61), "-".repeat(19), "-".repeat(19));
    row("ours, everything else in it", &ours, &ours_plain);
    let bare = texts
        .each_ref()
        .map(|texts| fitting(texts, |text| text.chars().count() <= if is_accented(text) { 70 } else { 160 }));
    row("bare (UCS-2, GSM-7), nothing else in it", &bare[0], &bare[1]);
    let head = messages("")[0].len();
    // What is left to the text once our fields, sums and characters are taken: 160 characters less these.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let left = ((160 - head) as f64 * BITS_IN_CHARACTER / 8.0) as usize;
    let [accented, unaccented] = texts.each_ref().map(|texts| peers(texts));
    for (limit, what) in [(left, "in our message"), (SMS_BYTES, "alone, 140 bytes")] {
        for ((name, accented), (_, unaccented)) in accented.iter().zip(&unaccented) {
            let longest = |(texts, bytes): (&Vec<String>, &Vec<usize>)| {
                let at = bytes.iter().rposition(|bytes| *bytes <= limit);
                at.map_or(0, |at| texts[at].chars().count())
            };
            let fitting = |texts: &[Vec<String>], bytes: &[Vec<usize>]| {
                texts.iter().zip(bytes).map(longest).collect::<Vec<usize>>()
            };
            row(&format!("{name}, {what}"), &fitting(&texts[0], accented), &fitting(&texts[1], unaccented));
        }
    }
    if let Some(news) = news() {
        let plain: Vec<String> = news.iter().map(|text| plain(text)).collect();
        let found =
            [news, plain].map(|lines| fitting(&self::texts(&lines), |text| messages(text).len() == 1));
        row("ours, news of ../shared/seeds in it", &found[0], &found[1]);
    }
    println!("{left} bytes are left to the text in our message, which is {head} characters without any.");
    assert!(ours.iter().all(|chars| *chars >= CHARS_MIN), "{ours:?}");
    assert!(ours_plain.iter().all(|chars| *chars >= CHARS_MIN), "{ours_plain:?}");
}

/// What a report of a thousand characters costs; printed, since a machine's speed is no law.
#[test]
#[allow(clippy::disallowed_methods, reason = "a person reads how long it took; nothing is decided by it")]
fn a_thousand_characters_there_and_back() {
    let Some(reports) = reports() else { return };
    let text: String = reports.join(" ").chars().take(1_000).collect();
    messages("");
    let begun = Instant::now();
    let sent = messages(&text);
    let written = begun.elapsed();
    let read = decode(&sent).unwrap();
    println!(
        "1,000 characters in {} messages: written in {written:?}, written and read in {:?}",
        sent.len(),
        begun.elapsed()
    );
    assert_eq!(read.digest.text, text);
    let english = "The street light at the corner near the old bridge has been broken for two weeks and nobody came to \
                   repair it, please send someone before the weekend because many tourists walk there at night.";
    println!("English: {} characters in {} septets", english.len(), messages(english).concat().len());
}

/// The program writes messages that it reads back exactly, in any order, and refuses by code what it cannot read.
#[test]
fn the_program_writes_and_reads_them() {
    let text = "Cầu gãy ở thôn 4, xe không qua được. ".repeat(12);
    let encode =
        ["phone", "sms", "encode", "--text", &text, "--category", "traffic", "--at", "16.2775,107.2297"];
    let key = "5a".repeat(32);
    let written = program::said(encode.into_iter().chain(["--time", "1793600123456", "--check-key", &key]));
    let messages: Vec<&str> =
        written[0]["messages"].as_array().unwrap().iter().map(|m| m.as_str().unwrap()).collect();
    assert!(messages.len() > 1 && messages.iter().all(|message| message.len() <= 160));
    let backwards = || ["phone", "sms", "decode"].into_iter().chain(messages.iter().rev().copied());
    let read = program::said(backwards().chain(["--check-key", &key]));
    assert_eq!((&read[0]["text"], &read[0]["category"]), (&text.as_str().into(), &"traffic".into()));
    assert_eq!((&read[0]["tag"], &read[0]["check"]), (&written[0]["tag"], &"good".into()));
    assert_eq!(read[0]["at"], 1_793_600_100_000_i64);
    assert!((read[0]["place"]["lat"].as_f64().unwrap() - 16.2775).abs() < 1e-4);

    let refused = |words: &[&str]| {
        let output = program::run(words.iter().copied());
        assert!(!output.status.success());
        program::objects(&output.stderr)[0]["code"].as_str().unwrap().to_owned()
    };
    let decode = |message: &str| refused(&["phone", "sms", "decode", message]);
    assert_eq!(decode(messages[0]), "sms.incomplete");
    assert_eq!(decode(&messages[0].replacen('/', "*", 1)), "sms.damaged");
    assert_eq!(decode(&messages[0].replacen('/', "!", 1)), "sms.newer");
    assert_eq!(decode("Duong hong roi"), "sms.foreign");
    let long = "a".repeat(4_001);
    assert_eq!(refused(&["phone", "sms", "encode", "--text", &long, "--category", "other"]), "text.too-long");
    assert_eq!(refused(&["phone", "sms", "encode", "--category", "weather"]), "category.unknown");
    assert_eq!(refused(&["phone", "sms", "encode", "--category", "other", "--at", "0,0"]), "place.unknown");
}
