//! Goal: any tus client can hand in media. Method: stock clients upload to a real IOC and are interrupted; one goes on where
//! it was, one creates its upload anew and sends it from the beginning, as they come; what the IOC then holds is compared
//! byte for byte.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;
use std::process::Command;

use paht_model::capture::{Declared, MediaKind, MediaType};
use paht_model::command::{Body, Command as Said, SignedCommand};
use paht_model::ids::{CategoryCode, CommandId, ReportId, Sha256, TenantId};
use paht_model::statement::Statement;
use paht_model::time::{Bracket, ClockReading, UnixMs};
use paht_model::wire::envelope::SoftwareKey;
use paht_model::wire::sync::{Outcome, SetDigest, SyncReply, SyncRequest};
use paht_model::wire::{Blob, from_bytes};
use paht_tests::ioc::Ioc;
use paht_tests::needs;
use serde_json::Value;

/// Long enough to be cut after a mebibyte and have more than that left.
const FILE_BYTES: u32 = 5_000_000;
const STOP_AFTER: &str = "1048576";
const NOW: UnixMs = UnixMs::from_millis(1_795_304_400_000);

/// What a client is told on its command line, after its own name.
fn upload_and_resume(name: &str, client: impl Fn() -> Command) {
    let folder = tempfile::tempdir().unwrap();
    let ioc = Ioc::start(&folder.path().join("ioc"));
    for (seed, anew) in [(1, false), (2, true)] {
        let bytes: Vec<u8> = (0..FILE_BYTES)
            .flat_map(|at| at.wrapping_mul(2_654_435_761).wrapping_add(seed).to_le_bytes())
            .take(FILE_BYTES as usize)
            .collect();
        let file = folder.path().join("original.jpg");
        std::fs::write(&file, &bytes).unwrap();
        let (report, hash) = state(&ioc, &bytes, seed);
        let run = |more: &[&str]| -> Value {
            let mut command = client();
            command.arg(format!("{}/v1/files", ioc.url)).arg(&file);
            command.args(["--report", &report, "--hash", &hash]).args(more);
            for proxy in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
            {
                command.env_remove(proxy);
            }
            let output = command.output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name} {more:?}: {errors}");
            serde_json::from_slice(&output.stdout).unwrap()
        };
        let is_done = |told: &Value| {
            let whole = (&Value::Bool(true), Some(u64::from(FILE_BYTES)));
            assert_eq!((&told["done"], told["offset"].as_u64()), whole, "{name}");
            assert_eq!(std::fs::read(ioc.part(&report, &hash)).unwrap(), bytes, "{name}");
        };
        let cut = run(&["--stop-after", STOP_AFTER]);
        assert_eq!(cut["done"], false, "{name}: {cut}");
        let held = cut["offset"].as_u64().unwrap();
        assert!((1..u64::from(FILE_BYTES)).contains(&held), "{name} was cut at {held}");
        assert!(!ioc.part(&report, &hash).exists());
        if anew {
            is_done(&run(&[]));
            // Who lost the last answer does it all again.
            is_done(&run(&[]));
        } else {
            is_done(&run(&["--url", cut["url"].as_str().unwrap()]));
        }
    }
}

/// States a report that declares these bytes as its original, as a phone would.
fn state(ioc: &Ioc, bytes: &[u8], seed: u32) -> (String, String) {
    let key = SoftwareKey::from_secret(&[7; 32]).unwrap();
    let random = [u8::try_from(seed).unwrap(); 10];
    let (report, hash) = (ReportId::new(NOW, random), Sha256::of(bytes));
    let original = Declared {
        hash,
        kind: MediaKind::Photo,
        media_type: MediaType::Jpeg,
        bytes: bytes.len() as u64,
        width: Some(4_000),
        height: Some(3_000),
        duration_ms: None,
        taken: None,
        bracket: Bracket::default(),
    };
    let statement = Statement {
        category: CategoryCode::parse("traffic").unwrap(),
        text: "Ổ gà lớn giữa đường".to_owned(),
        place: None,
        captures: vec![original],
        clock: ClockReading { wall: NOW, offset_min: 420, ticks_ms: 1, boot: 1 },
        heard: None,
        claim: Sha256::of(b"claim"),
        sender: None,
        language: "vi".to_owned(),
        review: None,
    };
    let tenant = TenantId::parse("hue").unwrap();
    let id = CommandId::new(NOW, random);
    let said =
        Said { tenant: tenant.clone(), id, report, revision: 1, body: Body::Report(statement), claim: None };
    let Ok(signed) = SignedCommand::sign(&key, said);
    let request = SyncRequest {
        tenant,
        cursor: None,
        commands: vec![Blob(signed.bytes)],
        offers: Vec::new(),
        held: SetDigest::default(),
        card_version: 0,
        itemise: Vec::new(),
        bulletin_version: None,
        claims: None,
    };
    let Ok(sealed) = request.seal(&key);
    let reply: SyncReply = from_bytes(&post(ioc, sealed), "reply").unwrap();
    assert!(matches!(reply.outcomes[..], [Outcome::Stored { .. }]), "{:?}", reply.outcomes);
    (report.to_string(), hash.to_string())
}

fn post(ioc: &Ioc, body: Vec<u8>) -> Vec<u8> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let request = client.post(format!("{}/v1/sync", ioc.url)).header("content-type", "application/cbor");
        let answer = request.body(body).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.unwrap().to_vec()
    })
}

#[test]
fn tus_js_client_uploads_and_resumes() {
    let installed = needs::root().join("tests/node/node_modules/tus-js-client");
    if needs::file(installed, "tus-js-client").is_none() {
        return;
    }
    upload_and_resume("tus-js-client", || script("node", &needs::root().join("tests/node/tus_upload.mjs")));
}

#[test]
fn tuspy_uploads_and_resumes() {
    let python = if cfg!(windows) { "venv/Scripts/python.exe" } else { "venv/bin/python3" };
    let Some(python) = needs::file(needs::target().join(python), "tuspy") else { return };
    let python = python.to_str().unwrap().to_owned();
    upload_and_resume("tuspy", || script(&python, &needs::root().join("tests/python/tus_upload.py")));
}

#[test]
fn tus_java_client_uploads_and_resumes() {
    let Some(installed) = needs::file(needs::target().join("java/installed-pom.xml"), "tus-java-client")
    else {
        return;
    };
    let classes = tempfile::tempdir().unwrap();
    let jars = installed.with_file_name("*");
    let mut compile = Command::new("javac");
    compile
        .arg("-cp")
        .arg(&jars)
        .arg("-d")
        .arg(classes.path())
        .arg(needs::root().join("tests/java/Upload.java"));
    let compiled = compile.output().unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let path = std::env::join_paths([classes.path(), &jars]).unwrap();
    upload_and_resume("tus-java-client", || {
        let mut java = Command::new("java");
        java.arg("-cp").arg(&path).arg("Upload");
        java
    });
}

fn script(program: &str, script: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(script);
    command
}
