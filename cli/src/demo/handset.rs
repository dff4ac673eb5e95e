//! One phone: a folder, a link, and the program that is started for every single thing the person does.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::cast::text;
use super::link::{Link, Profile};
use super::process::{Program, Speaking, words};

/// A phone.
pub(crate) struct Handset {
    program: Program,
    home: PathBuf,
    pub(crate) link: Link,
    /// Its one report of this morning.
    pub(crate) report: String,
}

impl Handset {
    pub(crate) fn new(
        program: &Program,
        home: &Path,
        ioc: SocketAddr,
        profile: Profile,
    ) -> anyhow::Result<Self> {
        let link = Link::lay(ioc, profile)?;
        Ok(Self { program: program.clone(), home: home.to_owned(), link, report: String::new() })
    }

    /// Reports; the phone returns at once, whatever the link.
    pub(crate) async fn make_report(
        &mut self,
        media: &[PathBuf],
        said: &str,
        category: &str,
        (lat, lon): (f64, f64),
    ) -> anyhow::Result<()> {
        let at = format!("{lat},{lon}");
        let mut args =
            self.words(&["report", "--text", said, "--category", category, "--at", &at, "--media"]);
        args.extend(media.iter().map(OsString::from));
        text(&self.program.ask(&args).await?, "/report")?.clone_into(&mut self.report);
        Ok(())
    }

    /// One thing the person does or looks at; the last object it gives.
    pub(crate) async fn ask(&self, verb: &[&str]) -> anyhow::Result<Value> {
        self.program.ask(&self.words(verb)).await
    }

    /// The report with everything the phone knows of it.
    pub(crate) async fn show(&self) -> anyhow::Result<Value> {
        self.ask(&["show", &self.report]).await
    }

    /// Sends until everything is sent, and says how it goes.
    pub(crate) fn start_sync(&self) -> anyhow::Result<Speaking> {
        self.program.start(&self.words(&["sync", "--until-done", "--with-parent"]))
    }

    fn words(&self, verb: &[&str]) -> Vec<OsString> {
        let mut args = words(["phone", "--lang", "vi", "--ioc", &self.link.url(), "--home"]);
        args.push(self.home.clone().into());
        args.extend(verb.iter().map(OsString::from));
        args
    }
}
