//! Goal: with `docs/wire.md` and a COSE library alone, others verify a receipt and sign a command. Method: programs in Go
//! (go-cose) and Python (pycose), which read every number from the page, hand in a report at a real IOC, in each of the
//! ways that one signature can be written; what they got is verified here. `core/model/tests/wire_page.rs` holds the page
//! to the code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::PathBuf;
use std::process::Command;

use paht_model::ids::Sha256;
use paht_model::receipt::Receipt;
use paht_model::tenant::TenantCard;
use paht_tests::ioc::Ioc;
use paht_tests::needs;
use serde_json::Value;

/// Runs a stranger's program against an IOC of its own, and holds it to what it says.
fn hands_in(name: &str, mut program: Command) {
    let folder = tempfile::tempdir().unwrap();
    let ioc = Ioc::start(&folder.path().join("ioc"));
    let output = program.arg(needs::root().join("docs/wire.md")).arg(&ioc.url).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["example"], Sha256::of(b"photo").to_string(), "{name} read the page's example");
    let card = TenantCard::open(&card(&ioc), &[]).unwrap();
    let receipt = Receipt::verify(&bytes(&told["receipt"]), &card.trusted_keys()).unwrap();
    assert_eq!(told["name"], receipt.hash.to_string(), "{name}");
    assert_eq!(told["case"], receipt.case.unwrap().as_str(), "{name}");
    let token = ioc.token(&["--role", "operator"]);
    let cases = asked(&ioc, "/v1/desk/cases", Some(&token));
    let cases: Value = serde_json::from_slice(&cases).unwrap();
    let listed = cases["cases"].as_array().expect("the desk's list");
    assert_eq!(listed.len(), 1, "{name}: one case, however often and in whichever way it came: {cases}");
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn card(ioc: &Ioc) -> Vec<u8> {
    asked(ioc, "/v1/card", None)
}

fn asked(ioc: &Ioc, path: &str, token: Option<&str>) -> Vec<u8> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let mut request = client.get(format!("{}{path}", ioc.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.unwrap().to_vec()
    })
}

#[test]
fn a_stranger_with_go_verifies_a_receipt_and_signs_a_command() {
    if needs::file(needs::target().join("installed-go.sum"), "Go with its modules").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join(format!("stranger{}", std::env::consts::EXE_SUFFIX));
    let mut go = Command::new("go");
    go.arg("-C").arg(needs::root().join("tests/go"));
    go.args(["build", "-buildvcs=false", "-mod=readonly", "-o"]).arg(&program).arg("./stranger");
    let built = go.env("GOTOOLCHAIN", "local").env("GOPROXY", "off").output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    hands_in("go-cose", Command::new(program));
}

#[test]
fn a_stranger_with_python_verifies_a_receipt_and_signs_a_command() {
    let python = if cfg!(windows) { "venv/Scripts/python.exe" } else { "venv/bin/python3" };
    let Some(python) = needs::file(needs::target().join(python), "pycose") else { return };
    let mut program = Command::new(python);
    program.arg("-B").arg(script());
    hands_in("pycose", program);
}

fn script() -> PathBuf {
    needs::root().join("tests/python/stranger.py")
}
