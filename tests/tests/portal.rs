//! Goal: the public pages read well on a phone and on a desk, in both languages, by day and by night, with scripts and
//! without, and ask nobody else for anything. Method: a real IOC with an answered case, looked at by Chromium; the
//! pictures are left in `target/screens` to be looked at by people.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use paht_model::place::Point;
use paht_phone::picture::{SamplePhoto, Scene, sample_photo};
use paht_tests::ioc::Ioc;
use paht_tests::{needs, program};
use serde_json::Value;

const SAID: &str = "Sạt lở lấp hết mặt đường quốc lộ 49, xe không qua được.";
const ANSWER: &str = "Đã dọn hết đất đá, thông xe cả hai chiều.";

/// One look at one page.
struct Look {
    page: &'static str,
    width: &'static str,
    language: &'static str,
    dark: bool,
    scripts: bool,
}

fn looks() -> Vec<Look> {
    let mut looks = Vec::new();
    for page in ["list", "case"] {
        for width in ["360", "1280"] {
            for (language, dark) in [("vi", false), ("vi", true), ("en", false), ("en", true)] {
                looks.push(Look { page, width, language, dark, scripts: true });
            }
            looks.push(Look { page, width, language: "vi", dark: false, scripts: false });
        }
    }
    looks
}

#[test]
fn the_public_pages_are_looked_at() {
    let installed = needs::root().join("tests/node/node_modules/playwright-core");
    let browser =
        std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if needs::file(installed, "playwright-core").is_none() || needs::file(browser, "Chromium").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let ioc = Ioc::start(&folder.path().join("ioc"));
    let code = answered_case(folder.path(), &ioc);
    let screens = needs::target().join("screens");
    std::fs::create_dir_all(&screens).unwrap();
    for look in looks() {
        let path = if look.page == "list" { "/".to_owned() } else { format!("/c/{code}") };
        let told = shoot(&format!("{}{path}", ioc.url), &look, &screens);
        assert_eq!(told["status"], 200, "{told}");
        assert_eq!(told["foreign"], Value::Array(vec![]), "{told}");
        assert_eq!(told["errors"], Value::Array(vec![]), "{told}");
        let title = told["title"].as_str().unwrap();
        let expected =
            if look.page == "case" { code.as_str() } else { word(look.language, "Phản ánh", "reports") };
        assert!(title.contains(expected), "{title}");
    }
    words_are_there(&ioc, &code);
}

/// What a reader without eyes or scripts gets.
fn words_are_there(ioc: &Ioc, code: &str) {
    for (language, stage, agency) in
        [("vi", "Đã trả lời", "Sở Xây dựng"), ("en", "Answered", "Department of Construction")]
    {
        let list = page(&format!("{}/?lang={language}", ioc.url));
        assert!(list.contains(code) && list.contains(stage), "{list}");
        let case = page(&format!("{}/c/{code}?lang={language}", ioc.url));
        for expected in [code, stage, agency, SAID, ANSWER, "/m/"] {
            assert!(case.contains(expected), "no “{expected}” in {case}");
        }
    }
}

fn word<'w>(language: &str, vi: &'w str, en: &'w str) -> &'w str {
    if language == "vi" { vi } else { en }
}

fn shoot(url: &str, look: &Look, screens: &Path) -> Value {
    let shade = if look.dark { "dark" } else { "light" };
    let scripts = if look.scripts { "" } else { "-no-scripts" };
    let name = format!("{}-{}-{}-{shade}{scripts}.png", look.page, look.width, look.language);
    let file = screens.join(name);
    let mut node = Command::new("node");
    node.arg(needs::root().join("tests/node/shot.mjs")).arg(url).arg(&file);
    node.args(["--width", look.width, "--lang", look.language, "--full"]);
    if look.dark {
        node.arg("--dark");
    }
    if !look.scripts {
        node.arg("--no-js");
    }
    let output = node.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::metadata(&file).unwrap().len() > 5_000, "{} shows next to nothing", file.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A landslide, reported with two photos and answered with one.
fn answered_case(folder: &Path, ioc: &Ioc) -> String {
    let before = [paint(folder, "a.jpg", Scene::Landslide, 7), paint(folder, "b.jpg", Scene::Landslide, 8)];
    let after = paint(folder, "c.jpg", Scene::Repaired, 7);
    let home = folder.join("phone");
    let home = home.to_str().unwrap();
    let phone = ["phone", "--home", home, "--ioc", &ioc.url];
    let report = ["report", "--category", "traffic", "--text", SAID, "--media", &before[0], &before[1]];
    let id = program::said(phone.into_iter().chain(report))[0]["report"].as_str().unwrap().to_owned();
    program::said(phone.into_iter().chain(["sync", "--until-done"]));
    let shown = program::said(phone.into_iter().chain(["show", id.as_str()])).remove(0);
    let code = shown["report"]["case"].as_str().unwrap().to_owned();
    let token = ioc.token(&["--role", "agency", "--agency", "so-xay-dung"]);
    let desk = ["operator", "--ioc", &ioc.url, "--token", &token];
    program::said(desk.into_iter().chain(["start", code.as_str()]));
    program::said(desk.into_iter().chain(["answer", &code, "--text", ANSWER, "--media", &after]));
    code
}

fn paint(folder: &Path, name: &str, scene: Scene, seed: u64) -> String {
    let point = Point::from_degrees(16.2775, 107.2297).unwrap();
    let (taken_local, offset_min) = ("2026-11-22T06:40:00", 420);
    let photo = SamplePhoto { scene, point, taken_local, offset_min, width: 1_200, height: 900, seed };
    let file = folder.join(name);
    std::fs::write(&file, sample_photo(&photo).unwrap()).unwrap();
    file.to_str().unwrap().to_owned()
}

fn page(url: &str) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        client.get(url).send().await.unwrap().text().await.unwrap()
    })
}
