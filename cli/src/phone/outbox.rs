//! `paht phone outbox`.

use paht_engine::outbox::OutboxEntry;
use paht_model::words::say_fault;
use paht_phone::Phone;
use serde_json::json;

use super::wording;
use crate::out::{Out, either};
use crate::wording::Wording;

/// One object an entry, then one for the queue as a whole.
pub(super) fn run(phone: &Phone, out: Out) -> anyhow::Result<()> {
    let (entries, standing) = (phone.outbox()?, phone.standing()?);
    for entry in &entries {
        out.object(entry);
    }
    out.object(&json!({ "standing": standing }));
    let language = out.language();
    if !entries.is_empty() {
        let wording = wording(phone, out)?;
        let head = [
            either(language, "phần", "part"),
            either(language, "tin", "report"),
            "hash",
            either(language, "byte", "bytes"),
            either(language, "tình trạng", "state"),
            either(language, "lần thử", "tries"),
        ];
        out.table(&head, &entries.iter().map(|entry| row(&wording, entry)).collect::<Vec<_>>());
    }
    if standing.all_sent {
        out.either("✓ Đã gửi hết.", "✓ All sent.");
        return Ok(());
    }
    let (waiting, bytes, parked) = (standing.waiting, standing.waiting_bytes, standing.parked);
    out.either(
        &format!("Còn chờ {waiting} phần, {bytes} byte; cần bạn: {parked}"),
        &format!("{waiting} parts wait, {bytes} bytes; {parked} need you"),
    );
    if let Some(code) = standing.fault {
        out.line(&say_fault(language, code));
    }
    Ok(())
}

fn row(wording: &Wording, entry: &OutboxEntry) -> Vec<String> {
    vec![
        wording.kind(entry.kind).to_owned(),
        entry.part.report.to_string(),
        entry.part.hash.short(),
        entry.bytes.to_string(),
        wording.delivery(&entry.delivery, entry.bytes),
        entry.attempts.to_string(),
    ]
}
