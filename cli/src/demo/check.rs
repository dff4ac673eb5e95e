//! Afterwards nobody is believed: the IOC's folder is compared with the phones' own lists, hash by hash, and the public
//! page is read like anybody would.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use paht_model::ids::Sha256Stream;
use paht_phone::facts::inspect;
use serde_json::Value;

use super::cast::{Cast, Who, text};
use super::handset::Handset;
use super::story::Story;

/// Counts what is not as it should be, and says what.
pub(crate) async fn check(story: &Story, cast: &Cast) -> anyhow::Result<usize> {
    story.step("Checked, hash by hash");
    let mut wrong = 0;
    let mut judge = |is_right: bool, said: &str| {
        if is_right {
            story.done(said);
        } else {
            wrong += 1;
            story.wrong(&format!("NOT: {said}"));
        }
    };
    for (name, phone) in [("A Lưới", &cast.a_luoi), ("Nam Đông", &cast.nam_dong)] {
        let (there, here) = (at_ioc(cast, phone).await?, on_phone(phone).await?);
        let said =
            format!("{name}: everything of the phone's is at the IOC, byte for byte ({} media)", here.len());
        judge(there == here, &said);
        let standing = phone.ask(&["outbox"]).await?;
        judge(
            standing.pointer("/standing/all_sent") == Some(&Value::Bool(true)),
            &format!("{name}: all sent"),
        );
    }
    let public = Public::new(&cast.ioc.url)?;
    let page = public.text(&format!("/c/{}", cast.case)).await?;
    judge(page.contains(&cast.case) && page.contains("quốc lộ 49"), "the public page tells the case");
    for hash in &originals(&cast.a_luoi).await? {
        let open = public.bytes(&format!("/m/{}/{hash}", cast.case)).await.is_ok();
        judge(!open, "the original, which says where and by what it was taken, is not public");
    }
    let (pictures, bare) = public.pictures(&cast.case).await?;
    judge(
        pictures >= 2 && bare,
        &format!("{pictures} public pictures, none says where, when or by what it was taken"),
    );
    Ok(wrong)
}

/// Hashes of what the phone made and delivered, commands apart: those are in the digest that "all sent" compares.
async fn on_phone(phone: &Handset) -> anyhow::Result<BTreeSet<String>> {
    let shown = phone.show().await?;
    let entries = shown.pointer("/entries").and_then(Value::as_array).context("entries")?;
    let media = entries.iter().filter(|entry| entry.get("kind") != Some(&Value::from("statement")));
    media.map(|entry| Ok(text(entry, "/part/hash")?.to_owned())).collect()
}

/// Hashes of the originals.
async fn originals(phone: &Handset) -> anyhow::Result<Vec<String>> {
    let shown = phone.show().await?;
    let captures = shown.pointer("/report/captures").and_then(Value::as_array).context("captures")?;
    captures.iter().map(|capture| Ok(text(capture, "/declared/hash")?.to_owned())).collect()
}

/// Hashes, computed anew, of what lies in the IOC's folder of the report, evidence apart.
async fn at_ioc(cast: &Cast, phone: &Handset) -> anyhow::Result<BTreeSet<String>> {
    let shown = phone.show().await?;
    let record = cast.ioc.desk(Who::Operator, &["show", text(&shown, "/report/case")?]).await?;
    let parts = record.pointer("/parts").and_then(Value::as_array).context("parts")?;
    let evidence: BTreeSet<&str> = parts
        .iter()
        .filter(|part| part.get("evidence") == Some(&Value::Bool(true)))
        .filter_map(|part| part.get("hash")?.as_str())
        .collect();
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(cast.ioc.data.join("media/parts").join(&phone.report))? {
        let hash = hash_of(&file?.path())?;
        if !evidence.contains(hash.as_str()) {
            found.insert(hash);
        }
    }
    Ok(found)
}

fn hash_of(file: &Path) -> anyhow::Result<String> {
    let mut hash = Sha256Stream::default();
    hash.update(&std::fs::read(file)?);
    Ok(hash.finish().to_string())
}

/// Anybody's view.
struct Public {
    client: reqwest::Client,
    base: String,
}

impl Public {
    fn new(base: &str) -> anyhow::Result<Self> {
        // Plain HTTP on this machine: no certificates are needed, and none of the system's are looked for.
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?;
        Ok(Self { client, base: base.to_owned() })
    }

    async fn bytes(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await?.error_for_status()?;
        Ok(answer.bytes().await?.to_vec())
    }

    async fn text(&self, path: &str) -> anyhow::Result<String> {
        Ok(String::from_utf8(self.bytes(path).await?)?)
    }

    /// How many pictures there are, and whether none carries facts about its taking.
    async fn pictures(&self, case: &str) -> anyhow::Result<(usize, bool)> {
        let view: Value = serde_json::from_slice(&self.bytes(&format!("/v1/cases/{case}")).await?)?;
        let pictures = view.pointer("/pictures").and_then(Value::as_array).context("pictures")?;
        let folder = tempfile::tempdir()?;
        let (mut count, mut bare) = (0, true);
        for address in pictures.iter().filter_map(|picture| picture.get("address")?.as_str()) {
            let bytes = self.bytes(address).await?;
            let file = folder.path().join("picture");
            std::fs::write(&file, &bytes)?;
            let facts = inspect(&file)?;
            let silent = facts.position.is_none() && facts.taken_at.is_none() && facts.camera.make.is_none();
            let marked = bytes.windows(6).any(|six| six == b"Exif\0\0");
            bare = bare && silent && !marked;
            count += 1;
        }
        Ok((count, bare))
    }
}
