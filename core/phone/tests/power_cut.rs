//! Goal: law 1 against a flat battery. Method: a phone makes reports while every write, flush, rename and removal of the
//! media adapter and of SQLite itself is recorded; then the power is cut after every single one of them, and each disk
//! that could be left (nothing, everything or some of what was not flushed, torn writes, lost names) is opened by a real
//! phone. Opening never fails, and every report whose `report` had returned is there with its photos byte for byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    unreachable_pub,
    dead_code
)]

mod recording;
mod stub;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use paht_model::ids::ReportId;
use paht_phone::{Options, Phone};
use recording::disk::RecordingDisk;
use recording::image::{Disk, Luck};
use recording::{Op, vfs};
use stub::{new_report, options, photo};

/// What was promised: a report and the bytes of its photo.
struct Promise {
    id: ReportId,
    bytes: Vec<u8>,
}

fn recorded(home: &Path, folder: &Path) -> (Vec<Op>, Vec<Promise>) {
    let with = || Options { disk: Arc::new(RecordingDisk), ..options() };
    let mut promises = Vec::new();
    recording::begin();
    for run in 0..2 {
        let (phone, _) = Phone::open(home, with()).unwrap();
        for n in 0..2 {
            let file = photo(folder, run * 2 + n + 20);
            let id = phone.report(new_report(vec![file.clone()])).unwrap();
            promises.push(Promise { id, bytes: fs::read(file).unwrap() });
            recording::note(Op::Promised(promises.len()));
        }
        // Closing writes the log back into the database and removes it: cuts fall there too.
        drop(phone);
    }
    (recording::end(), promises)
}

fn check(home: &Path, promised: &[Promise], all: &[Promise], what: &str) {
    let (phone, opened) = Phone::open(home, options()).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    assert!(opened.salvaged.is_none(), "{what}: a power cut must not damage the database: {opened:?}");
    for promise in promised {
        let shown = phone.show(&promise.id).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(shown.entries.len(), 2, "{what}");
        let path = phone.media_path(&shown.report.captures[0].declared.hash).unwrap();
        let path = path.unwrap_or_else(|| panic!("{what}: the photo is gone"));
        assert!(fs::read(path).unwrap() == promise.bytes, "{what}: the photo is not what it was");
    }
    // What was not promised is there whole or not at all.
    for listed in phone.list(None, 100).unwrap() {
        let promise = all.iter().find(|promise| promise.id == listed.report.id).unwrap();
        let path = phone.media_path(&listed.report.captures[0].declared.hash).unwrap().unwrap();
        assert!(fs::read(path).unwrap() == promise.bytes, "{what}: half a report");
    }
}

#[test]
fn no_power_cut_loses_what_was_promised() {
    vfs::install();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("phone");
    let (ops, promises) = recorded(&home, folder.path());
    let synced = ops.iter().filter(|op| matches!(op, Op::Sync(_))).count();
    let log = ops.iter().any(|op| matches!(op, Op::Write { path, .. } if path.ends_with("phone.db-wal")));
    assert!(synced > 0 && log && promises.len() == 4, "the recorder sees SQLite and the media");
    let mut disk = Disk::default();
    let mut kept_word = 0;
    for (cut, op) in ops.iter().enumerate() {
        disk.play(op);
        if let Op::Promised(count) = op {
            kept_word = *count;
        }
        let seed = u64::try_from(cut).unwrap();
        for luck in [Luck::Nothing, Luck::Everything, Luck::Some(seed), Luck::Some(seed + 1_000_003)] {
            let left = tempfile::tempdir().unwrap();
            disk.leave(luck, &home, left.path());
            check(
                left.path(),
                &promises[..kept_word],
                &promises,
                &format!("cut after {cut} ({op_name}), {luck:?}", op_name = name(op)),
            );
        }
    }
    println!("{} operations, {} disks", ops.len(), ops.len() * 4);
}

fn name(op: &Op) -> String {
    match op {
        Op::Write { path, at, bytes } => format!("write {} at {at} {} bytes", path.display(), bytes.len()),
        other => format!("{other:?}"),
    }
}
