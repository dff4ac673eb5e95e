//! Goal: reports that a neighbour carried, over memory and `SQLite`: one case each, however many carry the bundle, in how many
//! pieces and in what order; and nothing that a link of the phone's own would not be believed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::courier::{Unpacked, receipts, take_bundle};
use paht_model::bundle::{Bundle, Piece, Receipts, part};
use paht_model::command::{Body, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{Sha256, TenantId};
use paht_model::limits::BUNDLE_COMMANDS_MAX;
use paht_model::part::PartKind;
use paht_model::receipt::Receipt;
use paht_model::timeline::{Carrier, What};
use paht_model::wire::envelope::Sign as _;
use paht_model::wire::sync::{PartName, Transfer};
use paht_model::wire::{Blob, to_bytes};
use world::{Phone, World, everywhere, request, tenant_id};

const PHOTO: &str = "the photo of a landslide, as the camera wrote it";

fn name(bundle: &Bundle) -> PartName {
    let sealed = to_bytes(bundle);
    part(Sha256::of(&sealed), sealed.len() as u64)
}

fn bundle(commands: &[&SignedCommand], pieces: Vec<Piece>) -> Bundle {
    let commands = commands.iter().map(|signed| Blob(signed.bytes.clone())).collect();
    Bundle { tenant: tenant_id(), reply_to: "age1neighbour".into(), commands, pieces }
}

fn piece(phone: &Phone, from: usize, to: usize) -> Piece {
    let bytes = Blob(PHOTO.as_bytes()[from..to].to_vec());
    Piece { part: phone.part(PHOTO.as_bytes()), offset_bytes: from as u64, bytes }
}

impl World {
    fn unpacks(&self, bundle: &Bundle) -> Result<Unpacked, Code> {
        let name = name(bundle);
        self.decide(|ledger, hub| take_bundle(ledger, self.shelf.as_ref(), hub, &name, bundle))
            .map(|kept| kept.unpacked)
    }

    fn told(&self, unpacked: &Unpacked) -> Receipts {
        let signed = self.decide(|ledger, hub| Ok(receipts(ledger, hub, unpacked)?)).unwrap();
        Receipts::verify(&signed, &[self.key.public_key()]).unwrap()
    }
}

fn statement(phone: &Phone) -> SignedCommand {
    phone.say(Body::Report(phone.statement("traffic", "Sạt lở chắn đường", &[PHOTO])))
}

#[test]
fn a_bundle_carried_by_three_phones_makes_one_case_that_says_who_brought_it() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let stated = statement(&phone);
        let bundle = bundle(&[&stated], vec![piece(&phone, 0, PHOTO.len())]);
        let first = world.unpacks(&bundle).unwrap();
        assert!(!first.waits && first.refused.is_empty());
        let before = world.traces(&phone.report, &phone.thumbprint());
        assert_eq!(world.unpacks(&bundle).unwrap(), first);
        assert_eq!(world.unpacks(&bundle).unwrap(), first);
        assert_eq!(world.traces(&phone.report, &phone.thumbprint()), before);
        let record = world.record(&phone.report);
        assert_eq!(record.case.carriers, [Carrier::Courier]);
        assert!(!record.case.is_unverified(), "its statement is signed");
        let whats = world.whats(&phone.report);
        assert!(whats.contains(&What::Carried { by: Carrier::Courier }));
        let arrived = What::Arrived { part: PartKind::Original, hash: Sha256::of(PHOTO.as_bytes()) };
        assert!(whats.contains(&arrived));
    });
}

#[test]
fn the_receipts_are_those_the_phone_would_have_got_itself() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let stated = statement(&phone);
        let unpacked = world.unpacks(&bundle(&[&stated], vec![piece(&phone, 0, PHOTO.len())])).unwrap();
        let told = world.told(&unpacked);
        let read = |bytes: &Blob| Receipt::verify(&bytes.0, &[world.key.public_key()]).unwrap();
        let hashes: Vec<Sha256> = told.receipts.iter().map(|bytes| read(bytes).hash).collect();
        assert_eq!(hashes, [stated.hash, Sha256::of(PHOTO.as_bytes())]);
        assert_eq!(world.take(&stated).unwrap(), told.receipts[0].0, "byte for byte");
        // Both count as this phone's.
        let held = world.see(|ledger| ledger.held_of(&phone.report, &phone.thumbprint()).unwrap());
        assert_eq!(held.len(), 2);
    });
}

#[test]
fn pieces_in_several_files_join_in_any_order() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let stated = statement(&phone);
        let [first, second, third] = [(0, 20), (20, 40), (40, PHOTO.len())]
            .map(|(from, to)| bundle(&[&stated], vec![piece(&phone, from, to)]));
        assert!(world.unpacks(&third).unwrap().waits);
        assert!(world.unpacks(&second).unwrap().waits);
        assert!(!world.unpacks(&first).unwrap().waits);
        assert!(world.unpacks(&third).unwrap().waits, "the second is to be taken first");
        assert!(!world.unpacks(&second).unwrap().waits);
        let last = world.unpacks(&third).unwrap();
        assert!(!last.waits);
        assert_eq!(world.told(&last).receipts.len(), 2);
        let part = phone.part(PHOTO.as_bytes());
        assert_eq!(world.shelf.read(&part, 0, 1_000).unwrap().unwrap(), PHOTO.as_bytes());
    });
}

#[test]
fn a_piece_goes_on_where_the_phones_own_link_was_cut() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let stated = statement(&phone);
        world.take(&stated).unwrap();
        let part = phone.part(PHOTO.as_bytes());
        world.shelf.append(&part, 0, &PHOTO.as_bytes()[..17]).unwrap();
        let unpacked = world.unpacks(&bundle(&[&stated], vec![piece(&phone, 0, PHOTO.len())])).unwrap();
        assert!(!unpacked.waits && world.shelf.is_whole(&part).unwrap());
        // Told by the phone's own link, it was carried by none.
        assert!(world.record(&phone.report).case.carriers.is_empty());
    });
}

#[test]
fn what_is_wrong_in_it_is_refused_and_the_rest_is_taken() {
    everywhere(|world| {
        let (phone, other) = (Phone::new(1), Phone::new(2));
        let stated = statement(&phone);
        let unknown = other.say(Body::Report(other.statement("dragons", "?", &[])));
        let foreign = Piece { part: other.part(b"undeclared"), offset_bytes: 0, bytes: Blob(b"x".to_vec()) };
        let mut long = piece(&phone, 0, PHOTO.len());
        long.bytes.0.push(b'!');
        let nested = Piece { part: part(Sha256::of(b"b"), 1), offset_bytes: 0, bytes: Blob(b"b".to_vec()) };
        let garbage = SignedCommand { bytes: b"no command".to_vec(), ..stated.clone() };
        let unpacked =
            world.unpacks(&bundle(&[&garbage, &unknown, &stated], vec![foreign, long, nested])).unwrap();
        let codes: Vec<Code> = unpacked.refused.iter().map(|refused| refused.code).collect();
        let expected =
            [Code::CategoryUnknown, Code::UploadUndeclared, Code::UploadWrongLength, Code::UploadUndeclared];
        assert_eq!(codes, expected);
        assert_eq!(world.told(&unpacked).receipts.len(), 1, "the statement is here");
        assert!(world.see(|ledger| ledger.case(&other.report).unwrap()).is_none());
    });
}

#[test]
fn wrong_bytes_leave_nothing_and_the_right_ones_still_come() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let stated = statement(&phone);
        let mut wrong = piece(&phone, 0, PHOTO.len());
        wrong.bytes.0[3] ^= 1;
        let unpacked = world.unpacks(&bundle(&[&stated], vec![wrong])).unwrap();
        assert_eq!(unpacked.refused[0].code, Code::UploadWrongHash);
        let right = bundle(&[&stated], vec![piece(&phone, 0, PHOTO.len())]);
        assert!(world.unpacks(&right).unwrap().refused.is_empty());
    });
}

#[test]
fn another_iocs_or_an_overfull_bundle_is_refused_whole() {
    everywhere(|world| {
        let phone = Phone::new(1);
        let stated = statement(&phone);
        let mut elsewhere = bundle(&[&stated], Vec::new());
        elsewhere.tenant = TenantId::parse("quang-tri").unwrap();
        assert_eq!(world.unpacks(&elsewhere), Err(Code::TenantUnknown));
        let mut full = bundle(&[&stated], Vec::new());
        full.commands = vec![full.commands[0].clone(); BUNDLE_COMMANDS_MAX + 1];
        assert_eq!(world.unpacks(&full), Err(Code::BundleUnreadable));
        assert!(world.see(|ledger| ledger.case(&phone.report).unwrap()).is_none());
    });
}

#[test]
fn whoever_offers_a_bundle_hears_where_it_stands() {
    everywhere(|world| {
        let (phone, neighbour) = (Phone::new(1), Phone::new(2));
        let bundle = bundle(&[&statement(&phone)], Vec::new());
        let offered = name(&bundle);
        let offers = |part: PartName| {
            let asked = paht_model::wire::sync::SyncRequest { offers: vec![part], ..request() };
            world.sync(&neighbour.thumbprint(), asked).unwrap()
        };
        let first = offers(offered).transfers.remove(0);
        assert!(matches!(first, Transfer::At { offset_bytes: 0, .. }), "{first:?}");
        let too_large = part(offered.hash, u64::MAX);
        let refused = offers(too_large).transfers.remove(0);
        assert_eq!(refused, Transfer::Refused { code: Code::BodyTooLarge });
        world.unpacks(&bundle).unwrap();
        let reply = offers(offered);
        assert!(matches!(&reply.transfers[0], Transfer::Complete { .. }));
        assert!(reply.held_equal, "what is carried for others is not among what phone and hub compare");
    });
}
