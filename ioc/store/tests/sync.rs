//! The one round trip, from the hub's side.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::casework::Action;
use paht_model::command::{Body, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{ClaimSecret, Epoch, ReportId, Sha256, TenantId};
use paht_model::limits::{SYNC_COMMANDS_MAX, SYNC_EVENTS_MAX, SYNC_OFFERS_MAX};
use paht_model::part::PartKind;
use paht_model::timeline::What;
use paht_model::wire::Blob;
use paht_model::wire::sync::{Outcome, PartName, ReportClaim, SetDigest, SyncReply, SyncRequest, Transfer};
use world::{Phone, World, derivation, everywhere, request};

fn sync(world: &World, phone: &Phone, change: impl FnOnce(&mut SyncRequest)) -> SyncReply {
    let mut request = request();
    change(&mut request);
    world.sync(&phone.thumbprint(), request).unwrap()
}

fn blobs(commands: &[&SignedCommand]) -> Vec<Blob> {
    commands.iter().map(|command| Blob(command.bytes.clone())).collect()
}

fn report(phone: &Phone, captures: &[&str]) -> SignedCommand {
    phone.say(Body::Report(phone.statement("traffic", "Ổ gà", captures)))
}

#[test]
fn a_refused_command_does_not_hold_up_the_next() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let bad = phone.say(Body::Report(phone.statement("ufo", "Ổ gà", &[])));
    let early = phone.say(Body::Comment("sớm".into()));
    let good = report(&phone, &[]);
    let reply = sync(&world, &phone, |request| {
        request.commands = blobs(&[&bad, &early, &good]);
        request.commands.insert(0, Blob(vec![1, 2, 3]));
    });
    let refused = |code, retry_after_ms| Outcome::Refused { code, retry_after_ms };
    assert_eq!(reply.outcomes[0], refused(Code::CommandMalformed, None));
    assert_eq!(reply.outcomes[1], refused(Code::CategoryUnknown, None));
    assert_eq!(reply.outcomes[2], refused(Code::StatementMissing, Some(1_000)));
    assert!(matches!(reply.outcomes[3], Outcome::Stored { .. }));
    assert!(matches!(reply.entries[0].entry.what, What::Received { .. }));
}

#[test]
fn the_same_request_twice_gets_the_same_receipts() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let commands = [&report(&phone, &[]), &phone.say(Body::Comment("thêm".into()))].map(Clone::clone);
    let ask = || sync(&world, &phone, |request| request.commands = blobs(&commands.each_ref()));
    let first = ask();
    world.later(1_000);
    let second = ask();
    assert_eq!(second.outcomes, first.outcomes);
    assert_eq!(second.entries, first.entries);
    assert!(first.held_equal && second.held_equal);
}

#[test]
fn a_sync_of_too_much_or_for_another_tenant_is_refused_whole() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let good = report(&phone, &["photo"]);
    let send = |change: &dyn Fn(&mut SyncRequest)| {
        let mut request = request();
        request.commands = blobs(&[&good]);
        change(&mut request);
        world.sync(&phone.thumbprint(), request).map(|_| ())
    };
    let part = phone.part(b"photo");
    let malformed = Err(Code::RequestMalformed);
    assert_eq!(send(&|r| r.commands = vec![Blob(vec![]); SYNC_COMMANDS_MAX + 1]), malformed);
    assert_eq!(send(&|r| r.offers = vec![part; SYNC_OFFERS_MAX + 1]), malformed);
    assert_eq!(send(&|r| r.itemise = vec![phone.report; SYNC_OFFERS_MAX + 1]), malformed);
    assert_eq!(send(&|r| r.tenant = TenantId::parse("quang-tri").unwrap()), Err(Code::TenantUnknown));
    assert!(world.see(|ledger| ledger.case(&phone.report).unwrap()).is_none());
}

#[test]
fn an_offer_hears_where_its_transfer_stands() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let [cut, whole, known, stray] =
        [&b"cut"[..], b"whole", b"known", b"stray"].map(|bytes| phone.part(bytes));
    let statement = report(&phone, &["cut", "whole", "known"]);
    let early = sync(&world, &phone, |request| request.offers = vec![cut]);
    assert_eq!(early.transfers, [Transfer::Undeclared]);
    sync(&world, &phone, |request| request.commands = blobs(&[&statement]));
    world.shelf.append(&cut, 0, b"cu").unwrap();
    world.put_on_shelf(&whole, b"whole");
    let receipt = Blob(world.upload(&phone.report, b"known").unwrap());
    let offers = vec![cut, whole, known, stray];
    let reply = sync(&world, &phone, |request| request.offers.clone_from(&offers));
    assert_eq!(
        reply.transfers[0],
        Transfer::At { session: paht_hub::upload::session(&cut), offset_bytes: 2 }
    );
    assert!(matches!(reply.transfers[1], Transfer::Complete { .. }));
    assert_eq!(reply.transfers[2], Transfer::Complete { receipt });
    assert_eq!(reply.transfers[3], Transfer::Undeclared);
    assert_eq!(world.record(&phone.report).case.arrived.len(), 2);
    let again = sync(&world, &phone, |request| request.offers.clone_from(&offers));
    assert_eq!(again.transfers, reply.transfers);
    let stranger = sync(&world, &Phone::new(2), |request| request.offers = offers);
    assert_eq!(stranger.transfers, vec![Transfer::Undeclared; 4]);
    world.take(&phone.say(Body::Withdraw)).unwrap();
    let withdrawn = sync(&world, &phone, |request| request.offers = vec![cut]);
    assert_eq!(withdrawn.transfers, [Transfer::Refused { code: Code::CaseState }]);
}

#[test]
fn a_phone_hears_of_equality_counting_what_this_reply_acknowledges() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let (statement, photo) = (report(&phone, &["photo"]), phone.part(b"photo"));
    let command = PartName { report: phone.report, hash: statement.hash };
    let nothing = SetDigest::default();
    let first = sync(&world, &phone, |request| request.commands = blobs(&[&statement, &statement]));
    assert!(first.held_equal, "the same command twice counts once");
    assert!(!sync(&world, &phone, |_| ()).held_equal, "the receipt was lost on the way");
    let held = nothing.toggle(&command);
    assert!(sync(&world, &phone, |request| request.held = held).held_equal);
    world.put_on_shelf(&photo, b"photo");
    let reply = sync(&world, &phone, |request| (request.held, request.offers) = (held, vec![photo]));
    assert!(reply.held_equal, "the offer completed in this very reply");
    let all = held.toggle(&photo);
    let repeated = sync(&world, &phone, |request| {
        (request.held, request.offers, request.commands) = (all, vec![photo], blobs(&[&statement]));
    });
    assert!(repeated.held_equal, "repeating what is held already changes nothing");
    let lost = all.toggle(&phone.part(b"what the hub lost"));
    assert!(!sync(&world, &phone, |request| request.held = lost).held_equal);
}

#[test]
fn a_command_carried_for_another_phone_counts_as_that_phones() {
    let world = World::in_memory();
    let (carrier, sender) = (Phone::new(1), Phone::new(2));
    let foreign = report(&sender, &[]);
    let own = report(&carrier, &[]);
    let reply = sync(&world, &carrier, |request| request.commands = blobs(&[&own, &foreign]));
    assert!(reply.outcomes.iter().all(|outcome| matches!(outcome, Outcome::Stored { .. })));
    assert!(reply.held_equal && reply.entries.iter().all(|told| told.report == carrier.report));
    assert!(!sync(&world, &sender, |_| ()).held_equal);
    assert!(!sync(&world, &sender, |_| ()).entries.is_empty());
}

#[test]
fn entries_come_in_pages_and_each_once() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let code = phone.reports(&world, "traffic", &[]);
    let all = SYNC_EVENTS_MAX + 10;
    for number in 2..all {
        world.operate(&code, Action::Comment { text: number.to_string() }).unwrap();
    }
    let (mut cursor, mut numbers) = (None, Vec::new());
    for page in 0..2 {
        let reply = sync(&world, &phone, |request| request.cursor.clone_from(&cursor));
        assert_eq!((reply.more, reply.snapshot), (page == 0, false));
        numbers.extend(reply.entries.iter().map(|told| told.number as usize));
        cursor = Some(reply.cursor);
    }
    assert_eq!(numbers, (1..=all).collect::<Vec<_>>());
    let idle = sync(&world, &phone, |request| request.cursor.clone_from(&cursor));
    assert!(idle.entries.is_empty() && !idle.more && Some(idle.cursor) == cursor);
}

#[test]
fn after_a_restore_the_phone_hears_everything_anew() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    phone.reports(&world, "traffic", &[]);
    let before = sync(&world, &phone, |_| ());
    world.epoch.set(Epoch::from_bytes([2; 8]));
    let after = sync(&world, &phone, |request| request.cursor = Some(before.cursor.clone()));
    assert!(after.snapshot && after.epoch == Epoch::from_bytes([2; 8]));
    assert_eq!(after.entries, before.entries);
    let next = sync(&world, &phone, |request| request.cursor = Some(after.cursor));
    assert!(!next.snapshot && next.entries.is_empty());
}

#[test]
fn a_report_is_itemised_for_its_own_phone_alone() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    let statement = report(&phone, &["photo"]);
    world.take(&statement).unwrap();
    world.upload(&phone.report, b"photo").unwrap();
    let code = world.record(&phone.report).case.code;
    world.after_photo(&phone.report, &code, "after");
    let unknown = ReportId::from_bytes([99; 16]);
    let itemise = |phone_: &Phone| {
        sync(&world, phone_, |request| request.itemise = vec![phone.report, unknown]).itemised
    };
    let mine = itemise(&phone);
    let mut hashes = mine[0].hashes.clone();
    let mut expected = vec![statement.hash, phone.part(b"photo").hash];
    hashes.sort();
    expected.sort();
    assert_eq!(hashes, expected);
    assert_eq!((mine[1].report, mine[1].hashes.len()), (unknown, 0));
    assert!(itemise(&Phone::new(2)).iter().all(|holding| holding.hashes.is_empty()));
}

/// Method: the same phone under another key, with its claim secret, with a wrong one, and with that of another report.
#[test]
fn a_phone_that_lost_its_key_asks_by_the_claim_secret() {
    let (world, phone, anew) = (World::in_memory(), Phone::new(1), Phone::new(2));
    let statement = report(&phone, &["sent", "owed"]);
    world.take(&statement).unwrap();
    world.upload(&phone.report, b"sent").unwrap();
    let owed = phone.part(b"owed");
    let ask = |claim: Option<(ReportId, ClaimSecret)>| {
        let reply = sync(&world, &anew, |request| {
            request.offers = vec![owed];
            request.itemise = vec![phone.report];
            request.claims = claim.map(|(report, claim)| vec![ReportClaim { report, claim }]);
        });
        (reply.transfers[0].clone(), reply.itemised[0].hashes.len())
    };
    let claim = phone.claim;
    let session = paht_hub::upload::session(&owed);
    assert_eq!(ask(Some((phone.report, claim))), (Transfer::At { session, offset_bytes: 0 }, 2));
    let nothing = (Transfer::Undeclared, 0);
    assert_eq!(ask(None), nothing);
    assert_eq!(ask(Some((phone.report, ClaimSecret::from_bytes([0; 16])))), nothing);
    assert_eq!(ask(Some((anew.report, claim))), nothing);
}

#[test]
fn a_newer_card_is_handed_over_and_a_known_one_is_not() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    assert_eq!(sync(&world, &phone, |_| ()).card, None);
    let reply = sync(&world, &phone, |request| request.card_version = 2);
    assert_eq!(reply.card, Some(Blob(b"card".to_vec())));
}

/// The design's budget: nothing new costs at most 200 bytes each way.
#[test]
fn a_sync_with_nothing_new_is_small() {
    let (world, phone) = (World::in_memory(), Phone::new(1));
    phone.reports(&world, "traffic", &[]);
    let cursor = sync(&world, &phone, |_| ()).cursor;
    let reply = sync(&world, &phone, |request| request.cursor = Some(cursor));
    let bytes = paht_model::wire::to_bytes(&reply).len();
    assert!(bytes <= 200, "{bytes}");
}

/// Two files of one picture (a photo and its edited copy): each of them is shown, by one file that is sent once.
#[test]
fn two_originals_may_show_the_same_picture() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let code = phone.reports(world, "traffic", &["photo", "edited"]);
        world.answered(&phone.report, &code);
        let derive = |of, kind, bytes| world.take(&phone.say(derivation(of, kind, bytes)));
        for of in ["photo", "edited", "photo"] {
            derive(of, PartKind::Preview, "small").unwrap();
            derive(of, PartKind::Rendition, "full").unwrap();
        }
        derive("edited", PartKind::Preview, "full").unwrap();
        let held = world.see(|ledger| ledger.held(&phone.thumbprint()).unwrap());
        for bytes in ["small", "full"] {
            world.upload(&phone.report, bytes.as_bytes()).unwrap();
        }
        let shown = world.public(&code).unwrap().pictures;
        let own = shown.iter().filter(|picture| !picture.evidence);
        let own: Vec<_> = own.map(|picture| (picture.hash, picture.of.unwrap(), picture.arrived)).collect();
        let hash = |text: &str| Sha256::of(text.as_bytes());
        let (photo, edited) = (hash("photo"), hash("edited"));
        let (small, full) = (hash("small"), hash("full"));
        assert_eq!(
            own,
            [(small, photo, true), (full, photo, true), (small, edited, true), (full, edited, true)]
        );
        let now = held.toggle(&phone.part(b"small")).toggle(&phone.part(b"full"));
        assert_eq!(world.see(|ledger| ledger.held(&phone.thumbprint()).unwrap()), now, "each counts once");
        let arrived = |entry: &What| matches!(entry, What::Arrived { hash, .. } if *hash == small);
        assert_eq!(world.whats(&phone.report).iter().filter(|entry| arrived(entry)).count(), 1);
        let sealed = derive("photo", PartKind::Preview, "edited");
        assert_eq!(sealed, Err(Code::CommandConflict), "one original is no picture of another");
    });
}
