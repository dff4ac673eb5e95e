//! `paht phone show`.

use paht_phone::{Phone, Shown};

use super::find::find;
use super::wording;
use crate::out::{Out, either};
use crate::shown::people;
use crate::wording::Wording;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
}

pub(super) fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let shown = phone.show(&find(phone, &args.id)?)?;
    if out.json() {
        out.object(&shown);
        return Ok(());
    }
    let wording = wording(phone, out)?;
    about(&wording, &shown, out);
    parts(&wording, &shown, out);
    timeline(&wording, &shown, out);
    Ok(())
}

fn about(wording: &Wording, shown: &Shown, out: Out) {
    let report = &shown.report;
    let language = out.language();
    let code = report.case.as_ref().map(ToString::to_string).unwrap_or_default();
    out.line(&format!("{}  {}", report.id, console::style(code).bold()));
    let stage = shown.stage.map(|stage| format!(" · {}", wording.stage(stage))).unwrap_or_default();
    out.line(&format!("{} · {}{stage}", wording.category(&report.category), wording.way(&shown.way)));
    if let Some(place) = &report.place {
        out.line(&format!("{:.5}, {:.5}", place.point.lat(), place.point.lon()));
    }
    out.line(&people(&report.text));
    for share in shown.case.iter().flat_map(|case| &case.assignments) {
        let due = either(language, "hạn", "due");
        out.line(&format!("→ {}, {due} {}", wording.agency(&share.agency), wording.time(share.due)));
        if share.first_due != share.due {
            let first = either(language, "hạn đầu", "first deadline");
            out.line(&format!("  {first} {}", wording.time(share.first_due)));
        }
    }
}

fn parts(wording: &Wording, shown: &Shown, out: Out) {
    let language = out.language();
    let head = [
        either(language, "phần", "part"),
        "hash",
        either(language, "byte", "bytes"),
        either(language, "tình trạng", "state"),
    ];
    let row = |entry: &paht_engine::outbox::OutboxEntry| {
        vec![
            wording.kind(entry.kind).to_owned(),
            entry.part.hash.short(),
            entry.bytes.to_string(),
            wording.delivery(&entry.delivery, entry.bytes),
        ]
    };
    out.line("");
    out.table(&head, &shown.entries.iter().map(row).collect::<Vec<_>>());
}

fn timeline(wording: &Wording, shown: &Shown, out: Out) {
    let agency_of = |number: u16| {
        let share = shown.case.as_ref().and_then(|case| case.assignment(number));
        share.map(|share| share.agency.clone())
    };
    out.line("");
    for told in &shown.told {
        out.line(&format!("{}  {}", wording.time(told.entry.at), wording.entry(&told.entry, agency_of)));
    }
}
