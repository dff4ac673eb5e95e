//! `paht phone bundle | carry | carried | accept`: a neighbour's phone drives to where there is a network.

use std::path::PathBuf;

use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256};
use paht_phone::{BUNDLE_FILE_BYTES, Carried, Phone};
use serde_json::json;

use super::find::find;
use super::wording;
use crate::out::{Out, either};

#[derive(Debug, clap::Args)]
pub(crate) struct BundleArgs {
    /// The file to write; more of them are numbered beside it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Largest file, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = BUNDLE_FILE_BYTES)]
    file_bytes: u64,
    /// The reports: ids, their beginnings, or case codes. All that are still to be sent, if none is named.
    ids: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CarryArgs {
    /// Files that a neighbour made.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CarriedArgs {
    /// Forget the one whose hash begins like this.
    #[arg(long, value_name = "HASH")]
    drop: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AcceptArgs {
    /// Files of receipts that a neighbour brought back.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Seals reports for a neighbour's phone.
pub(super) async fn bundle(phone: &Phone, args: &BundleArgs, out: Out) -> anyhow::Result<()> {
    let ids = args.ids.iter().map(|id| find(phone, id)).collect::<anyhow::Result<Vec<ReportId>>>()?;
    let files = phone.bundle(&ids, &args.out, args.file_bytes).await?;
    for file in &files {
        let bytes = std::fs::metadata(file).map_or(0, |about| about.len());
        out.object(&json!({ "file": file, "bytes": bytes }));
        out.line(&file.display().to_string());
        out.remark(&format!("{bytes} byte"));
    }
    out.remark_either(
        "✓ Chỉ trung tâm mở được các tệp này. Hãy đưa chúng cho người sắp đến nơi có mạng.",
        "✓ Only the IOC can open these files. Give them to somebody who is going where there is a network.",
    );
    Ok(())
}

/// Takes a neighbour's files along.
pub(super) fn carry(phone: &Phone, args: &CarryArgs, out: Out) -> anyhow::Result<()> {
    for file in &args.files {
        let hash = phone.carry(file)?;
        out.gives(&json!({ "carried": hash }), &hash, |_| format!("✓ {}", file.display()));
    }
    out.remark_either("Sẽ gửi sau tin của máy này.", "Sent after this phone's own reports.");
    Ok(())
}

/// What is carried, and the receipts to give back.
pub(super) fn carried(phone: &Phone, args: &CarriedArgs, out: Out) -> anyhow::Result<()> {
    let all = phone.carried()?;
    if let Some(drop) = &args.drop {
        let found: Vec<Sha256> =
            all.iter().map(|one| one.hash).filter(|hash| hash.to_string().starts_with(drop)).collect();
        let [hash] = found.as_slice() else { return Err(Code::NotFound.into()) };
        phone.drop_carried(hash)?;
        out.object(&json!({ "dropped": hash }));
        out.remark_either("✓ Đã bỏ.", "✓ Dropped.");
        return Ok(());
    }
    for one in &all {
        out.object(one);
    }
    if all.is_empty() {
        out.remark_either("Không mang gì giúp ai.", "Nothing is carried for anybody.");
        return Ok(());
    }
    let language = out.language();
    let head = [
        "hash",
        either(language, "tệp", "file"),
        either(language, "byte", "bytes"),
        either(language, "tình trạng", "state"),
        either(language, "biên nhận để trả lại", "receipts to give back"),
    ];
    let wording = wording(phone, out)?;
    let row = |one: &Carried| {
        let receipts = one.receipts.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        let state = wording.delivery(&one.delivery, one.bytes);
        vec![one.hash.short(), one.name.clone(), one.bytes.to_string(), state, receipts]
    };
    out.table(&head, &all.iter().map(row).collect::<Vec<_>>());
    Ok(())
}

/// Takes in the receipts that came back.
pub(super) fn accept(phone: &Phone, args: &AcceptArgs, out: Out) -> anyhow::Result<()> {
    for file in &args.files {
        let done = phone.accept(file)?;
        out.object(&json!({ "delivered": done.delivered, "refused": done.refused }));
        let (delivered, refused) = (done.delivered, done.refused);
        out.remark_either(
            &format!("✓ Trung tâm đã nhận {delivered} phần; không nhận {refused}."),
            &format!("✓ The IOC has {delivered} parts; it refused {refused}."),
        );
    }
    Ok(())
}
