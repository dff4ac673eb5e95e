//! A copy of a running hub's folder, and a folder from a copy.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use std::fs;

use paht_hub::ports::Shelf as _;
use paht_model::command::Body;
use paht_model::ids::Epoch;
use paht_store::backup::{BackupFault, backup, restore};
use paht_store::folder::FolderShelf;
use paht_store::sqlite::{OpenFault, SqliteStore};
use world::{Phone, World, tenant_id};

#[test]
fn a_restored_hub_holds_what_the_backup_held_under_a_new_epoch() {
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, back] = ["data", "copy", "back"].map(|name| folder.path().join(name));
    let world = World::on_disk(&data);
    fs::create_dir_all(data.join("keys")).unwrap();
    fs::write(data.join("keys/hub.key"), [7; 32]).unwrap();
    fs::create_dir_all(data.join("tenant")).unwrap();
    fs::write(data.join("tenant/tenant.toml"), "id = \"hue\"").unwrap();
    let (early, late) = (Phone::new(1), Phone::new(2));
    early.reports(&world, "traffic", &["photo", "cut"]);
    world.upload(&early.report, b"photo").unwrap();
    world.shelf.append(&early.part(b"cut"), 0, b"cu").unwrap();
    let traces = world.traces(&early.report, &early.thumbprint());
    backup(&data, &copy).unwrap();
    let late_report = late.say(Body::Report(late.statement("traffic", "Sau", &[])));
    world.take(&late_report).unwrap();
    let lost_code = world.record(&late.report).case.code;
    drop(world);
    fs::remove_dir_all(&data).unwrap();

    assert_eq!(restore(&copy, &back, [9; 8]).unwrap(), Epoch::from_bytes([9; 8]));
    assert_eq!(fs::read(back.join("keys/hub.key")).unwrap(), [7; 32]);
    assert_eq!(fs::read_to_string(back.join("tenant/tenant.toml")).unwrap(), "id = \"hue\"");
    assert_eq!(
        SqliteStore::open(&back.join("hub.sqlite"), &tenant_id()).unwrap().epoch().unwrap().as_bytes(),
        &[9; 8]
    );
    let world = World::on_disk(&back);
    assert_eq!(world.traces(&early.report, &early.thumbprint()), traces);
    assert_eq!(world.shelf.read(&early.part(b"photo"), 0, 99).unwrap().unwrap(), b"photo");
    assert_eq!(world.shelf.staged_bytes(&early.part(b"cut")).unwrap(), 0);
    assert!(world.see(|ledger| ledger.case(&late.report).unwrap()).is_none());
    // Offered again, it is the same case under the same code.
    world.take(&late_report).unwrap();
    assert_eq!(world.record(&late.report).case.code, lost_code);
}

/// Method: cases are made and media finished on another thread while the copy is made; whatever the copy has a receipt
/// for must be in it.
#[test]
fn a_backup_of_a_busy_hub_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, back] = ["data", "copy", "back"].map(|name| folder.path().join(name));
    let (ready, wait) = std::sync::mpsc::channel();
    let busy = data.clone();
    let work = std::thread::spawn(move || {
        let world = World::on_disk(&busy);
        for seed in 1..=60 {
            let phone = Phone::new(seed);
            phone.reports(&world, "traffic", &["photo"]);
            world.upload(&phone.report, b"photo").unwrap();
            if seed == 10 {
                ready.send(()).unwrap();
            }
        }
    });
    wait.recv().unwrap();
    backup(&data, &copy).unwrap();
    work.join().unwrap();
    restore(&copy, &back, [9; 8]).unwrap();
    let world = World::on_disk(&back);
    let mut arrived = 0;
    for seed in 1..=60 {
        let phone = Phone::new(seed);
        let Some(record) = world.see(|ledger| ledger.case(&phone.report).unwrap()) else { continue };
        for hash in &record.case.arrived {
            arrived += 1;
            let part = paht_model::wire::sync::PartName { report: phone.report, hash: *hash };
            assert_eq!(world.shelf.read(&part, 0, 99).unwrap().as_deref(), Some(&b"photo"[..]), "{seed}");
        }
    }
    assert!(arrived >= 10, "{arrived}");
}

#[test]
fn a_running_stores_own_backup_opens_with_the_same_content() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy.sqlite"));
    let phone = Phone::new(1);
    let code = phone.reports(&World::on_disk(&data), "traffic", &[]);
    let store = SqliteStore::open(&data.join("hub.sqlite"), &tenant_id()).unwrap();
    store.backup(&copy).unwrap();
    let opened = SqliteStore::open(&copy, &tenant_id()).unwrap();
    assert_eq!(opened.epoch().unwrap(), store.epoch().unwrap());
    let found = paht_store::run(&opened, |ledger| Ok(ledger.case_by_code(&code)?)).unwrap().unwrap();
    assert_eq!(found.report, phone.report);
}

#[test]
fn folders_that_hold_something_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, full] = ["data", "copy", "full"].map(|name| folder.path().join(name));
    drop(World::on_disk(&data));
    fs::create_dir(&full).unwrap();
    fs::write(full.join("letter.txt"), "dear").unwrap();
    assert!(matches!(backup(&data, &full), Err(BackupFault::NotEmpty(_))));
    assert!(matches!(backup(&full, &copy), Err(BackupFault::NoRecord(_))));
    assert!(matches!(backup(&data, &data.join("copy")), Err(BackupFault::Inside(_))));
    fs::remove_dir(data.join("copy")).unwrap();
    backup(&data, &copy).unwrap();
    assert!(matches!(restore(&copy, &full, [1; 8]), Err(BackupFault::NotEmpty(_))));
    assert!(matches!(restore(&copy, &data, [1; 8]), Err(BackupFault::NotEmpty(_))));
    fs::remove_file(copy.join("complete")).unwrap();
    assert!(matches!(restore(&copy, &folder.path().join("new"), [1; 8]), Err(BackupFault::CutShort(_))));
    assert_eq!(fs::read_to_string(full.join("letter.txt")).unwrap(), "dear");
}

#[test]
fn a_restore_that_was_cut_short_is_not_taken_for_an_empty_hub() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hub.sqlite.restoring"), "half").unwrap();
    let opened = SqliteStore::open(&folder.path().join("hub.sqlite"), &tenant_id());
    assert!(matches!(opened, Err(OpenFault::Unfinished)), "{opened:?}");
    assert!(!folder.path().join("hub.sqlite").exists());
    assert!(FolderShelf::open(folder.path()).unwrap().staged_bytes(&Phone::new(1).part(b"x")).is_ok());
}
