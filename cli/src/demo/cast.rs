//! Who plays: the IOC with its operator and an agency, and two phones, each behind a link of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;
use tokio::task::JoinHandle;

use super::handset::Handset;
use super::link::Profile;
use super::media::Files;
use super::process::{Program, Speaking, words};
use super::story::Story;

/// How many times as fast as EDGE the demo's links are: a morning in a minute.
pub(crate) const HURRY: u32 = 20;
/// The agency that handles the landslide.
pub(crate) const AGENCY: &str = "so-xay-dung";

/// Everybody.
pub(crate) struct Cast {
    pub(crate) ioc: Ioc,
    pub(crate) a_luoi: Handset,
    pub(crate) nam_dong: Handset,
    pub(crate) files: Files,
    pub(crate) dice: fastrand::Rng,
    /// The landslide's case, once there is one.
    pub(crate) case: String,
}

/// The IOC: a process, its folder, and the tokens of those who work with it.
pub(crate) struct Ioc {
    program: Program,
    process: Speaking,
    pub(crate) data: PathBuf,
    pub(crate) url: String,
    operator: String,
    agency: String,
    gateway: String,
}

/// Who acts at the desk.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    Operator,
    Agency,
}

impl Cast {
    /// Starts everybody, while the files are still being made.
    pub(crate) async fn gather(
        story: &Story,
        folder: &Path,
        files: JoinHandle<anyhow::Result<Files>>,
        seed: u64,
    ) -> anyhow::Result<Self> {
        let program = Program::this(&folder.join("demo.log"))?;
        let ioc = Ioc::start(&program, folder).await?;
        story.done(&format!("IOC of Huế at {}", ioc.url));
        let target = ioc.url.trim_start_matches("http://").parse().context("the IOC's address")?;
        let profile = Profile::edge_times(HURRY);
        let a_luoi = Handset::new(&program, &folder.join("phone-a-luoi"), target, profile)?;
        let nam_dong = Handset::new(&program, &folder.join("phone-nam-dong"), target, profile)?;
        story.done("two phones, neither with signal");
        story.tell(&format!(
            "the links are EDGE × {HURRY} ({} kB/s up, {} ms one way): 1 s here is {HURRY} s in the hills",
            profile.up_bytes_s / 1_000,
            profile.delay.as_millis(),
        ));
        story.tell("a video and the after-photos are being painted…");
        let files = files.await??;
        let dice = fastrand::Rng::with_seed(seed);
        Ok(Self { ioc, a_luoi, nam_dong, files, dice, case: String::new() })
    }

    /// The public page of the landslide.
    pub(crate) fn page(&self) -> String {
        format!("{}/c/{}", self.ioc.url, self.case)
    }

    /// Everybody goes home.
    pub(crate) async fn end(self) -> anyhow::Result<()> {
        self.ioc.process.end().await
    }
}

impl Ioc {
    async fn start(program: &Program, folder: &Path) -> anyhow::Result<Self> {
        let data = folder.join("ioc");
        let mut serve = words(["ioc", "serve", "--listen", "127.0.0.1:0", "--with-parent", "--data"]);
        serve.push(data.clone().into());
        let mut process = program.start(&serve)?;
        let hello = process.next().await?.context("the IOC ended; see demo.log")?;
        let url = text(&hello, "/listening")?.to_owned();
        let operator = token(program, &data, &["--role", "operator"]).await?;
        let agency = token(program, &data, &["--role", "agency", "--agency", AGENCY]).await?;
        let gateway = token(program, &data, &["--role", "gateway"]).await?;
        Ok(Self { program: program.clone(), process, data, url, operator, agency, gateway })
    }

    /// Hands over a text message as an SMS gateway does; what it is to send back.
    pub(crate) async fn text(&self, number: &str, message: &str) -> anyhow::Result<Option<String>> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let body = serde_json::json!({ "from": number, "text": message }).to_string();
        let request = client.post(format!("{}/v1/messages", self.url)).bearer_auth(&self.gateway);
        let answer = request.header("content-type", "application/json").body(body).send().await?;
        let answer = answer.error_for_status()?;
        let is_reply = answer.status() == reqwest::StatusCode::OK;
        Ok(if is_reply { Some(answer.text().await?) } else { None })
    }

    /// What somebody at the desk does, and what came of it.
    pub(crate) async fn desk(&self, who: Who, verb: &[&str]) -> anyhow::Result<Value> {
        let token = match who {
            Who::Operator => &self.operator,
            Who::Agency => &self.agency,
        };
        let mut args = words(["operator", "--ioc", &self.url, "--token", token]);
        args.extend(verb.iter().map(OsString::from));
        self.program.ask(&args).await
    }
}

async fn token(program: &Program, data: &Path, role: &[&str]) -> anyhow::Result<String> {
    let mut args = words(["ioc", "token", "--data"]);
    args.push(data.into());
    args.extend(role.iter().map(OsString::from));
    Ok(text(&program.ask(&args).await?, "/token")?.to_owned())
}

/// The text at a place of an object.
pub(crate) fn text<'v>(object: &'v Value, place: &str) -> anyhow::Result<&'v str> {
    object.pointer(place).and_then(Value::as_str).with_context(|| format!("no text at {place}"))
}

/// The number at a place of an object.
pub(crate) fn number(object: &Value, place: &str) -> anyhow::Result<i64> {
    object.pointer(place).and_then(Value::as_i64).with_context(|| format!("no number at {place}"))
}
